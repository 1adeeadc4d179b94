import { expect, test } from 'vitest';
import type { CommitHistory } from '../../model/commit-history.ts';
import { everyNth, firstParents, lastOfMonths } from './first-parents.ts';

const DAY = 86_400;

/** A line of commits, oldest first, by their dates. */
const historyOf = (dates: readonly number[]): CommitHistory =>
  ({
    head: String(dates.length - 1),
    glance: (id: string) =>
      Number(id) < 0
        ? undefined
        : { tree: '', parents: [String(Number(id) - 1), 'merged'], at: dates[Number(id)]! },
  }) as unknown as CommitHistory;

test('the first parents, oldest first; a date never before the one before, nor in the future', () => {
  expect(firstParents(historyOf([10, 50, 30, 900]), 100)).toEqual([
    { id: '0', at: 10, raised: 0 },
    { id: '1', at: 50, raised: 0 },
    { id: '2', at: 50, raised: 20 },
    { id: '3', at: 100, raised: 0 },
  ]);
});

test('every third, counted from the last; the last of each month', () => {
  const line = firstParents(historyOf([0, 20, 40, 41, 75].map((day) => day * DAY)), 1e9);
  expect(everyNth(line, 3).map(({ id }) => id)).toEqual(['1', '4']);
  expect(lastOfMonths(line).map(({ id }) => id)).toEqual(['1', '3', '4']);
});
