import type { AdvisoryStore } from '../../model/advisory.ts';
import type { Component } from '../../model/component.ts';
import type { EcosystemId, UpgradeRequest } from '../../model/ecosystem.ts';
import type { Override } from '../../model/extractor.ts';
import type { Finding } from '../../model/finding.ts';
import type { Action } from '../../model/result.ts';
import type { Place, Places } from '../findings/occurrences.ts';
import { folderOf } from '../text/paths.ts';
import { actionOf } from './action.ts';
import { blockersOf, type Blockers, type Refusal } from './blockers.ts';
import { bringersOf, type Bringers } from './bringers.ts';
import { fold, mergeAlike } from './fold.ts';
import { ecosystemOf } from '../ecosystems/index.ts';
import { isDevelopmentOnly } from '../priority/prioritise.ts';
import { prospectsOf, upgradeTarget, type Prospects } from './target.ts';

/** One vulnerable component in one project, with where it could go and what stands in the way. */
export interface Case {
  readonly component: Component;
  readonly findings: readonly Finding[];
  /** Lowest version that clears the most; absent when none does. */
  readonly to?: string;
  /** Findings that `to` would leave. */
  readonly remaining: readonly Finding[];
  readonly direct: boolean;
  readonly dev: boolean;
  /** Every range that asks for it admits `to`; `undefined`: ranges not known. */
  readonly inRange: boolean | undefined;
  /** `name@version` of the direct dependencies that bring it in, sorted. */
  readonly via: readonly string[];
  /** Direct dependencies that have to move before `to` is admitted. */
  readonly blockers: Blockers;
  /** What the project forces and so keeps it where it is. */
  readonly pins: readonly Override[];
  readonly manifests: readonly string[];
  /** Format of the first of them, where its name does not tell (yarn). */
  readonly format?: string;
  /** Of the first manifest: the range and line of its declaration, and the workspace members that have one. */
  readonly declared: Pick<UpgradeRequest, 'declaredBy' | 'range' | 'line' | 'isDeclaration' | 'covers'>;
  /** What asks for it, as in `UpgradeRequest`. */
  readonly askedBy: readonly string[];
  /** Its files are somebody's inventory of something else: nothing here moves it. */
  readonly isReported: boolean;
}

/**
 * Folds advisory findings into the fewest actions. A project is a folder with lockfiles of one ecosystem;
 * manifests without lockfiles are taken together. Ordered: most urgent first, then most cleared.
 * Nothing is promised: what is installed in the end is for the package manager to say and the next scan to judge.
 */
export function planActions(
  findings: readonly Finding[],
  places: Places,
  store: AdvisoryStore,
): readonly Action[] {
  const open = findings.filter(
    (finding) =>
      finding.decision === undefined &&
      finding.component !== undefined &&
      (finding.kind === 'advisory' || finding.kind === 'malware'),
  );
  const byComponent = new Map<number, Finding[]>();
  for (const finding of open) {
    const index = finding.component!;
    const others = byComponent.get(index);
    if (others === undefined) byComponent.set(index, [finding]);
    else others.push(finding);
  }
  const bringers = bringersOf(places);
  const drafts = projectsOf([...byComponent], places).flatMap(({ ecosystem, members }) =>
    fold(ecosystem, casesOf(ecosystem, members, places, bringers, store)),
  );
  return mergeAlike(drafts).map(actionOf).sort(byUrgency);
}

/** A vulnerable component; its projects share what is known of later versions. */
interface Vulnerable {
  readonly index: number;
  readonly findings: readonly Finding[];
  prospects?: Prospects;
}

interface Project {
  readonly ecosystem: EcosystemId;
  /** In the order of the inventory, each with where it occurs here. */
  readonly members: Map<Vulnerable, Place[]>;
}

function projectsOf(
  byComponent: readonly (readonly [index: number, findings: readonly Finding[]])[],
  places: Places,
): Project[] {
  const projects = new Map<string, Project>();
  for (const [index, findings] of byComponent.toSorted(([a], [b]) => a - b)) {
    const one: Vulnerable = { index, findings };
    const { ecosystem } = places.inventory.components[index]!;
    for (const place of places.of(index)) {
      const { path, role } = places.inventory.manifests[place.manifest]!;
      const key = role === 'lock' ? `${ecosystem}\0${folderOf(path)}` : `${ecosystem}\0*${role}`;
      let project = projects.get(key);
      if (project === undefined) projects.set(key, (project = { ecosystem, members: new Map() }));
      const here = project.members.get(one);
      if (here === undefined) project.members.set(one, [place]);
      else here.push(place);
    }
  }
  return [...projects].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, project]) => project);
}

function casesOf(
  ecosystem: EcosystemId,
  members: Project['members'],
  places: Places,
  bringers: Bringers,
  store: AdvisoryStore,
): Case[] {
  const loose = [...members].map(([one, here]) => caseOf(one, here, places, bringers, store));
  const blockers = blockersOf(
    loose.map(({ refusals }) => refusals),
    places,
    bringers,
    ecosystemOf(ecosystem).versions,
  );
  return loose.map(({ one }, i) => ({ ...one, blockers: blockers[i]! }));
}

