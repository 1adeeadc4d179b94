import type { AffectedRange, Instant, Severity } from '../../model/advisory.ts';
import type { EcosystemId } from '../../model/ecosystem.ts';

/** What a record says of one component name, all its `affected` entries of that name taken together. */
export interface AffectedName {
  readonly ecosystem: EcosystemId;
  /** Canonical. */
  readonly name: string;
  readonly ranges: readonly AffectedRange[];
  /** Sorted, no repeats. */
  readonly versions: readonly string[];
}

/** The part of a record that is only read when a finding is shown. Vectors are kept as published; scores are computed when read. */
export interface RecordDetail {
  readonly id: string;
  readonly aliases: readonly string[];
  readonly summary: string;
  readonly published?: Instant;
  readonly modified: Instant;
  readonly withdrawn?: Instant;
  readonly vectors: readonly (readonly [type: string, vector: string])[];
  readonly stated?: Severity;
  readonly cwes: readonly string[];
  readonly references: readonly (readonly [type: string, url: string])[];
  readonly malicious: boolean;
}

/** One advisory, reduced to what Assay keeps of it. */
export interface AdvisoryRecord {
  readonly detail: RecordDetail;
  /** When it was last modified, in milliseconds: the newest of one id wins. */
  readonly modifiedMs: number;
  /** Every known ecosystem that the record names, also where nothing can be matched. In ECOSYSTEMS order. */
  readonly ecosystems: readonly EcosystemId[];
  /** Empty for withdrawn records. */
  readonly affected: readonly AffectedName[];
}
