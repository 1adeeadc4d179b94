import type { Problem } from './problem.ts';

/** What a commit says of its place in history. */
export interface HistoryCommit {
  readonly tree: string;
  /** Only those that are there: a shallow clone's last commits have none. First parent first. */
  readonly parents: readonly string[];
  /** Seconds since 1970 of the committer; 0 when the line is malformed. */
  readonly at: number;
}

/** What a tag leads to, over other tags. `missing`: an object that is absent or damaged. */
export type TagTarget =
  | { readonly kind: 'commit'; readonly commit: string }
  | { readonly kind: 'tree' | 'blob' | 'missing' };

/** A file of a commit's tree. */
export interface HistoryFile {
  readonly path: string;
  readonly blob: string;
}

export interface HistoryFiles {
  /** Equal numbers mean equal files, problems and counts; -1 when that is not known. */
  readonly id: number;
  /** The wanted ones, ordered by path (UTF-16 code units), symbolic links settled as trees settle them. */
  readonly files: readonly HistoryFile[];
  /** Folders that could not be read. */
  readonly problems: readonly Problem[];
  readonly submodules: number;
}

/** The history of one repository, read from its objects: nothing is checked out, nothing is run. Synchronous. */
export interface CommitHistory {
  /** The commit that HEAD names. */
  readonly head: string;
  /** Parts may be absent on purpose: history (shallow) or objects (partial clones). */
  readonly shallow: boolean;
  readonly partial: boolean;
  /** Short names (`v1.0`), sorted by code unit. */
  tags(): readonly string[];
  tag(name: string): TagTarget;
  /** The commit of a revision. AssayErrors of revisions, e.g. `git/unknown-revision`. */
  resolve(revision: string): string;
  /** `undefined` when the commit is absent or damaged. */
  commit(id: string): HistoryCommit | undefined;
  /** The same several times as fast, but its bytes are not held against the id: for walks over all of history. */
  glance(id: string): HistoryCommit | undefined;
  /**
   * The files of a commit's tree (or of the folder in it that the history was opened for) whose path is wanted.
   * What a folder holds is kept for each `wanted` function and path: hand in the same one again. It must answer by path alone.
   */
  files(tree: string, wanted: (path: string) => boolean): HistoryFiles;
  /** The blob of a path, `undefined` when there is no such file. Follows no links. */
  blobAt(tree: string, path: string): string | undefined;
  /** The bytes of a blob. AssayErrors `git/missing-object`, `git/damaged-object`, `git/too-large`. */
  read(blob: string, limit: number): Uint8Array;
  close(): void;
}
