import { expect, test } from 'vitest';
import { overGraphs, sizeOfHistory, tuneForHistory, tuneV8, worksLong } from './tuning.ts';

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

const MIB = 1024 * 1024;

/** What V8 is told while a history of `packBytes` is read, whose steps find so much time spent and so large a space for young objects. */
function told(
  packBytes: number,
  steps: readonly { readonly spent: number; readonly young: number }[],
  objects = 1,
): string[] {
  const flags: string[] = [];
  let now = { spent: 100, young: MIB };
  const { step, end } = tuneForHistory(
    { packBytes, objects },
    {
      setFlags: (one) => flags.push(one),
      spent: () => now.spent,
      young: () => now.young,
    },
  );
  for (const one of steps) {
    now = one;
    step();
  }
  end();
  return flags.slice(1, -1);
}

test('the best code is made from when a history took long, once', () => {
  const steps = [100, 4_000_099, 4_000_100, 9_000_000].map((spent) => ({ spent, young: MIB }));
  expect(told(MIB, steps.slice(0, 2))).toEqual([]);
  expect(told(MIB, steps)).toEqual(['--turbofan']);
});

test('the best code is made from the start where there are many objects', () => {
  expect(told(MIB, [], 249_999)).toEqual([]);
  expect(told(MIB, [{ spent: 9_000_000, young: MIB }], 250_000)).toEqual(['--turbofan']);
});

test('young objects get no more space from when there is enough, and from the start in a large history', () => {
  const steps = [31, 32, 64].map((young) => ({ spent: 100, young: young * MIB }));
  expect(told(MIB, steps.slice(0, 1))).toEqual([]);
  expect(told(MIB, steps)).toEqual(['--semi-space-growth-factor=1']);
  expect(told(128 * MIB, steps)).toEqual(['--semi-space-growth-factor=1']);
});

test('in the end V8 has its own of all flags that it was told', () => {
  const flags: string[] = [];
  tuneForHistory(
    { packBytes: 128 * MIB, objects: 250_000 },
    { setFlags: (one) => flags.push(one), spent: () => 0, young: () => 0 },
  ).end();
  const names = (given: readonly string[]): string[] =>
    [
      ...new Set(
        given
          .join(' ')
          .split(' ')
          .map((one) => one.replace(/^--(no-)?|=.*$/gu, '')),
      ),
    ].toSorted();
  expect(names(flags.slice(-1))).toEqual(names(flags.slice(0, -1)));
});

test('a history is as large as its packs', () => {
  const packs = [
    { size: 5, offsets: [12, 30] },
    { size: 7, offsets: [12] },
  ];
  expect(sizeOfHistory(packs)).toEqual({ packBytes: 12, objects: 3 });
});
