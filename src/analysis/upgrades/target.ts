import type { AdvisoryStore, AffectedEntry } from '../../model/advisory.ts';
import type { Component } from '../../model/component.ts';
import type { VersionScheme } from '../../model/ecosystem.ts';
import { isAffected } from '../advisories/match.ts';
import { ecosystemOf } from '../ecosystems/index.ts';

/** A version to move to, and the advisory ids that would still hold for it. */
export interface Target {
  readonly version: string;
  readonly remaining: ReadonlySet<string>;
}

/** Later versions of one component, and what each would leave. Made once a component: the projects that have it share it. */
export interface Prospects {
  /** Versions named by the advisories as fixed, ascending: nothing else is known to exist offline. */
  readonly versions: readonly string[];
  /** Advisories that hold for the present version. */
  readonly now: ReadonlySet<string>;
  /** Advisories that would hold for `versions[at]`; found out when first asked. */
  remaining(at: number): ReadonlySet<string>;
}

export function prospectsOf(component: Component, store: AdvisoryStore): Prospects {
  const { versions } = ecosystemOf(component.ecosystem);
  const entries = store.lookup(component.ecosystem, component.name);
  const candidates = new Set<string>();
  for (const entry of entries)
    for (const range of entry.ranges)
      if (range.fixed !== undefined && versions.compare(range.fixed, component.version) > 0)
        candidates.add(range.fixed);
  const ascending = [...candidates].sort(versions.compare);
  const known: ReadonlySet<string>[] = [];
  return {
    versions: ascending,
    now: holding(entries, component.version, versions),
    remaining: (at) => (known[at] ??= holding(entries, ascending[at]!, versions)),
  };
}

/**
 * The lowest version after the present one for which no advisory in the store holds; among those, one that
 * every asking range admits is preferred, and no prerelease is proposed while a release clears as much.
 * Where nothing clears all, the version that leaves the least. `undefined` when no version ends anything.
 */
export function upgradeTarget(
  { ecosystem }: Component,
  prospects: Prospects,
  admits: (version: string) => boolean | undefined,
): Target | undefined {
  const { versions, now } = prospects;
  const isPrerelease = (version: string): boolean => ecosystemOf(ecosystem).versions.isPrerelease(version);
  const judged: Target[] = [];
  for (let at = 0; at < versions.length; at++) {
    const target = { version: versions[at]!, remaining: prospects.remaining(at) };
    if ([...now].every((id) => target.remaining.has(id))) continue;
    // No later one can be better than the first that clears all and is admitted.
    if (target.remaining.size === 0 && !isPrerelease(target.version) && admits(target.version) === true)
      return target;
    judged.push(target);
  }
  if (judged.length === 0) return undefined;
  const least = Math.min(...judged.map((target) => target.remaining.size));
  const best = judged.filter((target) => target.remaining.size === least);
  const releases = best.filter(({ version }) => !isPrerelease(version));
  const eligible = releases.length > 0 ? releases : best;
  return eligible.find(({ version }) => admits(version) === true) ?? eligible[0];
}

function holding(
  entries: readonly AffectedEntry[],
  version: string,
  scheme: VersionScheme,
): ReadonlySet<string> {
  const orderable = scheme.isValid(version);
  return new Set(
    entries.filter((entry) => isAffected(entry, version, scheme, orderable)).map(({ id }) => id),
  );
}
