import { buildInventory } from '../../src/analysis/graph/inventory.ts';
import { extractRepositories } from '../extracted.ts';
import { componentKey, edgeKey, keyOfPurl, listingOf } from './listing.ts';
import type { Listings } from './listing.ts';

/** Our inventory of a folder by file, with the edges of each file (reports merge them by component). */
export async function ourListings(path: string): Promise<Listings> {
  const { files } = await extractRepositories(path);
  const { components, manifests } = buildInventory(files, []);
  const keys = components.map(({ purl }) => keyOfPurl(purl) ?? purl);
  const listings: Listings = new Map();
  for (const { path: file, occurrences, offsets, targets } of manifests) {
    const listing = listingOf(listings, file);
    occurrences.forEach(({ component: from, alias }, node) => {
      listing.components.add(keys[from]!);
      const { ecosystem, version } = components[from]!;
      if (alias !== undefined && ecosystem === 'npm')
        listing.aliases.set(componentKey('npm', alias, version), keys[from]!);
      for (let at = offsets[node]!; at < offsets[node + 1]!; at++)
        listing.edges.add(edgeKey(keys[from]!, keys[occurrences[targets[at]!]!.component]!));
    });
  }
  return listings;
}
