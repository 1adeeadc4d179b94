import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findRepository } from '../git/repository.ts';
import { runGit } from './git-command.ts';
import { installHooks } from './install.ts';

/** What a hook did in a repository of its own. `caught`: a commit with a secret was stopped for it, one without went through. */
export type SelfTest =
  | { readonly outcome: 'caught'; readonly milliseconds: number }
  | { readonly outcome: 'passed-secret' | 'stopped-clean' | 'cannot-run'; readonly says: string };

/**
 * Makes a repository in a temporary folder, installs the hooks of this version there, and commits `planted`, then something
 * harmless. `program`: node and the script that is assay. Removes the folder again.
 */
export function selfTest(program: readonly [node: string, script: string], planted: string): SelfTest {
  const folder = mkdtempSync(join(tmpdir(), 'assay-doctor-'));
  const env = environment(folder);
  const git = (...args: string[]): ReturnType<typeof runGit> =>
    runGit(folder, ['-c', 'commit.gpgSign=false', ...args], env);
  try {
    const made = git('init', '-q');
    const repository = made?.code === 0 ? findRepository(folder) : undefined;
    if (repository === undefined)
      return { outcome: 'cannot-run', says: made?.err || 'git was not found on PATH' };
    const bin = join(folder, 'node_modules/.bin');
    mkdirSync(bin, { recursive: true });
    writeFileSync(join(bin, 'assay'), `#!/bin/sh\nexec ${program.map(quoted).join(' ')} "$@"\n`);
    chmodSync(join(bin, 'assay'), 0o755);
    installHooks(repository, { name: 'core.hooksPath' }, ['pre-commit', 'commit-msg']);
    writeFileSync(join(folder, 'planted.txt'), `token = ${planted}\n`);
    git('add', 'planted.txt');
    const stopped = git('commit', '-q', '-m', 'planted');
    if (stopped?.code === 0) return { outcome: 'passed-secret', says: stopped.err };
    if (stopped?.err.includes('planted.txt:1') !== true)
      return { outcome: 'cannot-run', says: stopped?.err ?? 'git could not commit' };
    writeFileSync(join(folder, 'planted.txt'), 'harmless\n');
    git('add', 'planted.txt');
    const started = performance.now();
    const passed = git('commit', '-q', '-m', 'harmless');
    return passed?.code === 0
      ? { outcome: 'caught', milliseconds: performance.now() - started }
      : { outcome: 'stopped-clean', says: passed?.err ?? '' };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Of this process, without what git may have set for another repository. */
function environment(folder: string): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(
    ([name]) => !name.startsWith('GIT_') || name === 'GIT_EXEC_PATH',
  );
  return {
    ...Object.fromEntries(own),
    GIT_CEILING_DIRECTORIES: folder,
    GIT_AUTHOR_NAME: 'assay doctor',
    GIT_AUTHOR_EMAIL: 'doctor@example.invalid',
    GIT_COMMITTER_NAME: 'assay doctor',
    GIT_COMMITTER_EMAIL: 'doctor@example.invalid',
  };
}

const quoted = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`;
