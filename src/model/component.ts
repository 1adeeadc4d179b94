import type { EcosystemId } from './ecosystem.ts';
import type { Origin } from './extractor.ts';

/** Package URL in canonical form, e.g. `pkg:npm/%40scope/name@1.2.3`. Only `formatPurl` and `parsePurl` make one. */
export type Purl = string & { readonly _purl: unique symbol };

/** One released thing that a repository depends on (or is). Identity is `purl`: one component however many files name it. */
export interface Component {
  readonly purl: Purl;
  readonly ecosystem: EcosystemId;
  /** Canonical name. */
  readonly name: string;
  /** Exact version; `''` when nothing locks it. */
  readonly version: string;
  /** The declared range when `version` is `''`. */
  readonly requested?: string;
  readonly origin: Origin;
  /** SPDX expressions as declared, sorted, no repeats; empty = not declared anywhere we read. */
  readonly licences: readonly string[];
  readonly integrity?: string;
  readonly source?: string;
  readonly deprecated?: string;
  readonly hasInstallScript?: true;
}
