import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { parseIndex } from './index-file.ts';
import { hasGit, sandboxes } from './testing/git.ts';
import type { Sandbox } from './testing/git.ts';

const boxes = sandboxes();
const fresh = (...init: string[]): Sandbox => {
  const box = boxes.fresh(init);
  for (let i = 0; i < 30; i++) box.write(`some/folder-${i % 3}/file-${i}.txt`, `${i}`);
  box.write('naïve/ünïcode.txt', 'x');
  box.commit('first');
  return box;
};
afterAll(boxes.remove);

const read = (box: Sandbox) =>
  parseIndex(
    readFileSync(join(box.path, '.git/index')),
    box.git('rev-parse', '--show-object-format') as 'sha1',
  );
const rows = (box: Sandbox) =>
  read(box).entries.map((e) => `${e.mode.toString(8).padStart(6, '0')} ${e.id} ${e.stage}\t${e.path}`);
const expected = (box: Sandbox) =>
  box
    .git('ls-files', '--stage', '-z')
    .split('\0')
    .filter((row) => row !== '');

describe.skipIf(!hasGit)('the index, with git as oracle (skipped where git is absent)', () => {
  test.for(['2', '3', '4'] as const)('version %s', (version) => {
    const box = fresh();
    box.git('update-index', '--index-version', version);
    if (version === '3') box.git('update-index', '--skip-worktree', 'some/folder-0/file-0.txt');
    expect(readFileSync(join(box.path, '.git/index')).readUInt32BE(4)).toBe(Number(version));
    expect(rows(box)).toEqual(expected(box));
  });

  test('sha-256', () => {
    const box = fresh('--object-format=sha256');
    expect(rows(box)).toEqual(expected(box));
  });

  test('a file that is only intended', () => {
    const box = fresh();
    box.write('new', 'x');
    box.git('add', '-N', 'new');
    expect(read(box).entries.find((entry) => entry.path === 'new')?.intentToAdd).toBe(true);
  });

  test('an unresolved merge has stages', () => {
    const box = fresh();
    box.git('checkout', '-qb', 'other');
    box.write('naïve/ünïcode.txt', 'y');
    box.commit('y');
    box.git('checkout', '-q', 'main');
    box.write('naïve/ünïcode.txt', 'z');
    box.commit('z');
    expect(() => box.git('merge', 'other')).toThrow('merge');
    expect(rows(box)).toEqual(expected(box));
    expect(
      read(box)
        .entries.filter((entry) => entry.stage > 0)
        .map((entry) => entry.stage),
    ).toEqual([1, 2, 3]);
  });

  test('a split index is a clear fault', () => {
    const box = fresh();
    box.git('update-index', '--split-index');
    box.write('more', 'x');
    box.git('add', 'more');
    expect(read(box).fault?.kind).toBe('split');
  });

  test('every truncation and a flipped byte anywhere end without a throw', () => {
    const box = fresh();
    box.git('update-index', '--index-version', '4');
    const bytes = readFileSync(join(box.path, '.git/index'));
    for (let length = 0; length < bytes.length; length += 13)
      expect(parseIndex(bytes.subarray(0, length), 'sha1').fault?.kind).toBe('damaged');
    for (let at = 0; at < bytes.length; at += 7) {
      const copy = Buffer.from(bytes);
      copy[at]! ^= 0xff;
      expect(parseIndex(copy, 'sha1').entries.length).toBeLessThanOrEqual(31);
    }
  });
});
