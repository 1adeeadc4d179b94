import { BIGRAMS } from './bigrams.ts';

/** How many features a token has. */
export const TOKEN_FEATURES = 10;

/** Symbols that have a class of their own beside letters and digits; all others share one more. */
export const SYMBOLS = '+/_-.=';
/** Classes of characters: 26 + 26 + 10, the symbols, the rest. */
export const CLASSES: number = 62 + SYMBOLS.length + 1;

/** The class of a code unit. */
export function classOf(unit: number): number {
  if (unit >= 0x61 && unit <= 0x7a) return unit - 0x61;
  if (unit >= 0x41 && unit <= 0x5a) return unit - 0x41 + 26;
  if (unit >= 0x30 && unit <= 0x39) return unit - 0x30 + 52;
  const at = SYMBOLS.indexOf(String.fromCharCode(unit));
  return at === -1 ? CLASSES - 1 : 62 + at;
}

/** Bits that a character of a table's text stands for, per step above `FIRST_CODE`. */
export const STEP = 0.18;
/** Levels that a step is written in: the characters from `(` to `~` without `\\`. */
export const LEVELS = 86;
const FIRST_CODE = 0x28;

let table: Float64Array | undefined;

/** Bits of surprise of each pair of classes, in tokens of source code. */
function surprises(): Float64Array {
  if (table === undefined) useBigrams(BIGRAMS);
  return table!;
}

/** Takes another table than the built-in one: for the training of it. */
export function useBigrams(text: string): void {
  const made = new Float64Array(CLASSES * CLASSES);
  for (let i = 0; i < made.length; i++) made[i] = decodeStep(text.charCodeAt(i)) * STEP;
  table = made;
}

/** The character for a level below `LEVELS`. */
export function encodeStep(level: number): string {
  const unit = FIRST_CODE + level;
  return String.fromCharCode(unit >= 0x5c ? unit + 1 : unit);
}

const decodeStep = (unit: number): number => unit - FIRST_CODE - (unit > 0x5c ? 1 : 0);

/**
 * What a token looks like, in numbers of about the size of 1; the scorer's weights are for these. In order: surprise by the
 * bigrams of source code over what the alphabet lets expect, the same by length, surprise, bits of the alphabet, length,
 * changes of class, digits, the longest run of small letters, different characters, separators.
 */
export function tokenFeatures(
  token: string,
  into: Float64Array = new Float64Array(TOKEN_FEATURES),
): Float64Array {
  const bits = surprises();
  const seen = new Uint8Array(CLASSES);
  let [surprise, changes, digits, run, longest, separators, distinct] = [0, 0, 0, 0, 0, 0, 0];
  let kinds = 0;
  let previous = -1;
  let previousKind = 0;
  let beyondHex = false;
  for (let i = 0; i < token.length; i++) {
    const own = classOf(token.charCodeAt(i));
    const kind = own < 26 ? 1 : own < 52 ? 2 : own < 62 ? 4 : 8;
    if (previous !== -1) {
      surprise += bits[previous * CLASSES + own]!;
      if (kind !== previousKind) changes++;
    }
    if (seen[own] === 0) distinct++;
    seen[own] = 1;
    kinds |= kind;
    if (kind === 4) digits++;
    if (kind === 8) separators++;
    if (kind === 8 || (kind === 1 && own > 5) || (kind === 2 && own > 31)) beyondHex = true;
    run = kind === 1 ? run + 1 : 0;
    if (run > longest) longest = run;
    previous = own;
    previousKind = kind;
  }
  const pairs = Math.max(1, token.length - 1);
  const alphabet = alphabetBits(kinds, beyondHex);
  const over = surprise / pairs - 0.9 * alphabet;
  const length = Math.log2(Math.max(2, token.length));
  into[0] = over;
  into[1] = over * (length - 4.5);
  into[2] = surprise / pairs - 6;
  into[3] = alphabet - 5;
  into[4] = length - 4.5;
  into[5] = changes / pairs;
  into[6] = digits / token.length;
  into[7] = longest / token.length;
  into[8] = distinct / Math.min(token.length, 2 ** alphabet);
  into[9] = separators / token.length;
  return into;
}

/** How surprising a token's pairs of characters are to source code, in bits a pair. */
export function surpriseOf(token: string): number {
  const bits = surprises();
  let sum = 0;
  for (let i = 1; i < token.length; i++)
    sum += bits[classOf(token.charCodeAt(i - 1)) * CLASSES + classOf(token.charCodeAt(i))]!;
  return sum / Math.max(1, token.length - 1);
}

/** log2 of the smallest usual alphabet that the token fits. */
function alphabetBits(kinds: number, beyondHex: boolean): number {
  if (kinds === 4) return Math.log2(10);
  if (!beyondHex && (kinds & 3) !== 3) return 4;
  if ((kinds & 8) !== 0) return 6;
  return (kinds & 3) === 3 ? Math.log2(62) : Math.log2(36);
}
