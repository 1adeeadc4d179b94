import type { DayFigures, Episode, Exposure } from '../../model/timeline.ts';

/** How long vulnerable versions stayed, over all episodes. */
export function exposureOf(episodes: readonly Episode[]): Exposure {
  const days = (state: Episode['state'], production: boolean): DayFigures =>
    figuresOf(
      episodes.flatMap((episode) =>
        episode.state === state && episode.days !== undefined && (!production || !episode.development)
          ? [episode.days]
          : [],
      ),
    );
  const count = (state: Episode['state']): number =>
    episodes.filter((episode) => episode.state === state).length;
  return {
    closed: days('closed', false),
    open: days('open', false),
    production: { closed: days('closed', true), open: days('open', true) },
    beforePublic: count('before-public'),
    undated: count('undated'),
    unseen: count('unseen'),
  };
}

/** Mean to one digit; the median of an even number is the middle between the two, to one digit. */
export function figuresOf(days: readonly number[]): DayFigures {
  if (days.length === 0) return { count: 0 };
  const ordered = days.toSorted((a, b) => a - b);
  const middle = ordered.length / 2;
  const median = (ordered[Math.ceil(middle) - 1]! + ordered[Math.floor(middle)]!) / 2;
  return {
    count: days.length,
    mean: toTenths(days.reduce((sum, one) => sum + one, 0) / days.length),
    median: toTenths(median),
  };
}

const toTenths = (value: number): number => Math.round(value * 10) / 10;
