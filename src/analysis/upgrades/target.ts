import type { AdvisoryStore } from '../../model/advisory.ts';
import type { Component } from '../../model/component.ts';
import { matchComponent } from '../advisories/match.ts';
import { ecosystemOf } from '../ecosystems/index.ts';

/** A version to move to, and the advisory ids that would still hold for it. */
export interface Target {
  readonly version: string;
  readonly remaining: ReadonlySet<string>;
}

/**
 * The lowest version after the present one for which no advisory in the store holds; among those, one that
 * every asking range admits is preferred, and no prerelease is proposed while a release clears as much.
 * Where nothing clears all, the version that leaves the least. `undefined` when no version ends anything.
 * Candidates are versions named by the advisories as fixed: nothing else is known to exist offline.
 */
export function upgradeTarget(
  component: Component,
  store: AdvisoryStore,
  admits: (version: string) => boolean | undefined,
): Target | undefined {
  const { versions } = ecosystemOf(component.ecosystem);
  const entries = store.lookup(component.ecosystem, component.name);
  const candidates = new Set<string>();
  for (const entry of entries)
    for (const range of entry.ranges)
      if (range.fixed !== undefined && versions.compare(range.fixed, component.version) > 0)
        candidates.add(range.fixed);
  const now = holding(component, component.version, store);
  const judged = [...candidates]
    .sort(versions.compare)
    .map((version) => ({ version, remaining: holding(component, version, store) }))
    .filter(({ remaining }) => [...now].some((id) => !remaining.has(id)));
  if (judged.length === 0) return undefined;
  const least = Math.min(...judged.map(({ remaining }) => remaining.size));
  const best = judged.filter(({ remaining }) => remaining.size === least);
  const releases = best.filter(({ version }) => !versions.isPrerelease(version));
  const eligible = releases.length > 0 ? releases : best;
  return eligible.find(({ version }) => admits(version) === true) ?? eligible[0];
}

function holding(component: Component, version: string, store: AdvisoryStore): ReadonlySet<string> {
  const { hits } = matchComponent(
    store,
    component.ecosystem,
    component.name,
    version,
    ecosystemOf(component.ecosystem).versions,
  );
  return new Set(hits.map((hit) => hit.entry.id));
}
