import type { EcosystemId } from '../../model/ecosystem.ts';
import type { Action } from '../../model/result.ts';
import { ecosystemOf } from '../ecosystems/index.ts';
import { unique, type Draft } from './action.ts';
import { overrideStepsIn, refreshEdit, stepsIn } from './command.ts';
import type { Case } from './plan.ts';

/** Folds the cases of one project into actions; see `Action.kind` for what each is. */
export function fold(ecosystem: EcosystemId, cases: readonly Case[]): Draft[] {
  const isMalicious = ({ findings }: Case): boolean => findings.some((finding) => finding.kind === 'malware');
  const malicious = cases.filter(isMalicious);
  const rest = cases.filter((one) => !isMalicious(one));
  const fixable = rest.filter((one) => one.to !== undefined);
  const stuck = rest.filter((one) => one.to === undefined);
  // While the project forces a version, moving anything else does nothing.
  const pinned = fixable.filter((one) => one.pins.length > 0);
  const loose = fixable.filter((one) => one.pins.length === 0);
  // A component that some range holds back waits for the direct dependency above it.
  const held = loose.filter((one) => one.blockers.names.length > 0);
  const free = loose.filter((one) => one.blockers.names.length === 0);
  const groups = byBlocker(held);
  const blockers = new Set(groups.map(([blocker]) => blocker));
  // A blocker that its own range lets move anyway is moved with the others, not listed twice.
  const isBlocker = ({ component, direct, inRange }: Case): boolean =>
    direct && inRange === true && blockers.has(`${component.name}@${component.version}`);
  const direct = free.filter((one) => one.direct && !isBlocker(one));
  const transitive = free.filter((one) => !one.direct);
  return [
    ...byName(malicious).map((group) => remove(ecosystem, group)),
    ...byPins(pinned).map((group) => editOverrides(ecosystem, group)),
    ...byName(direct).map((group) => upgrade(ecosystem, group)),
    ...(transitive.length > 0 ? refresh(ecosystem, transitive) : []),
    ...moveParents(ecosystem, groups, free.filter(isBlocker)),
    ...(stuck.length > 0 ? [noFix(ecosystem, stuck)] : []),
  ];
}

/**
 * The same move in several projects of one repository is one action with a command for each: a finding is only cleared
 * when all have moved. Order of first appearance.
 */
export function mergeAlike(drafts: readonly Draft[]): Draft[] {
  const alike = new Map<string, Draft>();
  for (const draft of drafts) {
    const moved = draft.cases.map(({ component, to }) => `${component.name}\0${to ?? ''}`);
    // Where one has a command and the other none, the command would not do it all.
    const key = [
      draft.kind,
      draft.ecosystem,
      draft.name,
      `${draft.commands.length > 0} ${draft.edits.length > 0}`,
      ...unique(moved),
    ].join('\0\0');
    const known = alike.get(key);
    alike.set(
      key,
      known === undefined
        ? draft
        : {
            ...known,
            cases: [...known.cases, ...draft.cases],
            commands: [...known.commands, ...draft.commands],
            edits: [...known.edits, ...draft.edits],
          },
    );
  }
  return [...alike.values()];
}

interface Words extends Pick<Draft, 'name' | 'title' | 'because'> {
  readonly command?: string | undefined;
  readonly edit?: string | undefined;
}

function draft(
  ecosystem: EcosystemId,
  kind: Action['kind'],
  cases: readonly Case[],
  { name, title, because, command, edit }: Words,
): Draft {
  return {
    kind,
    ecosystem,
    name,
    cases,
    title,
    because,
    commands: command === undefined ? [] : [command],
    edits: edit === undefined ? [] : [edit],
  };
}

function upgrade(ecosystem: EcosystemId, group: readonly Case[]): Draft {
  const { name } = group[0]!.component;
  return draft(ecosystem, 'upgrade', group, {
    name,
    title: (cases) => `Upgrade ${name} ${versionsOf(cases)} to ${highest(ecosystem, cases)}`,
    because: (cases) => rangeWords(cases.every((one) => one.inRange === true) || cases[0]!.inRange),
    ...stepsFor(ecosystem, group[0]!, highest(ecosystem, group)),
  });
}

/** What the project itself forces: no parent and no update moves it before its overrides are changed. */
function editOverrides(ecosystem: EcosystemId, group: readonly Case[]): Draft {
  const changes = group.flatMap((one) =>
    one.pins.map((override) => ({
      override,
      to: one.to!,
      isDeclared: one.direct && one.inRange === false && isDeclaredOnTop(one),
    })),
  );
  const names = unique(group.map((one) => one.component.name));
  const path = changes[0]!.override.path;
  const several = changes.length > 1 ? 'overrides' : 'override';
  return draft(ecosystem, 'upgrade', group, {
    name: names[0]!,
    title: (cases) =>
      names.length === 1
        ? `Edit the ${several} of ${names[0]!} in ${path}: ${versionsOf(cases)} to ${highest(ecosystem, cases)}`
        : `Edit the overrides of ${list(names)} in ${path}`,
    because: (cases) =>
      `; the project itself forces the vulnerable version, so nothing else moves it${cases.some((one) => one.blockers.names.length > 0) ? '; ranges below do not admit the new one: test what uses it' : ''}`,
    ...overrideStepsIn(ecosystem, group[0]!, changes),
  });
}

