import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { ownFiles } from './own-files.ts';
import type { Repository } from './repository.ts';

const root = mkdtempSync(join(tmpdir(), 'assay-own-files-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

function repository(name: string, files: Readonly<Record<string, string>>): Repository {
  const gitDir = join(root, name);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(gitDir, path, '..'), { recursive: true });
    writeFileSync(join(gitDir, path), text);
  }
  return {
    gitDir,
    commonDir: gitDir,
    workTree: undefined,
    algorithm: 'sha1',
    partial: false,
    shallow: false,
  };
}

const texts = (one: Repository): readonly (readonly [string, string])[] =>
  ownFiles(one).files.map(({ path, bytes }) => [path, Buffer.from(bytes).toString()]);

test('configuration, messages, hooks, and messages of logs where they stand', () => {
  const one = repository('some', {
    config: '[core]\n',
    COMMIT_EDITMSG: 'said\n',
    'hooks/pre-push': '#!/bin/sh\n',
    'hooks/pre-push.sample': '#!/bin/sh\n',
    'logs/HEAD': 'a b Ann <ann@example.invalid> 1 +0\tone\na b Bob <b@c> 2 +0\na b C <c> 3 +0\tx\ty',
    'logs/refs/heads/main': 'a\tb\n',
    'objects/ab/cd': 'no',
    HEAD: 'ref: refs/heads/main\n',
    description: '',
  });
  symlinkSync('/etc/hostname', join(one.gitDir, 'hooks/link'));
  expect(texts(one)).toEqual([
    ['.git/config', '[core]\n'],
    ['.git/COMMIT_EDITMSG', 'said\n'],
    ['.git/hooks/pre-push', '#!/bin/sh\n'],
    ['.git/logs/HEAD', `${' '.repeat(35)}one\n${' '.repeat(18)}\n${' '.repeat(15)}x\ty`],
    ['.git/logs/refs/heads/main', '  b\n'],
  ]);
  expect(ownFiles(one).problems).toEqual([]);
});

test('a linked working tree has its own beside the common ones', () => {
  const common = repository('common', { config: 'of all\n', 'logs/HEAD': 'a\tmain\n' });
  const own = repository('common/worktrees/w', { COMMIT_EDITMSG: 'own\n', 'logs/HEAD': 'a\town\n' });
  expect(texts({ ...own, commonDir: common.gitDir })).toEqual(texts(common));
  expect(texts(common)).toEqual([
    ['.git/config', 'of all\n'],
    ['.git/logs/HEAD', '  main\n'],
    ['.git/worktrees/w/COMMIT_EDITMSG', 'own\n'],
    ['.git/worktrees/w/logs/HEAD', '  own\n'],
  ]);
});

test('what is too large is a problem', () => {
  const one = repository('large', { config: 'x' });
  truncateSync(join(one.gitDir, 'config'), 65 * 1024 * 1024);
  expect(texts(one)).toEqual([]);
  expect(ownFiles(one).problems).toMatchObject([
    { code: 'git/own-file', at: { path: '.git/config' }, lost: true },
  ]);
});

test('what has none of it has none', () => expect(texts(repository('none', { HEAD: 'x' }))).toEqual([]));

test('a folder that is a link leads nowhere', () => {
  const elsewhere = join(root, 'elsewhere');
  mkdirSync(join(elsewhere, 'refs'), { recursive: true });
  writeFileSync(join(elsewhere, 'config'), 'not of this repository\n');
  const one = repository('linked', { config: '[core]\n', 'worktrees/own/config.worktree': '[own]\n' });
  for (const name of ['hooks', 'logs', 'worktrees/other']) symlinkSync(elsewhere, join(one.gitDir, name));
  expect(texts(one)).toEqual([
    ['.git/config', '[core]\n'],
    ['.git/worktrees/own/config.worktree', '[own]\n'],
  ]);
  const two = repository('linked-trees', {});
  mkdirSync(two.gitDir);
  symlinkSync(root, join(two.gitDir, 'worktrees'));
  expect(ownFiles(two)).toEqual({ files: [], problems: [] });
});

test('folders without end are looked into so deep, and it is said', () => {
  const deep = Array.from({ length: 70 }, () => 'd').join('/');
  const { problems } = ownFiles(repository('deep', { [`logs/${deep}/x`]: 'a\tb\n' }));
  expect(problems.map(({ code, lost }) => [code, lost])).toEqual([['git/own-file', true]]);
});
