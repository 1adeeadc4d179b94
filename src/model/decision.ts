import type { Instant } from './advisory.ts';

/** VEX statuses. https://openvex.dev */
export const VEX_STATUSES = ['not_affected', 'affected', 'fixed', 'under_investigation'] as const;
export type VexStatus = (typeof VEX_STATUSES)[number];

export const VEX_JUSTIFICATIONS = [
  'component_not_present',
  'vulnerable_code_not_present',
  'vulnerable_code_not_in_execute_path',
  'vulnerable_code_cannot_be_controlled_by_adversary',
  'inline_mitigations_already_exist',
] as const;
export type VexJustification = (typeof VEX_JUSTIFICATIONS)[number];

/** What a decision is about: every field given must hold. An empty selector matches nothing. */
export interface DecisionScope {
  /** Any id or alias of an advisory group, or a rule such as `lockfile/weak-integrity`. Empty: every advisory of the component. */
  readonly advisories: readonly string[];
  /** purl without version, e.g. `pkg:npm/lodash`, or with one to pin it. `*` ends a prefix. */
  readonly component?: string;
  /** Range in the component's own ecosystem syntax. */
  readonly versions?: string;
  /** Regular expression over the component's name (osv-scanner.toml); linear-time subset only. */
  readonly namePattern?: string;
  /** `a > b > c`, `*` = any; the dependency path, root's direct dependency first. */
  readonly path?: string;
  /** Glob over manifest paths. */
  readonly manifest?: string;
  readonly scope?: string;
  readonly ecosystem?: string;
}

/**
 * What a person ruled about findings. Append-only: a change is a new decision that names the old one in `supersedes`.
 * Fields that an imported format had and we have no word for are kept in `imported.extra`, so that nothing is lost.
 */
export interface Decision {
  readonly id: string;
  readonly about: DecisionScope;
  readonly status: VexStatus;
  readonly justification?: VexJustification;
  /** Empty when an imported entry had none: reported as missing. */
  readonly reason: string;
  /** Who decided; empty when the imported format does not say. */
  readonly by: string;
  /** Empty when the imported format does not say. */
  readonly at: Instant;
  readonly expires?: Instant;
  readonly supersedes?: string;
  /** Where it was read from. */
  readonly source: { readonly path: string; readonly line?: number; readonly format: string };
  readonly imported?: { readonly extra: Readonly<Record<string, unknown>> };
}
