import { expect, test } from 'vitest';
import { chooseTags } from './choose-tags.ts';

const chosen = (names: readonly string[], globs: readonly string[] = [], prereleases = false): string[] =>
  chooseTags(names, globs, prereleases).tags.map(({ name }) => name);

test('releases are tags that look like versions, without prereleases, and what is left out is counted', () => {
  const { tags, leftOut } = chooseTags(['v1.0', 'v1.1-rc.1', 'nightly', 'web@1.0', '1.1'], [], false);
  expect(tags.map(({ name }) => name)).toEqual(['v1.0', '1.1']);
  expect(leftOut).toEqual([
    { why: 'not-a-version', count: 1, examples: ['nightly'] },
    { why: 'other-prefix', count: 1, examples: ['web@1.0'] },
    { why: 'prerelease', count: 1, examples: ['v1.1-rc.1'] },
  ]);
  expect(chosen(['v1.0', 'v1.1-rc.1'], [], true)).toEqual(['v1.0', 'v1.1-rc.1']);
});

test('where there are only prereleases they are the releases', () => {
  expect(chosen(['v0.1.0-alpha', 'v0.1.0-beta'])).toEqual(['v0.1.0-alpha', 'v0.1.0-beta']);
});

test('another prefix is taken when it is far more common than plain versions', () => {
  expect(chosen(['1.0', 'rel-1', 'rel-2', 'rel-3', 'rel-4'])).toEqual(['1.0']);
  expect(chosen(['1.0', 'rel-1', 'rel-2', 'rel-3', 'rel-4', 'rel-5'])).toHaveLength(5);
});

test('a glob takes every tag that it matches, over slashes, versions or not', () => {
  const names = ['web@1.0', 'web@1.1-rc.1', '@a/web@1.0', 'api@1.0', 'web@nightly'];
  expect(chosen(names, ['web@*'])).toEqual(['web@1.0', 'web@1.1-rc.1', 'web@nightly']);
  expect(chosen(names, ['@a/*', 'api*'])).toEqual(['@a/web@1.0', 'api@1.0']);
  expect(chosen(names, ['*@1.0'])).toEqual(['web@1.0', '@a/web@1.0', 'api@1.0']);
});
