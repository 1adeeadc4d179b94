import { expect, test } from 'vitest';
import fc from 'fast-check';
import { readInstant } from './instants.ts';
import { readOsv, type OsvReading } from './osv.ts';
import type { AdvisoryRecord } from './record.ts';

const record = (value: object): AdvisoryRecord => {
  const reading: OsvReading = readOsv({
    id: 'X-1',
    modified: '2024-01-02T03:04:05Z',
    affected: [],
    ...value,
  });
  expect(reading.record).toBeDefined();
  return reading.record!;
};
const npm = (more: object): object => ({ package: { ecosystem: 'npm', name: 'left' }, ...more });
const range = (...events: object[]): object => ({ ranges: [{ type: 'SEMVER', events }] });
const affected = (...entries: object[]) => record({ affected: entries }).affected;
const loss = (...entries: object[]) => {
  const reading = readOsv({ id: 'X-1', modified: '2024-01-02T03:04:05Z', affected: entries });
  return reading.record === undefined ? undefined : reading.loss;
};

test('a record gives its intervals by canonical name', () => {
  expect(affected(npm(range({ introduced: '0' }, { fixed: '1.2.0' }, { introduced: '2.0.0' })))).toEqual([
    {
      ecosystem: 'npm',
      name: 'left',
      ranges: [{ introduced: '0', fixed: '1.2.0' }, { introduced: '2.0.0' }],
      versions: [],
    },
  ]);
});

test.for([
  [
    'events out of order',
    [{ fixed: '2.0.0' }, { introduced: '1.0.0' }],
    [{ introduced: '1.0.0', fixed: '2.0.0' }],
  ],
  ['both in one event', [{ introduced: '1.0.0', fixed: '2.0.0' }], [{ introduced: '1.0.0', fixed: '2.0.0' }]],
  [
    'last_affected',
    [{ introduced: '0' }, { last_affected: '3.1.0' }],
    [{ introduced: '0', lastAffected: '3.1.0' }],
  ],
  [
    'a limit',
    [{ introduced: '0' }, { limit: '2.0.0' }, { limit: '1.0.0' }],
    [{ introduced: '0', limit: '2.0.0' }],
  ],
  ['an unlimited limit', [{ introduced: '0' }, { limit: '*' }], [{ introduced: '0' }]],
  ['numbers for strings', [{ introduced: 0 }, { fixed: 2 }], [{ introduced: '0', fixed: '2' }]],
  ['empty strings', [{ introduced: '' }, { fixed: '' }], [{ introduced: '0' }]],
  [
    'a second beginning',
    [{ introduced: '0' }, { introduced: '1.0.0' }, { fixed: '2.0.0' }],
    [{ introduced: '0', fixed: '2.0.0' }],
  ],
  ['no beginning', [{ fixed: '2.0.0' }], []],
] as const)('%s', ([, events, ranges]) => {
  expect(affected(npm({ ...range(...events), versions: ['9.9.9'] }))[0]?.ranges).toEqual(ranges);
});

test('several entries of one name are one', () => {
  const entries = affected(
    npm({ versions: ['1.0.0', '0.9.0'] }),
    npm(range({ introduced: '0' })),
    npm({ versions: ['1.0.0'] }),
  );
  expect(entries).toEqual([
    { ecosystem: 'npm', name: 'left', ranges: [{ introduced: '0' }], versions: ['0.9.0', '1.0.0'] },
  ]);
});

test.for([
  ['pypi', 'PyPI'],
  ['NPM', 'npm'],
  ['CRATES.IO', 'crates.io'],
  ['Maven:https://repo.example.invalid', 'Maven'],
  ['github actions', 'GitHub Actions'],
] as const)('the ecosystem %s is %s', ([stated, ecosystem]) => {
  expect(affected({ package: { ecosystem: stated, name: 'a:b' }, versions: ['1'] })[0]?.ecosystem).toBe(
    ecosystem,
  );
});

test('unknown ecosystems are left out and named', () => {
  expect(
    loss({ package: { ecosystem: 'Debian:12', name: 'a' }, versions: ['1'] }, npm({ versions: ['1'] })),
  ).toEqual({
    ecosystems: ['Debian'],
    gitOnly: 0,
    unversioned: 0,
  });
});

test('commit ranges are ignored beside versions and counted without them', () => {
  const git = { type: 'GIT', repo: 'https://x', events: [{ introduced: '0' }, { fixed: 'abc' }] };
  expect(affected(npm({ ranges: [git], versions: ['1.0.0'] }))[0]).toMatchObject({
    ranges: [],
    versions: ['1.0.0'],
  });
  expect(loss(npm({ ranges: [git] }), npm({}))).toMatchObject({ gitOnly: 1, unversioned: 1 });
});

