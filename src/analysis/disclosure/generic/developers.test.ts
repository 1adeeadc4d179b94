import { expect, test } from 'vitest';
import type { Place } from '../../../model/disclosure.ts';
import { placedRules } from '../rules/providers/placed.ts';
import { settleCopied } from './developers.ts';
import { genericRules } from './index.ts';
import { findAll } from './testing/find-all.ts';

/** Each find as `tier: last reason`, in a file of this text that ends with the password, perhaps in quotes. */
const said = (text: string, path = 'conf/app.yml', rules = genericRules): string[] => {
  const at = /['"= ]([^'"= \n]*)['"]?[;)]?\s*$/.exec(text)?.index;
  const around = at === undefined ? {} : { around: () => ({ text, at: at + 1 }) };
  const found = findAll(rules, text, { source: 'file', within: [], path, ...around });
  return found.map(({ find }) => `${find.tier}: ${find.reasons.at(-1)}`);
};
const HERE = 'possible: beside the address of the same machine';
const ELSEWHERE = 'likely: beside the address of another machine';
const PLAIN = 'likely: of usual pairs of letters';
const DRAWN = 'likely: mixes letters, digits and signs as passwords have to';

test("a chosen password beside the address of this machine is a developer's, and one beside another machine is not, wherever it stands", () => {
  const at = (host: string, value: string): string =>
    `db:\n  url: jdbc:mysql://${host}:3306/shop\n  password: ${value}\n`;
  expect(said(at('localhost', 'Kamienok1'))).toEqual([HERE]);
  expect(said(at('10.1.2.3', 'Kamienok1'))).toEqual([ELSEWHERE]);
  expect(said(at('10.1.2.3', 'Kamienok1'), 'src/application-local.yml')).toEqual([ELSEWHERE]);
  expect(said(at('10.1.2.3', 'Monday01'))).toEqual([ELSEWHERE]);
  expect(said(at('10.1.2.3', 'Admin@123'))).toEqual(['possible: made of words that everybody tries first']);
  expect(said(at('localhost', 'Kamienok1'), 'conf/app-prod.yml')).toEqual([PLAIN]);
  expect(said(at('localhost', 'abc123__'), 'conf/app-prod.yml')).toEqual([HERE]);
  expect(said(at('10.1.2.3', 'qwe123ASD'), 'conf/app-prod.yml')).toHaveLength(1);
  // Drawn: of few characters perhaps not, of many whatever stands beside it.
  expect(said(at('localhost', 'kW7#pX2q'))).toEqual([HERE]);
  expect(said(at('localhost', 'kW7#pX2q!d9Z'))).toEqual([DRAWN]);
});

test('what comes to mind, and keys beside each other, open nothing that is known', () => {
  for (const value of [
    'Monday01',
    'qwe123ASD',
    '1qaz2wsx3edc!@#',
    '123#@!qweEWQ',
    'QAZwsx12345!',
    'Summer2019!',
    'Northwind1!',
  ])
    expect([value, said(`password: ${value}`)]).toEqual([
      value,
      ['possible: a word that comes to mind, with a number'],
    ]);
  for (const value of ['Kamienok1', 'Chushang831', 'dev.it-serv123'])
    expect([value, said(`password: ${value}`)]).toEqual([value, [PLAIN]]);
});

test('what a variable is where nobody sets it', () => {
  for (const text of [
    'password: ${DB_PASSWORD:-Kamienok1}',
    'password: ${DB_PASSWORD:Kamienok1}',
    "password: env('DB_PASSWORD', 'Kamienok1')",
    'Password = config.GetValue("DefaultPassword", "Kamienok1")',
    "password = os.environ.get('DB_PASSWORD', 'Kamienok1')",
    'variable "db_password" {\n  type = string\n  default = "Kamienok1"\n}',
    'DbPassword:\n  Type: String\n  Default: Kamienok1\n',
  ])
    expect([text, said(text)]).toEqual([text, ['possible: what it is where nobody sets it']]);
  for (const text of [
    "setenv('DB_PASSWORD', 'Kamienok1')",
    'props.put("password", "Kamienok1")',
    'props.setProperty("password", "Kamienok1")',
  ])
    expect([text, said(text)]).toEqual([text, [PLAIN]]);
});

