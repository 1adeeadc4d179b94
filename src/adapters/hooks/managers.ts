import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import type { Repository } from '../git/repository.ts';
import { gitPathConfig } from './git-command.ts';
import type { HookName } from './script.ts';
import { HOOKS, SCRIPTS } from './script.ts';

/** Who runs a repository's hooks. */
export type Manager =
  /** Git itself, from our committed folder. */
  | { readonly name: 'core.hooksPath' }
  /** Scripts in a folder, ours or somebody else's: each gets a block that calls ours. */
  | { readonly name: 'husky'; readonly folder: string }
  | { readonly name: 'folder'; readonly folder: string }
  /** A configuration file that people edit: lines are printed. */
  | { readonly name: 'lefthook'; readonly file: string }
  | { readonly name: 'pre-commit'; readonly file: string }
  /** A server's repository: git runs `hooks/` in it. */
  | { readonly name: 'server'; readonly folder: string };

export type ManagerName = Manager['name'];

const LEFTHOOK = [
  'lefthook.yml',
  '.lefthook.yml',
  'lefthook.yaml',
  '.lefthook.yaml',
  'lefthook.toml',
  'lefthook.json',
];
const PRE_COMMIT = ['.pre-commit-config.yaml', '.pre-commit-config.yml'];

/** Who runs the hooks of a repository now, or would best do so: what is there already is kept. */
export function detectManager(repository: Repository): Manager {
  const top = repository.workTree;
  if (top === undefined) return { name: 'server', folder: join(repository.gitDir, 'hooks') };
  const path = hooksPath(repository);
  if (path !== undefined && path !== join(top, SCRIPTS))
    return path === join(top, '.husky') || path === join(top, '.husky', '_')
      ? husky(top)
      : { name: 'folder', folder: path };
  if (existsSync(join(top, '.husky'))) return husky(top);
  const lefthook = LEFTHOOK.find((name) => existsSync(join(top, name)));
  if (lefthook !== undefined) return { name: 'lefthook', file: join(top, lefthook) };
  const preCommit = PRE_COMMIT.find((name) => existsSync(join(top, name)));
  if (preCommit !== undefined) return { name: 'pre-commit', file: join(top, preCommit) };
  const own = join(repository.commonDir, 'hooks');
  return path === undefined && activeHooks(own).length > 0
    ? { name: 'folder', folder: own }
    : { name: 'core.hooksPath' };
}

/** The manager that a person named. */
export function namedManager(repository: Repository, name: string): Manager {
  const top = repository.workTree ?? repository.gitDir;
  switch (name) {
    case 'husky':
      return husky(top);
    case 'lefthook':
      return { name, file: join(top, LEFTHOOK.find((file) => existsSync(join(top, file))) ?? LEFTHOOK[0]!) };
    case 'pre-commit':
      return { name, file: join(top, PRE_COMMIT[0]!) };
    default:
      return { name: 'core.hooksPath' };
  }
}

/** Where git looks for hooks instead of its own folder; absolute. */
export function hooksPath(repository: Repository): string | undefined {
  const base = repository.workTree ?? repository.gitDir;
  const value = gitPathConfig(base, 'core.hooksPath');
  return value === undefined ? undefined : resolve(base, value);
}

/** Whether a folder belongs to this repository: what is outside (a person's own hooks for all repositories) is not written to. */
export function isWithin(repository: Repository, folder: string): boolean {
  return [repository.workTree, repository.commonDir, repository.gitDir].some((top) => {
    if (top === undefined) return false;
    const way = relative(resolve(top), folder);
    return way === '' || (!way.startsWith(`..${sep}`) && way !== '..' && resolve(top, way) === folder);
  });
}

/**
 * Whether git calls a manager for a hook in this clone: what is committed of it does nothing until its own install has run, which
 * puts a script where git looks.
 */
export function isSetUp(
  repository: Repository,
  manager: Extract<Manager, { readonly name: 'husky' | 'lefthook' | 'pre-commit' }>,
  hook: HookName,
): boolean {
  const folder = hooksPath(repository) ?? join(repository.commonDir, 'hooks');
  const script = join(folder, hook);
  if (manager.name === 'husky' && folder !== manager.folder && folder !== join(manager.folder, '_'))
    return false;
  try {
    return (
      isExecutable(script) &&
      (manager.name === 'husky' || readFileSync(script, 'latin1').includes(manager.name))
    );
  } catch {
    return false;
  }
}

/** Windows has no such bit, and git does not ask for it there. Throws when there is no such file. */
export function isExecutable(path: string): boolean {
  return process.platform === 'win32' ? existsSync(path) : (statSync(path).mode & 0o100) !== 0;
}

/** Names of the hooks in a folder that git would run, samples left out; sorted. */
export function activeHooks(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => !entry.isDirectory() && /^[a-z][a-z0-9-]*$/.test(entry.name))
      .map(({ name }) => name)
      .sort();
  } catch {
    return [];
  }
}

function husky(top: string): Manager {
  return { name: 'husky', folder: join(top, '.husky') };
}

/** The lines that a manager's configuration needs, for hooks whose scripts are committed. */
export function configurationLines(manager: 'lefthook' | 'pre-commit', hooks: readonly HookName[]): string {
  const client = HOOKS.filter((hook) => hooks.includes(hook) && hook !== 'pre-receive' && hook !== 'update');
  return manager === 'lefthook'
    ? client
        .map((hook) => {
          const more = hook === 'commit-msg' ? ' {1}' : hook === 'pre-push' ? ' {1} {2}' : '';
          const stdin = hook === 'pre-push' ? '      use_stdin: true\n' : '';
          return `${hook}:\n  commands:\n    assay:\n      run: sh ${SCRIPTS}/${hook}${more}\n${stdin}`;
        })
        .join('')
    : `  - repo: local\n    hooks:\n${client
        .map(
          (hook) =>
            `      - id: assay-${hook}\n        name: assay ${hook}\n        entry: sh ${SCRIPTS}/${hook}\n        language: system\n        always_run: true\n        pass_filenames: ${String(hook === 'commit-msg')}\n        stages: [${hook}]\n`,
        )
        .join('')}`;
}

/** Which of the hooks a manager's configuration calls. */
export function configuredHooks(file: string, hooks: readonly HookName[]): readonly HookName[] {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  return hooks.filter(
    (hook) => text.includes(`${SCRIPTS}/${hook}`) || text.includes(`assay hook run ${hook}`),
  );
}
