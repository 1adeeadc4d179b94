import { expect, test } from 'vitest';
import type { Component, Purl } from '../../model/component.ts';
import type { Upkeep } from '../../model/critical.ts';
import { upkeepOf, type UpkeepInput } from './signs.ts';

const component: Component = {
  purl: 'pkg:npm/a@1.0.0' as Purl,
  ecosystem: 'npm',
  name: 'a',
  version: '1.0.0',
  origin: 'registry',
  licences: [],
};
const NONE = { critical: 0, high: 0, medium: 0, low: 0, unknown: 0 };
const upkeep = (more: Partial<Upkeep> = {}): Upkeep => ({
  ecosystem: 'npm',
  name: 'a',
  releases: [],
  ...more,
});
const facts = (more: Partial<UpkeepInput> = {}) =>
  upkeepOf({
    component,
    open: NONE,
    malware: 0,
    checked: true,
    deprecationStated: true,
    upkeep: undefined,
    now: '2026-01-01T00:00:00Z',
    ...more,
  });
const signs = (more: Partial<UpkeepInput>) =>
  facts(more).signs.map(({ code, effect }) => `${effect} ${code}`);
const released = (at: string) => [{ version: '1.0.0', at }];

test.for([
  ['nothing known', {}, []],
  ['a critical finding', { open: { ...NONE, critical: 1 } }, ['bad findings']],
  ['an unscored finding is not below a threshold', { open: { ...NONE, unknown: 1 } }, ['bad findings']],
  ['a low finding is worth knowing', { open: { ...NONE, low: 1 } }, ['note findings']],
  ['malicious code', { malware: 1 }, ['bad malware']],
  ['deprecated by the lockfile', { component: { ...component, deprecated: 'x' } }, ['bad deprecated']],
  [
    'deprecated by the metadata, in this version',
    { upkeep: upkeep({ releases: [{ version: '1.0.0', deprecated: 'x' }] }) },
    ['bad deprecated'],
  ],
  [
    'another version is deprecated',
    { upkeep: upkeep({ releases: [{ version: '0.1.0', deprecated: 'x' }] }) },
    [],
  ],
  [
    'withdrawn by its publishers',
    { upkeep: upkeep({ releases: [{ version: '1.0.0', withdrawn: true }] }) },
    ['bad withdrawn'],
  ],
  ['archived', { upkeep: upkeep({ archived: true }) }, ['bad archived']],
  [
    'one account, released lately',
    { upkeep: upkeep({ maintainers: 1, releases: released('2025-06-01') }) },
    ['note one-maintainer'],
  ],
  [
    'two accounts',
    { upkeep: upkeep({ maintainers: 2, releases: released('2025-06-01') }) },
    ['note few-maintainers'],
  ],
  [
    'one account and no release for years',
    { upkeep: upkeep({ maintainers: 1, releases: released('2020-06-01') }) },
    ['bad abandoned', 'note old'],
  ],
  [
    'an old version of a name that is alive',
    {
      upkeep: upkeep({
        maintainers: 1,
        releases: [...released('2020-06-01'), { version: '2.0.0', at: '2025-06-01' }],
      }),
    },
    ['note one-maintainer', 'note old'],
  ],
  [
    'a finished component with several keepers',
    { upkeep: upkeep({ maintainers: 5, releases: released('2015-06-01') }) },
    ['note old'],
  ],
  [
    'dates that cannot be read',
    { upkeep: upkeep({ maintainers: 1, releases: released('when it is done') }) },
    ['note one-maintainer'],
  ],
] as const)('%s', ([, input, expected]) => expect(signs(input as Partial<UpkeepInput>)).toEqual(expected));

test('what was not given is unknown', () => {
  expect(facts({ checked: false, deprecationStated: false }).unknown).toEqual([
    'advisories',
    'maintainers',
    'age',
    'deprecation',
  ]);
  expect(facts({ upkeep: upkeep({ maintainers: 3, releases: released('2025-01-01') }) }).unknown).toEqual([]);
});

test('grave and light findings are told in one line, by the gravest', () => {
  const { signs: told } = facts({ open: { ...NONE, high: 1, medium: 2 } });
  expect(told).toEqual([{ code: 'findings', text: 'open findings: 1 high, 2 medium', effect: 'bad' }]);
});
