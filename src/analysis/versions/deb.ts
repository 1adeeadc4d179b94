import type { VersionScheme } from '../../model/ecosystem.ts';
import { satisfiesConstraints } from './ranges.ts';
import { compareDigits, endOfDigits, isDigit, isLetter } from './text.ts';

/** Debian: `[epoch:]upstream[-revision]`. https://www.debian.org/doc/debian-policy/ch-controlfields.html#version */
export const deb: VersionScheme = {
  id: 'deb',
  compare(a, b) {
    if (a === b) return 0;
    const left = split(a);
    const right = split(b);
    return (
      compareDigits(a, 0, left.colon, b, 0, right.colon) ||
      compareParts(a, left.start, left.hyphen, b, right.start, right.hyphen) ||
      compareParts(a, left.revision, a.length, b, right.revision, b.length)
    );
  },
  isValid: (version) => /^(?:\d+:)?\d[0-9A-Za-z.+~:-]*$/.test(version) && !version.endsWith('-'),
  isPrerelease: (version) => version.includes('~'),
  satisfies: (version, range) =>
    satisfiesConstraints(
      deb,
      version,
      range.split(',').map((part) => part.replace('<<', '<').replace('>>', '>')),
    ),
};

interface Parts {
  /** Where the epoch ends; 0 when there is none. */
  readonly colon: number;
  /** Where the upstream version begins. */
  readonly start: number;
  /** Where it ends: at the last hyphen. */
  readonly hyphen: number;
  /** Where the revision begins; the end when there is none, which is the same as `0`. */
  readonly revision: number;
}

function split(version: string): Parts {
  const end = endOfDigits(version, 0);
  const epoch = end > 0 && version[end] === ':';
  const start = epoch ? end + 1 : 0;
  const last = version.lastIndexOf('-');
  const hyphen = last < start ? version.length : last;
  return { colon: epoch ? end : 0, start, hyphen, revision: Math.min(hyphen + 1, version.length) };
}

/** Turn by turn a run without digits, by `weight`, and a number. */
function compareParts(
  a: string,
  aStart: number,
  aEnd: number,
  b: string,
  bStart: number,
  bEnd: number,
): number {
  let i = aStart;
  let j = bStart;
  while (i < aEnd || j < bEnd) {
    while ((i < aEnd && !isDigit(a.charCodeAt(i))) || (j < bEnd && !isDigit(b.charCodeAt(j)))) {
      const difference = weight(a, i, aEnd) - weight(b, j, bEnd);
      if (difference !== 0) return difference;
      i++;
      j++;
    }
    const iEnd = Math.min(endOfDigits(a, i), aEnd);
    const jEnd = Math.min(endOfDigits(b, j), bEnd);
    const order = compareDigits(a, i, iEnd, b, j, jEnd);
    if (order !== 0) return order;
    i = iEnd;
    j = jEnd;
  }
  return 0;
}

/** `~` before the end, the end and digits before letters, letters before everything else. */
function weight(text: string, at: number, end: number): number {
  if (at >= end) return 0;
  const code = text.charCodeAt(at);
  if (code === 126) return -1;
  if (isDigit(code)) return 0;
  return isLetter(code) && code < 128 ? code : code + 256;
}
