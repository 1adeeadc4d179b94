import type { WorkspaceCost } from '../../model/cost.ts';
import type { Inventory, Manifest } from '../../model/inventory.ts';
import type { Loads } from './loads.ts';
import { idleEdges } from './question.ts';
import { reachSets } from './reach.ts';
import type { Rows } from './rows.ts';

/**
 * What each project and workspace of a manifest needs, and what only it needs; empty unless there are several.
 * Counted over the file's own entries, where a nested copy knows its own edges, then by component. In the order of the file.
 */
export function workspacesOf(inventory: Inventory, manifest: Manifest, loads: Loads): WorkspaceCost[] {
  const { roots, occurrences, offsets, targets, edgesKnown } = manifest;
  if (roots.length < 2 || !edgesKnown) return [];
  const { width, words, group } = reachSets(
    rowsByRoot(manifest),
    roots.map((_, i) => occurrences.length + i),
  );
  const byComponent = new Map<number, Uint32Array>();
  occurrences.forEach(({ component }, at) => {
    if (!loads.counted[component]) return;
    const mine = words.subarray(group[at]! * width, (group[at]! + 1) * width);
    const known = byComponent.get(component);
    if (known === undefined) byComponent.set(component, mine.slice());
    else for (let w = 0; w < width; w++) known[w]! |= mine[w]!;
  });
  const needs = roots.map(() => 0);
  const alone = roots.map(() => 0);
  for (const bits of byComponent.values()) {
    const found = roots.flatMap((_, root) => ((bits[root >> 5]! >>> (root & 31)) & 1 ? [root] : []));
    for (const root of found) needs[root]!++;
    if (found.length === 1) alone[found[0]!]!++;
  }
  return roots.map((root, i) => {
    const asked = new Set(targets.subarray(offsets[root], offsets[root + 1]));
    const { component, key } = occurrences[root]!;
    return {
      name: inventory.components[component]!.name,
      folder: key ?? '',
      directs: new Set([...asked].map((at) => occurrences[at]!.component)).size,
      needs: needs[i]!,
      alone: alone[i]!,
    };
  });
}

/** The file's rows, and behind them a node for each root with all that it asks for itself; as a dependency of others it has less. */
function rowsByRoot(manifest: Manifest): Rows {
  const { roots, occurrences, offsets, targets } = manifest;
  const count = occurrences.length + roots.length;
  const starts = new Uint32Array(count + 1);
  const kept: number[] = [];
  // No root is -1: so these are the edges that each root has for the others.
  const idle = idleEdges(manifest, -1);
  const lay = (node: number, from: number, marks: Uint8Array): void => {
    for (let i = offsets[from]!; i < offsets[from + 1]!; i++) if (!marks[i]) kept.push(targets[i]!);
    starts[node + 1] = kept.length;
  };
  for (let node = 0; node < occurrences.length; node++) lay(node, node, idle);
  roots.forEach((root, i) => lay(occurrences.length + i, root, idleEdges(manifest, root)));
  return { count, offsets: starts, targets: Uint32Array.from(kept) };
}
