import type { Manifest } from '../../model/inventory.ts';
import type { Asker, Origins, WhyHere } from '../../model/report.ts';
import { NODE, nodeOf, questionGraph, rangesOf, type QuestionGraph } from './question.ts';
import { distances } from './search.ts';

/**
 * How each of `wanted` (indexes into `Inventory.components`) came in: through which direct dependencies, who asks for it with
 * which ranges, and a shortest way. Manifests that tell the same story are one entry, in the order of the first of them.
 * O(manifests × edges + wanted × edges reached backwards).
 */
export function whyHere(manifests: readonly Manifest[], wanted: readonly number[]): WhyHere[] {
  const told = wanted.map(() => new Map<string, Origins>());
  for (const manifest of manifests) {
    const present = new Set(manifest.occurrences.map(({ component }) => component));
    if (!wanted.some((component) => present.has(component))) continue;
    const graph = questionGraph(manifest);
    const steps = distances(graph, [0]);
    wanted.forEach((component, index) => {
      if (!present.has(component)) return;
      const story = originsIn(graph, steps, nodeOf(graph.components, component)!);
      const key = JSON.stringify({ ...story, manifests: [] });
      const known = told[index]!.get(key);
      told[index]!.set(
        key,
        known === undefined ? story : { ...known, manifests: [...known.manifests, manifest.path] },
      );
    });
  }
  return wanted.map((component, index) => ({ component, origins: [...told[index]!.values()] }));
}

function originsIn(graph: QuestionGraph, steps: Int32Array, node: number): Origins {
  const { flags, back, components, edgesKnown } = graph;
  const isOwn = (at: number): boolean => at === 0 || (flags[at]! & NODE.root) !== 0;
  const base = {
    manifests: [graph.manifest.path],
    edgesKnown,
    direct: (flags[node]! & NODE.direct) !== 0,
  };
  if (!edgesKnown) return { ...base, through: [], askers: [], path: [] };

  const through = new Set<number>();
  const seen = new Uint8Array(graph.count);
  const stack = [node];
  seen[node] = 1;
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    if (at !== node && (flags[at]! & NODE.direct) !== 0) through.add(components[at]!);
    for (let i = back.offsets[at]!; i < back.offsets[at + 1]!; i++) {
      const from = back.targets[i]!;
      // What stands above a workspace member is its own affair: the member's declaration is the start.
      if (isOwn(from) || seen[from]) continue;
      seen[from] = 1;
      stack.push(from);
    }
  }
  return {
    ...base,
    through: [...through].sort((a, b) => a - b),
    askers: askersOf(graph, node, isOwn),
    path: shortestWay(graph, steps, node, isOwn),
  };
}

function askersOf(graph: QuestionGraph, node: number, isOwn: (node: number) => boolean): Asker[] {
  const { back, components } = graph;
  const own = new Set<string>();
  const askers: Asker[] = [];
  let declared = false;
  for (let i = back.offsets[node]!; i < back.offsets[node + 1]!; i++) {
    const from = back.targets[i]!;
    const ranges = rangesOf(graph, back.edges[i]!);
    if (!isOwn(from)) askers.push({ component: components[from]!, ranges });
    else if (from !== 0 || (graph.flags[node]! & NODE.direct) !== 0) {
      declared = true;
      for (const range of ranges) own.add(range);
    }
  }
  askers.sort((a, b) => a.component - b.component);
  return declared ? [{ component: -1, ranges: [...own].sort() }, ...askers] : askers;
}

/** Backwards along falling distances, the smallest node first, so that it is the same every time. */
function shortestWay(
  { back, components }: QuestionGraph,
  steps: Int32Array,
  node: number,
  isOwn: (node: number) => boolean,
): number[] {
  const path: number[] = [];
  for (let at = node; !isOwn(at);) {
    path.push(components[at]!);
    let next = 0;
    for (let i = back.offsets[at]!; i < back.offsets[at + 1]!; i++) {
      const from = back.targets[i]!;
      if (steps[from] === steps[at]! - 1) {
        next = from;
        break;
      }
    }
    at = next;
  }
  return path.reverse();
}
