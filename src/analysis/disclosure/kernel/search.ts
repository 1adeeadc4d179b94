import type { Sieve } from '../../../model/disclosure.ts';
import type { Automaton } from './automaton.ts';
import type { Heap } from './heap.ts';
import type { KernelExports } from './module.ts';
import { OPENINGS, openingsOf } from './openings.ts';

/** Text that is searched in one go; its hits have room however many they are. */
const SLICE = 1 << 20;
/** What the kernel reads of an automaton beside its table: kernel/search.ts has the layout. */
const MACHINE = 512 + OPENINGS * 3;

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

/** Puts the automaton's tables into the kernel's memory. With `sieved`, hits that cannot matter are dropped there. */
export function prepareSearch(
  kernel: KernelExports,
  heap: Heap,
  automaton: Automaton,
  sieved?: Sieved,
): Search {
  const { classes, table, shift, accept, firsts, patterns } = automaton;
  const openings = openingsOf(
    patterns.flatMap((pattern, i) =>
      sieved === undefined ? [{ pattern, sieves: [] }] : sieved(i).map(({ sieves }) => ({ pattern, sieves })),
    ),
  );
  const hits = heap.allocate(SLICE * 8);
  const tableAt = MACHINE + (openings === undefined ? 0 : openings.groups.length);
  const machine = heap.allocate(tableAt + table.byteLength);
  heap
    .words()
    .set([machine + tableAt, shift, accept, ...(openings === undefined ? [0, 0, 0] : firsts)], machine / 4);
  const memory = heap.bytes();
  memory.set(classes, machine + 256);
  memory.set(new Uint8Array(table.buffer), machine + tableAt);
  if (openings !== undefined) {
    memory.set(openings.table, machine + 512);
    memory.set(new Uint8Array(openings.groupOf.buffer), machine + 512 + OPENINGS);
    memory.set(openings.groups, machine + MACHINE);
  }
  const warm = automaton.longest - 1;
  const programs = sieved === undefined ? undefined : layPrograms(heap, automaton, sieved);
  return {
    search: (address, size, visit) => {
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
      for (const address of [machine, hits]) heap.free(address);
      if (programs !== undefined) heap.free(programs);
    },
  };
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
