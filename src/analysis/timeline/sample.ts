import type { CommitHistory } from '../../model/commit-history.ts';
import { AssayError } from '../../model/problem.ts';
import type { LeftOut, Timeline } from '../../model/timeline.ts';
import type { Ancestry } from './ancestry.ts';
import { chooseTags, leftOut, type ChosenTags } from './choose-tags.ts';
import { everyNth, firstParents, lastOfMonths, monthOf } from './first-parents.ts';
import { mayBeAbandoned, releaseLine, releasesOf, type Release, type ReleaseLine } from './release-line.ts';
import { compareTags, withEras, type VersionTag } from './version-tag.ts';

const DAY = 86_400;

/** A commit that becomes a point. */
export interface Sample {
  readonly label: string;
  readonly also: readonly string[];
  readonly commit: string;
  /** Seconds since 1970, never before that of the sample before it on the same line. */
  readonly at: number;
  /** Seconds that the commit's own date lies before `at`. */
  readonly raised: number;
  /** Of an older line; `before` is then the commit of the release before it by version. */
  readonly side?: true;
  readonly before?: string;
}

export interface SampleRequest {
  /** Every n-th commit of HEAD's first-parent line, HEAD among them. */
  readonly every?: number;
  /** The last commit of each month on HEAD's first-parent line. */
  readonly monthly: boolean;
  /** Globs; empty: tags that look like versions. */
  readonly tags: readonly string[];
  readonly prereleases: boolean;
  /** Add HEAD as the last point when it is none yet. */
  readonly head: boolean;
  /** Seconds since 1970: nothing before it. */
  readonly since?: number;
  /** Seconds since 1970: no commit counts as made later. */
  readonly now: number;
}

export interface Sampling extends Pick<Timeline['sampling'], 'by' | 'says' | 'leftOut'> {
  /** By date; those of one line in the order of the line. */
  readonly samples: readonly Sample[];
  /** What is odd about it, in sentences. */
  readonly notes: readonly string[];
}

/** What the history below some commits says of them; `now` is that of the request. */
type FindAncestry = (starts: readonly string[], now: number) => Promise<Ancestry>;

/**
 * Which commits of a history are looked at, and why these. Looks at commits and tags only, never at files.
 * AssayError `timeline/no-tags` when globs were given and no tag matches.
 */
export async function sampleHistory(
  history: CommitHistory,
  request: SampleRequest,
  ancestryOf: FindAncestry,
): Promise<Sampling> {
  const all =
    request.every !== undefined || request.monthly
      ? alongFirstParents(history, request, '')
      : await releases(history, request, ancestryOf);
  const { since } = request;
  const kept = since === undefined ? all.samples : all.samples.filter(({ at }) => at >= since);
  const early = since === undefined ? [] : all.samples.filter(({ at }) => at < since);
  const samples = request.head ? withHead(kept, history, request.now) : kept;
  const raised = samples.filter((sample) => sample.raised > DAY).length;
  return {
    ...all,
    samples,
    leftOut: [
      ...all.leftOut,
      ...leftOut(
        'before-since',
        early.map(({ label }) => label),
      ),
    ],
    notes: raised === 0 ? all.notes : [...all.notes, clockWords(raised)],
  };
}

async function releases(
  history: CommitHistory,
  request: SampleRequest,
  ancestryOf: FindAncestry,
): Promise<Sampling> {
  const names = history.tags();
  const chosen = chooseTags(names, request.tags, request.prereleases);
  const isAsked = request.tags.length > 0;
  if (isAsked && chosen.tags.length === 0) throw noTags(request.tags, names);
  const targets = targetsOf(chosen, history);
  const { left } = targets;
  if (targets.found.length === 0) {
    const why = names.length === 0 ? 'there are no tags' : 'no tag names a release';
    const months = alongFirstParents(history, request, `${why}, so it is `);
    return { ...months, leftOut: [...left, ...months.leftOut] };
  }
  const ownDate = (commit: string): number => Math.min(history.commit(commit)?.at ?? 0, request.now);
  const found = withEras(targets.found, (some) => Math.max(...some.map(({ commit }) => ownDate(commit))));
  const isOneLine = found.every(({ tag }) => tag.prefix === found[0]!.tag.prefix);
  const line: ReleaseLine = isOneLine
    ? await lineOf(found, history.head, ownDate, (starts) => ancestryOf(starts, request.now))
    : { main: releasesOf(found, ownDate), older: [], notMerged: [] };
  const before = befores(line);
  const aside = [...line.older, ...line.notMerged].map((release): Sample => {
    const commit = before.get(release);
    const sample = toSample(release, release.at, ownDate);
    return { ...sample, side: true, ...(commit === undefined ? {} : { before: commit }) };
  });
  let latest = 0;
  const main = line.main.map((release) =>
    toSample(release, (latest = Math.max(latest, release.at)), ownDate),
  );
  return {
    by: 'tags',
    says: isAsked
      ? `tags that match ${request.tags.join(', ')}`
      : `tags that look like versions${request.prereleases ? ', prereleases too' : ''}`,
    samples: isAsked ? [...main, ...aside].sort((a, b) => a.at - b.at) : main,
    leftOut: [
      ...left,
      ...(isAsked
        ? []
        : leftOut(
            'older-line',
            line.older.map(({ tag }) => tag.name),
          )),
      ...(isAsked
        ? []
        : leftOut(
            'not-merged',
            line.notMerged.map(({ tag }) => tag.name),
          )),
    ],
    notes: isOneLine ? [] : ['the tags have several prefixes: they follow each other by date alone'],
  };
}

