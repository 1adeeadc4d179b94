import { expect, test } from 'vitest';
import { seededRandom } from '../text/testing/random.ts';
import { NODE, questionGraph } from './question.ts';
import { manifestOf, randomManifest } from './testing/graphs.ts';
import { whyHere } from './origins.ts';

test('through whom it comes, who asks for it with which range, and a shortest way', () => {
  const manifest = manifestOf(6, 1, [
    [0, 1, 'prod', '^1'],
    [0, 2, 'prod', '^2'],
    [1, 3, 'prod', '~3'],
    [3, 4, 'prod', '>=4'],
    [2, 4, 'dev', '^4.1'],
  ]);
  expect(whyHere([manifest], [4, 1])).toEqual([
    {
      component: 4,
      origins: [
        {
          manifests: ['package-lock.json'],
          edgesKnown: true,
          direct: false,
          through: [1, 2],
          askers: [
            { component: 2, ranges: ['^4.1'] },
            { component: 3, ranges: ['>=4'] },
          ],
          path: [2, 4],
        },
      ],
    },
    {
      component: 1,
      origins: [
        {
          manifests: ['package-lock.json'],
          edgesKnown: true,
          direct: true,
          through: [],
          askers: [{ component: -1, ranges: ['^1'] }],
          path: [1],
        },
      ],
    },
  ]);
});

test('files that tell the same story are told once; one without edges says so', () => {
  const same = manifestOf(3, 1, [
    [0, 1],
    [1, 2],
  ]);
  const [found] = whyHere(
    [
      same,
      { ...same, path: 'other/package-lock.json' },
      { ...manifestOf(3, 1, [[0, 1]], { edgesKnown: false }), path: 'third' },
    ],
    [2],
  );
  expect(found!.origins.map(({ manifests, edgesKnown }) => [manifests, edgesKnown])).toEqual([
    [['package-lock.json', 'other/package-lock.json'], true],
    [['third'], false],
  ]);
});

test('what nothing leads to has neither way nor asker, and a component that is not there no origin', () => {
  const [left, absent] = whyHere([manifestOf(3, 1, [[0, 1]])], [2, 9]);
  expect(left!.origins[0]).toMatchObject({ direct: false, through: [], askers: [] });
  expect(absent).toEqual({ component: 9, origins: [] });
});

test('against brute force: every direct dependency from which a way leads, and ways that hold', () => {
  const random = seededRandom(5);
  for (let round = 0; round < 400; round++) {
    const manifest = randomManifest(random);
    const graph = questionGraph(manifest);
    const isRoot = (node: number): boolean => node === 0 || (graph.flags[node]! & NODE.root) !== 0;
    const targets = (node: number): number[] => [
      ...graph.targets.subarray(graph.offsets[node], graph.offsets[node + 1]),
    ];
    const wanted = [...graph.components].slice(1);
    whyHere([manifest], wanted).forEach(({ component, origins: [one] }) => {
      const node = graph.components.indexOf(component);
      if (isRoot(node)) return;
      const through: number[] = [];
      for (let from = 1; from < graph.count; from++) {
        if (from === node || (graph.flags[from]! & NODE.direct) === 0) continue;
        const seen = new Set([from]);
        for (const at of seen) for (const to of targets(at)) if (!isRoot(to)) seen.add(to);
        if (seen.has(node)) through.push(graph.components[from]!);
      }
      expect([round, component, one!.through]).toEqual([round, component, through]);
      const way = one!.path.map((index) => graph.components.indexOf(index));
      expect(way.at(-1)).toBe(node);
      for (let i = 1; i < way.length; i++) expect(targets(way[i - 1]!)).toContain(way[i]);
    });
  }
});
