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

/** One thing to do that clears findings; ordered, most useful first. */
export interface Action {
  readonly id: string;
  readonly ecosystem: EcosystemId;
  /** `upgrade`: a version clears it; `remove`: malware or no fix; `lock`, `review`, …: said in `title`. */
  readonly kind: 'upgrade' | 'remove' | 'no-fix' | 'replace-runtime' | 'other';
  /** The component that is vulnerable, by name. */
  readonly name: string;
  readonly from: readonly string[];
  /** Lowest version that clears every finding named here; absent when none does. */
  readonly to?: string;
  /** Direct dependencies that bring it in, `name@version`, sorted; empty when it is direct itself. */
  readonly via: readonly string[];
  readonly manifests: readonly string[];
  readonly direct: boolean;
  readonly dev: boolean;
  /** Whether the declared ranges admit `to` already; `undefined` when not known. */
  readonly inRange?: boolean;
  readonly command?: string;
  readonly priority: Priority;
  /** Fingerprints it clears. */
  readonly clears: readonly string[];
  /** Fingerprints of the same component that remain after it. */
  readonly leaves: readonly string[];
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
}
