import type { VersionFacts } from '../../../model/extractor.ts';
import { propagateScopes } from '../../graph/scopes.ts';
import type { LockMemory } from './lock-versions.ts';

/** Edges of one version while it is put together: all of a node's, then all of the next one's. */
export interface VersionGraph {
  /** Says that `node` is what is installed in a slot; what was said before no longer counts. */
  place(slot: number, node: number): void;
  /** The node that the first of these slots has which has any; -1 when none has. `slots[from]` up to `slots[to - 1]`. */
  find(slots: ArrayLike<number>, from: number, to: number): number;
  edge(to: number, kind: number): void;
  /** Ends the edges of a node: they are counted in order. */
  endNode(): void;
  /** Targets of all edges until now. */
  targets(): Uint32Array;
}

/** An empty graph of `count` nodes. */
export function versionGraph(
  count: number,
  memory: LockMemory,
): VersionGraph & {
  /** What the whole says; every node's edges were ended. `ids` are numbers of components. */
  standing(
    ids: Uint32Array,
    roots: readonly number[],
  ): Pick<VersionFacts, 'known' | 'components' | 'scopes' | 'isDirect'>;
} {
  const nodeIn = new Int32Array(memory.slots.count()).fill(-1);
  const offsets = new Uint32Array(count + 1);
  let targets = new Uint32Array(count * 4);
  let kinds = new Uint8Array(count * 4);
  let edges = 0;
  let ended = 0;
  return {
    place(slot, node) {
      if (slot >= 0) nodeIn[slot] = node;
    },
    find(slots, from, to) {
      for (let i = from; i < to; i++) {
        const node = nodeIn[slots[i]!]!;
        if (node !== -1) return node;
      }
      return -1;
    },
    edge(to, kind) {
      if (edges === targets.length) {
        targets = grown(targets, new Uint32Array(edges * 2 + 16));
        kinds = grown(kinds, new Uint8Array(edges * 2 + 16));
      }
      targets[edges] = to;
      kinds[edges++] = kind;
    },
    endNode() {
      offsets[++ended] = edges;
    },
    targets: () => targets.subarray(0, edges),
    standing(ids, roots) {
      const scopes = propagateScopes(count, roots, offsets, targets, kinds);
      const isDirect = new Uint8Array(count);
      for (const root of roots)
        for (let i = offsets[root]!; i < offsets[root + 1]!; i++) isDirect[targets[i]!] = 1;
      for (let node = 0; node < count; node++)
        if (scopes[node] === 0) scopes[node] = memory.stated[ids[node]!]!;
      return { known: memory.known, components: ids, scopes, isDirect };
    },
  };
}

function grown<A extends Uint32Array | Uint8Array>(from: A, into: A): A {
  into.set(from);
  return into;
}
