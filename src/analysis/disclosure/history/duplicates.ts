import type { PackTable } from './pack-table.ts';

/** Which objects of several packs are the same. */
export interface Duplicates {
  /** The number of the first object with the id of this one; itself when it is the first. */
  firstOf(object: number): number;
  /** The number of a packed object by id; -1 when there is none. */
  find(id: Uint8Array): number;
}

interface Numbered {
  readonly table: PackTable;
  readonly first: number;
}

/** Merges the ids of all packs, which are in order: no hashing, for who wrote a pack chose its ids. */
export function findDuplicates(packs: readonly Numbered[], idBytes: number): Duplicates {
  const count = packs.reduce((sum, { table }) => sum + table.count, 0);
  const compare = comparison(packs, idBytes);
  let lists = packs.map(byId);
  while (lists.length > 1) {
    const merged: Int32Array[] = [];
    for (let i = 0; i < lists.length; i += 2)
      merged.push(i + 1 < lists.length ? merge(lists[i]!, lists[i + 1]!, compare) : lists[i]!);
    lists = merged;
  }
  const all = lists[0] ?? new Int32Array(0);
  const firsts = new Int32Array(count);
  for (let i = 0; i < all.length; i++) {
    const same = i > 0 && compare(all[i - 1]!, all[i]!) === 0;
    firsts[all[i]!] = same ? firsts[all[i - 1]!]! : all[i]!;
  }
  return {
    firstOf: (object) => firsts[object]!,
    find: (id) => {
      let low = 0;
      let high = all.length;
      while (low < high) {
        const middle = (low + high) >>> 1;
        const { ids, at } = locate(packs, all[middle]!, idBytes);
        if (compareIds(ids, at, id, 0, idBytes) < 0) low = middle + 1;
        else high = middle;
      }
      if (low === all.length) return -1;
      const { ids, at } = locate(packs, all[low]!, idBytes);
      return compareIds(ids, at, id, 0, idBytes) === 0 ? firsts[all[low]!]! : -1;
    },
  };
}

/** The objects of a pack in the order of its index. */
function byId({ table, first }: Numbered): Int32Array {
  const objects = new Int32Array(table.count);
  for (let row = 0; row < table.count; row++) objects[table.places[row]!] = first + row;
  return objects;
}

function comparison(packs: readonly Numbered[], idBytes: number): (a: number, b: number) => number {
  return (a, b) => {
    const x = locate(packs, a, idBytes);
    const y = locate(packs, b, idBytes);
    return compareIds(x.ids, x.at, y.ids, y.at, idBytes);
  };
}

function locate(
  packs: readonly Numbered[],
  object: number,
  idBytes: number,
): { readonly ids: Uint8Array; readonly at: number } {
  let low = 0;
  let high = packs.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (packs[middle]!.first <= object) low = middle;
    else high = middle - 1;
  }
  const { table, first } = packs[low]!;
  return { ids: table.pack.ids, at: table.places[object - first]! * idBytes };
}

function compareIds(a: Uint8Array, at: number, b: Uint8Array, bt: number, length: number): number {
  for (let i = 0; i < length; i++) {
    const order = a[at + i]! - b[bt + i]!;
    if (order !== 0) return order;
  }
  return 0;
}

/** Of equal ids, those of `a` come first: the numbers ascend. */
function merge(a: Int32Array, b: Int32Array, compare: (a: number, b: number) => number): Int32Array {
  const merged = new Int32Array(a.length + b.length);
  let i = 0;
  let j = 0;
  for (let k = 0; k < merged.length; k++)
    merged[k] = j === b.length || (i < a.length && compare(a[i]!, b[j]!) <= 0) ? a[i++]! : b[j++]!;
  return merged;
}
