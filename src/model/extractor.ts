import type { EcosystemId } from './ecosystem.ts';
import type { Problem } from './problem.ts';

/** How a component asks for another. `prod` is the default; `build` is for build-time and plugin dependencies. */
export const SCOPES = ['prod', 'dev', 'optional', 'peer', 'build'] as const;
export type Scope = (typeof SCOPES)[number];

/**
 * Where a component comes from. Only `registry` components are matched against advisories by name:
 * a workspace member or a git checkout that shares a published name is not that package.
 * `project` is the repository's own project (the root of a graph), `workspace` a member of it.
 * `unknown` is treated as `registry` for matching (formats that do not say, such as go.mod, use `registry`).
 */
export type Origin = 'registry' | 'git' | 'url' | 'file' | 'workspace' | 'project' | 'unknown';

/** One entry of a file. Its index in `Extraction.components` is its number in `Extraction.edges`. */
export interface ExtractedComponent {
  /** The real name in its ecosystem (an npm alias's target, not the alias). Not yet normalised. */
  readonly name: string;
  /** The exact version; `''` when the file gives only a range or nothing. */
  readonly version: string;
  readonly origin: Origin;
  /** 1-based line of the entry; 0 when the format has none. */
  readonly line: number;
  /** Only where it differs from the extractor's ecosystem (SBOMs; Go's standard library has `stdlib`). */
  readonly ecosystem?: EcosystemId;
  /** The purl as the file itself states it (SBOMs), where we could not build it from the parts. */
  readonly purl?: string;
  /** The declared range, when `version` is `''`. */
  readonly requested?: string;
  /** The name under which it is installed, when that is not `name`. */
  readonly alias?: string;
  /** As the file wrote it, e.g. `sha512-…` or `sha256:…`; several joined by a space. */
  readonly integrity?: string;
  /** Where it was resolved from: URL, git URL with `#commit`, or path. */
  readonly source?: string;
  /** SPDX expression or whatever the file says. */
  readonly licence?: string;
  /** Lock key or install path when that tells two entries of one name@version apart, e.g. `node_modules/a/node_modules/b`. */
  readonly key?: string;
  /** Scopes that the file itself states. Used where edges cannot tell (they win over nothing, edges win over them). */
  readonly scopes?: readonly Scope[];
  readonly hasInstallScript?: true;
  /** Shipped inside its parent's archive (npm `inBundle`): only a newer parent can move it. */
  readonly bundled?: true;
  /** The registry's or maintainer's word, where the lockfile keeps it. */
  readonly deprecated?: string;
}

/** `from` asks for `to` with `range` (`''` when the file does not keep it). */
export interface ExtractedEdge {
  readonly from: number;
  readonly to: number;
  readonly kind: Scope;
  readonly range: string;
}

/** Something about the file that a maintainer should know though it is no advisory, e.g. sha1-only integrity. Becomes a finding. */
export interface Observation {
  /** e.g. `lockfile/weak-integrity`, `lockfile/out-of-step`, `lockfile/url-version`, `manifest/not-locked`. See docs/observations.md. */
  readonly rule: string;
  /** One line, complete in itself; names at most three examples and the count of all. */
  readonly message: string;
  readonly line?: number;
  /** What to do, one line. */
  readonly hint?: string;
  /** Names concerned, sorted, all of them. */
  readonly names?: readonly string[];
}

/** A version that a project forces on a component, whatever asks for it: npm's `overrides`, yarn's `resolutions`. */
export interface Override {
  /** The real name of what is replaced. */
  readonly name: string;
  /** The version or range that is put in place. */
  readonly range: string;
  /** The file to edit, and the line there; 0 when not known. */
  readonly path: string;
  readonly line: number;
  /** Keys that lead to it, outermost first: `['overrides', 'a', 'b']` for b below a. */
  readonly keys: readonly string[];
}

