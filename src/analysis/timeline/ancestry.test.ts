import { expect, test } from 'vitest';
import { ancestryOf } from './ancestry.ts';

type Commits = Readonly<Record<string, { readonly parents: readonly string[]; readonly at: number }>>;

const reach = (commits: Commits, start: string): Set<string> => {
  const seen = new Set<string>();
  const visit = (id: string): void => {
    if (seen.has(id)) return;
    seen.add(id);
    commits[id]?.parents.forEach(visit);
  };
  visit(start);
  return seen;
};

test('merged is what the first start contains; dates never run backwards: as brute force says', () => {
  let seed = 11;
  const next = (most: number): number => (seed = (seed * 48_271) % 2_147_483_647) % most;
  for (let round = 0; round < 300; round++) {
    const count = 1 + next(12);
    const commits: Record<string, { parents: string[]; at: number }> = {};
    for (let i = 0; i < count; i++)
      commits[`c${i}`] = {
        parents: [...new Set(Array.from({ length: next(3) }, () => `c${next(i + 1)}`))].filter(
          (id) => id !== `c${i}`,
        ),
        at: 1 + next(50),
      };
    const starts = [`c${next(count)}`, `c${count - 1}`, 'absent'];
    const ancestry = ancestryOf(starts, (id) => commits[id]);
    const merged = reach(commits, starts[0]!);
    const all = new Set(starts.flatMap((start) => [...reach(commits, start)]));
    for (const id of all) {
      const latest = Math.max(...[...reach(commits, id)].map((one) => commits[one]?.at ?? 0));
      expect([ancestry.isMerged(id), ancestry.dateOf(id)]).toEqual([merged.has(id), latest]);
    }
  }
});

test('a history of 200,000 commits does not overflow the stack', () => {
  const most = 200_000;
  const ancestry = ancestryOf(['0'], (id) => ({
    parents: Number(id) + 1 < most ? [String(Number(id) + 1)] : [],
    at: Number(id),
  }));
  expect(ancestry.dateOf('0')).toBe(most - 1);
  expect(ancestry.isMerged(String(most - 1))).toBe(true);
});
