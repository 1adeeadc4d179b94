import { expect, test } from 'vitest';
import { inventoryOf, manifestOf, type TestEdge } from '../../analysis/graph/testing/graphs.ts';
import type { Finding } from '../../model/finding.ts';
import type { Manifest } from '../../model/inventory.ts';
import type { Snapshot } from '../../model/result.ts';
import { assessCost } from './cost.ts';
import { assessCritical } from './critical.ts';

/** 0 is the project with 1…6 direct; all but 6 need 7; 1 needs 8, 8 needs 9. */
const EDGES: readonly TestEdge[] = [
  ...[1, 2, 3, 4, 5, 6].map((to): TestEdge => [0, to]),
  ...[1, 2, 3, 4, 5].map((from): TestEdge => [from, 7]),
  [1, 8],
  [8, 9],
];

function snapshotOf(manifest: Manifest, findings: readonly Partial<Finding>[] = []): Snapshot {
  return {
    inventory: inventoryOf(manifest),
    findings: findings.map((finding) => ({ kind: 'advisory', ...finding })),
    knowledge: { sources: [], digest: '' },
    takenAt: '2026-01-01T00:00:00Z',
  } as unknown as Snapshot;
}
const names = ({ components }: ReturnType<typeof assessCritical>) =>
  components.map(
    ({ name, critical, badlyKept }) => `${name}${critical ? ' critical' : ''}${badlyKept ? ' bad' : ''}`,
  );

test('critical and badly kept first, then badly kept, then critical, then the heaviest', () => {
  const found = assessCritical(
    snapshotOf(manifestOf(10, 1, EDGES), [
      { component: 7, priority: 'high' },
      { component: 9, priority: 'critical' },
    ]),
  );
  expect(names(found)).toEqual([
    'c0007 critical bad',
    'c0009 bad',
    'c0001',
    'c0008',
    'c0002',
    'c0003',
    'c0004',
    'c0005',
    'c0006',
  ]);
  expect(found.counts).toEqual({ both: 1, badlyKept: 1, critical: 0, others: 7 });
  expect(found.components[0]!.weights).toEqual([
    { manifest: 'package-lock.json', neededBy: 5, directs: 6, holds: 1, components: 9, through: 0.384615 },
  ]);
});

test('what every way to a component passes first is named', () => {
  const found = assessCritical(snapshotOf(manifestOf(10, 1, EDGES)));
  expect(
    found.components
      .map(({ name, weights }) => `${name} ${weights[0]?.onlyThrough?.name ?? ''}`.trim())
      .sort(),
  ).toEqual(['c0001', 'c0002', 'c0003', 'c0004', 'c0005', 'c0006', 'c0007', 'c0008 c0001', 'c0009 c0001']);
});

test('among those that all direct dependencies need, what holds more comes first', () => {
  const chain = [
    [0, 3],
    [3, 2],
    [2, 1],
  ] as const;
  expect(names(assessCritical(snapshotOf(manifestOf(4, 1, chain))))).toEqual(['c0003', 'c0002', 'c0001']);
});

test('a decided finding is no sign', () => {
  const found = assessCritical(
    snapshotOf(manifestOf(10, 1, EDGES), [{ component: 7, priority: 'high', decision: 'd' }]),
  );
  expect(found.counts).toEqual({ both: 0, badlyKept: 0, critical: 1, others: 8 });
});

test('metadata is joined by ecosystem and name', () => {
  const found = assessCritical(snapshotOf(manifestOf(10, 1, EDGES)), {
    upkeep: [
      {
        ecosystem: 'npm',
        name: 'c0007',
        maintainers: 1,
        releases: [{ version: '1.0.0', at: '2015-01-01T00:00:00Z' }],
      },
      { ecosystem: 'PyPI', name: 'c0001', maintainers: 1, releases: [] },
    ],
  });
  expect([names(found)[0], found.withMetadata]).toEqual(['c0007 critical bad', 1]);
  expect(found.components[0]!.signs.map(({ text }) => text)).toEqual([
    'one account may publish it, and has not for 11 years',
    'this version is 11 years old',
  ]);
});

test('metadata without dates is counted by why', () => {
  const without = (name: string, undated: string) =>
    ({ ecosystem: 'npm', name, releases: [{ version: '1.0.0' }], undated }) as const;
  const { components, undated } = assessCritical(snapshotOf(manifestOf(10, 1, EDGES)), {
    upkeep: [without('c0001', 'w'), without('c0002', 'v'), without('c0003', 'w'), without('other', 'v')],
  });
  expect(undated).toEqual([
    { why: 'v', components: 1 },
    { why: 'w', components: 2 },
  ]);
  expect(components.every(({ unknown }) => unknown.includes('age'))).toBe(true);
});

test('where edges are unknown what hangs on a component is not known, and is said to be', () => {
  const found = assessCritical(snapshotOf(manifestOf(10, 1, EDGES, { edgesKnown: false })));
  expect(found.edgesUnknown).toEqual(['package-lock.json']);
  expect(found.components.every(({ weights }) => weights.length === 0)).toBe(true);
});

test('what is only in a folder of tests makes nothing critical and comes last', () => {
  const product = manifestOf(3, 1, [
    [0, 1],
    [0, 2],
  ]);
  const fixture: Manifest = { ...manifestOf(10, 1, EDGES), path: 'test/fixtures/package-lock.json' };
  const both = {
    ...snapshotOf(fixture, [
      { component: 7, priority: 'high' },
      { component: 2, priority: 'high' },
    ]),
  };
  const snapshot = { ...both, inventory: { ...both.inventory, manifests: [fixture, product] } };
  const found = assessCritical(snapshot);
  expect(names(found).slice(0, 4)).toEqual(['c0002 bad', 'c0007 bad', 'c0001', 'c0008']);
  expect(found.components.map(({ production }) => production).slice(0, 2)).toEqual(['unknown', 'no']);
  expect(found.components[0]!.weights.map(({ manifest }) => manifest)).toEqual([product.path, fixture.path]);
  expect(names(assessCritical(snapshot, { manifest: fixture.path }))[0]).toBe('c0007 critical bad');
  expect(assessCost(snapshot).manifests.map(({ path }) => path)).toEqual([product.path, fixture.path]);
});
