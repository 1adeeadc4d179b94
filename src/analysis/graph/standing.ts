import type { Extraction, Origin, Scope } from '../../model/extractor.ts';
import type { Direct } from '../../model/inventory.ts';
import { propagateScopes, scopeBit, toRows } from './scopes.ts';

/** How the entries of one file stand to its roots; arrays are parallel to `Extraction.components`. */
export interface Standing {
  /** Nodes that stand for the project and its workspaces. */
  readonly roots: readonly number[];
  readonly rows: ReturnType<typeof toRows>;
  /** Bits of `scopeBit`. Edges win; what the file states stands in where no root reaches the entry. */
  readonly scopes: Uint8Array;
  readonly direct: readonly Direct[];
}

/** O(components + edges). */
export function standingOf({ components, edges, role }: Extraction): Standing {
  const count = components.length;
  const rows = toRows(count, edges);
  const roots: number[] = [];
  for (let node = 0; node < count; node++) if (isRoot(components[node]!.origin)) roots.push(node);
  const scopes = propagateScopes(count, roots, rows.offsets, rows.targets, rows.kinds);
  const direct = new Uint8Array(count);
  let rootEdges = 0;
  for (const root of roots)
    for (let i = rows.offsets[root]!; i < rows.offsets[root + 1]!; i++) {
      direct[rows.targets[i]!] = 1;
      rootEdges++;
    }
  // A workflow or Dockerfile has no project node: what nothing in it asks for, it asks for itself.
  const hasAsker = new Uint8Array(count);
  for (const target of rows.targets) hasAsker[target] = 1;
  const others: Direct = rootEdges > 0 ? 'no' : 'unknown';
  for (let node = 0; node < count; node++)
    if (scopes[node] === 0)
      for (const scope of components[node]!.scopes ?? NONE) scopes[node]! |= scopeBit(scope);
  return {
    roots,
    rows,
    scopes,
    direct: components.map((_, node) =>
      direct[node] || (role === 'use' && roots.length === 0 && !hasAsker[node]) ? 'yes' : others,
    ),
  };
}

const NONE: readonly Scope[] = [];

const isRoot = (origin: Origin): boolean => origin === 'project' || origin === 'workspace';
