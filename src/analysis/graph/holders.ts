import { NODE, type QuestionGraph } from './question.ts';
import { nodeCounts, reachOver, sourceCounts, sourcesOf } from './reach.ts';
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
  const of: number[][] = Array.from(directs, () => []);
  const ask = reachOver(graph, stopsOf(graph));
  for (let start = 0; start < directs.length; start += PIECE) {
    const piece = directs.subarray(start, start + PIECE);
    const sets = ask(piece);
    sourceCounts(sets).forEach((more, node) => {
      if (more > 0 && count[node]! < 3) {
        const found = sourcesOf(sets, node);
        for (let i = 0; i < found.length && count[node]! + i < 3; i++)
          first[node * 3 + count[node]! + i] = start + found[i]!;
      }
      count[node]! += more;
    });
    directs.forEach((node, direct) => {
      if (of[direct]!.length >= 5) return;
      for (const source of sourcesOf(sets, node))
        if (start + source !== direct && of[direct]!.length < 5) of[direct]!.push(start + source);
    });
    for (const { marks, totals } of tallies) totals.set(nodeCounts(sets, marks, piece.length), start);
    for (const node of heard) for (const source of sourcesOf(sets, node)) onReach(node, start + source);
  }
  const orphans = [...flags.keys()].filter((node) => flags[node]! & NODE.orphan);
  const byOrphans = Uint8Array.from(distances(graph, orphans, stopsOf(graph)), (step) => Number(step !== -1));
  return { directs, count, first, byOrphans, of };
}

/** Direct dependencies of a question graph, ascending. */
export function directsOf({ flags }: QuestionGraph): Uint32Array {
  return Uint32Array.from(flags.keys()).filter((node) => flags[node]! & NODE.direct);
}

/** The nodes whose edges are declarations: the virtual root and the roots. */
export function stopsOf({ flags }: QuestionGraph): Uint8Array {
  return flags.map((flag, node) => Number(node === 0 || (flag & NODE.root) !== 0));
}
