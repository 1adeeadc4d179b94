import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Scope } from '../../model/extractor.ts';
import type { Manifest } from '../../model/inventory.ts';
import { buildInventory } from './inventory.ts';
import { witnesses } from './witness.ts';

type Edge = readonly [from: number, to: number, kind: Scope];

function graph(count: number, edges: readonly Edge[]): Manifest {
  const components = Array.from({ length: count }, (_, i) => ({
    name: `n${i}`,
    version: '1.0.0',
    origin: i === 0 ? ('project' as const) : ('registry' as const),
    line: 1,
  }));
  const { manifests } = buildInventory(
    [
      {
        path: 'package-lock.json',
        extractor: 'npm/test',
        ecosystem: 'npm',
        extraction: {
          role: 'lock',
          components,
          edges: edges.map(([from, to, kind]) => ({ from, to, kind, range: '' })),
          edgesKnown: true,
          covers: [],
          observations: [],
          problems: [],
        },
      },
    ],
    [],
  );
  return manifests[0]!;
}

test('the path shown for what production needs is one that makes it so, though a shorter one leads through development', () => {
  const found = witnesses(
    graph(4, [
      [0, 3, 'dev'],
      [0, 1, 'prod'],
      [1, 2, 'prod'],
      [2, 3, 'prod'],
    ]),
  );
  expect(found.path(3)).toEqual([0, 1, 2, 3]);
});

test('what no root reaches has no path', () => {
  expect(witnesses(graph(3, [[1, 2, 'prod']])).path(2)).toBeUndefined();
});

test('who brings a node in, through a cycle', () => {
  const found = witnesses(
    graph(5, [
      [0, 1, 'prod'],
      [0, 2, 'dev'],
      [1, 3, 'prod'],
      [2, 3, 'prod'],
      [3, 4, 'prod'],
      [4, 3, 'prod'],
    ]),
  );
  expect(found.directsOf([4])).toEqual([1, 2]);
  expect(found.askers(3).map(({ from }) => from)).toEqual([1, 2, 4]);
});

test('directs and reachability equal brute force on random graphs', () => {
  const edges = fc.array(
    fc.tuple(fc.nat(7), fc.nat(7), fc.constantFrom<Scope>('prod', 'dev', 'optional', 'peer')),
    { maxLength: 20 },
  );
  fc.assert(
    fc.property(edges, fc.integer({ min: 1, max: 7 }), (list, node) => {
      const found = witnesses(graph(8, list));
      const reaches = (from: number, seen = new Set<number>()): boolean =>
        from === node ||
        (!seen.has(from) &&
          (seen.add(from), list.some(([a, b]) => a === from && b !== 0 && reaches(b, seen))));
      const directs = [
        ...new Set(list.filter(([a, b]) => a === 0 && b !== 0 && reaches(b)).map(([, b]) => b)),
      ].sort((a, b) => a - b);
      expect(found.directsOf([node])).toEqual(directs);
      expect(found.path(node) !== undefined).toBe(directs.length > 0);
    }),
  );
});