test('a withdrawn record keeps its details and its ecosystems, and matches nothing', () => {
  const found = record({ withdrawn: '2024-05-01T00:00:00Z', affected: [npm({ versions: ['1'] })] });
  expect([found.detail.withdrawn, found.ecosystems, found.affected]).toEqual([
    '2024-05-01T00:00:00Z',
    ['npm'],
    [],
  ]);
});

test('malware is told by its id, an alias, or its weakness', () => {
  expect(record({ id: 'MAL-2024-1' }).detail.malicious).toBe(true);
  expect(record({ aliases: ['MAL-2024-1'] }).detail.malicious).toBe(true);
  expect(record({ database_specific: { cwe_ids: ['CWE-506'] } }).detail.malicious).toBe(true);
  expect(
    record({ affected: [npm({ versions: ['1'], database_specific: { cwes: [{ cweId: 'CWE-506' }] } })] })
      .detail.malicious,
  ).toBe(true);
  expect(record({ id: 'GHSA-x' }).detail.malicious).toBe(false);
});

test('vectors, words and numbers of severity are kept apart', () => {
  const vector = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H';
  const severity = (score: string) => ({ severity: [{ type: 'CVSS_V3', score }] });
  expect(record(severity(vector)).detail).toMatchObject({ vectors: [['CVSS_V3', vector]] });
  expect(record({ affected: [npm(severity(vector))] }).detail.vectors).toEqual([['CVSS_V3', vector]]);
  expect(record(severity('')).detail).toMatchObject({ vectors: [] });
  expect(record(severity('')).detail.stated).toBeUndefined();
  expect(record(severity('9.8')).detail).toMatchObject({ vectors: [], stated: 'critical' });
  expect(record({ database_specific: { severity: 'MODERATE' } }).detail.stated).toBe('medium');
  expect(record({ database_specific: { cvss_v3_score: 7.5 } }).detail.stated).toBe('high');
});

test('text that people will see is one plain line, and links are links', () => {
  const found = record({
    summary: ' two\nlines\u001b[31m \u202etxt ',
    references: [
      { type: 'WEB', url: 'javascript:alert(1)' },
      { type: 'FIX', url: 'https://a.example/x' },
    ],
  }).detail;
  expect(found.summary).toBe('two lines [31m txt');
  expect(found.references).toEqual([['FIX', 'https://a.example/x']]);
});

test('without a summary the first line of the details says it', () => {
  expect(record({ details: '---\n\n## Impact\nLong' }).detail.summary).toBe('Impact');
});

test.for([
  ['2024-01-02T03:04:05Z', '2024-01-02T03:04:05Z', 1704164645000],
  ['2024-01-02T03:04:05.987654321Z', '2024-01-02T03:04:05Z', 1704164645987],
  ['2024-01-02T05:04:05+02:00', '2024-01-02T03:04:05Z', 1704164645000],
  ['2024-01-31', '2024-01-31T00:00:00Z', 1706659200000],
] as const)('the time %s', ([text, instant, ms]) => expect(readInstant(text)).toEqual({ instant, ms }));

test('a year of 1 means not known, and the publication stands in', () => {
  expect(
    record({ modified: '0001-01-01T00:00:00Z', published: '2021-04-14T20:04:52Z' }).detail.modified,
  ).toBe('2021-04-14T20:04:52Z');
});

test.for([
  ['null', null],
  ['an array', []],
  ['no id', { affected: [] }],
  ['an id that is a path', { id: 'a b\n', affected: [] }],
  ['some other JSON', { id: 'x', name: 'y' }],
])('%s is no record', ([, value]) => expect(readOsv(value).record).toBeUndefined());

test('no JSON makes it throw', () => {
  const key = fc.constantFrom(
    'id',
    'modified',
    'affected',
    'package',
    'ecosystem',
    'name',
    'ranges',
    'events',
    'type',
    'severity',
    'database_specific',
    'aliases',
    'references',
    'versions',
    'introduced',
    '__proto__',
  );
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: 'medium' },
      fc.constantFrom('npm', 'SEMVER', '1.0.0', '', 0, null, true),
      fc.array(tie('value')),
      fc.dictionary(key, tie('value')),
    ),
  }));
  fc.assert(
    fc.property(value, (any) => {
      const wrapped = {
        id: 'X-1',
        modified: '2024',
        affected: [any],
        severity: any,
        database_specific: any,
        aliases: any,
        references: any,
      };
      expect(readOsv(wrapped).record?.detail.id ?? 'X-1').toBe('X-1');
      readOsv(any);
    }),
    { numRuns: 100 },
  );
});
