import { expect, test } from 'vitest';
import { toldPassword } from './told.ts';
import { findAll } from './testing/find-all.ts';

const said = (text: string): string[] =>
  findAll([toldPassword], text).map(({ find, text: found }) => `${find.tier} ${found}`);
const chosen = 'Kq7w!Vz2pLx9';
const plain = ['hunter', '2Xq9'].join('');

test('a password that a sentence tells is found', () => {
  for (const sentence of [
    `The password is ${chosen}`,
    `The password is now set to \`${chosen}\`, ask Ada.`,
    `Log in as ada with the password "${chosen}".`,
    `use the password '${chosen}' there`,
    `the passphrase is **${chosen}**`,
    `- **Password:** ${chosen}`,
    `- **Password**: \`${chosen}\``,
  ])
    expect(said(sentence)).toEqual([`likely ${chosen}`]);
  expect(said(`The password is ${plain}.`)).toEqual([`likely ${plain}`]);
});

test('what else sentences say of passwords is none', () => {
  expect(
    [
      'The password is required.',
      'The password is stored as bcrypt2 and MD5-hashed',
      'password is MD5-hashed',
      'password is OAuth2Token here',
      'The password is 8-16 characters long',
      'The password is ${PASSWORD1}',
      'the password is https://wiki.example.invalid/B2a!',
      'the password `somewhere-else`',
      `user_password "${chosen}"`,
      `GRANT ALL TO ada IDENTIFIED BY PASSWORD '*6C8989366EAF75BB670AD8EA7A7FC1176A95CEF4'`,
      `raise "Invalid password '%{value1A}'"`,
      `- **Password:** ask in the office 2A!`,
    ].flatMap((sentence) => said(sentence)),
  ).toEqual([]);
});
