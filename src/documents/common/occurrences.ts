import type { Inventory, Manifest, Occurrence } from '../../model/inventory.ts';
import { SCOPES } from '../../model/extractor.ts';
import type { Scope } from '../../model/extractor.ts';

export interface Placed {
  readonly manifest: Manifest;
  readonly occurrence: Occurrence;
}

/** For each component of the inventory, where it occurs, in manifest order. */
export function placesOf(inventory: Inventory): readonly (readonly Placed[])[] {
  const places: Placed[][] = inventory.components.map(() => []);
  for (const manifest of inventory.manifests)
    for (const occurrence of manifest.occurrences)
      places[occurrence.component]?.push({ manifest, occurrence });
  return places;
}

/** The union of the scopes of all places, in SCOPES order. */
export function scopesOf(places: readonly Placed[]): readonly Scope[] {
  let bits = 0;
  for (const { occurrence } of places) bits |= bitsOf(occurrence.scopes);
  return scopesIn(bits);
}

export interface ComponentEdge {
  readonly to: number;
  /** Every kind with which it is asked for, in SCOPES order. */
  readonly kinds: readonly Scope[];
}

export interface ComponentGraph {
  /** For each component, what it asks for in any manifest, by component index. */
  readonly edges: readonly (readonly ComponentEdge[])[];
  /** What the scanned thing itself asks for: projects where a format names them, else what is declared directly or may be. */
  readonly top: readonly ComponentEdge[];
  /** False when some manifest does not say who asks for whom. */
  readonly whole: boolean;
}

/** The graphs of all manifests folded into one over components. Linear in nodes and edges. */
export function componentGraph(inventory: Inventory): ComponentGraph {
  const edges: Map<number, number>[] = inventory.components.map(() => new Map());
  const top = new Map<number, number>();
  let whole = true;
  const add = (into: Map<number, number>, to: number, kinds: number): void => {
    into.set(to, (into.get(to) ?? 0) | kinds);
  };
  for (const manifest of inventory.manifests) {
    const { occurrences, roots, offsets, targets, kinds } = manifest;
    whole &&= manifest.edgesKnown;
    for (let node = 0; node < occurrences.length; node++) {
      const from = occurrences[node]!.component;
      for (let i = offsets[node] ?? 0; i < (offsets[node + 1] ?? 0); i++) {
        const to = occurrences[targets[i]!]?.component;
        if (to !== undefined && to !== from) add(edges[from]!, to, 1 << kinds[i]!);
      }
    }
    const asProject = roots.filter((root) => occurrences[root] !== undefined);
    for (const root of asProject) add(top, occurrences[root]!.component, 1);
    if (asProject.length > 0) continue;
    for (const { component, direct, scopes } of occurrences)
      if (direct !== 'no') add(top, component, bitsOf(scopes) || 1);
  }
  const listed = (from: Map<number, number>): ComponentEdge[] =>
    [...from].sort(([a], [b]) => a - b).map(([to, bits]) => ({ to, kinds: scopesIn(bits) }));
  return { edges: edges.map(listed), top: listed(top), whole };
}

const bitsOf = (scopes: readonly Scope[]): number => {
  let bits = 0;
  for (const scope of scopes) bits |= 1 << SCOPES.indexOf(scope);
  return bits;
};

/** Every set of scopes, made once: there are 32. */
const SETS: readonly (readonly Scope[])[] = Array.from({ length: 1 << SCOPES.length }, (_, bits) =>
  SCOPES.filter((_scope, i) => (bits & (1 << i)) !== 0),
);

const scopesIn = (bits: number): readonly Scope[] => SETS[bits]!;
