import { spawnSync } from 'node:child_process';
import { SaxesParser } from 'saxes';
import { expect, test } from 'vitest';
import type { Purl } from '../../model/component.ts';
import type { GraphExport, GraphNode } from '../../model/graph-export.ts';
import { graphDot } from './dot.ts';
import { graphGexf } from './gexf.ts';
import { graphGraphml } from './graphml.ts';
import { graphJson } from './json.ts';
import { graphMermaid } from './mermaid.ts';

const node = (name: string, more: Partial<GraphNode> = {}): GraphNode => ({
  purl: `pkg:npm/${name}@1.0.0` as Purl,
  ecosystem: 'npm',
  name,
  version: '1.0.0',
  kind: 'transitive',
  scopes: ['prod'],
  findings: 0,
  holds: 1,
  ...more,
});

const graphOf = (
  nodes: readonly GraphNode[],
  edges: readonly (readonly [number, number])[],
  path = 'package-lock.json',
): GraphExport => ({
  target: { name: 'x', kind: 'worktree' },
  parts: [
    {
      path,
      extractor: 'npm/package-lock',
      edgesKnown: true,
      nodes,
      edges: edges.map(([from, to]) => ({ from, to, kinds: ['prod'], ranges: ['^1'] })),
      left: 0,
    },
  ],
});

const HOSTILE = [
  '"];evil[label="',
  '<b>&amp;',
  ']]>',
  'a\\',
  '\u202Eevil\u0000\n',
  '%%{init:{}}%%',
  '#quot;`"',
  "'-->x",
  '\uD800',
  '__proto__',
  'end',
  '',
];

const hostile = graphOf(
  HOSTILE.map((name) => node(name)),
  HOSTILE.map((_, at) => [at, (at + 1) % HOSTILE.length]),
  'a"b\\<c>.json',
);

/** Attributes of each element, by name; throws when the text is not well-formed. */
function parsed(xml: string): Record<string, Record<string, string>[]> {
  const found: Record<string, Record<string, string>[]> = {};
  const parser = new SaxesParser({ xmlns: false });
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => (found[name] ??= []).push(attributes));
  parser.write(xml).close();
  return found;
}

test('GraphML and GEXF are well-formed, whatever names are', () => {
  for (const text of [graphGraphml(hostile), graphGexf(hostile)]) {
    const { node: nodes, edge: edges } = parsed(text);
    expect([nodes!.length, edges!.length]).toEqual([HOSTILE.length, HOSTILE.length]);
    const ids = new Set(nodes!.map(({ id }) => id));
    expect(edges!.every(({ source, target }) => ids.has(source) && ids.has(target))).toBe(true);
  }
  expect(parsed(graphGexf(hostile))['node']![1]).toMatchObject({ label: '<b>&amp; 1.0.0' });
});

test('every attribute that is used is declared', () => {
  const { key, data } = parsed(graphGraphml(hostile));
  const declared = new Set(key!.map(({ id }) => id));
  expect(data!.filter(({ key: used }) => !declared.has(used))).toEqual([]);
});

test('Graphviz reads the DOT, whatever names are', ({ skip }) => {
  if (spawnSync('dot', ['-V']).status !== 0) skip('Graphviz is not installed here');
  const { status, stdout, stderr } = spawnSync('dot', ['-Tjson0'], {
    input: graphDot(hostile),
    encoding: 'utf8',
  });
  expect([status, stderr]).toEqual([0, '']);
  const { objects, edges } = JSON.parse(stdout) as {
    objects: { name: string; label?: string }[];
    edges: unknown[];
  };
  expect(edges).toHaveLength(HOSTILE.length);
  expect(objects.filter(({ name }) => name.startsWith('m0n'))).toHaveLength(HOSTILE.length);
  expect(objects.find(({ name }) => name === 'm0n0')!.label).toBe('"];evil[label=" 1.0.0');
});

