import type { Region } from './around.ts';
import { cutAt, passedOver } from './around.ts';
import { characters, readFrom } from './characters.ts';
import { Units } from './pieces.ts';
import { isWorth } from './runs.ts';

/** What shows characters that code says by their numbers, one by one, or bytes of a buffer in JSON. In small letters. */
export const CODE_FORMS: readonly string[] = [
  'chr(',
  'char(',
  'chrw(',
  '[char]',
  '(byte)',
  '"type":"buffer"',
  '"type": "buffer"',
  '"0":',
];

const MOST = 64 * 1024 * 1024;
/** Fewer say nothing. */
const LEAST = 12;

/** `chr(103)`, `[char]0x67`, `(byte) 103`, `"0": 103`, `103`; and what stands between two of them. */
const UNIT =
  /(?:\(byte\)|\[char\]|chrw?\(|char\(|"\d{1,6}"\s?:)?\s{0,2}\(?(0x[\da-f]{1,2}|\d{1,3})(?![\da-fx])\)?/iy;
const BETWEEN = /\s{0,4}(?:\.\.|\|\||<>|[.,+&])\s{0,4}(?:_[ \t]{0,4})?(?:\r?\n[ \t]{0,60})?/y;

/** The characters whose numbers begin at, or soon behind, the form at `at`. */
export function characterCodesAt(
  bytes: Uint8Array,
  at: number,
  from: number,
  to: number,
): Region | undefined {
  if (!mayBegin(bytes, at, from, to)) return undefined;
  const { units, end } = readFrom(bytes, at, to, MOST, codesOf);
  if (units.length >= LEAST && isWorth(units.bytes()))
    return { bytes: units.bytes(), start: at, end: at + end, ...cutAt(at + end + LONGEST, at + MOST, to) };
  // Numbers that say nothing say nothing from the second on either.
  return end > 0 ? passedOver(at, at + end) : undefined;
}

/** One before it, and what is between: who began there has read this one too. */
const BEFORE =
  /(?:\(byte\)|\[char\]|chrw?\(|char\()\s{0,2}\(?(?:0x[\da-f]{1,2}|\d{1,3})\)?\s{0,4}[.+&,|]{1,2}\s{0,8}$/i;

/** A number is near behind the form, and no other such place before it. */
function mayBegin(bytes: Uint8Array, at: number, from: number, to: number): boolean {
  if (bytes[at] === 0x22) return bytes[at + 1] !== 0x30 || isNumberAt(bytes, at + 4);
  let next = at + 4;
  const most = Math.min(to, at + 12);
  while (next < most && !isDigit(bytes[next]!)) next++;
  return next < most && !BEFORE.test(characters(bytes, Math.max(from, at - 32), at));
}

/** A digit, perhaps in brackets: `"0": 103`. */
function isNumberAt(bytes: Uint8Array, at: number): boolean {
  let next = at;
  while (next < at + 3 && (bytes[next] === 0x20 || bytes[next] === 0x28)) next++;
  return isDigit(bytes[next] ?? 0);
}

const isDigit = (unit: number): boolean => unit >= 0x30 && unit <= 0x39;

/** One number with what stands before it. */
const LONGEST = 128;

function codesOf(text: string): { readonly units: Units; readonly end: number } {
  const units = new Units();
  let end = /^"t/i.test(text) ? (/^[^[\]{}]{1,60}\[\s{0,60}/.exec(text)?.[0].length ?? 0) : 0;
  for (let next = end; ;) {
    UNIT.lastIndex = next;
    const match = UNIT.exec(text);
    if (match === null || !(Number(match[1]) < 256)) break;
    units.push(Number(match[1]));
    end = UNIT.lastIndex;
    BETWEEN.lastIndex = end;
    if (!BETWEEN.test(text)) break;
    next = BETWEEN.lastIndex;
  }
  return { units, end };
}
