import { NODE, type QuestionGraph } from './question.ts';
import { eachSource, nodeCounts, reachOver, sourceCounts, sourcesOf } from './reach.ts';
import { marked } from './rows.ts';
import { distances } from './search.ts';

/** Who holds what: which direct dependencies need a component, and which of them is itself needed by others. */
export interface Holders {
  /** Nodes of the direct dependencies, ascending; numbers below are positions in it. */
  readonly directs: Uint32Array;
  /** By node: how many direct dependencies reach it; a direct one reaches itself. */
  readonly count: Uint32Array;
  /** By node: the first three of them, `first[node * 3 …]`; as many as `count` says. */
  readonly first: Uint32Array;
  /** By node: 1 where a component that nothing asks for is, or reaches it: no set of direct dependencies frees it for sure. */
  readonly byOrphans: Uint8Array;
  /** By direct: the first five others that reach it. */
  readonly of: readonly (readonly number[])[];
}

/** Adds up, for each direct dependency, over everything that it reaches. */
export interface Tally {
  /** Marks of the nodes that count. */
  readonly marks: Uint8Array;
  /** By direct: how many marked nodes it reaches; filled by `holdersOf`. */
  readonly totals: Uint32Array;
}

/** How many direct dependencies are asked about at a time: 32 words for each node bound the memory, whatever their number. */
const PIECE = 1024;

/**
 * Who needs what in a question graph. Roots are always there, and what they ask for is a declaration that can be dropped:
 * edges out of them are not followed, so that a dependency that leads back to a workspace does not hold what that one declares.
 * `tallies` are filled, and `onReach` hears for each node of `heard` which directs reach it, piece by piece.
 */
export function holdersOf(
  graph: QuestionGraph,
  tallies: readonly Tally[] = [],
  heard: readonly number[] = [],
  onReach: (node: number, direct: number) => void = () => {},
): Holders {
  const { count: nodes, flags } = graph;
  const directs = directsOf(graph);
  const count = new Uint32Array(nodes);
  const first = new Uint32Array(nodes * 3);
  const of: number[][] = Array.from({ length: directs.length }, () => []);
  const ask = reachOver(graph, stopsOf(graph));
  for (let start = 0; start < directs.length; start += PIECE) {
    const piece = directs.subarray(start, start + PIECE);
    const sets = ask(piece);
    const counts = sourceCounts(sets);
    for (let node = 0; node < nodes; node++) {
      if (counts[node] === 0) continue;
      let at = count[node]!;
      if (at < 3)
        eachSource(sets, node, (source) => {
          first[node * 3 + at++] = start + source;
          return at < 3;
        });
      count[node]! += counts[node]!;
    }
    for (let direct = 0; direct < directs.length; direct++) {
      const others = of[direct]!;
      if (others.length < 5)
        for (const source of sourcesOf(sets, directs[direct]!, 6))
          if (start + source !== direct && others.length < 5) others.push(start + source);
    }
    for (const { marks, totals } of tallies) totals.set(nodeCounts(sets, marks, piece.length), start);
    for (const node of heard)
      eachSource(sets, node, (source) => {
        onReach(node, start + source);
        return true;
      });
  }
  const steps = distances(graph, nodesThatAre(flags, NODE.orphan), stopsOf(graph));
  const byOrphans = new Uint8Array(nodes);
  for (let node = 0; node < nodes; node++) if (steps[node] !== -1) byOrphans[node] = 1;
  return { directs, count, first, byOrphans, of };
}

/** Direct dependencies of a question graph, ascending. */
export function directsOf({ flags }: QuestionGraph): Uint32Array {
  return nodesThatAre(flags, NODE.direct);
}

/** The nodes whose edges are declarations: the virtual root and the roots. */
export function stopsOf({ flags }: QuestionGraph): Uint8Array {
  const stops = new Uint8Array(flags.length);
  for (let node = 0; node < flags.length; node++) stops[node] = flags[node]! & NODE.root;
  stops[0] = 1;
  return stops;
}

/** Nodes with a flag, ascending. */
function nodesThatAre(flags: Uint8Array, flag: number): Uint32Array {
  const marks = new Uint8Array(flags.length);
  for (let node = 0; node < flags.length; node++) marks[node] = flags[node]! & flag;
  return marked(marks);
}
