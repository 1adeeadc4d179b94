import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AssayError } from '../../model/problem.ts';
import { openObjects } from './objects.ts';
import { openRefs } from './refs.ts';
import { openRepository } from './repository.ts';
import { resolveRevision } from './revision.ts';
import { hasGit, sandbox, sandboxAt } from './testing/git.ts';
import type { Sandbox } from './testing/git.ts';

describe.skipIf(!hasGit)('revisions, with git as oracle (skipped where git is absent)', () => {
  let box: Sandbox;
  const resolveIn = (path: string, revision: string): string => {
    const repository = openRepository(path)!;
    const objects = openObjects(repository);
    try {
      return resolveRevision(revision, openRefs(repository), objects).id;
    } finally {
      objects.close();
    }
  };
  const failure = (revision: string): AssayError => {
    try {
      resolveIn(box.path, revision);
    } catch (error) {
      if (error instanceof AssayError) return error;
      throw error;
    }
    throw new Error('it was found');
  };

  beforeAll(() => {
    box = sandbox();
    box.write('a', '1');
    box.commit('one');
    box.git('tag', 'light');
    box.git('checkout', '-qb', 'feature/side');
    box.write('b', '2');
    box.commit('two');
    box.git('checkout', '-q', 'main');
    box.write('c', '3');
    box.commit('three');
    box.git('merge', '-q', '--no-edit', 'feature/side');
    box.git('tag', '-a', 'v1.0', '-m', 'x');
    box.git('tag', '-a', 'tag-of-tag', '-m', 'x', 'v1.0');
    box.git('tag', 'same', 'HEAD~1');
    box.git('branch', 'same', 'HEAD');
    box.git('clone', '-q', '.', 'clone');
  });
  afterAll(() => box.remove());

  test.for([
    'HEAD',
    '@',
    'main',
    'feature/side',
    'heads/main',
    'refs/heads/main',
    'light',
    'v1.0',
    'tag-of-tag',
    'v1.0^{}',
    'v1.0^{commit}',
    'HEAD~',
    'HEAD~1',
    'HEAD^2',
    'HEAD^^',
    'HEAD~2',
    'main^0',
    'HEAD^2~1',
    'same',
    'heads/same',
  ] as const)('%s', (revision) => {
    expect(resolveIn(box.path, revision)).toBe(box.git('rev-parse', `${revision}^{commit}`));
    box.git('pack-refs', '--all');
    expect(resolveIn(box.path, revision)).toBe(box.git('rev-parse', `${revision}^{commit}`));
  });

  test('whole and abbreviated ids, upper case, and the output of git describe', () => {
    const id = box.git('rev-parse', 'HEAD');
    for (const name of [id, id.toUpperCase(), id.slice(0, 7), `v1.0-0-g${id.slice(0, 8)}`])
      expect(resolveIn(box.path, name)).toBe(id);
    box.git('repack', '-adq');
    expect(resolveIn(box.path, id.slice(0, 5))).toBe(id);
  });

  test('a remote branch, and a remote by name', () => {
    const clone = sandboxAt(join(box.path, 'clone'));
    for (const revision of ['origin/main', 'origin'])
      expect(resolveIn(clone.path, revision)).toBe(clone.git('rev-parse', revision));
  });

  test('a linked working tree has its own HEAD and shares the rest', () => {
    box.git('worktree', 'add', '-q', 'linked', 'feature/side');
    const path = join(box.path, 'linked');
    expect(resolveIn(path, 'HEAD')).toBe(box.git('rev-parse', 'feature/side'));
    expect(resolveIn(path, 'main')).toBe(box.git('rev-parse', 'main'));
  });

  test.for([
    ['mian', 'git/unknown-revision', /^did you mean main\?$/],
    ['feature/sid', 'git/unknown-revision', /^did you mean feature\/side\?$/],
    ['V1.0', 'git/unknown-revision', /^did you mean v1.0/],
    ['HEAD~99', 'git/unknown-revision', /^history ends there$/],
    ['../../HEAD', 'git/unknown-revision', /is it fetched\?$/],
    ['HEAD:a', 'git/unsupported-revision', /^give a branch/],
    ['main@{upstream}', 'git/unsupported-revision', /git rev-parse/],
    ['HEAD^{tree}', 'git/unsupported-revision', /use \^\{commit\}/],
  ] as const)('%s is refused: %s', ([revision, code, hint]) => {
    const error = failure(revision);
    expect(error.code).toBe(code);
    expect(error.hint).toMatch(hint);
  });

  test('a blob is no commit', () => {
    expect(failure(box.git('rev-parse', 'HEAD:a')).code).toBe('git/unsupported-revision');
  });

  test('a repository without commits', () => {
    const empty = sandbox();
    try {
      expect(() => resolveIn(empty.path, 'HEAD')).toThrow(/HEAD names no commit yet/);
    } finally {
      empty.remove();
    }
  });
});
