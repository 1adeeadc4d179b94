import type { CardEvidence, HealthCard } from '../../model/adoption.ts';
import { counted, DAY, daysBetween, dayOf, grouped, inDays } from './figures.ts';
import type { HealthInput } from './input.ts';
import { CUT_OFF, GIVE_CLONE, GIVE_HISTORY, knowsSince, NO_CLONE, unknownCard, windows } from './input.ts';
import { humanCommits } from './people.ts';
import { newestFinished } from './releases.ts';

/** `active`: in work and released; `slow`: little of either; `dormant`: a year of silence; `stable`: tiny and finished. */
export type ActivityState = 'active' | 'slow' | 'dormant' | 'stable';

/** Trend below which a project is declining: commits of 12 months over those of the 12 before. */
const DECLINING = 0.4;
/** Fewer commits than this, or months with any, in a year are no steady work. */
const STEADY_COMMITS = 4;
const STEADY_MONTHS = 3;
const TINY_LINES = 500;
const TITLE = 'Activity and trend';

/**
 * Is somebody at work, and is it more or less than before? Counts commits by people that are no merges.
 * Active: a commit within 90 days and a release within 365, and work in at least three months of the twelve; slow: a commit
 * within 365; dormant: none. Trend: commits of 12 months over those of the 12 before; below 0.4 is declining.
 * A tiny package (< 500 lines, no dependencies, no open advisories) without work is stable.
 */
export function activityCard(input: HealthInput): HealthCard {
  const { clone, asOf, now } = input;
  if (clone === undefined) return unknownCard('activity', TITLE, NO_CLONE, GIVE_CLONE);
  const { facts, crowd } = clone;
  const { from, before } = windows(asOf);
  const last = humanCommits(facts, crowd, before, asOf)[0];
  if (!knowsSince(facts, from)) return unknownCard('activity', TITLE, CUT_OFF, GIVE_HISTORY);
  const commits = humanCommits(facts, crowd, from, asOf);
  const previous = knowsSince(facts, before) ? humanCommits(facts, crowd, before, from).length : undefined;
  const months = new Set(commits.map(({ committedAt }) => Math.floor((asOf - committedAt) / (30.5 * DAY))))
    .size;
  // A commit says nothing of today: a year of silence after it may also be a clone that nobody fetched.
  const silent = daysBetween(input.asOfIsCommit ? facts.tipAt : asOf, now);
  const quiet = last === undefined ? Infinity : daysBetween(last.committedAt, asOf);
  const release = newestFinished(input.judged.releases);
  const released = release === undefined ? undefined : daysBetween(release.at, asOf);
  const state = stateOf({
    commits: commits.length,
    months,
    quiet,
    released,
    silent,
    stable: isFinished(input),
  });
  const trend = previous === undefined || previous === 0 ? undefined : commits.length / previous;
  const declining = trend !== undefined && trend < DECLINING;
  const all = facts.commits.filter(({ committedAt }) => committedAt > from && committedAt <= asOf);
  const merges = all.filter(({ parents }) => parents.length > 1).length;
  const evidence: CardEvidence[] = [
    {
      text: `${counted(commits.length, 'commit')} by people in the 12 months to ${dayOf(asOf)}, in ${counted(months, 'month')}; ${
        previous === undefined ? 'the 12 before are cut off' : `${grouped(previous)} in the 12 before`
      }`,
    },
    {
      text: `left out: ${counted(merges, 'merge')}, ${grouped(all.length - merges - commits.length)} by automation`,
    },
  ];
  if (last !== undefined)
    evidence.push({ text: `newest commit by a person: ${dayOf(last.committedAt)}`, commit: last.id });
  if (release !== undefined)
    evidence.push({
      text: `newest release: ${release.version}, ${dayOf(release.at)} (${input.releasesFrom})`,
    });
  evidence.push({
    text: `${counted(facts.totalCommits, 'commit')} in all${knowsSince(facts, 0) ? `, the first ${dayOf(facts.firstAt)}` : ''}`,
  });
  return {
    id: 'activity',
    title: TITLE,
    verdict: state === 'dormant' ? 'weak' : state === 'slow' || declining ? 'watch' : 'good',
    says: saysOf(state, commits.length, previous, declining, silent, input),
    figures: {
      state,
      commits12m: commits.length,
      commitsBefore12m: previous ?? null,
      trend: trend === undefined ? null : Math.round(trend * 100) / 100,
      monthsWithCommits: months,
      daysSinceCommit: Number.isFinite(quiet) ? quiet : null,
      daysSinceRelease: released ?? null,
      totalCommits: facts.totalCommits,
    },
    evidence,
    ...(state === 'dormant' && input.asOfIsCommit
      ? { give: 'fetch the clone, or say --as-of today if it is fresh' }
      : {}),
  };
}

function stateOf(seen: {
  readonly commits: number;
  readonly months: number;
  readonly quiet: number;
  readonly released: number | undefined;
  readonly silent: number;
  readonly stable: boolean;
}): ActivityState {
  const steady = seen.commits >= STEADY_COMMITS && seen.months >= STEADY_MONTHS;
  const active = seen.quiet <= 90 && steady && (seen.released === undefined || seen.released <= 365);
  if (active && seen.silent <= 365) return 'active';
  if (seen.stable) return 'stable';
  return seen.commits === 0 || seen.silent > 365 ? 'dormant' : 'slow';
}

/** A tiny finished package needs no work: few lines, nothing that it depends on, nothing known against it. */
function isFinished({ lines, own, releases }: HealthInput): boolean {
  if (lines === undefined || lines >= TINY_LINES || own === undefined || releases.length === 0) return false;
  const { inventory, findings } = own;
  const needs = inventory.manifests.some(({ occurrences }) =>
    occurrences.some(({ direct, scopes }) => direct !== 'no' && scopes.includes('prod')),
  );
  return !needs && !findings.some(({ kind }) => kind === 'advisory' || kind === 'malware');
}

function saysOf(
  state: ActivityState,
  commits: number,
  previous: number | undefined,
  declining: boolean,
  silent: number,
  { lines, asOfIsCommit }: HealthInput,
): string {
  const work = `${counted(commits, 'commit')} in 12 months${previous === undefined ? '' : ` (${grouped(previous)} before)`}`;
  switch (state) {
    case 'active':
      return declining ? `active but declining: ${work}` : `active: ${work}`;
    case 'slow':
      return declining ? `slow and declining: ${work}` : `slow: ${work}`;
    case 'stable':
      return `stable: ${grouped(lines ?? 0)} lines that depend on nothing; ${work}`;
    case 'dormant':
      return silent > 365
        ? `dormant: nothing for ${inDays(silent)}${asOfIsCommit ? ', unless the clone is that old' : ''}`
        : `dormant: ${work}`;
  }
}
