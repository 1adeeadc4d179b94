import { expect, test } from 'vitest';
import type { Episode } from '../../model/timeline.ts';
import { exposureOf, figuresOf } from './figures.ts';

test('mean and median to one digit; of an even number the middle between the two', () => {
  expect(figuresOf([])).toEqual({ count: 0 });
  expect(figuresOf([10, 1, 4])).toEqual({ count: 3, mean: 5, median: 4 });
  expect(figuresOf([1, 2, 2, 100])).toEqual({ count: 4, mean: 26.3, median: 2 });
});

test('what ended, what is open and what cannot be counted stand apart', () => {
  const one = (state: Episode['state'], days?: number, development = false): Episode => ({
    from: 0,
    state,
    versions: ['1'],
    development,
    ...(days === undefined ? {} : { days }),
  });
  const figures = exposureOf([
    one('closed', 10),
    one('closed', 30, true),
    one('open', 5, true),
    one('unseen'),
    one('before-public'),
    one('before-public'),
    one('undated'),
  ]);
  expect(figures).toEqual({
    closed: { count: 2, mean: 20, median: 20 },
    open: { count: 1, mean: 5, median: 5 },
    production: { closed: { count: 1, mean: 10, median: 10 }, open: { count: 0 } },
    beforePublic: 2,
    undated: 1,
    unseen: 1,
  });
});
