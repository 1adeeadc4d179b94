import type { AdvisoryCounts, SeverityCounts, TimelineSeverity } from '../../model/timeline.ts';
import type { TimelineComponent } from './component-table.ts';
import { PRODUCTION } from './file-record.ts';
import type { Hit, Issues } from './issues.ts';
import type { PointFacts } from './point-facts.ts';

/** One issue as a point has it. */
export interface Presence {
  /** Affected component numbers. */
  readonly components: readonly number[];
  /** Seconds since 1970 of the first advisory that holds for what is present; `undefined` when none has a date. */
  readonly published: number | undefined;
  readonly production: boolean;
}

/** The advisories of a point, whatever its date. */
export interface Present {
  readonly hits: readonly { readonly hit: Hit; readonly production: boolean }[];
  /** By issue. */
  readonly issues: ReadonlyMap<number, Presence>;
  /** Component numbers with an exact version, by name number; only of names that have an issue anywhere in the history. */
  readonly versions: ReadonlyMap<number, readonly number[]>;
}

/** Collects what the issues say of a point's components. O(components + hits). */
export function presentAt(
  facts: PointFacts,
  components: readonly TimelineComponent[],
  issues: Issues,
  isWatched: Uint8Array,
): Present {
  const hits: { readonly hit: Hit; readonly production: boolean }[] = [];
  const found = new Map<
    number,
    { components: number[]; published: number | undefined; production: boolean }
  >();
  const versions = new Map<number, number[]>();
  facts.components.forEach((number, i) => {
    const { named, version } = components[number]!;
    if (isWatched[named] === 0 || version === '') return;
    const list = versions.get(named);
    if (list === undefined) versions.set(named, [number]);
    else list.push(number);
    const production = (facts.flags[i]! & PRODUCTION) !== 0;
    for (const hit of issues.of(number)) {
      hits.push({ hit, production });
      const known = found.get(hit.issue);
      if (known === undefined)
        found.set(hit.issue, { components: [number], published: hit.published, production });
      else {
        known.components.push(number);
        known.published = earlier(known.published, hit.published);
        known.production ||= production;
      }
    }
  });
  return { hits, issues: found, versions };
}

/** Names (by number) that some issue is about. */
export function watchedNames(components: readonly TimelineComponent[], issues: Issues): Uint8Array {
  let most = 0;
  for (const { named } of components) most = Math.max(most, named + 1);
  const watched = new Uint8Array(most);
  components.forEach(({ named }, number) => {
    if (issues.of(number).length > 0) watched[named] = 1;
  });
  return watched;
}

/** Counts the hits; with `until` (seconds since 1970) only those that were public by then. */
export function countHits(present: Present, until?: number): AdvisoryCounts {
  const all = noSeverities();
  const development = noSeverities();
  let total = 0;
  let aside = 0;
  for (const { hit, production } of present.hits) {
    if (until !== undefined && (hit.published === undefined || hit.published > until)) continue;
    total++;
    all[hit.severity]++;
    if (production) continue;
    aside++;
    development[hit.severity]++;
  }
  return { total, bySeverity: all, development: aside, developmentBySeverity: development };
}

function noSeverities(): { -readonly [K in TimelineSeverity]: SeverityCounts[K] } {
  return { critical: 0, high: 0, medium: 0, low: 0, unknown: 0 };
}

function earlier(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.min(a, b);
}
