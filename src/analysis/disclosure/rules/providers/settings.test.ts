import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { settle } from '../../engine/place.ts';
import { providerRules } from '../index.ts';
import { runRules } from '../testing/driver.ts';
import { randomText } from '../testing/random.ts';

const random = randomText(9);
const findsIn = (text: string): string[] =>
  runRules(providerRules, text).map(({ rule, tier, secret }) => `${rule} ${tier} ${secret}`);
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const password = 'Tr4vel!Agent';

test('settings of registries have user and password in base64', () => {
  for (const text of [
    `{"auths": {"r.example.invalid": {"auth": "${base64(`bob:${password}`)}"}}}`,
    `//r.example.invalid/:_auth=${base64(`bob:${password}`)}`,
    `_auth = "${base64(`bob:${password}`)}"`,
  ])
    expect(findsIn(text)).toEqual([`registry-auth likely ${password}`]);
  for (const text of [
    '"auth": "none"',
    '_auth=${NPM_AUTH}',
    `"auth": "${base64('no colon at all')}"`,
    '"auth": {}',
  ])
    expect(findsIn(text)).toEqual([]);
});

test('.netrc, on one line or over some', () => {
  expect(findsIn(`machine h.example.invalid login bob password ${password}`)).toEqual([
    `netrc-password likely ${password}`,
  ]);
  expect(findsIn('default login anonymous password user@site')).toEqual([]);
  expect(findsIn('the password must be long; your password here')).toEqual([]);
  const rule = providerRules.find(({ id }) => id === 'netrc-password')!;
  const [find] = rule.find({ text: `  password ${password}`, start: 2, end: 11, keyword: 'password ' });
  const tierIn = (path: string): string | undefined =>
    settle(rule, find!, { source: 'file', path, within: [] })?.tier;
  expect([tierIn('home/.netrc'), tierIn('_netrc'), tierIn('notes.txt')]).toEqual([
    'likely',
    'likely',
    undefined,
  ]);
});

test('what Jenkins encrypted is possible', () => {
  const value = `{AQAAABAAAAAQ${random('base64', 43)}=}`;
  expect(findsIn(`<password>${value}</password>`)).toEqual([`jenkins-secret possible ${value}`]);
});

const entry = (name: string, value: string): string => `  ${name}: ${base64(value)}\n`;

test('a Kubernetes Secret, whatever order its parts come in', () => {
  const found = [`kubernetes-secret likely ${password}`];
  expect(findsIn(`apiVersion: v1\ndata:\n${entry('password', password)}kind: Secret\n`)).toEqual(found);
  expect(findsIn(`kind: Secret\ndata:\n${entry('password', password)}`)).toEqual(found);
  expect(findsIn(`items:\n- data:\n  ${entry('password', password)}  kind: Secret\n`)).toEqual([]);
  expect(findsIn(`data:\n${entry('password', password)}kind: ConfigMap\n---\nkind: Secret\n`)).toEqual([]);
  expect(findsIn(`metadata:\n${entry('password', password)}kind: Secret\n`)).toEqual([]);
});

test('both blocks before the kind, and a file of blocks alone', () => {
  const both = `data:\n${entry('password', password)}stringData:\n  token: ${random('base62', 20)}\nkind: Secret\nmetadata:\n`;
  expect(findsIn(both).filter((find) => find.startsWith('kubernetes'))).toHaveLength(2);
  const { gate } = providerRules.find(({ id }) => id === 'kubernetes-secret')!;
  const bytes = Buffer.from('data:\n'.repeat(200_000));
  const started = performance.now();
  for (let at = 0; at < bytes.length; at += 6) gate!(bytes, at, at + 6, 0, bytes.length);
  expect(performance.now() - started).toBeLessThan(5000);
});

