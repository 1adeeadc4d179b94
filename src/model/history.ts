import type { Problem } from './problem.ts';

/** The kinds of objects that git stores. */
export type ObjectKind = 'commit' | 'tree' | 'blob' | 'tag';

/** Places in a file: of 32 bits where they fit, for there may be millions. */
export type Offsets = Float64Array | Uint32Array;

/** A pack file with its index, for reading all of it by position. https://git-scm.com/docs/pack-format */
export interface PackFile {
  /** As a person would name it: a path. */
  readonly name: string;
  readonly size: number;
  /** What it ends with: a hash of all before, in hexadecimal digits. Absent where nobody asked for it. */
  readonly checksum?: string;
  /** The ids of its objects, one after another, ascending; 20 or 32 bytes each. */
  readonly ids: Uint8Array;
  /** Where the object of each id starts in the file; of the same order. */
  readonly offsets: Offsets;
  /** Fills `into` with what is at `offset`; gives how many bytes there were. */
  read(into: Uint8Array, offset: number): number;
}

/** One object, rebuilt. The bytes are not to be written to. */
export interface StoredObject {
  readonly id: string;
  readonly kind: ObjectKind;
  readonly bytes: Uint8Array;
}

/** Everything that a repository stores: its packs, its loose objects, and those of its alternates. */
export interface ObjectStore {
  /** Bytes of an object id: 20 (SHA-1) or 32 (SHA-256). */
  readonly idBytes: number;
  /** Largest first. */
  readonly packs: readonly PackFile[];
  /** What could not be opened or is not there on purpose (a shallow or partial clone). */
  readonly problems: readonly Problem[];
  /** Objects outside packs, by id. What cannot be read comes as a problem in its place. */
  loose(): Iterable<StoredObject | Problem>;
  /** An object by id from wherever it is, at most `limit` bytes of it; `undefined` when it cannot be read. */
  object(id: string, limit: number): StoredObject | undefined;
  close(): void;
}
