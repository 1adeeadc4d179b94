import type { EcosystemId } from './ecosystem.ts';

/** RFC 3339 UTC instant, second precision. Never a `Date`: values must survive JSON. */
export type Instant = string;

export type Severity = 'critical' | 'high' | 'medium' | 'low' | 'none' | 'unknown';

/** A severity vector as published, and what we computed from it. */
export interface Score {
  /** `CVSS_V2 | CVSS_V3 | CVSS_V4 | …` as OSV names it. */
  readonly type: string;
  readonly vector: string;
  /** 0–10, computed from the vector; `undefined` when the vector is malformed. */
  readonly score: number | undefined;
}

/** The part of an OSV record that a report shows. https://ossf.github.io/osv-schema/ */
export interface Advisory {
  readonly id: string;
  readonly aliases: readonly string[];
  readonly summary: string;
  readonly published?: Instant;
  readonly modified: Instant;
  readonly withdrawn?: Instant;
  readonly scores: readonly Score[];
  /** The publisher's own word (`HIGH`, `MODERATE`), used when no vector can be computed. */
  readonly stated?: Severity;
  readonly cwes: readonly string[];
  readonly references: readonly { readonly type: string; readonly url: string }[];
  /** A record of malicious code (MAL-…), not of a flaw. */
  readonly malicious: boolean;
}

/** Half-open interval of affected versions: `introduced` ≤ v < `fixed`, or ≤ `lastAffected`. `'0'` is before every version. */
export interface AffectedRange {
  readonly introduced: string;
  readonly fixed?: string;
  readonly lastAffected?: string;
  /** Nothing is said of versions from here on (OSV `limit` events, rare). Not a fix. */
  readonly limit?: string;
}

/** What one advisory says of one component name. `versions` are exact versions listed beside the ranges. */
export interface AffectedEntry {
  /** Opaque to readers: hand it back to `AdvisoryStore.advisory`. */
  readonly advisory: number;
  readonly id: string;
  readonly ranges: readonly AffectedRange[];
  readonly versions: readonly string[];
}

/** One set of installed advisories. */
export interface AdvisorySource {
  readonly ecosystem: EcosystemId;
  readonly advisories: number;
  /** Newest `modified` among the records: the age of the data. */
  readonly newest: Instant;
  /** When the index was built. */
  readonly builtAt: Instant;
  /** `starter` is the embedded set of landmark advisories. */
  readonly kind: 'installed' | 'starter';
  /** Where it was built from: addresses as the person named them, local files by their last two parts. */
  readonly from: string;
}

/** Installed advisory data, read by position. Implementations do IO; callers treat it as a pure look-up. */
export interface AdvisoryStore {
  readonly sources: readonly AdvisorySource[];
  /** sha256 over the installed files: part of every cache key that depends on advisories. */
  readonly digest: string;
  /** True when any advisory set for the ecosystem is installed, the starter set excluded. */
  covers(ecosystem: EcosystemId): boolean;
  /** Entries for a canonical name, ordered by advisory id; withdrawn ones are left out. Empty when there are none. */
  lookup(ecosystem: EcosystemId, name: string): readonly AffectedEntry[];
  advisory(ecosystem: EcosystemId, ordinal: number): Advisory;
  /** CISA Known Exploited Vulnerabilities; `undefined` when the CVE is not in it. */
  exploited(cve: string): { readonly added: string; readonly ransomware: boolean } | undefined;
  /** FIRST.org EPSS probability 0–1; `undefined` when unknown. */
  epss(cve: string): number | undefined;
  /** Dates of the KEV and EPSS data, `undefined` when not installed. */
  readonly kevDate: string | undefined;
  readonly epssDate: string | undefined;
}

/** One advisory that holds for one component version, with the versions that end it. */
export interface AdvisoryHit {
  readonly entry: AffectedEntry;
  /** Versions that close the matching ranges, ascending; empty when none is fixed. */
  readonly fixed: readonly string[];
}
