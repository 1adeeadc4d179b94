import fc from 'fast-check';
import semver from 'semver';
import { expect, test } from 'vitest';
import { schemeContract } from './contract.ts';
import { npm } from './npm.ts';

schemeContract(npm, [
  '0.0.0-0',
  '0.0.0',
  '0.0.1-alpha',
  '0.0.1',
  '1.0.0-1',
  '1.0.0-10',
  '1.0.0-alpha',
  '1.0.0-alpha.1',
  '1.0.0-alpha.beta',
  '1.0.0-beta',
  '1.0.0-beta.2',
  '1.0.0-beta.11',
  '1.0.0-rc.1',
  '1.0.0',
  '1.9.0',
  '1.10.0',
  '9007199254740993.0.0',
  '9007199254740994.0.0',
]);

test.for([
  ['build metadata does not count', '1.0.0+a', '1.0.0+b'],
  ['a v and an equals sign are noise', 'v1.2.3', '=1.2.3'],
  ['missing numbers are zero', '1.2', '1.2.0'],
  ['leading zeros are noise', '01.2.3', '1.2.3'],
  ['a hyphen may be missing', '1.2.3beta', '1.2.3-beta'],
] as const)('%s', ([, a, b]) => expect(npm.compare(a, b)).toBe(0));

test('what is no version comes before what is', () => {
  expect(npm.compare('latest', '0.0.0-0')).toBeLessThan(0);
  expect(npm.compare('', '0')).toBeLessThan(0);
});

test.for([
  ['half-open', '2.0.0', '>=1.0.0 <2.0.0', false],
  ['blanks after operators', '1.5.0', '>= 1.0.0   < 2.0.0', true],
  ['alternatives', '3.1.0', '^1.0.0 || ~3.1.0', true],
  ['an empty alternative is any release', '9.9.9', '1.0.0 ||', true],
  ['hyphen with a partial end', '2.3.9', '1.2 - 2.3', true],
  ['caret below one', '0.2.9', '^0.2.3', true],
  ['caret below one, next minor', '0.3.0', '^0.2.3', false],
  ['caret of a zero minor', '0.0.4', '^0.0.3', false],
  ['x', '1.7.0', '1.x', true],
  ['star takes no prerelease', '1.0.0-rc.1', '*', false],
  ['a prerelease of the same numbers', '1.2.3-beta.2', '^1.2.3-beta.1', true],
  ['a prerelease of other numbers', '1.3.0-beta.2', '^1.2.3-beta.1', false],
  ['a prerelease below the next major', '2.0.0-rc.1', '^1.0.0', false],
  ['greater than a partial', '1.2.9', '>1.2', false],
  ['a tag', '1.0.0', 'latest', undefined],
  ['a workspace reference', '1.0.0', 'workspace:^', undefined],
  ['a git reference', '1.0.0', 'git+https://host.invalid/a/b.git#semver:^1', undefined],
  ['numbers beyond 2^53', '9007199254740993.0.1', '^9007199254740993.0.0', true],
] as const)('npm range: %s', ([, version, range, expected]) =>
  expect(npm.satisfies(version, range)).toBe(expected),
);

const number = fc.constantFrom('0', '1', '2', '3', '10');
const prerelease = fc.constantFrom('', '', '', '-0', '-alpha', '-alpha.1', '-beta.2', '-rc.10', '-1.x');
const version = fc.tuple(number, number, number, prerelease).map(([a, b, c, pre]) => `${a}.${b}.${c}${pre}`);
const partial = fc.oneof(
  version,
  fc
    .array(fc.oneof(number, fc.constantFrom('x', '*', 'X')), { minLength: 1, maxLength: 3 })
    .map((parts) => parts.join('.')),
);
const simple = fc
  .tuple(fc.constantFrom('', '^', '~', '>', '>=', '<', '<=', '=', '~>', '>= ', '^ ', 'v'), partial)
  .map(([operator, text]) => operator + text);
const range = fc.oneof(
  fc
    .array(
      fc.array(simple, { minLength: 1, maxLength: 3 }).map((all) => all.join(' ')),
      { minLength: 1, maxLength: 3 },
    )
    .map((all) => all.join(' || ')),
  fc.tuple(partial, partial).map(([from, to]) => `${from} - ${to}`),
);

test('agrees with the semver package on order', () => {
  fc.assert(
    fc.property(version, version, (a, b) => {
      expect(Math.sign(npm.compare(a, b))).toBe(semver.compare(a, b));
    }),
    { numRuns: 2000 },
  );
});

test('agrees with the semver package on ranges', () => {
  fc.assert(
    fc.property(version, range, (v, r) => {
      expect(npm.satisfies(v, r) ?? false).toBe(semver.satisfies(v, r));
    }),
    { numRuns: 5000 },
  );
});
