import { spawnSync } from 'node:child_process';
import { AssayError } from '../../model/problem.ts';

/**
 * Runs git in a folder: only `git config` and `git --version`, which run nothing of a repository, and for a self-test git in a
 * folder of our own. `undefined` when git is absent.
 */
export function runGit(
  folder: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): { readonly code: number; readonly out: string; readonly err: string } | undefined {
  const { status, stdout, stderr, error } = spawnSync('git', [...args], {
    cwd: folder,
    env,
    encoding: 'utf8',
    timeout: 60_000,
  });
  if (error !== undefined) return undefined;
  return { code: status ?? -1, out: stdout.replace(/\n$/, ''), err: stderr.trim() };
}

/** A value of git's configuration as git sees it in a folder (all files, includes followed), a leading `~` made whole. */
export function gitPathConfig(folder: string, key: string): string | undefined {
  const run = runGit(folder, ['config', '--type=path', '--get', key]);
  return run?.code === 0 && run.out !== '' ? run.out : undefined;
}

/** Sets (or with `undefined` removes) a value in a repository's own configuration. AssayErrors `git/absent`, `git/config`. */
export function setLocalConfig(folder: string, key: string, value: string | undefined): void {
  const args = value === undefined ? ['--unset-all', key] : [key, value];
  const run = runGit(folder, ['config', '--local', ...args]);
  if (run === undefined)
    throw new AssayError('git/absent', 'git was not found on PATH', { hint: 'hooks are run by git' });
  // 5: there was nothing to remove.
  if (run.code !== 0 && !(value === undefined && run.code === 5))
    throw new AssayError('git/config', `git config could not write ${key}: ${run.err}`);
}
