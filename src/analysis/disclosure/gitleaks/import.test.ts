import { expect, test } from 'vitest';
import type { Place } from '../../../model/disclosure.ts';
import { runRules } from '../rules/testing/driver.ts';
import { readGitleaksRules } from './import.ts';

const FILE = `
title = "rules"
[extend]
useDefault = true
disabledRules = ["generic-api-key"]

[[rules]]
id = "acme-key"
description = "Acme key"
regex = '''(?i)\\bacme[_-]key\\s*[:=]\\s*["']?([0-9a-f]{16})\\b'''
keywords = ["acme"]
entropy = 2.5
  [[rules.allowlists]]
  regexes = ['''^0123''']
  stopwords = ["dead"]
  [[rules.allowlists]]
  condition = "AND"
  regexTarget = "line"
  regexes = ['''harmless''']
  paths = ['''(?i)docs/''']

[[rules]]
id = "store"
path = '''(?i)\\.acmestore$'''

[[rules]]
id = "slow"
regex = '''(a+)+b'''
keywords = ["a"]

[[rules]]
id = "second"
regex = '''first=(\\w+) second=(\\w+)'''
secretGroup = 2

[[allowlists]]
paths = ['''^vendor/''']
`;

const read = readGitleaksRules(FILE, '.gitleaks.toml');
const secretsIn = (text: string): string[] =>
  runRules(read.rules, text).map(({ rule, secret }) => `${rule} ${secret}`);
const place = (path: string, source: Place['source'] = 'file'): Place => ({ source, path, within: [] });

test('what is refused is said, with its line', () => {
  expect(read.problems).toEqual([
    {
      code: 'rules/refused',
      message:
        'the rule slow is not used: a repeat without bound inside another: it could take exponential time',
      at: { path: '.gitleaks.toml', line: 26 },
      lost: true,
    },
  ]);
  expect([read.usesDefaults, read.disabled]).toEqual([true, ['generic-secret']]);
});

test.for([
  ['ACME_KEY = "8f3a91c6d27be045"', ['acme-key 8f3a91c6d27be045']],
  ['acme-key: 0000000000000001', []],
  ['acme-key: 0123a91c6d27be04', []],
  ['acme-key: 8f3adead6d27be04', []],
  ['first=one second=two', ['second two']],
] as const)('%s', ([text, expected]) => {
  expect(secretsIn(text)).toEqual(expected);
});

test('paths are looked at when the place is known', () => {
  const acme = read.rules.find((rule) => rule.id === 'acme-key')!;
  const findsIn = (text: string) => acme.find({ text, start: 0, end: 4, keyword: 'acme' });
  const [plain] = findsIn('acme_key=8f3a91c6d27be045');
  const [harmless] = findsIn('acme_key=8f3a91c6d27be045 # harmless');
  expect(acme.settle?.(plain!, place('docs/a.md'))).toBeDefined();
  expect(acme.settle?.(plain!, place('vendor/a.c'))).toBeUndefined();
  expect(acme.settle?.(harmless!, place('docs/a.md'))).toBeUndefined();
  expect(acme.settle?.(harmless!, place('src/a.c'))).toBeDefined();
});

test('a rule of a path finds the names of files only', () => {
  const store = read.rules.find((rule) => rule.id === 'store')!;
  const [find] = store.find({ text: 'conf/x.AcmeStore', start: 6, end: 16, keyword: '.acmestore' });
  expect(store.settle?.(find!, place('conf/x.AcmeStore', 'path'))).toBeDefined();
  expect(store.settle?.(find!, place('README.md'))).toBeUndefined();
});

test('what the file lets through everywhere holds for other rules', () => {
  const other = read.restrict({
    id: 'x',
    title: 'x',
    kind: 'credential',
    keywords: ['xyz'],
    advice: 'x',
    find: ({ start, end }) => [{ start, end, tier: 'likely', reasons: ['x'] }],
  });
  const [find] = other.find({ text: 'xyz', start: 0, end: 3, keyword: 'xyz' });
  expect(other.settle?.(find!, place('vendor/a'))).toBeUndefined();
  expect(other.settle?.(find!, place('src/a'))).toBeDefined();
});

test.for([
  '',
  '[[rules]]',
  'rules = 1',
  '[[rules]]\nid = 3\nregex = ["a"]',
  '[[rules',
  '[allowlist]\nregexes = [1, "("]',
])('a file that is not as it should be gives problems or nothing: %s', (text) => {
  expect(readGitleaksRules(text, 'x').rules).toEqual([]);
});

test("gitleaks' generic rule says less of a secret than its others", () => {
  const rule = (id: string): string =>
    `[[rules]]\nid = "${id}"\nregex = '''acme_[a-z]{9}'''\nkeywords = ["acme"]\n`;
  const { rules } = readGitleaksRules(`${rule('generic-api-key')}${rule('acme')}`, 'a.toml');
  expect(rules.map(({ id, kind }) => [id, kind])).toEqual([
    ['generic-api-key', 'generic-secret'],
    ['acme', 'credential'],
  ]);
});
