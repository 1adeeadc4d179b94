import { expect, test } from 'vitest';
import { codec } from '../../../adapters/advisories/codec.ts';
import { ecosystemOf } from '../../ecosystems/index.ts';
import { matchComponent } from '../match.ts';
import { STARTER } from './data.ts';
import { starterStore } from './store.ts';

const store = starterStore(codec);
const ids = (ecosystem: (typeof STARTER)[number]['ecosystem'], name: string, version: string) =>
  matchComponent(
    store,
    ecosystem,
    ecosystemOf(ecosystem).normaliseName(name),
    version,
    ecosystemOf(ecosystem).versions,
  ).hits.map(({ entry, fixed }) => [entry.id, ...fixed]);

test.for([
  [
    'Maven',
    'org.apache.logging.log4j:log4j-core',
    '2.14.1',
    [
      ['GHSA-7rjr-3q55-vv33', '2.16.0'],
      ['GHSA-jfh8-c2jp-5v3q', '2.15.0'],
      ['GHSA-p6xc-xr62-6r2g', '2.17.0'],
    ],
  ],
  ['Maven', 'org.apache.logging.log4j:log4j-core', '2.17.1', []],
  ['npm', 'event-stream', '3.3.6', [['GHSA-mh6f-8j2x-4483']]],
  ['npm', 'event-stream', '4.0.1', []],
  ['npm', 'debug', '4.4.2', [['MAL-2025-46974']]],
  ['PyPI', 'PyYAML', '5.3.1', [['PYSEC-2021-142', '5.4']]],
  ['NuGet', 'newtonsoft.json', '12.0.3', [['GHSA-5crp-9r3c-p9vr', '13.0.1']]],
] as const)('%s %s %s', ([ecosystem, name, version, expected]) => {
  expect(ids(ecosystem, name, version)).toEqual(expected);
});

test('every fact is sound: known scheme, ascending intervals, computable vector, unique id', () => {
  expect(new Set(STARTER.map(({ id }) => id)).size).toBe(STARTER.length);
  for (const fact of STARTER) {
    const { versions, hasAdvisories } = ecosystemOf(fact.ecosystem);
    expect(hasAdvisories).toBe(true);
    const ranges = Object.keys(fact.affected)
      .flatMap((name) => store.lookup(fact.ecosystem, ecosystemOf(fact.ecosystem).normaliseName(name)))
      .flatMap((entry) => entry.ranges)
      .filter(({ introduced }) => introduced !== '0');
    expect(ranges.filter(({ introduced }) => !versions.isValid(introduced))).toEqual([]);
    expect(
      ranges.filter(
        ({ introduced, fixed }) => fixed !== undefined && versions.compare(introduced, fixed) >= 0,
      ),
    ).toEqual([]);
    for (const { score } of store.advisory(fact.ecosystem, STARTER.indexOf(fact)).scores)
      expect(score).toBeGreaterThan(0);
  }
});

test('it covers nothing, so that what it does not list stays "not checked"', () => {
  expect(store.covers('npm')).toBe(false);
  expect(store.sources.every(({ kind }) => kind === 'starter')).toBe(true);
  expect(store.sources.reduce((sum, { advisories }) => sum + advisories, 0)).toBe(STARTER.length);
});
