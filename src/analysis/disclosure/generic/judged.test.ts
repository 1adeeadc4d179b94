import { expect, test } from 'vitest';
import { headerRules } from '../rules/providers/headers.ts';
import { kubernetesRules } from '../rules/providers/kubernetes.ts';
import { randomText } from '../rules/testing/random.ts';
import { genericRules } from './index.ts';
import { findAll } from './testing/find-all.ts';
import { isTriedFirst } from './weak.ts';

/* What was wrong on histories that nobody had looked at: each line is a form of one that was. */

const said = (text: string, rules = genericRules, path?: string): string[] =>
  findAll(rules, text, path === undefined ? undefined : { source: 'file', within: [], path }).map(
    ({ rule, find, text: found }) => `${rule} ${find.tier} ${found}`,
  );
const HEX = '4f8ab2c05d6e9173fa20cbd87e615934';
const TOKEN = ['mJ7xQ2vLp9', 'Rk4tWz8s', 'YcB3'].join('');

test('settings about passwords are none, whoever is named before is', () => {
  for (const text of [
    "$config['password_charset'] = 'ISO-8859-1';",
    "$config['password_dovecotpw_method'] = 'CRAM-MD5';",
    'password_scheme: "SHA512-CRYPT"',
  ])
    expect([text, said(text)]).toEqual([text, []]);
  expect(said('provider_password = "kW7#pX2q!d"')).toEqual(['password-literal likely kW7#pX2q!d']);
  expect(said('method_password = "kW7#pX2q!d"')).toEqual(['password-literal likely kW7#pX2q!d']);
});

test('a salt that stands beside a hash is possible, one of an application likely', () => {
  expect(said(`password_salt: ${TOKEN}`)).toEqual([`generic-secret possible ${TOKEN}`]);
  expect(said(`secret_salt: ${TOKEN}`)).toEqual([`generic-secret likely ${TOKEN}`]);
});

test('two quotes are an empty string, but where both ends have two', () => {
  expect(said('h=e.auth.password?f(g(e.auth.password)):"";m.Auth="Basic "+btoa(h)')).toEqual([]);
  expect(said('var s = @"{ password = ""kW7#pX2q!d"" }";')).toEqual(['password-literal likely kW7#pX2q!d']);
  expect(said('PASSWORD = """kW7#pX2q!d"""')).toEqual(['password-literal likely kW7#pX2q!d']);
});

test('what ends a longer string is no name of the next', () => {
  for (const text of [
    `'x: http://$HOST/oauth/check_token', '${HEX}', '2019-04-18')`,
    `'update sys_client_secret', '${HEX}')`,
    `'the least length of all passwords','5ff5841d-fa50-4532-8205-1808927b9259',NULL`,
  ])
    expect([text, said(text)]).toEqual([text, []]);
  expect(said(`put("api_token", "${TOKEN}")`)).toEqual([`generic-secret likely ${TOKEN}`]);
  expect(said(`put("acme:api_token", "${TOKEN}")`)).toEqual([`generic-secret likely ${TOKEN}`]);
});

test('a value that ends with = is no type', () => {
  expect(said('ROOT_PASSWORD: dG1he9E=\n')).toEqual(['password-literal likely dG1he9E=']);
  expect(said('password: string = "kW7#pX2q!d"')).toEqual(['password-literal likely kW7#pX2q!d']);
});

test('variables of a program that was made small are called pwd by turns', () => {
  expect(said("Nwd='Foo$Bar9',Pwd='Foo$Bar10',Qwd='Foo$Bar11',")).toEqual([]);
  expect(said("pwd='kW7#pX2q!d',")).toEqual(['password-literal likely kW7#pX2q!d']);
});

