import type { Problem } from './problem.ts';

/** A file of a tree. `blob` is its git blob id where the tree knows it for free (commits, the index). */
export interface TreeEntry {
  /** `/`-separated, relative, never starting with `/` or holding `..`. */
  readonly path: string;
  /** Bytes; -1 when reading it is the only way to know. */
  readonly size: number;
  readonly blob?: string;
}

/** Gives memory for so many bytes at least; `undefined`: the reader is to make its own. */
export type Room = (bytes: number) => Uint8Array<ArrayBuffer> | undefined;

/** Read-only files at one revision: a working tree, a commit, the index, or an archive. */
export interface Tree {
  readonly kind: 'worktree' | 'commit' | 'index' | 'archive';
  /** As the person named it. */
  readonly name: string;
  readonly commit?: string;
  /** Ordered by path (UTF-16 code units). Symbolic links, submodules and unreadable folders are not entries but `problems` or `skipped`. */
  list(signal?: AbortSignal): Promise<{
    readonly entries: readonly TreeEntry[];
    readonly problems: readonly Problem[];
    /** What was left out on purpose, for people: submodules, nested repositories, links that leave the tree. */
    readonly skipped: readonly { readonly path: string; readonly why: string }[];
  }>;
  /**
   * The bytes of a listed entry, at most `limit` (else AssayError `tree/too-large`). AssayError `tree/no-entry` when it is not there.
   * `room`: asked for memory where the tree reads files as they are; what it gives may be used for the result.
   */
  read(path: string, limit: number, room?: Room): Promise<Uint8Array>;
  close(): Promise<void>;
}
