import { expect, test } from 'vitest';
import { seededRandom } from '../text/testing/random.ts';
import { dominatorTree } from './dominators.ts';
import { NODE, nodeOf, questionGraph, rangesOf } from './question.ts';
import { nodeCounts, reachSets, sourcesOf } from './reach.ts';
import { disagreements } from './testing/agreement.ts';
import { lists, manifestOf, randomManifest, type TestEdge } from './testing/graphs.ts';

test('the copies that a lockfile nests are one node with the edges of all, and a self-edge is dropped', () => {
  // Occurrences 2 and 3 are the same component; one asks for 4, the other for itself and twice for 5.
  const graph = questionGraph(
    manifestOf(
      6,
      1,
      [
        [0, 1, 'prod', '^1'],
        [0, 2, 'dev', '^2'],
        [1, 3, 'peer', '^3'],
        [2, 4],
        [3, 2],
        [2, 5, 'prod', '^6'],
        [3, 5, 'optional', '^5'],
      ],
      { components: [0, 1, 2, 2, 3, 4] },
    ),
  );
  expect([...graph.components]).toEqual([-1, 0, 1, 2, 3, 4]);
  expect(lists(graph)).toEqual([[1], [2, 3], [3], [4, 5], [], []]);
  const edge = graph.offsets[3]! + 1;
  expect([rangesOf(graph, edge), graph.kinds[edge]]).toEqual([['^5', '^6'], 0b101]);
  expect(rangesOf(graph, 0)).toEqual([]);
  expect(nodeOf(graph.components, 3)).toBe(4);
  expect(nodeOf(graph.components, 9)).toBeUndefined();
});

test('what no root reaches hangs below the virtual root by one edge for each part, a cycle too', () => {
  const graph = questionGraph(
    manifestOf(7, 1, [
      [0, 1],
      [2, 3],
      [4, 5],
      [5, 4],
      [5, 6],
    ]),
  );
  expect(lists(graph)[0]!.length).toBe(3);
  expect([...graph.flags]).toEqual([0, NODE.root, NODE.direct, 4, 4, 4, 4, 4]);
});

test('without edges everything hangs on the virtual root, and no edge is claimed', () => {
  const graph = questionGraph(
    manifestOf(
      4,
      1,
      [
        [0, 1],
        [1, 2],
      ],
      { edgesKnown: false },
    ),
  );
  expect(lists(graph)).toEqual([[1, 2, 3, 4], [], [], [], []]);
  expect([graph.edgesKnown, graph.directsKnown]).toEqual([false, true]);
  expect([...graph.flags]).toEqual([0, NODE.root, NODE.direct, 0, 0]);
});

test('where the file does not say what the project asks for, what nothing asks for stands for it', () => {
  const graph = questionGraph(
    manifestOf(4, 0, [
      [0, 1],
      [2, 1],
    ]),
  );
  expect(graph.directsKnown).toBe(false);
  expect([...graph.flags]).toEqual([0, NODE.direct, 0, NODE.direct, NODE.direct]);
});

test('a workflow has no root and says itself what it uses', () => {
  const graph = questionGraph(
    manifestOf(3, 0, [[0, 1]], { direct: (occurrence) => (occurrence === 1 ? 'no' : 'yes') }),
  );
  expect([graph.directsKnown, lists(graph)[0]]).toEqual([true, [1, 3]]);
});

test('the graph of one workspace: what it does not reach is left out, another workspace is a component', () => {
  const graph = questionGraph(
    manifestOf(6, 3, [
      [0, 3],
      [1, 2],
      [1, 4],
      [2, 5],
    ]),
    1,
  );
  expect([...graph.components]).toEqual([-1, 1, 2, 4, 5]);
  expect([...graph.flags]).toEqual([0, NODE.root, NODE.direct, NODE.direct, 0]);
});

test('an empty manifest is a virtual root alone', () => {
  const graph = questionGraph(manifestOf(0, 0, []));
  expect(lists(graph)).toEqual([[]]);
  expect([...dominatorTree(graph, graph.back, 0).size]).toEqual([1]);
});

test('edges, orphans, dominators, distances and reach sets equal brute force on random graphs', () => {
  const random = seededRandom(4);
  for (let i = 0; i < 400; i++) expect(disagreements(randomManifest(random))).toEqual([]);
});

test('counting carries across more than a word of sources and a thousand nodes', () => {
  const edges: TestEdge[] = [];
  for (let direct = 1; direct <= 40; direct++) {
    edges.push([0, direct]);
    for (let node = 0; node < direct * 25; node++) edges.push([direct, 41 + node]);
  }
  const graph = questionGraph(manifestOf(1041, 1, edges));
  const directs = Array.from({ length: 40 }, (_, i) => i + 2);
  const sets = reachSets(graph, directs);
  const all = new Uint8Array(graph.count).fill(1);
  expect([...nodeCounts(sets, all, 40)]).toEqual(directs.map((_, i) => (i + 1) * 25 + 1));
  expect(sourcesOf(sets, graph.count - 1)).toEqual([39]);
});

test('a chain of 100,000 with a way back ends quickly and without recursion', () => {
  const count = 100_000;
  const graph = questionGraph(
    manifestOf(
      count,
      1,
      Array.from({ length: count }, (_, i): TestEdge => [i, (i + 1) % count]),
    ),
  );
  const tree = dominatorTree(graph, graph.back, 0);
  expect([tree.size[1], tree.size[count]]).toEqual([count, 1]);
  expect(sourcesOf(reachSets(graph, [2]), count)).toEqual([0]);
});
