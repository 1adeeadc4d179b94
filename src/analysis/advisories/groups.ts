import type { Advisory, AdvisoryHit, AdvisoryStore } from '../../model/advisory.ts';
import type { EcosystemId } from '../../model/ecosystem.ts';

/** Advisories that speak of one issue of one component. */
export interface AdvisoryGroup {
  /** What the issue is called: see `canonicalId`. */
  readonly id: string;
  /** `id` first, then every other id and alias, sorted. */
  readonly ids: readonly string[];
  /** Ordered by advisory id. */
  readonly hits: readonly AdvisoryHit[];
  /** Parallel to `hits`. */
  readonly advisories: readonly Advisory[];
}

/**
 * Folds the hits of one component into groups: ids and aliases that meet, directly or over others, are one issue.
 * Ordered by the groups' ids. Call it for the hits of one component only: aliases of other components must not join groups.
 */
export function groupHits(
  store: AdvisoryStore,
  ecosystem: EcosystemId,
  hits: readonly AdvisoryHit[],
): readonly AdvisoryGroup[] {
  const advisories = hits.map(({ entry }) => store.advisory(ecosystem, entry.advisory));
  if (hits.length === 1) return [toGroup([0], hits, advisories)];
  const parents = hits.map((_, index) => index);
  const find = (index: number): number => {
    let root = index;
    while (parents[root] !== root) root = parents[root]!;
    for (let at = index; at !== root;) {
      const next = parents[at]!;
      parents[at] = root;
      at = next;
    }
    return root;
  };
  const holders = new Map<string, number>();
  for (const [index, { id, aliases }] of advisories.entries())
    for (const name of [id, ...aliases]) {
      const key = name.toUpperCase();
      const holder = holders.get(key);
      if (holder === undefined) holders.set(key, index);
      else parents[find(index)] = find(holder);
    }
  const members = new Map<number, number[]>();
  for (const index of hits.keys()) {
    const root = find(index);
    const list = members.get(root);
    if (list === undefined) members.set(root, [index]);
    else list.push(index);
  }
  return [...members.values()]
    .map((indexes) => toGroup(indexes, hits, advisories))
    .sort((a, b) => compareIds(a.id, b.id));
}

function toGroup(
  indexes: readonly number[],
  hits: readonly AdvisoryHit[],
  advisories: readonly Advisory[],
): AdvisoryGroup {
  const ordered = indexes.toSorted((a, b) => compareIds(advisories[a]!.id, advisories[b]!.id));
  const names = [
    ...new Set(ordered.flatMap((index) => [advisories[index]!.id, ...advisories[index]!.aliases])),
  ].sort(compareIds);
  const id = canonicalId(names);
  return {
    id,
    ids: [id, ...names.filter((name) => name !== id)],
    hits: ordered.map((index) => hits[index]!),
    advisories: ordered.map((index) => advisories[index]!),
  };
}

/**
 * The name that an issue goes by: MAL, then CVE, then GHSA, then any other, and of one kind the first.
 * MAL comes first because it says what to do (remove it, and treat the machine as taken over), which a CVE or GHSA
 * for the same malicious release does not; and such groups have rarely more than the one MAL id.
 */
export function canonicalId(ids: readonly string[]): string {
  return ids.toSorted((a, b) => rankOf(a) - rankOf(b) || compareIds(a, b))[0] ?? '';
}

function rankOf(id: string): number {
  const rank = PREFERENCE.findIndex((prefix) => id.toUpperCase().startsWith(prefix));
  return rank === -1 ? PREFERENCE.length : rank;
}

const PREFERENCE = ['MAL-', 'CVE-', 'GHSA-'];

const compareIds = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
