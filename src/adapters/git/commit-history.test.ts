import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openCommitHistory } from './commit-history.ts';
import { openHistoryAt } from './open-history.ts';
import { findRepository } from './repository.ts';
import { hasGit, sandbox, type Sandbox } from './testing/git.ts';

let box: Sandbox;
afterAll(() => box?.remove());

const isText = (path: string): boolean => path.endsWith('.txt');

/** Six commits, each of which moves, adds or removes something. */
beforeAll(() => {
  if (!hasGit) return;
  box = sandbox();
  box.write('a.txt', 'one');
  box.write('code/main.c', 'int x;');
  box.commit('first');
  box.git('tag', 'light');
  box.write('code/main.c', 'int y;');
  box.commit('only code');
  box.git('tag', '-a', '-m', 'annotated', 'heavy');
  box.git('tag', '-a', '-m', 'a tag of a tag', 'heavier', 'heavy');
  box.write('deep/er/b.txt', 'two');
  symlinkSync('deep/er/b.txt', join(box.path, 'link.txt'));
  symlinkSync('../outside.txt', join(box.path, 'out.txt'));
  box.write('node_modules/x/c.txt', 'installed');
  box.commit('a link');
  box.git('mv', 'a.txt', 'deep/a.txt');
  box.commit('moved');
  box.git('tag', 'a-tree', 'HEAD^{tree}');
  box.git('tag', 'a-blob', 'HEAD:deep/a.txt');
});

test('what each commit holds is what git lists, links settled, installed packages left out', ({ skip }) => {
  if (!hasGit) skip('no git here');
  const history = openCommitHistory(findRepository(box.path)!);
  for (const commit of box.git('rev-list', 'HEAD').split('\n')) {
    const expected = box
      .git('ls-tree', '-r', commit)
      .split('\n')
      .map((line) => /^(\d+) blob (\w+)\t(.*)$/.exec(line)!)
      .filter(([, mode, , path]) => mode !== '120000' && isText(path!) && !path!.startsWith('node_modules/'))
      .map(([, , blob, path]) => ({ path, blob }));
    const isLinked = expected.some(({ path }) => path === 'deep/er/b.txt');
    const linked = isLinked
      ? [{ path: 'link.txt', blob: box.git('rev-parse', `${commit}:deep/er/b.txt`) }]
      : [];
    const { files } = history.files(history.commit(commit)!.tree, isText);
    expect(files).toEqual([...expected, ...linked].sort((a, b) => (a.path! < b.path! ? -1 : 1)));
  }
  history.close();
});

test('commits that differ in nothing wanted have one number', ({ skip }) => {
  if (!hasGit) skip('no git here');
  const history = openCommitHistory(findRepository(box.path)!);
  const idOf = (tag: string): number => {
    const target = history.tag(tag);
    return target.kind === 'commit' ? history.files(history.commit(target.commit)!.tree, isText).id : -2;
  };
  expect(idOf('light')).toBe(idOf('heavy'));
  expect(history.files(history.commit(history.head)!.tree, isText).id).toBe(-1);
  history.close();
});

test('tags lead to commits over other tags, or to something else', ({ skip }) => {
  if (!hasGit) skip('no git here');
  const history = openCommitHistory(findRepository(box.path)!);
  expect(history.tags()).toEqual(['a-blob', 'a-tree', 'heavier', 'heavy', 'light']);
  const second = box.git('rev-parse', 'heavy^{commit}');
  expect(history.tag('heavier')).toEqual({ kind: 'commit', commit: second });
  expect(history.tag('heavy')).toEqual({ kind: 'commit', commit: second });
  expect(history.tag('light')).toEqual({ kind: 'commit', commit: box.git('rev-parse', 'light') });
  expect([history.tag('a-tree').kind, history.tag('a-blob').kind, history.tag('none').kind]).toEqual([
    'tree',
    'blob',
    'missing',
  ]);
  expect(history.commit('0'.repeat(40))).toBeUndefined();
  expect(() => history.read(box.git('rev-parse', 'HEAD:deep/a.txt'), 2)).toThrow(
    expect.objectContaining({ code: 'git/too-large' }),
  );
  history.close();
});

test('a folder of a working tree is looked at alone, also where it was not there yet', ({ skip }) => {
  if (!hasGit) skip('no git here');
  const { history, folder } = openHistoryAt(join(box.path, 'deep'));
  expect(folder).toBe('deep');
  const at = (revision: string): string[] =>
    history.files(history.commit(history.resolve(revision))!.tree, isText).files.map(({ path }) => path);
  expect([at('HEAD'), at('light')]).toEqual([['a.txt', 'er/b.txt'], []]);
  expect(history.blobAt(history.commit(history.head)!.tree, 'a.txt')).toBe(
    box.git('rev-parse', 'HEAD:deep/a.txt'),
  );
  history.close();
});

test('a shallow clone says so, and its last commit has no parents', ({ skip }) => {
  if (!hasGit) skip('no git here');
  const place = join(box.path, 'node_modules');
  mkdirSync(place, { recursive: true });
  box.git('clone', '-q', '--bare', '--depth', '2', `file://${box.path}`, join(place, 'shallow.git'));
  const { history } = openHistoryAt(join(place, 'shallow.git'));
  const [parent] = history.commit(history.head)!.parents;
  expect([history.shallow, history.commit(parent!)?.parents]).toEqual([true, []]);
  history.close();
});
