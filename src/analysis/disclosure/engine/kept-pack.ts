import type { ObjectKind } from '../../../model/history.ts';
import type { History, Known } from '../history/read-history.ts';
import { LOOSE } from '../history/read-history.ts';
import type { Column } from '../whereabouts/column.ts';
import { column, columnOf } from '../whereabouts/column.ts';
import { newCommits } from '../whereabouts/commits.ts';
import type { CommitColumns, EntryColumns } from './join-parts.ts';
import { addCommits, addEntries } from './join-parts.ts';
import type { Amounts, ScanPart } from './scan-part.ts';

/**
 * What is kept of a pack that was read, for the next time: which of its objects had something in them, and what its trees and commits say
 * of where they are. No text and no name of anything; what is secret is found anew in the objects that had it.
 */
export interface KeptPack extends Known {
  /** Rows of commits that are deltas. */
  readonly partial: readonly number[];
  readonly counts: Readonly<Record<ObjectKind, number>>;
  readonly bytes: number;
  /** Numbers of objects are rows of the pack. */
  readonly entries: EntryColumns;
  readonly commits: CommitColumns;
}

/**
 * What is to be kept of each pack that was not known, by its number; `entries` and `commits` are those of all parts. None from the first on that could not be
 * read whole: what is in a later pack depends on it.
 */
export function* keptPacks(
  history: History,
  parts: readonly ScanPart[],
  entries: EntryColumns,
  commits: CommitColumns,
): Generator<readonly [pack: number, kept: KeptPack]> {
  const { packs } = history.objects;
  const amounts = packs.map(() => ({ ...NOTHING, counts: { ...NOTHING.counts } }));
  for (const part of parts) {
    let before: Amounts = startOf(history, part);
    for (const slice of part.slices) {
      if (slice.chunk !== LOOSE) {
        const sum = amounts[part.isAll ? slice.chunk : history.chunks()[slice.chunk]!.pack]!;
        sum.entries += slice.entries - before.entries;
        sum.commits += slice.commits - before.commits;
        sum.bytes += slice.bytes - before.bytes;
        for (const kind of KINDS) sum.counts[kind] += slice.counts[kind] - before.counts[kind];
      }
      before = slice;
    }
  }
  const partial = parts.flatMap((part) => part.partial);
  // The rows of known packs come first.
  const { entries: firstEntry, commits: firstCommit } = startOf(history, parts[0]!);
  const start = { entries: firstEntry, commits: firstCommit };
  for (const [pack, { first, table }] of packs.entries()) {
    if (!history.isWhole(pack)) return;
    const sum = amounts[pack]!;
    if (first < history.knownCount) continue;
    const own = {
      flags: history.objects.flagsOf(pack),
      partial: partial
        .filter((object) => object >= first && object < first + table.count)
        .map((object) => object - first),
      counts: sum.counts,
      bytes: sum.bytes,
      entries: newEntries(),
      commits: newCommits(),
    };
    addEntries(own.entries, entries, -first, start.entries, start.entries + sum.entries);
    addCommits(own.commits, commits, -first, start.commits, start.commits + sum.commits);
    start.entries += sum.entries;
    start.commits += sum.commits;
    yield [pack, own];
  }
}

const KINDS: readonly ObjectKind[] = ['commit', 'tree', 'blob', 'tag'];
const NOTHING = { entries: 0, commits: 0, counts: { commit: 0, tree: 0, blob: 0, tag: 0 }, bytes: 0 };

/** What a part had before it read its first chunk: what was kept of known packs, the slices of which bring nothing. */
function startOf(history: History, { isAll, slices }: ScanPart): Amounts {
  return isAll && history.knownCount > 0 ? slices[0]! : NOTHING;
}

function newEntries(): EntryColumns {
  return {
    keys: column(),
    objects: column(Uint32Array),
    starts: column(Uint32Array),
    sizes: column(Uint32Array),
  };
}

const ENTRIES = ['keys', 'objects', 'starts', 'sizes'] as const;
const COMMITS = ['objects', 'keys', 'trees', 'authoredAt', 'committedAt', 'firstParent', 'parents'] as const;
const NARROW: ReadonlySet<string> = new Set(['objects', 'starts', 'sizes', 'firstParent']);

