import type { VersionScheme } from '../../model/ecosystem.ts';
import { satisfiesConstraints } from './ranges.ts';
import { compareDigits, compareNumbers, compareText, endOfDigits, isDigit } from './text.ts';

/**
 * Alpine: `digits{.digits}[letter]{_suffix[digits]}[-rN]`.
 * https://gitlab.alpinelinux.org/alpine/apk-tools/-/blob/master/doc/apk-package.5.scd
 */
export const apk: VersionScheme = {
  id: 'apk',
  compare(a, b) {
    if (a === b) return 0;
    const left = tokensOf(a);
    const right = tokensOf(b);
    for (let i = 0; ; i++) {
      const x = left[i]!;
      const y = right[i]!;
      if (x.rank !== y.rank) return x.rank - y.rank;
      const order = compareTokens(x, y);
      if (order !== 0) return order;
      if (x.rank === END || x.rank === INVALID) return 0;
    }
  },
  isValid: (version) => tokensOf(version).at(-1)!.rank === END && isDigit(version.charCodeAt(0)),
  isPrerelease: (version) => tokensOf(version).some(({ rank }) => rank === BEFORE),
  satisfies: (version, range) => satisfiesConstraints(apk, version, range.split(',')),
};

/** What may come next, lowest first: a longer version is later unless its next token is a prerelease suffix. */
const BEFORE = 0;
const END = 1;
const REVISION = 2;
const SUFFIX_NUMBER = 3;
const AFTER = 4;
const LETTER = 5;
const NUMBER = 6;
const INVALID = 7;

interface Token {
  readonly rank: number;
  readonly value: string;
  /** The first number is one; the later ones are compared like fractions when they begin with a zero. */
  readonly first?: boolean;
}

const PRE_SUFFIXES: readonly string[] = ['alpha', 'beta', 'pre', 'rc'];
const POST_SUFFIXES: readonly string[] = ['cvs', 'svn', 'git', 'hg', 'p'];

function compareTokens(x: Token, y: Token): number {
  switch (x.rank) {
    case BEFORE:
      return PRE_SUFFIXES.indexOf(x.value) - PRE_SUFFIXES.indexOf(y.value);
    case AFTER:
      return POST_SUFFIXES.indexOf(x.value) - POST_SUFFIXES.indexOf(y.value);
    case NUMBER:
      if (!x.first && (x.value.startsWith('0') || y.value.startsWith('0')))
        return compareText(x.value, y.value);
      return compareNumbers(x.value, y.value);
    case REVISION:
    case SUFFIX_NUMBER:
      return compareDigits(x.value, 0, x.value.length, y.value, 0, y.value.length);
    default:
      return compareText(x.value, y.value);
  }
}

function tokensOf(version: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const number = (rank: number, from: number, first = false): boolean => {
    const end = endOfDigits(version, from);
    if (end === from) return false;
    tokens.push({ rank, value: version.slice(from, end), first });
    at = end;
    return true;
  };
  let good = number(NUMBER, 0, true);
  while (good && version[at] === '.') good = number(NUMBER, at + 1);
  if (good && /^[a-z]/.test(version.slice(at, at + 1))) tokens.push({ rank: LETTER, value: version[at++]! });
  while (good && version[at] === '_') {
    const end = endOfWord(version, at + 1);
    const suffix = version.slice(at + 1, end);
    const rank = PRE_SUFFIXES.includes(suffix) ? BEFORE : POST_SUFFIXES.includes(suffix) ? AFTER : INVALID;
    good = rank !== INVALID;
    if (!good) break;
    tokens.push({ rank, value: suffix });
    at = end;
    if (isDigit(version.charCodeAt(at))) number(SUFFIX_NUMBER, at);
  }
  if (good && version.startsWith('-r', at)) good = number(REVISION, at + 2);
  tokens.push(
    good && at === version.length ? { rank: END, value: '' } : { rank: INVALID, value: version.slice(at) },
  );
  return tokens;
}

function endOfWord(text: string, start: number): number {
  let i = start;
  while (i < text.length && text[i]! >= 'a' && text[i]! <= 'z') i++;
  return i;
}
