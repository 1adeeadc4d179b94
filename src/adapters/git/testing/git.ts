import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Tests use the real git as oracle; where it is absent they are skipped. */
export const hasGit: boolean = (() => {
  try {
    execFileSync('git', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

export interface Sandbox {
  readonly path: string;
  /** Runs git in the folder and gives its output without the last line end. */
  git(...args: string[]): string;
  write(path: string, content: string | Uint8Array): void;
  commit(message: string): string;
  remove(): void;
}

/** A temporary folder, with git's own settings of this machine shut out. */
export function sandbox(init: readonly string[] | false = []): Sandbox {
  const path = mkdtempSync(join(tmpdir(), 'assay-test-'));
  const box = sandboxAt(path);
  if (init !== false) box.git('init', '-q', '-b', 'main', ...init);
  return box;
}

/** Makes sandboxes, and removes them all when told to. */
export function sandboxes(): {
  readonly fresh: (init?: readonly string[] | false) => Sandbox;
  readonly remove: () => void;
} {
  const made: Sandbox[] = [];
  return {
    fresh: (init) => {
      const box = sandbox(init);
      made.push(box);
      return box;
    },
    remove: () => made.splice(0).forEach((box) => box.remove()),
  };
}

export function sandboxAt(path: string): Sandbox {
  const env = {
    PATH: process.env['PATH'],
    HOME: path,
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_AUTHOR_NAME: 'a',
    GIT_AUTHOR_EMAIL: 'a@example.invalid',
    GIT_COMMITTER_NAME: 'a',
    GIT_COMMITTER_EMAIL: 'a@example.invalid',
    GIT_AUTHOR_DATE: '2026-01-01T00:00:00Z',
    GIT_COMMITTER_DATE: '2026-01-01T00:00:00Z',
  };
  const git = (...args: string[]): string =>
    execFileSync('git', ['-c', 'protocol.file.allow=always', ...args], {
      cwd: path,
      env,
      encoding: 'utf8',
      maxBuffer: 1 << 28,
      stdio: ['ignore', 'pipe', 'pipe'],
    }).replace(/\n$/, '');
  return {
    path,
    git,
    write: (name, content) => {
      mkdirSync(dirname(join(path, name)), { recursive: true });
      writeFileSync(join(path, name), content);
    },
    commit: (message) => {
      git('add', '-A');
      git('commit', '-q', '--allow-empty', '-m', message);
      return git('rev-parse', 'HEAD');
    },
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}
