import { expect, test } from 'vitest';
import { once } from './once.ts';

test('makes it when first asked, and only then', () => {
  let times = 0;
  const table = once(() => [++times]);
  expect(times).toBe(0);
  expect([table(), table()]).toEqual([[1], [1]]);
  expect(times).toBe(1);
});