test('blocks of a Kubernetes Secret', () => {
  const long = random('base62', 60);
  expect(findsIn(`kind: Secret\nstringData:\n  token: |\n    ${long}\n  b: c\n`)).toEqual([
    `kubernetes-secret likely ${long}`,
  ]);
  const wrapped = base64(long).replaceAll(/.{40}/g, '$&\n    ');
  expect(findsIn(`kind: Secret\ndata:\n  token: >-\n    ${wrapped}\n`)).toEqual([
    `kubernetes-secret likely ${long}`,
  ]);
  expect(findsIn('kind: Secret\nstringData:\n  a.conf: |\n    one\n    two\n')).toEqual([]);
});

const key = (): string =>
  generateKeyPairSync('rsa', { modulusLength: 1024 })
    .privateKey.export({ type: 'pkcs1', format: 'pem' })
    .toString();
const bodyOf = (pem: string): string => pem.replaceAll(/-----.*-----|\n/g, '');

test('a private key in every way of writing it', () => {
  const pem = key();
  const lines = pem.trim().split('\n');
  for (const text of [
    lines.join('<br>'),
    lines.map((line, i) => `${i + 1}: ${line}`).join('\n'),
    lines.map((line) => `+${line}`).join('\n'),
    lines.map((line) => `-${line}`).join('\n'),
    lines.map((line) => `'${line}' . "\\n"`).join(' .\n'),
    lines.map((line) => `      ${line}`).join('\n'),
    `KEY="${lines.join('\\n')}"`,
    `KEY=${lines.join('')}`,
    `KEY=${lines.join(' ')}`,
    `PRIVATE_KEY=${bodyOf(pem)}`,
  ])
    expect([...new Set(findsIn(text))]).toEqual([`private-key certain ${bodyOf(pem)}`]);
});

test('bare base64 is a key only when it parses as one', () => {
  const body = bodyOf(key());
  expect(findsIn(`KEY=${body.slice(0, -8)}`)).toEqual([]);
  expect(
    findsIn(`-----BEGIN EC PRIVATE KEY-----\n${random('base62', 30)}\n-----END EC PRIVATE KEY-----`)[0],
  ).toMatch(/^private-key possible /);
  expect(findsIn('-----BEGIN EC PRIVATE KEY-----\nMII...\n-----END EC PRIVATE KEY-----')).toEqual([]);
});

test('an AWS key with its secret beside it is likely in tests and documentation', () => {
  const rule = providerRules.find(({ id }) => id === 'aws-access-key')!;
  const find = { start: 0, end: 20, tier: 'certain' as const, reasons: ['r'] };
  const tierIn = (path: string): string | undefined =>
    settle(rule, find, { source: 'file', path, within: [] })?.tier;
  expect([tierIn('a.env'), tierIn('test/a.env'), tierIn('docs/a.md')]).toEqual([
    'certain',
    'likely',
    'likely',
  ]);
});

test('addresses of examples, and keys that a site hands to its readers, are possible', () => {
  expect(findsIn('https://example-user:Tr4velAgent9@git.corp/')).toEqual([
    'url-credentials possible Tr4velAgent9',
  ]);
  expect(findsIn('https://bob:invalid-credentials@git.corp/')).toEqual([
    'url-credentials possible invalid-credentials',
  ]);
});

test('names that begin as a token does are none', () => {
  expect(findsIn('cioalllettersandnothingelseinitoh')).toEqual([]);
  expect(findsIn(`cio${'abcdefgh'.repeat(4)}`)).toEqual([]);
  // Letters and digits that come about in a signature.
  const token = `cio${random('base62', 30)}7a`;
  expect(findsIn(`x ${token}\n`)).toEqual([`crates-io-token likely ${token}`]);
  expect(findsIn(`  ${random('base64', 20)}+${token}/${random('base64', 8)}\n`)).toEqual([]);
  expect(findsIn(String.raw`"https:\/\/bob:Tr4velAgent9@db.corp\/x"`)).toEqual([
    'url-credentials likely Tr4velAgent9',
  ]);
});

