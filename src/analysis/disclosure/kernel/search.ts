import type { Sieve } from '../../../model/disclosure.ts';
import type { Automaton } from './automaton.ts';
import type { Heap } from './heap.ts';
import type { KernelExports } from './module.ts';
import type { Openings } from './openings.ts';
import { OPENINGS, openingsOf } from './openings.ts';

/** Text that is searched in one go; its hits have room however many they are. */
const SLICE = 1 << 20;
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

/** For a pattern: under which conditions its hits are kept. Any of them will do, each a list of sieves that must all hold. */
export type Sieved = (
  pattern: number,
) => readonly { readonly length: number; readonly sieves: readonly Sieve[] }[];

/**
 * Puts the automaton's tables into the kernel's memory. With `sieved`, hits that cannot matter are dropped there. The filter
 * that makes long texts fast is made when so many bytes (`filterFrom`) have been searched: a hook never needs it.
 */
export function prepareSearch(
  kernel: KernelExports,
  heap: Heap,
  automaton: Automaton,
  sieved?: Sieved,
  filterFrom: number = 1 << 20,
): Search {
  const { patterns } = automaton;
  const hits = heap.allocate(SLICE * 8);
  const table = heap.allocate(automaton.table.byteLength);
  heap.bytes().set(new Uint8Array(automaton.table.buffer), table);
  // At once as large as it can become: memory that grows in a search would make the caller's views of it void.
  const machine = heap.allocate(MACHINE + (OPENINGS / 2 + 1) * 16);
  layMachine(heap, machine, automaton, table);
  let searched = 0;
  let hasFilter = false;
  const makeFilter = (): void => {
    hasFilter = true;
    const openings = openingsOf(
      patterns.flatMap((pattern, i) =>
        sieved === undefined
          ? [{ pattern, sieves: [] }]
          : sieved(i).map(({ sieves }) => ({ pattern, sieves })),
      ),
    );
    if (openings !== undefined) layFilter(heap, machine, automaton, openings);
  };
  const warm = automaton.longest - 1;
  const programs = sieved === undefined ? undefined : layPrograms(heap, automaton, sieved);
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
          count = kernel.sift(hits, count, address, address + size, programs, automaton.accept);
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
function layMachine(heap: Heap, machine: number, { classes, shift, accept }: Automaton, table: number): void {
  heap.words().set([table, shift, accept, 0, 0, 0], machine / 4);
  heap.bytes().set(classes, machine + 256);
}

function layFilter(heap: Heap, machine: number, { firsts }: Automaton, openings: Openings): void {
  heap.words().set(firsts, machine / 4 + 3);
  const memory = heap.bytes();
  memory.set(openings.table, machine + HEAD);
  memory.set(new Uint8Array(openings.groupOf.buffer), machine + HEAD + OPENINGS);
  memory.set(openings.groups, machine + MACHINE);
}

const SIDES: readonly Sieve['side'][] = ['after', 'before', 'at'];

/** Lays out what kernel/sift.ts reads: an address for each accepting state, the programs, the tables. */
function layPrograms(heap: Heap, automaton: Automaton, sieved: Sieved): number {
  const { accept, states } = automaton;
  const tables: Uint8Array[] = [];
  const setOf = numbering<Uint8Array>();
  const known = new Map<string, number>();
  const tableOf = ({ run, counted = run, follows }: Sieve): number => {
    const key = `${setOf(run)} ${setOf(counted)} ${follows === undefined ? '' : setOf(follows)}`;
    let number = known.get(key);
    if (number === undefined) {
      number = tables.length;
      known.set(key, number);
      const table = new Uint8Array(256);
      for (let byte = 0; byte < 256; byte++)
        table[byte] =
          (run[byte] === 0 ? 0 : 1) | (counted[byte] === 0 ? 0 : 2) | ((follows?.[byte] ?? 0) === 0 ? 0 : 4);
      tables.push(table);
    }
    return number;
  };
  const accepting = states - accept;
  const starts: number[] = [];
  const words: number[] = [];
  const tableWords: number[] = [];
  for (let state = 0; state < accepting; state++) {
    const alternatives = automaton.patternsAt(accept | state).flatMap((pattern) => sieved(pattern));
    if (alternatives.some(({ sieves }) => sieves.length === 0)) {
      starts.push(-1);
      continue;
    }
    starts.push(words.length);
    words.push(alternatives.length);
    for (const { length, sieves } of alternatives) {
      words.push(length, sieves.length);
      // What looks at the fewest bytes is asked first.
      for (const sieve of sieves.toSorted((a, b) => a.most - b.most)) {
        tableWords.push(words.length + 1);
        words.push(
          SIDES.indexOf(sieve.side),
          tableOf(sieve),
          sieve.least,
          sieve.most,
          sieve.follows === undefined ? 0 : 1,
        );
      }
    }
  }
  const programsAt = accepting * 4;
  const tablesAt = programsAt + words.length * 4;
  const address = heap.allocate(tablesAt + tables.length * 256);
  for (const at of tableWords) words[at] = address + tablesAt + words[at]! * 256;
  const memory = heap.words();
  starts.forEach((start, state) => {
    memory[address / 4 + state] = start === -1 ? 0 : address + programsAt + start * 4;
  });
  memory.set(words, (address + programsAt) / 4);
  tables.forEach((table, i) => heap.bytes().set(table, address + tablesAt + i * 256));
  return address;
}

/** Numbers things as they come. */
function numbering<T>(): (thing: T) => number {
  const numbers = new Map<T, number>();
  return (thing) => {
    let number = numbers.get(thing);
    if (number === undefined) {
      number = numbers.size;
      numbers.set(thing, number);
    }
    return number;
  };
}
