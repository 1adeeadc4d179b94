import type { Gate } from '../../../../model/disclosure.ts';
import type { Alphabet } from './alphabets.ts';
import { WORD } from './alphabets.ts';

/** What a token's keyword must look like in the bytes before text is made of them. */
export interface RunGate {
  /** The keywords as the token has them: the search finds either case, the token has one. Absent: either case will do. */
  readonly cased?: readonly string[];
  /** What follows the keyword: at least so many bytes of an alphabet. */
  readonly body: Alphabet;
  readonly least: number;
  /** What comes before the keyword within the token; without it, the keyword starts the token, and no word runs into it. */
  readonly lead?: { readonly body: Alphabet; readonly least: number };
}

/** A few dozen bytes on either side of the keyword, none of them allocated. */
export function runGate({ cased, body, least, lead }: RunGate): Gate {
  return (bytes, start, end, from, to) => {
    if (end + least > to) return false;
    for (let i = end; i < end + least; i++) if (body[bytes[i]!] === 0) return false;
    if (lead === undefined) {
      if (
        start > from &&
        WORD[bytes[start]!] === 1 &&
        !startsToken(bytes[start - 1]!, at(bytes, start - 2, from), at(bytes, start - 3, from))
      )
        return false;
    } else {
      if (start - lead.least < from) return false;
      for (let i = start - lead.least; i < start; i++) if (lead.body[bytes[i]!] === 0) return false;
    }
    return cased === undefined || cased.some((keyword) => isAt(bytes, start, end, keyword));
  };
}

const at = (bytes: Uint8Array, index: number, from: number): number => (index < from ? 0 : bytes[index]!);

/**
 * Whether a token can start after `before`, given the two bytes before that: not inside a word, but after an escape (`\n`,
 * `\t`, `%3D`, `\u003d`'s last digit is no word either way) it can.
 */
export function startsToken(before: number, second: number, third: number): boolean {
  if (WORD[before] === 0) return true;
  if (second === 0x5c /* \ */) return before === 0x6e || before === 0x72 || before === 0x74;
  return third === 0x25 /* % */ && isHex(second) && isHex(before);
}

const isHex = (byte: number): boolean =>
  (byte >= 0x30 && byte <= 0x39) || ((byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x66);

function isAt(bytes: Uint8Array, start: number, end: number, keyword: string): boolean {
  if (keyword.length !== end - start) return false;
  for (let i = 0; i < keyword.length; i++) if (bytes[start + i] !== keyword.charCodeAt(i)) return false;
  return true;
}

/** One gate out of several: open when any is. */
export const anyGate =
  (gates: readonly Gate[]): Gate =>
  (bytes, start, end, from, to) =>
    gates.some((gate) => gate(bytes, start, end, from, to));