/** As bytes: lengths first, then each column in little-endian numbers. */
export function encodeKept(kept: KeptPack): Uint8Array {
  const columns: readonly (readonly [Column, boolean])[] = [
    ...ENTRIES.map((name) => [kept.entries[name], NARROW.has(name)] as const),
    ...COMMITS.map((name) => [kept.commits[name], NARROW.has(name)] as const),
    [columnOf(Uint32Array.from(kept.partial)), true],
  ];
  const head = [
    kept.flags.length,
    kept.bytes,
    ...KINDS.map((kind) => kept.counts[kind]),
    ...columns.map(([{ length }]) => length),
  ];
  const size = columns.reduce((sum, [{ length }, isNarrow]) => sum + length * (isNarrow ? 4 : 8), 0);
  const bytes = new Uint8Array(head.length * 8 + size + kept.flags.length);
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const number of head) view.setFloat64((at += 8) - 8, number, true);
  for (const [numbers, isNarrow] of columns)
    for (let i = 0; i < numbers.length; i++)
      if (isNarrow) view.setUint32((at += 4) - 4, numbers.at(i), true);
      else view.setFloat64((at += 8) - 8, numbers.at(i), true);
  bytes.set(kept.flags, at);
  return bytes;
}

/** The same of bytes; `undefined` when they are of no pack with so many objects. */
export function decodeKept(bytes: Uint8Array, objects: number): KeptPack | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const names = [...ENTRIES, ...COMMITS, 'objects'];
  const heads = 2 + KINDS.length + names.length;
  if (bytes.length < heads * 8) return undefined;
  const head = Array.from({ length: heads }, (_, i) => view.getFloat64(i * 8, true));
  if (head[0] !== objects || !head.every((one) => Number.isSafeInteger(one) && one >= 0)) return undefined;
  const lengths = head.slice(2 + KINDS.length);
  const size = lengths.reduce((sum, length, i) => sum + length * (NARROW.has(names[i]!) ? 4 : 8), 0);
  if (heads * 8 + size + objects !== bytes.length) return undefined;
  let at = heads * 8;
  const columns = lengths.map((length, i) => {
    const isNarrow = NARROW.has(names[i]!);
    const numbers = isNarrow ? new Uint32Array(length) : new Float64Array(length);
    const step = isNarrow ? 4 : 8;
    for (let j = 0; j < length; j++, at += step)
      numbers[j] = isNarrow ? view.getUint32(at, true) : view.getFloat64(at, true);
    return numbers;
  });
  const [
    keys,
    of,
    starts,
    sizes,
    commitOf,
    commitKeys,
    trees,
    authoredAt,
    committedAt,
    firstParent,
    parents,
    partial,
  ] = columns as [Float64Array, ...Float64Array[]];
  const isRow = (numbers: Float64Array | undefined): boolean => numbers!.every((one) => one < objects);
  const isColumn = [of, starts, sizes].every((one) => one!.length === keys.length);
  const isTable = [commitOf, trees, authoredAt, committedAt].every(
    (one) => one!.length === commitKeys!.length,
  );
  if (!isColumn || !isTable || !isRow(of) || !isRow(commitOf) || !isRow(partial)) return undefined;
  if (firstParent!.length !== commitKeys!.length + 1 || !ascends(firstParent!, parents!.length))
    return undefined;
  const toColumns = <Name extends string>(list: readonly Name[], from: number): Record<Name, Column> =>
    Object.fromEntries(list.map((name, i) => [name, columnOf(columns[from + i]!)])) as Record<Name, Column>;
  return {
    flags: bytes.slice(at),
    partial: [...partial!],
    bytes: head[1]!,
    counts: { commit: head[2]!, tree: head[3]!, blob: head[4]!, tag: head[5]! },
    entries: toColumns(ENTRIES, 0),
    commits: toColumns(COMMITS, ENTRIES.length),
  };
}

function ascends(numbers: ArrayLike<number>, last: number): boolean {
  if (numbers[0] !== 0 || numbers[numbers.length - 1] !== last) return false;
  for (let i = 1; i < numbers.length; i++) if (numbers[i]! < numbers[i - 1]!) return false;
  return true;
}
