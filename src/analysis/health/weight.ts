import type { CardEvidence, CardVerdict, HealthCard } from '../../model/adoption.ts';
import type { Component } from '../../model/component.ts';
import { SCOPES } from '../../model/extractor.ts';
import type { Finding } from '../../model/finding.ts';
import type { Inventory, Manifest } from '../../model/inventory.ts';
import { counted, grouped } from './figures.ts';
import { isNotOwnManifest } from './files.ts';
import type { Candidate, HealthInput } from './input.ts';
import { GIVE_CLONE, unknownCard } from './input.ts';

const TITLE = 'Dependency weight';
const LIGHT = 50;
const HEAVY = 300;

/** What somebody gets who takes the component: its production dependencies, as far as its own tree says. */
export interface Weight {
  /** Indices into `Inventory.components`, ascending. */
  readonly direct: readonly number[];
  /** Direct ones and all that they bring; equal to `direct` where nothing says who brings what. */
  readonly all: readonly number[];
  /** Whether some lockfile says who brings what. */
  readonly edgesKnown: boolean;
  /** Paths of the manifests it was read from. */
  readonly manifests: readonly string[];
}

/**
 * What comes with it? Production dependencies of the clone's own tree: direct ones, all that they bring (where a lockfile says so),
 * open advisories among them, install scripts; and, inside a project, what is new to it. Light up to 50 components, heavy above 300.
 */
export function weightCard(input: HealthInput): HealthCard {
  const { own, registry, candidates } = input;
  const named = registry?.dependencies;
  if (own === undefined && named === undefined)
    return unknownCard('weight', TITLE, 'there is no tree to scan', GIVE_CLONE);
  if (own === undefined) return declaredOnly(named!, input);
  const weight = weigh(own.inventory, candidates);
  const components = own.inventory.components;
  const inAll = new Set(weight.all);
  const open = own.findings.filter(
    ({ kind, component }) =>
      (kind === 'advisory' || kind === 'malware') && component !== undefined && inAll.has(component),
  );
  const urgent = open.filter(
    ({ priority }) => priority === 'critical' || priority === 'high' || priority === 'unknown',
  );
  const scripts = weight.all.filter((index) => components[index]!.hasInstallScript === true);
  const unchecked = own.notChecked.filter(
    ({ ecosystem, why }) =>
      why === 'no-data' && weight.all.some((index) => components[index]!.ecosystem === ecosystem),
  );
  const evidence: CardEvidence[] = [
    {
      text:
        weight.manifests.length === 0
          ? 'no manifest or lockfile outside of tests, examples and helpers'
          : `read from ${some(weight.manifests, 4)}`,
    },
  ];
  if (!input.asked && candidates.length > 1)
    evidence.push({
      text: `these are several components (${some(
        candidates.map(({ ecosystem, name }) => `${name} of ${ecosystem}`),
        3,
      )}): name one to see what it brings alone`,
    });
  if (weight.direct.length > 0)
    evidence.push({
      text: `direct: ${some([...new Set(weight.direct.map((index) => components[index]!.name))])}`,
    });
  if (!weight.edgesKnown && weight.direct.length > 0)
    evidence.push({ text: 'no lockfile says what these bring with them: the whole is not known' });
  if (open.length > 0) evidence.push({ text: `open advisories: ${findingWords(open)}` });
  if (unchecked.length > 0)
    evidence.push({
      text: `advisories of ${unchecked.map(({ ecosystem }) => ecosystem).join(', ')} are not installed: not checked`,
    });
  if (scripts.length > 0)
    evidence.push({ text: `install scripts: ${some(scripts.map((index) => components[index]!.name))}` });
  if (registry?.hasInstallScript === true)
    evidence.push({ text: 'it runs a script itself when it is installed (metadata)' });
  const added = addedWords(input, weight, components, evidence);
  const whole = weight.edgesKnown || weight.direct.length === 0;
  return {
    id: 'weight',
    title: TITLE,
    verdict: verdictOf({
      count: weight.all.length,
      whole,
      urgent: urgent.length,
      open: open.length,
      scripts: scripts.length + Number(registry?.hasInstallScript === true),
      unchecked: unchecked.length > 0,
      nothing: weight.manifests.length === 0,
    }),
    says: saysOf(weight, open.length, scripts.length, unchecked.length > 0, added),
    figures: {
      direct: weight.direct.length,
      components: whole ? weight.all.length : null,
      advisories: unchecked.length > 0 && open.length === 0 ? null : open.length,
      urgentAdvisories: unchecked.length > 0 && urgent.length === 0 ? null : urgent.length,
      installScripts: scripts.length,
      newToProject: added ?? null,
    },
    evidence,
    ...(whole || weight.manifests.length === 0
      ? {}
      : { give: 'install it aside and scan the lockfile, or give a clone that has one' }),
  };
}

