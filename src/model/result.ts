import type { AdvisorySource, Instant } from './advisory.ts';
import type { Component, Purl } from './component.ts';
import type { Decision } from './decision.ts';
import type { EcosystemId } from './ecosystem.ts';
import type { Finding, Priority } from './finding.ts';
import type { Inventory } from './inventory.ts';
import type { Problem } from './problem.ts';

/** Components that no advisory could be held against, and why. */
export interface NotChecked {
  readonly ecosystem: EcosystemId;
  readonly count: number;
  /** `no-data`: advisories exist but are not installed; `no-source`: nobody publishes them; `not-locked`: no exact version; `not-registry`: git, file, URL or workspace. */
  readonly why: 'no-data' | 'no-source' | 'not-locked' | 'not-registry';
  /** Up to three names, for people. */
  readonly examples: readonly string[];
  /** Whether it keeps a policy from being judged. */
  readonly holdsUpPolicy: boolean;
}

/** A vulnerable component that an action moves. `to` is the lowest version that clears every finding it can; absent when none does. */
export interface Move {
  readonly name: string;
  readonly from: readonly string[];
  readonly to?: string;
  /** Whether the ranges that ask for it admit `to` already; absent when not known. */
  readonly inRange?: boolean;
  readonly findings: number;
}

/**
 * One thing to do that clears findings; most useful first.
 * `upgrade`: move a direct dependency. `refresh`: transitive components whose parents' ranges admit the fix already: one command for all of them.
 * `move-parent`: a direct dependency holds vulnerable components back. `remove`: malicious code. `no-fix`: nothing released clears it.
 */
export interface Action {
  readonly id: string;
  readonly kind: 'upgrade' | 'refresh' | 'move-parent' | 'remove' | 'no-fix' | 'replace-runtime';
  readonly ecosystem: EcosystemId;
  /** One line, e.g. `Upgrade axios 0.21.1 to 1.18.0`. */
  readonly title: string;
  /** The component to act on: the vulnerable one, or for `move-parent` the direct dependency. For `refresh` the first of `moves`. */
  readonly name: string;
  readonly moves: readonly Move[];
  /** Direct dependencies that bring it in, `name@version`, sorted; empty when it is direct itself. */
  readonly via: readonly string[];
  readonly manifests: readonly string[];
  readonly direct: boolean;
  /** Only development needs it. */
  readonly dev: boolean;
  /** A change of a file, in words, that comes before the command or that no command makes. */
  readonly edit?: string;
  readonly command?: string;
  readonly priority: Priority;
  /** Fingerprints it clears; never promised: the next scan decides. */
  readonly clears: readonly string[];
  /** Fingerprints of the same components that remain after it. */
  readonly leaves: readonly string[];
  /** Why it is where it is in the list, one line. */
  readonly because: string;
}

/** What a policy concludes. `unknown` = could not be judged (exit code 3). */
export interface Verdict {
  readonly effect: 'pass' | 'block' | 'unknown';
  readonly reasons: readonly string[];
  /** Fingerprints that block. */
  readonly blocking: readonly string[];
}

/** How a decision fared in this scan. */
export interface DecisionReport {
  readonly decision: Decision;
  readonly state: 'used' | 'unused' | 'expired' | 'no-reason' | 'superseded';
  readonly findings: readonly string[];
}

export interface Snapshot {
  readonly schema: 1;
  readonly tool: { readonly name: 'assay'; readonly version: string };
  /** What was scanned, as the person named it, and what it is. */
  readonly target: {
    readonly name: string;
    readonly kind: 'worktree' | 'commit' | 'index' | 'archive';
    readonly commit?: string;
  };
  readonly takenAt: Instant;
  readonly inventory: Inventory;
  readonly knowledge: {
    readonly sources: readonly AdvisorySource[];
    readonly digest: string;
    readonly kevDate?: string;
    readonly epssDate?: string;
  };
  readonly findings: readonly Finding[];
  readonly actions: readonly Action[];
  readonly notChecked: readonly NotChecked[];
  readonly decisions: readonly DecisionReport[];
  readonly problems: readonly Problem[];
  readonly verdict: Verdict;
}

export type { Component, Purl };

/** Turns a result into one format. Pure; where it goes is the surface's affair. */
export interface Reporter {
  readonly id: string;
  readonly mediaType: string;
  report(snapshot: Snapshot): string;
  /** The same text in pieces to be written one after the other, where it can be long. */
  pieces?(snapshot: Snapshot): readonly string[];
}
