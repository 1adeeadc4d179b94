import { isMatchable } from '../../analysis/graph/inventory.ts';
import { loadsOf, statesDeprecation } from '../../analysis/graph/loads.ts';
import { byWeight, isCritical, weightsOf } from '../../analysis/graph/weights.ts';
import { testFolderOf } from '../../analysis/text/paths.ts';
import { upkeepOf } from '../../analysis/upkeep/signs.ts';
import type { Component } from '../../model/component.ts';
import type { Critical, CriticalComponent, Upkeep, Weight } from '../../model/critical.ts';
import { PRIORITIES, type Priority } from '../../model/finding.ts';
import { AssayError } from '../../model/problem.ts';
import type { Snapshot } from '../../model/result.ts';

/** What may be said and asked beside the snapshot. */
export interface CriticalQuestion {
  /** Path of one manifest or lockfile: the others are left out. */
  readonly manifest?: string;
  /** What registries say, by name; where a name is given twice the first counts. */
  readonly upkeep?: readonly Upkeep[];
}

/**
 * Every component by how much hangs on it, crossed with how it is kept. Pure; definitions in docs/critical.md.
 * AssayError `critical/no-manifest` when the manifest asked for is not there.
 */
export function assessCritical(snapshot: Snapshot, question: CriticalQuestion = {}): Critical {
  const { inventory, findings, knowledge, takenAt } = snapshot;
  const loads = loadsOf(inventory, findings);
  const isAside = asideIn(snapshot, question);
  const manifests = [...inventory.manifests.keys()].filter(
    (index) => question.manifest === undefined || inventory.manifests[index]!.path === question.manifest,
  );
  if (question.manifest !== undefined && manifests.length === 0)
    throw new AssayError('critical/no-manifest', `no manifest ${question.manifest} here`);
  const weights = new Map<number, Weight[]>();
  const named = new Set<number>();
  const stated = new Uint8Array(inventory.components.length);
  for (const index of manifests) {
    const manifest = inventory.manifests[index]!;
    const states = Number(statesDeprecation(manifest));
    for (const { component } of manifest.occurrences) {
      stated[component]! |= states;
      if (loads.counted[component]) named.add(component);
    }
    for (const [component, weight] of weightsOf(inventory, index, loads)) {
      const known = weights.get(component);
      if (known === undefined) weights.set(component, [weight]);
      else known.push(weight);
    }
  }
  const kept = keptBy(question.upkeep ?? []);
  const malware = new Map<number, number>();
  for (const { component, kind, decision } of findings)
    if (component !== undefined && kind === 'malware' && decision === undefined)
      malware.set(component, (malware.get(component) ?? 0) + 1);
  const covered = new Set(
    knowledge.sources.filter(({ kind }) => kind === 'installed').map(({ ecosystem }) => ecosystem),
  );
  const inProduct = new Uint8Array(inventory.components.length);
  for (const index of manifests)
    if (!isAside(inventory.manifests[index]!.path))
      for (const { component } of inventory.manifests[index]!.occurrences) inProduct[component] = 1;
  const production = productionOf(snapshot, manifests, isAside);
  const components = [...named]
    .sort((a, b) => a - b)
    .map((index): CriticalComponent => {
      const component = inventory.components[index]!;
      const open = Object.fromEntries(
        PRIORITIES.map((priority, p) => [priority, loads.open[index * PRIORITIES.length + p]!]),
      ) as Record<Priority, number>;
      const facts = upkeepOf({
        component,
        open,
        malware: malware.get(index) ?? 0,
        checked: isMatchable(component) && covered.has(component.ecosystem),
        deprecationStated: stated[index] === 1,
        upkeep: kept(component),
        now: takenAt,
      });
      const places = (weights.get(index) ?? []).sort(
        (a, b) =>
          Number(isAside(a.manifest)) - Number(isAside(b.manifest)) ||
          byWeight(a, b) ||
          compareText(a.manifest, b.manifest),
      );
      return {
        component: index,
        purl: component.purl,
        name: component.name,
        version: component.version,
        production: production(index),
        open,
        weights: places,
        critical: places.some((place) => isCritical(place) && !isAside(place.manifest)),
        badlyKept: facts.signs.some(({ effect }) => effect === 'bad'),
        ...facts,
      };
    })
    .sort(
      (a, b) =>
        groupOf(a) - groupOf(b) || inProduct[b.component]! - inProduct[a.component]! || byUrgency(a, b),
    );
  const count = (critical: boolean, badlyKept: boolean): number =>
    components.filter((one) => one.critical === critical && one.badlyKept === badlyKept).length;
  return {
    components,
    counts: {
      both: count(true, true),
      badlyKept: count(false, true),
      critical: count(true, false),
      others: count(false, false),
    },
    edgesUnknown: manifests
      .map((index) => inventory.manifests[index]!)
      .filter(({ edgesKnown, occurrences }) => !edgesKnown && occurrences.length > 0)
      .map(({ path }) => path),
    ...withMetadata(components.flatMap(({ component }) => kept(inventory.components[component]!) ?? [])),
  };
}

