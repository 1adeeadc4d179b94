import { ecosystemOf } from '../../analysis/ecosystems/index.ts';
import { matchComponent } from '../../analysis/advisories/match.ts';
import { activityCard } from '../../analysis/health/activity.ts';
import { busFactorCard } from '../../analysis/health/bus-factor.ts';
import { cadenceCard } from '../../analysis/health/cadence.ts';
import { communityCard } from '../../analysis/health/community.ts';
import { compareText, daysBetween, inDays, instantOf, secondsOf } from '../../analysis/health/figures.ts';
import { isAside, isNotOwnManifest } from '../../analysis/health/files.ts';
import type { Candidate, CloneView, HealthInput } from '../../analysis/health/input.ts';
import { latencyCard } from '../../analysis/health/latency.ts';
import { licenceCard } from '../../analysis/health/licence.ts';
import { crowdOf } from '../../analysis/health/people.ts';
import { judgedPart, releasesOfRegistry, releasesOfTags } from '../../analysis/health/releases.ts';
import { responsivenessCard } from '../../analysis/health/responsiveness.ts';
import { weightCard } from '../../analysis/health/weight.ts';
import type {
  AdoptionFlag,
  AdoptionReport,
  CloneFacts,
  ForgeFacts,
  RegistryFacts,
} from '../../model/adoption.ts';
import type { AdvisoryStore, Instant } from '../../model/advisory.ts';
import type { EcosystemId } from '../../model/ecosystem.ts';
import { AssayError, type Problem } from '../../model/problem.ts';
import type { Snapshot } from '../../model/result.ts';

/** Everything that a judgement of health is made of; nothing is read from anywhere else. */
export interface AdoptInput {
  readonly subject: {
    /** As people call it. */
    readonly name: string;
    readonly ecosystem?: EcosystemId;
    /** The component's own name, when it was asked for by name. */
    readonly component?: string;
    readonly version?: string;
  };
  readonly clone?: {
    readonly facts: CloneFacts;
    readonly paths: readonly string[];
    readonly texts: ReadonlyMap<string, string>;
    readonly lines?: number;
  };
  readonly registry?: RegistryFacts;
  readonly forge?: ForgeFacts;
  /** The clone's own tree, scanned. */
  readonly own?: Snapshot;
  /** The project that it would go into, scanned. */
  readonly into?: Snapshot;
  readonly store: AdvisoryStore;
  /** A moment that people gave; default: the clone's newest commit, else now. */
  readonly asOf?: Instant;
  readonly now: Instant;
  readonly version: string;
  readonly problems: readonly Problem[];
}

/** An old clone is said from this many days on. */
const OLD_DAYS = 30;

/** Eight cards with evidence from what is given. Pure: the same input gives the same report. No card is folded into another. */
export function assessAdoption(input: AdoptInput): AdoptionReport {
  const { subject, clone, registry, forge, now } = input;
  const candidates = candidatesOf(input);
  const given = secondsOf(input.asOf);
  const today = secondsOf(now)!;
  // A newest commit from the future is a clock that is wrong.
  const asOf = given ?? Math.min(clone?.facts.tipAt ?? today, today);
  const health = healthInput(input, candidates, asOf, today);
  const named = subject.component === undefined ? undefined : candidates[0];
  return {
    schema: 1,
    tool: { name: 'assay', version: input.version },
    subject: {
      name: subject.name,
      ...(named === undefined ? {} : { ecosystem: named.ecosystem, component: named.name }),
      ...(subject.version === undefined ? {} : { version: subject.version }),
      ...(clone === undefined ? {} : { clone: { name: clone.facts.name, commit: clone.facts.tip } }),
      ...(registry === undefined ? {} : { metadata: registry.from }),
      ...(forge === undefined ? {} : { forge: forge.from }),
    },
    takenAt: now,
    asOf: instantOf(asOf),
    asOfIs: given !== undefined ? 'date given' : clone === undefined ? 'today' : 'newest commit',
    ...(clone === undefined ? {} : { newestCommitAt: instantOf(clone.facts.tipAt) }),
    flags: flagsOf(input, health, candidates, today),
    cards: [
      activityCard(health),
      busFactorCard(health),
      cadenceCard(health),
      latencyCard(health),
      responsivenessCard(health),
      licenceCard(health),
      communityCard(health),
      weightCard(health),
    ],
    knowledge: input.store.sources.filter(({ ecosystem }) =>
      candidates.some((one) => one.ecosystem === ecosystem),
    ),
    problems: input.problems,
  };
}

