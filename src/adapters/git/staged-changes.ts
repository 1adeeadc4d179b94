import { isAbsolute, join, resolve } from 'node:path';
import type { Problem } from '../../model/problem.ts';
import { AssayError } from '../../model/problem.ts';
import { isObjectId, parseCommit } from './commit-object.ts';
import type { IndexEntry } from './index-file.ts';
import { parseIndex } from './index-file.ts';
import type { Objects } from './objects.ts';
import type { ChangedFile } from './range.ts';
import { changedFiles } from './range.ts';
import { openRefs } from './refs.ts';
import type { Repository } from './repository.ts';
import { readSmallFile, readSmallText } from './small-file.ts';
import { MODE_FOLDER, MODE_SUBMODULE } from './tree-object.ts';

const MAX_INDEX_BYTES = 1024 * 1024 * 1024;

export interface StagedChanges {
  /** What the next commit has and none of its parents. */
  readonly files: readonly ChangedFile[];
  /** The next commit's tree, where the index knows it. */
  readonly tree: string | undefined;
  readonly problems: readonly Problem[];
}

/**
 * What the next commit brings in. `file`: the index to read instead of the repository's own; git names it in GIT_INDEX_FILE,
 * and it is another one for `git commit -a` and `git commit FILE`. While git runs its hooks the index knows its tree, and only
 * folders that differ are read. AssayErrors `git/unsupported` for a split index, `git/damaged-index`.
 */
export function stagedChanges(repository: Repository, objects: Objects, file?: string): StagedChanges {
  const idBytes = repository.algorithm === 'sha1' ? 20 : 32;
  const problems: Problem[] = [];
  const { entries, tree } = readIndex(repository, file);
  const before = parentTrees(repository, objects);
  const files =
    tree === undefined
      ? againstEntries(entries, before, objects, idBytes, problems)
      : changedFiles(objects, idBytes, tree, before, problems);
  return { files, tree, problems };
}

/** The tree that the next commit will have, where the index knows it. */
export function stagedTree(repository: Repository, file?: string): string | undefined {
  return readIndex(repository, file, false).tree;
}

function readIndex(
  repository: Repository,
  file: string | undefined,
  withIds = true,
): { readonly entries: readonly IndexEntry[]; readonly tree: string | undefined } {
  const base = repository.workTree ?? repository.gitDir;
  const path =
    file === undefined || file === ''
      ? join(repository.gitDir, 'index')
      : isAbsolute(file)
        ? file
        : resolve(base, file);
  const bytes = readSmallFile(path, MAX_INDEX_BYTES);
  if (bytes === undefined) return { entries: [], tree: undefined };
  const { entries, fault, tree } = parseIndex(bytes, repository.algorithm, withIds, false);
  if (fault?.kind === 'split')
    throw new AssayError('git/unsupported', `${path}: ${fault.message}`, {
      hint: 'run `git update-index --no-split-index`',
    });
  if (fault !== undefined)
    throw new AssayError('git/damaged-index', `${path} cannot be read: ${fault.message}`, {
      hint: 'run `git reset` to write it anew',
    });
  return { entries, tree };
}

/** HEAD's tree, and those of what is being merged. */
function parentTrees(repository: Repository, objects: Objects): readonly string[] {
  const merged = (readSmallText(join(repository.gitDir, 'MERGE_HEAD')) ?? '').split('\n').filter(isObjectId);
  const head = openRefs(repository).resolve('HEAD');
  return [...(head === undefined ? [] : [head]), ...merged].flatMap((id) => {
    const commit = parseCommit(objects.read(id).bytes);
    return commit === undefined ? [] : [commit.tree];
  });
}

function againstEntries(
  entries: readonly IndexEntry[],
  parents: readonly string[],
  objects: Objects,
  idBytes: number,
  problems: Problem[],
): readonly ChangedFile[] {
  const olds = parents.map(
    (tree) =>
      new Map(changedFiles(objects, idBytes, tree, [], problems).map(({ path, blob }) => [path, blob])),
  );
  const files: ChangedFile[] = [];
  const unmerged = new Set<string>();
  for (const { path, mode, id, stage, intentToAdd } of entries) {
    if (stage !== 0) unmerged.add(path);
    if (mode === MODE_SUBMODULE || intentToAdd) continue;
    // A folder of a sparse index: as HEAD has it, or what differs has been staged.
    const found =
      mode === MODE_FOLDER
        ? changedFiles(objects, idBytes, id, [], problems).map((one) => ({
            ...one,
            path: `${path}${one.path}`,
          }))
        : [{ path, blob: id }];
    for (const one of found) {
      const before = olds.flatMap((old) => old.get(one.path) ?? []);
      if (!before.includes(one.blob)) files.push({ path: one.path, blob: one.blob, before });
    }
  }
  for (const path of unmerged)
    problems.push({
      code: 'git/unmerged',
      message: 'a merge is not resolved here',
      at: { path },
      hint: 'resolve it and `git add` the file',
      lost: true,
    });
  return files;
}