test('words for a service beside it, and stand-ins in headers, are possible; what is drawn stays', () => {
  expect(findsIn('mysql://root:acme@mariadb:3306/acme')).toEqual(['url-credentials possible acme']);
  expect(findsIn('amqp://app:Passw0rd!@rabbitmq:5672/')).toEqual(['url-credentials possible Passw0rd!']);
  expect(findsIn('mysql://root:Tr4velAgent9@mariadb:3306/acme')).toEqual([
    'url-credentials likely Tr4velAgent9',
  ]);
  expect(findsIn('mysql://root:acme@db.acme.test-1.net/acme')).toEqual(['url-credentials likely acme']);
  expect(findsIn(`Authorization: 'Basic ${base64('beep:boop')}'`)).toEqual([
    'authorization-header possible boop',
  ]);
  expect(findsIn(`Authorization: 'Basic ${base64('beep:b00p')}'`)).toEqual([
    'authorization-header likely b00p',
  ]);
});

test('the key of an app in its settings for iOS is possible', () => {
  const rule = providerRules.find(({ id }) => id === 'google-api-key')!;
  const find = { start: 0, end: 39, tier: 'likely', reasons: [] } as const;
  const tierIn = (path: string): string | undefined =>
    settle(rule, find, { source: 'file', path, within: [] })?.tier;
  expect(['ios/GoogleService-Info.prod.plist', 'ios/Info.plist'].map(tierIn)).toEqual(['possible', 'likely']);
  const key = `AIza${random('base62', 35)}`;
  expect(findsIn(`<string>${key}</string>\n\t<key>GCM_SENDER_ID</key>`)).toEqual([
    `google-api-key possible ${key}`,
  ]);
  expect(findsIn(`<string>${key}</string>\n\t<key>MAPS_ID</key>`)).toEqual([`google-api-key likely ${key}`]);
});

test('a key whose name says that it is for tests is likely', () => {
  const pem = generateKeyPairSync('rsa', { modulusLength: 1024 })
    .privateKey.export({ type: 'pkcs1', format: 'pem' })
    .toString();
  const tierOf = (text: string): string | undefined => findsIn(text)[0]?.split(' ')[1];
  expect(tierOf(`const TEST_FAKE_KEY_0: &str = "${pem}"`)).toBe('likely');
  expect(tierOf(`dummyPrivateKey := \`${pem}\``)).toBe('likely');
  expect(tierOf(`const SIGNING_KEY: &str = "${pem}"`)).toBe('certain');
  expect(tierOf(`latestKey = "${pem}"`)).toBe('certain');
});

test('names by which a server lets everybody in have no secret', () => {
  const urls = (text: string): readonly string[] =>
    findsIn(text).filter((find) => find.startsWith('url-credentials'));
  for (const open of [
    'cvs://anonymous:anon@cvs.acme.test-1.net/root',
    'svn://anonsvn:Kd83hfQx9@svn.acme.test-1.net/x',
    'rsync://Anonymous:Kd83hfQx9@host.acme.test-1.net/x',
    'ftp://anonymous:ada%40acme.test-1.net@ftp.acme.test-1.net/pub',
    'ftp://ftp:guest@ftp.acme.test-1.net/pub',
    'https://anonymous:anonymous@svn.acme.test-1.net/x',
  ])
    expect([open, urls(open)]).toEqual([open, []]);
  expect(urls('https://anonymous:Kd83hfQx9@svn.acme.test-1.net/x')).toEqual([
    'url-credentials likely Kd83hfQx9',
  ]);
  expect(urls('ftp://ada:Kd83hfQx9@ftp.acme.test-1.net/pub')).toEqual(['url-credentials likely Kd83hfQx9']);
  expect(urls('https://ftp:Kd83hfQx9@acme.test-1.net/pub')).toEqual(['url-credentials likely Kd83hfQx9']);
});
