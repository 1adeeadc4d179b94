import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Inventory } from '../../model/inventory.ts';
import { placesOf } from '../findings/occurrences.ts';
import { buildInventory } from '../graph/inventory.ts';
import { bringersOf } from './bringers.ts';

type Edge = readonly [from: number, to: number];

/** Two files with the same nodes; node 0 is the project, node 7 its member. */
function inventoryOf(...files: readonly (readonly Edge[])[]): Inventory {
  const components = Array.from({ length: 8 }, (_, i) => ({
    name: `n${9 - i}`,
    version: i === 3 ? '' : '1.0.0',
    origin: i === 0 ? ('project' as const) : i === 7 ? ('workspace' as const) : ('registry' as const),
    line: 1,
  }));
  return buildInventory(
    files.map((edges, i) => ({
      path: `${i}/package-lock.json`,
      extractor: 'npm/test',
      ecosystem: 'npm' as const,
      extraction: {
        role: 'lock' as const,
        components,
        edges: edges.map(([from, to]) => ({ from, to, kind: 'prod' as const, range: '' })),
        edgesKnown: true,
        covers: [],
        observations: [],
        problems: [],
      },
    })),
    [],
  );
}

test('who brings a node in is named once, sorted, over all its places', () => {
  const bringers = bringersOf(
    placesOf(
      inventoryOf(
        [
          [0, 1],
          [0, 2],
          [1, 4],
          [2, 4],
          [4, 2],
        ],
        [
          [0, 3],
          [3, 4],
        ],
      ),
    ),
  );
  const both = [0, 1].map((manifest) => ({ manifest, node: 4 }));
  expect(bringers.of(both.slice(0, 1))).toEqual(['n7@1.0.0', 'n8@1.0.0']);
  expect(bringers.of(both)).toEqual(['n6', 'n7@1.0.0', 'n8@1.0.0']);
  expect(bringers.of([])).toEqual([]);
  expect(bringers.isRoot({ manifest: 0, node: 7 })).toBe(true);
  expect(bringers.isRoot({ manifest: 0, node: 1 })).toBe(false);
});

test('it is what the witnesses say, one node at a time', () => {
  const edges = fc.array(fc.tuple(fc.nat(7), fc.nat(7)), { maxLength: 20 });
  fc.assert(
    fc.property(edges, edges, fc.array(fc.tuple(fc.nat(1), fc.nat(7)), { maxLength: 4 }), (a, b, wanted) => {
      const places = placesOf(inventoryOf(a, b));
      const bringers = bringersOf(places);
      const nodes = wanted.map(([manifest, node]) => ({ manifest, node }));
      const expected = nodes.flatMap(({ manifest, node }) =>
        places
          .witnesses(manifest)
          .directsOf([node])
          .map((at) => bringers.label({ manifest, node: at })),
      );
      // More often than is answered without sets.
      for (let i = 0; i < 10; i++) expect(bringers.of(nodes)).toEqual([...new Set(expected)].sort());
    }),
  );
});
