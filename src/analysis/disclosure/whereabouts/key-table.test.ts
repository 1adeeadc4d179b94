import { expect, test } from 'vitest';
import { numbers } from '../kernel/testing/started.ts';
import { keyTable } from './key-table.ts';

test.for([0, 1, 7, 300])('finds %i keys at their first places, and no others', (count) => {
  const next = numbers(count + 1);
  const key = (): number =>
    next(3) === 0 ? next(20) : next(2 ** 21) * 2 ** 32 + (next(2) === 0 ? next(4) : next(2 ** 32));
  const keys = Array.from({ length: count }, key);
  const { find } = keyTable(count, (place) => keys[place]!);
  const asked = [...keys, ...Array.from({ length: 200 }, key), 0, 2 ** 53 - 1, Number.NaN];
  expect(asked.map(find)).toEqual(asked.map((one) => keys.indexOf(one)));
});

test('keys that are alike in half of their bits do not make it slow', () => {
  const count = 50_000;
  for (const at of [(place: number) => place * 2 ** 32, (place: number) => place * 2 ** 21]) {
    const { find } = keyTable(count, at);
    expect([find(at(0)), find(at(count - 1)), find(at(count))]).toEqual([0, count - 1, -1]);
  }
});
