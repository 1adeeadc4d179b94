import { SCOPES, type Scope } from '../../model/extractor.ts';
import type { Manifest } from '../../model/inventory.ts';
import { reversed, type BackRows } from './rows.ts';

/**
 * Who brings a node in. Answers are computed on demand over one manifest and share its reversed rows;
 * each call is O(edges). Nodes are indices into `manifest.occurrences`.
 */
export interface Witnesses {
  /**
   * Shortest path from a root to the node, root first, ties broken by node order; `undefined` when no root reaches it.
   * For what production needs it is a path that makes it so: a shorter one through a development dependency would mislead.
   */
  path(node: number): readonly number[] | undefined;
  /** Nodes that ask for it, with the edge's index into `manifest.ranges`. */
  askers(node: number): readonly { readonly from: number; readonly edge: number }[];
  /** Direct dependencies (nodes right below a root) through which any of `nodes` is reached, ascending. */
  directsOf(nodes: readonly number[]): readonly number[];
}

export function witnesses(manifest: Manifest): Witnesses {
  const { offsets, targets, occurrences, roots } = manifest;
  const count = occurrences.length;
  const isRoot = new Uint8Array(count);
  for (const root of roots) isRoot[root] = 1;
  let parents: Int32Array | undefined;
  let production: Int32Array | undefined;
  let back: BackRows | undefined;

  const reverse = (): BackRows => (back ??= reversed({ count, offsets, targets }));

  return {
    path(node) {
      if (occurrences[node]!.scopes.includes('prod')) {
        production ??= shortestParents(manifest, isProduction);
        const path = follow(production, node);
        if (path !== undefined) return path;
      }
      parents ??= shortestParents(manifest, () => true);
      return follow(parents, node);
    },
    askers(node) {
      const rows = reverse();
      const found: { from: number; edge: number }[] = [];
      for (let i = rows.offsets[node]!; i < rows.offsets[node + 1]!; i++)
        found.push({ from: rows.targets[i]!, edge: rows.edges[i]! });
      return found;
    },
    directsOf(nodes) {
      const rows = reverse();
      const seen = new Uint8Array(count);
      const stack = [...nodes];
      const directs = new Set<number>();
      for (const node of nodes) seen[node] = 1;
      for (let node = stack.pop(); node !== undefined; node = stack.pop())
        for (let i = rows.offsets[node]!; i < rows.offsets[node + 1]!; i++) {
          const from = rows.targets[i]!;
          if (isRoot[from]) directs.add(node);
          else if (!seen[from]) {
            seen[from] = 1;
            stack.push(from);
          }
        }
      return [...directs].sort((a, b) => a - b);
    },
  };
}

/** As scopes are propagated: a production path begins with a production edge and has no optional one. */
function isProduction(fromRoot: boolean, kind: Scope): boolean {
  return fromRoot ? kind === 'prod' : kind !== 'optional';
}

/** Breadth-first parents over the edges that `takes` admits; a root is its own parent, -1 where no root reaches. */
function shortestParents(
  { occurrences, roots, offsets, targets, kinds }: Manifest,
  takes: (fromRoot: boolean, kind: Scope) => boolean,
): Int32Array {
  const parents = new Int32Array(occurrences.length).fill(-1);
  const queue = [...roots];
  for (const root of roots) parents[root] = root;
  for (let head = 0; head < queue.length; head++) {
    const node = queue[head]!;
    const fromRoot = parents[node] === node;
    for (let i = offsets[node]!; i < offsets[node + 1]!; i++) {
      const target = targets[i]!;
      if (parents[target] !== -1 || !takes(fromRoot, SCOPES[kinds[i]!]!)) continue;
      parents[target] = node;
      queue.push(target);
    }
  }
  return parents;
}

function follow(parents: Int32Array, node: number): number[] | undefined {
  if (parents[node] === -1) return undefined;
  const path = [node];
  for (let at = node; parents[at] !== at;) {
    at = parents[at]!;
    path.push(at);
  }
  return path.reverse();
}
