import type { Severity } from '../../../model/advisory.ts';
import type { EcosystemId } from '../../../model/ecosystem.ts';

/** One landmark advisory, as plain facts. */
export interface StarterFact {
  readonly id: string;
  readonly aliases: readonly string[];
  readonly ecosystem: EcosystemId;
  /**
   * Per component: intervals as `introduced..fixed` or `introduced..` (no fix); `=version` for one exact version.
   * `0` is the beginning.
   */
  readonly affected: Readonly<Record<string, readonly string[]>>;
  /** CVSS vector as published; absent where none is. */
  readonly vector?: string;
  /** The publisher's word, where there is no vector. */
  readonly stated?: Severity;
  /** `YYYY-MM-DD`; absent where the source does not say. */
  readonly published?: string;
  readonly malicious?: true;
  /** In our own words. */
  readonly summary: string;
}

/** The day on which these facts were checked against their sources. */
export const STARTER_DATE = '2026-11-21';

/** Common beginnings and whole vectors; every fact still states its own. */
export const V31 = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N';
export const ALL_HIGH: string = `${V31}/S:U/C:H/I:H/A:H`;
export const DOWN: string = `${V31}/S:U/C:N/I:N/A:H`;
