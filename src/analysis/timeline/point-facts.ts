import type { AdvisoryStore } from '../../model/advisory.ts';
import type { EcosystemId } from '../../model/ecosystem.ts';
import type { Problem } from '../../model/problem.ts';
import type { PointGap, PointState } from '../../model/timeline.ts';
import { ecosystemOf } from '../ecosystems/index.ts';
import { isCheckable, type FileFacts, type TimelineComponent } from './component-table.ts';
import { DIRECT, PRODUCTION } from './file-record.ts';

/** What the files of one commit say together. Made once for commits that do not differ in them. */
export interface PointFacts {
  readonly files: number;
  /** Ascending. */
  readonly components: Uint32Array;
  /** `DIRECT | PRODUCTION` over all files; parallel to `components`. */
  readonly flags: Uint8Array;
  readonly direct: number;
  readonly duplicates: number;
  readonly development: number;
  readonly gaps: readonly PointGap[];
  /** Something has no exact versions, was not read or cannot be looked up: numbers are a lower bound. */
  readonly isPartial: boolean;
  /** Components that advisories could be held against. */
  readonly checked: number;
  /** Ecosystems that are there without exact versions: what they depend on is not to be seen. */
  readonly unseen: ReadonlySet<EcosystemId>;
  /** Some file or folder could not be read: an ecosystem without any component may be hidden in it. */
  readonly hasLost: boolean;
  /** Ecosystems of the components. */
  readonly ecosystems: ReadonlySet<EcosystemId>;
  /** Names (by number) that stand there without an exact version. */
  readonly loose: ReadonlySet<number>;
  readonly problems: readonly Problem[];
}

/** A file as it was read; `facts` is absent where it could not be. */
export interface PointFile {
  readonly path: string;
  readonly facts: FileFacts | undefined;
  readonly problems: readonly Problem[];
}

/** Joins the files of a commit. O(components + sorting). */
export function pointFacts(
  files: readonly PointFile[],
  listing: readonly Problem[],
  components: readonly TimelineComponent[],
  store: Pick<AdvisoryStore, 'covers'>,
): PointFacts {
  const flagsOf = new Map<number, number>();
  const locked = new Set<EcosystemId>();
  const declared = new Set<EcosystemId>();
  for (const { facts } of files) {
    if (facts === undefined) continue;
    if (facts.components.length > 0) (facts.role === 'manifest' ? declared : locked).add(facts.ecosystem);
    facts.components.forEach((number, i) =>
      flagsOf.set(number, (flagsOf.get(number) ?? 0) | facts.flags[i]!),
    );
  }
  const numbers = Uint32Array.from(flagsOf.keys()).sort();
  const flags = Uint8Array.from(numbers, (number) => flagsOf.get(number)!);
  const problems = [
    ...listing,
    ...files.flatMap((file) => [...file.problems, ...(file.facts?.problems ?? [])]),
  ].filter(({ lost }) => lost);
  const tally = tallyOf(numbers, components);
  const unseen = new Set<EcosystemId>();
  for (const [ecosystem, loose] of tally.loose)
    if (loose > (tally.exact.get(ecosystem) ?? 0) && !locked.has(ecosystem)) unseen.add(ecosystem);
  const gaps = gapsOf(numbers, components, store, problems, files.length);
  return {
    files: new Set(files.map(({ path }) => path)).size,
    components: numbers,
    flags,
    direct: count(flags, (flag) => (flag & DIRECT) !== 0),
    duplicates: duplicatesOf(files, components),
    development: count(flags, (flag) => (flag & PRODUCTION) === 0),
    gaps,
    isPartial:
      gaps.some(({ why }) => why === 'no-data' || why === 'lost') ||
      // However exact a manifest is, it does not say what its components bring in.
      [...declared].some((ecosystem) => !locked.has(ecosystem) && ecosystemOf(ecosystem).hasAdvisories) ||
      // An action by a branch is a use that moves by design.
      [...unseen].some((ecosystem) => ecosystem !== 'GitHub Actions'),
    checked: numbers.reduce((sum, number) => sum + (isChecked(components[number]!, store) ? 1 : 0), 0),
    unseen,
    hasLost: problems.length > 0,
    ecosystems: tally.ecosystems,
    loose: tally.looseNames,
    problems,
  };
}

/** What can be said of advisories at a point where `hits` of them were found. */
export function stateOf(facts: PointFacts, hits: number): PointState {
  if (facts.files === 0) return 'unknown';
  if (hits === 0 && facts.checked === 0 && (facts.components.length > 0 || facts.hasLost)) return 'unknown';
  return facts.isPartial ? 'part' : 'whole';
}

