import { findRepository } from '../../adapters/git/repository.ts';
import type { Repository } from '../../adapters/git/repository.ts';
import type { HookState, Step } from '../../adapters/hooks/install.ts';
import { hookStates, installHooks, uninstallHooks } from '../../adapters/hooks/install.ts';
import type { Manager } from '../../adapters/hooks/managers.ts';
import { configurationLines, detectManager, namedManager } from '../../adapters/hooks/managers.ts';
import type { HookName } from '../../adapters/hooks/script.ts';
import { CLIENT_HOOKS, HOOKS, SCRIPTS } from '../../adapters/hooks/script.ts';
import { AssayError } from '../../model/problem.ts';
import type { Invocation } from './command.ts';
import { printable } from './terminal/style.ts';

/**
 * `assay hook install`: 0 when git runs the hooks now, 1 when lines have to be added first. As a package.json's "prepare" it passes
 * where there is no repository: what is unpacked or built in a container has none, and its install is not to fail of it.
 */
export function install(place: string, invocation: Invocation): number {
  const { io, value, flag } = invocation;
  if (io.env['npm_lifecycle_event'] !== undefined && findRepository(place) === undefined) {
    io.err(`assay: no git repository here, so no hooks are installed\n`);
    return 0;
  }
  const repository = repositoryAt(place);
  const named = value('manager');
  const hooks = hooksNamed(value('hooks'), repository);
  if (named === 'print') {
    io.out(printedLines(hooks));
    return 0;
  }
  const manager = named === undefined ? detectManager(repository) : namedManager(repository, named);
  const { steps, missing } = installHooks(repository, manager, hooks, { receipt: !flag('no-receipt') });
  io.out(`${managerWords(manager)}\n${steps.map(stepLine).join('')}`);
  if (missing.length > 0) {
    io.out(`\nNot run yet: ${missing.join(', ')}. ${linesToAdd(manager, missing)}`);
    return 1;
  }
  const idle = hookStates(repository, manager, hooks).some(({ state }) => state === 'manager-idle');
  if (idle) {
    io.out(`\nNot run yet: ${idleWords(manager, hooks)}.\n`);
    return 1;
  }
  if (manager.name === 'server')
    io.out(
      '\nA push that brings a secret in is refused from now on. assay and node must be on the PATH of who runs git here.\n',
    );
  else
    io.out(
      `\nCommit ${SCRIPTS}. In every other clone: \`assay hook install\` (in package.json: "prepare": "assay hook install").\n\`assay doctor\` tries it out.\n`,
    );
  return 0;
}

/** `assay hook uninstall`: always 0. */
export function uninstall(place: string, { io }: Invocation): number {
  const repository = repositoryAt(place);
  const steps = uninstallHooks(repository, detectManager(repository));
  io.out(steps.length === 0 ? 'assay has no hooks here\n' : steps.map(stepLine).join(''));
  return 0;
}

/** `assay hook status`: 0 when every hook that is there is ready, and one is; else 1. */
export function status(place: string, { io, value }: Invocation): number {
  const repository = repositoryAt(place);
  const manager = detectManager(repository);
  const states = hookStates(repository, manager, hooksNamed(value('hooks'), repository));
  if (value('format') === 'json')
    io.out(`${JSON.stringify({ manager: manager.name, hooks: states }, null, 2)}\n`);
  else
    io.out(
      `${managerWords(manager)}\n${states.map((one) => `  ${one.hook.padEnd(12)} ${stateWords(one, manager)}\n`).join('')}`,
    );
  const there = states.filter(({ state }) => state !== 'absent');
  return there.length > 0 && there.every(({ state }) => state === 'ready') ? 0 : 1;
}

/** What a state means, and what to do about it behind `; `. */
export function stateWords({ hook, state, script: path }: HookState, manager: Manager): string {
  const script = printable(path);
  switch (state) {
    case 'ready':
      return 'ready';
    case 'absent':
      return 'not installed; `assay hook install`';
    case 'changed':
      return `${script} is not as this version writes it; \`assay hook install\` writes it anew`;
    case 'line-ends':
      return `${script} has Windows line ends, which no shell reads; \`assay hook install\` writes it anew`;
    case 'not-executable':
      return `${script} is not executable, so git passes over it; chmod +x ${script}`;
    case 'called-not':
      return 'nobody runs it in this clone; `assay hook install`';
    case 'manager-idle':
      return idleWords(manager, [hook]);
  }
}

function idleWords(manager: Manager, hooks: readonly HookName[]): string {
  return `${manager.name} was not set up in this clone, so git does not call it; ${managerInstall(manager, hooks)}`;
}

function managerInstall({ name }: Manager, hooks: readonly HookName[]): string {
  if (name === 'husky') return '`npm install`, or `npx husky`';
  return `\`${name} install${name === 'pre-commit' ? hooks.map((hook) => ` -t ${hook}`).join('') : ''}\``;
}

/** Who runs the hooks. */
export function managerWords(manager: Manager): string {
  switch (manager.name) {
    case 'core.hooksPath':
      return `git runs ${SCRIPTS} (core.hooksPath of this clone)`;
    case 'husky':
      return 'husky runs the hooks of .husky';
    case 'folder':
      return `git runs the hooks of ${printable(manager.folder)}`;
    case 'server':
      return `git runs the hooks of ${printable(manager.folder)} when something is pushed to it`;
    case 'lefthook':
    case 'pre-commit':
      return `${manager.name} runs the hooks of ${printable(manager.file)}`;
  }
}

function stepLine({ what, did, why }: Step): string {
  return `  ${did.padEnd(10)} ${printable(what)}${why === undefined ? '' : `: ${why}`}\n`;
}

function linesToAdd(manager: Manager, missing: readonly HookName[]): string {
  return manager.name === 'lefthook' || manager.name === 'pre-commit'
    ? `Add to ${printable(manager.file)}:\n\n${configurationLines(manager.name, missing)}\nThen run ${managerInstall(manager, missing)}.\n`
    : `Add at its start:\n\n${scriptLines(missing)}`;
}

function scriptLines(hooks: readonly HookName[]): string {
  return hooks.map((hook) => `  ${hook}: sh ${SCRIPTS}/${hook} "$@" || exit $?\n`).join('');
}

function printedLines(hooks: readonly HookName[]): string {
  return [
    `# The scripts: assay hook install writes them to ${SCRIPTS}\n`,
    `# git: git config core.hooksPath ${SCRIPTS}\n`,
    `# husky, or any script that git runs, at its start:\n${scriptLines(hooks)}`,
    `# lefthook.yml:\n${configurationLines('lefthook', hooks)}`,
    `# .pre-commit-config.yaml, below repos:\n${configurationLines('pre-commit', hooks)}`,
  ].join('\n');
}

function hooksNamed(list: string | undefined, repository: Repository): readonly HookName[] {
  if (list === undefined) return repository.workTree === undefined ? ['pre-receive'] : CLIENT_HOOKS;
  return list.split(',').map((name) => {
    const hook = HOOKS.find((one) => one === name.trim());
    if (hook !== undefined) return hook;
    throw new AssayError('cli/usage', `--hooks ${name}: expected some of ${HOOKS.join(', ')}`);
  });
}

function repositoryAt(place: string): Repository {
  const found = findRepository(place);
  if (found !== undefined) return found;
  throw new AssayError('tree/not-a-repository', `${place} lies in no git repository`, {
    hint: 'run `git init` first',
  });
}
