import { resolve } from 'node:path';
import type { HookName } from '../../../adapters/hooks/script.ts';
import { HOOKS } from '../../../adapters/hooks/script.ts';
import { AssayError } from '../../../model/problem.ts';
import type { Command, Invocation } from '../command.ts';
import { used } from '../used.ts';

const MANAGERS = ['core.hooksPath', 'husky', 'lefthook', 'pre-commit', 'print'] as const;

export const command: Command = {
  name: 'hook',
  summary: 'look for secrets before git commits, pushes or receives',
  usage: 'assay hook install|status|uninstall|check|run [PATH | A..B | HOOK] [OPTIONS]',
  about: `install writes scripts to .assay/hooks, to be committed, and has git run them (core.hooksPath of this clone, so each clone
runs it once). Where something runs hooks already (husky, lefthook, pre-commit, scripts in another folder) it is added
to, or the lines to add are printed; nothing is overwritten. In a bare repository it installs pre-receive.
status says how each hook stands; uninstall takes everything out again.
run is what the scripts call: pre-commit looks at what is staged, commit-msg at the message, pre-push at what the remote
has not, pre-receive and update at what a server has not. One line on stderr when all is well; 1 stops git. What cannot
be checked is stopped too. Nothing is fetched, and no git is started.
check A..B is for CI: looks at the commits again, and names those that came without the hook, by the receipt that it leaves
in the message (Assay-Checked: the tree it saw). Ends with 1 on secrets, and with --require on commits without a receipt.`,
  options: {
    manager: {
      type: 'string',
      value: 'NAME',
      choices: MANAGERS,
      help: 'install: who runs the hooks; default: who does now, else core.hooksPath; print changes nothing',
    },
    hooks: {
      type: 'string',
      value: 'LIST',
      help: 'install: default pre-commit,commit-msg,pre-push; in a bare repository pre-receive',
    },
    'no-receipt': { type: 'boolean', help: 'install: leave no receipt in messages' },
    require: { type: 'boolean', help: 'check: end with 1 when commits came without the hook' },
    format: {
      type: 'string',
      short: 'f',
      value: 'FORMAT',
      choices: ['text', 'json'],
      help: 'status, check: how to print it; default text',
    },
    output: { type: 'string', short: 'o', value: 'FILE', help: 'check: write the report to FILE' },
  },
  examples: [
    ['assay hook install', 'in a clone; then commit .assay/hooks'],
    ['assay hook install --manager print', 'the lines for whatever runs your hooks'],
    ['assay hook install /srv/git/app.git', 'on a server: nothing with a secret is taken in'],
    ['assay hook check origin/main..HEAD', 'in CI: secrets, and who has no hook yet'],
  ],
  async run(invocation) {
    const [action = '', ...rest] = invocation.positionals;
    used.add(`hook ${action} ${action === 'run' ? (rest[0] ?? '') : ''}`);
    switch (action) {
      case 'run':
        return (await import('../run-hook.ts')).runHook(hookNamed(rest[0]), rest.slice(1), invocation);
      case 'install':
        return (await import('../install-hook.ts')).install(placeOf(rest, invocation), invocation);
      case 'uninstall':
        return (await import('../install-hook.ts')).uninstall(placeOf(rest, invocation), invocation);
      case 'status':
        return (await import('../install-hook.ts')).status(placeOf(rest, invocation), invocation);
      case 'check':
        return (await import('../check-hook.ts')).checkHook(rest[0], invocation);
      default:
        throw new AssayError('cli/usage', 'hook: say install, status, uninstall, check or run', {
          hint: 'see `assay hook --help`',
        });
    }
  },
};

function placeOf([path = '.']: readonly string[], { io }: Invocation): string {
  return resolve(io.cwd, path);
}

function hookNamed(name: string | undefined): HookName {
  const hook = HOOKS.find((one) => one === name);
  if (hook !== undefined) return hook;
  throw new AssayError('cli/usage', `hook run: expected one of ${HOOKS.join(', ')}`);
}
