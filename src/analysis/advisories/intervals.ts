import type { AffectedRange } from '../../model/advisory.ts';
import type { VersionScheme } from '../../model/ecosystem.ts';

/** One event of an OSV range. */
export interface RangeEvent {
  readonly kind: 'introduced' | 'fixed' | 'last_affected' | 'limit';
  readonly version: string;
}

/**
 * Turns the events of one OSV range into intervals that hold for the same versions as the schema's evaluation does:
 * events in version order switch "affected" on and off, and only versions below some `limit` count at all.
 * Events of equal version keep the order of the record. https://ossf.github.io/osv-schema/#evaluation
 */
export function toIntervals(events: readonly RangeEvent[], scheme: VersionScheme): AffectedRange[] {
  const limit = highestLimit(events, scheme);
  const intervals: AffectedRange[] = [];
  let introduced: string | undefined;
  for (const { kind, version } of inOrder(events, scheme)) {
    if (kind === 'fixed') closeBefore(intervals, version, limit, scheme);
    if (kind === 'introduced') introduced ??= version;
    else if (kind !== 'limit' && introduced !== undefined) {
      intervals.push(interval(introduced, kind, version, limit));
      introduced = undefined;
    }
  }
  if (introduced !== undefined) intervals.push(interval(introduced, undefined, '', limit));
  return intervals;
}

/** A record that calls one version both the last affected and fixed: the later event wins, as in the evaluation. */
function closeBefore(
  intervals: AffectedRange[],
  version: string,
  limit: string | undefined,
  scheme: VersionScheme,
): void {
  for (let i = intervals.length - 1; i >= 0; i--) {
    const { introduced, lastAffected } = intervals[i]!;
    if (lastAffected === undefined || compareBounds(lastAffected, version, scheme) !== 0) return;
    intervals[i] = interval(introduced, 'fixed', version, limit);
  }
}

function interval(
  introduced: string,
  end: 'fixed' | 'last_affected' | undefined,
  version: string,
  limit: string | undefined,
): AffectedRange {
  const more = limit === undefined ? undefined : { limit };
  if (end === undefined) return { introduced, ...more };
  return end === 'fixed'
    ? { introduced, fixed: version, ...more }
    : { introduced, lastAffected: version, ...more };
}

/** Most records state their events in order. */
function inOrder(events: readonly RangeEvent[], scheme: VersionScheme): readonly RangeEvent[] {
  for (let i = 1; i < events.length; i++)
    if (compareBounds(events[i - 1]!.version, events[i]!.version, scheme) > 0)
      return events.toSorted((a, b) => compareBounds(a.version, b.version, scheme));
  return events;
}

/** A version is in scope when it is below any limit, so below the highest. `*` is above everything. */
function highestLimit(events: readonly RangeEvent[], scheme: VersionScheme): string | undefined {
  let highest: string | undefined;
  for (const { kind, version } of events) {
    if (kind !== 'limit') continue;
    if (version === '*') return undefined;
    if (highest === undefined || scheme.compare(version, highest) > 0) highest = version;
  }
  return highest;
}

/** `0` is before every version, whatever the scheme makes of it. */
function compareBounds(a: string, b: string, scheme: VersionScheme): number {
  if (a === b) return 0;
  if (a === '0') return -1;
  if (b === '0') return 1;
  return scheme.compare(a, b);
}
