import { expect, test } from 'vitest';
import { latin1Reader } from '../../../adapters/kernel/latin1.ts';
import { numbers } from '../kernel/testing/started.ts';
import { joinedRuns } from './joined.ts';
import { encodedRuns } from './runs.ts';

const latin1 = latin1Reader();
const base64 = Buffer.from('a word that is encoded, of some length').toString('base64');
const hex = Buffer.from('and another word').toString('hex');

/** Pieces that are something, that are nearly something, and that stand between. */
const PIECES: readonly string[] = [
  [base64, hex, base64.slice(0, 20), base64.slice(0, 19), 'abcdefgh', 'a', '12', '0x41', '0X4a', '300', 'z'],
  '103, 104, 105, 106, 107, 108, 109, 110, 111, 112, 113, 114'.split(/(?<= )/),
  ['67 68 70 5f 67 68 70 5f 67 68 70 5f ', '67:68:70:5f:67:68:70:5f:67:68:70:5f', '1,\n    2,'],
  [
    '\n',
    '\n ',
    '\n\t',
    '\r\n ',
    ' ',
    ', ',
    ',',
    ':',
    '=',
    '=\n',
    '=\r\n',
    '\\',
    '\\\n',
    '\\n',
    '"',
    "'",
    '`',
  ],
  [
    '" + "',
    "' . '",
    '"\n  "',
    '" || "',
    '\x1b[31m',
    '\\u001b[0m',
    '\xe2\x80\x8b',
    '\xef\xbb\xbf',
    '\xc2\xad',
  ],
  [
    '00000000: 6768 705f\n00000004: 6768 705f\n',
    '0000000 67 68\n',
    '# 00000000  67 68 70\n',
    '0000 6',
    'é',
    '\0',
  ],
].flat();

function made(next: (below: number) => number): string {
  let text = '';
  for (let count = 1 + next(14); count > 0; count--) text += PIECES[next(PIECES.length)]!;
  return text;
}

test('what is found at the places that are looked at is what is found at all', () => {
  const next = numbers(12);
  let found = 0;
  for (let round = 0; round < 4000; round++) {
    const text = made(next);
    const bytes = Buffer.from(text, 'latin1');
    const slow = [...encodedRuns(bytes, (at) => at)];
    expect([text, ...encodedRuns(bytes)]).toEqual([text, ...slow]);
    found += slow.length;
  }
  expect(found).toBeGreaterThan(250);
});

test('what is found with the text at hand is what is found without', () => {
  const next = numbers(11);
  let found = 0;
  for (let round = 0; round < 4000; round++) {
    const text = made(next);
    const bytes = Buffer.from(text, 'latin1');
    for (const runs of [joinedRuns]) {
      const slow = [...runs(bytes)];
      expect([text, ...runs(bytes, latin1(bytes, 0, bytes.length))]).toEqual([text, ...slow]);
      found += slow.length;
    }
  }
  expect(found).toBeGreaterThan(150);
});