test('files, hashes with their user, words in base64, and keys of pages are no secrets, or possible', () => {
  for (const text of [
    `"manifests/server/root_password.pp": "${HEX}"`,
    `"templates/my.cnf.pass.erb": "${HEX}"`,
    'htpasswd: "acme:$2y$10$9L4Tc0DJbFFMB6RdSCunrOpTHdwhid4ktBJmLD00bYgqkkGOvll3m"',
    `"_token":"${TOKEN}"`,
    'grafana_security_secret_key: SW2YcwTIb9zpOOhoPsMm',
    `OAUTH_ACME_APP_KEY: "199741036945-${HEX}"`,
    `DB_PASSWORD: ${btoa('ChangeMe_DatabasePassword123!')}`,
  ])
    expect([text, said(text)]).toEqual([text, []]);
  for (const text of [
    `<script src="https://maps.acme.invalid/2.1/?apikey=${TOKEN}&lang=en">`,
    `bh.src = '//www.acme.invalid/sidebar.js?apikey=${TOKEN}';`,
    `"SegmentApiKey": "${TOKEN}"`,
    `server.identity.key=${btoa('ThisIsMyCustomSecretKey012345678')}`,
    `MYSQL_ROOT_PASSWORD: ${btoa('test')}`,
  ])
    expect([text, said(text).map((one) => one.split(' ')[1])]).toEqual([text, ['possible']]);
  expect(said(`curl "https://acme.invalid/v1/sites?apikey=${TOKEN}"`)).toEqual([
    `generic-secret likely ${TOKEN}`,
  ]);
  const column = `<column name="password" value="${HEX}"/>`;
  expect(said(column, genericRules, 'api/liquibase/data.xml')).toEqual([`generic-secret possible ${HEX}`]);
  expect(said(column, genericRules, 'api/data.xml')).toEqual([`generic-secret likely ${HEX}`]);
});

test('passwords that programs come with, and that new databases are filled with', () => {
  for (const value of ['Pass@word1', 'Harbor12345', 'sqladmin123!@#', 'C0rpPasswo2d', 'Vagrant@2020'])
    expect([value, isTriedFirst(value)]).toEqual([value, true]);
  for (const value of ['Fit2Cloud@12344', 'Calong@2015', 'Patata.123', 'RH@ssl2018', 'Bjyjht2017!@#'])
    expect([value, isTriedFirst(value)]).toEqual([value, false]);
  const text = `'password' => 'acmeshelf@123',`;
  for (const path of ['database/seeders/Users.php', 'db/seeds.rb', 'src/UserSeeder.php', 'src/DataSeed.cs'])
    expect([path, said(text, genericRules, path)]).toEqual([
      path,
      ['password-literal possible acmeshelf@123'],
    ]);
  expect(said(text, genericRules, 'conf/settings.php')).toEqual(['password-literal likely acmeshelf@123']);
});

test('words in a Secret of Kubernetes, certificates and frames of keys', () => {
  const secret = (name: string, value: string): string[] =>
    said(`kind: Secret\ndata:\n  ${name}: ${btoa(value)}\n`, kubernetesRules).map(
      (one) => one.split(' ')[1]!,
    );
  expect(secret('password', 'keycloak')).toEqual(['possible']);
  expect(secret('password', 'minio123')).toEqual(['possible']);
  expect(secret('passphrase', 'a\0d\0m\0i\0n\0')).toEqual(['possible']);
  expect(secret('password', 'tmax@23')).toEqual(['likely']);
  expect(secret('password', '1f2d1e2e67df')).toEqual([]);
  expect(secret('callback_url', 'https://acme.invalid/callback')).toEqual([]);
  expect(secret('url', 'https://a:kW7pX2qd@acme.invalid/')).toEqual(['likely']);
  expect(secret('tls.key', '-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----')).toEqual([]);
  expect(secret('cert', '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----')).toEqual([]);
});

test('a user that is its own password is given to curl in vain', () => {
  expect(said('curl -i -u guest:guest http://mq:15672/', headerRules)).toEqual(['curl-user possible guest']);
  expect(said('curl -i -u guest:kW7#pX2q http://mq:15672/', headerRules)).toEqual([
    'curl-user likely kW7#pX2q',
  ]);
});

