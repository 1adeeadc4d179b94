import { expect, test } from 'vitest';
import fc from 'fast-check';
import { codec } from '../../adapters/advisories/codec.ts';
import { ecosystemOf } from '../ecosystems/index.ts';
import { groupHits } from './groups.ts';
import { matchComponent } from './match.ts';
import { memoryStore } from './testing/memory-store.ts';
import { isVulnerable, type RawRecord } from './testing/osv-evaluation.ts';

const scheme = ecosystemOf('npm').versions;
const osv = (id: string, entry: object, more: object = {}) => ({
  id,
  modified: '2024-01-01T00:00:00Z',
  affected: [{ package: { ecosystem: 'npm', name: 'left' }, ...entry }],
  ...more,
});
const ranges = (...events: object[]) => ({ ranges: [{ type: 'SEMVER', events }] });
const match = (version: string, ...records: object[]) =>
  matchComponent(memoryStore(records, codec), 'npm', 'left', version, scheme);
const found = (version: string, ...records: object[]) =>
  match(version, ...records).hits.map(({ entry, fixed }) => [entry.id, fixed]);

const half = osv(
  'A',
  ranges({ introduced: '1.0.0' }, { fixed: '2.0.0' }, { introduced: '3.0.0' }, { last_affected: '3.1.0' }),
);

test.for([
  ['0.9.0', []],
  ['1.0.0', [['A', ['2.0.0']]]],
  ['2.0.0-rc.1', [['A', ['2.0.0']]]],
  ['2.0.0', []],
  ['3.1.0', [['A', []]]],
  ['3.1.1', []],
] as const)('%s against a half-open and a closed interval', ([version, expected]) => {
  expect(found(version, half)).toEqual(expected);
});

test('fixed versions of every range that holds, ascending', () => {
  const two = {
    ranges: [
      { type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '10.0.0' }] },
      { type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed: '9.0.0' }] },
    ],
  };
  expect(found('1.0.0', osv('A', two))).toEqual([['A', ['9.0.0', '10.0.0']]]);
});

test('a listed version is affected, also beside ranges that do not hold it', () => {
  expect(
    found('5.0.0', osv('A', { versions: ['5.0.0'], ...ranges({ introduced: '0' }, { fixed: '1.0.0' }) })),
  ).toEqual([['A', []]]);
  expect(found('5.0.1', osv('A', { versions: ['5.0.0'] }))).toEqual([]);
});

test('withdrawn records and other names do not match', () => {
  expect(found('1.5.0', { ...half, withdrawn: '2024-02-01T00:00:00Z' })).toEqual([]);
  expect(
    found('1.5.0', osv('A', { package: { ecosystem: 'npm', name: 'Left' }, ...ranges({ introduced: '0' }) })),
  ).toEqual([]);
});

test('a version that cannot be ordered is a problem, not a pass; what is certain is still found', () => {
  const result = match(
    'not a version',
    half,
    osv('B', ranges({ introduced: '0' })),
    osv('C', { versions: ['not a version'] }),
  );
  expect(result.problem?.code).toBe('version/unparsed');
  expect(result.hits.map(({ entry }) => entry.id)).toEqual(['B', 'C']);
  expect(match('not a version').problem).toBeUndefined();
});

test('a version that a record calls both last affected and fixed is fixed when that is said last', () => {
  const record = osv('A', ranges({ introduced: '0' }, { last_affected: '1.3.0' }, { fixed: '1.3.0' }));
  expect(found('1.3.0', record)).toEqual([]);
  expect(found('1.2.0', record)).toEqual([['A', ['1.3.0']]]);
});

test('the index answers as the schema evaluates, for any events in any order', () => {
  const version = fc
    .tuple(fc.nat(3), fc.nat(3), fc.constantFrom('', '-rc.1'))
    .map(([a, b, pre]) => `${a}.${b}.0${pre}`);
  const event = fc.oneof(
    fc.record({ introduced: fc.oneof(fc.constant('0'), version) }),
    fc.record({ fixed: version }),
    fc.record({ last_affected: version }),
    fc.record({ limit: fc.oneof(fc.constant('*'), version) }),
  );
  const entry = fc.record({
    package: fc.record({ ecosystem: fc.constant('npm'), name: fc.constantFrom('left', 'right') }),
    ranges: fc.array(
      fc.record({
        type: fc.constantFrom('SEMVER', 'ECOSYSTEM', 'GIT'),
        events: fc.array(event, { maxLength: 6 }),
      }),
      { maxLength: 3 },
    ),
    versions: fc.array(version, { maxLength: 3 }),
  });
  fc.assert(
    fc.property(
      fc.array(fc.array(entry, { maxLength: 3 }), { maxLength: 4 }),
      fc.array(version, { minLength: 1 }),
      (all, asked) => {
        const records = all.map((affected, i) => ({
          id: `R-${i}`,
          modified: '2024-01-01T00:00:00Z',
          affected,
        })) as RawRecord[];
        const store = memoryStore(records, codec);
        for (const one of asked)
          expect(matchComponent(store, 'npm', 'left', one, scheme).hits.map((hit) => hit.entry.id)).toEqual(
            records
              .filter((record) => isVulnerable(record, 'npm', one, scheme, (name) => name === 'left'))
              .map(({ id }) => id),
          );
      },
    ),
    { numRuns: 80 },
  );
});

const groups = (...records: object[]) => {
  const store = memoryStore(records, codec);
  return groupHits(store, 'npm', matchComponent(store, 'npm', 'left', '1.0.0', scheme).hits).map(
    ({ ids, advisories }) => [ids, advisories.map(({ id }) => id)],
  );
};
const all = ranges({ introduced: '0' });
const aliased = (id: string, ...aliases: string[]) => osv(id, all, { aliases });

test('aliases A–D, B–C, C–D make one group', () => {
  expect(groups(aliased('A', 'D'), aliased('B', 'C'), aliased('C', 'D'), aliased('E'))).toEqual([
    [
      ['A', 'B', 'C', 'D'],
      ['A', 'B', 'C'],
    ],
    [['E'], ['E']],
  ]);
});

test('the group is the same in any order of records', () => {
  const records = [aliased('GHSA-1', 'CVE-2020-2'), aliased('CVE-2020-2'), aliased('PYSEC-1', 'GHSA-1')];
  const expected = [
    [
      ['CVE-2020-2', 'GHSA-1', 'PYSEC-1'],
      ['CVE-2020-2', 'GHSA-1', 'PYSEC-1'],
    ],
  ];
  expect(groups(...records)).toEqual(expected);
  expect(groups(...records.toReversed())).toEqual(expected);
});

test.for([
  [['GHSA-1', 'CVE-2020-1', 'GO-1'], 'CVE-2020-1'],
  [['GO-1', 'GHSA-1'], 'GHSA-1'],
  [['GO-1', 'ZZ-1'], 'GO-1'],
  [['CVE-2020-1', 'GHSA-1', 'MAL-2024-1'], 'MAL-2024-1'],
] as const)('of %j the group is called %s', ([[first, ...rest], id]) => {
  expect(groups(aliased(first, ...rest))[0]?.[0]?.[0]).toBe(id);
});
