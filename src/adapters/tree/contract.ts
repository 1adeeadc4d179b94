import { createHash } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import { AssayError } from '../../model/problem.ts';
import type { Wanted } from './left-out.ts';
import type { Tree } from '../../model/tree.ts';

/** Files to make a tree of: content, or a symbolic link. */
export type ContractFiles = Readonly<Record<string, string | Uint8Array | { readonly link: string }>>;

const LIMIT = 1024 * 1024;

/**
 * The suite that every kind of tree passes. `make` gives a tree of exactly these files; whatever it made is removed
 * by the function it gives with it. `links` is false for kinds that cannot hold symbolic links, `holdsCommitted` for a folder that nobody commits.
 */
export function treeContract(
  name: string,
  make: (files: ContractFiles, wanted: Wanted) => { readonly tree: Tree; readonly remove: () => void },
  {
    links = true,
    holdsCommitted = true,
  }: { readonly links?: boolean; readonly holdsCommitted?: boolean } = {},
): void {
  describe(`${name}: the tree contract`, () => {
    const made: { readonly tree: Tree; readonly remove: () => void }[] = [];
    afterEach(async () => {
      for (const { tree, remove } of made.splice(0)) {
        await tree.close();
        remove();
      }
    });
    const treeOf = (files: ContractFiles, wanted: Wanted = {}): Tree => {
      const one = make(files, wanted);
      made.push(one);
      return one.tree;
    };
    const pathsOf = async (tree: Tree): Promise<string[]> =>
      (await tree.list()).entries.map((entry) => entry.path);
    const codeOf = (attempt: Promise<unknown>): Promise<string> =>
      attempt.then(
        () => 'none',
        (error: unknown) => (error instanceof AssayError ? error.code : `crash: ${String(error)}`),
      );

    test('files come in order of their paths, by code unit', async () => {
      const paths = [
        'a-b',
        'a.txt',
        'a/b/c',
        'a/b.txt',
        'a0',
        'B',
        'b',
        'é/ü',
        'z/\u{1F600}',
        'z/\uFB00',
        '.x/.y',
      ];
      const tree = treeOf(Object.fromEntries(paths.map((path) => [path, path])));
      expect(await pathsOf(tree)).toEqual([...paths].sort());
      expect((await tree.list()).problems).toEqual([]);
      expect((await tree.list()).skipped).toEqual([]);
    });

    test('bytes are read as they are, empty and binary ones too', async () => {
      const bytes = Uint8Array.from({ length: 5000 }, (_, i) => (i * i) & 255);
      const tree = treeOf({ 'a/text': 'grüße\r\n', 'a/bytes': bytes, empty: '' });
      expect(Buffer.from(await tree.read('a/text', LIMIT)).toString()).toBe('grüße\r\n');
      expect(Buffer.from(await tree.read('a/bytes', LIMIT)).equals(bytes)).toBe(true);
      expect(await tree.read('empty', LIMIT)).toHaveLength(0);
      for (const { path, size } of (await tree.list()).entries)
        expect([-1, (await tree.read(path, LIMIT)).length]).toContain(size);
    });

    test('a limit is a limit', async () => {
      const tree = treeOf({ a: '12345', b: '' });
      expect(await codeOf(tree.read('a', 4))).toBe('tree/too-large');
      expect(await codeOf(tree.read('a', 5))).toBe('none');
    });

    test('only listed files can be read', async () => {
      const tree = treeOf({ 'a/b': '1', 'node_modules/x/package.json': '{}' });
      for (const path of [
        '',
        'a',
        'a/',
        'b',
        '/a/b',
        './a/b',
        'a/../a/b',
        '../x',
        'node_modules/x/package.json',
        '__proto__',
      ])
        expect([path, await codeOf(tree.read(path, LIMIT))]).toEqual([path, 'tree/no-entry']);
    });

    test('installed packages are left out, by name', async () => {
      const tree = treeOf({
        'package.json': '{}',
        'node_modules/a/package.json': '{}',
        'web/node_modules/b/node_modules/c/package.json': '{}',
        'my_node_modules/x': '1',
        'node_modules.txt': '1',
      });
      expect(await pathsOf(tree)).toEqual(['my_node_modules/x', 'node_modules.txt', 'package.json']);
      expect((await tree.list()).skipped.map(({ path }) => path)).toEqual([
        'node_modules',
        'web/node_modules',
      ]);
    });

    test('but for those that were committed or archived, where they are wanted', async () => {
      const files = { a: '1', 'node_modules/b/c': '2', 'web/node_modules/d/node_modules/e/f': '3' };
      const tree = treeOf(files, { installed: true });
      const { skipped } = await tree.list();
      const why = 'installed packages that are not committed';
      const folders = ['node_modules', 'web/node_modules'].map((path) => ({ path, why }));
      expect(await pathsOf(tree)).toEqual(holdsCommitted ? Object.keys(files) : ['a']);
      expect(skipped).toEqual(holdsCommitted ? [] : folders);
    });

    test('a blob id, where there is one, is that of the bytes', async () => {
      const tree = treeOf({ a: 'one', 'b/c': 'two' });
      for (const { path, blob } of (await tree.list()).entries) {
        const bytes = await tree.read(path, LIMIT);
        const id = createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
        expect([undefined, id]).toContain(blob);
      }
    });

    test('asked twice it answers the same; asked after an abort it rejects', async () => {
      const tree = treeOf({ a: '1', b: '2' });
      expect(await tree.list()).toEqual(await tree.list());
      await expect(tree.list(AbortSignal.abort())).rejects.toThrow(/abort/i);
      expect(await pathsOf(tree)).toEqual(['a', 'b']);
    });

    test.skipIf(!links)(
      'links are never followed out; one inside with another name is a file of its own',
      async () => {
        const tree = treeOf({
          'a/package.json': 'A',
          'a/duplicate': { link: 'package.json' },
          'b/package.json': { link: '../a/package.json' },
          'c/folder': { link: '../a' },
          'd/out': { link: '../../outside' },
          'd/absolute': { link: '/etc/passwd' },
          'd/dangling': { link: 'nowhere' },
          'd/loop': { link: 'loop' },
          'd/chain': { link: '../b/package.json' },
        });
        expect(await pathsOf(tree)).toEqual(['a/duplicate', 'a/package.json', 'd/chain']);
        expect(Buffer.from(await tree.read('a/duplicate', LIMIT)).toString()).toBe('A');
        expect(Buffer.from(await tree.read('d/chain', LIMIT)).toString()).toBe('A');
        expect((await tree.list()).skipped).toEqual([
          { path: 'd/absolute', why: 'a symbolic link that leaves the tree or goes round in circles' },
          { path: 'd/dangling', why: 'a symbolic link to what is not scanned' },
          { path: 'd/loop', why: 'a symbolic link that leaves the tree or goes round in circles' },
          { path: 'd/out', why: 'a symbolic link that leaves the tree or goes round in circles' },
        ]);
        expect(await codeOf(tree.read('d/absolute', LIMIT))).toBe('tree/no-entry');
        expect(await codeOf(tree.read('c/folder/package.json', LIMIT))).toBe('tree/no-entry');
      },
    );
  });
}
