import type { Sieve } from '../../../model/disclosure.ts';
import type { Automaton } from './automaton.ts';
import type { Openings } from './openings.ts';
import { openingsOf } from './openings.ts';

/** What the kernel's search reads beside the text, at no address yet: it can be made once, kept, and put into any memory. */
export interface SearchTables extends Pick<Automaton, 'classes' | 'shift' | 'accept' | 'firsts' | 'longest'> {
  /** The automaton's rows as bytes, the lower one of each number first. */
  readonly table: Uint8Array;
  /** What drops hits that cannot matter; absent: all are kept. */
  readonly programs?: Programs;
  /** What lets long texts be searched fast; `undefined` where it would not. Made when it is first asked for. */
  openings(): Openings | undefined;
}

/** What kernel/sift.ts reads: an address for each accepting state, the programs, the tables. */
export interface Programs {
  /** In numbers of 32 bits; addresses count from the start of these. */
  readonly words: Uint32Array;
  /** Which of them are addresses. */
  readonly addresses: Uint32Array;
}

/** For a pattern: under which conditions its hits are kept. Any of them will do, each a list of sieves that must all hold. */
export type Sieved = (
  pattern: number,
) => readonly { readonly length: number; readonly sieves: readonly Sieve[] }[];

/** The tables of an automaton. With `sieved`, hits that cannot matter are dropped. */
export function searchTables(automaton: Automaton, sieved?: Sieved): SearchTables {
  const { classes, shift, accept, firsts, longest, table, patterns } = automaton;
  let openings: Openings | undefined;
  let isAsked = false;
  return {
    classes,
    shift,
    accept,
    firsts,
    longest,
    table: new Uint8Array(table.buffer, table.byteOffset, table.byteLength),
    ...(sieved === undefined ? {} : { programs: programsOf(automaton, sieved) }),
    openings: () => {
      if (!isAsked)
        openings = openingsOf(
          patterns.flatMap((pattern, i) =>
            sieved === undefined
              ? [{ pattern, sieves: [] }]
              : sieved(i).map(({ sieves }) => ({ pattern, sieves })),
          ),
        );
      isAsked = true;
      return openings;
    },
  };
}

const SIDES: readonly Sieve['side'][] = ['after', 'before', 'at', 'given'];
/** Numbers that a table of 256 bytes takes. */
const TABLE_WORDS = 64;

function programsOf(automaton: Automaton, sieved: Sieved): Programs {
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
  /** 0: every hit is kept. */
  const words: number[] = Array.from({ length: accepting }, () => 0);
  const addresses: number[] = [];
  const tableWords: number[] = [];
  for (let state = 0; state < accepting; state++) {
    const alternatives = automaton.patternsAt(accept | state).flatMap((pattern) => sieved(pattern));
    if (alternatives.some(({ sieves }) => sieves.length === 0)) continue;
    addresses.push(state);
    words[state] = words.length * 4;
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
  const tablesAt = words.length;
  const laid = new Uint32Array(tablesAt + tables.length * TABLE_WORDS);
  for (const at of tableWords) {
    addresses.push(at);
    words[at] = (tablesAt + words[at]! * TABLE_WORDS) * 4;
  }
  laid.set(words);
  const bytes = new Uint8Array(laid.buffer);
  tables.forEach((table, i) => bytes.set(table, (tablesAt + i * TABLE_WORDS) * 4));
  return { words: laid, addresses: Uint32Array.from(addresses) };
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
