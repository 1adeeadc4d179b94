import { expect, test } from 'vitest';
import { readAllowances } from './allowances.ts';

const COMMIT = 'ab'.repeat(20);

test('.gitleaksignore names places, in one commit or in any', () => {
  const text = `# words\n\nsrc/a b.ts:generic-api-key:12\n${COMMIT}:c:/d.env:github-pat:3\nwhat\n`;
  expect(readAllowances(text, '.gitleaksignore')).toEqual({
    places: [
      { path: 'src/a b.ts', line: 12 },
      { path: 'c:/d.env', line: 3, commit: COMMIT },
    ],
    ignores: expect.any(Function),
    secrets: new Set(),
    hashes: new Set(),
    problems: [
      expect.objectContaining({ code: 'allowance/entry', at: { path: '.gitleaksignore', line: 5 } }),
    ],
  });
});

test('a report of gitleaks names secrets, and places where they are redacted', () => {
  const text = JSON.stringify([
    { RuleID: 'x', Secret: 'abc', File: 'a', StartLine: 1 },
    { RuleID: 'x', Secret: 'REDACTED', File: 'a', StartLine: 2, Commit: COMMIT },
    7,
  ]);
  const { places, secrets, problems } = readAllowances(text, 'report.json');
  expect([places, secrets, problems.length]).toEqual([
    [{ path: 'a', line: 2, commit: COMMIT }],
    new Set(['abc']),
    1,
  ]);
});

test('.secrets.baseline and .gitguardian.yaml name hashes', () => {
  const sha1 = '0f'.repeat(20);
  const sha256 = 'AB'.repeat(32);
  const baseline = {
    version: '1.5.0',
    results: { 'a.py': [{ type: 'x', hashed_secret: sha1, line_number: 3 }] },
  };
  expect(readAllowances(JSON.stringify(baseline), '.secrets.baseline').hashes).toEqual(new Set([sha1]));
  const yaml = `version: 2\nsecret:\n  ignored_matches:\n    - name: one\n      match: ${sha256}\n    - plain\n`;
  const { hashes, secrets, problems } = readAllowances(yaml, '.gitguardian.yaml');
  expect([hashes, secrets, problems]).toEqual([new Set([sha256.toLowerCase()]), new Set(['plain']), []]);
});

test('.gitguardian.yaml ignores paths', () => {
  const yaml = 'secret:\n  ignored_paths: [docs/, "**/*.lock", { x: 1 }]\npaths-ignore:\n  - old.txt\n';
  const { ignores, problems } = readAllowances(yaml, '.gitguardian.yaml');
  expect(['docs/a/b.md', 'a/yarn.lock', 'old.txt', 'src/a.ts', ''].filter(ignores)).toEqual([
    'docs/a/b.md',
    'a/yarn.lock',
    'old.txt',
  ]);
  expect(problems.map(({ code }) => code)).toEqual(['allowance/entry']);
});

test.for(['', '{', '[', '{}', '[[]]', '{"results": {"__proto__": [1]}}', ': :', '\0'])(
  '%j is read without a throw',
  (text) => {
    for (const path of ['a', 'a.yaml', 'a.json']) expect(readAllowances(text, path).places).toEqual([]);
  },
);
