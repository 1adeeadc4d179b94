import { delimiter, dirname, isAbsolute, resolve } from 'node:path';
import { AssayError } from '../../model/problem.ts';
import type { Repository } from './repository.ts';
import { findRepository, openRepository } from './repository.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The repository that git runs a hook for: GIT_DIR and GIT_WORK_TREE, else the nearest one. Git sets them where a folder alone
 * would not do: linked working trees, `--git-dir`, servers. AssayError `tree/not-a-repository`.
 * https://git-scm.com/docs/githooks
 */
export function repositoryOfHook(cwd: string, env: Environment): Repository {
  const named = env['GIT_DIR'];
  if (named === undefined || named === '') {
    const found = findRepository(cwd);
    if (found !== undefined) return found;
    throw new AssayError('tree/not-a-repository', `${cwd} lies in no git repository`);
  }
  const gitDir = resolve(cwd, named);
  const found = openRepository(gitDir);
  if (found === undefined)
    throw new AssayError('tree/not-a-repository', `GIT_DIR names ${gitDir}, which is no git folder`);
  const top = env['GIT_WORK_TREE'];
  if (top !== undefined && top !== '') return { ...found, workTree: resolve(cwd, top) };
  const nearest = findRepository(cwd);
  if (nearest !== undefined && resolve(nearest.gitDir) === gitDir) return nearest;
  return gitDir.endsWith('.git') && dirname(gitDir) === resolve(cwd) ? { ...found, workTree: cwd } : found;
}

/**
 * Folders of objects beside the repository's own that git gives a hook: while a push is received, what it brings in lies in
 * quarantine. https://git-scm.com/docs/git-receive-pack#_quarantine_environment
 */
export function objectFoldersOfHook(cwd: string, env: Environment): readonly string[] {
  return [
    env['GIT_QUARANTINE_PATH'],
    env['GIT_OBJECT_DIRECTORY'],
    ...listed(env['GIT_ALTERNATE_OBJECT_DIRECTORIES'] ?? ''),
  ]
    .filter((folder) => folder !== undefined && folder !== '' && !folder.includes('\0'))
    .map((folder) => (isAbsolute(folder!) ? folder! : resolve(cwd, folder!)));
}

/** A list of folders; one that holds the separator or begins with a quote is written in double quotes with backslashes. */
function listed(text: string): string[] {
  const folders: string[] = [];
  let at = 0;
  while (at < text.length) {
    let folder = '';
    if (text[at] === '"') {
      for (at++; at < text.length && text[at] !== '"'; at++) {
        if (text[at] === '\\' && at + 1 < text.length) at++;
        folder += text[at];
      }
      at++;
    } else {
      const end = text.indexOf(delimiter, at);
      folder = text.slice(at, end === -1 ? text.length : end);
      at += folder.length;
    }
    folders.push(folder);
    at++;
  }
  return folders;
}
