import type { Rows } from './rows.ts';
import { cycleGroups, distances } from './search.ts';

export interface PathCount {
  readonly ways: bigint;
  /** False: there are at least so many. */
  readonly exact: boolean;
}

/** Edges that the search inside cycles may follow in all: some hundredths of a second. */
const MOST_STEPS = 2_000_000;

/**
 * How many loopless paths lead from `start` to `goal`. A path enters a group of nodes that reach each other once and leaves it for good,
 * so the count is a sum over the acyclic graph of groups, times the paths inside each group, which are counted one by one.
 * Where that takes more than `mostSteps` the rest of the group counts one path for each pair of nodes: at least so many.
 * O(nodes + edges) additions of big integers where there are no cycles. `back` is `reversed(rows)`.
 */
export function countPaths(
  rows: Rows,
  back: Rows,
  start: number,
  goal: number,
  mostSteps: number = MOST_STEPS,
): PathCount {
  if (start === goal) return { ways: 1n, exact: true };
  const leads = distances(back, [goal]);
  const reached = distances(rows, [start]);
  const isOn = (node: number): boolean => leads[node] !== -1 && reached[node] !== -1;
  if (!isOn(start)) return { ways: 0n, exact: true };
  const { of, groups } = cycleGroups(rows);
  const members = membersOf(of, groups, isOn);
  const into: (bigint | undefined)[] = [];
  const budget = { steps: mostSteps };
  let exact = true;
  into[start] = 1n;
  // Edges between groups lead to smaller numbers: from the largest down, every group is entered before it is left.
  for (let group = groups - 1; group >= of[goal]!; group--) {
    const nodes = members.nodes.subarray(members.starts[group], members.starts[group + 1]);
    if (nodes.length === 0) continue;
    const at = new Map<number, bigint>();
    let unsearched = 0n;
    for (const entry of nodes) {
      const ways = into[entry];
      if (ways === undefined) continue;
      if (nodes.length === 1) {
        at.set(entry, ways);
        continue;
      }
      if (budget.steps <= 0) {
        unsearched += ways;
        continue;
      }
      // A path ends at the goal: inside the goal's group only those that end there count, and they do not pass it before.
      const inside = pathsInside(rows, of, entry, goal, isOn, budget);
      exact &&= inside.exact;
      for (const [node, count] of inside.counts) at.set(node, (at.get(node) ?? 0n) + ways * count);
    }
    if (unsearched > 0n) {
      // One path at least leads from each of these entries to each node, since the group is strongly connected: no search for it.
      exact = false;
      for (const node of nodes) at.set(node, (at.get(node) ?? 0n) + unsearched);
    }
    if (group === of[goal]) return { ways: at.get(goal) ?? 0n, exact };
    for (const [node, ways] of at)
      for (let i = rows.offsets[node]!; i < rows.offsets[node + 1]!; i++) {
        const target = rows.targets[i]!;
        if (of[target] !== group && isOn(target)) into[target] = (into[target] ?? 0n) + ways;
      }
  }
  return { ways: 0n, exact: true };
}

/** Nodes of each group that lie on some walk from start to goal. */
function membersOf(
  of: Uint32Array,
  groups: number,
  isOn: (node: number) => boolean,
): { nodes: Uint32Array; starts: Uint32Array } {
  const starts = new Uint32Array(groups + 1);
  of.forEach((group, node) => {
    if (isOn(node)) starts[group + 1]!++;
  });
  for (let group = 0; group < groups; group++) starts[group + 1]! += starts[group]!;
  const next = starts.slice();
  const nodes = new Uint32Array(starts[groups]!);
  of.forEach((group, node) => {
    if (isOn(node)) nodes[next[group]!++] = node;
  });
  return { nodes, starts };
}

/** Loopless paths within the group of `entry` to each of its nodes, none through the goal. Depth first without recursion. */
function pathsInside(
  { offsets, targets }: Rows,
  of: Uint32Array,
  entry: number,
  goal: number,
  isOn: (node: number) => boolean,
  budget: { steps: number },
): { readonly counts: ReadonlyMap<number, bigint>; readonly exact: boolean } {
  const counts = new Map<number, number>([[entry, 1]]);
  const path = [entry];
  const next = [offsets[entry]!];
  const isUsed = new Set(path);
  while (path.length > 0 && budget.steps > 0) {
    const node = path.at(-1)!;
    const i = next[next.length - 1]!++;
    if (i >= offsets[node + 1]! || node === goal) {
      path.pop();
      next.pop();
      isUsed.delete(node);
      continue;
    }
    budget.steps--;
    const target = targets[i]!;
    if (of[target] !== of[entry] || isUsed.has(target) || !isOn(target)) continue;
    counts.set(target, (counts.get(target) ?? 0) + 1);
    path.push(target);
    next.push(offsets[target]!);
    isUsed.add(target);
  }
  const exact = path.length === 0;
  // What the search did not come to is reached by one path at least: the group is strongly connected.
  if (!exact) reachInside(offsets, targets, of, entry, goal, isOn, counts);
  return { counts: new Map([...counts].map(([node, count]) => [node, BigInt(count)])), exact };
}

function reachInside(
  offsets: Uint32Array,
  targets: Uint32Array,
  of: Uint32Array,
  entry: number,
  goal: number,
  isOn: (node: number) => boolean,
  counts: Map<number, number>,
): void {
  const stack = [entry];
  const seen = new Set(stack);
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (!counts.has(node)) counts.set(node, 1);
    if (node === goal) continue;
    for (let i = offsets[node]!; i < offsets[node + 1]!; i++) {
      const target = targets[i]!;
      if (of[target] !== of[entry] || seen.has(target) || !isOn(target)) continue;
      seen.add(target);
      stack.push(target);
    }
  }
}
