import type { Extractor, Override } from './extractor.ts';

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
  /** Where the file covers several projects: those that declare it, `path` relative to the file's folder, `''` for the top one. */
  readonly declaredBy?: readonly { readonly name: string; readonly path: string }[];
  /** What the project asks for now, where it is declared and known. */
  readonly range?: string;
  /** Where `manifest` names it; absent when not known. */
  readonly line?: number;
  /** `manifest` is where people declare it, not a lockfile. */
  readonly isDeclaration?: boolean;
  /** Manifests that the lockfile is made from, by their paths in the tree. */
  readonly covers?: readonly string[];
  /** What asks for it, `name@version`, sorted; projects and members left out. */
  readonly askedBy?: readonly string[];
}

export interface OverrideChange {
  readonly override: Override;
  readonly to: string;
  /** The project that forces also declares the component itself, with a range that does not admit `to`. */
  readonly isDeclared: boolean;
}

/** What to do in the files at hand. At least one of the two. */
export interface Steps {
  /** A change that a person makes first, one line: no command makes it. */
  readonly edit?: string;
  readonly command?: string;
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
  /** The change of a file that comes before the command, or in its place, in words; absent where the command does it all. */
  upgradeEdit?(request: UpgradeRequest): string | undefined;
  /** The same for components of one file that the project itself does not declare, and that one command moves together. */
  transitiveEdit?(requests: readonly UpgradeRequest[]): string | undefined;
  /** How to move what a project forces to other versions; `manifest` and `format` as in `UpgradeRequest`. */
  overrideSteps?(
    changes: readonly OverrideChange[],
    manifest: string,
    format: string | undefined,
  ): Steps | undefined;
}