function caseOf(
  vulnerable: Vulnerable,
  here: readonly Place[],
  places: Places,
  bringers: Bringers,
  store: AdvisoryStore,
): { readonly one: Omit<Case, 'blockers'>; readonly refusals: readonly Refusal[] } {
  const { inventory } = places;
  const { findings } = vulnerable;
  const component = inventory.components[vulnerable.index]!;
  const { versions } = ecosystemOf(component.ecosystem);
  const asks = here.flatMap(({ manifest, node }) =>
    places
      .witnesses(manifest)
      .askers(node)
      .map(({ from, edge }) => ({
        manifest,
        node: from,
        asked: component.name,
        range: inventory.manifests[manifest]!.ranges[edge]!,
      })),
  );
  const admits = (version: string): boolean | undefined => {
    const answers = asks.map(({ range }) => (range === '' ? undefined : versions.satisfies(version, range)));
    if (answers.includes(false)) return false;
    return answers.length === 0 || answers.includes(undefined) ? undefined : true;
  };
  const malicious = findings.some((finding) => finding.kind === 'malware');
  const target = malicious
    ? undefined
    : upgradeTarget(component, (vulnerable.prospects ??= prospectsOf(component, store)), admits);
  const to = target?.version;
  const occurrences = here.map(({ manifest, node }) => inventory.manifests[manifest]!.occurrences[node]!);
  const direct = occurrences.some((occurrence) => occurrence.direct === 'yes');
  const refusing =
    to === undefined
      ? []
      : asks.filter(({ range }) => range !== '' && versions.satisfies(to, range) === false);
  const first = inventory.manifests[here[0]!.manifest]!;
  const inRange = to === undefined ? undefined : admits(to);
  const one = {
    component,
    findings,
    ...(to === undefined ? {} : { to }),
    remaining: findings.filter((finding) =>
      target === undefined ? true : finding.advisories.every((advisory) => target.remaining.has(advisory.id)),
    ),
    direct,
    dev: occurrences.every((occurrence) => isDevelopmentOnly(occurrence.scopes)),
    inRange,
    via: direct ? [] : bringers.of(here),
    pins: to === undefined ? [] : pinsOf(component, to, here, places),
    ...(first.format === undefined ? {} : { format: first.format }),
    askedBy: unique(asks.filter((ask) => !bringers.isRoot(ask)).map((ask) => bringers.label(ask))),
    isReported: first.role === 'sbom',
    manifests: unique(here.map(({ manifest }) => inventory.manifests[manifest]!.path)),
    declared: declaredIn(
      here[0]!.manifest,
      asks.filter((ask) => bringers.isRoot(ask)),
      occurrences[0]!.line,
      places,
    ),
  };
  return { one, refusals: refusing.filter((ask) => !bringers.isRoot(ask)) };
}

/** Overrides that put the present version in place and do not admit the new one; each once. */
function pinsOf(
  { name, version, ecosystem }: Component,
  to: string,
  here: readonly Place[],
  { inventory }: Places,
): Override[] {
  const { versions } = ecosystemOf(ecosystem);
  const manifests = new Set(here.map(({ manifest }) => manifest));
  const pins = [...manifests]
    .flatMap((manifest) => inventory.manifests[manifest]!.overrides ?? [])
    .filter(
      (override) =>
        override.name === name &&
        versions.satisfies(version, override.range) === true &&
        versions.satisfies(to, override.range) === false,
    );
  return [...new Map(pins.map((pin) => [`${pin.path}\0${pin.keys.join('\0')}`, pin])).values()];
}

function declaredIn(
  manifest: number,
  asks: readonly (Place & { readonly range: string })[],
  line: number,
  { inventory }: Places,
): Case['declared'] {
  const { roots, role, occurrences, covers } = inventory.manifests[manifest]!;
  const own = asks.filter((ask) => ask.manifest === manifest);
  const ranges = unique(own.map(({ range }) => range));
  const declaredBy = [...new Set(own.map(({ node }) => node))].map((node) => {
    const { component, key } = occurrences[node]!;
    const { name, origin } = inventory.components[component]!;
    return { name, path: origin === 'workspace' ? (key ?? '') : '' };
  });
  return {
    ...(roots.length > 1 && declaredBy.length > 0 ? { declaredBy } : {}),
    ...(ranges.length === 1 && ranges[0] !== '' ? { range: ranges[0]! } : {}),
    ...(line > 0 ? { line } : {}),
    ...(role === 'lock' ? { covers } : { isDeclaration: true }),
  };
}

const unique = (values: readonly string[]): string[] => [...new Set(values)].sort();

const URGENCY: Readonly<Record<Action['priority'], number>> = {
  critical: 0,
  high: 1,
  unknown: 2,
  medium: 3,
  low: 4,
};

function byUrgency(a: Action, b: Action): number {
  return (
    URGENCY[a.priority] - URGENCY[b.priority] ||
    Number(a.kind === 'no-fix') - Number(b.kind === 'no-fix') ||
    b.clears.length - a.clears.length ||
    (a.title < b.title ? -1 : a.title > b.title ? 1 : 0) ||
    (a.id < b.id ? -1 : 1)
  );
}
