import type { Component } from '../../model/component.ts';
import type { Finding } from '../../model/finding.ts';
import type { OwnedNode, OwnedTree } from '../../model/report.ts';
import type { Snapshot } from '../../model/result.ts';
import { grouped } from '../common/words.ts';
import type { TreemapItem } from '../pictures/treemap.ts';
import { priorityWord } from './pieces.ts';
import { URGENCY } from './verdict.ts';

/** An `OwnedTree` with what is known of its components, as the maps ask for it. Nodes are indexes into `OwnedTree.nodes`. */
export interface Tree {
  readonly manifest: string;
  readonly components: number;
  /** Every node, largest first; ties by index. */
  readonly order: readonly number[];
  tops(kind: OwnedNode['kind']): readonly number[];
  children(node: number): readonly number[];
  /** The parent, its parent, and so on. */
  parents(node: number): readonly number[];
  /** With the version. */
  name(node: number): string;
  shortName(node: number): string;
  /** With the version, and who else needs it, when it is a direct dependency that others need too. */
  nameAndHolders(node: number): string;
  size(node: number): number;
  /** Components in some nodes and all below them, by their worst open finding; most urgent first, those without any left out. */
  states(nodes: readonly number[]): TreemapItem['states'];
  ownStates(node: number): TreemapItem['states'];
  /** `2 high, 1 low`, in some nodes and all below; empty without any. */
  findings(nodes: readonly number[]): string;
  ownFindings(node: number): string;
  /** Where the page explains the component; `undefined` when it has no open finding. */
  anchor(node: number): string | undefined;
}

/** O(nodes + findings); answers are look-ups. `held`: by component, who else needs a direct dependency, in words. */
export function inTree(
  tree: OwnedTree,
  { inventory }: Snapshot,
  open: readonly Finding[],
  held: ReadonlyMap<number, string>,
): Tree {
  const { nodes } = tree;
  const own = ownCounts(tree, inventory.components.length, open);
  const ownState = worstAlone(own);
  const below = own.slice();
  const stateBelow = ownState.slice();
  const children: number[][] = nodes.map(() => []);
  // Parents come first, so that from the last to the first each node is complete before it is added to its parent.
  for (let node = nodes.length - 1; node >= 0; node--) {
    const { parent } = nodes[node]!;
    if (parent === -1) continue;
    for (let level = 0; level < LEVELS; level++) {
      below[parent * LEVELS + level]! += below[node * LEVELS + level]!;
      stateBelow[parent * LEVELS + level]! += stateBelow[node * LEVELS + level]!;
    }
    children[parent]!.push(node);
  }
  for (const list of children) list.reverse();
  const component = (node: number): Component => inventory.components[nodes[node]!.component]!;
  const name = (node: number): string => {
    const { name: bare, version } = component(node);
    return version === '' ? bare : `${bare} ${version}`;
  };
  return {
    manifest: tree.manifest,
    components: tree.components,
    order: nodes.map((_, node) => node).sort((a, b) => nodes[b]!.size - nodes[a]!.size || a - b),
    tops: (kind) => nodes.flatMap((node, index) => (node.parent === -1 && node.kind === kind ? [index] : [])),
    children: (node) => children[node]!,
    parents(node) {
      const found: number[] = [];
      for (let up = nodes[node]!.parent; up !== -1; up = nodes[up]!.parent) found.push(up);
      return found;
    },
    name,
    shortName: (node) => component(node).name,
    nameAndHolders(node) {
      const by = held.get(nodes[node]!.component);
      return by === undefined ? name(node) : `${name(node)} (${by})`;
    },
    size: (node) => nodes[node]!.size,
    states: (list) => statesIn(sumOf(stateBelow, list)),
    ownStates: (node) => statesIn(sumOf(ownState, [node])),
    findings: (list) => inWords(sumOf(below, list)),
    ownFindings: (node) => inWords(sumOf(own, [node])),
    anchor: (node) =>
      sumOf(own, [node]).some((count) => count > 0) ? `#w-${nodes[node]!.component}` : undefined,
  };
}

const LEVELS = URGENCY.length;

/** Open findings of each node itself, by level. */
function ownCounts({ nodes }: OwnedTree, components: number, open: readonly Finding[]): Uint32Array {
  const nodeOf = new Int32Array(components).fill(-1);
  nodes.forEach(({ component }, node) => (nodeOf[component] = node));
  const counts = new Uint32Array(nodes.length * LEVELS);
  for (const { component, priority } of open) {
    const node = component === undefined ? -1 : nodeOf[component]!;
    if (node !== -1) counts[node * LEVELS + URGENCY.indexOf(priority)]!++;
  }
  return counts;
}

/** One at the first level that a node has any of. */
function worstAlone(counts: Uint32Array): Uint32Array {
  const alone = new Uint32Array(counts.length);
  for (let start = 0; start < counts.length; start += LEVELS)
    for (let level = 0; level < LEVELS; level++)
      if (counts[start + level] !== 0) {
        alone[start + level] = 1;
        break;
      }
  return alone;
}

const sumOf = (counts: Uint32Array, nodes: readonly number[]): number[] =>
  URGENCY.map((_, level) => nodes.reduce((sum, node) => sum + counts[node * LEVELS + level]!, 0));

const statesIn = (counts: readonly number[]): TreemapItem['states'] =>
  counts.flatMap((count, level) => (count === 0 ? [] : [[URGENCY[level]!, count] as const]));

const inWords = (counts: readonly number[]): string =>
  counts
    .flatMap((count, level) => (count === 0 ? [] : [`${grouped(count)} ${priorityWord(URGENCY[level]!)}`]))
    .join(', ');
