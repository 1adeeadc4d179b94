/** Tables for the kernel's multi-pattern search: see kernel/search.ts for what they mean. */
export interface Automaton {
  /** 256 classes of bytes; upper and lower case of ASCII letters are one. */
  readonly classes: Uint8Array;
  /** Rows of `1 << shift` bytes, one u16 a class. */
  readonly table: Uint16Array;
  readonly shift: number;
  /** The bit in the number of every state in which a pattern ends. */
  readonly accept: number;
  /**
   * The first number of states in which two, three, four or more bytes of a pattern have been read: those in which none ends are
   * numbered by that.
   */
  readonly firsts: readonly [number, number, number];
  /** One above the greatest number of a state. */
  readonly states: number;
  /** Bytes of the longest pattern. */
  readonly longest: number;
  readonly patterns: readonly string[];
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
  const trie = buildTrie(patterns, classes);
  if (trie.states > MOST_STATES) throw new RangeError(`${trie.states} states`);
  return encode(trie, follow(trie, count), classes, count, patterns);
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

/** Each state but the root has one edge that leads to it; a state's edges are a chain, last made first. 0 ends a chain. */
interface Trie {
  readonly states: number;
  readonly firstEdge: Uint16Array;
  readonly nextEdge: Uint16Array;
  /** The class on the edge that leads to the state. */
  readonly classOf: Uint8Array;
  /** Patterns that end in a state, without those of its fallbacks. */
  readonly own: ReadonlyMap<number, readonly number[]>;
}

function buildTrie(patterns: readonly string[], classes: Uint8Array): Trie {
  let most = 1;
  for (const pattern of patterns) most += pattern.length;
  const firstEdge = new Uint16Array(most);
  const nextEdge = new Uint16Array(most);
  const classOf = new Uint8Array(most);
  const own = new Map<number, number[]>();
  let states = 1;
  for (let pattern = 0; pattern < patterns.length; pattern++) {
    const text = patterns[pattern]!;
    let state = 0;
    for (let i = 0; i < text.length; i++) {
      const c = classes[fold(text.charCodeAt(i))]!;
      let child = firstEdge[state]!;
      while (child !== 0 && classOf[child] !== c) child = nextEdge[child]!;
      if (child === 0) {
        child = states++;
        // What is numbered beyond 16 bits is refused by the caller; until then it only has to end.
        if (child > MOST_STATES) return { states: most, firstEdge, nextEdge, classOf, own };
        classOf[child] = c;
        nextEdge[child] = firstEdge[state]!;
        firstEdge[state] = child;
      }
      state = child;
    }
    const there = own.get(state);
    if (there === undefined) own.set(state, [pattern]);
    else there.push(pattern);
  }
  return { states, firstEdge, nextEdge, classOf, own };
}

/** Where each state goes on when none of its edges fits, and what ends in it. */
interface Followed {
  /** States but the root, those of shorter texts first. */
  readonly order: Uint16Array;
  readonly fallback: Uint16Array;
  readonly ends: readonly (readonly number[] | undefined)[];
}

function follow({ states, firstEdge, nextEdge, classOf, own }: Trie, count: number): Followed {
  const fallback = new Uint16Array(states);
  const order = new Uint16Array(Math.max(0, states - 1));
  const ends: (readonly number[] | undefined)[] = Array.from({ length: states });
  const fromRoot = new Uint16Array(count);
  let length = 0;
  for (let child = firstEdge[0]!; child !== 0; child = nextEdge[child]!) {
    fromRoot[classOf[child]!] = child;
    order[length++] = child;
  }
  for (let i = 0; i < length; i++) {
    const state = order[i]!;
    const mine = own.get(state);
    const shorter = ends[fallback[state]!];
    ends[state] =
      mine === undefined
        ? shorter
        : shorter === undefined
          ? mine
          : [...mine, ...shorter].sort((a, b) => a - b);
    for (let child = firstEdge[state]!; child !== 0; child = nextEdge[child]!) {
      order[length++] = child;
      const c = classOf[child]!;
      let through = fallback[state]!;
      let found = 0;
      while (through !== 0) {
        found = firstEdge[through]!;
        while (found !== 0 && classOf[found] !== c) found = nextEdge[found]!;
        if (found !== 0) break;
        through = fallback[through]!;
      }
      fallback[child] = found !== 0 ? found : fromRoot[c]!;
    }
  }
  return { order, fallback, ends };
}

/**
 * Numbers the states so that those in which patterns end have a bit of their own, and writes the rows: a state's row is that of
 * its fallback but for its own edges. Rows are copied as a whole, which costs little even before this code is compiled.
 */
function encode(
  { states, firstEdge, nextEdge, classOf }: Trie,
  { order, fallback, ends }: Followed,
  classes: Uint8Array,
  count: number,
  patterns: readonly string[],
): Automaton {
  let plain = 0;
  for (const ended of ends) if (ended === undefined) plain++;
  const accept = powerAtLeast(Math.max(plain, states - plain, 1));
  const numbers = new Uint16Array(states);
  const depths = new Uint8Array(states);
  const patternsOf: (readonly number[])[] = [];
  /** How many states have each depth and no end of a pattern, the root aside; the last: four or more. */
  const shallow: [number, number, number, number] = [0, 0, 0, 0];
  plain = 1;
  depthOfEdges(0);
  // By depth, which also puts rows together that are read most.
  for (const state of order) {
    depthOfEdges(state);
    const ended = ends[state];
    numbers[state] = ended === undefined ? plain++ : accept | (patternsOf.push(ended) - 1);
    if (ended === undefined) shallow[depths[state]! - 1]!++;
  }
  function depthOfEdges(state: number): void {
    for (let child = firstEdge[state]!; child !== 0; child = nextEdge[child]!)
      depths[child] = Math.min(depths[state]! + 1, 4);
  }
  const shift = Math.log2(powerAtLeast(count));
  const table = new Uint16Array((accept + patternsOf.length) << shift);
  const writeEdges = (state: number): void => {
    const row = numbers[state]! << shift;
    for (let child = firstEdge[state]!; child !== 0; child = nextEdge[child]!)
      table[row + classOf[child]!] = numbers[child]!;
  };
  writeEdges(0);
  for (const state of order) {
    const from = numbers[fallback[state]!]! << shift;
    table.copyWithin(numbers[state]! << shift, from, from + (1 << shift));
    writeEdges(state);
  }
  const none: readonly number[] = [];
  return {
    classes,
    table,
    shift: shift + 1,
    accept,
    firsts: [1 + shallow[0], 1 + shallow[0] + shallow[1], 1 + shallow[0] + shallow[1] + shallow[2]],
    states: accept + patternsOf.length,
    longest: longestOf(patterns),
    patterns,
    patternsAt: (state) => patternsOf[state - accept] ?? none,
  };
}

function longestOf(patterns: readonly string[]): number {
  let longest = 1;
  for (const pattern of patterns) longest = Math.max(longest, pattern.length);
  return longest;
}

function powerAtLeast(n: number): number {
  let power = 1;
  while (power < n) power *= 2;
  return power;
}
