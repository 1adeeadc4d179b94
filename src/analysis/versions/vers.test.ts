import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { schemeOfVers } from './index.ts';
import { formatVers, isInVers, parseVers, versOfNpmRange } from './vers.ts';

const canonical = (text: string): string | undefined => {
  const vers = parseVers(text);
  return vers === undefined ? undefined : formatVers(vers);
};

test.for([
  ['brings constraints into order', 'vers:npm/<2.0.0|>=1.0.0', 'vers:npm/>=1.0.0|<2.0.0'],
  ['drops the equals sign', 'vers:npm/=1.0.0', 'vers:npm/1.0.0'],
  ['keeps a colon', 'vers:deb/>=1:2.0%2Bb1', 'vers:deb/>=1:2.0%2Bb1'],
  ['takes every version', 'vers:npm/*', 'vers:npm/*'],
  ['no scheme', 'npm/1.0.0', undefined],
  ['an empty constraint', 'vers:npm/1.0.0||2.0.0', undefined],
  ['a blank', 'vers:npm/>=1.0.0| <2.0.0', undefined],
  ['a star among others', 'vers:npm/*|1.0.0', undefined],
] as const)('vers: %s', ([, text, expected]) => expect(canonical(text)).toBe(expected));

test.for([
  ['vers:pypi/>=1.0|<2.0', '1.5', true],
  ['vers:pypi/>=1.0|<2.0', '2.0', false],
  ['vers:pypi/<1.0|>=2.0|<3.0', '0.5', true],
  ['vers:pypi/<1.0|>=2.0|<3.0', '1.5', false],
  ['vers:pypi/<1.0|>=2.0|!=2.5', '2.5', false],
  ['vers:pypi/!=2.5', '2.4', true],
  ['vers:pypi/1.0|2.0', '1.5', false],
  ['vers:unheard-of/>=1|<2', '1.5', true],
] as const)('%s holds %s: %s', ([range, version, expected]) =>
  expect(isInVers(version, parseVers(range)!)).toBe(expected),
);

test('writes an npm range as vers', () => {
  expect(formatVers(versOfNpmRange('^1.2.3 || ~0.4.0')!)).toBe('vers:npm/>=0.4.0|<0.5.0|>=1.2.3|<2.0.0');
  expect(versOfNpmRange('latest')).toBeUndefined();
});

const suite = new URL('../../../../shared/data/spec/vers.json', import.meta.url);

interface Case {
  readonly test_type: 'comparison' | 'equality' | 'from_native' | 'parse' | 'validate' | 'containment';
  readonly suite: string;
  readonly input: unknown;
  readonly expected_output?: unknown;
  readonly expected_failure?: boolean;
}

interface Input {
  readonly input_scheme: string;
  readonly versions: readonly [string, string];
  readonly native_range: string;
  readonly vers: string;
  readonly version: string;
}

/** The suite names what we read; the schemes below it are ours. */
function holdsFor({
  test_type,
  input: raw,
  expected_output: expected,
  expected_failure: refused,
}: Case): boolean {
  const input = raw as Input;
  switch (test_type) {
    case 'comparison': {
      const scheme = schemeOfVers(input.input_scheme)!;
      // Two that are equal may stand in either order (the suite writes `-BETA` as `-beta`).
      return [...input.versions]
        .sort((a, b) => scheme.compare(a, b))
        .every((version, i) => scheme.compare(version, (expected as string[])[i]!) === 0);
    }
    case 'equality':
      return (schemeOfVers(input.input_scheme)!.compare(...input.versions) === 0) === expected;
    case 'from_native': {
      const vers = versOfNpmRange(input.native_range);
      return vers !== undefined && formatVers(vers) === expected;
    }
    case 'containment':
      return isInVers(input.version, parseVers(input.vers)!) === expected;
    case 'validate':
      return canonical(raw as string) === expected;
    default: {
      const vers = parseVers(raw as string, true);
      const read = vers && {
        scheme: vers.scheme,
        version_constraints: vers.constraints.map(({ operator, version }) => [operator, version]),
      };
      return refused ? read === undefined : JSON.stringify(read) === JSON.stringify(expected);
    }
  }
}

describe.skipIf(!existsSync(suite))(
  'the vers specification (../shared/data/spec/vers.json; skipped where absent)',
  () => {
    test.for([
      // Maven itself (3.8 to 4.0) says that 2-1 is above 2.0.a; the suite has each of these twice.
      ['comparison', 1761, ['["2-1","2.0.0.a"]', '["2-1","2.0.a"]']],
      ['equality', 161, []],
      ['validate', 19, []],
      ['parse', 12, []],
      ['containment', 11, []],
      // npm reads a partial version as a range, and `~0.8.0-pre` as below 0.9.0: the suite does neither here.
      [
        'from_native',
        491,
        ['2.1 || 2.6', '<= 1.0', '<=2.1 >=1.1', '>= 0.2.0 <= 0.9.6 || ~0.8.0-pre', '>= 1.x', '>= 2.2.x'],
      ],
    ] as const)('%s', ([type, count, apart]) => {
      const { cases } = JSON.parse(readFileSync(suite, 'utf8')) as { cases: Case[] };
      const chosen = cases.filter(
        (each) =>
          each.test_type === type && (type !== 'from_native' || each.suite === 'npm_range_from_native_test'),
      );
      expect(chosen.length).toBe(count);
      const wrong = chosen.filter((each) => !holdsFor(each)).map(({ input }) => input as Input);
      const named = wrong.map((input) => input.native_range ?? JSON.stringify(input.versions ?? input));
      expect([...new Set(named)].sort()).toEqual(apart);
    });
  },
);
