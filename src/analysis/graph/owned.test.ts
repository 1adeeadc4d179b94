import { expect, test } from 'vitest';
import type { Component } from '../../model/component.ts';
import { seededRandom } from '../text/testing/random.ts';
import { ownedTree } from './owned.ts';
import { questionGraph } from './question.ts';
import { manifestOf, randomManifest } from './testing/graphs.ts';

const components = (count: number, own: readonly number[]): Component[] =>
  Array.from(
    { length: count },
    (_, i) => ({ origin: own.includes(i) ? 'project' : 'registry' }) as Component,
  );

test('what only one brings in is below it, what two bring in is at the top, and the project is nowhere', () => {
  // 0 asks for 1 and 2; 1 brings 3, which brings 4; both bring 5; nothing leads to 6.
  const manifest = manifestOf(7, 1, [
    [0, 1],
    [0, 2],
    [1, 3],
    [3, 4],
    [1, 5],
    [2, 5],
  ]);
  expect(ownedTree(manifest, components(7, [0]))).toEqual({
    manifest: 'package-lock.json',
    edgesKnown: true,
    components: 6,
    nodes: [
      { component: 1, parent: -1, size: 3, kind: 'direct' },
      { component: 3, parent: 0, size: 2, kind: 'owned' },
      { component: 4, parent: 1, size: 1, kind: 'owned' },
      { component: 2, parent: -1, size: 1, kind: 'direct' },
      { component: 5, parent: -1, size: 1, kind: 'shared' },
      { component: 6, parent: -1, size: 1, kind: 'left-over' },
    ],
  });
});

test('a file that does not say who asks for whom has a count and no tree', () => {
  const manifest = manifestOf(4, 1, [[0, 1]], { edgesKnown: false });
  expect(ownedTree(manifest, components(4, [0]))).toMatchObject({
    edgesKnown: false,
    components: 3,
    nodes: [],
  });
});

test('a size is what can no longer be reached without the node: against brute force', () => {
  const random = seededRandom(11);
  for (let round = 0; round < 400; round++) {
    const manifest = randomManifest(random);
    const own = manifest.roots.map((root) => manifest.occurrences[root]!.component);
    const graph = questionGraph(manifest);
    const { nodes } = ownedTree(manifest, components(40, own));
    const isOwn = (node: number): boolean => own.includes(graph.components[node]!);
    for (const { component, size } of nodes) {
      const without = reachedWithout(graph, graph.components.indexOf(component));
      let gone = 0;
      for (let node = 1; node < graph.count; node++) if (!isOwn(node) && !without.has(node)) gone++;
      expect([round, component, size]).toEqual([round, component, gone]);
    }
    const tops = nodes.filter(({ parent }) => parent === -1).reduce((sum, { size }) => sum + size, 0);
    expect(tops).toBe(nodes.length);
    nodes.forEach(({ parent }, index) => expect(parent).toBeLessThan(index));
  }
});

function reachedWithout(graph: ReturnType<typeof questionGraph>, removed: number): Set<number> {
  const seen = new Set([0]);
  for (const node of seen)
    for (const target of graph.targets.subarray(graph.offsets[node], graph.offsets[node + 1]))
      if (target !== removed) seen.add(target);
  return seen;
}
