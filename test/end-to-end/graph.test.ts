import { afterAll, beforeAll, expect, test } from 'vitest';
import { isBuilt, packageLock, World } from './harness.ts';
import { misfits } from './schema.ts';

const world = new World();
let app = '';
let large = '';
afterAll(() => world[Symbol.dispose]());

beforeAll(() => {
  if (!isBuilt) throw new Error('dist/cli.js is missing: run `npm run build`');
  app = world.folder('app', packageLock({ left: '1.2.0' }, { right: '1.0.0' }));
  large = world.folder(
    'large',
    packageLock(Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`n${i}`, '1.0.0']))),
  );
});

const graph = (...args: string[]) => world.assay(['graph', ...args]);

test('whole, in every format', () => {
  expect(graph(app).out).toContain('3 nodes (2 direct), 2 edges');
  expect(graph(app, '--format', 'dot').out).toContain('digraph');
  expect(graph(app, '--format', 'graphml').out).toContain('<graphml');
  expect(graph(app, '--format', 'gexf').out).toContain('<gexf');
  expect(graph(app, '--format', 'mermaid').out).toContain('m0n0[["app 1.0.0"]]');
  expect(graph(app, '--format', 'svg').out).toMatch(/^<svg .*<\/svg>\n$/s);
  const { parts } = JSON.parse(graph(app, '--format', 'json').out) as {
    parts: { nodes: unknown[]; edges: unknown[] }[];
  };
  expect(parts.map(({ nodes, edges }) => [nodes.length, edges.length])).toEqual([[3, 2]]);
});

test('a neighbourhood; what is not here is 1', () => {
  const { out } = graph(large, '--around', 'n7', '--depth', '1', '--format', 'json');
  const { parts } = JSON.parse(out) as { parts: { nodes: { name: string }[]; left: number }[] };
  expect(parts[0]!.nodes.map(({ name }) => name)).toEqual(['app', 'n7']);
  expect(parts[0]!.left).toBe(199);
  expect(graph(app, '--around', 'nothing').code).toBe(1);
});

test('too large to draw: says what narrows it', () => {
  const { code, err } = graph(large, '--format', 'svg');
  expect(code).toBe(2);
  expect(err).toContain('201 nodes are more than a drawing can show (150)');
  expect(err).toContain('--around');
  expect(graph(app, '--manifest', 'package-lock.jsn').err).toContain('did you mean package-lock.json?');
});

test('the JSON is as its schema says', () => {
  expect(misfits('graph-1', graph(app, '--format', 'json').out)).toEqual([]);
  expect(misfits('graph-1', graph(large, '--around', 'n7', '--format', 'json').out)).toEqual([]);
});
