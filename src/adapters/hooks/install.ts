import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  rmdirSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join, relative } from 'node:path';
import { AssayError } from '../../model/problem.ts';
import type { Repository } from '../git/repository.ts';
import { callScript, hasBlock, withBlock, withoutBlock } from './block.ts';
import { setLocalConfig } from './git-command.ts';
import type { Manager } from './managers.ts';
import { configuredHooks, hooksPath, isExecutable, isSetUp, isWithin } from './managers.ts';
import type { HookName, ScriptOptions } from './script.ts';
import { HOOKS, SCRIPTS, hookScript, isCurrentScript } from './script.ts';

/** What was done to one file or setting. */
export interface Step {
  /** Relative to the repository's top where it lies in it. */
  readonly what: string;
  readonly did: 'written' | 'unchanged' | 'added to' | 'set' | 'removed' | 'left alone';
  readonly why?: string;
}

export interface Installed {
  readonly steps: readonly Step[];
  /** Hooks that git does not run yet: somebody has to add lines. */
  readonly missing: readonly HookName[];
}

/** Writes the scripts and has git, or who runs the hooks, call them. Nothing of anybody else's is overwritten. Idempotent. */
export function installHooks(
  repository: Repository,
  manager: Manager,
  hooks: readonly HookName[],
  options: ScriptOptions = { receipt: true },
): Installed {
  if (manager.name === 'server') return inFolder(repository, manager.folder, hooks, true);
  const top = topOf(repository);
  const steps = hooks.map((hook) => writeScript(join(top, SCRIPTS), hook, repository, options));
  // A checkout on Windows may make other line ends, which no shell reads.
  writeFileSync(join(top, SCRIPTS, '.gitattributes'), '* text eol=lf\n');
  if (manager.name === 'lefthook' || manager.name === 'pre-commit') {
    const there = configuredHooks(manager.file, hooks);
    return { steps, missing: hooks.filter((hook) => !there.includes(hook)) };
  }
  if (manager.name === 'core.hooksPath') {
    const now = hooksPath(repository);
    const isSet = now === join(top, SCRIPTS);
    if (!isSet) setLocalConfig(top, 'core.hooksPath', SCRIPTS);
    return {
      steps: [...steps, { what: `core.hooksPath = ${SCRIPTS}`, did: isSet ? 'unchanged' : 'set' }],
      missing: [],
    };
  }
  const added = inFolder(repository, manager.folder, hooks, false);
  return { steps: [...steps, ...added.steps], missing: added.missing };
}

/** Takes out what `installHooks` put in: scripts that are as written, blocks, and the setting. */
export function uninstallHooks(repository: Repository, manager: Manager): readonly Step[] {
  const steps: Step[] = [];
  const folders =
    manager.name === 'server' || manager.name === 'husky' || manager.name === 'folder'
      ? [manager.folder]
      : [];
  for (const folder of folders) for (const hook of HOOKS) steps.push(...takeOut(repository, folder, hook));
  const top = repository.workTree;
  if (top === undefined) return steps;
  for (const hook of HOOKS) steps.push(...takeOut(repository, join(top, SCRIPTS), hook));
  if (hooksPath(repository) === join(top, SCRIPTS)) {
    setLocalConfig(top, 'core.hooksPath', undefined);
    steps.push({ what: 'core.hooksPath', did: 'removed' });
  }
  rmSync(join(top, SCRIPTS, '.gitattributes'), { force: true });
  try {
    rmdirSync(join(top, SCRIPTS));
  } catch {
    // Something else lies in it, or it was never there.
  }
  return steps;
}

/** How one hook stands. */
export interface HookState {
  readonly hook: HookName;
  /**
   * `changed`: a script of ours that is not as this version writes it. `line-ends`: it is, but for carriage returns, with which no
   * shell reads it. `called-not`: nobody runs it. `manager-idle`: who runs the hooks would call it, but was not set up in this clone.
   */
  readonly state:
    | 'ready'
    | 'absent'
    | 'changed'
    | 'line-ends'
    | 'not-executable'
    | 'called-not'
    | 'manager-idle';
  /** The script, relative to the repository's top. */
  readonly script: string;
}

/** How each of the hooks stands, in their own order; nothing is run. */
export function hookStates(
  repository: Repository,
  manager: Manager,
  hooks: readonly HookName[],
): readonly HookState[] {
  const folder =
    manager.name === 'server' ? manager.folder : join(repository.workTree ?? repository.gitDir, SCRIPTS);
  return hooks.map((hook) => {
    const path = join(folder, hook);
    return { hook, script: shown(repository, path), state: stateOf(repository, manager, hook, path) };
  });
}

