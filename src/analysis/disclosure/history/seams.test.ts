import { expect, test } from 'vitest';
import { createSeams, readSeams } from './seams.ts';
import { makeDelta } from './testing/memory-store.ts';

const noted = (...ops: Parameters<typeof makeDelta> extends [number, ...infer R] ? R : never): number[] => {
  const delta = makeDelta(100, ...ops);
  const seams = createSeams();
  seams.note(7, delta, 0, delta.length);
  return [...seams.take()];
};

test('what is inserted is a seam, and where two copies meet that do not continue each other', () => {
  expect(noted([0, 10], 'abc', [10, 20])).toEqual([7, 1, 10, 13]);
  expect(noted([0, 10], [50, 20])).toEqual([7, 1, 10, 10]);
  expect(noted([0, 10], [10, 20])).toEqual([7, 0]);
  expect(noted('abc')).toEqual([7, 1, 0, 3]);
});

test('two inserts that follow each other are one seam', () => {
  expect(noted('abc', 'de', [0, 4], 'f')).toEqual([7, 2, 0, 5, 9, 10]);
  expect(noted([0, 4], 'ab', 'cd')).toEqual([7, 1, 4, 8]);
});

test('what was taken is noted no more', () => {
  const seams = createSeams();
  const delta = makeDelta(4, 'a');
  seams.note(1, delta, 0, delta.length);
  expect([...seams.take()]).toEqual([1, 1, 0, 1]);
  seams.note(2, delta, 0, delta.length);
  expect([...seams.take()]).toEqual([2, 1, 0, 1]);
  expect([...seams.take()]).toEqual([]);
});

test('more seams than there is room for at first are all noted', () => {
  const seams = createSeams();
  const ops = Array.from({ length: 3000 }, (_, i): [number, number] | string => (i % 2 === 0 ? 'x' : [i, 1]));
  const delta = makeDelta(4000, ...ops);
  seams.note(1, delta, 0, delta.length);
  const taken = seams.take();
  expect(taken[1]).toBe(1500);
  expect(taken.length).toBe(2 + 2 * 1500);
  expect([...taken.subarray(-2)]).toEqual([2998, 2999]);
});

test('a stretch is touched when one copy did not bring all of it', () => {
  const seams = readSeams(Uint32Array.of(3, 1, 5, 9, 4, 0, 6, 2, 10, 10, 20, 21));
  seams.open(3);
  expect([seams.touches(0, 5), seams.touches(0, 6), seams.touches(8, 9), seams.touches(9, 20)]).toEqual([
    false,
    true,
    true,
    false,
  ]);
  seams.open(4);
  expect(seams.touches(0, 100)).toBe(false);
  seams.open(6);
  // Where two copies meet, what lies over the place is touched, and not what ends or begins there.
  expect([seams.touches(0, 10), seams.touches(10, 20), seams.touches(20, 21)]).toEqual([false, false, true]);
});

test('an object without a record has no seams', () => {
  const seams = readSeams(Uint32Array.of(3, 1, 5, 9));
  seams.open(8);
  expect(seams.touches(0, 100)).toBe(false);
});

test('a stretch over the place where two copies meet is touched', () => {
  const seams = readSeams(Uint32Array.of(6, 1, 10, 10));
  seams.open(6);
  expect(seams.touches(9, 11)).toBe(true);
});