/** Members' declarations are overridden like any other's; those of the project that forces are not. */
const isDeclaredOnTop = ({ declared: { range, declaredBy } }: Case): boolean =>
  range !== undefined && (declaredBy === undefined || declaredBy.some(({ path }) => path === ''));

/** One action for all that a lockfile refresh moves: one command each where commands can be joined, else one action a component. */
function refresh(ecosystem: EcosystemId, group: readonly Case[]): Draft[] {
  return byCommand(group, (one) => stepsFor(ecosystem, one, one.to!).command).flatMap(({ items, command }) =>
    command === undefined
      ? byName(items).map((one) => refreshOf(ecosystem, one, undefined))
      : [refreshOf(ecosystem, items, command)],
  );
}

function refreshOf(ecosystem: EcosystemId, group: readonly Case[], command: string | undefined): Draft {
  const names = unique(group.map((one) => one.component.name));
  return draft(ecosystem, 'refresh', group, {
    name: names[0]!,
    title: (cases) =>
      names.length > 1
        ? `Update ${names.length} transitive components`
        : new Set(cases.map((one) => one.to)).size > 1
          ? `Update all versions of ${names[0]!}`
          : `Update ${names[0]!} to ${highest(ecosystem, cases)}`,
    because: (cases) =>
      `${rangeWords(cases.every((one) => one.inRange === true) ? true : undefined)}${doubtWords(ecosystem, cases)}`,
    command,
    edit: refreshEdit(ecosystem, group),
  });
}

/** What a lockfile without ranges may leave where it is: few ask for more than the caret of what they got. */
function doubtWords(ecosystem: EcosystemId, cases: readonly Case[]): string {
  const { versions } = ecosystemOf(ecosystem);
  const doubtful = cases.filter(
    ({ inRange, to, component, isReported }) =>
      !isReported && inRange === undefined && versions.satisfies(to!, `^${component.version}`) === false,
  );
  if (doubtful.length === 0) return '';
  const names = unique(doubtful.map(({ component, to }) => `${component.name} ${to!}`));
  const more = `; ${list(names)} may be more than what asks for ${names.length === 1 ? 'it' : 'them'} admits, which this lockfile does not say`;
  return ecosystem === 'crates.io'
    ? `${more}: what asks is moved first; if the next scan says so again, it needs a later major`
    : `${more}: override what an update leaves`;
}

/**
 * Direct dependencies that hold fixed versions back. Moving each within its declared range is the step that costs least;
 * where there is one command for that, they are one action, else one each.
 */
function moveParents(
  ecosystem: EcosystemId,
  groups: readonly (readonly [blocker: string, held: readonly Case[]])[],
  own: readonly Case[],
): Draft[] {
  return byCommand(groups, ([blocker, group]) => updateCommand(ecosystem, blocker, group[0]!)).map(
    ({ items, command }) => {
      const blockers = items.map(([blocker]) => blocker).sort();
      const themselves = own.filter(({ component }) =>
        blockers.includes(`${component.name}@${component.version}`),
      );
      const group = [...themselves, ...items.flatMap(([, cases]) => cases)];
      return moveParent(ecosystem, blockers, group, command);
    },
  );
}

function moveParent(
  ecosystem: EcosystemId,
  blockers: readonly string[],
  group: readonly Case[],
  command: string | undefined,
): Draft {
  const many = blockers.length > 1;
  return draft(ecosystem, 'move-parent', group, {
    name: nameOf(blockers[0]!),
    title: () =>
      many
        ? `Move ${blockers.length} direct dependencies that hold fixes back${blockers.length > 4 ? '' : `: ${blockers.join(', ')}`}`
        : `Move ${blockers[0]!} to a later version or replace it`,
    because: (cases) =>
      `; ${refusalWords(cases, blockers)}; if the next scan says so again, take a later major or a replacement`,
    command,
  });
}

