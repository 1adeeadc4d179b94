import { expect, test } from 'vitest';
import { stepsThrough, throughOf } from './betweenness.ts';
import { holdersOf } from './holders.ts';
import { questionGraph } from './question.ts';
import { manifestOf, type TestEdge } from './testing/graphs.ts';

const all = (count: number): Uint8Array => new Uint8Array(count).fill(1);

test('both ends count, and equally short ways share', () => {
  // 0 is the project → 1 → 2, 3 → 4 → 5
  const graph = questionGraph(
    manifestOf(6, 1, [
      [0, 1],
      [1, 2],
      [1, 3],
      [2, 4],
      [3, 4],
      [4, 5],
    ]),
  );
  const { through, pairs } = throughOf(graph, all(graph.count));
  expect([...through]).toEqual([0, 0, 5, 2, 2, 2, 1]);
  expect(pairs).toBe(5);
});

test('more equally short ways than a number can count', () => {
  const edges: TestEdge[] = [[0, 1]];
  const diamonds = 1100;
  for (let i = 0; i < diamonds; i++) {
    const top = 1 + i * 3;
    edges.push([top, top + 1], [top, top + 2], [top + 1, top + 3], [top + 2, top + 3]);
  }
  const graph = questionGraph(manifestOf(2 + diamonds * 3, 1, edges));
  const { through } = throughOf(graph, all(graph.count));
  expect(through[2]).toBeCloseTo(1 + diamonds * 3, 6);
  expect(through[3]).toBeCloseTo(1 + 1 + (diamonds - 1) * 1.5 - 0.5, 6);
  expect(through[4]).toBeCloseTo(through[3]!, 6);
});

test('knows before how many edges it will follow: each direct dependency those of every node that it reaches', () => {
  // 1 and 2 are direct; both reach 3, and 3 leads back to the project, whose own edges nobody follows.
  const graph = questionGraph(
    manifestOf(6, 1, [
      [0, 1],
      [0, 2],
      [1, 3],
      [2, 3],
      [3, 4],
      [3, 5],
      [3, 0],
    ]),
  );
  expect(stepsThrough(graph, holdersOf(graph).count)).toBe(1 + 1 + 2 * 3);
});