test('what a sentence with a comma or a list of strings is above is no table', () => {
  const value = ['UUAkCN', '7uKq9x'].join('');
  for (const heading of [
    '/// the passphrase, and use it',
    'FindGenericPassword, for service',
    '* a password, b',
  ])
    expect([heading, said(`${heading}\n${value}\n${value}1\n`)]).toEqual([heading, []]);
  expect(said(`password,user\n${value},a\n`).length).toBeGreaterThan(0);
});

test('types, commits of images, our own fingerprints, users that are their passwords, keys of rings and words in base64', () => {
  for (const text of [
    'otp_secret: "Optional[str]" = None,',
    'set GOOGLE_APPLICATION_CREDENTIALS="C:\\path1\\to\\File"',
    'var password = date.ToString("MMM-dd-yyyy+HH:mm:ss", x);',
    '{hook:"hook--x1Y",pass:"test--pass-1Yx_z---3",fail:"test--fail-2"}',
    'password: "Dict[str, Any]"',
    `image: registry.acme.invalid/acme/auth-proxy:${HEX}7732289c`,
    `Authorization: 'Basic ${btoa('webApp:webApp')}',`,
    '{"fingerprint": "v1:generic-secret:9584aa0b6c1f4e3d8b7a2c5d4e6f7081"}',
    'gpg --armor --export-secret-key CC40EF1228271441 >',
    "$il0_password = extlookup('mysql_acme_il0', '')",
    `https://acme.invalid/?X-Amz-Credential=${['AKIA', 'Q7XZ3M2NBV5KLP4R'].join('')}/20250101/us/s3/aws4_request&a=1`,
  ])
    expect([text, said(text)]).toEqual([text, []]);
  expect(said(`ClientSecret: ${btoa('secret')}`)).toEqual([`password-literal possible ${btoa('secret')}`]);
});

test('short passwords of servers on this machine, and those of roles', () => {
  for (const [text, tier] of [
    ['"x=Host=localhost;User=sa;Password=C@1nt@1982;"', 'possible'],
    ['"x=Host=DESKTOP-J8GFEVN\\SQL;User=sa;Password=asdASD@1234;"', 'possible'],
    ['"x=Host=localhost;User=sa;Password=yarogi-rQiYiuAo7yq;"', 'likely'],
    ['"x=Host=db.acme.invalid;User=sa;Password=C@1nt@1982;"', 'likely'],
  ] as const)
    expect([text, said(text).map((one) => one.split(' ')[1])]).toEqual([text, [tier]]);
  for (const value of ['Customer123!', 'TestPass123!', 'NewUser123!', 'Trustno1'])
    expect([value, isTriedFirst(value)]).toEqual([value, true]);
  expect(said('"password": "Furkan_731"', genericRules, 'server/user.http')).toEqual([
    'password-literal possible Furkan_731',
  ]);
});

test('what stands behind an id of an account is judged by itself: drawn secrets are found, words and paths are none', () => {
  const id = '0b7b2c4e-91d3-4c2a-8f1e-5a7d3c9b2e60';
  const random = randomText(21);
  for (let round = 0; round < 100; round++)
    for (const sign of ['/', ':', '|']) {
      const secret = `${random('base62', 12 + (round % 30))}a1B`;
      const found = said(`password=${id}${sign}${secret}`);
      expect(found).toEqual([expect.stringMatching(/^(?:generic-secret|password-literal) likely /)]);
      expect(found[0]!.endsWith(`${id}${sign}${secret}`)).toBe(true);
    }
  for (const text of [
    `password=${id}/some/path/to/it`,
    `secret="${id}/versions/latest"`,
    `password="${id}/db-password"`,
  ])
    expect([text, said(text)]).toEqual([text, []]);
});

test('a setting behind a space may have what divides the fields of a form', () => {
  const value = ['&tse*kW7p^#d', '&zyj%bma=^h@g9'].join('');
  expect(said(`SECRET_KEY = ${value}\n`)).toEqual([`password-literal likely ${value}`]);
});
