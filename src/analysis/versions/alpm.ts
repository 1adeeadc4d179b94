import type { VersionScheme } from '../../model/ecosystem.ts';
import { satisfiesConstraints } from './ranges.ts';
import { compareDigits, compareText, endOfDigits, endOfLetters, isDigit, isLetter } from './text.ts';

/**
 * Arch Linux: `[epoch:]version[-release]`. https://man.archlinux.org/man/vercmp.8
 * There a missing release equals every release, which no total order can do: here it is the first.
 */
export const alpm: VersionScheme = {
  id: 'alpm',
  compare(a, b) {
    if (a === b) return 0;
    const left = split(a);
    const right = split(b);
    return (
      compareDigits(left.epoch, 0, left.epoch.length, right.epoch, 0, right.epoch.length) ||
      compareParts(left.version, right.version) ||
      compareParts(left.release, right.release)
    );
  },
  isValid: (version) => /^(?:\d+:)?[^\s:/-]+(?:-[\d.]+)?$/.test(version),
  isPrerelease: (version) => /\d(?:alpha|beta|rc|pre|dev)/i.test(version),
  satisfies: (version, range) => satisfiesConstraints(alpm, version, range.split(',')),
};

function split(text: string): { readonly epoch: string; readonly version: string; readonly release: string } {
  const end = endOfDigits(text, 0);
  const epoch = end > 0 && text[end] === ':';
  const start = epoch ? end + 1 : 0;
  const hyphen = text.lastIndexOf('-');
  const version = hyphen < start ? text.slice(start) : text.slice(start, hyphen);
  return {
    epoch: epoch ? text.slice(0, end) : '',
    version,
    release: hyphen < start ? '1' : text.slice(hyphen + 1),
  };
}

/**
 * Segment by segment. A word that follows without a separator comes before the end (`1.0rc` < `1.0`), everything
 * else after it; fewer separator characters before more, and words before numbers.
 */
function compareParts(a: string, b: string): number {
  let i = 0;
  let j = 0;
  for (;;) {
    const iStart = skipSeparators(a, i);
    const jStart = skipSeparators(b, j);
    const rank = rankAt(a, i, iStart);
    const difference = rank - rankAt(b, j, jStart);
    if (difference !== 0) return difference;
    if (rank === END) return 0;
    const digits = isDigit(a.charCodeAt(iStart));
    i = digits ? endOfDigits(a, iStart) : endOfLetters(a, iStart);
    j = digits ? endOfDigits(b, jStart) : endOfLetters(b, jStart);
    const order = digits
      ? compareDigits(a, iStart, i, b, jStart, j)
      : compareText(a.slice(iStart, i), b.slice(jStart, j));
    if (order !== 0) return order;
  }
}

const END = 1;

/** 0: a word at once; 1: the end; 2 and on: by separators, then word or number. */
function rankAt(text: string, from: number, start: number): number {
  if (start >= text.length) return END;
  const separators = start - from;
  const digits = isDigit(text.charCodeAt(start));
  return separators === 0 && !digits ? 0 : 2 + separators * 2 + (digits ? 1 : 0);
}

function skipSeparators(text: string, start: number): number {
  let i = start;
  while (i < text.length && !isDigit(text.charCodeAt(i)) && !isLetter(text.charCodeAt(i))) i++;
  return i;
}
