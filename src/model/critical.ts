import type { RegistryFacts } from './adoption.ts';
import type { Instant } from './advisory.ts';
import type { Component, Purl } from './component.ts';
import type { Priority } from './finding.ts';

/** What is known of how a component is kept, by name. Whatever is absent is unknown, never good. */
export type Upkeep = Pick<
  RegistryFacts,
  'ecosystem' | 'name' | 'maintainers' | 'releases' | 'undated' | 'deprecated' | 'archived'
>;

/** How much hangs on a component in one manifest. Definitions: docs/critical.md */
export interface Weight {
  readonly manifest: string;
  /** Direct dependencies that need it, of all. A direct dependency needs itself. */
  readonly neededBy: number;
  readonly directs: number;
  /** Components that would go if it went: its subtree of the dominator tree, itself counted. */
  readonly holds: number;
  /** Components of the manifest. */
  readonly components: number;
  /** Share of all (direct dependency, component) pairs whose shortest paths pass it, 0–1; absent when there were too many to count. */
  readonly through?: number;
  /** The component that every way to it passes first: gone or replaced, this one goes too. Absent when there is none. */
  readonly onlyThrough?: Pick<Component, 'purl' | 'name' | 'version'>;
}

/** One fact that speaks of how a component is kept. */
export interface UpkeepSign {
  readonly code:
    | 'malware'
    | 'findings'
    | 'deprecated'
    | 'withdrawn'
    | 'archived'
    | 'one-maintainer'
    | 'few-maintainers'
    | 'abandoned'
    | 'old';
  /** In words, without the component's name. */
  readonly text: string;
  /** `bad` alone makes it badly kept; `note` is worth knowing. */
  readonly effect: 'bad' | 'note';
}

/** What hangs on a component, crossed with how it is kept. */
export interface CriticalComponent {
  /** Index into `Inventory.components`. */
  readonly component: number;
  readonly purl: Purl;
  readonly name: string;
  readonly version: string;
  /** `yes` when production needs it somewhere; `unknown` when a file does not say. */
  readonly production: 'yes' | 'no' | 'unknown';
  readonly open: Readonly<Record<Priority, number>>;
  /** Heaviest first, then by path. One for each manifest whose edges are known; empty when none is. */
  readonly weights: readonly Weight[];
  /** Much hangs on it, by the definition in docs/critical.md. */
  readonly critical: boolean;
  /** At least one sign is bad. */
  readonly badlyKept: boolean;
  /** Bad ones first. */
  readonly signs: readonly UpkeepSign[];
  /** What could not be seen of how it is kept. */
  readonly unknown: readonly ('maintainers' | 'age' | 'deprecation' | 'advisories')[];
  /** When this version came out, and the newest of its name. */
  readonly released?: Instant;
  readonly newest?: Instant;
  readonly maintainers?: number;
}

/** The answer of `assay critical`. */
export interface Critical {
  /**
   * Critical and badly kept, then badly kept, then critical, then the others;
   * within each what production needs first, then the worst sign, then the heaviest.
   */
  readonly components: readonly CriticalComponent[];
  readonly counts: {
    readonly both: number;
    readonly badlyKept: number;
    readonly critical: number;
    readonly others: number;
  };
  /** Paths of manifests that do not say who asks for whom: what hangs on their components is unknown. */
  readonly edgesUnknown: readonly string[];
  /** How many components metadata was given for. */
  readonly withMetadata: number;
  /** Of those, how many have no dates, by why: `its times lack …`. Ordered by text; empty when all have. */
  readonly undated: readonly { readonly why: string; readonly components: number }[];
}
