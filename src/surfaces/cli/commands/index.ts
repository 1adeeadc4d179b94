import type { Command } from '../command.ts';

interface Entry {
  readonly verb: 'KNOW' | 'PREVENT' | 'FIX' | 'PROVE' | 'SHARE' | 'DATA';
  readonly summary: string;
  readonly load: () => Promise<{ readonly command: Command }>;
}

/** Every command; code is loaded when one is asked for. */
export const commands: Readonly<Record<string, Entry>> = {
  scan: {
    verb: 'KNOW',
    summary: 'what this depends on, what is wrong with it, and what to do first',
    load: () => import('./scan.ts'),
  },
  why: {
    verb: 'KNOW',
    summary: 'why a component is here: who asks for it, through which direct dependency',
    load: () => import('./why.ts'),
  },
  graph: {
    verb: 'KNOW',
    summary: 'the dependency graph, whole or around a component, for eyes and other tools',
    load: () => import('./graph.ts'),
  },
  diff: {
    verb: 'KNOW',
    summary: 'what changed between two revisions in what it depends on',
    load: () => import('./diff.ts'),
  },
  cost: {
    verb: 'KNOW',
    summary: 'what goes away with each direct dependency, and what it shares',
    load: () => import('./cost.ts'),
  },
  critical: {
    verb: 'KNOW',
    summary: 'what everything hangs on, and which of it is badly kept',
    load: () => import('./critical.ts'),
  },
  adopt: {
    verb: 'KNOW',
    summary: 'is a dependency a healthy choice: eight answers with evidence, and what was decided',
    load: () => import('./adopt.ts'),
  },
  timeline: {
    verb: 'KNOW',
    summary: 'whether it gets better from release to release',
    load: () => import('./timeline.ts'),
  },
  secrets: {
    verb: 'PREVENT',
    summary: 'credentials, personal data, markings and internal addresses, in files or the whole history',
    load: () => import('./secrets.ts'),
  },
  hook: {
    verb: 'PREVENT',
    summary: 'look for secrets before git commits, pushes or receives',
    load: () => import('./hook.ts'),
  },
  doctor: {
    verb: 'PREVENT',
    summary: 'what is installed and working on this machine, and what to do about the rest',
    load: () => import('./doctor.ts'),
  },
  decide: {
    verb: 'FIX',
    summary: 'record who ruled what about a finding, why, and until when',
    load: () => import('./decide.ts'),
  },
  sbom: { verb: 'PROVE', summary: 'a software bill of materials', load: () => import('./sbom.ts') },
  vex: {
    verb: 'PROVE',
    summary: 'which known vulnerabilities affect it, for consumers',
    load: () => import('./vex.ts'),
  },
  db: { verb: 'DATA', summary: 'install and inspect advisory data', load: () => import('./db.ts') },
  completion: {
    verb: 'DATA',
    summary: 'shell completion for bash, zsh and fish',
    load: () => import('./completion.ts'),
  },
};

export const groups: readonly (readonly [
  string,
  readonly { readonly name: string; readonly summary: string }[],
])[] = (['KNOW', 'PREVENT', 'FIX', 'PROVE', 'SHARE', 'DATA'] as const).map((verb) => [
  verb,
  Object.entries(commands)
    .filter(([, entry]) => entry.verb === verb)
    .map(([name, { summary }]) => ({ name, summary })),
]);

export async function loadCommand(name: string): Promise<Command> {
  return (await commands[name]!.load()).command;
}
