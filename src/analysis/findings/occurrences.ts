import type { Evidence, FindingOccurrence } from '../../model/finding.ts';
import { SCOPES, type Scope } from '../../model/extractor.ts';
import type { Inventory, Manifest } from '../../model/inventory.ts';
import { witnesses, type Witnesses } from '../graph/witness.ts';

/** A place where a component occurs: manifest index and node within it. */
export interface Place {
  readonly manifest: number;
  readonly node: number;
}

/** Looks up, for the components of one inventory, where they occur and who brings them in. Built once a scan. */
export interface Places {
  of(component: number): readonly Place[];
  witnesses(manifest: number): Witnesses;
  readonly inventory: Inventory;
}

export function placesOf(inventory: Inventory): Places {
  const byComponent = new Map<number, Place[]>();
  inventory.manifests.forEach((manifest, m) =>
    manifest.occurrences.forEach((occurrence, node) => {
      const found = byComponent.get(occurrence.component);
      if (found === undefined) byComponent.set(occurrence.component, [{ manifest: m, node }]);
      else found.push({ manifest: m, node });
    }),
  );
  const made = new Map<number, Witnesses>();
  return {
    inventory,
    of: (component) => byComponent.get(component) ?? [],
    witnesses(index) {
      let found = made.get(index);
      if (found === undefined) {
        found = witnesses(inventory.manifests[index]!);
        made.set(index, found);
      }
      return found;
    },
  };
}

/** Occurrences as a finding shows them, ordered by path then line. */
export function occurrencesOf(places: Places, component: number): readonly FindingOccurrence[] {
  return places.of(component).map(({ manifest, node }) => {
    const { path, occurrences } = places.inventory.manifests[manifest]!;
    const { line, direct, scopes } = occurrences[node]!;
    return { at: line > 0 ? { path, line } : { path }, direct, scopes };
  });
}

/** The union of scopes over all occurrences; an occurrence without any makes the whole unknown (empty), which counts as production. */
export function scopesOfAll(occurrences: readonly FindingOccurrence[]): readonly Scope[] {
  if (occurrences.some((occurrence) => occurrence.scopes.length === 0)) return [];
  const all = new Set(occurrences.flatMap((occurrence) => occurrence.scopes));
  return SCOPES.filter((scope) => all.has(scope));
}

/** One shortest path from a root in each manifest, at most `most`, production first. */
export function pathEvidence(places: Places, component: number, most = 3): readonly Evidence[] {
  const found: { evidence: Evidence; prod: boolean }[] = [];
  const seen = new Set<number>();
  for (const { manifest: index, node } of places.of(component)) {
    if (seen.has(index)) continue;
    const path = places.witnesses(index).path(node);
    if (path === undefined || path.length < 2) continue;
    seen.add(index);
    const manifest = places.inventory.manifests[index]!;
    found.push({
      prod: manifest.occurrences[node]!.scopes.includes('prod'),
      evidence: {
        kind: 'path',
        manifest: manifest.path,
        components: path.map((at) => places.inventory.components[manifest.occurrences[at]!.component]!.purl),
        ranges: path.slice(1).map((to, i) => rangeOf(manifest, path[i]!, to)),
      },
    });
  }
  return [...found.filter((one) => one.prod), ...found.filter((one) => !one.prod)]
    .slice(0, most)
    .map((one) => one.evidence);
}

function rangeOf(manifest: Manifest, from: number, to: number): string {
  for (let i = manifest.offsets[from]!; i < manifest.offsets[from + 1]!; i++)
    if (manifest.targets[i] === to) return manifest.ranges[i]!;
  return '';
}
