import type { ObjectStore } from '../../../model/history.ts';
import { cutIntoChunks } from './chunks.ts';
import type { Forest } from './forest.ts';
import { plantForest } from './forest.ts';
import type { PackTable } from './pack-table.ts';
import { readPackTable } from './pack-table.ts';
import type { SharedHistory } from './shared.ts';
import { shareHistory, takeShared } from './shared.ts';

export interface OpenOptions {
  /** So many threads are going to read it: keeps what they all need where they all see it. */
  readonly readers?: number;
  /** What another thread keeps so; of the same store. */
  readonly shared?: SharedHistory | undefined;
  /** Weight of the smallest chunk; default about a mebibyte. */
  readonly leastChunk?: number;
}

/** A pack's headers, and its trees of deltas. */
export interface OpenedPack {
  readonly table: PackTable;
  readonly forest: Forest;
}

/** The packs of a store: read here, or as another thread read and shared them. With `readers` they are made to be shared. */
export function openPacks(
  store: ObjectStore,
  { readers, shared, leastChunk }: OpenOptions,
): { readonly packs: readonly OpenedPack[]; readonly shared: SharedHistory | undefined } {
  if (shared !== undefined) return { packs: takeShared(store, shared), shared };
  const packs = store.packs.map((pack) => {
    const table = readPackTable(pack);
    return { table, forest: plantForest(table) };
  });
  if (readers === undefined) return { packs, shared: undefined };
  const made = shareHistory(packs, cutIntoChunks(packs, readers, leastChunk));
  return { packs: takeShared(store, made), shared: made };
}
