import type { Heap } from '../kernel/heap.ts';
import type { KernelExports } from '../kernel/module.ts';
import type { PackReader } from './pack-reader.ts';
import { openPackReader } from './pack-reader.ts';
import type { PackTable } from './pack-table.ts';

/** Readers of packs for one pass after another. */
export interface SpareReader {
  take(table: PackTable): PackReader;
  giveBack(reader: PackReader): void;
  /** Takes one for a piece of work. */
  use(table: PackTable, work: (reader: PackReader) => void): void;
  /** Gives back what it holds of the kernel's memory. */
  release(): void;
}

/**
 * Keeps the reader of the one pack that most repositories have from pass to pass: its blocks are there still when what was found is
 * followed, or objects are rebuilt, which is done some eight times. Of several packs none is kept, for each has 8 MiB.
 */
export function spareReader(packs: number, kernel: KernelExports, heap: Heap): SpareReader {
  let spare: PackReader | undefined;
  const take = (table: PackTable): PackReader => {
    const reader = spare ?? openPackReader(table, kernel, heap);
    spare = undefined;
    return reader;
  };
  const giveBack = (reader: PackReader): void => {
    if (packs === 1 && spare === undefined) spare = reader;
    else reader.release();
  };
  return {
    take,
    giveBack,
    use: (table, work) => {
      const reader = take(table);
      try {
        work(reader);
      } finally {
        giveBack(reader);
      }
    },
    release: () => {
      spare?.release();
      spare = undefined;
    },
  };
}
