import { inflateSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SmallInflater } from '../../model/deflate.ts';
import { readClone } from './clone.ts';
import { hasGit, sandbox, sandboxAt, type Sandbox } from './testing/git.ts';

const boxes: Sandbox[] = [];
let box: Sandbox;
afterAll(() => boxes.forEach((one) => one.remove()));

/** What the kernel's does, by the platform's. */
function zlibInflater(): SmallInflater & { asked(): number } {
  const bytes = new Uint8Array(4096);
  let asked = 0;
  return {
    bytes,
    start: 100,
    most: 3000,
    asked: () => asked,
    inflate: (input, from, to, size) => {
      asked++;
      const result = inflateSync(input.subarray(from, to));
      bytes.set(result, 100);
      return result.length === size;
    },
  };
}

const DAY = 86_400;
const START = Date.UTC(2024, 0, 1) / 1000;

/** A commit on a day counted from the start, by somebody, on the heads that are set. */
function commit(day: number, who: string, message = 'work'): string {
  const at = `${START + day * DAY} +0000`;
  box.git('add', '-A');
  const lines = [
    `tree ${box.git('write-tree')}`,
    ...heads.map((id) => `parent ${id}`),
    `author ${who} ${at}`,
    `committer ${who} ${at}`,
    '',
    `${message}\n`,
  ];
  box.write('.object', lines.join('\n'));
  const id = box.git('hash-object', '-t', 'commit', '-w', '.object');
  heads = [id];
  box.git('update-ref', 'refs/heads/main', id);
  return id;
}
let heads: string[] = [];

beforeAll(() => {
  if (!hasGit) return;
  box = sandbox();
  boxes.push(box);
  box.write('.gitignore', '.object\n');
  box.write('LICENSE', 'MIT, more or less\n');
  commit(0, 'Ann <ann@example.invalid>');
  box.write('src/a.ts', '1\n');
  commit(10, 'Ann <ann@example.invalid>', 'feature\n\nSigned-off-by: Ann <ann@example.invalid>');
  const trunk = heads;
  box.write('src/b.ts', '1\n');
  const side = commit(20, 'Bob <bob@example.invalid>');
  heads = trunk;
  box.write('LICENSE', 'another text\n');
  const main = commit(30, 'Zoë Ünal <zoe@example.invalid>');
  heads = [main, side];
  commit(40, 'Ann <ann@example.invalid>', 'merge');
  box.git('tag', 'v1.0.0', main);
  box.git('tag', 'blob-tag', box.git('hash-object', '-w', 'LICENSE'));
  box.git('tag', '-a', '-m', 'second', 'v1.1.0', heads[0]!);
  box.git('gc', '-q');
});

test.runIf(hasGit)('reads every line of history once, newest first, with its people', () => {
  const facts = readClone(box.path, { name: 'it', windowSeconds: 365 * DAY });
  expect(facts.totalCommits).toBe(5);
  expect(facts.commits.map(({ committedAt }) => (committedAt - START) / DAY)).toEqual([40, 30, 20, 10, 0]);
  expect(facts.commits.map(({ author }) => facts.authors[author]!.name)).toEqual([
    'Ann',
    'Zoë Ünal',
    'Bob',
    'Ann',
    'Ann',
  ]);
  expect(facts.commits.map(({ signedOff }) => signedOff)).toEqual([false, false, false, true, false]);
  expect(facts.authorsFirstAt.map((at) => (at - START) / DAY).sort((a, b) => a - b)).toEqual([0, 20, 30]);
  expect(facts.firstAt).toBe(START);
  expect(facts.wholeSince).toBeUndefined();
  expect(facts.problems).toEqual([]);
});

test.runIf(hasGit)('a window leaves older commits out, and still counts them', () => {
  const facts = readClone(box.path, { name: 'it', windowSeconds: 15 * DAY });
  expect(facts.commits).toHaveLength(2);
  expect(facts.totalCommits).toBe(5);
});

test.runIf(hasGit)('tags have the time of their tagger, else of their commit; tags of files are none', () => {
  const { tags } = readClone(box.path, { name: 'it', windowSeconds: DAY });
  expect(tags.map(({ name }) => name)).toEqual(['v1.0.0', 'v1.1.0']);
  expect(tags[0]!.at).toBe(START + 30 * DAY);
  // The sandbox's own clock.
  expect(tags[1]!.at).toBe(Date.UTC(2026, 0, 1) / 1000);
});

test.runIf(hasGit)('licence edits are those of the main line', () => {
  const { licenceEdits, licenceStep } = readClone(box.path, { name: 'it', windowSeconds: DAY });
  expect(licenceStep).toBe(1);
  expect(
    licenceEdits.map(({ at, path, before, after }) => [(at - START) / DAY, path, before, after]),
  ).toEqual([[30, 'LICENSE', 'MIT, more or less\n', 'another text\n']]);
});

test.runIf(hasGit)('looks from the newest commit of a day that was given', () => {
  const facts = readClone(box.path, { name: 'it', windowSeconds: 365 * DAY, asOf: START + 35 * DAY });
  expect((facts.tipAt - START) / DAY).toBe(30);
  expect(facts.totalCommits).toBe(3);
  expect(() => readClone(box.path, { name: 'it', windowSeconds: 1, asOf: START - 1 })).toThrow(
    'begins after',
  );
});

test.runIf(hasGit)('finds the commits that change a folder', () => {
  const facts = readClone(box.path, { name: 'it', windowSeconds: 365 * DAY, within: 'src' });
  const days = facts.within!.commits.map(
    (id) => (facts.commits.find((one) => one.id === id)!.committedAt - START) / DAY,
  );
  expect(days).toEqual([30, 20, 10]);
  expect(() => readClone(box.path, { name: 'it', windowSeconds: 365 * DAY, within: 'nowhere' })).toThrow(
    'no commit of the window has nowhere',
  );
});

test.runIf(hasGit)('a shallow clone says where it is cut off', () => {
  const shallow = sandbox(false);
  boxes.push(shallow);
  shallow.git('clone', '-q', '--bare', '--depth', '2', `file://${box.path}`, '.');
  const facts = readClone(shallow.path, { name: 'it', windowSeconds: 365 * DAY });
  expect(facts.shallow).toBe(true);
  expect(facts.totalCommits).toBe(3);
  expect((facts.wholeSince! - START) / DAY).toBe(30);
});

test.runIf(hasGit)('a clone says the same with any inflater, whether its objects are packed or loose', () => {
  const inflater = zlibInflater();
  const options = { name: 'it', windowSeconds: 15 * DAY, within: 'src' };
  const packed = readClone(box.path, { ...options, inflater });
  expect(packed).toEqual(readClone(box.path, options));
  expect(inflater.asked()).toBeGreaterThan(3);
  const loose = sandbox(false);
  boxes.push(loose);
  loose.git('init', '-q', '--bare', '.');
  loose.git('symbolic-ref', 'HEAD', 'refs/heads/main');
  loose.git('fetch', '-q', box.path, 'HEAD:refs/heads/main', '--tags');
  expect(readClone(loose.path, { ...options, inflater })).toEqual(packed);
});

test('a folder that is no repository is refused', () => {
  const empty = sandboxAt(import.meta.dirname);
  expect(() => readClone(empty.path, { name: 'x', windowSeconds: 1 })).toThrow('is no git repository');
});
