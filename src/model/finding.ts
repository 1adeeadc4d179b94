import type { Advisory } from './advisory.ts';
import type { Location } from './problem.ts';
import type { Purl } from './component.ts';
import type { Direct } from './inventory.ts';
import type { Scope } from './extractor.ts';

/** `unknown` is its own level: it is never below a threshold. */
export const PRIORITIES = ['critical', 'high', 'medium', 'low', 'unknown'] as const;
export type Priority = (typeof PRIORITIES)[number];

/** Why a priority is what it is: one step, in words. `effect` is what it did to the level. */
export interface Reason {
  /** Stable, e.g. `cvss`, `kev`, `epss`, `malware`, `dev-only`, `exposure`, `reachability`. */
  readonly code: string;
  readonly text: string;
  readonly effect: 'sets' | 'raises' | 'lowers' | 'notes';
}

/** Something that was observed, and where: what a person would need to check us. */
export type Evidence =
  | { readonly kind: 'location'; readonly at: Location; readonly excerpt?: string }
  /** Root first; each step is `name@version` as a purl; `range` is what the step before asked for. */
  | {
      readonly kind: 'path';
      readonly manifest: string;
      readonly components: readonly Purl[];
      readonly ranges: readonly string[];
    }
  | { readonly kind: 'record'; readonly source: string; readonly id: string; readonly at: string };

/** Where a finding's component occurs. */
export interface FindingOccurrence {
  readonly at: Location;
  readonly direct: Direct;
  readonly scopes: readonly Scope[];
}

export type FindingKind = 'advisory' | 'malware' | 'lockfile' | 'runtime' | 'licence';

/**
 * A claim about one subject. One per alias group × component × repository, with all its occurrences.
 * `fingerprint` = sha256 of alias group (or rule) and component name without version: no lines, no versions, no tool's name,
 * so it outlives edits, upgrades that do not fix, and tool changes. Where several versions of one name are hit by one group,
 * the lowest has the plain fingerprint and each other's also holds its version.
 */
export interface Finding {
  readonly fingerprint: string;
  readonly kind: FindingKind;
  /** e.g. `advisory/CVE-2022-1234`, `lockfile/weak-integrity`. */
  readonly rule: string;
  /** The canonical id first (CVE > GHSA > ecosystem id), then every other id and alias, sorted. For advisories only. */
  readonly ids: readonly string[];
  readonly subject: Purl | 'repository';
  /** Index into `Inventory.components`; absent when the subject is the repository. */
  readonly component?: number;
  readonly title: string;
  readonly priority: Priority;
  readonly reasons: readonly Reason[];
  readonly occurrences: readonly FindingOccurrence[];
  readonly evidence: readonly Evidence[];
  /** Lowest versions that end it, ascending; empty when none is known. */
  readonly fixed: readonly string[];
  readonly advisories: readonly Advisory[];
  /** `unknown` until reachability analysis exists. */
  readonly reachability: 'reachable' | 'unreachable' | 'unknown';
  readonly hint?: string;
  /** Id of the decision that covers it, when one does. */
  readonly decision?: string;
}
