import type { LabelSets } from './label-sets.ts';

/** References that a report names: a busy project has ten thousand pull requests, each with the whole history. */
export const MOST_REFS = 50;

const FIRST = ['refs/heads/', 'refs/tags/', 'refs/stash', 'refs/notes/'];

/** References with a label: some by name, and how many there are. */
export interface RefNames {
  /** By name; of more than `MOST_REFS` the first branches, then tags, stash, notes, copies of other repositories and pull requests. */
  readonly names: readonly string[];
  readonly count: number;
}

/** Names for each label the references that have it; `setOf` gives the set of what the history of one has. */
export function refNames<Ref extends { readonly name: string }>(
  refs: readonly Ref[],
  setOf: (ref: Ref) => number,
  sets: LabelSets,
  labels: number,
): readonly RefNames[] {
  const found = Array.from({ length: labels }, () => ({ names: [] as string[], count: 0 }));
  /** How many references have a set so far: when it is enough, each of its labels has its names. */
  const seen = new Map<number, number>();
  const ranked = refs.map((ref) => ({ ref, rank: rankOf(ref.name) }));
  ranked.sort((a, b) => a.rank - b.rank || order(a.ref.name, b.ref.name));
  for (const { ref } of ranked) {
    const set = setOf(ref);
    const times = seen.get(set) ?? 0;
    seen.set(set, times + 1);
    if (times >= MOST_REFS) continue;
    for (const label of sets.labels(set)) {
      const { names } = found[label]!;
      if (names.length < MOST_REFS) names.push(ref.name);
    }
  }
  for (const [set, times] of seen) for (const label of sets.labels(set)) found[label]!.count += times;
  for (const { names, count } of found) if (count <= MOST_REFS) names.sort(order);
  return found;
}

function rankOf(name: string): number {
  const at = FIRST.findIndex((prefix) => name.startsWith(prefix));
  return at === -1 ? FIRST.length : at;
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