/** Files in folders of tests or examples, where there are others and none was asked for by its path. */
function asideIn({ inventory }: Snapshot, { manifest }: CriticalQuestion): (path: string) => boolean {
  const isTest = (path: string): boolean => testFolderOf(path) !== undefined;
  return manifest !== undefined || inventory.manifests.every(({ path }) => isTest(path))
    ? () => false
    : isTest;
}

/** How many components metadata was given for, and why it has no dates where it has none. */
function withMetadata(given: readonly Upkeep[]): Pick<Critical, 'withMetadata' | 'undated'> {
  const counts = new Map<string, number>();
  for (const { undated } of given)
    if (undated !== undefined) counts.set(undated, (counts.get(undated) ?? 0) + 1);
  return {
    withMetadata: given.length,
    undated: [...counts]
      .map(([why, components]) => ({ why, components }))
      .sort((a, b) => compareText(a.why, b.why)),
  };
}

function keptBy(upkeep: readonly Upkeep[]): (component: Component) => Upkeep | undefined {
  const byName = new Map<string, Upkeep>();
  for (const one of upkeep) {
    const key = `${one.ecosystem}\0${one.name}`;
    if (!byName.has(key)) byName.set(key, one);
  }
  return ({ ecosystem, name }) => byName.get(`${ecosystem}\0${name}`);
}

/** What needs a component: production wins, and an occurrence without scopes is not known. Tests and examples are no production. */
function productionOf(
  { inventory }: Snapshot,
  manifests: readonly number[],
  isAside: (path: string) => boolean,
): (component: number) => CriticalComponent['production'] {
  const found = new Uint8Array(inventory.components.length);
  for (const index of manifests.filter((one) => !isAside(inventory.manifests[one]!.path)))
    for (const { component, scopes } of inventory.manifests[index]!.occurrences) {
      const level = scopes.length === 0 ? 1 : scopes.includes('prod') || scopes.includes('peer') ? 2 : 0;
      if (level > found[component]!) found[component] = level;
    }
  return (component) => (['no', 'unknown', 'yes'] as const)[found[component]!]!;
}

const PRODUCTION: Readonly<Record<CriticalComponent['production'], number>> = { yes: 0, unknown: 0, no: 1 };

/** Within a group. */
function byUrgency(a: CriticalComponent, b: CriticalComponent): number {
  return (
    PRODUCTION[a.production] - PRODUCTION[b.production] ||
    gravityOf(a) - gravityOf(b) ||
    byHeaviest(a, b) ||
    compareText(a.purl, b.purl)
  );
}

const groupOf = ({ critical, badlyKept }: CriticalComponent): number =>
  (badlyKept ? 0 : 2) + (critical ? 0 : 1);

/** How bad the worst bad sign is: malicious code, a critical finding, another finding, deprecation and the like; 4 without one. */
function gravityOf({ signs, open }: CriticalComponent): number {
  const bad = new Set(signs.filter(({ effect }) => effect === 'bad').map(({ code }) => code));
  if (bad.has('malware')) return 0;
  if (bad.has('findings')) return open.critical > 0 ? 1 : 2;
  return bad.size > 0 ? 3 : 4;
}

/** Those whose edges are unknown last. */
function byHeaviest(a: CriticalComponent, b: CriticalComponent): number {
  const [first] = a.weights;
  const [second] = b.weights;
  if (first === undefined || second === undefined)
    return Number(first === undefined) - Number(second === undefined);
  return byWeight(first, second);
}
const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
