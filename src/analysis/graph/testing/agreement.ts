import { dominates, dominatorTree } from '../dominators.ts';
import { NODE, nodeOf, questionGraph, rangesOf, type QuestionGraph } from '../question.ts';
import { nodeCounts, reachSets, sourceCounts, sourcesOf } from '../reach.ts';
import { distances } from '../search.ts';
import type { Manifest } from '../../../model/inventory.ts';
import { lists, reachable } from './graphs.ts';

/**
 * Holds the graph algorithms against brute force on one manifest; gives what differs, in words: empty means identical.
 * The tests run it on hundreds of random manifests, the benchmark on thousands.
 */
export function disagreements(manifest: Manifest): string[] {
  const graph = questionGraph(manifest);
  return [...shape(manifest, graph), ...dominance(graph), ...reach(graph)];
}

function expectEqual(what: string, ours: unknown, theirs: unknown): string[] {
  const [a, b] = [JSON.stringify(ours), JSON.stringify(theirs)];
  return a === b ? [] : [`${what}: ${a}, brute force ${b}`];
}

/** Nodes, edges, ranges and what is reached, straight from the file's own rows. */
function shape(manifest: Manifest, graph: QuestionGraph): string[] {
  const { occurrences, offsets, targets, ranges } = manifest;
  const wrong: string[] = [];
  const components = [...new Set(occurrences.map(({ component }) => component))].sort((a, b) => a - b);
  wrong.push(...expectEqual('components', [...graph.components], [-1, ...components]));
  const edges = new Map<string, Set<string>>();
  occurrences.forEach(({ component }, from) => {
    for (let i = offsets[from]!; i < offsets[from + 1]!; i++) {
      const other = occurrences[targets[i]!]!.component;
      if (component === other) continue;
      const key = `${nodeOf(graph.components, component)!}>${nodeOf(graph.components, other)!}`;
      const known = edges.get(key) ?? new Set();
      edges.set(key, known.add(ranges[i]!));
    }
  });
  const ours: string[] = [];
  for (let node = 1; node < graph.count; node++)
    for (let i = graph.offsets[node]!; i < graph.offsets[node + 1]!; i++)
      ours.push(`${node}>${graph.targets[i]!} ${rangesOf(graph, i).join('|')}`);
  const theirs = [...edges].map(([key, found]) => `${key} ${[...found].filter(Boolean).sort().join('|')}`);
  wrong.push(...expectEqual('edges', ours.sort(), theirs.sort()));

  const rows = lists(graph);
  wrong.push(...expectEqual('all reached', reachable(rows, 0).size, graph.count));
  const roots = [...graph.flags.keys()].filter((node) => graph.flags[node]! & NODE.root);
  const reached = new Set(roots.flatMap((root) => [...reachable(rows, root)]));
  const known = roots.some((root) => rows[root]!.length > 0);
  for (let node = 1; node < graph.count; node++) {
    const isOrphan = graph.directsKnown && !reached.has(node);
    wrong.push(
      ...expectEqual(`orphan ${node}`, (graph.flags[node]! & NODE.orphan) !== 0, isOrphan),
      ...expectEqual(
        `direct ${node}`,
        (graph.flags[node]! & NODE.direct) !== 0,
        !roots.includes(node) &&
          (known
            ? roots.some((root) => rows[root]!.includes(node))
            : rows[0]!.includes(node) && !graph.directsKnown),
      ),
    );
    // As few edges from the virtual root as will do: without any one of them something is not reached.
    if (rows[0]!.includes(node) && !roots.includes(node))
      wrong.push(
        ...expectEqual(
          `edge to ${node} is needed`,
          reachable(rows, 0, (from, to) => from !== 0 || to !== node).has(node),
          false,
        ),
      );
  }
  const steps = rows.map(() => -1);
  let front = [0];
  for (let step = 0; front.length > 0; step++) {
    for (const node of front) steps[node] = step;
    front = [...new Set(front.flatMap((node) => rows[node]!))].filter((node) => steps[node] === -1);
  }
  wrong.push(...expectEqual('distances', [...distances(graph, [0])], steps));
  return wrong;
}

/** A node dominates another when the other is not reached without it. */
function dominance(graph: QuestionGraph): string[] {
  const tree = dominatorTree(graph, graph.back, 0);
  const rows = lists(graph);
  const wrong: string[] = [];
  const below = Array.from({ length: graph.count }, (_, node) => {
    const without = node === 0 ? new Set() : reachable(rows, 0, (_from, to) => to !== node);
    return [...graph.flags.keys()].filter((other) => !without.has(other));
  });
  for (let node = 0; node < graph.count; node++) {
    const piece = [...tree.order.subarray(tree.enter[node], tree.enter[node]! + tree.size[node]!)];
    wrong.push(
      ...expectEqual(
        `subtree of ${node}`,
        piece.sort((a, b) => a - b),
        below[node]!,
      ),
    );
    // The nearest dominator is the one with the smallest subtree.
    const above = [...below.keys()].filter((other) => other !== node && below[other]!.includes(node));
    const nearest = above.sort((a, b) => below[a]!.length - below[b]!.length)[0] ?? -1;
    wrong.push(...expectEqual(`dominator of ${node}`, tree.idom[node], nearest));
    for (const other of graph.flags.keys())
      wrong.push(
        ...expectEqual(
          `${node} dominates ${other}`,
          dominates(tree, node, other),
          below[node]!.includes(other),
        ),
      );
  }
  return wrong;
}

function reach(graph: QuestionGraph): string[] {
  const rows = lists(graph);
  const isRoot = graph.flags.map((flag, node) => (flag & NODE.root || node === 0 ? 1 : 0));
  const sources = [...graph.flags.keys()].filter((node) => graph.flags[node]! & NODE.direct);
  const sets = reachSets(graph, sources, isRoot);
  const theirs = sources.map((source) => reachable(rows, source, (from) => !isRoot[from]));
  const wrong: string[] = [];
  const counts = sourceCounts(sets);
  for (let node = 0; node < graph.count; node++) {
    const found = [...theirs.keys()].filter((source) => theirs[source]!.has(node));
    wrong.push(...expectEqual(`reached ${node}`, sourcesOf(sets, node), found));
    wrong.push(...expectEqual(`count of ${node}`, counts[node], found.length));
  }
  const odd = graph.flags.map((_, node) => node & 1);
  wrong.push(
    ...expectEqual(
      'odd nodes by source',
      [...nodeCounts(sets, odd, sources.length)],
      theirs.map((set) => [...set].filter((node) => node & 1).length),
    ),
  );
  return wrong;
}
