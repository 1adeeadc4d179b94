import type { Forest } from './forest.ts';
import { rowsLeadingTo } from './forest.ts';
import type { PackReader } from './pack-reader.ts';
import type { PackTable } from './pack-table.ts';

/** A stretch of a row's bytes that something was found in, by its number. */
export interface Placed {
  readonly hit: number;
  readonly start: number;
  readonly size: number;
  /**
   * How many bytes from its start on one copy brought; infinitely many when that goes on to the end of both. Absent where it was
   * found itself.
   */
  readonly rest?: number;
}

/**
 * Follows hits through a pack's deltas: a delta has a hit of its base where one copy (or copies that continue each other)
 * brings all of its bytes; of several such places, the first, and the others too where `cut` is given, which gets the rows that have more of
 * them than are followed. `own` gives the hits that a row has by itself, or all that it
 * has when it is `settled` (its base adds nothing then). `visit` gets each row with hits, bases before their deltas, and
 * its hits by start. Only deltas of rows with hits are inflated; one that cannot be has been reported before. `eachWithOwn`
 * names the rows that `own` may give any for, in any order.
 */
export function inheritInPack(
  forest: Forest,
  table: PackTable,
  reader: PackReader,
  memory: () => Uint8Array,
  own: (row: number) => { readonly placed: readonly Placed[]; readonly settled: boolean },
  eachWithOwn: (visit: (row: number) => void) => void,
  visit: (row: number, placed: readonly Placed[]) => void,
  cut?: (row: number) => void,
): void {
  const leads = rowsLeadingTo(table, eachWithOwn);
  const waiting: { readonly row: number; readonly inherited: readonly Placed[] }[] = [];
  const add = (row: number, base: readonly Placed[]): void => {
    const { placed, settled } = own(row);
    let sorted = placed;
    if (!settled && base.length > 0 && reader.inflateDelta(row) === undefined) {
      const { delta } = reader;
      const end = delta + table.sizes[row]!;
      const inherited = inheritThrough(memory(), base, delta, end, cut && (() => cut(row)));
      sorted = placed.length === 0 ? inherited : merged(placed, inherited);
    } else if (placed.length > 1) sorted = placed.toSorted(byPlace);
    if (sorted.length > 0) visit(row, sorted);
    if (forest.starts[row] !== forest.starts[row + 1]) waiting.push({ row, inherited: sorted });
  };
  for (const root of forest.roots) {
    if (leads[root] === 0) continue;
    add(root, NONE);
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop())
      for (let at = forest.starts[next.row]!; at < forest.starts[next.row + 1]!; at++) {
        const row = forest.children[at]!;
        if (next.inherited.length > 0 || leads[row] !== 0) add(row, next.inherited);
      }
  }
}

const NONE: readonly Placed[] = [];

const byPlace = (a: Placed, b: Placed): number => a.start - b.start || a.hit - b.hit;

const merged = (own: readonly Placed[], inherited: readonly Placed[]): Placed[] =>
  [...own, ...inherited].sort(byPlace);

/** Places in one result, beside the first of each hit, that are followed: a delta of a few bytes can copy a base a million times. */
const MOST_OTHERS = 10_000;

/**
 * Hits of a base (by start) that the copies of the delta at `start`…`end` bring, by start; copies that continue each other are
 * one. Of a hit that is brought to several places the first, or all where `cut` is given, which is called when they are too many.
 * Damage ends it: the kernel has judged the delta before.
 */
export function inheritThrough(
  bytes: Uint8Array,
  base: readonly Placed[],
  start: number = 0,
  end: number = bytes.length,
  cut?: () => void,
): Placed[] {
  const found: Placed[] = [];
  let others = cut === undefined ? MOST_OTHERS : 0;
  const next = links(base.length + 1);
  let at = start;
  const sizeAt = (): number => {
    let stated = 0;
    let scale = 1;
    for (let byte = 128; byte >= 128 && at < end; scale *= 128) {
      byte = bytes[at++]!;
      stated += (byte & 127) * scale;
    }
    return stated;
  };
  const baseSize = sizeAt();
  const targetSize = sizeAt();
  let written = 0;
  let from = 0;
  let size = 0;
  for (;;) {
    let offset = -1;
    let length = 0;
    if (at < end) {
      const op = bytes[at++]!;
      if (op < 128) {
        at += op;
        length = op;
      } else {
        offset = 0;
        for (let i = 0; i < 4; i++) if ((op & (1 << i)) !== 0) offset += bytes[at++]! * 2 ** (8 * i);
        for (let i = 0; i < 3; i++) if ((op & (16 << i)) !== 0) length += bytes[at++]! * 2 ** (8 * i);
        if (length === 0) length = 0x10000;
      }
    }
    if (size > 0 && offset === from + size) {
      size += length;
      written += length;
      continue;
    }
    if (size > 0) {
      const stop = from + size;
      const isEnd = written === targetSize && stop === baseSize;
      const after = (i: number): number => (others < MOST_OTHERS ? i : unfound(next, i));
      for (let i = after(firstFrom(base, from)); i < base.length; i = after(i + 1)) {
        const hit = base[i]!;
        if (hit.start >= stop) break;
        if (hit.start + hit.size > stop) continue;
        if (next[i] !== i && ++others === MOST_OTHERS) cut?.();
        const rest = isEnd ? Number.POSITIVE_INFINITY : stop - hit.start;
        found.push({ hit: hit.hit, start: hit.start - from + written - size, size: hit.size, rest });
        next[i] = i + 1;
      }
    }
    if (offset === -1 && length === 0 && at >= end) return found;
    written += length;
    from = offset;
    size = offset === -1 ? 0 : length;
  }
}

/** The first hit from `i` on that is not found yet. */
function unfound(next: Int32Array, i: number): number {
  let end = i;
  while (next[end] !== end) end = next[end]!;
  for (let at = i; at !== end;) {
    const after = next[at]!;
    next[at] = end;
    at = after;
  }
  return end;
}

let linked = new Int32Array(256);

/** Of each hit that is found already, the next that may not be; at first each itself. Theirs who asked last. */
function links(count: number): Int32Array {
  if (linked.length < count) linked = new Int32Array(2 * count);
  for (let i = 0; i < count; i++) linked[i] = i;
  return linked;
}

/** The first place in `base` that starts at `from` or behind. */
function firstFrom(base: readonly Placed[], from: number): number {
  let low = 0;
  let high = base.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (base[middle]!.start < from) low = middle + 1;
    else high = middle;
  }
  return low;
}
