import { expect, test } from 'vitest';
import { buildInventory } from '../../analysis/graph/inventory.ts';
import type { ExtractedComponent, Extraction } from '../../model/extractor.ts';
import type { Snapshot } from '../../model/result.ts';
import type { Why } from '../../model/why.ts';
import { emptySnapshot } from '../../documents/testing/samples.ts';
import { explainName } from './why.ts';

/** Edges as `from > to range`; `app` is the project. */
function snapshotOf(
  edges: readonly string[],
  details: Readonly<Record<string, Partial<ExtractedComponent>>> = {},
  more: Partial<Extraction> = {},
): Snapshot {
  const components: ExtractedComponent[] = [];
  const labels: string[] = [];
  const number = (label: string): number => {
    if (!labels.includes(label)) {
      const at = label.indexOf('@', 1);
      labels.push(label);
      components.push({
        name: at === -1 ? label : label.slice(0, at),
        version: at === -1 ? '' : label.slice(at + 1),
        origin: label === 'app' ? 'project' : 'registry',
        line: labels.length,
        ...details[label],
      });
    }
    return labels.indexOf(label);
  };
  const rows = edges.map((edge) => {
    const [from, to, range = '*'] = edge.split(/ > | /);
    return { from: number(from!), to: number(to!), kind: 'prod' as const, range };
  });
  const extraction: Extraction = {
    role: 'lock',
    components,
    edges: rows,
    edgesKnown: true,
    covers: [],
    observations: [],
    problems: [],
    ...more,
  };
  const inventory = buildInventory(
    [{ path: 'a.lock', extractor: 'npm/test', ecosystem: 'npm', extraction }],
    [],
  );
  return { ...emptySnapshot(), inventory, problems: inventory.problems };
}

const why = (snapshot: Snapshot, text: string, ways = 5): Why => explainName(snapshot, text, { ways });

const app = snapshotOf([
  'app > a@1.0.0 ^1',
  'app > b@1.0.0 ^1.0',
  'a@1.0.0 > x@1.2.0 ^1',
  'b@1.0.0 > m@2.0.0 ~2',
  'm@2.0.0 > x@1.2.0 ^1.1',
  'm@2.0.0 > x@2.0.0 ^1.9',
]);

test('who asks, with which range, through which direct dependency, on which ways', () => {
  const [x1, x2] = why(app, 'x').components;
  expect(x1!.places).toHaveLength(1);
  const { askers, directs, ways, count, direct } = x1!.places[0]!;
  expect(direct).toBe('no');
  expect(
    askers.map(({ name, ranges, via, outside }) => [
      name,
      ranges,
      via.map((at) => directs[at]!.name),
      outside,
    ]),
  ).toEqual([
    ['a', ['^1'], ['a'], []],
    ['m', ['^1.1'], ['b'], []],
  ]);
  expect(directs.map(({ name, ranges, askedBy }) => [name, ranges, askedBy])).toEqual([
    ['a', ['^1'], ['app']],
    ['b', ['^1.0'], ['app']],
  ]);
  expect(ways.map(({ nodes, ranges }) => [nodes.map(({ name }) => name).join(' '), ranges])).toEqual([
    ['app a x', ['^1', '^1']],
    ['app b m x', ['^1.0', '~2', '^1.1']],
  ]);
  expect(count).toEqual({ ways: '2', exact: true });
  expect(x2!.places[0]!.askers.map(({ outside }) => outside)).toEqual([['^1.9']]);
});

test.for([
  ['x', ['1.2.0', '2.0.0'], []],
  ['x@1.2.0', ['1.2.0'], ['2.0.0']],
  ['x@^2', ['2.0.0'], ['1.2.0']],
  ['x@>=1', ['1.2.0', '2.0.0'], []],
  ['x@^9', [], ['1.2.0', '2.0.0']],
  ['pkg:npm/x@2.0.0', ['2.0.0'], ['1.2.0']],
  ['pkg:pypi/x', [], []],
  ['nothing', [], []],
] as const)('%s', ([text, expected, others]) => {
  const found = why(app, text);
  expect([found.components.map(({ version }) => version), found.otherVersions]).toEqual([expected, others]);
});

test('a scope is no version; an alias counts; near names are told', () => {
  const snapshot = snapshotOf(['app > @s/x@1.0.0 ^1', 'app > real@1.0.0 npm:real@^1'], {
    'real@1.0.0': { alias: 'fake' },
  });
  expect(why(snapshot, '@s/x').components).toHaveLength(1);
  expect(why(snapshot, '@s/x@1').components).toHaveLength(1);
  expect(why(snapshot, 'pkg:npm/%40s/x@1.0.0').components).toHaveLength(1);
  expect(why(snapshot, 'fake').components.map(({ name }) => name)).toEqual(['real']);
  expect(why(snapshot, 'rael').near).toEqual(['real']);
});

test('a direct dependency that others ask for too', () => {
  const { directs, askers, direct } = why(
    snapshotOf(['app > x@1.0.0 ^1', 'app > a@1.0.0 ^1', 'a@1.0.0 > x@1.0.0 ^1']),
    'x',
  ).components[0]!.places[0]!;
  expect(direct).toBe('yes');
  expect(askers.map(({ name, own, via }) => [name, own, via])).toEqual([
    ['app', true, []],
    ['a', false, [0]],
  ]);
  expect(directs.map(({ name }) => name)).toEqual(['a', 'x']);
});

test('what only the component itself leads to brings nothing in', () => {
  const { askers } = why(
    snapshotOf(['app > x@1.0.0 ^1', 'x@1.0.0 > y@1.0.0 ^1', 'y@1.0.0 > x@1.0.0 ^1']),
    'x',
  ).components[0]!.places[0]!;
  expect(askers.map(({ name, via }) => [name, via])).toEqual([
    ['app', []],
    ['y', []],
  ]);
});

test('edges unknown and orphans are said', () => {
  const flat = why(snapshotOf(['app > a@1.0.0 ^1', 'a@1.0.0 > x@1.0.0'], {}, { edgesKnown: false }), 'x')
    .components[0]!.places[0]!;
  expect([flat.edgesKnown, flat.askers, flat.ways, flat.count.ways]).toEqual([false, [], [], '0']);
  const left = why(snapshotOf(['app > a@1.0.0 ^1', 'left@1.0.0 > x@1.0.0 ^1']), 'x').components[0]!
    .places[0]!;
  expect([left.orphan, left.askers.map(({ name, via }) => [name, via]), left.ways]).toEqual([
    true,
    [['left', []]],
    [],
  ]);
});
