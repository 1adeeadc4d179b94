import { expect, test } from 'vitest';
import { compareTags, parseVersionTag, withEras } from './version-tag.ts';

const read = (
  name: string,
): readonly [prefix: string, version: string, isPrerelease: boolean] | undefined => {
  const tag = parseVersionTag(name);
  return tag === undefined ? undefined : [tag.prefix, tag.version, tag.isPrerelease];
};

test.each([
  ['v1.2.3', '', '1.2.3', false],
  ['1.2', '', '1.2', false],
  ['V2', '', '2', false],
  ['release-1.4', 'release-', '1.4', false],
  ['release/v1.4', 'release/', '1.4', false],
  ['@scope/name@3.0.1', '@scope/name@', '3.0.1', false],
  ['web@1.0.0', 'web@', '1.0.0', false],
  ['lib2-1.0', 'lib2-', '1.0', false],
  ['boost-1_80_0', 'boost-', '1.80.0', false],
  ['v1.0.0-rc.1', '', '1.0.0-rc.1', true],
  ['1.0b2', '', '1.0b2', true],
  ['v1.0.0-internal.1', '', '1.0.0-internal.1', true],
  ['1.0.0.Final', '', '1.0.0', false],
  ['v1.0.0-patch1', '', '1.0.0-patch1', false],
  ['2024.01.15', '', '2024.01.15', false],
] as const)('%s is a version', (name, prefix, version, isPrerelease) => {
  expect(read(name)).toEqual([prefix, version, isPrerelease]);
});

test.each(['nightly', 'latest', 'v', 'before-merge', 'x'.repeat(300), 'v1.0/docs'])('%s is none', (name) => {
  expect(read(name)).toBeUndefined();
});

test('versions are in order, and equal ones by name', () => {
  const tags = ['v1.10.0', 'v1.2.0', '1.2.0', 'v1.2.0-rc.1', 'v2.0.0'].map((name) => parseVersionTag(name)!);
  expect(tags.sort(compareTags).map(({ name }) => name)).toEqual([
    'v1.2.0-rc.1',
    '1.2.0',
    'v1.2.0',
    'v1.10.0',
    'v2.0.0',
  ]);
});

test('counted versions after dated ones are the higher ones; dated ones after counted ones are higher as they are', () => {
  const at: Readonly<Record<string, number>> = { '2018.09': 1, '20181001': 2, '2.0': 3, '3.0': 4 };
  const ordered = (names: readonly string[]): readonly string[] =>
    withEras(
      names.map((name) => ({ tag: parseVersionTag(name)! })),
      (some) => Math.max(...some.map(({ tag }) => at[tag.name] ?? 9)),
    )
      .toSorted((a, b) => compareTags(a.tag, b.tag))
      .map(({ tag }) => tag.name);
  expect(ordered(['3.0', '2018.09', '2.0', '20181001'])).toEqual(['2018.09', '20181001', '2.0', '3.0']);
  expect(ordered(['2026.1', '2.0', '3.0'])).toEqual(['2.0', '3.0', '2026.1']);
  expect(ordered(['2018.09', '2017.1'])).toEqual(['2017.1', '2018.09']);
});
