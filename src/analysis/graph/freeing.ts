import type { Freeing } from '../../model/cost.ts';
import type { Inventory } from '../../model/inventory.ts';
import { directsOf, stopsOf } from './holders.ts';
import type { Loads } from './loads.ts';
import { NODE, nodeOf, type QuestionGraph } from './question.ts';
import { distances } from './search.ts';

/**
 * The smallest set of direct dependencies without which a component goes; `undefined` when the manifest does not have it.
 *
 * A component stays as long as one declared dependency reaches it, through other direct ones too, since what those ask for
 * they ask for whoever declares them. So it goes exactly when every direct dependency that reaches it is dropped (itself, if it is one):
 * that set frees it, no other set without one of them does, and it is the smallest. O(nodes + edges).
 */
export function freeing(
  inventory: Inventory,
  graph: QuestionGraph,
  loads: Loads,
  component: number,
): Freeing | undefined {
  const node = nodeOf(graph.components, component);
  if (node === undefined) return undefined;
  const { flags } = graph;
  const purlOf = (at: number) => inventory.components[graph.components[at]!]!.purl;
  const base = { manifest: graph.manifest.path, component, purl: purlOf(node) };
  const own = (flags[node]! & NODE.root) !== 0;
  if (own || !graph.edgesKnown)
    return { ...base, answer: own ? 'own' : 'unknown', directs: [], goes: 0, orphans: [] };
  const stops = stopsOf(graph);
  const askers = reachers(graph, node, stops);
  const directs = [...directsOf(graph)].filter((direct) => askers[direct]);
  const orphans = [...flags.keys()].filter((at) => flags[at]! & NODE.orphan && askers[at]);
  return {
    ...base,
    answer: orphans.length > 0 ? 'held-by-orphans' : 'freed',
    directs: directs.map((direct) => {
      const { purl, name, version } = inventory.components[graph.components[direct]!]!;
      return { component: graph.components[direct]!, purl, name, version };
    }),
    goes: orphans.length > 0 ? 0 : goingWith(graph, loads, stops, directs),
    orphans: orphans.map(purlOf),
  };
}

/** By node: 1 where it reaches `node` without passing a root. */
function reachers({ count, back }: QuestionGraph, node: number, stops: Uint8Array): Uint8Array {
  const seen = new Uint8Array(count);
  const stack = [node];
  seen[node] = 1;
  for (let at = stack.pop(); at !== undefined; at = stack.pop())
    for (let i = back.offsets[at]!; i < back.offsets[at + 1]!; i++) {
      const asker = back.targets[i]!;
      if (stops[asker] || seen[asker]) continue;
      seen[asker] = 1;
      stack.push(asker);
    }
  return seen;
}

/** How many counted components are not reached any more when these are not declared. */
function goingWith(
  graph: QuestionGraph,
  loads: Loads,
  stops: Uint8Array,
  directs: readonly number[],
): number {
  const gone = new Set(directs);
  const kept = [...graph.flags.keys()].filter(
    (node) => node > 0 && !gone.has(node) && graph.flags[node]! & (NODE.root | NODE.direct | NODE.orphan),
  );
  const steps = distances(graph, kept, stops);
  return steps.filter((step, node) => step === -1 && node > 0 && loads.counted[graph.components[node]!])
    .length;
}
