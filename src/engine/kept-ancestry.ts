import { ancestryOf, type Ancestry } from '../analysis/timeline/ancestry.ts';
import type { ResultCache } from '../model/cache.ts';
import type { CommitHistory } from '../model/commit-history.ts';
import { cacheKey } from './cache.ts';

/** Raise when what is kept, or how it is found, changes. */
const FORMAT = 'ancestry/1';

/** Looks at the history below some commits, `starts`; answers for these alone. `now`: no commit counts as made later. */
export type FindAncestry = (starts: readonly string[], now: number) => Promise<Ancestry>;

/**
 * Walks all of history once, and keeps what it says of the starts: commits never change. Of a clone that lacks some of them it is
 * not kept, since it may have them the next time.
 */
export function ancestryFinder(history: CommitHistory, cache: ResultCache | undefined): FindAncestry {
  return async (starts, now) => {
    const key = cacheKey([FORMAT, ...starts]);
    const known = readKept(await cache?.get(key), starts.length) ?? (await walked(starts, key));
    const numbers = new Map(starts.map((start, number) => [start, number]));
    return {
      isMerged: (commit) => known.merged[numbers.get(commit) ?? -1] === 1,
      dateOf: (commit) => Math.min(known.dates[numbers.get(commit) ?? -1] ?? 0, now),
    };
  };

  async function walked(starts: readonly string[], key: string): Promise<Kept> {
    let isWhole = !history.shallow;
    const found = ancestryOf(starts, (id) => {
      const commit = history.glance(id);
      isWhole &&= commit !== undefined;
      return commit;
    });
    const kept: Kept = {
      merged: starts.map((start) => (found.isMerged(start) ? 1 : 0)),
      dates: starts.map((start) => found.dateOf(start)),
    };
    if (isWhole) await cache?.set(key, JSON.stringify(kept));
    return kept;
  }
}

/** Parallel to the starts. */
interface Kept {
  readonly merged: readonly number[];
  readonly dates: readonly number[];
}

function readKept(text: string | undefined, count: number): Kept | undefined {
  if (text === undefined) return undefined;
  try {
    const { merged, dates } = JSON.parse(text) as Partial<Kept>;
    return isNumbers(merged, count) && isNumbers(dates, count) ? { merged, dates } : undefined;
  } catch {
    return undefined;
  }
}

const isNumbers = (value: unknown, count: number): value is readonly number[] =>
  Array.isArray(value) && value.length === count && value.every((one) => typeof one === 'number');
