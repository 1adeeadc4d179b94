import { join } from 'node:path';
import type { SmallInflater } from '../../model/deflate.ts';
import { AssayError } from '../../model/problem.ts';
import type { CommitHistory, HistoryCommit, TagTarget } from '../../model/commit-history.ts';
import { parseCommit } from './commit-object.ts';
import { peel } from './history-tags.ts';
import { historyTrees } from './history-trees.ts';
import { openObjects, type RawObject } from './objects.ts';
import { openRefs } from './refs.ts';
import type { Repository } from './repository.ts';
import { resolveRevision } from './revision.ts';
import { readSmallText } from './small-file.ts';

const TAGS = 'refs/tags/';

/** Holds the header of a commit with a few parents up to its committer. */
const HEAD_BYTES = 400;

/** Rebuilt bases of deltas that are kept: the versions of one lockfile are each other's bases, and megabytes long. */
const CACHE_BYTES = 48 * 1024 * 1024;
/** What is wanted of a pack lies anywhere in it: to hold more of it spares next to nothing. */
const WINDOW_BLOCKS = 64;

/**
 * Opens the history of a repository, bare or not. `folder` (`/`-separated, `''` for all) is the part of each tree that is looked at;
 * paths are relative to it. AssayErrors of `resolveRevision` when HEAD names no commit.
 */
export function openCommitHistory(
  repository: Repository,
  folder = '',
  inflater?: SmallInflater,
): CommitHistory {
  const objects = openObjects(repository, {
    cacheBytes: CACHE_BYTES,
    windowBlocks: WINDOW_BLOCKS,
    ...(inflater === undefined ? {} : { inflater }),
  });
  const refs = openRefs(repository);
  // https://git-scm.com/docs/shallow: one commit id a line, whose parents are not there.
  const edge = new Set(
    repository.shallow ? (readSmallText(join(repository.commonDir, 'shallow')) ?? '').split(/\s+/) : [],
  );
  const trees = historyTrees(repository.algorithm === 'sha1' ? 20 : 32, objects, folder);
  try {
    const head = resolveRevision('HEAD', refs, objects).id;
    return {
      head,
      shallow: repository.shallow,
      partial: repository.partial,
      tags: () =>
        refs
          .names()
          .filter((name) => name.startsWith(TAGS))
          .map((name) => name.slice(TAGS.length)),
      tag: (name): TagTarget => {
        const id = refs.resolve(TAGS + name);
        return id === undefined ? { kind: 'missing' } : peel(id, objects);
      },
      resolve: (revision) => resolveRevision(revision, refs, objects).id,
      commit: (id) => toCommit(id, () => objects.read(id), edge),
      glance: (id) => {
        const seen = toCommit(id, () => objects.head(id, HEAD_BYTES), edge);
        // Without a date: malformed, or longer than what was read.
        return seen === undefined || seen.at === 0 ? toCommit(id, () => objects.read(id), edge) : seen;
      },
      files: (tree, wanted) => trees.files(tree, wanted),
      blobAt: (tree, path) => trees.blobAt(tree, path),
      read: (blob, limit) => {
        const object = objects.read(blob, limit);
        if (object.type !== 'blob')
          throw new AssayError('git/damaged-object', `object ${blob} is a ${object.type}; expected a file`);
        return object.bytes;
      },
      close: () => objects.close(),
    };
  } catch (error) {
    objects.close();
    throw error;
  }
}

function toCommit(id: string, read: () => RawObject, edge: ReadonlySet<string>): HistoryCommit | undefined {
  try {
    const { type, bytes } = read();
    const commit = type === 'commit' ? parseCommit(bytes) : undefined;
    if (commit === undefined) return undefined;
    return { tree: commit.tree, parents: edge.has(id) ? [] : commit.parents, at: commit.committedAt };
  } catch (error) {
    if (error instanceof AssayError) return undefined;
    throw error;
  }
}
