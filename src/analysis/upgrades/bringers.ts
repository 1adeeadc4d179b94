import type { Inventory, Manifest } from '../../model/inventory.ts';
import type { Place, Places } from '../findings/occurrences.ts';
import { reachSets, type ReachSets } from '../graph/reach.ts';

/** Names the direct dependencies that bring nodes in. Built once for all of a scan's plans. */
export interface Bringers {
  /** `name@version` of the direct dependencies through which any of the nodes is reached, sorted, each once. */
  of(nodes: readonly Place[]): string[];
  /** `name@version` of the node itself; the name alone where nothing locks it. */
  label(node: Place): string;
  isRoot(node: Place): boolean;
}

interface Above {
  /** Of the direct dependencies, sorted: a number in the sets is a position here. */
  readonly labels: readonly string[];
  /** `undefined` where they would take too much room. */
  readonly sets: ReachSets | undefined;
}

/** 64 MiB: a hundred thousand nodes below five thousand direct dependencies. */
const MOST_WORDS = 1 << 24;
/** Questions about one manifest that are answered by walking up, before sets for all its nodes are worth their making. */
const FIRST_WALKS = 8;

export function bringersOf(places: Places): Bringers {
  const { inventory } = places;
  const made = new Map<number, Above>();
  const asked = new Map<number, number>();
  const roots = new Map<number, Uint8Array>();
  const rootsIn = (manifest: number): Uint8Array => {
    let marks = roots.get(manifest);
    if (marks === undefined) roots.set(manifest, (marks = rootsOf(inventory.manifests[manifest]!)));
    return marks;
  };
  const aboveIn = (manifest: number): Above | undefined => {
    const times = (asked.get(manifest) ?? 0) + 1;
    asked.set(manifest, times);
    if (times <= FIRST_WALKS) return undefined;
    let above = made.get(manifest);
    if (above === undefined)
      made.set(manifest, (above = aboveOf(inventory, inventory.manifests[manifest]!, rootsIn(manifest))));
    return above;
  };
  const label = ({ manifest, node }: Place): string =>
    labelOf(inventory, inventory.manifests[manifest]!, node);

  const within = (manifest: number, nodes: readonly number[]): string[] => {
    const above = aboveIn(manifest);
    if (above?.sets === undefined)
      return sorted(
        places
          .witnesses(manifest)
          .directsOf(nodes)
          .map((node) => label({ manifest, node })),
      );
    return bitsOf(above.sets, nodes).map((bit) => above.labels[bit]!);
  };

  return {
    of(nodes) {
      const byManifest = new Map<number, number[]>();
      for (const { manifest, node } of nodes) {
        const list = byManifest.get(manifest);
        if (list === undefined) byManifest.set(manifest, [node]);
        else list.push(node);
      }
      const lists = [...byManifest].map(([manifest, list]) => within(manifest, list));
      return lists.length === 1 ? withoutRepeats(lists[0]!) : sorted(lists.flat());
    },
    label,
    isRoot: ({ manifest, node }) => rootsIn(manifest)[node] === 1,
  };
}

function rootsOf({ occurrences, roots }: Manifest): Uint8Array {
  const isRoot = new Uint8Array(occurrences.length);
  for (const root of roots) isRoot[root] = 1;
  return isRoot;
}

function aboveOf(inventory: Inventory, manifest: Manifest, isRoot: Uint8Array): Above {
  const { occurrences, roots, offsets, targets } = manifest;
  const count = occurrences.length;
  const directs = new Set<number>();
  for (const root of roots)
    for (let i = offsets[root]!; i < offsets[root + 1]!; i++) directs.add(targets[i]!);
  const labelled = [...directs]
    .map((node) => ({ node, label: labelOf(inventory, manifest, node) }))
    .sort((a, b) => (a.label < b.label ? -1 : a.label > b.label ? 1 : 0));
  const fits = count * Math.ceil(labelled.length / 32) <= MOST_WORDS;
  return {
    labels: labelled.map((direct) => direct.label),
    sets: fits
      ? reachSets(
          { count, offsets, targets },
          labelled.map(({ node }) => node),
          isRoot,
        )
      : undefined,
  };
}

function labelOf(inventory: Inventory, manifest: Manifest, node: number): string {
  const { name, version } = inventory.components[manifest.occurrences[node]!.component]!;
  return version === '' ? name : `${name}@${version}`;
}

/** Numbers of the sources that reach any of the nodes, ascending. */
function bitsOf({ width, words, group }: ReachSets, nodes: readonly number[]): number[] {
  const found: number[] = [];
  for (let w = 0; w < width; w++) {
    let bits = 0;
    for (const node of nodes) bits |= words[group[node]! * width + w]!;
    for (; bits !== 0; bits &= bits - 1) found.push(w * 32 + 31 - Math.clz32(bits & -bits));
  }
  return found;
}

const withoutRepeats = (labels: readonly string[]): string[] =>
  labels.filter((label, i) => i === 0 || label !== labels[i - 1]);

const sorted = (labels: readonly string[]): string[] => [...new Set(labels)].sort();
