import type { EcosystemId } from '../../model/ecosystem.ts';
import type { Finding, Priority } from '../../model/finding.ts';
import type { Action, Move } from '../../model/result.ts';
import { ecosystemOf } from '../ecosystems/index.ts';
import { sha256 } from '../text/sha256.ts';
import { commandIn } from './command.ts';
import type { Case } from './plan.ts';

/** Folds the cases of one project into actions; see `Action.kind` for what each is. */
export function fold(ecosystem: EcosystemId, cases: readonly Case[]): Action[] {
  const isMalicious = ({ findings }: Case): boolean => findings.some((finding) => finding.kind === 'malware');
  const malicious = cases.filter(isMalicious);
  const rest = cases.filter((one) => !isMalicious(one));
  const fixable = rest.filter((one) => one.to !== undefined);
  const stuck = rest.filter((one) => one.to === undefined);
  // A component that some range holds back waits for the direct dependency above it.
  const held = fixable.filter((one) => one.blockers.length > 0);
  const free = fixable.filter((one) => one.blockers.length === 0);
  const groups = byBlocker(held);
  const blockers = new Set(groups.map(([blocker]) => blocker));
  // A blocker that its own range lets move anyway is moved with the others, not listed twice.
  const isBlocker = ({ component, direct, inRange }: Case): boolean =>
    direct && inRange === true && blockers.has(`${component.name}@${component.version}`);
  const direct = free.filter((one) => one.direct && !isBlocker(one));
  const transitive = free.filter((one) => !one.direct);
  return [
    ...byName(malicious).map((group) => remove(ecosystem, group)),
    ...byName(direct).map((group) => upgrade(ecosystem, group)),
    ...(transitive.length > 0 ? refresh(ecosystem, transitive) : []),
    ...moveParents(ecosystem, groups, free.filter(isBlocker)),
    ...(stuck.length > 0 ? [noFix(ecosystem, stuck)] : []),
  ];
}

function upgrade(ecosystem: EcosystemId, group: readonly Case[]): Action {
  const { component, inRange } = group[0]!;
  const to = highest(ecosystem, group);
  const versions = unique(group.map((one) => one.component.version));
  const command = commandFor(ecosystem, group[0]!, to);
  return action(ecosystem, 'upgrade', group, {
    title: `Upgrade ${component.name} ${versions.join(', ')} to ${to}`,
    name: component.name,
    because: because(group, rangeWords(inRange)),
    ...(command === undefined ? {} : { command }),
  });
}

/** One action for all that a lockfile refresh moves: one command each where commands can be joined, else one action a component. */
function refresh(ecosystem: EcosystemId, group: readonly Case[]): Action[] {
  return byCommand(group, (one) => commandFor(ecosystem, one, one.to!)).flatMap(({ items, command }) =>
    command === undefined
      ? byName(items).map((one) => refreshOf(ecosystem, one, undefined))
      : [refreshOf(ecosystem, items, command)],
  );
}

function refreshOf(ecosystem: EcosystemId, group: readonly Case[], command: string | undefined): Action {
  const names = unique(group.map((one) => one.component.name));
  return action(ecosystem, 'refresh', group, {
    title:
      names.length > 1
        ? `Update ${names.length} transitive components`
        : new Set(group.map((one) => one.to)).size > 1
          ? `Update all versions of ${names[0]!}`
          : `Update ${names[0]!} to ${highest(ecosystem, group)}`,
    name: names[0]!,
    because: because(group, rangeWords(group.every((one) => one.inRange === true) ? true : undefined)),
    ...(command === undefined ? {} : { command }),
  });
}

/**
 * Direct dependencies that hold fixed versions back. Moving each within its declared range is the step that costs least;
 * where there is one command for that, they are one action, else one each.
 */
function moveParents(
  ecosystem: EcosystemId,
  groups: readonly (readonly [blocker: string, held: readonly Case[]])[],
  own: readonly Case[],
): Action[] {
  return byCommand(groups, ([blocker, group]) => updateCommand(ecosystem, blocker, group[0]!)).map(
    ({ items, command }) => {
      const blockers = items.map(([blocker]) => blocker).sort();
      const themselves = own.filter(({ component }) =>
        blockers.includes(`${component.name}@${component.version}`),
      );
      return moveParent(
        ecosystem,
        blockers,
        [...themselves, ...items.flatMap(([, group]) => group)],
        command,
      );
    },
  );
}

