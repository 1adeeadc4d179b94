import { directsOf, stopsOf } from './holders.ts';
import type { QuestionGraph } from './question.ts';

/** How many ways from direct dependencies to components lead through each node. */
export interface Through {
  /**
   * By node: for every direct dependency and every counted component that it reaches, the share of the shortest paths between them
   * that pass the node, added up. Both ends count: a direct dependency has all pairs of its own, a leaf one for each that reaches it.
   */
  readonly through: Float64Array;
  /** All (direct dependency, counted component) pairs. */
  readonly pairs: number;
}

/**
 * How many edges `throughOf` follows: known before, since each direct dependency follows those of every node that it reaches.
 * `count` is that of `holdersOf`. O(nodes).
 */
export function stepsThrough(graph: QuestionGraph, count: Uint32Array): number {
  const { offsets } = graph;
  const stops = stopsOf(graph);
  let steps = 0;
  for (let node = 0; node < graph.count; node++)
    if (stops[node] === 0) steps += count[node]! * (offsets[node + 1]! - offsets[node]!);
  return steps;
}

/**
 * Betweenness from the direct dependencies (Brandes, Journal of Mathematical Sociology 25(2), 2001), exact.
 * Paths do not pass roots: what a workspace asks for is its own. O(directs × edges that each reaches): ask `stepsThrough` first.
 */
export function throughOf(graph: QuestionGraph, counted: Uint8Array): Through {
  const { count, offsets, targets } = graph;
  const stops = stopsOf(graph);
  const through = new Float64Array(count);
  const steps = new Int32Array(count).fill(-1);
  const ways = new Float64Array(count);
  const below = new Float64Array(count);
  const queue = new Uint32Array(count);
  let pairs = 0;
  for (const direct of directsOf(graph)) {
    let end = 0;
    let huge = false;
    queue[end++] = direct;
    steps[direct] = 0;
    ways[direct] = 1;
    for (let head = 0; head < end; head++) {
      const node = queue[head]!;
      if (stops[node]) continue;
      for (let i = offsets[node]!; i < offsets[node + 1]!; i++) {
        const target = targets[i]!;
        if (steps[target] === -1) {
          steps[target] = steps[node]! + 1;
          queue[end++] = target;
        }
        if (steps[target] === steps[node]! + 1) ways[target]! += ways[node]!;
      }
      huge ||= ways[node]! > HUGE;
    }
    if (huge) toLogarithms(graph, stops, queue.subarray(0, end), steps, ways);
    for (let at = end - 1; at >= 0; at--) {
      const node = queue[at]!;
      let sum = counted[node]!;
      pairs += sum;
      if (!stops[node])
        for (let i = offsets[node]!; i < offsets[node + 1]!; i++) {
          const target = targets[i]!;
          if (steps[target] !== steps[node]! + 1) continue;
          const share = huge ? Math.exp(ways[node]! - ways[target]!) : ways[node]! / ways[target]!;
          sum += share * below[target]!;
        }
      below[node] = sum;
      through[node]! += sum;
    }
    for (let at = 0; at < end; at++) {
      steps[queue[at]!] = -1;
      ways[queue[at]!] = 0;
    }
  }
  return { through, pairs };
}

/** Above this, counts of paths are near the end of what a number holds, and their logarithms stand in for them. */
const HUGE = 1e280;

/** Counts of shortest paths as natural logarithms, level by level, for graphs made of diamonds upon diamonds. */
function toLogarithms(
  { offsets, targets }: QuestionGraph,
  stops: Uint8Array,
  order: Uint32Array,
  steps: Int32Array,
  ways: Float64Array,
): void {
  for (const node of order) ways[node] = -Infinity;
  ways[order[0]!] = 0;
  for (const node of order) {
    if (stops[node]) continue;
    for (let i = offsets[node]!; i < offsets[node + 1]!; i++) {
      const target = targets[i]!;
      if (steps[target] !== steps[node]! + 1) continue;
      const [low, high] =
        ways[node]! < ways[target]! ? [ways[node]!, ways[target]!] : [ways[target]!, ways[node]!];
      ways[target] = high + Math.log1p(Math.exp(low - high));
    }
  }
}
