import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { allRules } from '../all-rules.ts';
import { prepareRules } from '../engine/rule-set.ts';
import { counterpartsOf, renamed, WITHOUT_COUNTERPART } from '../gitleaks/counterparts.ts';
import { readGitleaksRules } from '../gitleaks/import.ts';
import { runRules } from '../rules/testing/driver.ts';
import { chooseRules } from './choose.ts';
import { hashedEntry } from './deny-list.ts';
import { readSecretsFile } from './read.ts';

const hmac = (text: string): string => createHmac('sha256', 'key').update(text).digest('hex');
const ours = (text: string) => ({
  path: '.assay/secrets.yaml',
  says: readSecretsFile(text, '.assay/secrets.yaml'),
});
const theirs = (text: string) => ({
  path: '.gitleaks.toml',
  says: readGitleaksRules(text, '.gitleaks.toml'),
});
const ALL = { disabled: [] };

test('without files every built-in rule is asked, and nothing is left out', () => {
  const { rules, leftOut, problems, unknown, stopped } = chooseRules(allRules, [], ALL, undefined);
  expect([rules.length, leftOut, problems, unknown, stopped()]).toEqual([allRules.length, [], [], [], []]);
});

test('what a file switches off or takes the place of is left out, and said', () => {
  const file = ours(`
disable: [jwt, no-such]
rules:
  - {id: npm-token, shape: 'corp_<hex 20>'}
  - {id: 'Acme Token', shape: 'acme_<hex 20>'}
`);
  const { rules, leftOut, problems } = chooseRules(allRules, [file], ALL, undefined);
  expect(leftOut).toEqual([
    { why: '.assay/secrets.yaml has a rule of its own by that name', rules: ['npm-token'] },
    { why: '.assay/secrets.yaml switches them off', rules: ['jwt'] },
  ]);
  expect(problems.map(({ code, message, lost }) => [code, message, lost])).toEqual([
    ['rules/unknown', '.assay/secrets.yaml switches off what there is no rule for: no-such', undefined],
  ]);
  expect(rules.filter(({ id }) => id === 'npm-token').map(({ keywords }) => keywords)).toEqual([['corp_']]);
  expect(rules.some(({ id }) => id === 'acme-token')).toBe(true);
  prepareRules(rules);
});

test('rules in the format of gitleaks take the place of those for secrets, unless they extend them', () => {
  const rule = `[[rules]]\nid = "acme"\nregex = 'acme_[0-9a-f]{20}'\n`;
  const alone = chooseRules(allRules, [theirs(rule)], ALL, undefined);
  expect(new Set(alone.rules.map(({ kind }) => kind))).toEqual(
    new Set(['credential', 'personal-data', 'marking', 'internal-address']),
  );
  expect(alone.rules.filter(({ kind }) => kind === 'credential').map(({ id }) => id)).toEqual(['acme']);
  expect(alone.leftOut.map(({ why }) => why)).toEqual(['.gitleaks.toml does not extend the built-in rules']);
  const both = chooseRules(
    allRules,
    [theirs(`[extend]\nuseDefault = true\ndisabledRules = ["gcp-api-key"]\n${rule}`)],
    ALL,
    undefined,
  );
  expect(both.rules.length).toBe(allRules.length);
  expect(both.leftOut).toEqual([{ why: '.gitleaks.toml switches them off', rules: ['google-api-key'] }]);
});

test('what a file lets through holds for rules of others, by their name in gitleaks', () => {
  const list = `[[allowlists]]\ntargetRules = ["gcp-api-key"]\nregexes = ['AIza0']\n[extend]\nuseDefault = true\n`;
  const { rules } = chooseRules(allRules, [theirs(list)], ALL, undefined);
  const changed = rules.filter((rule) => !allRules.includes(rule)).map(({ id }) => id);
  expect(changed).toEqual(['google-api-key']);
});

test('words of an organisation: plain, hashed, and its domains; kinds and rules that are not wanted', () => {
  const file = ours(`
deny:
  - {title: projects, words: [Project Nightjar]}
  - {title: people, hashed: ['${hashedEntry('Ada Example', hmac)}']}
internal-domains: [corp.example, 'no domain']
`);
  const text = 'project-nightjar, ada example, host = a1.corp.example\n';
  const found = (chosen: ReturnType<typeof chooseRules>) =>
    runRules(chosen.rules, text).map(({ rule, secret }) => [rule, secret]);
  const chosen = chooseRules([], [file], ALL, hmac);
  expect(found(chosen)).toEqual([
    ['deny-list-1', 'project nightjar'],
    ['deny-list-2-hashed', 'ada example'],
    ['organisation-host', 'a1.corp.example'],
  ]);
  expect(chosen.problems.map(({ message }) => message)).toEqual(['entry 2 of internal-domains is no domain']);
  const kinds = { kinds: new Set(['deny-list' as const]), disabled: ['deny-list-1', 'nothing'] };
  const some = chooseRules([], [file], kinds, hmac);
  expect([found(some), some.unknown]).toEqual([[['deny-list-2-hashed', 'ada example']], ['nothing']]);
  expect(chooseRules([], [file], ALL, undefined).problems.map(({ lost }) => lost)).toEqual([true, true]);
});

test('two rules of one name: the first file wins, and that is said', () => {
  const { rules, problems } = chooseRules(
    [],
    [
      ours(`rules:\n  - {id: acme, shape: 'acme_<hex 20>'}\n`),
      theirs(`[[rules]]\nid = "acme"\nregex = 'other_[0-9a-f]{20}'\n`),
    ],
    ALL,
    undefined,
  );
  expect(rules.map(({ keywords }) => keywords)).toEqual([['acme_']]);
  expect(problems).toMatchObject([{ code: 'rules/twice', lost: true }]);
});

test('every counterpart of a rule of gitleaks is a rule of ours', () => {
  const ids = new Set(allRules.map(({ id }) => id));
  const missing = renamed.flatMap(([, ours_]) => ours_.filter((id) => !ids.has(id)));
  expect(missing).toEqual([]);
  expect(counterpartsOf('jwt')).toEqual(['jwt']);
  expect(WITHOUT_COUNTERPART.filter((id) => ids.has(id))).toEqual([]);
});

test('what the documentation shows is read without a problem', () => {
  const page = readFileSync('docs/secrets.md', 'utf8');
  const blocks = Array.from(page.matchAll(/```yaml\n([\s\S]*?)```/g), (match) => match[1]!);
  expect(blocks.length).toBe(3);
  for (const block of blocks) expect(chooseRules(allRules, [ours(block)], ALL, hmac).problems).toEqual([]);
});
