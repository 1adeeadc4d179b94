import { expect, test } from 'vitest';
import { numbers } from '../kernel/testing/started.ts';
import { hexDumps } from './dump.ts';
import { joinedAround, joinedRuns } from './joined.ts';
import { fromQuotedPrintable, saysQuotedPrintable } from './quoted-printable.ts';

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');
const joined = (source: string): string[] =>
  [...joinedRuns(Buffer.from(source))].map(({ bytes }) => text(bytes));

test('words that are broken are put together, with what names them', () => {
  for (const source of [
    'key = "abcdefghij1" + "klmnopqrst2";',
    "key = 'abcdefghij1' . 'klmnopqrst2';",
    'key = "abcdefghij1"\n  "klmnopqrst2";',
    'key = "abcdefghij1" \\\n  "klmnopqrst2";',
    'key = "abcdefg" & "hij1klm" & _\n "nopqrst2";'.replace(' & _\n', ' &\n'),
    'key = "abcdefghij1\\\n    klmnopqrst2";',
    'key = "abcdefghij1\u200Bklmnopqrst2";',
    'key = "\u001B[1;31mabcdefghij1\u001B[0m\u001B[Kklmnopqrst2";',
  ])
    expect(joined(source).map((one) => one.replace(/^.*?abc/s, 'abc').slice(0, 22))).toEqual([
      'abcdefghij1klmnopqrst2',
    ]);
  const long = `${'x '.repeat(32)}abcdefghij1`;
  expect(joined(`${long}\r\n klmnopqrst2\r\n`)[0]).toContain('abcdefghij1klmnopqrst2');
  expect(joined(`${long}=\nklmnopqrst2\n`)[0]).toContain('abcdefghij1klmnopqrst2');
});

test('lists, unions, names and short lines are no broken words', () => {
  for (const source of [
    '"abcdefghij1", "klmnopqrst2"',
    "'abcdefghij1' | 'klmnopqrst2'",
    '"abcdefghij1""klmnopqrst2"',
    'abcdefghij1\n klmnopqrst2',
    'abcdefghij1=\nklmnopqrst2',
    '"abc1" + "def2"',
    '"abcdefghijklmnop" + "qrstuvwxyz"',
  ])
    expect(joined(source)).toEqual([]);
});

test('from a mark on, back to the start of its word', () => {
  const bytes = Buffer.from('t = "ab_cdefgh" + "ijklmnop-qrstuvw"');
  expect(text(joinedAround(bytes, 8, 0, bytes.length)!.bytes)).toBe('t = "ab_cdefghijklmnop-qrstuvw"');
  const data = Buffer.from(`${'x1'.repeat(5000)}"`);
  expect(joinedAround(data, 9000, 0, data.length)).toBe(undefined);
  expect(joinedAround(bytes, 22, 0, bytes.length)).toBe(undefined);
});

test('many breaks take no longer than they are long', () => {
  const next = numbers(5);
  for (const piece of ['"a"+', '"a" "', '\u200B', 'a=\n', `${'a'.repeat(70)}\n `, 'a\\\n', '\u001B[0m'])
    joined(piece.repeat(8000 + next(9)));
  expect([...hexDumps(Buffer.from('00000000: 00\n'.repeat(8000)))]).toEqual([]);
});

test('dumps of xxd, hexdump and od', () => {
  const dump = (source: string): string[] =>
    [...hexDumps(Buffer.from(source))].map(({ bytes }) => text(bytes));
  expect(
    dump(
      'a\n00000000: 7468 6520 7175 6963 6b20 6272 6f77 6e20  the quick brown \n00000010: 666f 78 fox\nb\n',
    ),
  ).toEqual(['the quick brown fox']);
  expect(
    dump(
      '00000000  74 68 65 20 71 75 69 63  6b 20 62 72 6f 77 6e 20  |the quick brown |\n00000010  66 6f 78                                          |fox|\n',
    ),
  ).toEqual(['the quick brown fox']);
  expect(
    dump('0000000 74 68 65 20 71 75 69 63 6b 20 62 72 6f 77 6e 20\n0000020 66 6f 78\n0000023\n'),
  ).toEqual(['the quick brown fox']);
  expect(dump('2024 66 6f 78\n2025 66 6f 78\n')).toEqual([]);
  expect(dump('deadbeef 12\nfeedface 12\n')).toEqual([]);
});

test('quoted-printable', () => {
  expect(saysQuotedPrintable(Buffer.from('Content-Transfer-Encoding: Quoted-Printable'))).toBe(true);
  expect(saysQuotedPrintable(Buffer.from('quoted printable'))).toBe(false);
  expect(saysQuotedPrintable(Buffer.from('token=3Dghp=5Fa1b2'))).toBe(true);
  expect(saysQuotedPrintable(Buffer.from('GET /?session=3d0b91c4'))).toBe(false);
  expect(text(fromQuotedPrintable(Buffer.from('a=3Db=\r\nc=  \nd = e=5Ff=')))).toBe('a=bcd = e_f=');
});
