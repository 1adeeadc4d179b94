import { expect, test } from 'vitest';
import { inWorkspaces } from './paths.ts';
import { clean } from './scrub.ts';
import { commitOf, isRegistryTarball, nameInTarball, originOfSource, releaseOf } from './source.ts';
import { parseSpec } from './spec.ts';

test.for([
  ['^1.0.0', 'registry', 'a', '^1.0.0'],
  ['>=1 <2 || 3', 'registry', 'a', '>=1 <2 || 3'],
  ['latest', 'registry', 'a', 'latest'],
  ['~1.2', 'registry', 'a', '~1.2'],
  ['npm:react@^16', 'registry', 'react', '^16'],
  ['npm:@s/b@1', 'registry', '@s/b', '1'],
  ['npm:@s/b', 'registry', '@s/b', '*'],
  ['npm:^1.0.0', 'registry', 'a', '^1.0.0'],
  ['catalog:ui', 'registry', 'a', 'catalog:ui'],
  ['patch:b@npm%3A1.0.0#./x.patch', 'registry', 'b', '1.0.0'],
  ['virtual:abc#npm:1.0.0', 'registry', 'a', '1.0.0'],
  ['jsr:^1.0.0', 'registry', '@jsr/a', '^1.0.0'],
  ['jsr:@s/b@^1', 'registry', '@jsr/s__b', '^1'],
  ['condition:NEXT ? ^2.0.0 : ^1.0.0', 'file', 'a', 'condition:NEXT ? ^2.0.0 : ^1.0.0'],
  ['workspace:^', 'workspace', 'a', 'workspace:^'],
  ['workspace:b@*', 'workspace', 'b', 'workspace:b@*'],
  ['file:../a', 'file', 'a', 'file:../a'],
  ['../a', 'file', 'a', '../a'],
  ['~/a', 'file', 'a', '~/a'],
  ['portal:../a', 'file', 'a', 'portal:../a'],
  ['o/r', 'git', 'a', 'o/r'],
  ['o/r#v1', 'git', 'a', 'o/r#v1'],
  ['git@example.invalid:o/r.git', 'git', 'a', 'git@example.invalid:o/r.git'],
  ['github:o/r', 'git', 'a', 'github:o/r'],
  ['ssh://git@example.invalid/o/r', 'git', 'a', 'ssh://git@example.invalid/o/r'],
  ['https://example.invalid/o/r.git#v1', 'git', 'a', 'https://example.invalid/o/r.git#v1'],
  ['https://codeload.github.com/o/r/tar.gz/abc', 'git', 'a', 'https://codeload.github.com/o/r/tar.gz/abc'],
  ['https://example.invalid/a.tgz', 'url', 'a', 'https://example.invalid/a.tgz'],
  ['', 'registry', 'a', ''],
] as const)('specifier %s', ([specifier, origin, name, range]) =>
  expect(parseSpec('a', specifier)).toEqual({ origin, name, range }),
);

test.for([
  ['https://x.invalid/@s/a/-/a-1.0.0.tgz', true],
  ['https://x.invalid/npm/all/@s%2fa/-/a-1.0.0.tgz?x=1#hash', true],
  ['https://x.invalid/@s/a/-/@s/a-1.0.0.tgz', true],
  ['https://x.invalid/@s/a/download/@s/a-1.0.0.tgz', true],
  ['https://x.invalid/@s/a/1.0.0/a-1.0.0.tgz', true],
  ['https://x.invalid/download/@s/a/1.0.0/0a1b', true],
  ['https://x.invalid/@s/a/-/a-1.0.1.tgz', false],
  ['https://x.invalid/@other/a/-/a-1.0.0.tgz', false],
  ['https://x.invalid/o/@s/a/releases/download/v1.0.0/a-1.0.0.tgz', false],
  ['https://x.invalid/a.tgz', false],
] as const)('%s is where a registry serves @s/a 1.0.0: %s', ([url, expected]) => {
  expect(isRegistryTarball(url, '@s/a', '1.0.0')).toBe(expected);
  expect(originOfSource(url, '@s/a', '1.0.0')).toBe(expected ? 'registry' : 'url');
});

test('names, releases and commits in addresses', () => {
  expect(nameInTarball('https://x.invalid/npm/@s/a/-/a-1.0.0.tgz')).toBe('@s/a');
  expect(nameInTarball('https://x.invalid/a.tgz')).toBeUndefined();
  expect(releaseOf('https://x.invalid/a-b/-/a-b-1.0.0-rc.1.tgz', 'a-b')).toBe('1.0.0-rc.1');
  expect(releaseOf('https://x.invalid/a-b-1.0.0.tgz', 'a-b')).toBe('');
  const commit = '0123456789abcdef0123456789abcdef01234567';
  expect(commitOf(`git+ssh://git@x.invalid/o/r.git#${commit}`)).toBe(commit);
  expect(commitOf(`https://x.invalid/o/r.git#commit=${commit}`)).toBe(commit);
  expect(commitOf(`https://codeload.github.com/o/r/tar.gz/${commit}`)).toBe(commit);
  expect(commitOf('github:o/r#v1')).toBe('');
});

test.for([
  ['packages/a', ['packages/*'], true],
  ['packages/a/b', ['packages/*'], false],
  ['packages/a/b', ['packages/**'], true],
  ['a/b/c/d', ['a/**/d'], true],
  ['a/d', ['./a/**/d/'], true],
  ['packages/old', ['packages/*', '!packages/old'], false],
  ['packages/app-x', ['packages/app-?'], true],
  ['a'.repeat(5_000), [`${'*a'.repeat(2_000)}b`], false],
] as const)('%s in workspaces %o: %s', ([folder, patterns, expected]) =>
  expect(inWorkspaces(folder, patterns)).toBe(expected),
);

test('credentials are cut from addresses anywhere in a text', () => {
  expect(clean('a https://u:p@x.invalid/y is git+ssh://git@x.invalid/z, b@npm:1')).toBe(
    'a https://x.invalid/y is git+ssh://git@x.invalid/z, b@npm:1',
  );
  expect(clean('https://to%40ken@x.invalid')).toBe('https://x.invalid');
});
