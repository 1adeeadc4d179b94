import type { EcosystemId } from '../../model/ecosystem.ts';
import type { Finding, Priority } from '../../model/finding.ts';
import type { Action, Move } from '../../model/result.ts';
import { ecosystemOf } from '../ecosystems/index.ts';
import { sha256 } from '../text/sha256.ts';
import type { Case } from './plan.ts';

/** An action that may still take in others; its words are made when it is whole. */
export interface Draft {
  readonly kind: Action['kind'];
  readonly ecosystem: EcosystemId;
  readonly name: string;
  readonly cases: readonly Case[];
  readonly title: (cases: readonly Case[]) => string;
  /** What follows the number of advisories. */
  readonly because: (cases: readonly Case[]) => string;
  /** Each to be run at the top of the tree. */
  readonly commands: readonly string[];
  readonly edits: readonly string[];
}

export function actionOf({ kind, ecosystem, name, cases, title, because, commands, edits }: Draft): Action {
  const findings = cases.flatMap((one) => one.findings);
  const leaves = new Set(
    kind === 'no-fix' || kind === 'remove'
      ? []
      : cases.flatMap((one) => one.remaining.map((f) => f.fingerprint)),
  );
  const cleared =
    kind === 'no-fix' ? [] : findings.map((f) => f.fingerprint).filter((print) => !leaves.has(print));
  const manifests = unique(cases.flatMap((one) => one.manifests));
  return {
    id: sha256(`${kind}\0${ecosystem}\0${name}\0${manifests.join('\0')}`).slice(0, 16),
    kind,
    ecosystem,
    title: title(cases),
    name,
    because: `${kind === 'remove' ? '' : counted(cases)}${because(cases)}`,
    ...(edits.length === 0 ? {} : { edit: unique(edits).join('; ') }),
    ...(commands.length === 0 ? {} : { command: oneCommand([...new Set(commands)]) }),
    moves: movesOf(ecosystem, cases),
    via:
      kind === 'move-parent'
        ? unique(cases.flatMap(({ blockers: { names, table } }) => Array.from(names, (name) => table[name]!)))
        : unique(cases.flatMap((one) => one.via)),
    manifests,
    direct: cases.some((one) => one.direct),
    dev: cases.every((one) => one.dev),
    priority: mostUrgent(findings),
    clears: unique(cleared),
    leaves: kind === 'no-fix' ? unique(findings.map((f) => f.fingerprint)) : unique([...leaves]),
  };
}

/** Several are each run from the top of the tree, so each that changes folder does it for itself. What needs no change comes first. */
function oneCommand(commands: readonly string[]): string {
  if (commands.length === 1) return commands[0]!;
  const changes = (command: string): boolean => command.startsWith('cd ');
  return [...commands.filter((command) => !changes(command)), ...commands.filter(changes)]
    .map((command) => (command.includes('&&') ? `(${command})` : command))
    .join(' && ');
}

/** One a name and target; what is moved in several projects counts each finding once. */
function movesOf(ecosystem: EcosystemId, group: readonly Case[]): Move[] {
  const { compare } = ecosystemOf(ecosystem).versions;
  const byTarget = new Map<string, Case[]>();
  for (const one of group) {
    const key = `${one.component.name}\0${one.to ?? ''}`;
    byTarget.set(key, [...(byTarget.get(key) ?? []), one]);
  }
  return [...byTarget.values()]
    .map((cases): Move => {
      const { component, to } = cases[0]!;
      const answers = cases.map((one) => one.inRange);
      const inRange = answers.includes(false) ? false : answers.includes(undefined) ? undefined : true;
      return {
        name: component.name,
        from: unique(cases.map((one) => one.component.version)).sort(compare),
        ...(to === undefined ? {} : { to }),
        ...(inRange === undefined ? {} : { inRange }),
        findings: new Set(cases.flatMap((one) => one.findings)).size,
      };
    })
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : compare(a.from[0]!, b.from[0]!)));
}

function counted(group: readonly Case[]): string {
  const n = new Set(group.flatMap((one) => one.findings)).size;
  return `${n} ${n === 1 ? 'advisory' : 'advisories'}${group.every((one) => one.dev) ? ', development only' : ''}`;
}

const RANK: readonly Priority[] = ['critical', 'high', 'unknown', 'medium', 'low'];

function mostUrgent(findings: readonly Finding[]): Priority {
  return RANK.find((priority) => findings.some((finding) => finding.priority === priority)) ?? 'low';
}

export const unique = (values: readonly string[]): string[] => [...new Set(values)].sort();
