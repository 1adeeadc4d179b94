import { expect, test } from 'vitest';
import { column, columnOf, numbersOf } from './column.ts';

/** A few more than one of the column's arrays holds. */
const MANY = 65_540;
const numbers = (from: number, count: number): Uint32Array =>
  Uint32Array.from({ length: count }, (_, i) => from + i);
const all = (pieces: Iterable<Float64Array | Uint32Array>): number[] =>
  Array.from(pieces, (one) => [...one]).flat();

test('what is added one by one and many at once comes back in its order, whole or in part', () => {
  const own = column(Uint32Array);
  const plain: number[] = [];
  for (const count of [1, 0, MANY, 3, 2 * MANY, 65_536]) {
    own.push(count);
    own.append(numbers(plain.length, count));
    plain.push(count, ...numbers(plain.length, count));
  }
  expect(own.length).toBe(plain.length);
  for (const at of [0, 1, 2, 65_535, 65_536, MANY, plain.length - 1]) expect(own.at(at)).toBe(plain[at]);
  expect(all(own.pieces())).toEqual(plain);
  for (const [start, end] of [
    [0, 0],
    [1, 2],
    [65_535, 65_537],
    [3, 150_000],
    [131_072, 131_072],
    [MANY, plain.length],
  ] as const)
    expect(all(own.pieces(start, end))).toEqual(plain.slice(start, end));
});

test('a column in one array says the same, and takes no more', () => {
  const own = column();
  own.append(Float64Array.of(1, 2 ** 53 - 1, 3));
  const posted = columnOf(numbersOf(own, Float64Array));
  expect([posted.length, posted.at(1), all(posted.pieces(1, 3))]).toEqual([3, 2 ** 53 - 1, [2 ** 53 - 1, 3]]);
  expect(() => posted.push(1)).toThrow('whole');
  expect(() => posted.append(numbers(0, 1))).toThrow('whole');
});
