import { expect, test } from 'vitest';
import { genericRules } from './index.ts';
import { findAll } from './testing/find-all.ts';

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const said = (text: string): string[] =>
  findAll(genericRules, text).map(
    ({ rule, find, text: found }) => `${rule} ${find.tier} ${find.secret ?? found}`,
  );
const chosen = 'Kq7w!Vz2pLx9';

test('what an attribute of a directory is given in base64 is judged, and told, as what it says', () => {
  const entry = (value: string, sign = '::'): string =>
    `dn: cn=ada,dc=example,dc=invalid\nuserPassword${sign} ${value}\ncn: ada\n`;
  expect(said(entry(base64(chosen)))).toEqual([`password-literal likely ${chosen}`]);
  expect(said(entry(base64(chosen)).replaceAll('\n', '\r\n'))).toEqual([`password-literal likely ${chosen}`]);
  for (const value of ['{SSHA}', 'password', '${PASSWORD}', '\0\x01\x02\x03\x04'])
    expect(said(entry(base64(value)))).toEqual([]);
  expect(said(`  a = Password:: ${base64(chosen)}\nstd::password::${chosen}\n`)).toEqual([]);
});

test('a short password in base64 is found, which has an equals sign among its sixteen characters', () => {
  const value = base64(chosen.slice(0, 11));
  expect(value).toHaveLength(16);
  expect(said(`db_password: ${value}\n`)).toEqual([`password-literal likely ${value}`]);
  expect(said(`db_password: ${base64('placeholder')}\n`)).toEqual([]);
});

test('words in hexadecimal digits under the name of a secret are possible', () => {
  const hex = (text: string): string => Buffer.from(text).toString('hex').toUpperCase();
  expect(said(`secret="${hex('FishMapHunky!!!634')}"`)).toEqual([
    `password-literal possible ${hex('FishMapHunky!!!634')}`,
  ]);
  expect(said(`secret="${hex('example_placeholder')}"\ncacheKey = "${hex('com.acme.cache.of.it')}"`)).toEqual(
    [],
  );
});