test('files in which a program is started to work on it', () => {
  const text = "password: 'Kamienok1'";
  for (const path of [
    'Dockerfile',
    'docker/php/start.conf',
    'src/Settings.Development.json',
    'src/application-dev.yml',
    'config/environments/development.rb',
    'profiles/local/database.properties',
    'roles/db/defaults/main.yml',
    'db/migrations/V1.xml',
    'sql/shop_schema.sql',
    'bin/setup-ubuntu.sh',
    'runIntegrationTests.cmd',
    'demo/shop.conf',
    'vagrant_credentials.yaml',
    'general.yml-example',
    'values.template.yaml',
    'chart/shop/values.yaml',
  ])
    expect([path, said(text, path)]).toEqual([path, ['possible: where a program is started to work on it']]);
  for (const path of [
    'group_vars/all.yml',
    'src/appsettings.json',
    'latest.conf',
    'usr/local/etc/app.conf',
    'src/initial.conf',
    'devices.yml',
  ])
    expect([path, said(text, path)]).toEqual([path, [PLAIN]]);
  // Drawn ones are no tries, but where the file says by its name that it is for them, and no other machine is named.
  expect(said('password: kW7#pX2q!d9Z', 'docker-compose.yml')).toEqual([DRAWN]);
  for (const path of [
    'hiera/vagrant_credentials.yaml',
    'docker/development/settings.py',
    'settings/ci.py',
    'settings/local_dev.py',
    'scripts/apply_dev_defaults.py',
  ]) {
    expect([path, said("PASSWORD = 'kW7#pX2q!d9Z'", path)]).toEqual([
      path,
      ['possible: where a program is started to work on it'],
    ]);
    expect([path, said("HOST = 'db.acme.net'\nPASSWORD = 'kW7#pX2q!d9Z'", path)]).toEqual([
      path,
      [ELSEWHERE],
    ]);
  }
  expect(said("SECRET_KEY = 'kW7#pX2q!d9Z'", 'ci/deploy.py')).toEqual([DRAWN]);
});

test('made of a name beside it, or in a program beside no address', () => {
  expect(said('database: kamienok\npassword: Kamienok1')).toEqual([
    'possible: made of a name that stands beside it',
  ]);
  expect(said('password: Kamienok1', 'kamienok-api/app.yml')).toEqual([
    'possible: made of a name that stands beside it',
  ]);
  expect(said('user.Password = "Kamienok1";', 'src/Users.cs')).toEqual([
    'possible: in a program, beside no address of what it would open',
  ]);
  expect(said('var host = "db.acme.net";\nvar password = "Kamienok1";', 'src/Users.cs')).toEqual([ELSEWHERE]);
  expect(said('PASSWORD = "Kamienok1"', 'shop/settings.py')).toEqual([PLAIN]);
});

test('words that say what a key is for, and one block of a cipher', () => {
  expect(said("SECRET_KEY = 'acme-local-development-key-1234567890!'")).toEqual([
    'possible: made of words that everybody tries first',
  ]);
  expect(said("SECRET_KEY = 'a-super-secret-Key-7'")).toEqual([
    'possible: made of words that everybody tries first',
  ]);
  expect(said('passphrase: YQBkAG0AaQBuAA==')).toEqual(['possible: a word, as people choose them']);
  expect(said('jdbc.password=RwfC38sMIAc=')).toEqual(['possible: as long as one block of a cipher']);
});

test('without quotes a program gives a variable', () => {
  expect(said('user.Secret = secretBase32', 'server/mfa.go')).toEqual([]);
  expect(said('user.Secret = secretBase32', 'server/mfa.conf')).toHaveLength(1);
});

