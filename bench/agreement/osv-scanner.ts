import { componentKey, listingOf } from './listing.ts';
import type { Listings } from './listing.ts';

interface Report {
  readonly results: readonly {
    readonly source: { readonly path: string };
    readonly packages: readonly {
      readonly package: { readonly name: string; readonly version: string; readonly ecosystem: string };
      readonly vulnerabilities?: readonly { readonly id: string }[];
    }[];
  }[];
}

export interface OsvScannerAnswer {
  readonly listings: Listings;
  /** (component, advisory) as rows: once for each file. */
  readonly rows: number;
  /** `component advisory`, each once. */
  readonly pairs: Set<string>;
}

/** Purl types of OSV's ecosystems; an ecosystem that is missing here keeps its own name and agrees with nothing. */
const TYPES: Readonly<Record<string, string>> = {
  npm: 'npm',
  PyPI: 'pypi',
  Go: 'golang',
  'crates.io': 'cargo',
  RubyGems: 'gem',
  Packagist: 'composer',
  Maven: 'maven',
  NuGet: 'nuget',
  'GitHub Actions': 'githubactions',
};

/** The key of a component that an OSV ecosystem names. */
export function keyOfOsv(ecosystem: string, name: string, version: string): string {
  const type = TYPES[ecosystem] ?? ecosystem;
  return componentKey(type, type === 'maven' ? name.replace(':', '/') : name, version);
}

/** osv-scanner's JSON over `folder` with `--all-packages`. */
export function osvScannerAnswer(text: string, folder: string): OsvScannerAnswer {
  const report = JSON.parse(text) as Report;
  const listings: Listings = new Map();
  const pairs = new Set<string>();
  let rows = 0;
  for (const { source, packages } of report.results) {
    const listing = listingOf(listings, source.path.slice(folder.length + 1));
    for (const { package: found, vulnerabilities = [] } of packages) {
      const key = keyOfOsv(found.ecosystem, found.name, found.version);
      listing.components.add(key);
      rows += vulnerabilities.length;
      for (const { id } of vulnerabilities) pairs.add(`${key} ${id}`);
    }
  }
  return { listings, rows, pairs };
}
