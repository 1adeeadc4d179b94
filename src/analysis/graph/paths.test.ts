import { expect, test } from 'vitest';
import { countPaths } from './path-count.ts';
import { shortestPaths } from './paths.ts';
import { reversed, type Rows } from './rows.ts';
import { everyPath, randomRows, rowsOf } from './testing/paths.ts';

const firsts = (rows: Rows, goal: number, most: number): readonly (readonly number[])[] =>
  shortestPaths(rows, reversed(rows), 0, goal, most).paths;
const count = (rows: Rows, goal: number): string => {
  const { ways, exact } = countPaths(rows, reversed(rows), 0, goal);
  return `${exact ? '' : 'at least '}${ways}`;
};

test('a diamond has two ways; the smaller number comes first', () => {
  const rows = rowsOf(4, [
    [0, 2],
    [0, 1],
    [1, 3],
    [2, 3],
  ]);
  expect(firsts(rows, 3, 5)).toEqual([
    [0, 1, 3],
    [0, 2, 3],
  ]);
  expect(firsts(rows, 3, 1)).toEqual([[0, 1, 3]]);
  expect(count(rows, 3)).toBe('2');
});

test('shorter before longer, no loops through a cycle', () => {
  const rows = rowsOf(4, [
    [0, 1],
    [1, 2],
    [2, 1],
    [2, 3],
    [0, 2],
    [3, 0],
  ]);
  expect(firsts(rows, 3, 9)).toEqual([
    [0, 2, 3],
    [0, 1, 2, 3],
  ]);
  expect(count(rows, 3)).toBe('2');
});

test('nothing leads there, or one is there already', () => {
  const rows = rowsOf(3, [[0, 1]]);
  expect([firsts(rows, 2, 5), count(rows, 2)]).toEqual([[], '0']);
  expect([firsts(rows, 0, 5), count(rows, 0)]).toEqual([[[0]], '1']);
});

test('brute force on random graphs, with cycles and without: identical', () => {
  for (let seed = 1; seed <= 400; seed++) {
    const rows = randomRows(seed);
    for (const goal of [rows.count - 1, Math.floor(rows.count / 2)]) {
      const all = everyPath(rows, 0, goal);
      expect(firsts(rows, goal, 7)).toEqual(all.slice(0, 7));
      expect(firsts(rows, goal, 1e9)).toEqual(all);
      expect(count(rows, goal)).toBe(String(all.length));
    }
  }
});

test('more ways than a number holds: a ladder of 300 rungs', () => {
  const edges: [number, number][] = [];
  for (let rung = 0; rung < 300; rung++) {
    const at = rung * 3;
    edges.push([at, at + 1], [at, at + 2], [at + 1, at + 3], [at + 2, at + 3]);
  }
  expect(count(rowsOf(901, edges), 900)).toBe(String(2n ** 300n));
});

test('a large cycle of everything: at least, and quickly', () => {
  const size = 60;
  const edges: [number, number][] = [];
  for (let a = 0; a < size; a++) for (let b = 0; b < size; b++) if (a !== b) edges.push([a, b]);
  const rows = rowsOf(size, edges);
  const { ways, exact } = countPaths(rows, reversed(rows), 0, size - 1);
  expect(exact).toBe(false);
  expect(ways).toBeGreaterThan(1000n);
  expect(firsts(rows, size - 1, 3)).toEqual([
    [0, 59],
    [0, 1, 59],
    [0, 2, 59],
  ]);
});

test('a chain of 100,000 with a detour, and a fan of 100,000: quick', () => {
  const length = 100_000;
  const chain = rowsOf(length, [
    ...Array.from({ length: length - 1 }, (_, i) => [i, i + 1] as const),
    [5, 7],
  ]);
  expect(firsts(chain, length - 1, 5).map((path) => path.length)).toEqual([length - 1, length]);
  expect(count(chain, length - 1)).toBe('2');
  const fan = rowsOf(
    length,
    Array.from(
      { length: length - 2 },
      (_, i) =>
        [
          [0, i + 1],
          [i + 1, length - 1],
        ] as const,
    ).flat(),
  );
  expect(firsts(fan, length - 1, 3)).toEqual([1, 2, 3].map((node) => [0, node, length - 1]));
  expect(count(fan, length - 1)).toBe(String(length - 2));
});

test('what takes too long is given up, and said', () => {
  const rows = randomRows(11);
  const goal = rows.count - 1;
  const all = everyPath(rows, 0, goal);
  const { paths, complete } = shortestPaths(rows, reversed(rows), 0, goal, 1e9, 0);
  expect([complete, paths]).toEqual([all.length === 0, all.slice(0, paths.length)]);
});

test('many ways into a cycle too large to count: one path for each way in, without a search for each', () => {
  const entries = 2000;
  const ring = 3000;
  const goal = 1 + entries + ring;
  const edges: [number, number][] = [];
  for (let i = 0; i < entries; i++) edges.push([0, 1 + i], [1 + i, 1 + entries + i]);
  for (let i = 0; i < ring; i++)
    for (const step of [1, 2, 7]) edges.push([1 + entries + i, 1 + entries + ((i + step) % ring)]);
  edges.push([goal - 1, goal]);
  const rows = rowsOf(goal + 1, edges);
  const { ways, exact } = countPaths(rows, reversed(rows), 0, goal, 10_000);
  expect(exact).toBe(false);
  expect(ways).toBeGreaterThanOrEqual(BigInt(entries));
});
