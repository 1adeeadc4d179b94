import type { Weight } from '../../model/critical.ts';
import type { Inventory } from '../../model/inventory.ts';
import { stepsThrough, throughOf } from './betweenness.ts';
import { dominatorTree } from './dominators.ts';
import { holdersOf } from './holders.ts';
import type { Loads } from './loads.ts';
import { questionGraph } from './question.ts';

/** Edges that are followed at most to count ways; only very large and very tangled graphs have more. */
const MOST_STEPS = 2e7;

/**
 * How much hangs on each component of a manifest: component (index into `Inventory.components`) and weight, by component.
 * The repository's own are left out; empty when the manifest's edges are unknown.
 */
export function weightsOf(
  inventory: Inventory,
  index: number,
  loads: Loads,
): readonly (readonly [component: number, weight: Weight])[] {
  const manifest = inventory.manifests[index]!;
  if (!manifest.edgesKnown) return [];
  const graph = questionGraph(manifest);
  const counted = Uint8Array.from(graph.components, (component) =>
    component === -1 ? 0 : loads.counted[component]!,
  );
  const components = counted.reduce((sum, one) => sum + one, 0);
  const tree = dominatorTree(graph, graph.back, 0);
  const holds = countedBelow(tree.order, tree.idom, counted);
  const first = firstPassed(tree.order, tree.idom, counted);
  const { count, directs } = holdersOf(graph);
  const between = stepsThrough(graph, count) > MOST_STEPS ? undefined : throughOf(graph, counted);
  const found: [number, Weight][] = [];
  for (let node = 1; node < graph.count; node++) {
    if (!counted[node]) continue;
    const passed = inventory.components[graph.components[first[node]!] ?? -1];
    found.push([
      graph.components[node]!,
      {
        manifest: manifest.path,
        neededBy: count[node]!,
        directs: directs.length,
        holds: holds[node]!,
        components,
        ...(between === undefined ? {} : { through: shareOf(between.through[node]!, between.pairs) }),
        ...(first[node] === node || passed === undefined
          ? {}
          : { onlyThrough: { purl: passed.purl, name: passed.name, version: passed.version } }),
      },
    ]);
  }
  return found;
}

/** Of so few direct dependencies every one is needed by a large share: that says little. */
const FEW_DIRECTS = 3;

/**
 * Heavier first: what is critical, then what is of files with more than a few direct dependencies, then by the largest of the three
 * shares, then by what they come to together, for many may be needed by all.
 */
export function byWeight(a: Weight, b: Weight): number {
  const [x, y] = [sharesOf(a), sharesOf(b)];
  const together = (shares: readonly number[]): number => shares.reduce((sum, share) => sum + share, 0);
  return (
    Number(isCritical(b)) - Number(isCritical(a)) ||
    Number(a.directs < FEW_DIRECTS) - Number(b.directs < FEW_DIRECTS) ||
    Math.max(...y) - Math.max(...x) ||
    together(y) - together(x)
  );
}

const sharesOf = ({ neededBy, directs, holds, components, through }: Weight): readonly number[] => [
  neededBy / Math.max(1, directs),
  holds / Math.max(1, components),
  through ?? 0,
];

/** Whether much hangs on it. The thresholds are those of docs/critical.md. */
export function isCritical({ neededBy, directs, holds, components, through }: Weight): boolean {
  return (
    (neededBy >= 5 && neededBy * 5 >= directs) ||
    (holds >= 10 && holds * 20 >= components) ||
    (neededBy >= 3 && (through ?? 0) >= 0.05)
  );
}

/** Six digits: enough to order by, and the same on every machine. */
const shareOf = (part: number, all: number): number => (all === 0 ? 0 : Math.round((part / all) * 1e6) / 1e6);

/** Counted nodes of each subtree. `order` lists every node after its dominator. */
function countedBelow(order: Uint32Array, idom: Int32Array, counted: Uint8Array): Uint32Array {
  const sums = Uint32Array.from(counted);
  for (let at = order.length - 1; at > 0; at--) sums[idom[order[at]!]!]! += sums[order[at]!]!;
  return sums;
}

/** By node: the counted node that every way from the top to it passes first; itself where there is none before it. */
function firstPassed(order: Uint32Array, idom: Int32Array, counted: Uint8Array): Uint32Array {
  const first = new Uint32Array(idom.length);
  for (let at = 1; at < order.length; at++) {
    const node = order[at]!;
    const above = first[idom[node]!]!;
    first[node] = counted[above] ? above : node;
  }
  return first;
}