function healthInput(
  { subject, clone, registry, forge, own, into, store }: AdoptInput,
  candidates: readonly Candidate[],
  asOf: number,
  now: number,
): HealthInput {
  const dated = registry === undefined ? [] : releasesOfRegistry(registry);
  const tagged = clone === undefined ? [] : releasesOfTags(clone.facts.tags);
  const releases = (dated.length > 0 ? dated : tagged).filter(({ at }) => at <= asOf);
  return {
    asOf,
    now,
    asOfIsCommit: clone !== undefined && asOf === clone.facts.tipAt,
    ...(clone === undefined ? {} : { clone: viewOf(clone) }),
    ...(registry === undefined ? {} : { registry }),
    ...(forge === undefined ? {} : { forge }),
    releases,
    judged: judgedPart(releases, subject.component ?? onlyName(candidates), asOf),
    releasesFrom: dated.length > 0 ? 'registry' : clone !== undefined ? 'tags' : 'nowhere',
    candidates,
    asked: subject.component !== undefined,
    ...(subject.version === undefined ? {} : { version: subject.version }),
    store,
    ...(own === undefined ? {} : { own }),
    ...(into === undefined ? {} : { into }),
    ...(clone?.lines === undefined ? {} : { lines: clone.lines }),
  };
}

/** A repository that says what it is has one name; one of many components is asked about as a whole. */
function onlyName(candidates: readonly Candidate[]): string | undefined {
  return candidates.length === 1 ? candidates[0]!.name : undefined;
}

function viewOf({ facts, paths, texts }: NonNullable<AdoptInput['clone']>): CloneView {
  return {
    facts,
    crowd: crowdOf(facts, texts.get('.mailmap') ?? ''),
    paths,
    texts,
    ...(facts.within === undefined
      ? {}
      : { within: { folder: facts.within.folder, commits: new Set(facts.within.commits) } }),
  };
}

/**
 * The component that is asked about, else those that the clone's manifests say it is, else the registry's.
 * AssayError `adopt/which-ecosystem` when a name was given and nothing says where it is from.
 */
function candidatesOf({ subject, registry, own, into }: AdoptInput): readonly Candidate[] {
  const kept = own === undefined ? [] : publishedBy(own);
  if (subject.component !== undefined) {
    const name = subject.component;
    const called = (ecosystem: EcosystemId): string => ecosystemOf(ecosystem).normaliseName(name);
    const ecosystem =
      subject.ecosystem ??
      registry?.ecosystem ??
      kept.find((one) => one.name === called(one.ecosystem))?.ecosystem ??
      usedIn(into, called) ??
      only(kept.map((one) => one.ecosystem));
    if (ecosystem === undefined)
      throw new AssayError('adopt/which-ecosystem', `which ecosystem is ${name} of?`, {
        hint: `say it as a purl (pkg:npm/${name}, pkg:pypi/${name}), or with --ecosystem`,
      });
    return [{ ecosystem, name: called(ecosystem) }];
  }
  if (kept.length > 0) return kept;
  return registry === undefined ? [] : [{ ecosystem: registry.ecosystem, name: registry.name }];
}

/** What a tree says that it is itself, tests, examples and helpers aside; ordered by ecosystem and name. */
function publishedBy({ inventory }: Snapshot): readonly Candidate[] {
  const found = new Map<string, Candidate>();
  for (const { path, roots, occurrences } of inventory.manifests) {
    if (isNotOwnManifest(path)) continue;
    for (const node of roots) {
      const { ecosystem, name } = inventory.components[occurrences[node]!.component]!;
      if (/^\w|^@/.test(name) && !isAside(name) && ecosystemOf(ecosystem).hasAdvisories)
        found.set(`${ecosystem} ${name}`, { ecosystem, name });
    }
  }
  return [...found].sort(([a], [b]) => compareText(a, b)).map(([, candidate]) => candidate);
}

function usedIn(
  into: Snapshot | undefined,
  called: (ecosystem: EcosystemId) => string,
): EcosystemId | undefined {
  return only(
    (into?.inventory.components ?? [])
      .filter(({ ecosystem, name }) => name === called(ecosystem))
      .map(({ ecosystem }) => ecosystem),
  );
}

function only(ecosystems: readonly EcosystemId[]): EcosystemId | undefined {
  const distinct = [...new Set(ecosystems)];
  return distinct.length === 1 ? distinct[0] : undefined;
}

