import { expect, test } from 'vitest';
import { genericRules } from './index.ts';
import { findAll } from './testing/find-all.ts';

const said = (text: string): string[] =>
  findAll(genericRules, text).map(({ rule, find, text: found }) => `${rule} ${find.tier} ${found}`);
const chosen = 'Kq7w!Vz2pLx9';

test('what a function returns in its line is given to its name', () => {
  for (const line of [
    `def password: return "${chosen}"`,
    `String getPassword() { return "${chosen}"; }`,
    `protected override get password(): string { return '${chosen}'; }`,
    `def db_password(self): return "${chosen}"`,
    `def db_password(self) -> str: return "${chosen}"`,
    `func password() string { return "${chosen}" }`,
    `fn password(&self) -> &str { "${chosen}" }`,
    `override fun getPassword() = "${chosen}"`,
    `string GetPassword() => "${chosen}";`,
    `const password = () => '${chosen}';`,
    `{ password: () => '${chosen}', user: 'a' }`,
    `{ password: function () { return '${chosen}'; } }`,
    `password = lambda: '${chosen}'`,
  ])
    expect(said(line)).toEqual([`password-literal likely ${chosen}`]);
});

test('what is done to a password, what is put together, words and calls are none', () => {
  const lines = [
    `function checkPassword(a) { return "${chosen}"; }`,
    `if (isPassword(a)) { return "${chosen}"; }`,
    `if (password(a)) { return "${chosen}"; }`,
    `getPassword() { return "${chosen}" + suffix; }`,
    `getPassword() { return 'somewhere-else'; }`,
    `getPassword(of).other = "${chosen}";`,
    `getPasswordLabel() { return "${chosen}"; }`,
    `getPassword() { return read("${chosen}"); }`,
  ];
  expect(lines.flatMap((line) => said(line))).toEqual([]);
});
