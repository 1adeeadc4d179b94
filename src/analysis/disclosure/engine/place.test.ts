import { expect, test } from 'vitest';
import type { DisclosureRule, Find } from '../../../model/disclosure.ts';
import { fileClass, settle, settleMade } from './place.ts';

test.for([
  ['package-lock.json', 'lockfile'],
  ['a/.secrets.baseline', 'lockfile'],
  ['Cargo.lock', 'lockfile'],
  ['src/spec/a.js', 'test'],
  ['src/a.test.ts', 'test'],
  ['a_test.go', 'test'],
  ['src/latest.ts', 'other'],
  ['docs/setup.md', 'documentation'],
  ['README.md', 'documentation'],
  ['install/INSTALL.README', 'documentation'],
  ['INSTALL', 'documentation'],
  ['spec_federation/a.rb', 'test'],
  ['vendor/a.go', 'third-party'],
  ['a.min.js', 'generated'],
  ['src/contest/a.ts', 'other'],
  ['docker-compose-test-secrets/a.env', 'test'],
  ['src/testResources/a.json', 'test'],
  ['src/contractTest/a.json', 'test'],
  ['translations/messages.pt.yml', 'translation'],
  ['app/messages.pt_BR.properties', 'translation'],
  ['src/language.ts', 'other'],
  ['App/Strings/pt-PT.lproj/Localizable.strings', 'translation'],
  ['signup/tests.py', 'test'],
  ['members/tests_of_views.py', 'test'],
  ['roles/web/molecule/default/prepare.yml', 'test'],
  ['sorbet/rbi/gems/acme@1.0.0.rbi', 'third-party'],
  ['static/index.096c440b.js', 'generated'],
  ['src/a-deadbeef/b.js', 'other'],
  ['app/src/main/res/values-pt-rBR/strings.xml', 'translation'],
  ['app/src/main/res/values/strings.xml', 'other'],
  ['src/wwwroot/lib/angular/angular.js', 'third-party'],
  ['src/SandboxPayments.java', 'test'],
  ['config/sandbox.yml', 'other'],
] as const)('%s is %s', ([path, kind]) => expect(fileClass(path)).toBe(kind));

const rule = (kind: DisclosureRule['kind']): DisclosureRule => ({
  id: 'x',
  title: 'x',
  kind,
  keywords: ['xx'],
  find: () => [],
  advice: '',
});
const find = (tier: Find['tier']): Find => ({ start: 0, end: 1, tier, reasons: ['r'] });

test.for([
  ['credential', 'certain', 'test/a.ts', 'certain'],
  ['credential', 'likely', 'test/a.ts', 'possible'],
  ['credential', 'likely', 'package-lock.json', 'likely'],
  ['generic-secret', 'likely', 'package-lock.json', 'possible'],
  ['generic-secret', 'likely', 'src/a.ts', 'likely'],
  ['personal-data', 'certain', 'fixtures/people.csv', 'likely'],
  ['deny-list', 'certain', 'test/a.ts', 'certain'],
] as const)('a %s that is %s in %s is %s', ([kind, tier, path, expected]) => {
  const settled = settle(rule(kind), find(tier), { source: 'file', path, within: [] });
  expect(settled?.tier).toBe(expected);
  expect(settled?.reasons.length).toBe(path === 'src/a.ts' || kind === 'deny-list' ? 1 : 2);
});

test('who wrote a commit is no find of personal data, but a token there is one', () => {
  const place = { source: 'person', within: [] } as const;
  expect(settle(rule('personal-data'), find('certain'), place)).toBeUndefined();
  expect(settle(rule('credential'), find('certain'), place)?.tier).toBe('certain');
});

test('a key is certain but where people make some to try with; a token with a checksum everywhere', () => {
  const tierIn = (path: string): string =>
    settleMade(find('certain'), { source: 'file', path, within: [] }).tier;
  expect(['deploy/server.key', 'src/keys/prod.pem', 'config/latest.pem'].map(tierIn)).toEqual([
    'certain',
    'certain',
    'certain',
  ]);
  for (const path of [
    'test/a.pem',
    'docs/a.md',
    'vendor/x/a.go',
    'keys/testkey.pem',
    'pgp/functional_tests_key.asc',
  ])
    expect(tierIn(path)).toBe('likely');
});

test('words of translations are no passwords, but a credential there is one', () => {
  const place = { source: 'file', path: 'locales/pt.yml', within: [] } as const;
  expect(settle(rule('password'), find('likely'), place)?.tier).toBe('possible');
  expect(settle(rule('credential'), find('likely'), place)?.tier).toBe('likely');
});

test('a file that is called a mock is one', () => {
  expect(fileClass('app/services/mock_benefit_check_service.rb')).toBe('test');
  expect(fileClass('src/FakePayments.cs')).toBe('test');
  expect(fileClass('src/hammock.ts')).toBe('other');
});

test('a member of an archive is in a test by its own path', () => {
  const within = ['gzip', 'tar: lib/tests/test_keys.py, line 4'];
  const tier = (path: string): string | undefined =>
    settle(rule('generic-secret'), find('likely'), { source: 'file', path, within })?.tier;
  expect([tier('pip/acme-1.0.tgz'), tier('docs/a.tgz')]).toEqual(['possible', 'possible']);
  expect(settleMade(find('certain'), { source: 'file', path: 'pip/acme.tgz', within }).tier).toBe('likely');
  expect(
    settle(rule('generic-secret'), find('likely'), { source: 'file', path: 'a.zip', within: ['zip: a.env'] })
      ?.tier,
  ).toBe('likely');
});
