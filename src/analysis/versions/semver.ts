import { compareDigits, compareText, endOfDigits, isDigit } from './text.ts';

/**
 * Semantic Versioning precedence (https://semver.org/#spec-item-11), read leniently so that every string has a place:
 * leading `v`, `=` and blanks are skipped, missing numbers are zero, more than three numbers are compared too,
 * leading zeros are ignored, numbers may have any size, and a prerelease may follow without a hyphen (`1.0.0rc1`).
 * Strings that do not begin with a number come before all others, by code unit. Build metadata does not count.
 */
export function compareSemver(a: string, b: string): number {
  if (a === b) return 0;
  let i = numbersStart(a);
  let j = numbersStart(b);
  if (i === -1 || j === -1) return i !== -1 ? 1 : j !== -1 ? -1 : compareText(a, b);
  // Numbers are read where they stand, without calls: a scan compares some ten thousand versions, most of them plain.
  for (;;) {
    const iStart = i;
    const jStart = j;
    let x = 0;
    let y = 0;
    let codeOfA = a.charCodeAt(i);
    for (; codeOfA >= 48 && codeOfA <= 57; codeOfA = a.charCodeAt(++i)) x = x * 10 + codeOfA;
    let codeOfB = b.charCodeAt(j);
    for (; codeOfB >= 48 && codeOfB <= 57; codeOfB = b.charCodeAt(++j)) y = y * 10 + codeOfB;
    if (i - iStart > LONGEST_EXACT || j - jStart > LONGEST_EXACT || i - iStart !== j - jStart) {
      const order = compareDigits(a, iStart, i, b, jStart, j);
      if (order !== 0) return order;
    } else if (x !== y) return x - y;
    const moreOfA = codeOfA === DOT && isDigit(a.charCodeAt(i + 1));
    const moreOfB = codeOfB === DOT && isDigit(b.charCodeAt(j + 1));
    // Where one side has no more numbers, its run of digits stays empty: zero.
    if (moreOfA) i++;
    if (moreOfB) j++;
    if (!moreOfA && !moreOfB) break;
  }
  return comparePrereleases(a, i, b, j);
}

/** Runs of as many digits, read as numbers with a constant on top, stay below 2^31. */
const LONGEST_EXACT = 7;
const DOT = 46;
const HYPHEN = 45;
const PLUS = 43;

/** Where the first number begins after `v`, `V`, `=` and blanks; -1 when there is none. */
function numbersStart(version: string): number {
  let i = 0;
  while (i < version.length) {
    const code = version.charCodeAt(i);
    if (isDigit(code)) return i;
    if (code !== 118 && code !== 86 && code !== 61 && code !== 32 && code !== 9) return -1;
    i++;
  }
  return -1;
}

/** Compares what follows the numbers, from `i` and `j`. None at all is the release, and comes last. */
function comparePrereleases(a: string, i: number, b: string, j: number): number {
  const aEnd = endOfPrerelease(a, i);
  const bEnd = endOfPrerelease(b, j);
  if (i === aEnd || j === bEnd) return i < aEnd ? -1 : j < bEnd ? 1 : 0;
  const aStart = a.charCodeAt(i) === HYPHEN ? i + 1 : i;
  const bStart = b.charCodeAt(j) === HYPHEN ? j + 1 : j;
  return compareIdentifiers(a, aStart, aEnd, b, bStart, bEnd);
}

/**
 * Compares dot-separated identifiers: numbers as numbers and below words, words by code unit, and fewer before more.
 * https://semver.org/#spec-item-11, rule 4.
 */
export function compareIdentifiers(
  a: string,
  aStart: number,
  aEnd: number,
  b: string,
  bStart: number,
  bEnd: number,
): number {
  let i = aStart;
  let j = bStart;
  for (;;) {
    const iEnd = endOfIdentifier(a, i, aEnd);
    const jEnd = endOfIdentifier(b, j, bEnd);
    const order = compareIdentifier(a, i, iEnd, b, j, jEnd);
    if (order !== 0) return order;
    if (iEnd >= aEnd || jEnd >= bEnd) return iEnd < aEnd ? 1 : jEnd < bEnd ? -1 : 0;
    i = iEnd + 1;
    j = jEnd + 1;
  }
}

function compareIdentifier(a: string, i: number, iEnd: number, b: string, j: number, jEnd: number): number {
  const aNumeric = i < iEnd && endOfDigits(a, i) >= iEnd;
  const bNumeric = j < jEnd && endOfDigits(b, j) >= jEnd;
  if (aNumeric && bNumeric) return compareDigits(a, i, iEnd, b, j, jEnd);
  if (aNumeric || bNumeric) return aNumeric ? -1 : 1;
  return compareText(a.slice(i, iEnd), b.slice(j, jEnd));
}

function endOfIdentifier(text: string, start: number, end: number): number {
  const dot = text.indexOf('.', start);
  return dot === -1 || dot > end ? end : dot;
}

/** Where build metadata begins, else the end; blanks at the end do not count. */
function endOfPrerelease(version: string, start: number): number {
  const plus = version.indexOf('+', start);
  let end = plus === -1 ? version.length : plus;
  while (end > start && version.charCodeAt(end - 1) === 32) end--;
  return end;
}

/** The parts of a version as a lenient reader sees it; numbers are digit strings. */
export interface SemverParts {
  readonly numbers: readonly string[];
  /** Without its hyphen; `''` for a release. */
  readonly prerelease: string;
  readonly build: string;
}

/** Reads a version as `compareSemver` does; `undefined` when it does not begin with a number. */
export function parseSemver(version: string): SemverParts | undefined {
  let i = numbersStart(version);
  if (i === -1) return undefined;
  const numbers: string[] = [];
  for (;;) {
    const end = endOfDigits(version, i);
    numbers.push(version.slice(i, end));
    i = end;
    if (version.charCodeAt(i) !== DOT || !isDigit(version.charCodeAt(i + 1))) break;
    i++;
  }
  const end = endOfPrerelease(version, i);
  const plus = version.indexOf('+', end);
  return {
    numbers,
    prerelease: version.slice(version.charCodeAt(i) === HYPHEN ? i + 1 : i, end),
    build: plus === -1 ? '' : version.slice(plus + 1).trim(),
  };
}

/** Whether anything but build metadata follows the numbers. */
export function isSemverPrerelease(version: string): boolean {
  let i = numbersStart(version);
  if (i === -1) return false;
  while (i < version.length && (isDigit(version.charCodeAt(i)) || version.charCodeAt(i) === DOT)) i++;
  const code = version.charCodeAt(i);
  return i < version.length && code !== PLUS && code !== 32;
}

/** Whether a version is exactly what https://semver.org allows: three numbers without leading zeros, prerelease, build. */
export function isStrictSemver(version: string): boolean {
  return STRICT.test(version) && !hasPaddedPrerelease(version);
}

const STRICT =
  /^(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)(?:-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$/;

/** A numeric prerelease identifier with a leading zero (`1.0.0-01`) is the one thing that STRICT lets through. */
function hasPaddedPrerelease(version: string): boolean {
  const prerelease = parseSemver(version)?.prerelease ?? '';
  return prerelease.split('.').some((identifier) => /^0\d+$/.test(identifier));
}