test('names of rules, sentences and the rest of calls are none', () => {
  for (const text of [
    "'password_rules' => env('APP_PASSWORD_RULES', 'mixedCase,letters,numbers'),",
    "'This is a top-10 common password' => 'common_top_10',",
    'addCriterion("password = ").append(column9.getName()).toString());',
    'secret: "mixedCase,letters,numbers"',
    'findPwdCaptcha = "{$RegOptions.forget_captcha9}"',
    'store.secret.sasl.mechanism=SCRAM-SHA-256',
    'aws_secret_access_key: "((s3-blobstore-secret-access-key-1))"',
    'example = "Bearer eyJhbGciOiJIUzUxMiJ9.eyJzdW"',
    'nginx_htpasswd: "monitoring:$apr1$njrafrtU$19wf/I15zPuSudlM5Y50Z0"',
  ])
    expect([text, said(text)]).toEqual([text, []]);
  expect(said(`'The admin password' => 'Kamienok1'`)).toEqual([PLAIN]);
});

test('where nothing but a password stands, the same signs count', () => {
  const tell = (text: string, path: string): string[] => said(text, path, placedRules);
  expect(tell("create user 'beef'@'%' identified by 'beef1234'", 'conf/a.sql')).toEqual([
    'possible: made of a name that stands beside it',
  ]);
  expect(tell('sqlcmd -d master -U sa -P Test@12345', 'a.sh')).toEqual([
    'possible: made of words that everybody tries first',
  ]);
  expect(tell('mysql -uroot -psecr3t', 'a.sh')).toEqual([
    'possible: made of words that everybody tries first',
  ]);
  expect(tell('docker exec -i db sh -c "sqlcmd -U sa -P 61cD4gE6!"', 'a.sh')).toEqual([HERE]);
  expect(tell('sqlcmd -S 10.1.2.3 -U sa -P 61cD4gE6!', 'a.sh')).toEqual([ELSEWHERE]);
  expect(tell('    NILE*:*:*:dcosx)', 'config.guess')).toEqual([]);
  expect(tell('db.acme.net:*:*:web:kW7#pX2q', '.pgpass')).toHaveLength(1);
  expect(tell('api.login("me", "angel1x")', 'src/Jira.groovy')).toEqual([PLAIN]);
});

test("what tests or documentation have as well is everybody's, but not what is in use or opens another machine", () => {
  const find = (...reasons: string[]) => ({ start: 0, end: 14, tier: 'likely' as const, reasons });
  const places = (...paths: string[]): Place[] => paths.map((path) => ({ source: 'file', path, within: [] }));
  const drawn = find('mixes letters, digits and signs as passwords have to');
  const chosen = find('of usual pairs of letters');
  const tier = (one: ReturnType<typeof find>, ...paths: string[]): string =>
    settleCopied(one, places(...paths)).tier;
  expect(tier(drawn, 'a.yml', 'test/a.yml')).toBe('possible');
  expect(tier(drawn, 'a.yml', 'config_example.py')).toBe('possible');
  expect(tier(drawn, 'a.yml', 'docker-compose.yml')).toBe('likely');
  expect(tier(chosen, 'a.yml', 'docker-compose.yml')).toBe('possible');
  expect(tier(drawn, 'a.yml', 'b.yml')).toBe('likely');
  expect(tier(drawn, 'a.yml', 'test/a.yml', 'a-prod.yml')).toBe('likely');
  const text = 'host: db.acme.net\npassword: kW7#pX2q!d9Z';
  const beside = { ...places('a.yml')[0]!, around: () => ({ text, at: 28 }) };
  expect(settleCopied(drawn, [beside, ...places('test/a.yml')]).tier).toBe('likely');
  expect(tier(find('beside the address of another machine'), 'a.yml', 'test/a.yml')).toBe('likely');
});
