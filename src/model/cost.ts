import type { Purl } from './component.ts';
import type { Scope } from './extractor.ts';
import type { Priority } from './finding.ts';

/**
 * What hangs on a set of components. The repository's own projects and workspaces are never counted:
 * nobody drops those to be rid of a dependency.
 */
export interface Burden {
  readonly components: number;
  /** Open findings of advisories and malicious code, by priority. What was not checked counts as nothing here: see `Snapshot.notChecked`. */
  readonly open: Readonly<Record<Priority, number>>;
  /** Components that run a script when they are installed; absent where the file does not state it (yarn, v1 of npm's lockfile, …). */
  readonly installScripts?: number;
  /** Components that their maintainers or registry call deprecated. Files that do not state it say 0. */
  readonly deprecated: number;
}

/** What goes away with a direct dependency: the burden, and what it is made of. */
export interface Relief extends Burden {
  /** Components whose name stays or goes in another version too: copies that a tidier tree would not have. */
  readonly duplicates: number;
  /** Components by licence expression as declared (`''`: none declared in a file we read), most first. */
  readonly licences: readonly { readonly licence: string; readonly components: number }[];
  /** Unpacked bytes and different people who can publish, of the components that metadata was given for; absent without any. */
  readonly bytes?: { readonly sum: number; readonly of: number };
  readonly people?: { readonly count: number; readonly of: number };
}

/** One direct dependency of a manifest. `goes` and `shares` together are all that it brings in, itself counted. */
export interface DirectCost {
  /** Index into `Inventory.components`. */
  readonly component: number;
  readonly purl: Purl;
  readonly name: string;
  readonly version: string;
  /** As the roots declare it, sorted; empty when the file does not keep it. */
  readonly ranges: readonly string[];
  /** Kinds with which roots ask for it, in SCOPES order. */
  readonly kinds: readonly Scope[];
  /** Names of the projects and workspaces that ask for it, sorted. */
  readonly askedBy: readonly string[];
  /** It is the repository's own: another workspace. It is then not counted itself. */
  readonly own: boolean;
  /** What no other direct dependency needs: gone when no root asks for this one any more. Nothing when something else holds it. */
  readonly goes: Relief;
  /** What others need too, and stays. */
  readonly shares: Burden;
  /** How many other direct dependencies bring this one in: then dropping the declaration alone removes nothing. */
  readonly holders: number;
  /** The first five of them by purl, as indices into `ManifestCost.directs`. */
  readonly heldBy: readonly number[];
  /** It is also held by components that nothing asks for (`ManifestCost.orphans`). */
  readonly heldByOrphans: boolean;
}

/** Direct dependencies that free more together than each alone. */
export interface JointCost {
  /** Two or three, indices into `ManifestCost.directs`, ascending. */
  readonly directs: readonly number[];
  /** Components that go when all of them go, over what goes with each alone (or with fewer of them). */
  readonly more: number;
}

/** A project or workspace member of a manifest. */
export interface WorkspaceCost {
  readonly name: string;
  /** Its folder as the lockfile names it; `''` for the top. */
  readonly folder: string;
  readonly directs: number;
  /** Components that it needs. */
  readonly needs: number;
  /** Those that no other workspace needs. */
  readonly alone: number;
}

/** Versions of one name that stand side by side. */
export interface Duplicate {
  readonly name: string;
  /** In the ecosystem's order. */
  readonly versions: readonly string[];
}

/** The cost of every direct dependency of one manifest. Manifests are never mixed: an edge of another file need not exist here. */
export interface ManifestCost {
  readonly path: string;
  readonly extractor: string;
  /** Set when the figures are those of one workspace alone. */
  readonly workspace?: string;
  readonly total: Burden;
  /** False: the file does not say who asks for whom. Then every `goes` holds the direct dependency alone and says nothing; print "edges unknown". */
  readonly edgesKnown: boolean;
  /** False: the file does not say what the project asks for; what nothing else asks for stands for it. */
  readonly directsKnown: boolean;
  /** What goes, most first; ties by what is shared, then purl. */
  readonly directs: readonly DirectCost[];
  /** Most first, then by `directs`. Only sets of two or three that free at least one component more. */
  readonly joint: readonly JointCost[];
  /**
   * How many components exactly one direct dependency needs, exactly two, exactly three, more; `orphans`: those that nothing
   * asks for and all that they need, whoever needs it too. Together: all components. Absent when edges are unknown.
   */
  readonly neededBy?: {
    readonly one: number;
    readonly two: number;
    readonly three: number;
    readonly more: number;
    readonly orphans: number;
  };
  /** Empty unless there are several roots. */
  readonly workspaces: readonly WorkspaceCost[];
  /** Most versions first, then by name. */
  readonly duplicates: readonly Duplicate[];
  /** Components that the file names but no root's need leads to: counted, and never claimed to go. */
  readonly orphans: number;
}

/** What it takes to be rid of one component in one manifest. */
export interface Freeing {
  readonly manifest: string;
  readonly component: number;
  readonly purl: Purl;
  /**
   * `freed`: it goes when exactly these `directs` go; no smaller set and no other of that size does.
   * `held-by-orphans`: components that nothing asks for hold it as well, so none is sure. `own`: it is the repository's own.
   * `unknown`: the file does not say who asks for whom.
   */
  readonly answer: 'freed' | 'held-by-orphans' | 'own' | 'unknown';
  /** Every direct dependency that reaches it: names with versions and purls, sorted by purl. */
  readonly directs: readonly {
    readonly component: number;
    readonly purl: Purl;
    readonly name: string;
    readonly version: string;
  }[];
  /** Components that go when all of `directs` go, this one counted. */
  readonly goes: number;
  /** Orphans that hold it, sorted. */
  readonly orphans: readonly Purl[];
}

/** The answer of `assay cost`. */
export interface Cost {
  /** Most components first, then by path. Files that name no dependency are left out. */
  readonly manifests: readonly ManifestCost[];
  /** Present when it was asked what frees a component: one for each version and manifest, in that order. */
  readonly freeing?: readonly Freeing[];
}
