import type { Episode } from '../../model/timeline.ts';
import { isHidden, versionsOf, type Known, type Standing } from './changes.ts';

/** A run that goes on. */
interface Run {
  readonly from: number;
  readonly components: Set<number>;
  development: boolean;
  /** Seconds since 1970 from which it was present and public; `undefined` as long as it was not. */
  since: number | undefined;
  /** The last point that has it, and when its advisory was public there. */
  lastAt: number;
  published: number | undefined;
  isDated: boolean;
}

/**
 * How long each issue stayed. A run begins at the first point that has the issue and ends at the first point that is known to be
 * without it; points where its ecosystem's exact versions are not to be seen neither end nor prolong it.
 * Its days count from when it was both present and public. `points` are those of one line in order, `indexes` their places in the
 * timeline; `now` is in seconds since 1970. By issue, oldest first.
 */
export function episodesOf(
  points: readonly Standing[],
  indexes: readonly number[],
  known: Known,
  now: number,
): readonly (readonly Episode[])[] {
  const episodes: Episode[][] = known.issues.map(() => []);
  const runs = new Map<number, Run>();
  points.forEach((point, place) => {
    // Nothing changed: only time went by, and the next change will count it.
    if (point.facts === points[place - 1]?.facts) return;
    for (const [issue, presence] of point.present.issues) {
      let run = runs.get(issue);
      if (run === undefined) {
        run = {
          from: indexes[place]!,
          components: new Set(),
          development: true,
          since: undefined,
          lastAt: point.at,
          published: undefined,
          isDated: false,
        };
        runs.set(issue, run);
      } else settle(run, point.at);
      for (const number of presence.components) run.components.add(number);
      run.development &&= !presence.production;
      run.lastAt = point.at;
      run.published = presence.published;
      run.isDated ||= presence.published !== undefined;
    }
    for (const [issue, run] of runs) {
      if (point.present.issues.has(issue) || isHidden(issue, point, known)) continue;
      settle(run, point.at);
      runs.delete(issue);
      episodes[issue]!.push(endOf(run, known, point.at, indexes[place]!));
    }
  });
  const last = points.at(-1);
  for (const [issue, run] of runs) {
    const isThere = last!.present.issues.has(issue);
    if (isThere) settle(run, now);
    episodes[issue]!.push(isThere ? openOf(run, known, now) : { ...base(run, known), state: 'unseen' });
  }
  return episodes;
}

/** The time from the last point that had it up to `until` has gone by: was it public before that ended? */
function settle(run: Run, until: number): void {
  if (run.since !== undefined || run.published === undefined) return;
  const both = Math.max(run.lastAt, run.published);
  if (both < until) run.since = both;
}

function endOf(run: Run, known: Known, at: number, until: number): Episode {
  const about = base(run, known);
  if (run.since === undefined) return { ...about, until, state: run.isDated ? 'before-public' : 'undated' };
  return { ...about, until, state: 'closed', ...daysOf(run.since, at) };
}

function openOf(run: Run, known: Known, now: number): Episode {
  const about = base(run, known);
  if (run.since === undefined) return { ...about, state: run.isDated ? 'open' : 'undated' };
  return { ...about, state: 'open', ...daysOf(run.since, now) };
}

function base(run: Run, known: Known): Pick<Episode, 'from' | 'versions' | 'development'> {
  return {
    from: run.from,
    versions: versionsOf([...run.components], known),
    development: run.development,
  };
}

function daysOf(since: number, until: number): Pick<Episode, 'since' | 'days'> {
  return {
    since: `${new Date(since * 1000).toISOString().slice(0, 19)}Z`,
    days: Math.floor((until - since) / 86_400),
  };
}
