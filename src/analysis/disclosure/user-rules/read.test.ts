import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { runRules } from '../rules/testing/driver.ts';
import { bytesOf } from './allow.ts';
import { denyListRules, hashedEntry, normalForm } from './deny-list.ts';
import { readSecretsFile } from './read.ts';

const hmac = (text: string): string =>
  createHmac('sha256', 'key of the organisation').update(text).digest('hex');

const FILE = `
disable: [jwt]
rules:
  - id: acme-token
    title: Acme access token
    shape: 'acme_<hex 32>'
    tier: certain
  - id: globex
    pattern: '(?i)globex[_-]?key["'' :=]+([0-9a-z]{12})'
    allow: ['^000']
  - id: bad
    pattern: '(a+)+'
  - id: odd
    pattern: abc
    when: always
  - id: nothing
    pattern: '[0-9]{4}'
deny:
  - title: project names
    words: [Project Nightjar, Bluebird]
`;

const read = readSecretsFile(FILE, '.assay/secrets.yaml');

test('rules of our own', () => {
  const token = `acme_${'0a1b2c3d4e5f6789'.repeat(2).replace('0a1b', '9f3c')}`;
  const found = runRules(read.rules, `${token}\nGLOBEX_KEY: 'k3jd92ls0qpx'\nglobex key = 000d92ls0qpx\n`);
  expect(found.map(({ rule, tier, secret }) => [rule, tier, secret])).toEqual([
    ['acme-token', 'certain', token],
    ['globex', 'likely', 'k3jd92ls0qpx'],
  ]);
  expect(read.disabled).toEqual(['jwt']);
});

test('what cannot be used is said, with its line', () => {
  expect(read.problems.map(({ code, at, message }) => `${code} ${at?.line} ${message}`)).toEqual([
    'rules/not-read 15 the rule odd has a field that is not known: when',
    'rules/refused 11 the rule bad is not used: a repeat without bound inside another: it could take exponential time',
    'rules/refused 16 the rule nothing is not used: no text of three bytes stands in every match, and no keywords are given: nothing to look for',
  ]);
});

test.for([
  '',
  '- a',
  'rules: 3',
  'rules: [a]',
  'deny: [x]',
  'else: 1',
  'rules:\n  - {id: a, shape: "<x 3>"}\n  - {id: b, tier: sure}',
])('a file that is not as it should be gives no rule: %s', (text) => {
  expect(readSecretsFile(text, 'x').rules).toEqual([]);
});

test.for([
  ['Project-Nightjar', 'project nightjar'],
  ['projectNightjar', 'project nightjar'],
  ['PROJECT_NIGHTJAR', 'project nightjar'],
  ['  project   nightjar. ', 'project nightjar'],
] as const)('the normal form of %s', ([phrase, form]) => {
  expect(normalForm(phrase)).toBe(form);
});

const phrases = ['Project Nightjar', 'Bluebird', 'Café Noir'];
const lists = {
  plain: denyListRules([{ title: 'names', words: phrases, hashed: [], at: { path: 'x' } }], undefined),
  hashed: denyListRules(
    [
      {
        title: 'names',
        words: [],
        hashed: phrases.map((phrase) => hashedEntry(phrase, hmac)!),
        at: { path: 'x' },
      },
    ],
    hmac,
  ),
};

test.for([
  ['in a sentence', 'we call it project nightjar, for now', ['project nightjar']],
  ['in a name of code', 'const projectNightjarUrl = 1', ['project nightjar']],
  ['in a constant', 'PROJECT_NIGHTJAR=1', ['project nightjar']],
  ['in a path', 'infra/project-nightjar/main.tf', ['project nightjar']],
  ['two', 'bluebird and BlueBird and Bluebird', ['bluebird', 'bluebird']],
  ['beyond ASCII', 'the Café noir', [bytesOf('café noir')]],
  ['not within a word', 'bluebirds, unbluebird, project nightjars, project', []],
  ['not too far apart', 'project -------- nightjar', []],
] as const)('a deny-list, plain or hashed, finds what is %s', ([, text, expected]) => {
  for (const { rules, problems } of [lists.plain, lists.hashed]) {
    expect(problems).toEqual([]);
    expect(runRules(rules, bytesOf(text)).map(({ secret }) => secret)).toEqual(expected);
  }
});

test('a hashed entry tells three bytes and two numbers, and cannot be looked for without the key', () => {
  const entry = hashedEntry('Project Nightjar', hmac)!;
  expect(entry).toMatch(/^pro 2 16 [0-9a-f]{32}$/);
  expect(hashedEntry('abc', hmac)).toBeUndefined();
  const list = { title: 'names', words: [], hashed: [entry, 'nonsense'], at: { path: 'x', line: 3 } };
  expect(denyListRules([list], undefined)).toMatchObject({
    rules: [],
    problems: [
      { code: 'rules/deny-list', message: expect.stringContaining('no hashed entry'), lost: true },
      { code: 'rules/deny-list', message: expect.stringContaining('without their key'), lost: true },
    ],
  });
});