function moveParent(
  ecosystem: EcosystemId,
  blockers: readonly string[],
  group: readonly Case[],
  command: string | undefined,
): Action {
  const many = blockers.length > 1;
  return action(ecosystem, 'move-parent', group, {
    title: many
      ? `Move ${blockers.length} direct dependencies that hold fixes back${blockers.length > 4 ? '' : `: ${blockers.join(', ')}`}`
      : `Move ${blockers[0]!} to a later version or replace it`,
    name: nameOf(blockers[0]!),
    because: because(
      group,
      `${many ? 'their subtrees do' : 'its subtree does'} not admit the fixed versions; if the next scan says so again, take a later major or a replacement`,
    ),
    ...(command === undefined ? {} : { command }),
  });
}

const nameOf = (nameAtVersion: string): string => nameAtVersion.slice(0, nameAtVersion.lastIndexOf('@'));

/** The command that moves a direct dependency as far as its declared range allows, with what is below it. */
function updateCommand(ecosystem: EcosystemId, blocker: string, one: Case): string | undefined {
  const version = blocker.slice(blocker.lastIndexOf('@') + 1);
  const command = commandIn(ecosystem, one, {
    name: nameOf(blocker),
    from: version,
    to: version,
    direct: false,
    inRange: true,
  });
  // A package manager that must be told where to move to would be told to stay.
  return version !== '' && command?.includes(version) === true ? undefined : command;
}

function remove(ecosystem: EcosystemId, group: readonly Case[]): Action {
  const { component } = group[0]!;
  return action(ecosystem, 'remove', group, {
    title: `Remove ${component.name} ${unique(group.map((one) => one.component.version)).join(', ')}: malicious code`,
    name: component.name,
    because: 'treat every machine that installed it as compromised: rotate its credentials',
  });
}

function noFix(ecosystem: EcosystemId, group: readonly Case[]): Action {
  const names = unique(group.map((one) => one.component.name));
  return action(ecosystem, 'no-fix', group, {
    title: `Review ${list(names)}: no released version is known to fix ${names.length === 1 ? 'it' : 'them'}`,
    name: names[0]!,
    because: because(group, 'replace it, or record with `assay decide` why it is acceptable'),
  });
}

function action(
  ecosystem: EcosystemId,
  kind: Action['kind'],
  group: readonly Case[],
  words: Pick<Action, 'title' | 'name' | 'because' | 'command'>,
): Action {
  const findings = group.flatMap((one) => one.findings);
  const leaves = new Set(
    kind === 'no-fix' || kind === 'remove'
      ? []
      : group.flatMap((one) => one.remaining.map((f) => f.fingerprint)),
  );
  const cleared =
    kind === 'no-fix' ? [] : findings.map((f) => f.fingerprint).filter((print) => !leaves.has(print));
  const manifests = unique(group.flatMap((one) => one.manifests));
  return {
    id: sha256(`${kind}\0${ecosystem}\0${words.name}\0${manifests.join('\0')}`).slice(0, 16),
    kind,
    ecosystem,
    ...words,
    moves: movesOf(ecosystem, group),
    via:
      kind === 'move-parent'
        ? unique(group.flatMap((one) => one.blockers))
        : unique(group.flatMap((one) => one.via)),
    manifests,
    direct: group.some((one) => one.direct),
    dev: group.every((one) => one.dev),
    priority: mostUrgent(findings),
    clears: unique(cleared),
    leaves: kind === 'no-fix' ? unique(findings.map((f) => f.fingerprint)) : unique([...leaves]),
  };
}

function movesOf(ecosystem: EcosystemId, group: readonly Case[]): Move[] {
  const { compare } = ecosystemOf(ecosystem).versions;
  const byTarget = new Map<string, Case[]>();
  for (const one of group) {
    const key = `${one.component.name}\0${one.to ?? ''}`;
    byTarget.set(key, [...(byTarget.get(key) ?? []), one]);
  }
  return [...byTarget.values()]
    .map((cases): Move => {
      const { component, to, inRange } = cases[0]!;
      return {
        name: component.name,
        from: unique(cases.map((one) => one.component.version)).sort(compare),
        ...(to === undefined ? {} : { to }),
        ...(inRange === undefined ? {} : { inRange }),
        findings: cases.reduce((sum, one) => sum + one.findings.length, 0),
      };
    })
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : compare(a.from[0]!, b.from[0]!)));
}

