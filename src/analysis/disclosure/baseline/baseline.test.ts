import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Disclosure } from '../../../model/disclosure-report.ts';
import { numbers } from '../kernel/testing/started.ts';
import { parseBaseline, renderBaseline } from './baseline.ts';

const one = (digits: string): Disclosure => ({
  fingerprint: `v1:github-pat:${digits.padStart(32, '0')}`,
  rule: 'github-pat',
  title: 'GitHub personal access token',
  kind: 'credential',
  tier: 'certain',
  reasons: [],
  excerpt: '',
  advice: '',
  spots: [],
  copies: 1,
});

test('what is written is read again, sorted and once', () => {
  const text = renderBaseline([one('b'), one('a'), one('b')]);
  expect(text.split('\n').filter((line) => !line.startsWith('#'))).toEqual([
    `v1:github-pat:${'a'.padStart(32, '0')} # GitHub personal access token`,
    `v1:github-pat:${'b'.padStart(32, '0')} # GitHub personal access token`,
    '',
  ]);
  expect(parseBaseline(text, 'b')).toEqual({
    fingerprints: new Set([one('a').fingerprint, one('b').fingerprint]),
    problems: [],
  });
});

test.for(['', '\n\n', '# only words\n', `v1:x:${'0'.repeat(32)}\r\n`])('%j is a baseline', (text) => {
  expect(parseBaseline(text, 'b').problems).toEqual([]);
});

test('a line that is no entry covers nothing and is a problem; a hostile file has at most twenty', () => {
  const { fingerprints, problems } = parseBaseline('<<<<<<< HEAD\n__proto__\n'.repeat(1000), 'b');
  expect(fingerprints.size).toBe(0);
  expect(problems).toHaveLength(20);
  expect(problems[0]).toMatchObject({ code: 'baseline/line', at: { path: 'b', line: 1 } });
});

test('fifty branches that add and remove entries merge by union to what they all say', ({ skip }) => {
  const folder = mkdtempSync(join(tmpdir(), 'assay-baseline-'));
  try {
    execFileSync('git', ['--version'], { stdio: 'ignore' });
    const random = numbers(5);
    const entry = (): Disclosure => one(random(2 ** 31).toString(16));
    const first = Array.from({ length: 30 }, entry);
    const file = (name: string): string => join(folder, name);
    writeFileSync(file('base'), renderBaseline(first));
    writeFileSync(file('ours'), renderBaseline(first));
    const added: Disclosure[] = [];
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
    expect(merged.fingerprints).toEqual(new Set([...first, ...added].map(({ fingerprint }) => fingerprint)));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    skip('no git here');
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('a scan of a part adds to what is there', () => {
  const older = `# a comment\nv1:a:${'0'.repeat(32)} # A\n`;
  const one = { fingerprint: `v1:b:${'1'.repeat(32)}`, title: 'B' } as Disclosure;
  expect([...parseBaseline(renderBaseline([one], older), 'f').fingerprints]).toEqual([
    `v1:a:${'0'.repeat(32)}`,
    `v1:b:${'1'.repeat(32)}`,
  ]);
});
