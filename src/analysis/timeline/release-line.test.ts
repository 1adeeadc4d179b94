import { expect, test } from 'vitest';
import { mayBeAbandoned, releaseLine, releasesOf, type Release } from './release-line.ts';
import { parseVersionTag } from './version-tag.ts';

/** Each tag on a commit of its own name, a day apart; `notMerged` are those that HEAD does not contain. */
const line = (
  names: readonly string[],
  notMerged: readonly string[] = [],
): Readonly<Record<'main' | 'older' | 'notMerged', string[]>> => {
  const releases = dated(names);
  const found = releaseLine(releases, {
    isMerged: (commit) => !notMerged.includes(commit),
    dateOf: () => 0,
  });
  const label = (list: readonly Release[]): string[] => list.map(({ tag }) => tag.name);
  return { main: label(found.main), older: label(found.older), notMerged: label(found.notMerged) };
};

const dated = (names: readonly string[]): Release[] =>
  releasesOf(
    names.map((name) => ({ tag: parseVersionTag(name)!, commit: name })),
    (commit) => names.indexOf(commit) * 86_400,
  );

test('a release after a higher version is of an older line', () => {
  expect(line(['1.0', '1.1', '2.0', '1.2', '2.1', '1.3'])).toEqual({
    main: ['1.0', '1.1', '2.0', '2.1'],
    older: ['1.2', '1.3'],
    notMerged: [],
  });
});

test('a high number on a branch that was never merged does not make the merged releases after it old', () => {
  expect(line(['1.0', '9.0', '1.1', '1.2'], ['9.0'])).toEqual({
    main: ['1.0', '1.1', '1.2'],
    older: [],
    notMerged: ['9.0'],
  });
});

test('where releases are made on branches that are never merged they are releases all the same', () => {
  expect(line(['1.0', '1.1', '2.0', '1.2', '2.1'], ['1.1', '2.0', '1.2', '2.1']).main).toEqual([
    '1.0',
    '1.1',
    '2.0',
    '2.1',
  ]);
});

test('of tags on one commit the highest names it', () => {
  const tags = ['1.0', 'v1.0.1', '1.0.1'].map((name) => ({ tag: parseVersionTag(name)!, commit: 'a' }));
  const [release] = releasesOf(tags, () => 5);
  expect([release?.tag.name, release?.also]).toEqual(['v1.0.1', ['1.0', '1.0.1']]);
});

test('whether a branch may be abandoned is what counting pairs says', () => {
  let seed = 7;
  const next = (most: number): number => (seed = (seed * 48_271) % 2_147_483_647) % most;
  for (let round = 0; round < 500; round++) {
    const releases = dated([...new Set(Array.from({ length: 1 + next(9) }, () => `${next(6)}.${next(4)}`))]);
    const version = ({ tag }: Release): number => {
      const [major, minor] = tag.version.split('.');
      return Number(major) * 10 + Number(minor);
    };
    const expected = releases.some((release, i) => {
      const later = releases.slice(i + 1);
      return later.filter((other) => version(other) < version(release)).length * 2 > later.length;
    });
    expect(mayBeAbandoned(releases)).toBe(expected);
  }
});
