import type { ExtractedEdge } from '../../model/extractor.ts';
import { SCOPES, type Scope } from '../../model/extractor.ts';

const bitOf = new Map<Scope, number>(SCOPES.map((scope, index) => [scope, 1 << index]));

const kindOf = new Map<Scope, number>(SCOPES.map((scope, index) => [scope, index]));

/** A set of scopes as bits, for work over many nodes. */
export const scopeBit = (scope: Scope): number => bitOf.get(scope)!;

/** Bits to scopes, in SCOPES order. The 32 possible answers are shared: compare by value, never mutate. */
export function scopesOf(bits: number): readonly Scope[] {
  return combinations[bits & 31]!;
}

const combinations: readonly (readonly Scope[])[] = Array.from({ length: 1 << SCOPES.length }, (_, bits) =>
  SCOPES.filter((_scope, index) => bits & (1 << index)),
);

/**
 * Scopes of every node: the set over all paths from the roots. A path's scope is that of its first edge;
 * an optional edge further down makes a production path optional, since the install goes on without it.
 * Peers and plain edges further down inherit: what production's dependency needs, production needs.
 * Monotone over five bits, so each node is visited at most five times: O(edges). Nodes that no root reaches have 0.
 */
export function propagateScopes(
  count: number,
  roots: readonly number[],
  offsets: Uint32Array,
  targets: Uint32Array,
  kinds: Uint8Array,
): Uint8Array {
  const prod = scopeBit('prod');
  const optional = scopeBit('optional');
  const bits = new Uint8Array(count);
  const isRoot = new Uint8Array(count);
  const queue: number[] = [];
  const add = (node: number, more: number): void => {
    if (isRoot[node] || (bits[node]! | more) === bits[node]) return;
    bits[node]! |= more;
    queue.push(node);
  };
  for (const root of roots) isRoot[root] = 1;
  for (const root of roots)
    for (let i = offsets[root]!; i < offsets[root + 1]!; i++) add(targets[i]!, 1 << kinds[i]!);
  for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
    const own = bits[node]!;
    for (let i = offsets[node]!; i < offsets[node + 1]!; i++) {
      const viaOptional = own & prod ? (own & ~prod) | optional : own;
      add(targets[i]!, SCOPES[kinds[i]!] === 'optional' ? viaOptional : own);
    }
  }
  return bits;
}

/** Edges as compressed sparse rows, each row in the order given. O(nodes + edges). */
export function toRows(
  count: number,
  edges: readonly ExtractedEdge[],
): {
  offsets: Uint32Array;
  targets: Uint32Array;
  kinds: Uint8Array;
  ranges: string[];
} {
  const offsets = new Uint32Array(count + 1);
  for (const edge of edges) offsets[edge.from + 1]!++;
  for (let node = 0; node < count; node++) offsets[node + 1]! += offsets[node]!;
  const next = offsets.slice();
  const targets = new Uint32Array(edges.length);
  const kinds = new Uint8Array(edges.length);
  const ranges: string[] = edges.map(() => '');
  for (const edge of edges) {
    const at = next[edge.from]!++;
    targets[at] = edge.to;
    kinds[at] = kindOf.get(edge.kind)!;
    ranges[at] = edge.range;
  }
  return { offsets, targets, kinds, ranges };
}

/** Where `toRows` laid some of the edges, `wanted` being positions in the list that it was given; ascending. O(edges). */
export function placesOfEdges(
  offsets: Uint32Array,
  edges: readonly ExtractedEdge[],
  wanted: readonly number[],
): Uint32Array {
  const next = offsets.slice();
  const places = new Uint32Array(wanted.length);
  let found = 0;
  for (let i = 0; i < edges.length && found < wanted.length; i++) {
    const at = next[edges[i]!.from]!++;
    if (i === wanted[found]) places[found++] = at;
  }
  return places.subarray(0, found).sort();
}
