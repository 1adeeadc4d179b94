import type { VersionScheme } from '../../model/ecosystem.ts';
import { comparePlain, plainLength } from './plain.ts';
import { holds, parseConstraint } from './ranges.ts';
import { compareNumbers, compareText, endOfDigits, endOfLetters, increment, isDigit } from './text.ts';

/** RubyGems: runs of digits and letters, where a letter makes a prerelease. https://guides.rubygems.org/patterns/#semantic-versioning */
export const rubygems: VersionScheme = {
  id: 'gem',
  compare(a, b) {
    if (a === b) return 0;
    if (plainLength(a) > 0 && plainLength(b) > 0) return comparePlain(a, b);
    const left = segmentsOf(a);
    const right = segmentsOf(b);
    for (let i = 0; i < left.length || i < right.length; i++) {
      const order = compareSegments(left[i] ?? '0', right[i] ?? '0');
      if (order !== 0) return order;
    }
    return 0;
  },
  isValid: isGemVersion,
  isPrerelease: (version) => /[a-z-]/i.test(version),
  satisfies: satisfiesGemRequirement,
};

/** The same as Gem::Version.correct?, without its empty version. */
function isGemVersion(version: string): boolean {
  return /^\d+(?:\.[0-9A-Za-z]+)*(?:-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$/.test(version.trim());
}

/**
 * Runs of digits or letters; a hyphen stands for `.pre.`. Zeros before the first word and at the end are dropped,
 * so that `1.0.a` is `1.a`.
 */
function segmentsOf(version: string): readonly string[] {
  const numbers: string[] = [];
  const rest: string[] = [];
  const add = (segment: string) =>
    (rest.length > 0 || !isDigit(segment.charCodeAt(0)) ? rest : numbers).push(segment);
  let i = 0;
  while (i < version.length) {
    const end = Math.max(endOfDigits(version, i), endOfLetters(version, i));
    if (end > i) add(version.slice(i, end));
    else if (version[i] === '-') add('pre');
    i = end > i ? end : i + 1;
  }
  dropZeros(numbers);
  dropZeros(rest);
  return [...numbers, ...rest];
}

function dropZeros(segments: string[]): void {
  while (segments.length > 0 && /^0+$/.test(segments.at(-1)!)) segments.pop();
}

/** Words before numbers. */
function compareSegments(a: string, b: string): number {
  const aNumber = isDigit(a.charCodeAt(0));
  const bNumber = isDigit(b.charCodeAt(0));
  if (aNumber && bNumber) return compareNumbers(a, b);
  if (aNumber || bNumber) return aNumber ? 1 : -1;
  return compareText(a, b);
}

const OPERATORS: ReadonlySet<string> = new Set(['', '=', '!=', '<', '<=', '>', '>=', '~>']);

/** Comma-separated requirements, all of which must hold. */
function satisfiesGemRequirement(version: string, range: string): boolean | undefined {
  const parts = range.split(',').map(parseConstraint);
  if (
    parts.some((part) => part === undefined || !OPERATORS.has(part.operator) || !isGemVersion(part.version))
  )
    return undefined;
  return parts.every((part) => {
    const { operator, version: bound } = part!;
    if (operator !== '~>') return holds(rubygems.compare(version, bound), operator);
    return rubygems.compare(version, bound) >= 0 && rubygems.compare(releaseOf(version), bump(bound)) < 0;
  });
}

/** The numbers before the first word. */
function releaseOf(version: string): string {
  const numbers: string[] = [];
  for (const segment of version.trim().match(/[0-9]+|[a-z]+|-/gi) ?? []) {
    if (!isDigit(segment.charCodeAt(0))) break;
    numbers.push(segment);
  }
  return numbers.join('.');
}

/** What a pessimistic requirement stays below: `1.2.3` → `1.3`, `1` → `2`. */
function bump(version: string): string {
  const numbers = releaseOf(version).split('.');
  if (numbers.length > 1) numbers.pop();
  numbers.push(increment(numbers.pop()!));
  return numbers.join('.');
}
