import type { VersionScheme } from '../../model/ecosystem.ts';
import { holds } from './ranges.ts';

/** One interval; a bound is `''` when there is none. */
export interface Interval {
  readonly low: string;
  readonly lowIncluded: boolean;
  readonly high: string;
  readonly highIncluded: boolean;
}

/**
 * Intervals in brackets: `[1.0,2.0)`, `[1.5]`, `(,1.0],[1.2,)`. https://maven.apache.org/pom.html#dependency-version-requirement-specification
 * `undefined` when the text is none, also for a bare version: what that means is the format's affair.
 */
export function parseIntervals(range: string): readonly Interval[] | undefined {
  const intervals: Interval[] = [];
  let at = 0;
  for (;;) {
    while (range[at] === ' ') at++;
    const open = range[at];
    if (open !== '[' && open !== '(') return undefined;
    let end = at + 1;
    while (end < range.length && range[end] !== ']' && range[end] !== ')') end++;
    if (end === range.length) return undefined;
    const bounds = range.slice(at + 1, end).split(',');
    const low = bounds[0]!.trim();
    const high = (bounds[1] ?? low).trim();
    const exact = bounds.length === 1;
    if (bounds.length > 2 || /[[(\s]/.test(low + high)) return undefined;
    if (exact && (low === '' || open === '(' || range[end] === ')')) return undefined;
    intervals.push({ low, lowIncluded: open === '[', high, highIncluded: range[end] === ']' });
    at = end + 1;
    while (range[at] === ' ') at++;
    if (at >= range.length) return intervals;
    if (range[at] !== ',') return undefined;
    at++;
  }
}

/** Whether a version lies in one of the intervals. */
export function isWithin(
  scheme: Pick<VersionScheme, 'compare'>,
  version: string,
  intervals: readonly Interval[],
): boolean {
  return intervals.some(
    ({ low, lowIncluded, high, highIncluded }) =>
      (low === '' || holds(scheme.compare(version, low), lowIncluded ? '>=' : '>')) &&
      (high === '' || holds(scheme.compare(version, high), highIncluded ? '<=' : '<')),
  );
}

/**
 * A bare version is a "soft" requirement: a wish that any other version may override.
 * Nothing but that version is what was asked for, so only an equal one satisfies it.
 */
export function satisfiesMavenRange(
  scheme: Pick<VersionScheme, 'compare' | 'isValid'>,
  version: string,
  range: string,
): boolean | undefined {
  const trimmed = range.trim();
  if (/^[[(]/.test(trimmed)) {
    const intervals = parseIntervals(trimmed);
    return intervals === undefined ? undefined : isWithin(scheme, version, intervals);
  }
  return scheme.isValid(trimmed) && !trimmed.includes('$')
    ? scheme.compare(version, trimmed) === 0
    : undefined;
}
