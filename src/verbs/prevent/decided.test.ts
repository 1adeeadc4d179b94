import { expect, test } from 'vitest';
import { DECISIONS_PATH } from '../../documents/decisions/append.ts';
import type { Disclosure } from '../../model/disclosure-report.ts';
import { DECISIONS } from '../../surfaces/cli/secrets-world.ts';
import { coverDecided } from './decided.ts';

const find = (rule: string, paths: readonly string[], more: Partial<Disclosure> = {}): Disclosure => ({
  fingerprint: `v1:${rule}:${'0'.repeat(32)}`,
  rule,
  title: rule,
  kind: 'credential',
  tier: 'certain',
  reasons: [],
  excerpt: '',
  advice: '',
  spots: paths.map((path) => ({ source: 'file', path, line: 1, within: [] })),
  copies: 1,
  ...more,
});

const entry = (about: string, until: string = '2027-01-01'): string =>
  `- id: d${about.length}${until}\n  status: not_affected\n  about: ${about}\n  reason: made up\n  by: Ann\n  expires: ${until}\n  at: 2026-11-01T00:00:00Z\n`;

const covered = (file: string, ...disclosures: Disclosure[]): readonly (string | undefined)[] =>
  coverDecided(disclosures, new TextEncoder().encode(file), '2026-11-22T00:00:00Z').disclosures.map(
    (one) => one.covered?.reason,
  );

test.for<[string, string, readonly (string | undefined)[]]>([
  [
    'a fingerprint',
    entry(`{ advisories: ["v1:jwt:${'0'.repeat(32)}"] }`),
    [undefined, 'made up (Ann)', undefined],
  ],
  ['a rule', entry('{ advisories: [secrets/jwt] }'), [undefined, 'made up (Ann)', undefined]],
  [
    'a rule in some files: where it is elsewhere too, it stays open',
    entry('{ advisories: [secrets/pat], manifest: "test/**" }'),
    ['made up (Ann)', undefined, undefined],
  ],
  [
    'one that has ended',
    entry('{ advisories: [secrets/jwt] }', '2026-11-02'),
    [undefined, undefined, undefined],
  ],
  ['one that names nothing', entry('{ manifest: "**" }'), [undefined, undefined, undefined]],
  ['no file of decisions', 'x: [', [undefined, undefined, undefined]],
])('a decision covers: %s', ([, file, expected]) => {
  const all = [find('pat', ['test/a']), find('jwt', ['a']), find('pat', ['test/a', 'b'])];
  expect(covered(file, ...all)).toEqual(expected);
});

test('places that are not named lie in no file; what is covered otherwise stays so', () => {
  const file = entry('{ advisories: [secrets/pat], manifest: a }');
  const other = { by: 'baseline', reason: 'old' } as const;
  expect(
    covered(file, find('pat', ['a'], { moreSpots: true }), find('pat', ['a'], { covered: other })),
  ).toEqual([undefined, 'old']);
  expect(DECISIONS).toBe(DECISIONS_PATH);
});
