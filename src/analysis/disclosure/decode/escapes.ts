import type { Region } from './around.ts';
import { passedOver } from './around.ts';
import { characters } from './characters.ts';
import { rowOfBytes } from './escaped-row.ts';

/** A line whose escapes were resolved. */
export interface Unescaped {
  readonly how: 'percent' | 'escapes' | 'character references';
  readonly bytes: Uint8Array;
  /** Where the line stands. */
  readonly start: number;
  readonly end: number;
}

const PERCENT = 0x25;
const BACKSLASH = 0x5c;
const AMPERSAND = 0x26;
const LF = 10;

/**
 * Lines with `%41`, `\x41`, `\u0041`, `\101`, `&#65;` or `&quot;` that stand for shown characters of ASCII, a space or a line end,
 * resolved; one result a line and kind. Of a long line, what is within reach of them. Other escapes stay as they are. Rows of bytes that
 * are no text are passed over, and part what is before them from what is behind. Linear.
 */
export function* unescapedLines(bytes: Uint8Array): Generator<Unescaped, void, undefined> {
  for (const how of ['percent', 'escapes', 'character references'] as const)
    yield* linesWith(bytes, how, ...READERS[how]);
}

/** Reads an escape at `at`: the byte that it stands for, and its length; 0 for none. `value << 8 | length`. */
type Reader = (bytes: Uint8Array, at: number) => number;

const READERS: Readonly<Record<Unescaped['how'], readonly [sign: number, read: Reader]>> = {
  percent: [PERCENT, percent],
  escapes: [BACKSLASH, backslash],
  'character references': [AMPERSAND, reference],
};

function* linesWith(
  bytes: Uint8Array,
  how: Unescaped['how'],
  sign: number,
  read: Reader,
): Generator<Unescaped, void, undefined> {
  let asked = 0;
  for (let at = bytes.indexOf(sign); at !== -1;) {
    const row = sign === BACKSLASH && at >= asked ? rowOfBytes(bytes, at, 0, bytes.length) : at;
    if (row > at || read(bytes, at) === 0) {
      if (row === at && at >= asked) asked = at + ASKED_EVERY;
      at = bytes.indexOf(sign, Math.max(row, at + 1));
      continue;
    }
    const start = lineStart(bytes, at, 0);
    let end = at;
    for (let most = at; end < bytes.length && bytes[end] !== LF && end <= most + REACH; end++)
      if (bytes[end] === sign) {
        if (read(bytes, end) !== 0) most = end;
        else if (sign === BACKSLASH && end >= asked) {
          if (rowOfBytes(bytes, end, start, bytes.length) > end) break;
          asked = end + ASKED_EVERY;
        }
      }
    yield { how, bytes: resolve(bytes, start, end, sign, read), start, end };
    at = bytes.indexOf(sign, end);
  }
}

/** Bytes on each side of a place that are looked at. */
const REACH = 4096;
/** Whether a row of bytes begins is asked again behind so many. */
const ASKED_EVERY = 256;

/** The line around `start`, within reach, with escapes of a kind resolved. No bytes: a row up to its end that holds no text. */
export function unescapedAround(
  bytes: Uint8Array,
  how: Unescaped['how'],
  start: number,
  from: number,
  to: number,
): Region {
  const row = how === 'escapes' ? rowOfBytes(bytes, start, from, to) : start;
  if (row > start) return passedOver(start, row);
  const first = lineStart(bytes, start, from);
  const most = Math.min(to, start + REACH);
  const stop = bytes.subarray(start, most).indexOf(LF);
  const end = stop === -1 ? most : start + stop;
  const [sign, read] = READERS[how];
  return { bytes: resolve(bytes, first, end, sign, read), start: first, end };
}

function lineStart(bytes: Uint8Array, at: number, from: number): number {
  let start = at;
  for (const least = Math.max(from, at - REACH); start > least && bytes[start - 1] !== LF;) start--;
  return start;
}

function resolve(bytes: Uint8Array, start: number, end: number, sign: number, read: Reader): Uint8Array {
  const output = new Uint8Array(end - start);
  let size = 0;
  for (let i = start; i < end;) {
    const found = bytes[i] === sign ? read(bytes, i) : 0;
    output[size++] = found === 0 ? bytes[i]! : found >> 8;
    i += found === 0 ? 1 : found & 255;
  }
  return output.subarray(0, size);
}

function percent(bytes: Uint8Array, at: number): number {
  return shown(number(bytes, at + 1, at + 3, 16), 3);
}

function backslash(bytes: Uint8Array, at: number): number {
  const next = bytes[at + 1];
  if (next === 0x78) return shown(number(bytes, at + 2, at + 4, 16), 4);
  if (next === 0x75 && bytes[at + 2] !== 0x7b) return shown(number(bytes, at + 2, at + 6, 16), 6);
  if (next === 0x75) {
    const end = bytes.subarray(at, at + 12).indexOf(0x7d);
    return end === -1 ? 0 : shown(number(bytes, at + 3, at + end, 16), end + 1);
  }
  return next === 0x30 || next === 0x31 ? shown(number(bytes, at + 1, at + 4, 8), 4) : 0;
}

/** Characters that HTML has names for, of those that stand in tokens and around them. */
const NAMED: ReadonlyMap<string, number> = new Map(
  Object.entries({
    quot: '"',
    apos: "'",
    amp: '&',
    lowbar: '_',
    period: '.',
    colon: ':',
    sol: '/',
    plus: '+',
    equals: '=',
    commat: '@',
    dollar: '$',
  }).map(([name, character]) => [name, character.charCodeAt(0)]),
);

function reference(bytes: Uint8Array, at: number): number {
  const end = bytes.subarray(at, at + 12).indexOf(0x3b);
  if (end === -1) return 0;
  if (bytes[at + 1] !== 0x23) {
    const named = NAMED.get(characters(bytes, at + 1, at + end));
    return named === undefined ? 0 : shown(named, end + 1);
  }
  const isHex = (bytes[at + 2]! | 32) === 0x78;
  return shown(number(bytes, at + (isHex ? 3 : 2), at + end, isHex ? 16 : 10), end + 1);
}

function shown(value: number, length: number): number {
  return (value >= 32 && value < 127) || value === 10 ? (value << 8) | length : 0;
}

/** The number that the digits `from`…`to` say; -1 when one is no digit. */
function number(bytes: Uint8Array, from: number, to: number, base: number): number {
  let value = from < to ? 0 : -1;
  for (let i = from; i < to; i++) {
    const digit = digitOf(bytes[i] ?? 0);
    if (digit >= base) return -1;
    value = value * base + digit;
  }
  return value;
}

function digitOf(unit: number): number {
  if (unit >= 0x30 && unit <= 0x39) return unit - 0x30;
  const letter = unit | 32;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : 99;
}
