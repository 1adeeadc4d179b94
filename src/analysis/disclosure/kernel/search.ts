import type { Automaton } from './automaton.ts';
import type { Heap } from './heap.ts';
import type { KernelExports } from './module.ts';

/** Text that is searched in one go; its hits have room however many they are. */
const SLICE = 1 << 20;

/** Finds an automaton's patterns in text that lies in the kernel's memory. */
export interface Search {
  /**
   * Hands over the hits of each slice in the order of the text: pairs of the address of a pattern's last byte and the state
   * (`Automaton.patternsAt`). The array is valid until the visitor returns. Patterns are found across slices.
   */
  search(address: number, size: number, visit: (hits: Uint32Array) => void): void;
  release(): void;
}

/** Puts the automaton's tables into the kernel's memory. */
export function prepareSearch(kernel: KernelExports, heap: Heap, automaton: Automaton): Search {
  const classes = heap.allocate(256);
  const table = heap.allocate(automaton.table.byteLength);
  const hits = heap.allocate(SLICE * 8);
  heap.bytes().set(automaton.classes, classes);
  new Uint16Array(heap.bytes().buffer, table).set(automaton.table);
  const warm = automaton.longest - 1;
  return {
    search: (address, size, visit) => {
      for (let done = 0; done < size; done += SLICE) {
        const length = Math.min(SLICE, size - done);
        const count = kernel.search(
          address + done,
          address + done + length,
          Math.min(warm, done),
          table,
          automaton.shift,
          classes,
          automaton.accept,
          warm,
          hits,
        );
        if (count > 0) visit(heap.words().subarray(hits / 4, hits / 4 + count * 2));
      }
    },
    release: () => {
      for (const address of [classes, table, hits]) heap.free(address);
    },
  };
}
