import { expect, test } from 'vitest';
import type { Component } from '../../model/component.ts';
import type { ManifestCost } from '../../model/cost.ts';
import type { Finding, Priority } from '../../model/finding.ts';
import type { Inventory } from '../../model/inventory.ts';
import { manifestCost } from './cost.ts';
import { freeing } from './freeing.ts';
import { loadsOf } from './loads.ts';
import { questionGraph } from './question.ts';
import { inventoryOf, manifestOf, type TestEdge } from './testing/graphs.ts';

/** 0 is the project; it asks for 1 and 2; 1 → 3, 4; 2 → 4; 4 → 5; 5 → 4: a cycle. */
const EDGES: readonly TestEdge[] = [
  [0, 1, 'prod', '^1'],
  [0, 2, 'dev', '~2'],
  [1, 3],
  [1, 4],
  [2, 4],
  [4, 5],
  [5, 4],
];
const finding = (component: number, priority: Priority, more: Partial<Finding> = {}): Finding =>
  ({ component, priority, kind: 'advisory', ...more }) as Finding;

function costOf(inventory: Inventory, findings: readonly Finding[] = [], root?: number): ManifestCost {
  return manifestCost(inventory, 0, loadsOf(inventory, findings), root);
}
const brief = ({ directs }: ManifestCost): unknown[] =>
  directs.map(({ name, goes, shares }) => [name, goes.components, shares.components]);
const withFacts = (inventory: Inventory, facts: Readonly<Record<number, Partial<Component>>>): Inventory => ({
  ...inventory,
  components: inventory.components.map((component, i) => ({ ...component, ...facts[i] })),
});

test('what goes with a direct dependency and what it shares, most first', () => {
  const cost = costOf(inventoryOf(manifestOf(6, 1, EDGES)));
  expect(brief(cost)).toEqual([
    ['c0001', 2, 2],
    ['c0002', 1, 2],
  ]);
  expect(cost.directs.map(({ ranges, kinds, askedBy }) => [ranges, kinds, askedBy])).toEqual([
    [['^1'], ['prod'], ['c0000']],
    [['~2'], ['dev'], ['c0000']],
  ]);
  expect(cost.joint).toEqual([{ directs: [0, 1], more: 2 }]);
  expect(cost.neededBy).toEqual({ one: 3, two: 2, three: 0, more: 0, orphans: 0 });
  expect(cost.total.components).toBe(5);
});

test('a direct dependency that another one brings in frees nothing', () => {
  const cost = costOf(inventoryOf(manifestOf(6, 1, [...EDGES, [1, 2]])));
  expect(
    cost.directs.map(({ name, goes, holders, heldBy }) => [name, goes.components, holders, heldBy]),
  ).toEqual([
    ['c0001', 2, 0, []],
    ['c0002', 0, 1, [0]],
  ]);
});

test('an optional peer brings nothing in: it holds neither a direct dependency nor what that needs', () => {
  const manifest = manifestOf(6, 1, [...EDGES, [1, 2, 'peer']]);
  const weak = Uint32Array.of(manifest.targets.lastIndexOf(2));
  expect(costOf(inventoryOf({ ...manifest, weak })).directs.map(({ holders }) => holders)).toEqual([0, 0]);
});

test('open findings, install scripts, deprecations, licences and duplicates hang on what goes', () => {
  const inventory = withFacts(
    inventoryOf(manifestOf(6, 1, EDGES), { 3: ['x', '1.0.0'], 4: ['x', '2.0.0'] }),
    {
      1: { licences: ['MIT'] },
      3: { hasInstallScript: true, deprecated: 'use y', licences: ['MIT'] },
      4: { hasInstallScript: true },
    },
  );
  const findings = [
    finding(3, 'critical'),
    finding(3, 'low'),
    finding(4, 'unknown'),
    finding(3, 'high', { decision: 'd' }),
    finding(3, 'high', { kind: 'licence' }),
  ];
  const { directs, duplicates, total } = costOf(inventory, findings);
  expect(directs[0]!.goes).toEqual({
    components: 2,
    open: { critical: 1, high: 0, medium: 0, low: 1, unknown: 0 },
    installScripts: 1,
    deprecated: 1,
    duplicates: 1,
    licences: [{ licence: 'MIT', components: 2 }],
  });
  expect(directs[0]!.shares).toEqual({
    components: 2,
    open: { critical: 0, high: 0, medium: 0, low: 0, unknown: 1 },
    installScripts: 1,
    deprecated: 0,
  });
  expect(duplicates).toEqual([{ name: 'x', versions: ['1.0.0', '2.0.0'] }]);
  expect(total.installScripts).toBe(2);
});

