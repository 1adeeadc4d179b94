import type { VersionFacts } from '../../../model/extractor.ts';
import { propagateScopes } from '../../graph/scopes.ts';
import { TOP, type InstallPlace, type InstallPlaces } from './install-places.ts';
import type { LockMemory } from './lock-versions.ts';

/** What is installed where in one version. */
export interface Installed {
  /** Says that `node` is what is installed in a place; what was said of that before no longer counts. */
  place(place: InstallPlace | undefined, node: number): void;
  /** The node that is found for a name, looked for in these folders one after another; -1 when there is none. */
  find(folders: readonly number[], name: number): number;
}

/** Numbers of folders and names are joined in one. */
const MOST_NAMES = 2 ** 26;

export function installed(places: InstallPlaces): Installed {
  const atTop = new Int32Array(places.names()).fill(-1);
  const hasAny = new Uint8Array(places.folders());
  const below = new Map<number, number>();
  return {
    place(place, node) {
      if (place === undefined) return;
      const { folder, name } = place;
      if (folder === TOP) atTop[name] = node;
      else {
        hasAny[folder] = 1;
        below.set(folder * MOST_NAMES + name, node);
      }
    },
    find(folders, name) {
      for (let i = 0; i < folders.length; i++) {
        const folder = folders[i]!;
        if (folder === TOP) {
          const node = atTop[name]!;
          if (node !== -1) return node;
        } else if (hasAny[folder] === 1) {
          const node = below.get(folder * MOST_NAMES + name);
          if (node !== undefined) return node;
        }
      }
      return -1;
    },
  };
}

/** Edges of one version while it is put together: all of a node's, then all of the next one's. */
export interface VersionGraph {
  edge(to: number, kind: number): void;
  /** Ends the edges of a node: they are counted in order. */
  endNode(): void;
  /** Targets of all edges until now. */
  targets(): Uint32Array;
  /** What the whole says; every node's edges were ended. `ids` are numbers of components. */
  standing(
    ids: Uint32Array,
    roots: readonly number[],
  ): Pick<VersionFacts, 'known' | 'components' | 'scopes' | 'isDirect'>;
}

/** An empty graph of `count` nodes. */
export function versionGraph(count: number, { known, stated }: LockMemory): VersionGraph {
  const offsets = new Uint32Array(count + 1);
  let targets = new Uint32Array(count * 4);
  let kinds = new Uint8Array(count * 4);
  let edges = 0;
  let ended = 0;
  return {
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
      for (let node = 0; node < count; node++) if (scopes[node] === 0) scopes[node] = stated[ids[node]!]!;
      return { known, components: ids, scopes, isDirect };
    },
  };
}

function grown<A extends Uint32Array | Uint8Array>(from: A, into: A): A {
  into.set(from);
  return into;
}