function noTags(globs: readonly string[], names: readonly string[]): AssayError {
  return new AssayError('timeline/no-tags', `no tag matches ${globs.join(', ')}`, {
    hint:
      names.length === 0
        ? 'the repository has no tags; are they fetched?'
        : `it has ${names.length === 1 ? 'one tag' : `${names.length} tags`}, such as ${names.slice(-3).join(', ')}`,
  });
}

type TagOfCommit = { readonly tag: VersionTag; readonly commit: string };

/** What the tags lead to; those that lead to no commit are named. */
function targetsOf(chosen: ChosenTags, history: CommitHistory): { found: TagOfCommit[]; left: LeftOut[] } {
  const found: TagOfCommit[] = [];
  const elsewhere: string[] = [];
  const absent: string[] = [];
  for (const tag of chosen.tags) {
    const target = history.tag(tag.name);
    if (target.kind !== 'commit') (target.kind === 'missing' ? absent : elsewhere).push(tag.name);
    else if (history.commit(target.commit) === undefined) absent.push(tag.name);
    else found.push({ tag, commit: target.commit });
  }
  return {
    found,
    left: [...chosen.leftOut, ...leftOut('not-a-commit', elsewhere), ...leftOut('unreadable', absent)],
  };
}

/** A clock that is wrong is wrong by less; a release that comes after a higher version by more is an older line's. */
const WRONG_CLOCK = 30 * DAY;

/**
 * All of history is looked at only where dates and versions disagree in a way that it can settle: that takes half a second for
 * twenty thousand commits.
 */
async function lineOf(
  found: readonly TagOfCommit[],
  head: string,
  ownDate: (commit: string) => number,
  ancestryOf: (starts: readonly string[]) => Promise<Ancestry>,
): Promise<ReleaseLine> {
  const byDate = releasesOf(found, ownDate);
  const line = releaseLine(byDate, undefined);
  if (!line.older.some((release) => isNear(release, line.main)) && !mayBeAbandoned(byDate)) return line;
  const ancestry = await ancestryOf([head, ...found.map(({ commit }) => commit)]);
  return releaseLine(
    releasesOf(found, (commit) => ancestry.dateOf(commit)),
    ancestry,
  );
}

/** Whether the next higher version is only little older: then the clock may have been wrong. */
function isNear({ tag, at }: Release, main: readonly Release[]): boolean {
  const next = main.find((other) => compareTags(other.tag, tag) > 0);
  return next !== undefined && next.at <= at && at - next.at < WRONG_CLOCK;
}

/** The commit of the release before each, by version. */
function befores({ main, older, notMerged }: ReleaseLine): ReadonlyMap<Release, string> {
  const ordered = [...main, ...older, ...notMerged].sort((a, b) => compareTags(a.tag, b.tag));
  return new Map(ordered.slice(1).map((release, index) => [release, ordered[index]!.commit]));
}

function toSample({ tag, also, commit }: Release, at: number, ownDate: (commit: string) => number): Sample {
  return { label: tag.name, also, commit, at, raised: at - ownDate(commit) };
}

function alongFirstParents(history: CommitHistory, { every, now }: SampleRequest, why: string): Sampling {
  const line = firstParents(history, now);
  const picked = every === undefined ? lastOfMonths(line) : everyNth(line, every);
  return {
    by: every === undefined ? 'months' : 'commits',
    says:
      every === undefined
        ? `${why}the last commit of each month that has any, along HEAD’s first parents`
        : `every ${every === 1 ? '' : `${ordinal(every)} `}commit along HEAD’s first parents, counted back from HEAD`,
    samples: picked.map(({ id, at, raised }) => ({
      label: every === undefined ? monthOf(at) : id.slice(0, 10),
      also: [],
      commit: id,
      at,
      raised,
    })),
    leftOut: [],
    notes: [],
  };
}

function withHead(samples: readonly Sample[], history: CommitHistory, now: number): readonly Sample[] {
  if (samples.some(({ commit }) => commit === history.head)) return samples;
  const own = Math.min(history.commit(history.head)?.at ?? 0, now);
  const at = Math.max(own, ...samples.map((sample) => sample.at));
  return [...samples, { label: 'HEAD', also: [], commit: history.head, at, raised: at - own }];
}

function ordinal(n: number): string {
  const last = n % 100;
  if (last >= 11 && last <= 13) return `${n}th`;
  return `${n}${({ 1: 'st', 2: 'nd', 3: 'rd' } as Record<number, string>)[n % 10] ?? 'th'}`;
}

const clockWords = (count: number): string =>
  `${count === 1 ? 'one commit is' : `${count} commits are`} dated before what ${count === 1 ? 'it builds' : 'they build'} on: the later date counts`;