interface Tally {
  /** Of ecosystems that have advisories: components with an exact version, and without. */
  readonly exact: ReadonlyMap<EcosystemId, number>;
  readonly loose: ReadonlyMap<EcosystemId, number>;
  readonly looseNames: ReadonlySet<number>;
  readonly ecosystems: ReadonlySet<EcosystemId>;
}

function tallyOf(numbers: Uint32Array, components: readonly TimelineComponent[]): Tally {
  const exact = new Map<EcosystemId, number>();
  const loose = new Map<EcosystemId, number>();
  const looseNames = new Set<number>();
  const ecosystems = new Set<EcosystemId>();
  for (const number of numbers) {
    const component = components[number]!;
    const { ecosystem, named } = component;
    ecosystems.add(ecosystem);
    if (isCheckable(component)) exact.set(ecosystem, (exact.get(ecosystem) ?? 0) + 1);
    else if (isLoose(component)) {
      loose.set(ecosystem, (loose.get(ecosystem) ?? 0) + 1);
      looseNames.add(named);
    }
  }
  return {
    exact,
    loose,
    looseNames,
    ecosystems,
  };
}

/** Names that one file has in several versions, as `cost` counts them: files that each have their own are no duplicates. */
function duplicatesOf(files: readonly PointFile[], components: readonly TimelineComponent[]): number {
  const found = new Set<number>();
  for (const { facts } of files) {
    if (facts === undefined) continue;
    const versions = new Map<number, string>();
    for (const number of facts.components) {
      const { named, version } = components[number]!;
      if (version === '') continue;
      const other = versions.get(named);
      if (other === undefined) versions.set(named, version);
      else if (other !== version) found.add(named);
    }
  }
  return found.size;
}

const isLoose = ({ ecosystem, version, origin }: TimelineComponent): boolean =>
  version === '' && (origin === 'registry' || origin === 'unknown') && ecosystemOf(ecosystem).hasAdvisories;

const isChecked = (component: TimelineComponent, store: Pick<AdvisoryStore, 'covers'>): boolean =>
  isCheckable(component) && store.covers(component.ecosystem);

/** As scans say what they could not check. Most frequent first. */
function gapsOf(
  numbers: Uint32Array,
  components: readonly TimelineComponent[],
  store: Pick<AdvisoryStore, 'covers'>,
  problems: readonly Problem[],
  files: number,
): readonly PointGap[] {
  const gaps = new Map<
    string,
    { why: PointGap['why']; ecosystem: EcosystemId; count: number; examples: string[] }
  >();
  for (const number of numbers) {
    const component = components[number]!;
    const why = whyNot(component, store);
    if (why === undefined) continue;
    const { ecosystem, name, version, requested } = component;
    const key = `${ecosystem}\0${why}`;
    let gap = gaps.get(key);
    if (gap === undefined) gaps.set(key, (gap = { why, ecosystem, count: 0, examples: [] }));
    gap.count++;
    gap.examples.push(version === '' ? `${name} ${requested}`.trimEnd() : `${name}@${version}`);
  }
  const counted = [...gaps]
    .sort(([a, x], [b, y]) => y.count - x.count || (a < b ? -1 : 1))
    .map(([, gap]): PointGap => ({ ...gap, examples: [...new Set(gap.examples)].sort().slice(0, 3) }));
  const paths = [...new Set(problems.flatMap(({ at }) => at?.path ?? []))].sort();
  return [
    ...(files === 0 && problems.length === 0 ? [{ why: 'no-files' as const, count: 0, examples: [] }] : []),
    ...(problems.length === 0
      ? []
      : [{ why: 'lost' as const, count: problems.length, examples: paths.slice(0, 3) }]),
    ...counted,
  ];
}

function whyNot(
  { ecosystem, origin, version }: TimelineComponent,
  store: Pick<AdvisoryStore, 'covers'>,
): PointGap['why'] | undefined {
  if (!ecosystemOf(ecosystem).hasAdvisories) return 'no-source';
  if (origin !== 'registry' && origin !== 'unknown') return 'not-registry';
  if (version === '') return 'not-locked';
  return store.covers(ecosystem) ? undefined : 'no-data';
}

function count(values: Iterable<number>, is: (value: number) => boolean): number {
  let found = 0;
  for (const value of values) if (is(value)) found++;
  return found;
}
