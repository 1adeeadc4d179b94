import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { numbers } from '../kernel/testing/started.ts';
import type { BaselineEntry } from './baseline.ts';
import { parseBaseline, renderBaseline } from './baseline.ts';

const TITLE = 'GitHub personal access token';
const one = (digits: string): BaselineEntry => ({
  fingerprint: `v1:github-pat:${digits.padStart(32, '0')}`,
  words: TITLE,
});

test('what is written is read again, sorted and once', () => {
  const text = renderBaseline([one('b'), one('a'), one('b')]);
  expect(text.split('\n').filter((line) => !line.startsWith('#'))).toEqual([
    `v1:github-pat:${'a'.padStart(32, '0')} # GitHub personal access token`,
    `v1:github-pat:${'b'.padStart(32, '0')} # GitHub personal access token`,
    '',
  ]);
  expect(parseBaseline(text, 'b')).toEqual({
    entries: new Map([
      [one('a').fingerprint, TITLE],
      [one('b').fingerprint, TITLE],
    ]),
    problems: [],
  });
});

test.for(['', '\n\n', '# only words\n', `v1:x:${'0'.repeat(32)}\r\n`])('%j is a baseline', (text) => {
  expect(parseBaseline(text, 'b').problems).toEqual([]);
});

test('a line that is no entry covers nothing and is a problem; a hostile file has at most twenty', () => {
  const { entries, problems } = parseBaseline('<<<<<<< HEAD\n__proto__\n'.repeat(1000), 'b');
  expect(entries.size).toBe(0);
  expect(problems).toHaveLength(20);
  expect(problems[0]).toMatchObject({ code: 'baseline/line', at: { path: 'b', line: 1 } });
});

test('fifty branches that add and remove entries merge by union to what they all say', ({ skip }) => {
  const folder = mkdtempSync(join(tmpdir(), 'assay-baseline-'));
  try {
    execFileSync('git', ['--version'], { stdio: 'ignore' });
    const random = numbers(5);
    const entry = (): BaselineEntry => one(random(2 ** 31).toString(16));
    const first = Array.from({ length: 30 }, entry);
    const file = (name: string): string => join(folder, name);
    writeFileSync(file('base'), renderBaseline(first));
    writeFileSync(file('ours'), renderBaseline(first));
    const added: BaselineEntry[] = [];
    for (let branch = 0; branch < 50; branch++) {
      const own = Array.from({ length: 1 + random(3) }, entry);
      added.push(...own);
      writeFileSync(file('theirs'), renderBaseline([...first, ...own]));
      // A conflict ends with its number; --union has none.
      const { status } = spawnSync('git', [
        'merge-file',
        '--union',
        file('ours'),
        file('base'),
        file('theirs'),
      ]);
      expect(status).toBe(0);
    }
    const merged = parseBaseline(readFileSync(file('ours'), 'utf8'), 'b');
    expect(merged.problems).toEqual([]);
    expect(new Set(merged.entries.keys())).toEqual(
      new Set([...first, ...added].map(({ fingerprint }) => fingerprint)),
    );
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    skip('no git here');
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('entries stay with their words, until they are known to be gone; what is no entry stays too', () => {
  const [a, b, c] = ['a', 'b', 'c'].map((rule) => `v1:${rule}:${'0'.repeat(32)}`) as [string, string, string];
  const older = `# a comment\n${a} # of RFC 7519, no secret\r\n${b} # B\n${c}\n<<<<<<< ours\n`;
  const found = [
    { fingerprint: a, words: 'A' },
    { fingerprint: c, words: 'C\n# two lines' },
  ];
  const text = renderBaseline(found, older, new Set([b]));
  expect(text.split('\n').filter((line) => !line.startsWith('#'))).toEqual([
    '<<<<<<< ours',
    `${a} # of RFC 7519, no secret`,
    `${c} # C # two lines`,
    '',
  ]);
  expect(renderBaseline(found, text, new Set([b]))).toBe(text);
  expect(parseBaseline(text, 'f').entries.get(a)).toBe('of RFC 7519, no secret');
});

test('a line of nothing but spaces takes no time', () => {
  const started = process.threadCpuUsage();
  parseBaseline(`${' '.repeat(2_000_000)}x`, 'f');
  expect(process.threadCpuUsage(started).user / 1000).toBeLessThan(500);
});
