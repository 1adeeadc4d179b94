import type { Named } from './cells.ts';
import { alphabetOf } from '../rules/form/alphabets.ts';
import type { Sieves } from '../rules/form/sieves.ts';

/*
 * Rows of a table that have a name and its value, below a heading that says so or none: `password,…` or `3;db_password;…;what it is for` in
 * CSV, `api_key<tab>…`. The row alone says it, so only what is likely a secret counts.
 */

/** Bytes of a name on each side of the keyword, with the number of its row. */
const MOST_NAME = 40;
/** Fewest bytes of a value, and the most. */
const LEAST = 8;
const MOST = 512;

/** The line begins with the name, or a number and the name, and a comma, a semicolon or a tab ends it. */
export const PAIR: Sieves = [
  [
    {
      side: 'before',
      run: alphabetOf('A-Za-z0-9_.,;"\t-'),
      least: 0,
      most: MOST_NAME,
      follows: alphabetOf('\n'),
    },
    {
      side: 'after',
      run: alphabetOf('A-Za-z0-9_.-'),
      least: 0,
      most: MOST_NAME,
      follows: alphabetOf(',;\t"'),
    },
  ],
];

const [LF, CR, QUOTE] = [10, 13, 0x22];

/** What stands behind the name is one cell with letters and digits, and without spaces. */
export function isInPair(bytes: Uint8Array, start: number, end: number, from: number, to: number): boolean {
  let at = start;
  while (at > from && start - at <= MOST_NAME && bytes[at - 1] !== LF) at--;
  if (at > from && bytes[at - 1] !== LF) return false;
  at = end;
  while (at < to && at - end <= MOST_NAME && isNameUnit(bytes[at]!)) at++;
  if (bytes[at] === QUOTE) at++;
  const separator = bytes[at];
  if (separator === undefined || !isSeparator(separator)) return false;
  at++;
  const isQuoted = bytes[at] === QUOTE;
  if (isQuoted) at++;
  const value = at;
  let digits = 0;
  let letters = 0;
  for (const most = Math.min(to, value + MOST + 1); at < most; at++) {
    const unit = bytes[at]!;
    if (isQuoted ? unit === QUOTE : unit === separator || unit === LF || unit === CR) break;
    if (unit <= 0x20) return false;
    if (unit >= 0x30 && unit <= 0x39) digits++;
    else if ((unit | 32) >= 0x61 && (unit | 32) <= 0x7a) letters++;
  }
  return digits > 0 && letters > 0 && at - value >= LEAST && at - value <= MOST;
}

const isSeparator = (unit: number): boolean => unit === 0x2c || unit === 0x3b || unit === 9;
const isNameUnit = (unit: number): boolean =>
  (unit >= 0x30 && unit <= 0x39) ||
  ((unit | 32) >= 0x61 && (unit | 32) <= 0x7a) ||
  unit === 0x5f ||
  unit === 0x2d ||
  unit === 0x2e;

/** The name of the keyword `start`…`end` and the cell behind it, and where its line ends; undefined when it is no such row. */
export function pairAt(
  text: string,
  start: number,
  end: number,
): (Named & { readonly line: number }) | undefined {
  const from = text.lastIndexOf('\n', start - 1) + 1;
  ROW.lastIndex = from;
  const match = ROW.exec(text);
  if (match === null) return undefined;
  const [, before, name, , , quoted, plain] = match;
  const nameAt = from + before!.length;
  if (nameAt > start || nameAt + name!.length < end) return undefined;
  const value = quoted ?? plain!;
  const stop = text.indexOf('\n', end);
  const line = stop === -1 ? text.length : stop;
  const at = from + match[0].length - value.length - (quoted === undefined ? 0 : 1);
  return { name: name!, start: at, end: at + value.length, line };
}

const ROW =
  /((?:"?\d{1,9}"?[,;\t])?"?)([\w.-]{3,80})("?)([,;\t])(?:"([^"\s]{8,512})"|([^"\s,;]{8,512}))(?=\r?(?:\n|$)|\4)/y;
