/** A set of bytes: 1 at each byte that belongs. */
export type Alphabet = Uint8Array;

/** From ranges as in a character class of a regular expression, without escapes: `A-Za-z0-9_-` (a hyphen stands last). */
export function alphabetOf(ranges: string): Alphabet {
  const members = new Uint8Array(256);
  for (let i = 0; i < ranges.length; i++) {
    const first = ranges.charCodeAt(i);
    const isRange = ranges[i + 1] === '-' && i + 2 < ranges.length;
    const last = isRange ? ranges.charCodeAt(i + 2) : first;
    members.fill(1, first, last + 1);
    if (isRange) i += 2;
  }
  return members;
}

export const DIGITS: Alphabet = alphabetOf('0-9');
export const HEX: Alphabet = alphabetOf('0-9a-fA-F');
export const HEX_LOWER: Alphabet = alphabetOf('0-9a-f');
/** Lower-case letters and digits. */
export const BASE36: Alphabet = alphabetOf('0-9a-z');
export const UPPER_BASE36: Alphabet = alphabetOf('0-9A-Z');
export const BASE62: Alphabet = alphabetOf('0-9A-Za-z');
export const BASE64: Alphabet = alphabetOf('0-9A-Za-z+/');
/** RFC 4648 §5, and what most tokens without a dot are made of. */
export const BASE64_URL: Alphabet = alphabetOf('0-9A-Za-z_-');
/** The tokens of JSON Web Tokens and their kin: base64url and dots. */
export const DOTTED: Alphabet = alphabetOf('0-9A-Za-z_.-');
/** What a word is made of, as `\b` sees it. */
export const WORD: Alphabet = alphabetOf('0-9A-Za-z_');

/** Where the run of members from `at` on ends, at `end` at most. */
export function runEnd(text: string, at: number, end: number, alphabet: Alphabet): number {
  let i = at;
  while (i < end && alphabet[text.charCodeAt(i)] === 1) i++;
  return i;
}

/** Where the run of members that ends before `at` starts, at `from` at least. */
export function runStart(text: string, at: number, from: number, alphabet: Alphabet): number {
  let i = at;
  while (i > from && alphabet[text.charCodeAt(i - 1)] === 1) i--;
  return i;
}
