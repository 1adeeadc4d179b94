import { expect, test } from 'vitest';
import { numbers } from '../kernel/testing/started.ts';
import { lineFinder } from './line-finder.ts';

test('line ends before an offset, and one', () => {
  const lineAt = lineFinder(Buffer.from('a\nb\n\nc'));
  expect([5, 0, 1, 2, 4, 99, -1].map(lineAt)).toEqual([4, 1, 1, 2, 3, 4, 1]);
  expect(lineFinder(new Uint8Array(0))(7)).toBe(1);
});

test('in any order, as counted one by one', () => {
  const next = numbers(7);
  const bytes = Uint8Array.from({ length: 300_000 }, () => (next(30) === 0 ? 10 : 65));
  const lineAt = lineFinder(bytes);
  for (let i = 0; i < 200; i++) {
    const offset = next(bytes.length + 1);
    expect(lineAt(offset)).toBe(1 + bytes.subarray(0, offset).filter((byte) => byte === 10).length);
  }
});
