import type { AdvisoryHit, AdvisoryStore, Advisory } from '../../model/advisory.ts';
import type { Problem } from '../../model/problem.ts';
import type { TimelineIssue, TimelineSeverity } from '../../model/timeline.ts';
import { groupHits } from '../advisories/groups.ts';
import { matchComponent } from '../advisories/match.ts';
import { ecosystemOf } from '../ecosystems/index.ts';
import { severityOfGroup, titleOf } from '../findings/advisory.ts';
import { isCheckable, type TimelineComponent } from './component-table.ts';
import { decidedOf, type Decided, type Question, type Recorded } from './decided.ts';

/** One alias group that holds for one component version. */
export interface Hit {
  /** Index into `Issues.list`. */
  readonly issue: number;
  readonly severity: TimelineSeverity;
  /** Seconds since 1970 of its first advisory; `undefined` when none has a date. */
  readonly published: number | undefined;
}

/** An issue without the points that have it. */
export type IssueFacts = Omit<TimelineIssue, 'episodes'>;

export interface Issues {
  readonly list: readonly IssueFacts[];
  /** By component number; empty for nearly all. Ordered by the groups' ids. */
  of(component: number): readonly Hit[];
  /** Versions that could not be put in order; by component number. */
  readonly problems: ReadonlyMap<number, Problem>;
  /** How many advisories of a component decisions cover; by component number. */
  readonly decidedOf: ReadonlyMap<number, number>;
  /** Where decisions were asked for. */
  readonly decided?: Pick<Decided, 'decisions' | 'problems'>;
}

/**
 * Holds every component of a history against the advisories once. What is one issue is decided over all versions of a name,
 * so that an upgrade from one affected version to another does not look like one issue that ended and one that began;
 * how many issues one version has is decided as scans do. What decisions cover is as if it never were.
 */
export function issuesOf(
  components: readonly TimelineComponent[],
  store: AdvisoryStore,
  recorded?: Recorded,
): Issues {
  const hitsOf = new Map<number, readonly AdvisoryHit[]>();
  const byName = new Map<number, number[]>();
  const problems = new Map<number, Problem>();
  components.forEach((component, number) => {
    if (!isCheckable(component)) return;
    const { ecosystem, name, version } = component;
    const { hits, problem } = matchComponent(
      store,
      ecosystem,
      name,
      version,
      ecosystemOf(ecosystem).versions,
    );
    if (problem !== undefined) problems.set(number, problem);
    if (hits.length === 0) return;
    hitsOf.set(number, hits);
  });
  const decided = recorded === undefined ? undefined : leaveOutDecided(hitsOf, components, store, recorded);
  for (const number of hitsOf.keys()) {
    const { named } = components[number]!;
    const versions = byName.get(named);
    if (versions === undefined) byName.set(named, [number]);
    else versions.push(number);
  }
  const list: IssueFacts[] = [];
  const found = new Map<number, readonly Hit[]>();
  for (const numbers of byName.values()) {
    const issueOf = addIssues(
      numbers.map((number) => hitsOf.get(number)!),
      components[numbers[0]!]!,
      store,
      list,
    );
    for (const number of numbers) {
      const groups = groupHits(store, components[number]!.ecosystem, hitsOf.get(number)!);
      found.set(
        number,
        groups.map(({ hits, advisories }) => ({
          issue: issueOf.get(hits[0]!.entry.advisory)!,
          severity: severityOf(advisories),
          published: secondsOf(publishedOf(advisories)),
        })),
      );
    }
  }
  return {
    list,
    of: (component) => found.get(component) ?? NONE,
    problems,
    decidedOf: decided?.countOf ?? NOTHING,
    ...(decided === undefined ? {} : { decided }),
  };
}

const NONE: readonly Hit[] = [];
const NOTHING: ReadonlyMap<number, number> = new Map();

/** Takes the hits of decided groups out of `hitsOf`. */
function leaveOutDecided(
  hitsOf: Map<number, readonly AdvisoryHit[]>,
  components: readonly TimelineComponent[],
  store: AdvisoryStore,
  recorded: Recorded,
): Pick<Decided, 'decisions' | 'problems'> & { readonly countOf: ReadonlyMap<number, number> } {
  const questions: (Question & { readonly number: number })[] = [];
  for (const [number, hits] of hitsOf) {
    const component = components[number]!;
    for (const group of groupHits(store, component.ecosystem, hits))
      questions.push({ component, group, number });
  }
  const { isCovered, decisions, problems } = decidedOf(questions, recorded);
  const countOf = new Map<number, number>();
  const left = new Map<number, AdvisoryHit[]>();
  questions.forEach(({ number, group }, index) => {
    if (isCovered[index] === true) countOf.set(number, (countOf.get(number) ?? 0) + 1);
    else {
      const list = left.get(number);
      if (list === undefined) left.set(number, [...group.hits]);
      else for (const hit of group.hits) list.push(hit);
    }
  });
  for (const number of countOf.keys()) {
    const hits = left.get(number);
    if (hits === undefined) hitsOf.delete(number);
    else hitsOf.set(number, hits);
  }
  return { decisions, problems, countOf };
}

/** Adds the issues of one name, and says by advisory number which one it belongs to. */
function addIssues(
  hits: readonly (readonly AdvisoryHit[])[],
  { ecosystem, name }: TimelineComponent,
  store: AdvisoryStore,
  list: IssueFacts[],
): ReadonlyMap<number, number> {
  const distinct = new Map<number, AdvisoryHit>();
  for (const one of hits) for (const hit of one) distinct.set(hit.entry.advisory, hit);
  const ordered = [...distinct.values()].sort((a, b) => (a.entry.id < b.entry.id ? -1 : 1));
  const issueOf = new Map<number, number>();
  for (const group of groupHits(store, ecosystem, ordered)) {
    for (const { entry } of group.hits) issueOf.set(entry.advisory, list.length);
    const published = publishedOf(group.advisories);
    list.push({
      id: group.id,
      ids: group.ids,
      ecosystem,
      name,
      severity: severityOf(group.advisories),
      ...(published === undefined ? {} : { published }),
      malicious: group.advisories.some(({ malicious }) => malicious),
      summary: titleOf(group.advisories, { name }),
    });
  }
  return issueOf;
}

function severityOf(advisories: readonly Advisory[]): TimelineSeverity {
  if (advisories.some(({ malicious }) => malicious)) return 'critical';
  const { severity } = severityOfGroup(advisories);
  return severity === 'none' ? 'low' : severity;
}

/** The first day on which anybody could know: the earliest of the group. Instants compare as text. */
function publishedOf(advisories: readonly Advisory[]): string | undefined {
  return advisories.flatMap(({ published }) => published ?? []).sort()[0];
}

function secondsOf(instant: string | undefined): number | undefined {
  const ms = instant === undefined ? Number.NaN : Date.parse(instant);
  return Number.isNaN(ms) ? undefined : Math.floor(ms / 1000);
}