export interface Extraction {
  /** `lock`: exact versions; `manifest`: what people declare; `use`: a workflow or Dockerfile; `sbom`: somebody's inventory. */
  readonly role: 'lock' | 'manifest' | 'use' | 'sbom';
  /** Which format, where several share a file name and differ in what they say or in the commands: `classic` or `berry` for yarn.lock, `nested` for npm's first. */
  readonly format?: string;
  /** Projects and workspace members come first where the format has them. */
  readonly components: readonly ExtractedComponent[];
  readonly edges: readonly ExtractedEdge[];
  /**
   * Positions in `edges`, ascending, of those that do not bring their target in: optional peers, used where something else
   * installs them. Dropping every other asker removes the target.
   */
  readonly weakEdges?: readonly number[];
  /** False when the format does not say who asks for whom beyond the roots: "edges unknown" is then reported. */
  readonly edgesKnown: boolean;
  /** Paths of the manifests that this lockfile locks, itself excluded, e.g. `['package.json', 'packages/a/package.json']`. Their ranges are not reported as unlocked. */
  readonly covers: readonly string[];
  /** What the project forces; absent when nothing. */
  readonly overrides?: readonly Override[];
  readonly observations: readonly Observation[];
  readonly problems: readonly Problem[];
}

/** A file handed to an extractor. `text` is decoded UTF-8 without its byte-order mark (UTF-16 with one is decoded too). */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/**
 * Reads one kind of manifest or lockfile. Pure: it is handed text and gives data, never throws on any input.
 * Documentation is generated from `title`, `files` and `notes`.
 */
export interface Extractor {
  /** e.g. `npm/package-lock`. */
  readonly id: string;
  /** Raise when the same bytes would give other data: it is part of the cache key. */
  readonly version: number;
  readonly ecosystem: EcosystemId;
  readonly title: string;
  /**
   * Names it claims, for people: `['package-lock.json']`. It is asked only about paths that share their extension
   * or their first letters with one of these.
   */
  readonly files: readonly string[];
  /** What it gives and what it does not (markdown, a few lines). */
  readonly notes: string;
  /** What it says of a file that is binary: it is then called with `''` for the text. Without it such a file is a problem of the engine's. */
  readonly binary?: (path: string) => boolean;
  /** By name alone, never by content. `path` is relative to the tree's root. */
  claims(path: string): boolean;
  /**
   * Paths of other files it wants (normalised, inside the tree), read from the file's own text if need be.
   * Called for the claimed file, then for each companion that exists, until nothing new is named
   * (includes of includes, parents of parents). The engine bounds count, depth and bytes.
   * `named(folder, name)` searches the tree where a file gives only patterns, such as `packages/*`:
   * every path in that folder (`''`: the top) or below whose last part is `name`, ordered.
   */
  companions?(
    file: SourceFile,
    claimed: string,
    named?: (folder: string, name: string) => readonly string[],
  ): readonly string[];
  /**
   * `companion(path)` gives the text of a companion that exists, else `undefined`;
   * `found` are the paths of all that exist, ordered, for extractors that searched.
   */
  extract(
    file: SourceFile,
    companion: (path: string) => string | undefined,
    found?: readonly string[],
  ): Extraction;
  /**
   * Makes a reader for many versions of files, as a history has them: what comes again is not read again, and is held as long as
   * the function is. It says what `extract` says, in whatever order it is asked; `undefined` when `extract` has to be asked.
   */
  extractVersions?(): (
    file: SourceFile,
    companion: (path: string) => string | undefined,
  ) => VersionFacts | undefined;
}

/** What a history needs of one version of a file: what `Extraction` says, without edges, observations and lines. */
export interface VersionFacts {
  readonly role: Extraction['role'];
  /** Components that were met in this version and others, by number: grows, and never changes. */
  readonly known: readonly VersionComponent[];
  /** Numbers in `known`. As ordered as `Extraction.components`. */
  readonly components: Uint32Array;
  /** Bit by the place in `SCOPES`, as edges from the roots give them, else as stated. Parallel to `components`. */
  readonly scopes: Uint8Array;
  /** 1 where a root asks for it. Parallel to `components`. */
  readonly isDirect: Uint8Array;
  readonly covers: readonly string[];
  /** Those that lost something. */
  readonly problems: readonly Problem[];
}

/** What tells components of a history from each other. `source` may be left out of what a registry released. */
export type VersionComponent = Pick<
  ExtractedComponent,
  'name' | 'version' | 'origin' | 'ecosystem' | 'purl' | 'requested' | 'source'
>;
