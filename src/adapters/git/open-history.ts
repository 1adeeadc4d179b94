import { realpathSync } from 'node:fs';
import { relative, sep } from 'node:path';
import type { SmallInflater } from '../../model/deflate.ts';
import { AssayError } from '../../model/problem.ts';
import type { CommitHistory } from '../../model/commit-history.ts';
import { openCommitHistory } from './commit-history.ts';
import { findRepository } from './repository.ts';

/**
 * The history of the repository that a folder is or lies in; only that folder of each commit, when it is one inside.
 * `inflater` is asked first for what is small.
 * AssayErrors: `tree/not-found`, `tree/not-a-repository`, and those of revisions when HEAD names no commit.
 */
export function openHistoryAt(
  target: string,
  inflater?: SmallInflater,
): { readonly history: CommitHistory; readonly folder: string } {
  let path: string;
  try {
    path = realpathSync(target);
  } catch (error) {
    throw new AssayError('tree/not-found', `there is no ${target}`, {
      hint: 'name a folder of a git repository, or a bare one',
      cause: error,
    });
  }
  const repository = findRepository(path);
  if (repository === undefined)
    throw new AssayError('tree/not-a-repository', `${target} lies in no git repository`, {
      hint: 'a timeline is made from history: name a clone, bare ones too',
    });
  const folder =
    repository.workTree === undefined
      ? ''
      : relative(realpathSync(repository.workTree), path).split(sep).join('/');
  return { history: openCommitHistory(repository, folder, inflater), folder };
}
