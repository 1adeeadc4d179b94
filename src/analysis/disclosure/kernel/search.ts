import type { Heap } from './heap.ts';
import type { KernelExports } from './module.ts';
import type { Openings } from './openings.ts';
import { OPENINGS } from './openings.ts';
import type { Programs, SearchTables } from './search-tables.ts';

/**
 * Text that is searched in one go; its hits have room however many they are. With more room a hook would hold so much that V8 collects
 * all of it once.
 */
const SLICE = 1 << 17;
/** What the kernel reads of an automaton beside its table: kernel/search.ts has the layout. */
const HEAD = 512;
const MACHINE: number = HEAD + OPENINGS * 3;

/** Finds an automaton's patterns in text that lies in the kernel's memory. */
export interface Search {
  /**
   * Hands over the hits of each slice in the order of the text: pairs of the address of a pattern's last byte and the state
   * (`Automaton.patternsAt`). The array is valid until the visitor returns. Patterns are found across slices.
   */
  search(address: number, size: number, visit: (hits: Uint32Array) => void): void;
  release(): void;
}

/**
 * Puts the tables into the kernel's memory. The filter that makes long texts fast is put there when so many bytes
 * (`filterFrom`) have been searched: a hook never needs it.
 */
export function prepareSearch(
  kernel: KernelExports,
  heap: Heap,
  tables: SearchTables,
  filterFrom: number = 1 << 20,
): Search {
  const hits = heap.allocate(SLICE * 8);
  const table = heap.allocate(tables.table.length);
  heap.bytes().set(tables.table, table);
  // At once as large as it can become: memory that grows in a search would make the caller's views of it void.
  const machine = heap.allocate(MACHINE + (OPENINGS / 2 + 1) * 16);
  layMachine(heap, machine, tables, table);
  let searched = 0;
  let hasFilter = false;
  const makeFilter = (): void => {
    hasFilter = true;
    const openings = tables.openings();
    if (openings !== undefined) layFilter(heap, machine, tables, openings);
  };
  const warm = tables.longest - 1;
  const programs = tables.programs === undefined ? undefined : layPrograms(heap, tables.programs);
  return {
    search: (address, size, visit) => {
      searched += size;
      if (!hasFilter && searched >= filterFrom) makeFilter();
      for (let done = 0; done < size; done += SLICE) {
        const length = Math.min(SLICE, size - done);
        let count = kernel.search(
          address + done,
          address + done + length,
          Math.min(warm, done),
          machine,
          hits,
        );
        if (programs !== undefined && count > 0)
          count = kernel.sift(hits, count, address, address + size, programs, tables.accept);
        if (count > 0) visit(heap.words().subarray(hits / 4, hits / 4 + count * 2));
      }
    },
    release: () => {
      for (const address of [machine, table, hits]) heap.free(address);
      if (programs !== undefined) heap.free(programs);
    },
  };
}

/** What the kernel reads of an automaton beside its table; without a filter, everything is read with the table. */
function layMachine(
  heap: Heap,
  machine: number,
  { classes, shift, accept }: SearchTables,
  table: number,
): void {
  heap.words().set([table, shift, accept, 0, 0, 0], machine / 4);
  heap.bytes().set(classes, machine + 256);
}

function layFilter(heap: Heap, machine: number, { firsts }: SearchTables, openings: Openings): void {
  heap.words().set(firsts, machine / 4 + 3);
  const memory = heap.bytes();
  memory.set(openings.table, machine + HEAD);
  memory.set(bytesOf(openings.groupOf), machine + HEAD + OPENINGS);
  memory.set(openings.groups, machine + MACHINE);
}

function layPrograms(heap: Heap, { words, addresses }: Programs): number {
  const address = heap.allocate(words.byteLength);
  const memory = heap.words();
  memory.set(words, address / 4);
  for (const at of addresses) memory[address / 4 + at]! += address;
  return address;
}

function bytesOf({ buffer, byteOffset, byteLength }: Uint16Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
