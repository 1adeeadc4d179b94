import type { Extractor } from './extractor.ts';

/**
 * What kind of thing a component is. Names are OSV's where OSV has the ecosystem
 * (https://ossf.github.io/osv-schema/#affectedpackage-field), and our own below the line.
 * `Other` is for what an SBOM names and we have no rules for; its purl says what it is.
 */
export const ECOSYSTEMS = [
  'npm',
  'PyPI',
  'Go',
  'crates.io',
  'Maven',
  'RubyGems',
  'Packagist',
  'NuGet',
  'Pub',
  'Hex',
  'SwiftURL',
  'GitHub Actions',
  // ---- no public OSV export: counted, named, never matched
  'Docker',
  'Helm',
  'Terraform',
  'pre-commit',
  'Runtime',
  'Other',
] as const;

export type EcosystemId = (typeof ECOSYSTEMS)[number];

/** Orders the versions of one ecosystem. Total: no string throws, and unreadable versions still get a stable place. */
export interface VersionScheme {
  /** e.g. `semver`, `pep440`, `maven`: the scheme's name in the vers specification where it has one. */
  readonly id: string;
  /** < 0, 0 or > 0, as the ecosystem's own tool would order them. */
  readonly compare: (a: string, b: string) => number;
  /** Whether the ecosystem's own tool would accept the string as a version. */
  isValid(version: string): boolean;
  /** Whether it is a prerelease: upgrades avoid proposing one. */
  isPrerelease(version: string): boolean;
  /** Whether `version` satisfies a range in the ecosystem's own syntax; `undefined` when the range cannot be read. */
  satisfies(version: string, range: string): boolean | undefined;
}

/** What a package manager needs to be told to move a component; commands are shown, never run. */
export interface UpgradeRequest {
  readonly name: string;
  readonly from: string;
  readonly to: string;
  /** Declared directly by the manifest (else it is somebody else's dependency). */
  readonly direct: boolean;
  readonly dev: boolean;
  /** Path of the lockfile or manifest that names it, e.g. `web/yarn.lock`. */
  readonly manifest: string;
  /** The declared range allows `to` already. `undefined`: not known. */
  readonly inRange: boolean | undefined;
  /** `Extraction.format` of that file, where it has one. */
  readonly format?: string;
}

/** One ecosystem: its identity rules, its version order, its files. A folder in `analysis/ecosystems/` and one line in its list. */
export interface Ecosystem {
  readonly id: EcosystemId;
  readonly title: string;
  /** The purl type, e.g. `npm`, `pypi`, `golang`. https://github.com/package-url/purl-spec */
  readonly purlType: string;
  /** Whether OSV publishes advisories for it. Where it does not, components are named as not checked and policy is not held up. */
  readonly hasAdvisories: boolean;
  readonly versions: VersionScheme;
  /** The canonical spelling that identity and matching use (PEP 503, lower case, …). */
  normaliseName(name: string): string;
  /** purl namespace and name for a canonical name, e.g. `@a/b` → `['@a', 'b']`. */
  purlName(name: string): readonly [namespace: string, name: string];
  readonly extractors: readonly Extractor[];
  /** The command that performs the upgrade, as its users would type it; absent where there is none. */
  upgradeCommand?(request: UpgradeRequest): string | undefined;
}
