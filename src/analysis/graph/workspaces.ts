import type { WorkspaceCost } from '../../model/cost.ts';
import type { Inventory, Manifest } from '../../model/inventory.ts';
import type { Loads } from './loads.ts';
import { idleEdges, idleForAll } from './question.ts';
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
  // Copies of one component are one: their words are joined, a row of words for each component.
  const byComponent = new Uint32Array(inventory.components.length * width);
  for (let at = 0; at < occurrences.length; at++) {
    const { component } = occurrences[at]!;
    if (loads.counted[component])
      for (let w = 0; w < width; w++) byComponent[component * width + w]! |= words[group[at]! * width + w]!;
  }
  const needs = roots.map(() => 0);
  const alone = roots.map(() => 0);
  for (let start = 0; start < byComponent.length; start += width) {
    let found = 0;
    let last = 0;
    for (let w = 0; w < width; w++)
      for (let bits = byComponent[start + w]!; bits !== 0; bits &= bits - 1) {
        last = w * 32 + 31 - Math.clz32(bits & -bits);
        needs[last]!++;
        found++;
      }
    if (found === 1) alone[last]!++;
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
  let most = targets.length;
  for (const root of roots) most += offsets[root + 1]! - offsets[root]!;
  const kept = new Uint32Array(most);
  let end = 0;
  // No root is -1: so these are the edges that each root has for the others.
  const idle = idleEdges(manifest, -1);
  for (let node = 0; node < occurrences.length; node++) {
    for (let i = offsets[node]!; i < offsets[node + 1]!; i++) if (!idle[i]) kept[end++] = targets[i]!;
    starts[node + 1] = end;
  }
  const always = idleForAll(manifest);
  roots.forEach((root, at) => {
    for (let i = offsets[root]!; i < offsets[root + 1]!; i++) if (!always[i]) kept[end++] = targets[i]!;
    starts[occurrences.length + at + 1] = end;
  });
  return { count, offsets: starts, targets: kept.subarray(0, end) };
}