function stateOf(repository: Repository, manager: Manager, hook: HookName, path: string): HookState['state'] {
  const text = textOf(path);
  if (manager.name === 'server') {
    if (text === undefined || !text.includes('hook run')) return 'absent';
    if (!isExecutable(path)) return 'not-executable';
    return isCurrentScript(hook, text) || hasBlock(text, serverBlock(hook)) ? 'ready' : 'changed';
  }
  if (text === undefined) return 'absent';
  if (!isCurrentScript(hook, text))
    return isCurrentScript(hook, withoutReturns(text)) ? 'line-ends' : 'changed';
  if (manager.name === 'lefthook' || manager.name === 'pre-commit') {
    if (configuredHooks(manager.file, [hook]).length === 0) return 'called-not';
    return isSetUp(repository, manager, hook) ? 'ready' : 'manager-idle';
  }
  if (manager.name === 'core.hooksPath') {
    if (hooksPath(repository) !== join(topOf(repository), SCRIPTS)) return 'called-not';
    return isExecutable(path) ? 'ready' : 'not-executable';
  }
  const caller = join(manager.folder, hook);
  if (!hasBlock(textOf(caller) ?? '', blockFor(hook))) return 'called-not';
  if (manager.name === 'husky') return isSetUp(repository, manager, hook) ? 'ready' : 'manager-idle';
  return isExecutable(caller) ? 'ready' : 'not-executable';
}

function inFolder(
  repository: Repository,
  folder: string,
  hooks: readonly HookName[],
  isServer: boolean,
): Installed {
  const missing: HookName[] = [];
  const steps = hooks.map((hook): Step => {
    const path = join(folder, hook);
    const what = shown(repository, path);
    if (!isWithin(repository, folder)) {
      missing.push(hook);
      return { what, did: 'left alone', why: 'it lies outside of this repository' };
    }
    const text = textOf(path);
    if (isServer && (text === undefined || isOurs(text))) return writeScript(folder, hook, repository);
    const block = isServer ? serverBlock(hook) : blockFor(hook);
    const next = withBlock(text ?? '#!/bin/sh\n', block);
    if (next === undefined) {
      missing.push(hook);
      return { what, did: 'left alone', why: 'it is no shell script' };
    }
    if (next === text && isExecutable(path)) return { what, did: 'unchanged' };
    mkdirSync(folder, { recursive: true });
    writeFileSync(path, next, 'latin1');
    chmodSync(path, statSync(path).mode | 0o111);
    return { what, did: text === undefined ? 'written' : next === text ? 'set' : 'added to' };
  });
  return { steps, missing };
}

const withoutReturns = (text: string): string => text.replaceAll('\r\n', '\n');

const isOurs = (text: string): boolean =>
  withoutReturns(text.slice(0, 100)).startsWith("#!/bin/sh\n# Assay's ");

const blockFor = (hook: HookName): string => callScript(`${SCRIPTS}/${hook}`, hook === 'pre-push');

/** On a server the block has to do without a script beside it: nothing is checked out there. */
function serverBlock(hook: HookName): string {
  return hook === 'pre-receive'
    ? `assay_refs=$(cat)\nprintf '%s\\n' "$assay_refs" | assay hook run ${hook} -- "$@" || exit 1\nexec <<assay_refs_end\n$assay_refs\nassay_refs_end\n`
    : `assay hook run ${hook} -- "$@" || exit 1\n`;
}

function writeScript(
  folder: string,
  hook: HookName,
  repository: Repository,
  options: ScriptOptions = { receipt: true },
): Step {
  const path = join(folder, hook);
  const what = shown(repository, path);
  const text = textOf(path);
  const script = hookScript(hook, options);
  if (text === script && isExecutable(path)) return { what, did: 'unchanged' };
  if (text !== undefined && !isOurs(text))
    throw new AssayError('hook/foreign', `${what} is there already and is not assay's`, {
      hint: 'move it away, then install again',
    });
  mkdirSync(folder, { recursive: true });
  writeFileSync(path, script);
  chmodSync(path, 0o755);
  return { what, did: 'written' };
}

function takeOut(repository: Repository, folder: string, hook: HookName): Step[] {
  const path = join(folder, hook);
  const text = textOf(path);
  if (text === undefined || !isWithin(repository, folder)) return [];
  const what = shown(repository, path);
  if (isOurs(text)) {
    rmSync(path);
    return [{ what, did: 'removed' }];
  }
  const own = withoutBlock(text);
  if (own === text) return [];
  if (own.trim() === '' || own.trim() === '#!/bin/sh') rmSync(path);
  else writeFileSync(path, own, 'latin1');
  return [{ what, did: 'removed', ...(existsSync(path) ? { why: 'only what assay had added' } : {}) }];
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return undefined;
  }
}

function topOf({ workTree, gitDir }: Repository): string {
  if (workTree !== undefined) return workTree;
  throw new AssayError('hook/bare', `${gitDir} has no files checked out: only hooks of servers run there`, {
    hint: 'assay hook install --hooks pre-receive',
  });
}

function shown(repository: Repository, path: string): string {
  const base = repository.workTree ?? repository.gitDir;
  return isWithin(repository, path) ? relative(base, path) : path;
}
