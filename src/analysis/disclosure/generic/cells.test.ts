import { expect, test } from 'vitest';
import { isInRow } from './cells.ts';
import { genericRules } from './index.ts';
import { findAll } from './testing/find-all.ts';

const said = (text: string): string[] =>
  findAll(genericRules, text).map(({ rule, find, text: found }) => `${rule} ${find.tier} ${found}`);
const [one, two] = ['Kq7w!Vz2pLx9', 'mX4#tRb8ZqWn'];
const drawn = ['u7Gq2ZkX9vBn4RtY', '8mPw3LcD6sHf1JaE'].join('');
const first = `password-in-table likely ${one}`;
const both = [first, `password-in-table likely ${two}`];

test('what stands below a heading is found, whatever marks up the heading and the cell', () => {
  const rows = `| ada | ${one} |\n| bob | \`${two}\` |\n`;
  expect(said(`| User | Password |\n|---|:---:|\n${rows}`)).toEqual(both);
  expect(said(`| **User** | **Password:** |\n|---|---|\n${rows}`)).toEqual(both);
  expect(said(`  | \`user\` | \`password\` |\n  |---|---|\n${rows}`)).toEqual(both);
  expect(said(`| User | Password (default) |\r\n|---|---|\r\n| ada | **${one}** |\r\n`)).toEqual([first]);
  expect(said(`+------+\n| User | Password |\n+======+======+\n| ada | ${one} |\n+------+`)).toEqual([first]);
  expect(said(`||User||Password||\n|ada|${one}|\n`)).toEqual([first]);
  expect(said(`    | email | password |\n    | a | ${one} |\n`)).toEqual([first]);
  expect(said(` id | password \n----+----------\n  1 | ${one}\n`)).toEqual([first]);
});

test('what stands behind the first cell of its row is found', () => {
  expect(said(`| Setting | Value |\n|---|---|\n| User | ada |\n| Password | ${one} |\n`)).toEqual([first]);
  expect(said(`| **Password** | \`${one}\` |\n`)).toEqual([first]);
  expect(said(`| 1 | \`DB_PASSWORD\` | ${one} | of the database |\n`)).toEqual([first]);
  expect(said(`| API token | \`${drawn}\` |\n`)).toEqual([`secret-in-table likely ${drawn}`]);
});

test('descriptions, types, other cells and other lines are none', () => {
  expect(
    [
      `| password | string | yes | the password |\n`,
      `| Field | Type |\n|---|---|\n| password | varchar(16) |\n| token | string |\n`,
      `| User | ${one} | Password |\n`,
      `| User | Password |\n|---|---|\n| ${one} | \${PASSWORD} |\n`,
      `| ${one} | the password that opens it | ${two} |\n`,
      `type A = { password: string | null };\nconst a = b | password | ${one};\n`,
      `echo password | ${one}\n`,
    ].flatMap(said),
  ).toEqual([]);
});

test('a row is looked for in the kilobyte before its keyword', () => {
  const inRow = (before: number): boolean => {
    const text = Buffer.from(`x\n|${'a'.repeat(before - 1)}password`);
    return isInRow(text, 2 + before, 0);
  };
  expect([inRow(1), inRow(1024), inRow(1025)]).toEqual([true, true, false]);
  expect(isInRow(Buffer.from('|password'), 1, 0)).toBe(true);
});

test('a heading of the same name begins another table, and what is below it is told once', () => {
  const table = (value: string): string => `| User | Password |\n|---|---|\n| ada | ${value} |\n`;
  expect(said(table(one) + table(two))).toEqual(both);
});
