import type { Component } from '../../model/component.ts';
import type { Manifest } from '../../model/inventory.ts';
import type { OwnedNode, OwnedTree } from '../../model/report.ts';
import { dominatorTree } from './dominators.ts';
import { NODE, questionGraph } from './question.ts';

/**
 * Who owns what in a manifest: its dominator tree without the project's own nodes (projects and workspace members),
 * whose dependencies move up to the top. Nodes are in preorder: parents first, siblings by component.
 * O(occurrences × log + edges).
 */
export function ownedTree(manifest: Manifest, components: readonly Component[]): OwnedTree {
  const graph = questionGraph(manifest);
  const isOwn = (node: number): boolean =>
    node === 0 || (graph.flags[node]! & NODE.root) !== 0 || isOwnOrigin(components[graph.components[node]!]!);
  let count = 0;
  for (let node = 1; node < graph.count; node++) if (!isOwn(node)) count++;
  if (!graph.edgesKnown) return { manifest: manifest.path, edgesKnown: false, components: count, nodes: [] };

  const { idom, order } = dominatorTree(graph, graph.back, 0);
  const at = new Int32Array(graph.count).fill(-1);
  const sizes = new Uint32Array(graph.count);
  // From the last to the first every node comes after all that is below it.
  for (let i = order.length - 1; i > 0; i--) {
    const node = order[i]!;
    if (!isOwn(node)) sizes[node]!++;
    sizes[idom[node]!]! += sizes[node]!;
  }
  const nodes: OwnedNode[] = [];
  for (const node of order) {
    const parent = node === 0 ? -1 : at[idom[node]!]!;
    // What a workspace member owns is shown where the member would be: nobody drops that to be rid of it.
    if (isOwn(node)) at[node] = parent;
    else {
      at[node] = nodes.length;
      const kind = kindOf(graph.flags[node]!, parent);
      nodes.push({ component: graph.components[node]!, parent, size: sizes[node]!, kind });
    }
  }
  return { manifest: manifest.path, edgesKnown: true, components: count, nodes };
}

function kindOf(flags: number, parent: number): OwnedNode['kind'] {
  if ((flags & NODE.direct) !== 0) return 'direct';
  if (parent !== -1) return 'owned';
  return (flags & NODE.orphan) !== 0 ? 'left-over' : 'shared';
}

const isOwnOrigin = ({ origin }: Component): boolean => origin === 'project' || origin === 'workspace';
