import { expect, test } from 'vitest';
import { settle } from '../../engine/place.ts';
import { runRules } from '../testing/driver.ts';
import { placedRules } from './placed.ts';

const findsIn = (text: string): string[] =>
  runRules(placedRules.slice(0, 1), text).map(({ tier, secret }) => `${tier} ${secret}`);

test.for([
  `sshpass -p 'pW#S' ssh root@host`,
  `mysqldump --single-transaction -u root -ppW#S app > dump.sql`,
  `mysql -h db -uapp -p"pW#S" app`,
  `redis-cli -h cache -p 6379 -a pW#S ping`,
  `docker login -u ci -p pW#S registry.example.invalid`,
  `requirepass pW#S`,
  `redis-server --port 6380 --requirepass pW#S --appendonly yes`,
  `new PasswordAuthentication("svc", "pW#S".toCharArray())`,
  `net use z: \\\\srv\\share pW#S /user:corp\\svc`,
  `net use z: \\\\srv\\share /user:corp\\svc pW#S`,
  `$p = ConvertTo-SecureString 'pW#S' -AsPlainText -Force`,
  `$p = ConvertTo-SecureString -String "pW#S" -AsPlainText -Force`,
  `$p = ConvertTo-SecureString -AsPlainText -Force "pW#S"`,
  `rootpw --plaintext pW#S`,
  `echo "root:pW#S" | chpasswd`,
  `CREATE USER 'app'@'%' IDENTIFIED BY 'pW#S';`,
  `ALTER USER app WITH ENCRYPTED PASSWORD 'pW#S';`,
  `CREATE LOGIN app WITH PASSWORD = N'pW#S';`,
  `url=jdbc:oracle:thin:scott/pW#S@//db:1521/x`,
  `db.example.invalid:5432:app:app:pW#S`,
  `BUNDLE_GEMS__EXAMPLE__INVALID: "ci:pW#S"`,
  `    npmAuthIdent: ci:pW#S`,
  `<AutoLogon><Password><Value>pW#S</Value>`,
  `<Pass encoding="base64">cFcjUw==</Pass>`,
  `snmp-server community pW#S RO`,
  `$c = mysqli_connect("db", "root", "pW#S", "app");`,
  `con = DriverManager.getConnection(url, user, "pW#S");`,
  `credentials += Credentials("Realm", "nexus.corp", "ci", "pW#S")`,
  `requests.get(url, auth=("svc", "pW#S"))`,
  `new NetworkCredential("svc", "pW#S")`,
  `server.login('me@example.invalid', 'pW#S')`,
  `.example.invalid\tTRUE\t/\tTRUE\t1999999999\tsessionid\tpW#S`,
])('%s', (form) => {
  const password = form.includes('encoding=') ? 'VHI0dmVsIVg5' : 'Tr4vel!Agent+ofX9';
  const text = form.replace(form.includes('encoding=') ? 'cFcjUw==' : 'pW#S', password);
  expect(findsIn(`before\n${text}\nafter`)).toEqual([`likely ${password}`]);
  const isQuoted = /["']pW/.test(form);
  for (const none of [
    '$PASS',
    '${DB_PASSWORD}',
    '%PW%',
    '{{ vault_pw }}',
    ...(isQuoted ? [''] : []),
    '<password>',
    'DB_PASSWORD_2',
  ])
    expect(findsIn(`before\n${text.replace(password, none)}\nafter`)).toEqual([]);
});

test('scrambled passwords of routers, keys of WordPress', () => {
  expect(findsIn('username admin password 7 0822455D0A16')).toEqual(['likely 0822455D0A16']);
  const salt = `}-k|9${'a+B7 #(xQ2'.repeat(5)}zP|1~w=?U`;
  expect(findsIn(`define( 'AUTH_KEY',         '${salt}' );`)).toEqual([`likely ${salt}`]);
  expect(findsIn("define('AUTH_KEY', 'put your unique phrase here');")).toEqual([]);
});

test('what only looks like such a place', () => {
  for (const text of [
    'mysql -P 3306 -h db app',
    'mysql --password app < dump.sql',
    'mysql -p app',
    'CREATE USER app IDENTIFIED BY PASSWORD "*2470C0C06DEE42FD1618BB99005ADCA2EC9D1E19"',
    'ConvertTo-SecureString $env:PW -AsPlainText -Force',
    'ConvertTo-SecureString "76492d1116743f0423413b16050a5345"',
    'server.login(user, password)',
    'client.login("svc", read("secret", 7))',
    'auth=("svc", settings.password)',
    'new NetworkCredential("svc", "pw1!", "corp", more)',
    'snmp-server community public RO',
    "the property is identified by 'Pr0perty!Name'",
    'basicAuth("/path/to/htpasswd", "My Website2")',
    'rootpw --iscrypted $6$abc',
    'the mysql client asks; give it -p and type it',
    '# requirepass f00bared!',
    'config set requirepass ""',
  ])
    expect(findsIn(text)).toEqual([]);
});

test('a word behind `password` is one in build files alone', () => {
  const rule = placedRules.find(({ id }) => id === 'build-password')!;
  const text = "maven { credentials { username 'ci'; password 'Tr4vel!Agent' } }";
  const start = text.indexOf('password');
  const [find] = rule.find({ text, start, end: start + 10, keyword: "password '" });
  const tierIn = (path: string): string | undefined =>
    settle(rule, find!, { source: 'file', path, within: [] })?.tier;
  expect([tierIn('build.gradle'), tierIn('ci/Jenkinsfile'), tierIn('notes.txt')]).toEqual([
    'likely',
    'likely',
    undefined,
  ]);
});
