import { join } from 'node:path';
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { openRepository } from '../git/repository.ts';
import { hasGit, sandboxes } from '../git/testing/git.ts';
import type { Sandbox } from '../git/testing/git.ts';
import type { Tree } from '../../model/tree.ts';
import { commit } from './commit.ts';
import { openTree } from './open.ts';
import { staged } from './staged.ts';

describe.skipIf(!hasGit)('commits and the index (skipped where git is absent)', () => {
  const boxes = sandboxes();
  afterEach(boxes.remove);
  const repository = (...init: string[]): Sandbox => {
    const box = boxes.fresh(init);
    box.write('a/package.json', '1');
    box.write('a.txt', '2');
    box.commit('one');
    return box;
  };
  const text = async (tree: Tree, path: string) => Buffer.from(await tree.read(path, 100)).toString();
  const paths = async (tree: Tree) => (await tree.list()).entries.map((entry) => entry.path);

  test('an older commit, of a bare clone, has the bytes of its time', async () => {
    const box = repository();
    box.write('a/package.json', 'changed');
    box.write('new', '3');
    const head = box.commit('two');
    box.git('clone', '-q', '--bare', '.', 'bare.git');
    const tree = openTree(join(box.path, 'bare.git'), { revision: 'HEAD~1' });
    expect([tree.kind, tree.commit]).toEqual(['commit', box.git('rev-parse', 'HEAD~1')]);
    expect(await paths(tree)).toEqual(['a.txt', 'a/package.json']);
    expect(await text(tree, 'a/package.json')).toBe('1');
    expect(openTree(join(box.path, 'bare.git')).commit).toBe(head);
  });

  test('a folder of a commit', async () => {
    const box = repository();
    expect(await paths(openTree(join(box.path, 'a'), { revision: 'HEAD' }))).toEqual(['package.json']);
  });

  test('sha-256', async () => {
    const box = repository('--object-format=sha256');
    const tree = openTree(box.path, { revision: 'main' });
    expect(await text(tree, 'a/package.json')).toBe('1');
    expect((await tree.list()).entries[0]!.blob).toHaveLength(64);
  });

  test('a submodule is skipped by name', async () => {
    const box = repository();
    box.git('update-index', '--add', '--cacheinfo', `160000,${'1'.repeat(40)},sub`);
    box.git('commit', '-qm', 'sub');
    const skipped = [{ path: 'sub', why: 'a submodule: scan it by its own path' }];
    expect((await openTree(box.path, { revision: 'HEAD' }).list()).skipped).toEqual(skipped);
    expect((await openTree(box.path, { index: true }).list()).skipped).toEqual(skipped);
  });

  test('a folder whose object is gone is a problem, and the rest is listed', async () => {
    const box = repository();
    const id = box.git('rev-parse', 'HEAD:a');
    rmSync(join(box.path, '.git/objects', id.slice(0, 2), id.slice(2)));
    const { entries, problems } = await openTree(box.path, { revision: 'HEAD' }).list();
    expect(entries.map((entry) => entry.path)).toEqual(['a.txt']);
    expect(problems).toMatchObject([{ code: 'git/missing-object', at: { path: 'a' }, lost: true }]);
  });

  test('a tree that holds itself a thousandfold ends with a problem', async () => {
    const box = repository();
    const store = (type: string, body: Buffer): string => {
      const whole = Buffer.concat([Buffer.from(`${type} ${body.length}\0`), body]);
      const id = createHash('sha1').update(whole).digest('hex');
      const folder = join(box.path, '.git/objects', id.slice(0, 2));
      if (!readdirSync(join(box.path, '.git/objects')).includes(id.slice(0, 2)))
        box.write(`.git/objects/${id.slice(0, 2)}/x`, '');
      writeFileSync(join(folder, id.slice(2)), deflateSync(whole));
      return id;
    };
    let id = store('blob', Buffer.from('x'));
    for (let level = 0; level < 8; level++)
      id = store(
        'tree',
        Buffer.concat(
          Array.from({ length: 100 }, (_, i) =>
            Buffer.concat([
              Buffer.from(`${level === 0 ? '100644' : '40000'} f${String(i).padStart(3, '0')}\0`),
              Buffer.from(id, 'hex'),
            ]),
          ),
        ),
      );
    const bomb = store('commit', Buffer.from(`tree ${id}\n\nbomb\n`));
    const { problems } = await commit(openRepository(box.path)!, bomb, { maxEntries: 5000 }).list();
    expect(problems.map(({ code, lost }) => [code, lost])).toEqual([['tree/too-many-files', true]]);
  });

  test('names that would leave the tree are refused', async () => {
    const box = repository();
    const blob = box.git('hash-object', '-w', 'a.txt');
    const entry = (name: string) =>
      Buffer.concat([Buffer.from(`100644 ${name}\0`), Buffer.from(blob, 'hex')]);
    writeFileSync(join(box.path, 'raw'), Buffer.concat(['..', '.git', 'a/b', 'fine'].map(entry)));
    const tree = box.git('hash-object', '-w', '-t', 'tree', '--literally', 'raw');
    const id = box.git('commit-tree', '-m', 'x', tree);
    const { entries, problems } = await openTree(box.path, { revision: id }).list();
    expect(entries.map((found) => found.path)).toEqual(['fine']);
    expect(problems.map((problem) => problem.code)).toEqual(Array(3).fill('git/unsafe-name'));
  });

  test('the index has what is staged, not what is on disk', async () => {
    const box = repository();
    box.write('a.txt', 'staged');
    box.write('new', 'n');
    box.git('add', 'a.txt');
    box.write('a.txt', 'later');
    const tree = openTree(box.path, { index: true });
    expect(tree.kind).toBe('index');
    expect(await paths(tree)).toEqual(['a.txt', 'a/package.json']);
    expect(await text(tree, 'a.txt')).toBe('staged');
  });

  test('an unresolved merge is a problem for each path, and our side is read', async () => {
    const box = repository();
    box.git('checkout', '-qb', 'other');
    box.write('a.txt', 'theirs');
    box.commit('t');
    box.git('checkout', '-q', 'main');
    box.write('a.txt', 'ours');
    box.commit('o');
    expect(() => box.git('merge', 'other')).toThrow('merge');
    const tree = openTree(box.path, { index: true });
    expect((await tree.list()).problems).toMatchObject([
      { code: 'git/unmerged', at: { path: 'a.txt' }, lost: true },
    ]);
    expect(await text(tree, 'a.txt')).toBe('ours');
  });

  test('a sparse index is opened up', async () => {
    const box = repository();
    box.write('b/c/d', '4');
    box.commit('two');
    box.git('sparse-checkout', 'set', '--cone', '--sparse-index', 'a');
    expect(box.git('ls-files', '--sparse', 'b/')).toBe('b/');
    expect(await paths(openTree(box.path, { index: true }))).toEqual(['a.txt', 'a/package.json', 'b/c/d']);
  });

  test('a split index is refused with what to do', async () => {
    const box = repository();
    box.git('update-index', '--split-index');
    box.write('more', 'x');
    box.git('add', 'more');
    await expect(staged(openRepository(box.path)!).list()).rejects.toMatchObject({
      code: 'git/unsupported',
      hint: expect.stringContaining('--no-split-index') as string,
    });
  });

  test('an unknown revision and a missing folder', () => {
    const box = repository();
    const codeOf = (run: () => unknown): string => {
      try {
        run();
        return 'none';
      } catch (error) {
        return (error as { code: string }).code;
      }
    };
    const opened = openRepository(box.path)!;
    expect(codeOf(() => commit(opened, 'nope'))).toBe('git/unknown-revision');
    expect(codeOf(() => commit(opened, 'HEAD', { folder: 'nope' }))).toBe('tree/not-found');
    expect(codeOf(() => openTree(join(box.path, 'nope')))).toBe('tree/not-found');
    expect(codeOf(() => openTree('/', { revision: 'HEAD' }))).toBe('tree/not-a-repository');
  });

  test('one file of a repository keeps its place in it', async () => {
    const box = repository();
    const tree = openTree(join(box.path, 'a/package.json'));
    expect(await paths(tree)).toEqual(['a/package.json']);
    expect(await text(tree, 'a/package.json')).toBe('1');
  });
});
