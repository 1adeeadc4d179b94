import { statSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { AssayError } from '../../model/problem.ts';
import type { Tree } from '../../model/tree.ts';
import type { Repository } from '../git/repository.ts';
import { findRepository, openRepository } from '../git/repository.ts';
import { archive, archiveKind } from './archive.ts';
import { commit } from './commit.ts';
import type { CommitOptions } from './commit.ts';
import { staged } from './staged.ts';
import type { Wanted } from './left-out.ts';
import { singleFile, worktree } from './worktree.ts';

export interface OpenOptions extends Wanted {
  /** Read this commit instead of the files on disk. */
  readonly revision?: string;
  /** Read what is staged instead of the files on disk. */
  readonly index?: boolean;
  /** With `revision`: how its objects are read. */
  readonly objects?: CommitOptions['objects'];
}

/**
 * The tree that a person means by a path: a folder's files, a bare repository's HEAD, an archive, or one file;
 * with `revision` a commit of the repository that the path lies in (only the folder, when it is one inside), with `index` what is staged.
 * AssayErrors: `tree/not-found`, `tree/unreadable`, `tree/not-a-repository`, and those of the readers.
 */
export function openTree(target: string, options: OpenOptions = {}): Tree {
  const stat = statOf(target);
  if (options.revision !== undefined || options.index === true) {
    const repository = findRepository(stat.isDirectory() ? target : dirname(resolve(target)));
    if (repository === undefined)
      throw new AssayError('tree/not-a-repository', `${target} lies in no git repository`, {
        hint: 'name a folder of a repository, or leave the revision out to scan the files as they are',
      });
    const folder = stat.isDirectory() ? folderWithin(repository, target) : '';
    if (options.revision !== undefined)
      return commit(repository, options.revision, {
        folder,
        name: `${target}@${options.revision}`,
        installed: options.installed,
        ...(options.objects === undefined ? {} : { objects: options.objects }),
      });
    if (folder !== '')
      throw new AssayError(
        'tree/not-a-repository',
        `the index belongs to the whole repository; ${target} is a folder of it`,
        {
          hint: `name ${repository.workTree ?? repository.gitDir}`,
        },
      );
    return staged(repository, `${target} (staged)`, options);
  }
  if (stat.isDirectory()) {
    const repository = openRepository(target);
    return repository !== undefined && repository.workTree === undefined
      ? commit(repository, 'HEAD', { name: `${target}@HEAD`, installed: options.installed })
      : worktree(target, target, options);
  }
  if (!stat.isFile()) throw new AssayError('tree/unreadable', `${target} is neither a folder nor a file`);
  if (archiveKind(target) !== undefined) return archive(target, target, undefined, options);
  if (/\.(?:zip|tgz|tar|tar\.gz)$/i.test(target))
    throw new AssayError('tree/unreadable', `${target} is named as an archive and is none`, {
      hint: 'download or copy it again',
    });
  return singleFile(target);
}

function statOf(target: string): ReturnType<typeof statSync> & object {
  try {
    return statSync(target);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR')
      throw new AssayError('tree/not-found', `there is no ${target}`, {
        hint: 'name a folder, a repository, an archive or a file',
        cause: error,
      });
    throw new AssayError('tree/unreadable', `${target} cannot be read (${code})`, { cause: error });
  }
}

/** The way from a repository's top to a folder in it, `''` for the top and for bare repositories. */
function folderWithin(repository: Repository, target: string): string {
  return repository.workTree === undefined
    ? ''
    : relative(resolve(repository.workTree), resolve(target)).split('\\').join('/');
}
