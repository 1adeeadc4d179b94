import type { AdvisoryStore, Instant } from '../../model/advisory.ts';
import type { EcosystemId } from '../../model/ecosystem.ts';
import type { Problem } from '../../model/problem.ts';
import {
  TIMELINE_SEVERITIES,
  type PointChange,
  type Timeline,
  type TimelineIssue,
  type TimelinePoint,
} from '../../model/timeline.ts';
import { changeBetween, isSeen, type Known, type Standing } from './changes.ts';
import type { ComponentTable } from './component-table.ts';
import type { Recorded } from './decided.ts';
import { episodesOf } from './episodes.ts';
import { exposureOf } from './figures.ts';
import { issuesOf, type IssueFacts, type Issues } from './issues.ts';
import { pointFacts, stateOf, type PointFacts, type PointFile } from './point-facts.ts';
import { countHits, presentAt, watchedNames, type Present } from './present.ts';
import type { Sample } from './sample.ts';

/** A sample with what its files say. Commits that do not differ in them share one `read`. */
export interface ReadSample {
  readonly sample: Sample;
  readonly read: { readonly files: readonly PointFile[]; readonly problems: readonly Problem[] };
}

export type TimelineCore = Pick<Timeline, 'decisions' | 'points' | 'issues' | 'exposure' | 'problems'>;

/**
 * From what the files of each sample say to points, issues and days. Pure. Each different component is held against the advisories
 * once, each different set of files is counted once. `now` is in seconds since 1970; what `recorded` decisions cover is left out.
 */
export function assembleTimeline(
  reads: readonly ReadSample[],
  table: ComponentTable,
  store: AdvisoryStore,
  now: number,
  recorded?: Recorded,
): TimelineCore {
  const { components } = table;
  const issues = issuesOf(components, store, recorded);
  const watched = watchedNames(components, issues);
  const order = issues.list
    .map((_, index) => index)
    .sort((a, b) => compareIssues(issues.list[a]!, issues.list[b]!));
  const rankOf: number[] = [];
  order.forEach((issue, rank) => (rankOf[issue] = rank));
  const namedOf: number[] = [];
  components.forEach(({ named }, number) => {
    for (const { issue } of issues.of(number)) namedOf[issue] = named;
  });
  const known: Known = { components, issues: issues.list, namedOf, rankOf };

  const made = new Map<ReadSample['read'], { readonly facts: PointFacts; readonly present: Present }>();
  const standings = reads.map(({ sample, read }): Standing => {
    let found = made.get(read);
    if (found === undefined) {
      const facts = pointFacts(read.files, read.problems, components, store);
      made.set(read, (found = { facts, present: presentAt(facts, components, issues, watched) }));
    }
    return { ...found, at: sample.at };
  });

  const points: TimelinePoint[] = [];
  const line: Standing[] = [];
  const indexes: number[] = [];
  const ecosystems = [...new Set(components.map(({ ecosystem }) => ecosystem))];
  const byCommit = new Map(reads.map(({ sample }, index) => [sample.commit, standings[index]!]));
  const lastSeen = new Map<EcosystemId, Standing>();
  reads.forEach(({ sample }, index) => {
    const standing = standings[index]!;
    if (sample.side === true) {
      const before = sample.before === undefined ? undefined : byCommit.get(sample.before);
      const seenBefore = (ecosystem: EcosystemId): Standing | undefined =>
        before !== undefined && isSeen(ecosystem, before.facts) ? before : undefined;
      points.push(
        toPoint(sample, standing, changeBetween(seenBefore, before, standing, known), rankOf, issues),
      );
      return;
    }
    const change = changeBetween((ecosystem) => lastSeen.get(ecosystem), line.at(-1), standing, known);
    points.push(toPoint(sample, standing, change, rankOf, issues));
    for (const ecosystem of ecosystems)
      if (isSeen(ecosystem, standing.facts)) lastSeen.set(ecosystem, standing);
    line.push(standing);
    indexes.push(index);
  });
  const episodes = episodesOf(line, indexes, known, now);
  return {
    ...(issues.decided === undefined ? {} : { decisions: issues.decided.decisions }),
    points,
    issues: order.map((issue): TimelineIssue => ({ ...issues.list[issue]!, episodes: episodes[issue]! })),
    exposure: exposureOf(episodes.flat()),
    problems: [...(issues.decided?.problems ?? []), ...problemsOf(standings, issues)],
  };
}

function toPoint(
  { label, also, commit, at, side }: Sample,
  { facts, present }: Standing,
  change: PointChange,
  rankOf: readonly number[],
  { decidedOf }: Pick<Issues, 'decidedOf'>,
): TimelinePoint {
  const now = countHits(present);
  const undated = present.hits.filter(({ hit }) => hit.published === undefined).length;
  let decided = 0;
  if (decidedOf.size > 0) for (const number of facts.components) decided += decidedOf.get(number) ?? 0;
  const state = stateOf(facts, now.total + decided);
  const ranked = (list: PointChange['closed']): PointChange['closed'] =>
    list.map(({ issue, move }) => ({ issue: rankOf[issue]!, move }));
  return {
    label,
    also,
    commit,
    at: toInstant(at),
    ...(side === true ? { side } : {}),
    state,
    gaps: facts.gaps,
    files: facts.files,
    ...(facts.files === 0
      ? {}
      : {
          components: facts.components.length,
          direct: facts.direct,
          duplicates: facts.duplicates,
          development: facts.development,
        }),
    ...(state === 'unknown' ? {} : { knownNow: now, knownThen: countHits(present, at) }),
    ...(undated === 0 ? {} : { undated }),
    ...(decided === 0 ? {} : { decided }),
    change: {
      closed: ranked(change.closed),
      opened: ranked(change.opened),
      firstSeen: ranked(change.firstSeen),
      published: change.published.map((issue) => rankOf[issue]!),
      components: change.components,
    },
  };
}

/** What kept numbers from being whole: each problem once, with the number of points that have it. */
function problemsOf(standings: readonly Standing[], issues: Issues): readonly Problem[] {
  const found = new Map<string, { readonly problem: Problem; points: number }>();
  const add = (problem: Problem): void => {
    // The same broken file has other lines from release to release.
    const key = `${problem.code}\0${problem.at?.path ?? ''}\0${problem.message}`;
    const known = found.get(key);
    if (known === undefined) found.set(key, { problem, points: 1 });
    else known.points++;
  };
  for (const { facts } of standings) {
    for (const problem of facts.problems) add(problem);
    if (issues.problems.size > 0)
      for (const number of facts.components) {
        const problem = issues.problems.get(number);
        if (problem !== undefined) add(problem);
      }
  }
  return [...found]
    .sort(([a, x], [b, y]) => y.points - x.points || (a < b ? -1 : 1))
    .map(([, { problem, points }]) => ({
      ...problem,
      message: `${problem.message} (at ${points === 1 ? 'one point' : `${points} points`})`,
    }));
}

const toInstant = (seconds: number): Instant => `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`;

function compareIssues(a: IssueFacts, b: IssueFacts): number {
  return (
    TIMELINE_SEVERITIES.indexOf(a.severity) - TIMELINE_SEVERITIES.indexOf(b.severity) ||
    compareText(a.name, b.name) ||
    compareText(a.ecosystem, b.ecosystem) ||
    compareText(a.id, b.id)
  );
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
