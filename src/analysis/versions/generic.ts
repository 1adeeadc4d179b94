import type { VersionScheme } from '../../model/ecosystem.ts';
import { satisfiesConstraints } from './ranges.ts';
import { compareDigits, compareText, endOfDigits, endOfLetters, isDigit, isLetter } from './text.ts';

/**
 * Order for kinds of version without a rule of their own (image tags, runtimes, SBOM entries):
 * runs of digits and of letters; words before the release (`rc`, `alpha`, any unknown one) < nothing or zero <
 * words after it (`patch`, `sp`) < numbers < a single letter right behind a number (`1.0.2a`).
 * The idea is that of https://github.com/repology/libversion/blob/master/doc/ALGORITHM.md; words are compared whole.
 */
export const generic: VersionScheme = {
  id: 'generic',
  compare(a, b) {
    if (a === b) return 0;
    const left: Cursor = { text: a, at: startOf(a), rank: ZERO, from: 0, to: 0 };
    const right: Cursor = { text: b, at: startOf(b), rank: ZERO, from: 0, to: 0 };
    for (;;) {
      const more = next(left);
      if (!next(right) && !more) return 0;
      if (left.rank !== right.rank) return left.rank - right.rank;
      const order =
        left.rank === NUMBER
          ? compareDigits(a, left.from, left.to, b, right.from, right.to)
          : compareText(wordOf(left), wordOf(right));
      if (order !== 0) return order;
    }
  },
  isValid: (version) => version !== '',
  isPrerelease: (version) =>
    /\d[.\-_+]?(?:alpha|beta|rc|pre|dev|snapshot|nightly|preview|canary|a\d|b\d)/i.test(version),
  satisfies: (version, range) => satisfiesConstraints(generic, version, range.split(',')),
};

const BEFORE = 0;
const ZERO = 1;
const AFTER = 2;
const NUMBER = 3;
const LETTER = 4;

interface Cursor {
  readonly text: string;
  at: number;
  rank: number;
  from: number;
  to: number;
}

/** Skips a `v` before a number. */
function startOf(text: string): number {
  const code = text.charCodeAt(0) | 32;
  return code === 118 && isDigit(text.charCodeAt(1)) ? 1 : 0;
}

/** Moves to the next run; past the end everything is zero, and false is returned. */
function next(cursor: Cursor): boolean {
  const { text } = cursor;
  let at = cursor.at;
  while (at < text.length && !isDigit(text.charCodeAt(at)) && !isLetter(text.charCodeAt(at))) at++;
  cursor.rank = ZERO;
  cursor.from = at;
  cursor.to = at;
  if (at >= text.length) {
    cursor.at = at;
    return false;
  }
  const digits = endOfDigits(text, at);
  const end = digits > at ? digits : endOfLetters(text, at);
  cursor.at = end;
  cursor.to = end;
  if (digits > at) {
    let i = at;
    while (i < end && text.charCodeAt(i) === 48) i++;
    cursor.rank = i === end ? ZERO : NUMBER;
  } else {
    const letter =
      end === at + 1 && at > 0 && isDigit(text.charCodeAt(at - 1)) && !isDigit(text.charCodeAt(end));
    cursor.rank = letter ? LETTER : AFTER_WORDS.has(wordOf(cursor)) ? AFTER : BEFORE;
  }
  return true;
}

const AFTER_WORDS: ReadonlySet<string> = new Set(['patch', 'p', 'pl', 'post', 'sp', 'errata', 'update', 'u']);

/** The run of letters in lower case; zeros and the end are the empty word. */
function wordOf({ text, from, to, rank }: Cursor): string {
  return rank === ZERO && isDigit(text.charCodeAt(from)) ? '' : text.slice(from, to).toLowerCase();
}
