import { closeSync, constants, fstatSync, openSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { AssayError } from '../../model/problem.ts';
import type { Room, Tree } from '../../model/tree.ts';
import { findRepository } from '../git/repository.ts';
import { readUpTo } from '../git/small-file.ts';
import { treeFrom } from './from-source.ts';
import type { Wanted } from './left-out.ts';
import { walk } from './walk.ts';

/**
 * The files of a folder as they are on disk. Inside a repository `.gitignore`, `info/exclude` and nested ignore files hold
 * (the person's own global excludes do not: the result must not depend on the machine), but a tracked file is always part of it.
 * In a folder that is no repository everything is listed, and repositories below are walked, each by its own rules.
 * Symbolic links are never followed. Files are read when asked for, so the tree is as consistent as the disk is still.
 */
export function worktree(path: string, name: string = path, wanted: Wanted = {}): Tree {
  const root = resolve(path);
  let names: ReadonlyMap<string, Buffer> = new Map();
  return treeFrom({
    kind: 'worktree',
    name: () => name,
    find: async (signal) => {
      const walked = await walk(root, signal, wanted);
      names = walked.names;
      return walked.found;
    },
    bytes: (entry, limit, room) =>
      readRegularFile(names.get(entry.path) ?? join(root, entry.path), entry.path, limit, room),
  });
}

/** One file as a tree of its own. Its path is relative to its repository where it lies in one: some names mean something only in their folder. */
export function singleFile(path: string, name: string = path): Tree {
  const file = resolve(path);
  const repository = findRepository(join(file, '..'));
  const root = repository?.workTree ?? join(file, '..');
  const entry = relative(root, file).split('\\').join('/');
  return treeFrom({
    kind: 'worktree',
    name: () => name,
    find: () => ({ entries: [{ path: entry, size: -1 }], links: [], problems: [], skipped: [] }),
    bytes: (_entry, limit, room) => readRegularFile(file, entry, limit, room),
  });
}

/** Never follows a link in the last place and never waits on a FIFO: the folder may change under us. */
function readRegularFile(file: string | Buffer, path: string, limit: number, room: Room | undefined): Buffer {
  let handle: number;
  try {
    handle = openSync(file, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT')
      throw new AssayError('tree/no-entry', `${path} was there and is gone`, { cause: error });
    throw new AssayError('tree/unreadable', `${path} cannot be read (${code})`, { cause: error });
  }
  try {
    const stat = fstatSync(handle);
    if (!stat.isFile()) throw new AssayError('tree/unreadable', `${path} is no regular file`);
    if (stat.size > limit)
      throw new AssayError('tree/too-large', `${path} has ${stat.size} bytes; at most ${limit} are read`);
    return readUpTo(handle, stat.size, limit, room);
  } catch (error) {
    if (error instanceof AssayError) throw error;
    throw new AssayError(
      'tree/unreadable',
      `${path} cannot be read (${(error as NodeJS.ErrnoException).code})`,
      {
        cause: error,
      },
    );
  } finally {
    closeSync(handle);
  }
}
