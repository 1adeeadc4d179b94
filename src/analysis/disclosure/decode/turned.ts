import type { Region } from './around.ts';
import { passedOver } from './around.ts';
import { TOKEN } from './between-strings.ts';
import { bytesOf, characters } from './characters.ts';

/** Behind or before which words stands what is written backwards, or with letters that are thirteen further on. In small letters. */
export const BACKWARD_FORMS: readonly string[] = ['strrev(', '[::-1]', '.reverse(', 'reversed(', '| rev'];
export const ROT13_FORMS: readonly string[] = ['rot13', 'rot_13', 'rot-13'];

/** Bytes of its line on both sides. */
const REACH = 256;
const WORD = /[\w+/.~-]{16,256}/g;

/** The words of the line around `at`, each turned round, one a line. */
export function backwardsAround(bytes: Uint8Array, at: number, from: number, to: number): Region | undefined {
  // `| revision |` of a table.
  if (bytes[at] === 0x7c && isLetter(bytes[at + 5] ?? 0)) return undefined;
  return turned(bytes, at, from, to, (word) => word.split('').toReversed().join(''));
}

/** The same with its letters turned back. */
export function rot13Around(bytes: Uint8Array, at: number, from: number, to: number): Region | undefined {
  return turned(bytes, at, from, to, (word) => word.replaceAll(/[A-Za-z]/g, letterBack));
}

const isLetter = (unit: number): boolean => (unit | 32) >= 0x61 && (unit | 32) <= 0x7a;

function letterBack(letter: string): string {
  const unit = letter.charCodeAt(0);
  return String.fromCharCode((unit | 32) < 0x6e ? unit + 13 : unit - 13);
}

function turned(
  bytes: Uint8Array,
  at: number,
  from: number,
  to: number,
  turn: (word: string) => string,
): Region | undefined {
  const least = Math.max(from, at - REACH);
  let start = at;
  while (start > least && bytes[start - 1] !== 10) start--;
  const most = Math.min(to, at + REACH);
  let end = at;
  while (end < most && bytes[end] !== 10) end++;
  if (!hasWord(bytes, start, end)) {
    // Nor has what any such form up to there is in the midst of.
    const further = Math.min(to, end + REACH);
    const isAlone = end === most && !hasWord(bytes, start, further);
    return isAlone ? passedOver(at, end) : undefined;
  }
  const words = (characters(bytes, start, end).match(WORD) ?? []).filter((word) => /\d/.test(word));
  return words.length === 0 ? undefined : { bytes: bytesOf(words.map(turn).join('\n')), start, end };
}

/** Whether so long a word stands there as tokens are, with a digit in it. */
function hasWord(bytes: Uint8Array, start: number, end: number): boolean {
  let run = 0;
  let hasDigit = false;
  for (let i = start; i < end; i++) {
    if (TOKEN[bytes[i]!] === 0) [run, hasDigit] = [0, false];
    else {
      run++;
      if (bytes[i]! >= 0x30 && bytes[i]! <= 0x39) hasDigit = true;
      if (run >= 16 && hasDigit) return true;
    }
  }
  return false;
}
