/** Tables for the kernel's multi-pattern search: see kernel/search.ts for what they mean. */
export interface Automaton {
  /** 256 classes of bytes; upper and lower case of ASCII letters are one. */
  readonly classes: Uint8Array;
  /** Rows of `1 << shift` bytes, one u16 a class. */
  readonly table: Uint16Array;
  readonly shift: number;
  /** The bit in the number of every state in which a pattern ends. */
  readonly accept: number;
  /** One above the greatest number of a state. */
  readonly states: number;
  /** Bytes of the longest pattern. */
  readonly longest: number;
  /** The patterns (their indexes, ascending) that end in an accepting state. */
  patternsAt(state: number): readonly number[];
}

/** A u16 holds the state, and one bit of it says that it accepts. */
const MOST_STATES = 0x8000;

/**
 * Builds an Aho–Corasick automaton that finds all patterns at once, ASCII letters in either case. A pattern is a string of
 * bytes (code units up to 255): UTF-8 text has to be encoded by the caller. Empty patterns and those with larger units are
 * refused with a RangeError, and so are more than 32,768 states: split the patterns then (`buildAutomata` does).
 */
export function buildAutomaton(patterns: readonly string[]): Automaton {
  const { classes, count } = classesOf(patterns);
  const trie = buildTrie(patterns, classes, count);
  if (trie.states > MOST_STATES) throw new RangeError(`${trie.states} states`);
  const ends = follow(trie, count);
  return encode(trie, ends, classes, count, Math.max(1, ...patterns.map((pattern) => pattern.length)));
}

/** As many automata as the patterns need. Each comes with the index of its first pattern; pattern indexes count from there. */
export function buildAutomata(
  patterns: readonly string[],
): readonly { readonly first: number; readonly automaton: Automaton }[] {
  const made: { readonly first: number; readonly automaton: Automaton }[] = [];
  let first = 0;
  let units = 1;
  for (let i = 0; i <= patterns.length; i++) {
    const length = patterns[i]?.length ?? Number.POSITIVE_INFINITY;
    if (units + length > MOST_STATES && i > first) {
      made.push({ first, automaton: buildAutomaton(patterns.slice(first, i)) });
      first = i;
      units = 1;
    }
    units += length;
  }
  return made;
}

const fold = (unit: number): number => (unit >= 0x41 && unit <= 0x5a ? unit + 0x20 : unit);

/** Class 0 is for bytes that no pattern has. */
function classesOf(patterns: readonly string[]): { readonly classes: Uint8Array; readonly count: number } {
  const classes = new Uint8Array(256);
  let count = 1;
  for (const pattern of patterns) {
    if (pattern === '') throw new RangeError('an empty pattern');
    for (let i = 0; i < pattern.length; i++) {
      const unit = fold(pattern.charCodeAt(i));
      if (unit > 255) throw new RangeError(`a pattern is no string of bytes: ${JSON.stringify(pattern)}`);
      if (classes[unit] === 0) classes[unit] = count++;
    }
  }
  for (let unit = 0x41; unit <= 0x5a; unit++) classes[unit] = classes[unit + 0x20]!;
  return { classes, count };
}

interface Trie {
  /** `next[state * count + class]`; 0 where there is none (the root follows nothing). */
  next: Int32Array;
  states: number;
  readonly own: number[][];
}

function buildTrie(patterns: readonly string[], classes: Uint8Array, count: number): Trie {
  const trie: Trie = { next: new Int32Array(1024 * count), states: 1, own: [[]] };
  for (let pattern = 0; pattern < patterns.length; pattern++) {
    const text = patterns[pattern]!;
    let state = 0;
    for (let i = 0; i < text.length; i++) {
      const at = state * count + classes[fold(text.charCodeAt(i))]!;
      if (trie.next[at] === 0) {
        if ((trie.states + 1) * count > trie.next.length) {
          const larger = new Int32Array(trie.next.length * 2);
          larger.set(trie.next);
          trie.next = larger;
        }
        trie.own.push([]);
        trie.next[at] = trie.states++;
      }
      state = trie.next[at]!;
    }
    trie.own[state]!.push(pattern);
  }
  return trie;
}

/** Completes `next` to a total function, breadth first, and gives all patterns that end in each state. */
function follow(trie: Trie, count: number): number[][] {
  const { next, own } = trie;
  const fallback = new Int32Array(trie.states);
  const queue = new Int32Array(trie.states);
  const ends: number[][] = Array.from(own, (patterns) => patterns);
  let length = 0;
  for (let c = 0; c < count; c++) if (next[c] !== 0) queue[length++] = next[c]!;
  for (let i = 0; i < length; i++) {
    const state = queue[i]!;
    const shorter = fallback[state]!;
    if (ends[shorter]!.length > 0) ends[state] = [...own[state]!, ...ends[shorter]!].sort((a, b) => a - b);
    for (let c = 0; c < count; c++) {
      const at = state * count + c;
      const through = next[shorter * count + c]!;
      if (next[at] === 0) next[at] = through;
      else {
        fallback[next[at]!] = through;
        queue[length++] = next[at]!;
      }
    }
  }
  return ends;
}

/** Renumbers the states so that those in which patterns end have a bit of their own. */
function encode(
  trie: Trie,
  ends: readonly (readonly number[])[],
  classes: Uint8Array,
  count: number,
  longest: number,
): Automaton {
  const { states, next } = trie;
  let plain = 0;
  let accepting = 0;
  for (const patterns of ends) if (patterns.length === 0) plain++;
  const accept = powerAtLeast(Math.max(plain, states - plain, 1));
  const numbers = new Uint16Array(states);
  plain = 0;
  const patternsOf: (readonly number[])[] = [];
  for (let state = 0; state < states; state++) {
    if (ends[state]!.length === 0) numbers[state] = plain++;
    else {
      numbers[state] = accept | accepting++;
      patternsOf.push(ends[state]!);
    }
  }
  const columns = powerAtLeast(count);
  const table = new Uint16Array((accept + accepting) * columns);
  for (let state = 0; state < states; state++)
    for (let c = 0; c < count; c++) table[numbers[state]! * columns + c] = numbers[next[state * count + c]!]!;
  const none: readonly number[] = [];
  return {
    classes,
    table,
    shift: Math.log2(columns) + 1,
    accept,
    states: accept + accepting,
    longest,
    patternsAt: (state) => patternsOf[state - accept] ?? none,
  };
}

function powerAtLeast(n: number): number {
  let power = 1;
  while (power < n) power *= 2;
  return power;
}
