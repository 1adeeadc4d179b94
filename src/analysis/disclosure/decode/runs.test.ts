import { expect, test } from 'vitest';
import { numbers } from '../kernel/testing/started.ts';
import { encodedRuns, isNoise, isWorth } from './runs.ts';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const VALUES = Uint8Array.from({ length: 256 }, (_, unit) =>
  Math.max(0, ALPHABET.indexOf(String.fromCharCode(unit))),
);

test('what is called noise at its digits is none that is worth it once it is decoded', () => {
  const next = numbers(21);
  const starts = ['', 'PK\x05\x06', '\x1f\x8b\x08', '\xff\xfe', '\0\0\xfe\xff', 'x\x9c', '\0a', 'a\0'];
  let noise = 0;
  let worth = 0;
  for (let round = 0; round < 30_000; round++) {
    const size = 8 + next(round % 10 === 0 ? 90 : 30);
    const start = starts[next(3 * starts.length)] ?? '';
    // Text, noise, wide text; and some of another kind in between.
    const kind = next(4);
    const units = Array.from({ length: size }, (_, i) => {
      const own = next(30) === 0 ? next(4) : kind;
      if (i < start.length) return start.charCodeAt(i);
      if (own === 0) return 32 + next(95);
      if (own === 1) return next(256);
      if (own === 2) return i % 2 === size % 2 ? 0 : 97 + next(26);
      return i % 4 === size % 4 ? 97 + next(26) : 0;
    });
    if (next(4) === 0 && size > 22) units.splice(size - 22, 4, 0x50, 0x4b, 5, 6);
    const digits = Buffer.from(Buffer.from(units).toString('base64').replaceAll('=', ''));
    const decoded = Buffer.from(digits.toString(), 'base64');
    const isIt = isWorth(decoded);
    if (isIt) worth++;
    if (!isNoise(digits, 0, VALUES, 6)) continue;
    noise++;
    expect([units, isIt]).toEqual([units, false]);
  }
  expect(noise).toBeGreaterThan(3000);
  expect(worth).toBeGreaterThan(3000);
});

test('a line of a million numbers, of commas and of spaces takes no longer than it is long', () => {
  for (const piece of [
    '1,',
    '1, ',
    `1,${' '.repeat(38)}`,
    'a:',
    '0x1 ',
    '1 2 3 zz ',
    `${'a'.repeat(19)} `,
    ' ',
  ])
    for (const { bytes } of encodedRuns(Buffer.from(piece.repeat(200_000))))
      expect(bytes.length).toBeGreaterThan(0);
});
