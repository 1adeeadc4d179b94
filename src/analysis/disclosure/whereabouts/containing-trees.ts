import type { Hits } from '../history/hits.ts';
import type { History } from '../history/read-history.ts';
import type { Column } from './column.ts';
import { column } from './column.ts';
import type { Entries } from './entries.ts';
import { keyTable } from './key-table.ts';
import type { LabelSets } from './label-sets.ts';

/**
 * Blobs with labels, and trees that have such a blob somewhere below: holders, by number. Columns, for a secret that stays in a
 * large repository is held by a tree or two of each of its commits.
 */
export interface ContainingTrees {
  /** The object of a holder. */
  objectOf(holder: number): number;
  /** The labels of a blob itself; 0 for trees. */
  ownOf(holder: number): number;
  /** What in a tree leads to labels: holders, and where their entries stand (indexes of `Entries`). */
  eachChild(holder: number, visit: (child: number, entry: number) => void): void;
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
  const objects = column(Uint32Array);
  const own = column(Uint32Array);
  const holderOf = new Int32Array(history.objects.count).fill(-1);
  /** Children in the order in which they were found: the holder that has them, the child, its entry. */
  const above = column(Uint32Array);
  const below = column(Uint32Array);
  const through = column(Uint32Array);
  const add = (object: number, labels: number): number => {
    holderOf[object] = objects.length;
    objects.push(object);
    own.push(labels);
    return objects.length - 1;
  };
  const keyOfObject = (object: number): number => history.objects.keyOf(object);
  let frontier = new Map<number, number>();
  for (const [object, labels] of blobs) {
    const key = keyOfObject(object);
    if (!frontier.has(key)) frontier.set(key, add(object, labels));
  }
  while (frontier.size > 0) {
    const found = entriesWith(entries, frontier);
    const next = new Map<number, number>();
    const before = frontier;
    const hits: Hits = {
      count: found.length,
      objectOf: (hit) => entries.objects.at(found.at(hit)),
      startOf: (hit) => entries.starts.at(found.at(hit)),
      endOf: (hit) => entries.starts.at(found.at(hit)) + entries.sizes.at(found.at(hit)),
    };
    history.inherit(hits, (object, placed) => {
      let holder = holderOf[object]!;
      if (holder === -1) {
        holder = add(object, 0);
        next.set(keyOfObject(object), holder);
      }
      // What a delta shows around its change, it also has from its base.
      let last = -1;
      for (const { hit, start } of placed) {
        if (start === last) continue;
        last = start;
        const entry = found.at(hit);
        above.push(holder);
        below.push(before.get(entries.keys.at(entry))!);
        through.push(entry);
      }
    });
    frontier = next;
  }
  const children = byHolder(objects.length, above);
  const world = { count: objects.length, own, below, children };
  const memo = labelsBelow(world, sets);
  return {
    objectOf: (holder) => objects.at(holder),
    ownOf: (holder) => own.at(holder),
    eachChild: (holder, visit) => {
      for (let at = children.starts[holder]!; at < children.starts[holder + 1]!; at++)
        visit(below.at(children.rows[at]!), through.at(children.rows[at]!));
    },
    byKey: lookUp(objects, keyOfObject),
    setOf: (holder) => memo[holder]!,
  };
}

/** Finds a holder by its key. */
function lookUp(
  objects: Column,
  keyOfObject: (object: number) => number,
): (key: number) => number | undefined {
  const { find } = keyTable(objects.length, (holder) => keyOfObject(objects.at(holder)));
  return (key) => {
    const holder = find(key);
    return holder === -1 ? undefined : holder;
  };
}

/** The rows of each holder: those of holder `i` are `rows[starts[i]]` … `rows[starts[i + 1] - 1]`. */
interface Rows {
  readonly starts: Int32Array;
  readonly rows: Int32Array;
}

function byHolder(count: number, above: Column): Rows {
  const starts = new Int32Array(count + 1);
  for (let row = 0; row < above.length; row++) starts[above.at(row) + 1]!++;
  for (let holder = 0; holder < count; holder++) starts[holder + 1]! += starts[holder]!;
  const rows = new Int32Array(above.length);
  const next = starts.slice(0, count);
  for (let row = 0; row < above.length; row++) rows[next[above.at(row)]!++] = row;
  return { starts, rows };
}

/** Leaves the first 16 bits of a key's 53. */
const START = 2 ** -37;

/** Entries whose id is one of the keys. */
function entriesWith({ keys }: Entries, wanted: ReadonlyMap<number, number>): Column {
  // Most are not wanted, and a look at one byte says so: of the number of their id's first two.
  const maybe = new Uint8Array(1 << 16);
  for (const key of wanted.keys()) maybe[(key * START) | 0] = 1;
  const found = column(Uint32Array);
  let first = 0;
  for (const piece of keys.pieces()) {
    const { length } = piece;
    for (let i = 0; i < length; i++) {
      const key = piece[i]!;
      if (maybe[(key * START) | 0] === 1 && wanted.has(key)) found.push(first + i);
    }
    first += length;
  }
  return found;
}

/** For each holder the union of what is below; without recursion, for folders may be deep. */
function labelsBelow(
  {
    count,
    own,
    below,
    children: { starts, rows },
  }: { readonly count: number; readonly own: Column; readonly below: Column; readonly children: Rows },
  sets: LabelSets,
): Int32Array {
  const memo = new Int32Array(count).fill(-1);
  const next = starts.slice(0, count);
  const stack: number[] = [];
  for (let start = 0; start < count; start++) {
    if (memo[start] !== -1) continue;
    memo[start] = own.at(start);
    stack.push(start);
    while (stack.length > 0) {
      const holder = stack.at(-1)!;
      if (next[holder]! < starts[holder + 1]!) {
        const child = below.at(rows[next[holder]!++]!);
        if (memo[child] === -1) {
          // Its own row comes up again when it is done.
          next[holder]!--;
          memo[child] = own.at(child);
          stack.push(child);
        } else memo[holder] = sets.union(memo[holder]!, memo[child]!);
      } else stack.pop();
    }
  }
  return memo;
}
