import type { VersionScheme } from '../../model/ecosystem.ts';
import { satisfiesConstraints } from './ranges.ts';
import { compareNumbers, compareText, endOfDigits } from './text.ts';

/**
 * Conan: Semantic Versioning with any number of parts, words among them, and build metadata that counts.
 * https://docs.conan.io/2/tutorial/versioning/version_ranges.html
 * Conan compares a number with a word as text, which is no order (9 < 10 < 1a < 9): here a word's leading digits count first.
 */
export const conan: VersionScheme = {
  id: 'conan',
  compare(a, b) {
    if (a === b) return 0;
    const left = split(a);
    const right = split(b);
    return (
      compareItems(left.release, right.release) ||
      compareOptional(left.prerelease, right.prerelease, 1) ||
      compareOptional(left.build, right.build, -1)
    );
  },
  isValid: (version) => /^[0-9A-Za-z_][0-9A-Za-z_.+-]*$/.test(version),
  isPrerelease: (version) => split(version).prerelease !== undefined,
  satisfies: (version, range) => satisfiesConstraints(conan, version, range.trim().split(/ +/)),
};

interface Parts {
  readonly release: string;
  readonly prerelease: string | undefined;
  readonly build: string | undefined;
}

function split(version: string): Parts {
  const plus = version.indexOf('+');
  const rest = plus === -1 ? version : version.slice(0, plus);
  const hyphen = rest.indexOf('-');
  return {
    release: hyphen === -1 ? rest : rest.slice(0, hyphen),
    prerelease: hyphen === -1 ? undefined : rest.slice(hyphen + 1),
    build: plus === -1 ? undefined : version.slice(plus + 1),
  };
}

/** `absent` says where a missing part goes: 1 after every other, -1 before. */
function compareOptional(a: string | undefined, b: string | undefined, absent: number): number {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? absent : -absent;
  return compareItems(a, b);
}

function compareItems(a: string, b: string): number {
  const left = itemsOf(a);
  const right = itemsOf(b);
  for (let i = 0; i < left.length && i < right.length; i++) {
    const order = compareItem(left[i]!, right[i]!);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

/** Zeros at the end say nothing: `1.0` is `1`. */
function itemsOf(text: string): readonly string[] {
  const items = text === '' ? [] : text.split('.');
  while (items.length > 0 && /^0+$/.test(items.at(-1)!)) items.pop();
  return items;
}

/** Digits in front as a number, then the rest as text; an item without digits in front after all that have some. */
function compareItem(a: string, b: string): number {
  const aEnd = endOfDigits(a, 0);
  const bEnd = endOfDigits(b, 0);
  if (aEnd === 0 || bEnd === 0) return aEnd > 0 ? -1 : bEnd > 0 ? 1 : compareText(a, b);
  return compareNumbers(a.slice(0, aEnd), b.slice(0, bEnd)) || compareText(a.slice(aEnd), b.slice(bEnd));
}
