import { SaxesParser } from 'saxes';
import { expect, test } from 'vitest';
import type { Purl } from '../../../model/component.ts';
import type { GraphExport } from '../../../model/graph-export.ts';
import { layersOf, withoutCycles, type SmallGraph } from './layers.ts';
import { layout } from './layout.ts';
import { neighbourhood } from './neighbourhood.ts';

const graphOf = (
  count: number,
  edges: readonly (readonly [number, number])[],
  first: readonly number[] = [],
): SmallGraph => ({
  count,
  edges,
  first: new Set(first),
});

test('layers: one more than the highest of those that point there; what nothing points to stands just before', () => {
  expect(
    layersOf(
      graphOf(
        5,
        [
          [0, 1],
          [1, 2],
          [0, 2],
          [3, 2],
        ],
        [0],
      ),
    ),
  ).toEqual([0, 1, 2, 1, 0]);
});

test('a cycle is opened at one edge; a self-edge would be too', () => {
  const graph = graphOf(3, [
    [0, 1],
    [1, 2],
    [2, 0],
  ]);
  expect(withoutCycles(graph)).toEqual([
    [0, 1],
    [1, 2],
    [0, 2],
  ]);
  expect(layersOf(graph)).toEqual([0, 1, 2]);
});

function random(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}

test('boxes of a column never overlap, edges run to the right, on 300 random graphs', () => {
  for (let seed = 1; seed <= 300; seed++) {
    const next = random(seed);
    const count = 1 + Math.floor(next() * 24);
    const edges: [number, number][] = [];
    for (let a = 0; a < count; a++)
      for (let b = 0; b < count; b++) if (a !== b && next() < 0.12) edges.push([a, b]);
    const graph = graphOf(count, edges);
    const { layers, rows, bends, height } = layout(graph);
    const byLayer = new Map<number, number[]>();
    layers.forEach((layer, node) => byLayer.set(layer, [...(byLayer.get(layer) ?? []), rows[node]!]));
    for (const column of byLayer.values()) {
      column.sort((a, b) => a - b);
      for (let i = 1; i < column.length; i++) expect(column[i]! - column[i - 1]!).toBeGreaterThan(27.99);
      expect(column[0]!).toBeGreaterThan(13.99);
      expect(column.at(-1)!).toBeLessThanOrEqual(height);
    }
    edges.forEach(([from, to], at) => {
      const [low, high] = [Math.min(layers[from]!, layers[to]!), Math.max(layers[from]!, layers[to]!)];
      expect(bends[at]!.map(([column]) => column)).toEqual(
        Array.from({ length: Math.max(0, high - low - 1) }, (_, i) => low + 1 + i),
      );
    });
  }
});

test('two lines that would cross do not', () => {
  const { rows } = layout(
    graphOf(4, [
      [0, 3],
      [1, 2],
    ]),
  );
  expect(Math.sign(rows[0]! - rows[1]!)).toBe(Math.sign(rows[3]! - rows[2]!));
});

test('150 nodes that all ask for each other are drawn in time', () => {
  const edges: [number, number][] = [];
  for (let a = 0; a < 150; a++) for (let b = 0; b < 150; b++) if (a !== b) edges.push([a, b]);
  expect(layout(graphOf(150, edges)).columns).toBe(150);
});

const exportOf = (): GraphExport => ({
  target: { name: 'some/where', kind: 'worktree' },
  around: { text: 'b', depth: 1 },
  parts: [
    {
      path: 'x.lock',
      extractor: 'npm/x',
      edgesKnown: true,
      left: 3,
      nodes: ['app', 'a<"&', 'b'].map((name, at) => ({
        purl: `pkg:npm/${at}` as Purl,
        ecosystem: 'npm',
        name,
        version: '1',
        kind: at === 0 ? 'own' : 'direct',
        scopes: [],
        findings: at,
        ...(at === 2 ? { worst: 'critical', centre: true } : {}),
        holds: 1,
      })),
      edges: [
        { from: 0, to: 1, kinds: ['dev'], ranges: ['^1'] },
        { from: 1, to: 2, kinds: ['prod'], ranges: [] },
        { from: 2, to: 1, kinds: ['prod'], ranges: [] },
      ],
    },
  ],
});

test('the picture is well-formed, wide and narrow, and says in words what it shows', () => {
  for (const width of [960, 343]) {
    const { svg, table } = neighbourhood(exportOf(), { prefix: 'g', width });
    const parser = new SaxesParser({ xmlns: true });
    parser.on('error', (error) => {
      throw error;
    });
    parser.write(svg).close();
    expect(svg).toContain('b in where, 1 step around');
    expect(svg).toContain('3 of its components, 3 edges, 3 more not drawn');
    expect(svg).toContain('worst finding: critical');
    expect(table.rows).toEqual([
      ['app 1', 'own', '', 'a<"& 1 ^1'],
      ['a<"& 1', 'direct', '', 'b 1'],
      ['b 1', 'direct', 'critical', 'a<"& 1'],
    ]);
  }
});

/** `length` nodes, each asking for the next, all named at length. */
function chainOf(length: number): GraphExport {
  const [part] = exportOf().parts;
  return {
    ...exportOf(),
    parts: [
      {
        ...part!,
        nodes: Array.from({ length }, (_, at) => ({
          ...part!.nodes[1]!,
          purl: `pkg:npm/${at}` as Purl,
          name: `a-name-of-middling-length-${at}`,
        })),
        edges: Array.from({ length: length - 1 }, (_, at) => ({
          from: at,
          to: at + 1,
          kinds: ['prod'],
          ranges: [],
        })),
      },
    ],
  };
}

test('as wide as it is told: names are cut where layers are many, and it is a list where nothing would be left of them', () => {
  const boxes = (svg: string): number[] =>
    [...svg.matchAll(/<rect x="([\d.]+)" y="[\d.]+" width="([\d.]+)"[^>]*class="p-shared/g)].map((box) =>
      Math.round(Number(box[1]) + Number(box[2])),
    );
  for (const [length, width, lines] of [
    [3, 960, 2],
    [3, 1400, 2],
    [6, 960, 5],
    [8, 960, 0],
    [9, 2200, 8],
    [30, 960, 0],
    [3, 343, 0],
  ] as const) {
    const { svg } = neighbourhood(chainOf(length), { prefix: 'g', width });
    expect(svg).toContain(`viewBox="0 0 ${width} `);
    expect(svg).toContain(` width="${width}" `);
    expect(svg.match(/<path [^>]*class="p-s-rule"/g)?.length ?? 0, `${length} at ${width}`).toBe(lines);
    expect(boxes(svg)).toHaveLength(length);
    expect(Math.max(...boxes(svg))).toBeLessThanOrEqual(width - 16);
  }
});
