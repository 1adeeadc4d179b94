import type { VersionScheme } from '../../model/ecosystem.ts';
import { satisfiesConstraints } from './ranges.ts';
import { compareDigits, compareText, endOfDigits, endOfLetters, isDigit, isLetter } from './text.ts';

/** RPM: `[epoch:]version[-release]`. https://rpm.org/docs/latest/man/rpm-version.7 */
export const rpm: VersionScheme = {
  id: 'rpm',
  compare(a, b) {
    if (a === b) return 0;
    const left = split(a);
    const right = split(b);
    return (
      compareDigits(a, 0, left.colon, b, 0, right.colon) ||
      compareParts(a.slice(left.start, left.hyphen), b.slice(right.start, right.hyphen)) ||
      compareParts(a.slice(left.hyphen + 1), b.slice(right.hyphen + 1))
    );
  },
  isValid: (version) => /^(?:\d+:)?[0-9A-Za-z.+~^_]+(?:-[0-9A-Za-z.+~^_]+)?$/.test(version),
  isPrerelease: (version) => version.includes('~'),
  satisfies: (version, range) => satisfiesConstraints(rpm, version, range.split(',')),
};

function split(version: string): { readonly colon: number; readonly start: number; readonly hyphen: number } {
  const end = endOfDigits(version, 0);
  const epoch = end > 0 && version[end] === ':';
  const hyphen = version.lastIndexOf('-');
  const start = epoch ? end + 1 : 0;
  return { colon: epoch ? end : 0, start, hyphen: hyphen < start ? version.length : hyphen };
}

/**
 * Segment by segment, whatever separates them: `~` before the end before `^` before words before numbers.
 */
function compareParts(a: string, b: string): number {
  let i = 0;
  let j = 0;
  for (;;) {
    i = skipSeparators(a, i);
    j = skipSeparators(b, j);
    const rank = rankAt(a, i);
    const difference = rank - rankAt(b, j);
    if (difference !== 0) return difference;
    if (rank === END) return 0;
    if (rank === TILDE || rank === CARET) {
      i++;
      j++;
      continue;
    }
    const iEnd = rank === NUMBER ? endOfDigits(a, i) : endOfLetters(a, i);
    const jEnd = rank === NUMBER ? endOfDigits(b, j) : endOfLetters(b, j);
    const order =
      rank === NUMBER
        ? compareDigits(a, i, iEnd, b, j, jEnd)
        : compareText(a.slice(i, iEnd), b.slice(j, jEnd));
    if (order !== 0) return order;
    i = iEnd;
    j = jEnd;
  }
}

const TILDE = 0;
const END = 1;
const CARET = 2;
const WORD = 3;
const NUMBER = 4;

function rankAt(text: string, at: number): number {
  if (at >= text.length) return END;
  const code = text.charCodeAt(at);
  if (code === 126) return TILDE;
  if (code === 94) return CARET;
  return isDigit(code) ? NUMBER : WORD;
}

function skipSeparators(text: string, start: number): number {
  let i = start;
  while (i < text.length) {
    const code = text.charCodeAt(i);
    if (isDigit(code) || isLetter(code) || code === 126 || code === 94) break;
    i++;
  }
  return i;
}
