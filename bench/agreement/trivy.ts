import { keyOfPurl, edgeKey, listingOf } from './listing.ts';
import type { Listings } from './listing.ts';

interface Bom {
  readonly components: readonly {
    readonly 'bom-ref': string;
    readonly type: string;
    readonly name: string;
    readonly purl?: string;
  }[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn?: readonly string[] }[];
}

/**
 * trivy's CycloneDX over a folder, by file: each file is an `application` component, and what it names is what is reached from it.
 * A component that two files name alike is two components there, unless its purl is the only one.
 */
export function trivyListings(text: string): Listings {
  const bom = JSON.parse(text) as Bom;
  const listings: Listings = new Map();
  const keys = new Map<string, string>();
  for (const component of bom.components) {
    const key = component.purl === undefined ? undefined : keyOfPurl(component.purl);
    if (key !== undefined) keys.set(component['bom-ref'], key);
  }
  const targets = new Map(bom.dependencies.map(({ ref, dependsOn }) => [ref, dependsOn ?? []]));
  for (const application of bom.components) {
    if (application.type !== 'application') continue;
    const listing = listingOf(listings, application.name);
    const seen = new Set<string>();
    const waiting = [...(targets.get(application['bom-ref']) ?? [])];
    for (let ref = waiting.pop(); ref !== undefined; ref = waiting.pop()) {
      if (seen.has(ref)) continue;
      seen.add(ref);
      const from = keys.get(ref);
      if (from !== undefined) listing.components.add(from);
      for (const next of targets.get(ref) ?? []) {
        waiting.push(next);
        const to = keys.get(next);
        if (from !== undefined && to !== undefined) listing.edges.add(edgeKey(from, to));
      }
    }
  }
  return listings;
}
