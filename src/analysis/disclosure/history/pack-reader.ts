import type { Heap } from '../kernel/heap.ts';
import type { KernelExports } from '../kernel/module.ts';
import { Status } from '../kernel/module.ts';
import { openPackInput } from './input.ts';
import { statusWords } from './losses.ts';
import type { PackTable } from './pack-table.ts';

/** Inflates a pack's objects within the kernel's memory. */
export interface PackReader {
  /** Why a row's data cannot be what it states to be; asked before memory is set aside for it. */
  misstated(row: number): string | undefined;
  /** Inflates a row's data to an address that has room for `sizes[row]`; why not, when it cannot. */
  inflate(row: number, to: number): string | undefined;
  /** Inflates a row's delta to `delta`; why not, when it cannot. */
  inflateDelta(row: number): string | undefined;
  /** Where the last delta lies. */
  readonly delta: number;
  release(): void;
}

const SCRATCH = 256 * 1024;
/** Deflate makes no more of one byte: two bits for 258. A header that states more is damaged, or made to fill memory. */
const MOST_OF_ONE = 1032;

export function openPackReader(table: PackTable, kernel: KernelExports, heap: Heap): PackReader {
  const input = openPackInput(table.pack, heap);
  let scratchSize = SCRATCH;
  let scratch = heap.allocate(scratchSize);

  const inflate = (row: number, to: number): string | undefined => {
    const start = table.offsets[row]! + table.headers[row]!;
    const end = table.offsets[row + 1]!;
    const from = end > start ? input.at(start, end) : -1;
    if (from === -1) return 'the pack is cut short';
    const status = kernel.inflate(from, from + (end - start), to, to + table.sizes[row]!);
    return status === Status.ok ? undefined : statusWords(status);
  };

  const misstated = (row: number): string | undefined =>
    table.sizes[row]! > Math.max(0, table.offsets[row + 1]! - table.offsets[row]!) * MOST_OF_ONE
      ? 'it states a size that its data cannot have'
      : undefined;

  return {
    misstated,
    inflate,
    inflateDelta: (row) => {
      const why = misstated(row);
      if (why !== undefined) return why;
      const size = table.sizes[row]!;
      if (size > scratchSize) {
        heap.free(scratch);
        scratchSize = size;
        scratch = heap.allocate(scratchSize);
      }
      return inflate(row, scratch);
    },
    get delta() {
      return scratch;
    },
    release: () => {
      heap.free(scratch);
      input.release();
    },
  };
}
