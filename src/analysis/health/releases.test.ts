import { expect, test } from 'vitest';
import { median, percentile } from './figures.ts';
import {
  deliveries,
  isPrerelease,
  newestFinished,
  judgedPart,
  releasesOfTags,
  versionOfTag,
} from './releases.ts';

test.for([
  ['v1.2.3', '1.2.3', '', false],
  ['1.2', '1.2', '', false],
  ['release-1.2.3', '1.2.3', '', false],
  ['ckan-2.11.0', '2.11.0', 'ckan', false],
  ['@scope/name@1.0.0-rc.1', '1.0.0-rc.1', '@scope/name', true],
  ['sdk/v1.2.3', '1.2.3', 'sdk', false],
  ['REL_1_2_3', '1.2.3', '', false],
  ['curl-7_80_0', '7.80.0', 'curl', false],
  ['v2026.01.02', '2026.01.02', '', false],
  ['1.0.0b1', '1.0.0b1', '', true],
  ['v1.0.0+build.5', '1.0.0+build.5', '', false],
] as const)('the tag %s is version %s', ([tag, version, line, prerelease]) => {
  expect(versionOfTag(tag)).toEqual({ version, line, prerelease });
});

test.for(['latest', 'v4', 'nightly-2026', 'stable', '', 'v', 'data-2022-08-18', 'what 1.2'])(
  'the tag %j names no version',
  (tag) => expect(versionOfTag(tag)).toBeUndefined(),
);

test.for([
  ['1.2.3', false],
  ['1.2.3-4', false],
  ['1.2.3.Final', false],
  ['1.0.post1', false],
  ['1.2.3-beta', true],
  ['2.0rc1', true],
  ['1.0.dev3', true],
  ['1.0.0-SNAPSHOT', true],
] as const)('%s is a prerelease: %s', ([version, expected]) => expect(isPrerelease(version)).toBe(expected));

const DAY = 86_400;
const tags = (...given: readonly (readonly [string, number])[]) =>
  releasesOfTags(given.map(([name, day]) => ({ name, commit: 'c', at: day * DAY })));

test('what came out on one day is one delivery; prereleases are none', () => {
  const releases = tags(['v1.0.0', 1], ['v2.0.0', 1], ['v2.1.0-rc.1', 5], ['v2.1.0', 9], ['v2.2.0', 40]);
  expect(deliveries(releases, 0, 30 * DAY)).toEqual([DAY, 9 * DAY]);
});

test('of the releases of the last day the highest is the newest', () => {
  expect(
    newestFinished(tags(['v3.0.0', 1], ['v2.10.1', 9], ['v2.9.1', 9], ['v4.0.0-rc.1', 10]))?.version,
  ).toBe('2.10.1');
  expect(newestFinished([])).toBeUndefined();
});

test('a component of a repository of many has its own tags, else those that name no part', () => {
  const releases = tags(['@a/x@1.0.0', 1], ['@a/y@2.0.0', 2], ['v3.0.0', 3], ['y-4.0.0', 4]);
  const judged = (name?: string) => {
    const { part, because, releases: found } = judgedPart(releases, name, 9 * DAY);
    return [part, because, ...found.map(({ version }) => version)];
  };
  expect(judged('@a/y')).toEqual(['@a/y', 'asked for', '2.0.0']);
  expect(judged('@b/y')).toEqual(['y', 'asked for', '4.0.0']);
  expect(judged('@a/z')).toEqual(['', 'asked for', '3.0.0']);
  expect(judgedPart([], 'x', 0)).toEqual({ releases: [], part: '', parts: 0, because: 'only' });
  expect(judgedPart(tags(['y-4.0.0', 4]), 'x', 0)).toMatchObject({ part: 'y', parts: 1, because: 'only' });
});

test('of many parts the one with most finished releases is judged, of those that are still released', () => {
  const releases = tags(
    ['a-1.0', 1],
    ['a-1.1', 2],
    ['a-1.2', 3],
    ['b-1.0', 1],
    ['b-1.1', 1000],
    ['c-1.0-rc.1', 1000],
    ['c-1.0-rc.2', 1000],
    ['c-1.0-rc.3', 1000],
  );
  expect(judgedPart(releases, undefined, 10 * DAY).part).toBe('a');
  expect(judgedPart(releases, undefined, 1001 * DAY)).toMatchObject({
    part: 'b',
    parts: 3,
    because: 'most releases',
  });
});

test('medians and percentiles', () => {
  expect(median([])).toBeUndefined();
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 2, 3])).toBe(2.5);
  expect(percentile([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 0.9)).toBe(9);
  expect(percentile([5], 0.9)).toBe(5);
});
