import { parsePurl } from '../../src/analysis/identity/purl.ts';

/** What a tool says of one file. */
export interface Listing {
  /** Keys of components as `componentKey` makes them. */
  readonly components: Set<string>;
  /** `from → to`, both keys. */
  readonly edges: Set<string>;
  /** Key under which a project knows a component by another name, to the component's own. */
  readonly aliases: Map<string, string>;
}

/** By path below the scanned folder. */
export type Listings = Map<string, Listing>;

export function listingOf(listings: Listings, path: string): Listing {
  let listing = listings.get(path);
  if (listing === undefined)
    listings.set(path, (listing = { components: new Set(), edges: new Set(), aliases: new Map() }));
  return listing;
}

/**
 * The same component under one key, whoever names it: type, name, version. Qualifiers are left out, and so are differences of
 * writing that the registries themselves disregard: Python's `-_.` and case, Go's `v` before a version.
 */
export function componentKey(type: string, name: string, version: string): string {
  const plain =
    type === 'pypi'
      ? name.toLowerCase().replace(/[-_.]+/g, '-')
      : type === 'golang'
        ? name.toLowerCase()
        : name;
  return `${type} ${plain} ${type === 'golang' ? version.replace(/^v/, '') : version}`;
}

/** The key of a purl; undefined when it is none. */
export function keyOfPurl(text: string): string | undefined {
  const parsed = parsePurl(text);
  if (!parsed.ok) return undefined;
  const { type, namespace, name, version } = parsed.parts;
  return componentKey(
    type,
    namespace === undefined || namespace === '' ? name : `${namespace}/${name}`,
    version ?? '',
  );
}

export const edgeKey = (from: string, to: string): string => `${from} → ${to}`;