/** Follows production edges from the nodes that stand for the candidates, or for the project where none has their name. */
export function weigh(inventory: Inventory, candidates: readonly Candidate[]): Weight {
  const manifests = usable(inventory);
  const asked = new Set(candidates.map(({ name }) => name));
  const isAsked = (manifest: Manifest, node: number): boolean =>
    asked.has(inventory.components[manifest.occurrences[node]!.component]!.name);
  const own = manifests.filter((manifest) => manifest.roots.some((node) => isAsked(manifest, node)));
  const direct = new Set<number>();
  const all = new Set<number>();
  let edgesKnown = false;
  const used = own.length > 0 ? own : manifests;
  for (const manifest of used) {
    const starts = own.length > 0 ? manifest.roots.filter((node) => isAsked(manifest, node)) : manifest.roots;
    if (manifest.role === 'lock' && manifest.edgesKnown) edgesKnown = true;
    follow(manifest, starts, inventory, direct, all);
  }
  const ascending = (set: ReadonlySet<number>): readonly number[] => [...set].sort((a, b) => a - b);
  return {
    direct: ascending(direct),
    all: ascending(all),
    edgesKnown,
    manifests: used.map(({ path }) => path),
  };
}

/** Lockfiles, and manifests that none of them locks; tests, examples, helpers and other people's code aside. */
function usable(inventory: Inventory): readonly Manifest[] {
  const kept = inventory.manifests.filter(
    ({ path, role, roots, occurrences }) =>
      (role === 'lock' || role === 'manifest') &&
      !isNotOwnManifest(path) &&
      roots.length + occurrences.length > 0 &&
      !occurrences.every(({ component }) => NOT_CODE.has(inventory.components[component]!.ecosystem)),
  );
  const locked = new Set(kept.filter(({ role }) => role === 'lock').flatMap(({ covers }) => covers));
  return kept.filter(({ role, path }) => role === 'lock' || !locked.has(path));
}

/** What a repository uses to build and to run, and does not hand on to those who take its component. */
const NOT_CODE: ReadonlySet<string> = new Set([
  'GitHub Actions',
  'Docker',
  'Helm',
  'Terraform',
  'pre-commit',
  'Runtime',
]);

const PROD = SCOPES.indexOf('prod');
const OPTIONAL = SCOPES.indexOf('optional');

function follow(
  manifest: Manifest,
  starts: readonly number[],
  inventory: Inventory,
  direct: Set<number>,
  all: Set<number>,
): void {
  const { offsets, targets, kinds, occurrences } = manifest;
  const counts = (node: number): boolean => {
    const { origin, ecosystem } = inventory.components[occurrences[node]!.component]!;
    return origin !== 'project' && origin !== 'workspace' && !NOT_CODE.has(ecosystem);
  };
  const isHandedOn = (kind: number): boolean => kind === PROD || kind === OPTIONAL;
  const seen = new Uint8Array(occurrences.length);
  const isStart = new Set(starts);
  const queue = [...starts];
  for (const node of starts) seen[node] = 1;
  for (let node = queue.pop(); node !== undefined; node = queue.pop())
    for (let edge = offsets[node]!; edge < offsets[node + 1]!; edge++) {
      const target = targets[edge]!;
      if (!isHandedOn(kinds[edge]!)) continue;
      if (counts(target)) {
        all.add(occurrences[target]!.component);
        if (isStart.has(node)) direct.add(occurrences[target]!.component);
      }
      if (seen[target] === 1) continue;
      seen[target] = 1;
      queue.push(target);
    }
  // Formats without edges still say which are direct, or at least which are production's.
  if (!manifest.edgesKnown || starts.length === 0)
    occurrences.forEach((occurrence, node) => {
      if (!occurrence.scopes.includes('prod') || !counts(node)) return;
      all.add(occurrence.component);
      if (occurrence.direct === 'yes') direct.add(occurrence.component);
    });
}

