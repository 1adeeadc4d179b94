import { expect, test } from 'vitest';
import { inheritThrough } from './inherit.ts';
import { makeDelta } from './testing/memory-store.ts';

const placed = [
  { hit: 7, start: 0, size: 10 },
  { hit: 8, start: 40, size: 10 },
];
const places = (delta: Uint8Array, cut?: () => void): readonly string[] =>
  inheritThrough(delta, placed, 0, delta.length, cut).map(({ hit, start }) => `${hit} at ${start}`);

test('of several places that copies bring a hit to, the first is told, or each', () => {
  const delta = makeDelta(100, [0, 20], 'one', [0, 20], 'two', [0, 100], 'three', [41, 20]);
  expect(places(delta)).toEqual(['7 at 0', '8 at 86']);
  let cuts = 0;
  expect(places(delta, () => cuts++)).toEqual(['7 at 0', '7 at 23', '7 at 46', '8 at 86']);
  expect(cuts).toBe(0);
});

test('more places than are followed are said once, and the first of each hit is told all the same', () => {
  const copies = Array.from({ length: 20_000 }, () => ['.', [0, 20] as const]).flat();
  const delta = makeDelta(100, ...copies, '.', [30, 30]);
  let cuts = 0;
  const found = places(delta, () => cuts++);
  expect(cuts).toBe(1);
  expect(found).toHaveLength(10_002);
  expect(found.at(-1)).toBe(`8 at ${20_000 * 21 + 1 + 10}`);
});
