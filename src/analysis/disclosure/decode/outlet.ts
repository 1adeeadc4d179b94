import type { Inflate } from './inflate.ts';
import type { Notes, Seen } from './seen.ts';
import type { Unpack } from './unpack.ts';

/** Where decoded text goes. */
export interface Outlet {
  /**
   * A text that was in another: valid until the call returns, unless it is kept. `within` says how it was reached, outermost first;
   * `span` is where it stands encoded in the file, when the file is text.
   */
  text(bytes: Uint8Array, within: readonly string[], span?: Span): void;
  /** Something was looked into: `zip`, `base64`. */
  decoded(how: string): void;
  /** Something was not, or not all of it. */
  undecoded(what: string, why: string): void;
  /** So many texts were not handed out, for they were before, and nothing was found in them. */
  readonly skipped?: (texts: number) => void;
}

/** A stretch of a file, `start`…`end`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** What looking into one file may cost. */
export interface Limits {
  /** Of one text that comes out. */
  readonly mostTextBytes: number;
  /** Of all texts that come out of one file. */
  readonly mostBytes: number;
  /** Texts that come out of one file. */
  readonly mostTexts: number;
  /** Texts in texts in texts. */
  readonly depth: number;
  readonly inflate?: Inflate | undefined;
  /** Unpacks what there is no code for here; without it such files are counted. */
  readonly unpack?: Unpack | undefined;
  /** What need not be looked into again. */
  readonly seen?: Seen | undefined;
  /** Text of one code unit a byte: with it, places where something is encoded are found faster. */
  readonly latin1?: ((bytes: Uint8Array, start: number, end: number) => string) | undefined;
}

export const LIMITS: Limits = {
  mostTextBytes: 64 * 1024 * 1024,
  mostBytes: 256 * 1024 * 1024,
  mostTexts: 50_000,
  depth: 8,
};

/** A run through one file: what may still be spent, and where its texts go. */
export interface Expansion {
  readonly outlet: Outlet;
  readonly limits: Limits;
  bytes: number;
  texts: number;
  /** Where contents are remembered. */
  readonly notes?: Notes;
  readonly skipped?: Outlet['skipped'];
}

/** Bytes that the next text may have. */
export function roomIn({ limits, bytes }: Expansion): number {
  return Math.max(0, Math.min(limits.mostTextBytes, limits.mostBytes - bytes));
}