function declaredOnly(named: readonly string[], input: HealthInput): HealthCard {
  const project = input.into;
  const added =
    project === undefined
      ? undefined
      : named.filter((name) => !project.inventory.components.some((component) => component.name === name))
          .length;
  return {
    id: 'weight',
    title: TITLE,
    verdict: named.length === 0 && input.registry?.hasInstallScript !== true ? 'good' : 'unknown',
    says:
      named.length === 0
        ? 'it depends on nothing'
        : `${counted(named.length, 'direct dependency', 'direct dependencies')}; what they bring is not known`,
    figures: {
      direct: named.length,
      components: named.length === 0 ? 0 : null,
      advisories: named.length === 0 ? 0 : null,
      urgentAdvisories: named.length === 0 ? 0 : null,
      installScripts: null,
      newToProject: added ?? null,
    },
    evidence: [
      {
        text: `${input.registry!.from} names ${named.length === 0 ? 'no dependencies' : some([...named].sort())}`,
      },
      ...(input.registry?.hasInstallScript === true
        ? [{ text: 'it runs a script when it is installed (metadata)' }]
        : []),
    ],
    ...(named.length === 0 ? {} : { give: GIVE_CLONE }),
  };
}

/** How many names the project does not have yet, the component itself included; `undefined` outside of a project. */
function addedWords(
  { into, candidates }: HealthInput,
  weight: Weight,
  components: readonly Component[],
  evidence: CardEvidence[],
): number | undefined {
  if (into === undefined) return undefined;
  const has = new Set(into.inventory.components.map(({ ecosystem, name }) => `${ecosystem} ${name}`));
  const wanted = new Map(
    weight.all.map((index) => [
      `${components[index]!.ecosystem} ${components[index]!.name}`,
      components[index]!.name,
    ]),
  );
  const self = candidates[0];
  if (self !== undefined) wanted.set(`${self.ecosystem} ${self.name}`, self.name);
  const fresh = [...wanted].filter(([key]) => !has.has(key)).map(([, name]) => name);
  evidence.push({
    text: `${grouped(fresh.length)} of ${grouped(wanted.size)} names would be new to ${into.target.name}${fresh.length === 0 ? '' : `: ${some(fresh.sort())}`}`,
  });
  return fresh.length;
}

function findingWords(findings: readonly Finding[]): string {
  const by = new Map<string, number>();
  for (const { priority } of findings) by.set(priority, (by.get(priority) ?? 0) + 1);
  const order = ['critical', 'high', 'unknown', 'medium', 'low'];
  return order
    .flatMap((priority) => (by.has(priority) ? [`${by.get(priority)!} ${priority}`] : []))
    .join(', ');
}

function some(names: readonly string[], most = 6): string {
  return names.length <= most
    ? names.join(', ')
    : `${names.slice(0, most).join(', ')} and ${grouped(names.length - most)} more`;
}

function saysOf(
  { direct, all, edgesKnown, manifests }: Weight,
  advisories: number,
  scripts: number,
  unchecked: boolean,
  added: number | undefined,
): string {
  if (manifests.length === 0) return 'no manifest says what it depends on';
  const size =
    direct.length === 0 && all.length === 0
      ? 'it depends on nothing'
      : edgesKnown
        ? `${counted(all.length, 'component')} (${grouped(direct.length)} direct)`
        : `${counted(direct.length, 'direct dependency', 'direct dependencies')}; what they bring is not known`;
  return [
    size,
    ...(advisories > 0
      ? [counted(advisories, 'open advisory', 'open advisories')]
      : unchecked
        ? ['advisories not checked']
        : []),
    ...(scripts > 0 ? [counted(scripts, 'install script')] : []),
    ...(added === undefined ? [] : [`${grouped(added)} new to this project`]),
  ].join('; ');
}

function verdictOf(seen: {
  readonly count: number;
  readonly whole: boolean;
  readonly urgent: number;
  readonly open: number;
  readonly scripts: number;
  readonly unchecked: boolean;
  readonly nothing: boolean;
}): CardVerdict {
  if (seen.nothing) return 'unknown';
  if (seen.urgent > 0 || seen.count > HEAVY) return 'weak';
  if (seen.open > 0 || seen.scripts > 0 || seen.count > LIGHT) return 'watch';
  return seen.whole && !seen.unchecked ? 'good' : 'unknown';
}
