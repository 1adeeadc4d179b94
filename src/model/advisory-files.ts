import type { Instant } from './advisory.ts';
import type { ByteSource } from './bytes.ts';
import type { EcosystemId } from './ecosystem.ts';
import type { Problem } from './problem.ts';

/** One immutable file of an advisory folder. */
export interface InstalledFile {
  /** Its name in the folder. */
  readonly file: string;
  readonly bytes: number;
  /** Lower-case hex, over the whole file. */
  readonly sha256: string;
}

/** The advisories of one ecosystem: a base, and what changed since it was built. */
export interface InstalledSet {
  readonly ecosystem: EcosystemId;
  readonly base: InstalledFile;
  readonly overlay?: InstalledFile & { readonly records: number };
  /** Records in both together, those that are withdrawn or gone left out. */
  readonly advisories: number;
  readonly newest: Instant;
  readonly builtAt: Instant;
  /** Every place that records came from, as the person named it; in order of first use. */
  readonly from: readonly string[];
}

/** A table of facts by CVE number: KEV or EPSS. */
export interface InstalledTable extends InstalledFile {
  readonly count: number;
  /** The day the data say they are of. */
  readonly date: string;
  readonly from: string;
}

/** What an advisory folder holds. Replaced as a whole, so a reader sees all of an update or nothing of it. */
export interface AdvisoryManifest {
  readonly schema: 1;
  /** Ordered by ecosystem. */
  readonly sets: readonly InstalledSet[];
  readonly kev?: InstalledTable;
  readonly epss?: InstalledTable;
}

/** A folder of advisory files. Files are written once under a name of their own and never changed. */
export interface AdvisoryFolder {
  /** As the person would name it. */
  readonly path: string;
  /** `undefined` when nothing is installed. AssayError `advisories/corrupt` when there is a manifest and it cannot be read. */
  manifest(): AdvisoryManifest | undefined;
  /** Opens a file and makes sure, once, that it is the one that was installed. AssayError `advisories/corrupt` or `advisories/missing`. */
  open(file: InstalledFile): ByteSource;
  /** Reads the whole file and compares its checksum, however often that was done before. */
  check(file: InstalledFile): 'sound' | 'damaged' | 'missing';
  /** Writes pieces to a new file; `stem` begins its name. Durable when it returns. */
  write(stem: string, pieces: Iterable<Uint8Array>): InstalledFile;
  /** Makes the manifest the valid one, atomically, and removes files that it does not name. */
  commit(manifest: AdvisoryManifest): void;
  /** Keeps other updates out until released. AssayError `advisories/locked` when one is under way. */
  lock(): () => void;
}

/** One file found in a source of advisories: its bytes, or why it could not be read. `name` says where, for people. */
export type SourceItem =
  | { readonly name: string; readonly bytes: Uint8Array }
  | { readonly name: string; readonly problem: Problem };

export interface SourceProgress {
  /** What is being done, e.g. `downloading npm/all.zip`. */
  readonly step: string;
  readonly done: number;
  /** `undefined` when not known beforehand. */
  readonly total: number | undefined;
  readonly unit: 'bytes' | 'records';
}

/**
 * Reads what a person named with `--from`: a URL, a folder, a zip archive, a repository. Gives the files that may be advisories
 * or exploit data, some hundred at a time, and stops with the signal's reason when it is aborted.
 * AssayError `source/…` when there is no such place or it cannot be reached.
 */
export type SourceReader = (
  from: string,
  options: {
    readonly signal: AbortSignal;
    readonly onProgress: (progress: SourceProgress) => void;
    /** Newest record that is installed from this very source: what is not newer may be left out. */
    readonly since: (ecosystem: EcosystemId) => Instant | undefined;
  },
) => AsyncIterable<readonly SourceItem[]>;

/** Stands for the public exports of OSV, CISA's KEV and FIRST's EPSS where no `--from` is given. */
export const PUBLIC_EXPORTS = 'osv.dev';