test('Mermaid labels hold letters, digits and entities alone', () => {
  const lines = graphMermaid(hostile).split('\n');
  const labels = lines.filter((line) => /^ {2}m0n\d+\(/.test(line));
  expect(labels).toHaveLength(HOSTILE.length);
  for (const line of labels) expect(line).toMatch(/^ {2}m0n\d+\("(?:[\p{L}\p{N} .,@/:+~^=_-]|#\d+;)*"\)$/u);
  expect(lines[1]).toContain('#34;#93;#59;evil#91;label=#34;');
});

test('a large graph is collapsed to direct dependencies, what each brings alone, and what is shared', () => {
  const nodes = [
    node('app', { kind: 'own' }),
    node('big', { kind: 'direct', under: 0 }),
    node('small', { kind: 'direct', under: 0, worst: 'high', findings: 1 }),
    ...Array.from({ length: 60 }, (_, i) => node(`b${i}`, { under: 1 })),
    ...Array.from({ length: 5 }, (_, i) => node(`s${i}`, { under: 0 })),
  ];
  const edges: [number, number][] = [
    [0, 1],
    [0, 2],
    ...Array.from({ length: 60 }, (_, i): [number, number] => [1, 3 + i]),
    ...Array.from({ length: 5 }, (_, i): [number, number] => [1, 63 + i]),
    ...Array.from({ length: 5 }, (_, i): [number, number] => [2, 63 + i]),
  ];
  expect(graphMermaid(graphOf(nodes, edges))).toBe(`flowchart LR
  m0n0[["app 1.0.0"]]
  m0n1["big 1.0.0, brings 60"]
  m0n2["small 1.0.0"]:::high
  m0shared("5 that several bring in")
  m0n0 --> m0n1
  m0n0 --> m0n2
  m0n1 --> m0shared
  m0n2 --> m0shared
  classDef high stroke:#c2410c,stroke-width:3px
`);
});

test('however many direct dependencies there are, the README stays readable', () => {
  const nodes = [
    node('app', { kind: 'own' }),
    ...Array.from({ length: 500 }, (_, i) => node(`d${i}`, { kind: 'direct', under: 0 })),
  ];
  const text = graphMermaid(
    graphOf(
      nodes,
      Array.from({ length: 500 }, (_, i) => [0, i + 1]),
    ),
  );
  expect(text.split('\n').length).toBeLessThan(50);
  expect(text).toContain('484 more direct dependencies');
});

test('a chain of 100,000 dominators is no recursion', () => {
  const nodes = Array.from({ length: 100_000 }, (_, i) =>
    node(`n${i}`, i === 0 ? { kind: 'direct' } : { under: i - 1 }),
  );
  expect(graphMermaid(graphOf(nodes, []))).toContain('brings 99,999');
});

test('JSON keeps nodes and edges as they are', () => {
  const { format, parts } = JSON.parse(graphJson(hostile)) as { format: string; parts: GraphExport['parts'] };
  expect(format).toBe('assay-graph');
  expect(parts[0]!.edges).toEqual(hostile.parts[0]!.edges);
});

test('Mermaid draws the largest file first, and counts those without edges beside it', () => {
  const small = graphOf([node('a', { kind: 'direct' }), node('b')], [[0, 1]], 'a/lock').parts;
  const list = graphOf([node('c', { kind: 'direct', findings: 1, worst: 'low' })], [], 'b/list').parts;
  const large = graphOf(
    [node('d', { kind: 'direct' }), node('e'), node('f')],
    [
      [0, 1],
      [0, 2],
    ],
    'c/lock',
  ).parts;
  const text = graphMermaid({
    target: { name: 'x', kind: 'worktree' },
    parts: [...small, ...list, ...large],
  });
  expect(text.split('\n').filter((line) => /subgraph|lists|classDef/.test(line))).toEqual([
    '  subgraph m2["c/lock"]',
    '  subgraph m0["a/lock"]',
    '  lists("1 more file without edges")',
  ]);
  const lists = graphMermaid({ target: { name: 'x', kind: 'worktree' }, parts: [...list, ...list] });
  expect(lists).toContain('subgraph m1');
  expect(lists).not.toContain('lists(');
});
