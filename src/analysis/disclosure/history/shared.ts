import type { ObjectStore } from '../../../model/history.ts';
import type { Chunk } from './chunks.ts';
import type { Forest } from './forest.ts';
import type { PackTable } from './pack-table.ts';

/** What packs and their forests say, in memory that several threads see. Plain data: it can be posted. */
export interface SharedHistory {
  readonly packs: readonly {
    readonly table: Omit<PackTable, 'pack'>;
    readonly forest: Forest;
  }[];
  /** How it is cut for readers. */
  readonly chunks: readonly Chunk[];
  /** Of each packed object what the table of objects keeps: who reads it fills it in. */
  readonly flags: Uint8Array;
  readonly firsts: Uint32Array;
}

/** Moves it to such memory. */
export function shareHistory(
  packs: readonly { readonly table: PackTable; readonly forest: Forest }[],
  chunks: readonly Chunk[],
): SharedHistory {
  const count = packs.reduce((sum, { table }) => sum + table.count, 0);
  return {
    packs: packs.map(({ table, forest }) => ({
      table: {
        count: table.count,
        offsets: sharedCopy(table.offsets),
        places: sharedCopy(table.places),
        headers: sharedCopy(table.headers),
        sizes: sharedCopy(table.sizes),
        kinds: sharedCopy(table.kinds),
        bases: sharedCopy(table.bases),
        elsewhere: table.elsewhere,
      },
      forest: {
        roots: sharedCopy(forest.roots),
        starts: sharedCopy(forest.starts),
        children: sharedCopy(forest.children),
        lost: forest.lost,
      },
    })),
    chunks,
    flags: new Uint8Array(new SharedArrayBuffer(count)),
    firsts: new Uint32Array(new SharedArrayBuffer(count * 4)),
  };
}

/** The tables of packs that were shared, in a thread that has opened the same packs in the same order. */
export function takeShared(
  store: Pick<ObjectStore, 'packs'>,
  shared: SharedHistory,
): readonly { readonly table: PackTable; readonly forest: Forest }[] {
  return shared.packs.map(({ table, forest }, i) => ({ table: { ...table, pack: store.packs[i]! }, forest }));
}

interface Numbers {
  readonly byteLength: number;
  readonly length: number;
  set(other: ArrayLike<number>): void;
}

/** The same numbers in an array that may be posted without being copied. */
export function sharedCopy<T extends Numbers & ArrayLike<number>>(numbers: T): T {
  const Kind = numbers.constructor as new (memory: SharedArrayBuffer) => T;
  const copy = new Kind(new SharedArrayBuffer(numbers.byteLength));
  copy.set(numbers);
  return copy;
}