const GIVEN_UP =
  /\bno longer (?:actively )?maintained\b|\bunmaintained\b|\bthis (?:project|repository|repo|package|library|module) (?:is|has been|was) (?:now |officially )?(?:deprecated|archived|abandoned|discontinued|retired)\b|^[#>*_\s[-]*(?:deprecated|archived|unmaintained)\b/i;

function flagsOf(
  { subject, clone, registry, forge, store, asOf: given }: AdoptInput,
  health: HealthInput,
  candidates: readonly Candidate[],
  today: number,
): readonly AdoptionFlag[] {
  const flags: AdoptionFlag[] = [];
  if (forge?.archived === true)
    flags.push({ code: 'archived', weight: 'stop', text: 'the repository is archived (forge export)' });
  if (registry?.archived === true)
    flags.push({ code: 'archived', weight: 'stop', text: `archived, says ${registry.from}` });
  if (registry?.deprecated !== undefined)
    flags.push({
      code: 'deprecated',
      weight: 'stop',
      text: `deprecated, says ${registry.from}: ${registry.deprecated}`,
    });
  const release = registry?.releases.find(({ version }) => version === subject.version);
  if (release?.withdrawn === true)
    flags.push({
      code: 'withdrawn',
      weight: 'stop',
      text: `${release.version} was withdrawn${release.withdrawnFor === undefined ? '' : `: ${release.withdrawnFor}`}`,
    });
  if (release?.deprecated !== undefined && release.deprecated !== registry?.deprecated)
    flags.push({
      code: 'deprecated',
      weight: 'stop',
      text: `${release.version} is deprecated: ${release.deprecated}`,
    });
  flags.push(...malwareFlags(subject.version, health, candidates, store));
  for (const [path, text] of clone?.texts ?? [])
    if (/^readme/i.test(path)) {
      const lines = text.split('\n').slice(0, 40);
      const index = lines.findIndex((line) => line.length < 1000 && GIVEN_UP.test(line));
      if (index !== -1)
        flags.push({
          code: 'deprecated',
          weight: 'note',
          text: `${path}:${index + 1} says: ${lines[index]!.trim().slice(0, 160)}`,
        });
    }
  if (
    health.clone !== undefined &&
    registry === undefined &&
    subject.version !== undefined &&
    health.judged.releases.length > 0
  ) {
    if (!health.judged.releases.some(({ version }) => version === subject.version))
      flags.push({ code: 'unknown-version', weight: 'note', text: `no tag names ${subject.version}` });
  } else if (registry !== undefined && subject.version !== undefined && release === undefined)
    flags.push({
      code: 'unknown-version',
      weight: 'note',
      text: `${registry.from} does not know ${subject.version}`,
    });
  if (clone?.facts.wholeSince !== undefined)
    flags.push({
      code: 'shallow',
      weight: 'note',
      text: `history is cut off at ${instantOf(clone.facts.wholeSince).slice(0, 10)}${
        clone.facts.shallow ? ' (a shallow clone)' : ''
      }: windows that reach further back are unknown`,
    });
  const age = clone === undefined || given !== undefined ? 0 : daysBetween(clone.facts.tipAt, today);
  if (age > OLD_DAYS)
    flags.push({
      code: 'old-clone',
      weight: 'note',
      text: `the newest commit is ${inDays(age)} old: what came since is not seen; fetch the clone, or say --as-of today if it is fresh`,
    });
  return flags;
}

/** Malicious code in the version that is asked about, else in the newest. */
function malwareFlags(
  version: string | undefined,
  { judged: { releases }, registry }: HealthInput,
  candidates: readonly Candidate[],
  store: AdvisoryStore,
): readonly AdoptionFlag[] {
  const wanted =
    version ?? registry?.latest ?? releases.filter(({ prerelease }) => !prerelease).at(-1)?.version;
  if (wanted === undefined) return [];
  return candidates.flatMap(({ ecosystem, name }) =>
    matchComponent(store, ecosystem, name, wanted, ecosystemOf(ecosystem).versions)
      .hits.map(({ entry }) => store.advisory(ecosystem, entry.advisory))
      .filter(({ malicious }) => malicious)
      .map(
        ({ id }) =>
          ({ code: 'malware', weight: 'stop', text: `${name} ${wanted} is malicious code (${id})` }) as const,
      ),
  );
}
