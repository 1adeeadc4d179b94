import { expect, test } from 'vitest';
import { genericRules } from './index.ts';
import { findAll } from './testing/find-all.ts';

const said = (text: string): string[] =>
  findAll(genericRules, text).map(({ rule, find, text: found }) => `${rule} ${find.tier} ${found}`);
/** As `openssl rand` gives them, and as people make them up. */
const [one, two] = ['Kq7w!Vz2pLx9', 'mX4#tRb8ZqWn'];
const plain = ['hunter', '2Xq9'].join('');
const drawn = ['u7Gq2ZkX9vBn4RtY', '8mPw3LcD6sHf1JaE'].join('');

test('both strings of a choice are found, with a name or a number instead of one of them too', () => {
  const both = [`password-literal likely ${one}`, `password-literal likely ${two}`];
  expect(said(`password = isLive ? "${one}" : "${two}";`)).toEqual(both);
  expect(said(`dbPassword: env === 'live' ? '${one}' : '${two}',`)).toEqual(both);
  expect(said(`password = "${one}" if live else "${two}"`)).toEqual(both);
  expect(said(`password = "${one}" if env == "live" else "${two}"`)).toEqual(both);
  expect(said(`password = isLive ? process.env.DB_PASSWORD : '${two}';`)).toEqual([both[1]]);
  expect(said(`password = isLive ? '${one}' : process.env.DB_PASSWORD;`)).toEqual([both[0]]);
});

test('what is used when nobody says otherwise is found; when it is made of usual letters, possible', () => {
  for (const first of [
    'process.env.DB_PASSWORD ||',
    'process.env.DB_PASSWORD ??',
    'options.password || process.env.DB_PASSWORD ||',
    'ENV["DB_PASSWORD"] ||',
    "getenv('DB_PASSWORD') ?:",
    'os.environ.get("DB_PASSWORD") or',
    'this.config.get("db.password") ||',
  ]) {
    expect(said(`db_password = ${first} "${one}"`)).toEqual([`password-literal likely ${one}`]);
    expect(said(`db_password = ${first} "${plain}"`)).toEqual([`password-literal possible ${plain}`]);
  }
  expect(said(`const jwtSecret = process.env.JWT_SECRET || '${drawn}';`)).toEqual([
    `generic-secret likely ${drawn}`,
  ]);
});

test('words, labels, names and comparisons are none', () => {
  const lines = [
    `passwordType = isShown ? 'text' : 'password'`,
    `const password = user.password || '';`,
    `const password = user.password || 'Password'`,
    `const password = isNew ? t('set') : t('change');`,
    `passwordLabel = isNew ? 'Choose a password' : 'New password'`,
    `if (password === other || name === "${one}")`,
    `const hasPassword = type === 'password' || type === "${plain}";`,
    `f("password" === e.type) || "${one}" === t`,
    `password = what is it? "${plain}`,
    `const password = process.env.DB_PASSWORD || "\${PASSWORD}"`,
    `password = a; b ? "${one}" : 0`,
  ];
  expect(lines.flatMap((line) => said(line))).toEqual([]);
});