function commandFor(ecosystem: EcosystemId, one: Case, to: string): string | undefined {
  const { name, version: from } = one.component;
  return commandIn(ecosystem, one, { name, from, to, direct: one.direct, inRange: one.inRange });
}

/**
 * Groups items whose commands differ in their last word only: `npm update a` and `npm update b` become `npm update a b`.
 * Those without a command are one group of their own. Order of first appearance.
 */
function byCommand<T>(
  items: readonly T[],
  commandOf: (item: T) => string | undefined,
): { readonly items: readonly T[]; readonly command: string | undefined }[] {
  const groups = new Map<string | undefined, { items: T[]; lasts: Set<string> }>();
  for (const item of items) {
    const command = commandOf(item);
    const cut = command?.lastIndexOf(' ') ?? 0;
    // A chain of commands cannot take one more word.
    const head = command?.includes('&&') ? command : command?.slice(0, cut);
    const group = groups.get(head) ?? { items: [], lasts: new Set() };
    group.items.push(item);
    if (command !== undefined && head !== command) group.lasts.add(command.slice(cut + 1));
    groups.set(head, group);
  }
  return [...groups].map(([head, { items: grouped, lasts }]) => ({
    items: grouped,
    command: head === undefined ? undefined : [head, ...[...lasts].sort()].join(' '),
  }));
}

function byName(cases: readonly Case[]): Case[][] {
  const groups = new Map<string, Case[]>();
  for (const one of cases) groups.set(one.component.name, [...(groups.get(one.component.name) ?? []), one]);
  return [...groups.values()];
}

/** Each held case goes to the blocker that holds the most, so that the list of things to move is short. */
function byBlocker(cases: readonly Case[]): [string, Case[]][] {
  const counts = new Map<string, number>();
  const count = (one: Case, by: 1 | -1): void => {
    for (const name of one.blockers) counts.set(name, (counts.get(name) ?? 0) + by);
  };
  for (const one of cases) count(one, 1);
  const groups: [string, Case[]][] = [];
  for (let left = cases; left.length > 0;) {
    let [top, most] = ['', 0];
    for (const [name, held] of counts)
      if (held > most || (held === most && name < top)) [top, most] = [name, held];
    const group: Case[] = [];
    const rest: Case[] = [];
    for (const one of left) (one.blockers.includes(top) ? group : rest).push(one);
    for (const one of group) count(one, -1);
    groups.push([top, group]);
    left = rest;
  }
  return groups;
}

function highest(ecosystem: EcosystemId, group: readonly Case[]): string {
  const { compare } = ecosystemOf(ecosystem).versions;
  return group.map((one) => one.to!).reduce((best, to) => (compare(to, best) > 0 ? to : best));
}

function because(group: readonly Case[], more: string): string {
  const findings = group.flatMap((one) => one.findings);
  const n = findings.length;
  return `${n} ${n === 1 ? 'advisory' : 'advisories'}${group.every((one) => one.dev) ? ', development only' : ''}${more === '' ? '' : `; ${more}`}`;
}

function rangeWords(inRange: boolean | undefined): string {
  if (inRange === undefined) return '';
  return inRange ? 'the declared range admits it' : 'outside the declared range';
}

const RANK: readonly Priority[] = ['critical', 'high', 'unknown', 'medium', 'low'];

function mostUrgent(findings: readonly Finding[]): Priority {
  return RANK.find((priority) => findings.some((finding) => finding.priority === priority)) ?? 'low';
}

/** `a, b and c`, at most three named. */
function list(names: readonly string[]): string {
  if (names.length <= 1) return names.join('');
  if (names.length > 3) return `${names.slice(0, 2).join(', ')} and ${names.length - 2} others`;
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)!}`;
}

const unique = (values: readonly string[]): string[] => [...new Set(values)].sort();
