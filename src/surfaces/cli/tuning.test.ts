import { expect, test } from 'vitest';
import { overGraphs, tuneV8, worksLong } from './tuning.ts';

test.for([
  [['db', 'update'], true],
  [['scan', '.', '--update'], true],
  [['scan', '.'], false],
  [['secrets', '.', '--history'], true],
  [['secrets', '--staged'], false],
  [['timeline'], true],
  [['hook', 'run', 'pre-push', '--'], true],
  [['hook', 'run', 'pre-commit', '--'], false],
  [['--version'], false],
  [[], false],
] as const)('%j works long: %s', ([argv, expected]) => expect(worksLong(argv)).toBe(expected));

test('work over a large graph gives what it gives, or throws what it throws, whatever the flags', () => {
  const large = { manifests: [{ occurrences: { length: 1_000_000 } }] };
  expect(overGraphs(large, () => 1)).toBe(1);
  tuneV8(['cost']);
  expect(overGraphs(large, () => 2)).toBe(2);
  expect(() =>
    overGraphs(large, () => {
      throw new Error('no');
    }),
  ).toThrow('no');
});
