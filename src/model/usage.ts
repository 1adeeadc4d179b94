import type { EcosystemId } from './ecosystem.ts';
import type { Scope } from './extractor.ts';
import type { Location, Problem } from './problem.ts';
import type { Snapshot } from './result.ts';

/** How much code was read for imports. What was not read may use anything. */
export interface CodeRead {
  /** Files of code that were scanned, and files of configuration whose words were looked at. */
  readonly files: number;
  readonly mentioning: number;
  /** Files that could not be read or are too large. */
  readonly unread: number;
  /** Imports whose module is computed when the code runs: they may load anything. */
  readonly computed: number;
}

/**
 * What was seen of a name in code. Never "unused": only that no import was seen in so many files.
 * `imported`: an import was seen. `mentioned`: configuration, a script or a string names it or its command.
 * `not-seen`: neither. `unknown`: it cannot be said, and `because` says why.
 */
export interface Usage {
  readonly ecosystem: EcosystemId;
  readonly name: string;
  readonly seen: 'imported' | 'mentioned' | 'not-seen' | 'unknown';
  readonly because?: string;
  /** Manifests that declare it, ordered by path. */
  readonly declaredIn: readonly string[];
  /** Where an import was seen, else where it is mentioned; the first five by path. */
  readonly at: readonly Location[];
  /** Files in which it was seen. */
  readonly files: number;
}

/** One declared dependency that no import was seen of, in one manifest. */
export interface Unseen {
  readonly ecosystem: EcosystemId;
  readonly name: string;
  readonly manifest: string;
  readonly scopes: readonly Scope[];
  /** Files that import it outside the manifest's folder: a part of the repository that is built into this one, or declares it itself. */
  readonly elsewhere: number;
  /** Only for those that cannot be judged: why. */
  readonly because?: string;
}

/** A component that code imports and no manifest above that code declares: it is there only because something else brings it in. */
export interface Phantom {
  readonly ecosystem: EcosystemId;
  readonly name: string;
  /** The manifest that would have to declare it. */
  readonly manifest: string;
  /** Only types are imported: the code runs without it, its checks do not. */
  readonly typesOnly: boolean;
  /** The first five places, by path. */
  readonly at: readonly Location[];
  readonly files: number;
}

/** Declared but not seen in code, and used but not declared. JavaScript, TypeScript and Python. */
export interface UsageReport {
  readonly target: Snapshot['target'];
  readonly code: CodeRead;
  /** Ordered by manifest, then name; likewise the others. */
  readonly unseen: readonly Unseen[];
  /** Not seen either, but nothing can be concluded. */
  readonly unsure: readonly Unseen[];
  readonly phantoms: readonly Phantom[];
  readonly problems: readonly Problem[];
}
