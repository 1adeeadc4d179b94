import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Inventory } from '../../model/inventory.ts';
import { ecosystemOf } from '../ecosystems/index.ts';
import { placesOf } from '../findings/occurrences.ts';
import { buildInventory } from '../graph/inventory.ts';
import { blockersOf, type Refusal } from './blockers.ts';
import { bringersOf } from './bringers.ts';

type Edge = readonly [from: number, to: number, range: string];

/** Node 0 is the project. */
function inventoryOf(count: number, edges: readonly Edge[]): Inventory {
  const extraction = {
    role: 'lock' as const,
    components: Array.from({ length: count }, (_, i) => ({
      // Two nodes of every twenty are of one name and version, as copies in different folders are.
      name: `n${i % 20 === 19 ? i - 1 : i}`,
      version: '1.0.0',
      origin: i === 0 ? ('project' as const) : ('registry' as const),
      line: 1,
    })),
    edges: edges.map(([from, to, range]) => ({ from, to, kind: 'prod' as const, range })),
    edgesKnown: true,
    covers: [],
    observations: [],
    problems: [],
  };
  const file = { path: 'package-lock.json', extractor: 'npm/test', ecosystem: 'npm' as const, extraction };
  return buildInventory([file], []);
}

interface Blocker {
  readonly name: string;
  readonly distance: number;
  readonly refusal: string;
}

function blockersIn(inventory: Inventory, lists: readonly (readonly Refusal[])[]): Blocker[][] {
  const places = placesOf(inventory);
  return blockersOf(lists, places, bringersOf(places), ecosystemOf('npm').versions).map(
    ({ names, distances, by, words, table }) =>
      Array.from(names, (name, i) => ({
        name: table[name]!,
        distance: distances[i]!,
        refusal: words[by[i]!]!,
      })),
  );
}

const refusal = (node: number): Refusal => ({ manifest: 0, node, asked: 'x', range: '~1.0.0' });

test('what holds a fix back is looked for above the tightest ranges, the nearest refusal first', () => {
  const inventory = inventoryOf(7, [
    [0, 1, '^1.0.0'],
    [0, 2, '^1.0.0'],
    [1, 3, '1.0.0'],
    [2, 3, '^1.0.0'],
    [3, 4, '^1.0.0'],
    [2, 5, '^1.0.0'],
    [5, 4, '^1.0.0'],
  ]);
  expect(blockersIn(inventory, [[refusal(3)], [refusal(4), refusal(3)], [], [refusal(2)]])).toEqual([
    [{ name: 'n1@1.0.0', distance: 1, refusal: 'n3@1.0.0 asks for x ~1.0.0' }],
    [
      { name: 'n1@1.0.0', distance: 1, refusal: 'n3@1.0.0 asks for x ~1.0.0' },
      { name: 'n2@1.0.0', distance: 2, refusal: 'n4@1.0.0 asks for x ~1.0.0' },
    ],
    [],
    [{ name: 'n2@1.0.0', distance: 0, refusal: 'n2@1.0.0 asks for x ~1.0.0' }],
  ]);
});

test('with many direct dependencies it is what a walk up from each refusal finds', () => {
  const count = 90;
  const node = fc.integer({ min: 1, max: count - 1 });
  const range = fc.constantFrom('1.0.0', '^1.0.0');
  const below = fc.array(fc.tuple(node, node, range), { maxLength: 200 });
  const directs = fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 50 });
  const lists = fc.array(fc.array(node, { maxLength: 3 }), { maxLength: 8 });
  fc.assert(
    fc.property(below, directs, lists, (edges, top, wanted) => {
      const all: Edge[] = [...top.map((to): Edge => [0, to, '^1.0.0']), ...edges];
      const refusals = wanted.map((nodes) => nodes.map(refusal));
      const inventory = inventoryOf(count, all);
      expect(blockersIn(inventory, refusals)).toEqual(
        refusals.map((list) => walkedUp(inventory, all, new Set(top), list)),
      );
    }),
    { numRuns: 60, seed: 7 },
  );
});

function walkedUp(
  { components, manifests }: Inventory,
  edges: readonly Edge[],
  directs: ReadonlySet<number>,
  refusals: readonly Refusal[],
): Blocker[] {
  const label = (node: number): string =>
    `${components[manifests[0]!.occurrences[node]!.component]!.name}@1.0.0`;
  const found = new Map<string, Blocker>();
  for (const { node: refuser, asked, range } of refusals) {
    const seen = new Set([refuser]);
    let round = [refuser];
    for (let distance = 0; round.length > 0; distance++) {
      const next: number[] = [];
      for (const node of round) {
        const one = { name: label(node), distance, refusal: `${label(refuser)} asks for ${asked} ${range}` };
        const known = found.get(one.name);
        if (!directs.has(node)) {
          const into = edges.filter(([, to]) => to === node);
          const tight = into.filter(([, , wants]) => wants === '1.0.0');
          for (const [from] of tight.length > 0 ? tight : into)
            if (!seen.has(from)) {
              seen.add(from);
              next.push(from);
            }
        } else if (
          known === undefined ||
          distance < known.distance ||
          (distance === known.distance && one.refusal < known.refusal)
        )
          found.set(one.name, one);
      }
      round = next;
    }
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}
