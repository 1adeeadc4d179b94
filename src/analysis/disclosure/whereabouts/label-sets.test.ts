import { expect, test } from 'vitest';
import { createLabelSets } from './label-sets.ts';

test('a set is kept once, whatever the order in which its labels come', () => {
  const sets = createLabelSets();
  const one = sets.of([3, 1, 2, 3]);
  expect([...sets.labels(one)]).toEqual([1, 2, 3]);
  expect(sets.of(new Set([2, 3, 1]))).toBe(one);
  expect(sets.of([])).toBe(0);
  expect(sets.count).toBe(2);
});

test('unions and members are those of sets', () => {
  const sets = createLabelSets();
  const kept = [new Set<number>()];
  let seed = 1;
  const random = (below: number): number => {
    seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
    return (seed >>> 8) % below;
  };
  for (let i = 0; i < 300; i++) {
    const labels = Array.from({ length: random(90) }, () => random(200));
    kept[sets.of(labels)] ??= new Set(labels);
  }
  for (let i = 0; i < 3000; i++) {
    const [a, b] = [random(kept.length), random(kept.length)];
    const both = new Set([...kept[a]!, ...kept[b]!]);
    const union = sets.union(a, b);
    expect([...sets.labels(union)]).toEqual([...both].sort((x, y) => x - y));
    expect(sets.of(both)).toBe(union);
    const label = random(200);
    expect(sets.has(union, label)).toBe(both.has(label));
  }
});
