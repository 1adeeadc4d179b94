import type { Component } from './component.ts';
import type { Extraction, Scope } from './extractor.ts';
import type { Observation, Override } from './extractor.ts';
import type { Problem } from './problem.ts';

export type Direct = 'yes' | 'no' | 'unknown';

/** A component as one file names it. */
export interface Occurrence {
  /** Index into `Inventory.components`. */
  readonly component: number;
  readonly line: number;
  readonly direct: Direct;
  /** Every scope on some path from a root, in SCOPES order; `prod` among them means that production needs it. */
  readonly scopes: readonly Scope[];
  readonly key?: string;
  readonly alias?: string;
}

/**
 * The dependency graph of one file in compressed sparse rows: node i is `occurrences[i]`;
 * its edges are `targets[offsets[i] .. offsets[i + 1])`, with `kinds` (index into SCOPES) and `ranges` parallel.
 */
export interface Manifest {
  readonly path: string;
  /** Extractor id. */
  readonly extractor: string;
  readonly role: Extraction['role'];
  /** `Extraction.format`. */
  readonly format?: string;
  readonly edgesKnown: boolean;
  readonly covers: readonly string[];
  readonly occurrences: readonly Occurrence[];
  /** Nodes that stand for the project and its workspaces. */
  readonly roots: readonly number[];
  readonly offsets: Uint32Array;
  readonly targets: Uint32Array;
  readonly kinds: Uint8Array;
  /** Positions in `targets`, ascending, of edges that do not bring their target in: see `Extraction.weakEdges`. */
  readonly weak?: Uint32Array;
  readonly ranges: readonly string[];
  /** `Extraction.overrides`. */
  readonly overrides?: readonly Override[];
  readonly observations: readonly Observation[];
}

/** What a tree depends on. Components are ordered by purl, manifests by path: the order of files does not matter. */
export interface Inventory {
  readonly components: readonly Component[];
  readonly manifests: readonly Manifest[];
  readonly problems: readonly Problem[];
}
