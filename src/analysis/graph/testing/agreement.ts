import { throughOf } from '../betweenness.ts';
import { manifestCost } from '../cost.ts';
import { dominates, dominatorTree } from '../dominators.ts';
import { NODE, nodeOf, questionGraph, rangesOf, type QuestionGraph } from '../question.ts';
import { freeing } from '../freeing.ts';
import { loadsOf } from '../loads.ts';
import { nodeCounts, reachSets, sourceCounts, sourcesOf } from '../reach.ts';
import { distances } from '../search.ts';
import type { Manifest } from '../../../model/inventory.ts';
import { inventoryOf, lists, reachable } from './graphs.ts';

/**
 * Holds the graph algorithms against brute force on one manifest; gives what differs, in words: empty means identical.
 * The tests run it on hundreds of random manifests, the benchmark on thousands.
 */
export function disagreements(manifest: Manifest): string[] {
  const graph = questionGraph(manifest);
  return [
    ...shape(manifest, graph),
    ...dominance(graph),
    ...reach(graph),
    ...between(graph),
    ...costs(manifest, undefined),
    ...manifest.roots.flatMap((root) => costs(manifest, root)),
  ];
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

/** Costs, joint costs and what frees a component, by dropping every set of direct dependencies there is. */
function costs(manifest: Manifest, root: number | undefined): string[] {
  const inventory = inventoryOf(manifest);
  const loads = loadsOf(inventory, []);
  const graph = questionGraph(manifest, root);
  const rows = lists(graph);
  const cost = manifestCost(inventory, 0, loads, root);
  const isStop = graph.flags.map((flag, node) => (flag & NODE.root || node === 0 ? 1 : 0));
  const counted = [...graph.components.keys()].filter((node) => loads.counted[graph.components[node]!]);
  const directs = [...graph.flags.keys()].filter((node) => graph.flags[node]! & NODE.direct);
  const label = root === undefined ? '' : ` of workspace ${root}`;
  const without = (set: ReadonlySet<number>): Set<number> =>
    reachable(rows, 0, (from, to) => !(isStop[from] && set.has(to)));
  const subsets = Array.from(
    { length: 2 ** directs.length },
    (_, bits) => new Set(directs.filter((_direct, i) => bits & (1 << i))),
  ).sort((a, b) => a.size - b.size);
  const left = subsets.map(without);
  const goes = (set: ReadonlySet<number>): number => {
    const stays = without(set);
    return counted.filter((node) => !stays.has(node)).length;
  };

  const wrong: string[] = [];
  const nodes = cost.directs.map(({ component }) => nodeOf(graph.components, component)!);
  wrong.push(
    ...expectEqual(
      `directs${label}`,
      [...nodes].sort((a, b) => a - b),
      directs,
    ),
  );
  cost.directs.forEach((direct, i) => {
    const node = nodes[i]!;
    const all = reachable(rows, node, (from) => !isStop[from]);
    const gone = goes(new Set([node]));
    const others = directs.filter(
      (other) => other !== node && reachable(rows, other, (from) => !isStop[from]).has(node),
    );
    wrong.push(
      ...expectEqual(
        `cost of ${node}${label}`,
        [direct.goes.components, direct.shares.components, direct.holders],
        [gone, counted.filter((one) => all.has(one)).length - gone, others.length],
      ),
      ...expectEqual(
        `holders of ${node}${label}`,
        direct.heldBy.map((other) => nodes[other]!),
        others.slice(0, 5),
      ),
    );
  });
  const sizes = { one: 0, two: 0, three: 0, more: 0, orphans: 0 };
  for (const node of graph.components.keys()) {
    if (node === 0) continue;
    const free = freeing(inventory, graph, loads, graph.components[node]!)!;
    const found = subsets.filter((_, i) => !left[i]!.has(node));
    const smallest = found.filter(({ size }) => size === found[0]!.size);
    const isRoot = (graph.flags[node]! & NODE.root) !== 0;
    const answer = isRoot ? 'own' : found.length === 0 ? 'held-by-orphans' : 'freed';
    wrong.push(
      ...expectEqual(`answer for ${node}${label}`, free.answer, answer),
      ...expectEqual(
        `only one smallest set for ${node}${label}`,
        smallest.length,
        Number(answer === 'freed'),
      ),
    );
    if (answer === 'freed')
      wrong.push(
        ...expectEqual(
          `what frees ${node}${label}`,
          [free.directs.map(({ component }) => nodeOf(graph.components, component)!), free.goes],
          [[...smallest[0]!], goes(smallest[0]!)],
        ),
      );
    if (!counted.includes(node)) continue;
    if (answer === 'held-by-orphans') sizes.orphans++;
    else sizes[(['more', 'one', 'two', 'three'] as const)[smallest[0]!.size] ?? 'more']++;
  }
  wrong.push(...expectEqual(`needed by${label}`, cost.neededBy, sizes));
  for (const set of subsets.filter(({ size }) => size === 2 || size === 3)) {
    const within = cost.joint.filter(({ directs: some }) => some.every((one) => set.has(nodes[one]!)));
    const alone = cost.directs.filter((_, i) => set.has(nodes[i]!));
    const sum =
      within.reduce((total, { more }) => total + more, 0) +
      alone.reduce((total, one) => total + one.goes.components, 0);
    wrong.push(...expectEqual(`together ${[...set].join()}${label}`, sum, goes(set)));
  }
  return wrong;
}

/** Betweenness by writing every shortest path down. */
function between(graph: QuestionGraph): string[] {
  const rows = lists(graph);
  const isStop = graph.flags.map((flag, node) => (flag & NODE.root || node === 0 ? 1 : 0));
  const counted = graph.flags.map((_, node) => node % 3 && 1);
  const theirs = rows.map(() => 0);
  let pairs = 0;
  for (const direct of [...graph.flags.keys()].filter((node) => graph.flags[node]! & NODE.direct)) {
    const shortest = new Map<number, number[][]>();
    for (let paths = [[direct]]; paths.length > 0;) {
      const ends = new Map<number, number[][]>();
      for (const path of paths) {
        const end = path.at(-1)!;
        if (!shortest.has(end)) ends.set(end, [...(ends.get(end) ?? []), path]);
      }
      for (const [end, found] of ends) shortest.set(end, found);
      paths = [...ends].flatMap(([end, found]) =>
        isStop[end] ? [] : found.flatMap((path) => rows[end]!.map((next) => [...path, next])),
      );
    }
    for (const [end, paths] of shortest) {
      if (!counted[end]) continue;
      pairs++;
      for (const path of paths) for (const node of path) theirs[node]! += 1 / paths.length;
    }
  }
  const ours = throughOf(graph, counted);
  const rounded = (numbers: Iterable<number>): number[] =>
    Array.from(numbers, (number) => Math.round(number * 1e9) / 1e9);
  return [
    ...expectEqual('through', rounded(ours.through), rounded(theirs)),
    ...expectEqual('pairs', ours.pairs, pairs),
  ];
}