/** The ranges that exclude the fixes, two of them in full, those nearest to a blocker first. */
function refusalWords(cases: readonly Case[], blockers: readonly string[]): string {
  const moved = new Set(blockers);
  const refusals: { readonly distance: number; readonly words: string }[] = [];
  for (const { to, blockers } of cases)
    for (let i = 0; i < blockers.names.length; i++)
      if (moved.has(blockers.table[blockers.names[i]!]!))
        refusals.push({
          distance: blockers.distances[i]!,
          words: `${blockers.words[blockers.by[i]!]!}, which excludes ${to!}`,
        });
  refusals.sort((a, b) => a.distance - b.distance || (a.words < b.words ? -1 : 1));
  const words = [...new Set(refusals.map((refusal) => refusal.words))];
  const more = words.length - 2;
  return `${words.slice(0, 2).join('; ')}${more > 0 ? `; and ${more} more` : ''}`;
}

const nameOf = (nameAtVersion: string): string => nameAtVersion.slice(0, nameAtVersion.lastIndexOf('@'));

/** The command that moves a direct dependency as far as its declared range allows, with what is below it. */
function updateCommand(ecosystem: EcosystemId, blocker: string, one: Case): string | undefined {
  const version = blocker.slice(blocker.lastIndexOf('@') + 1);
  const { command } = stepsIn(
    ecosystem,
    { ...one, declared: {} },
    { name: nameOf(blocker), from: version, to: version, direct: false, inRange: true },
  );
  // A package manager that must be told where to move to would be told to stay.
  return version !== '' && command?.includes(version) === true ? undefined : command;
}

function remove(ecosystem: EcosystemId, group: readonly Case[]): Draft {
  const { name } = group[0]!.component;
  return draft(ecosystem, 'remove', group, {
    name,
    title: (cases) => `Remove ${name} ${versionsOf(cases)}: malicious code`,
    because: () => 'treat every machine that installed it as compromised: rotate its credentials',
  });
}

function noFix(ecosystem: EcosystemId, group: readonly Case[]): Draft {
  const names = unique(group.map((one) => one.component.name));
  return draft(ecosystem, 'no-fix', group, {
    name: names[0]!,
    title: () =>
      `Review ${list(names)}: no released version is known to fix ${names.length === 1 ? 'it' : 'them'}`,
    because: () => '; replace it, or record with `assay decide` why it is acceptable',
  });
}

function stepsFor(ecosystem: EcosystemId, one: Case, to: string): ReturnType<typeof stepsIn> {
  const { name, version: from } = one.component;
  return stepsIn(ecosystem, one, { name, from, to, direct: one.direct, inRange: one.inRange });
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
  return groupsOf(cases, (one) => one.component.name);
}

/** One a file whose overrides are to be changed. */
function byPins(cases: readonly Case[]): Case[][] {
  return groupsOf(cases, (one) => one.pins[0]!.path);
}

function groupsOf(cases: readonly Case[], keyOf: (one: Case) => string): Case[][] {
  const groups = new Map<string, Case[]>();
  for (const one of cases) {
    const key = keyOf(one);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [one]);
    else group.push(one);
  }
  return [...groups.values()];
}

/**
 * Each held case goes to the blocker that holds the most, so that the list of things to move is short;
 * of several that hold as many, to the one that stands nearest to the ranges that refuse.
 */
function byBlocker(cases: readonly Case[]): [string, Case[]][] {
  const table = cases[0]?.blockers.table ?? [];
  const held = new Uint32Array(table.length);
  const distance = new Float64Array(table.length);
  const count = ({ blockers: { names, distances } }: Case, by: 1 | -1): void => {
    for (let i = 0; i < names.length; i++) {
      held[names[i]!]! += by;
      distance[names[i]!]! += by * distances[i]!;
    }
  };
  for (const one of cases) count(one, 1);
  const groups: [string, Case[]][] = [];
  for (let left = cases; left.length > 0;) {
    let top = 0;
    // In the order of the names, so that of equals the first stays.
    for (let name = 1; name < table.length; name++)
      if (held[name]! > held[top]! || (held[name] === held[top] && distance[name]! < distance[top]!))
        top = name;
    const group: Case[] = [];
    const rest: Case[] = [];
    for (const one of left) (one.blockers.names.includes(top) ? group : rest).push(one);
    for (const one of group) count(one, -1);
    groups.push([table[top]!, group]);
    left = rest;
  }
  return groups;
}

function highest(ecosystem: EcosystemId, group: readonly Case[]): string {
  const { compare } = ecosystemOf(ecosystem).versions;
  return group.map((one) => one.to!).reduce((best, to) => (compare(to, best) > 0 ? to : best));
}

const versionsOf = (cases: readonly Case[]): string =>
  unique(cases.map((one) => one.component.version)).join(', ');

function rangeWords(inRange: boolean | undefined): string {
  if (inRange === undefined) return '';
  return inRange ? '; the declared range admits it' : '; outside the declared range';
}

/** `a, b and c`, at most three named. */
function list(names: readonly string[]): string {
  if (names.length <= 1) return names.join('');
  if (names.length > 3) return `${names.slice(0, 2).join(', ')} and ${names.length - 2} others`;
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)!}`;
}