test('install scripts are unknown where the file does not state them', () => {
  const inventory = inventoryOf({ ...manifestOf(6, 1, EDGES), format: 'nested' });
  expect(costOf(inventory).total).not.toHaveProperty('installScripts');
});

test('what an orphan needs is never said to go', () => {
  const cost = costOf(inventoryOf(manifestOf(7, 1, [...EDGES, [6, 3]])));
  expect(brief(cost)).toEqual([
    ['c0001', 1, 3],
    ['c0002', 1, 2],
  ]);
  expect([cost.orphans, cost.neededBy]).toEqual([1, { one: 2, two: 2, three: 0, more: 0, orphans: 2 }]);
});

test('without edges nothing is claimed', () => {
  const cost = costOf(inventoryOf(manifestOf(6, 1, EDGES, { edgesKnown: false })));
  expect(brief(cost)).toEqual([
    ['c0001', 1, 0],
    ['c0002', 1, 0],
  ]);
  expect([cost.edgesKnown, cost.neededBy, cost.joint]).toEqual([false, undefined, []]);
});

/** 0 and 1 are roots, 0 the project of 1; 0 → 2 (dev), 1 → 3 (dev), 1 → 4 → 2. */
const TWO = manifestOf(5, 2, [
  [0, 1],
  [0, 2, 'dev', '1'],
  [1, 3, 'dev', '1'],
  [1, 4, 'prod', '1'],
  [4, 2, 'prod', '1'],
]);

test('a workspace alone: what it needs, and what only it needs; a project does not need its members', () => {
  const cost = costOf(inventoryOf(TWO));
  expect(cost.workspaces).toEqual([
    { name: 'c0000', folder: '', directs: 2, needs: 1, alone: 0 },
    { name: 'c0001', folder: '', directs: 2, needs: 3, alone: 2 },
  ]);
  expect(brief(cost)).toEqual([
    ['c0004', 1, 1],
    ['c0003', 1, 0],
    ['c0002', 0, 1],
  ]);
  expect(brief(costOf(inventoryOf(TWO), [], 0))).toEqual([['c0002', 1, 0]]);
  expect(brief(costOf(inventoryOf(TWO), [], 1))).toEqual([
    ['c0004', 2, 0],
    ['c0003', 1, 0],
  ]);
});

test('a workspace that another asks for brings what it ships with, not what its own development wants', () => {
  const manifest = manifestOf(5, 2, [
    [0, 2, 'prod', '1'],
    [1, 0, 'prod', 'workspace:*'],
    [0, 3, 'dev', '1'],
    [1, 4, 'prod', '1'],
  ]);
  const cost = costOf(inventoryOf(manifest), [], 1);
  expect(brief(cost)).toEqual([
    ['c0000', 1, 0],
    ['c0004', 1, 0],
  ]);
  expect(cost.directs.map(({ own }) => own)).toEqual([true, false]);
  expect(costOf(inventoryOf(manifest)).workspaces.map(({ needs, alone }) => [needs, alone])).toEqual([
    [2, 1],
    [2, 1],
  ]);
});

test('what frees a component: every direct dependency that reaches it, itself if it is one', () => {
  const inventory = inventoryOf(manifestOf(6, 1, EDGES));
  const graph = questionGraph(inventory.manifests[0]!);
  const loads = loadsOf(inventory, []);
  const answer = (component: number) => {
    const found = freeing(inventory, graph, loads, component);
    return found && [found.answer, found.directs.map(({ name }) => name), found.goes];
  };
  expect(answer(5)).toEqual(['freed', ['c0001', 'c0002'], 5]);
  expect(answer(3)).toEqual(['freed', ['c0001'], 2]);
  expect(answer(2)).toEqual(['freed', ['c0002'], 1]);
  expect(answer(0)).toEqual(['own', [], 0]);
  expect(answer(9)).toBeUndefined();
});

test('more direct dependencies than are asked about at a time', () => {
  const count = 2100;
  const edges = Array.from({ length: count }, (_, i): TestEdge => [0, i + 1]);
  for (let i = 1; i <= count; i++) edges.push([i, count + 1]);
  edges.push([1, count], [2, count + 2], [1500, count + 2], [2050, count + 2]);
  const cost = costOf(inventoryOf(manifestOf(count + 3, 1, edges)));
  expect(cost.neededBy).toEqual({ one: count - 1, two: 1, three: 1, more: 1, orphans: 0 });
  expect(cost.joint.map(({ directs, more }) => [directs.map((at) => cost.directs[at]!.name), more])).toEqual([
    [['c0001', 'c2100'], 1],
    [['c0002', 'c1500', 'c2050'], 1],
  ]);
  const held = cost.directs.at(-1)!;
  expect([held.name, held.goes.components, held.holders]).toEqual([`c${count}`, 0, 1]);
});
