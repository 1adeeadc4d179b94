import type { History } from '../history/read-history.ts';
import { keyOf } from './column.ts';
import type { Entries } from './entries.ts';
import type { LabelSets } from './label-sets.ts';

/** A blob with labels, or a tree that has such a blob somewhere below. */
export interface Holder {
  readonly object: number;
  /** The labels of a blob itself; 0 for trees. */
  readonly own: number;
  /** What in it leads to labels: holders, and where their entries stand (indexes of `Entries`). */
  readonly children: { readonly holder: number; readonly entry: number }[];
}

export interface ContainingTrees {
  readonly holders: readonly Holder[];
  /** The holder of an object by the key of its id. */
  byKey(key: number): number | undefined;
  /** All labels in or below a holder. */
  setOf(holder: number): number;
}

/**
 * Finds every tree that leads to one of the blobs, without reading trees again: an entry is brought in somewhere, and deltas
 * hand it on. From the blobs up, one round a level of folders.
 */
export function findContainingTrees(
  history: History,
  entries: Entries,
  blobs: ReadonlyMap<number, number>,
  sets: LabelSets,
): ContainingTrees {
  const holders: Holder[] = [];
  const known = new Map<number, number>();
  let frontier = new Map<number, number>();
  for (const [object, own] of blobs) {
    const key = keyOf(history.objects.idOf(object));
    if (known.has(key)) continue;
    known.set(key, holders.length);
    frontier.set(key, holders.length);
    holders.push({ object, own, children: [] });
  }
  while (frontier.size > 0) {
    const found = entriesWith(entries, frontier);
    const hits = found.map((entry) => ({
      object: entries.objects.at(entry),
      start: entries.starts.at(entry),
      end: entries.starts.at(entry) + entries.sizes.at(entry),
    }));
    const next = new Map<number, number>();
    const before = frontier;
    history.inherit(hits, (object, placed) => {
      const key = keyOf(history.objects.idOf(object));
      let holder = known.get(key);
      if (holder === undefined) {
        holder = holders.length;
        known.set(key, holder);
        next.set(key, holder);
        holders.push({ object, own: 0, children: [] });
      }
      // What a delta shows around its change, it also has from its base.
      let last = -1;
      for (const { hit, start } of placed) {
        const entry = found[hit]!;
        if (start !== last)
          holders[holder]!.children.push({ holder: before.get(entries.keys.at(entry))!, entry });
        last = start;
      }
    });
    frontier = next;
  }
  const memo = labelsBelow(holders, sets);
  return { holders, byKey: (key) => known.get(key), setOf: (holder) => memo[holder]! };
}

/** Entries whose id is one of the keys. */
function entriesWith({ keys, count }: Entries, wanted: ReadonlyMap<number, number>): number[] {
  // Most are not wanted, and a look at one byte says so.
  const maybe = new Uint8Array(1 << 16);
  for (const key of wanted.keys()) maybe[key % 65_536] = 1;
  const found: number[] = [];
  for (let entry = 0; entry < count; entry++) {
    const key = keys.at(entry);
    if (maybe[key % 65_536] === 1 && wanted.has(key)) found.push(entry);
  }
  return found;
}

/** For each holder the union of what is below; without recursion, for folders may be deep. */
function labelsBelow(holders: readonly Holder[], sets: LabelSets): Int32Array {
  const memo = new Int32Array(holders.length).fill(-1);
  for (let start = 0; start < holders.length; start++) {
    if (memo[start] !== -1) continue;
    const stack = [{ holder: start, next: 0, set: holders[start]!.own }];
    memo[start] = holders[start]!.own;
    while (stack.length > 0) {
      const top = stack.at(-1)!;
      const child = holders[top.holder]!.children[top.next++];
      if (child === undefined) {
        memo[top.holder] = top.set;
        stack.pop();
        const above = stack.at(-1);
        if (above !== undefined) above.set = sets.union(above.set, top.set);
      } else if (memo[child.holder] !== -1) top.set = sets.union(top.set, memo[child.holder]!);
      else {
        memo[child.holder] = holders[child.holder]!.own;
        stack.push({ holder: child.holder, next: 0, set: holders[child.holder]!.own });
      }
    }
  }
  return memo;
}
