import { expect, test } from 'vitest';
import type { Extraction } from '../../../model/extractor.ts';
import { extractorContract } from '../contract.ts';
import { identify, withoutPeers } from './pnpm-key.ts';
import { pnpmLock } from './pnpm-lock.ts';

function read(text: string, files: Record<string, string> = {}, path = 'pnpm-lock.yaml'): Extraction {
  return pnpmLock.extract({ path, text }, (wanted) => files[wanted]);
}

const edges = (extraction: Extraction): string[] => {
  const label = (node: number) => {
    const { name, version } = extraction.components[node]!;
    return version === '' ? name : `${name}@${version}`;
  };
  return extraction.edges.map((e) => `${label(e.from)} ${e.kind} ${label(e.to)} ${e.range}`);
};

const V9 = `lockfileVersion: '9.0'

settings:
  autoInstallPeers: true

catalogs:
  default:
    left:
      specifier: ^1.0.0
      version: 1.0.2

overrides:
  pinned: 1.0.0

importers:

  .:
    dependencies:
      left:
        specifier: 'catalog:'
        version: 1.0.2
      old:
        specifier: npm:react@^16.0.0
        version: react@16.14.0
      ui:
        specifier: ^2.0.0
        version: 2.0.0(react@16.14.0)
    devDependencies:
      '@x/a':
        specifier: workspace:*
        version: link:packages/a
      git:
        specifier: github:o/git
        version: https://codeload.github.com/o/git/tar.gz/0123456789abcdef0123456789abcdef01234567

  packages/a:
    optionalDependencies:
      '@s/native':
        specifier: ^3.0.0
        version: 3.0.0

packages:

  '@s/native@3.0.0':
    resolution: {integrity: sha512-D==}
    os: [linux]
    deprecated: 'moved: see docs'

  git@https://codeload.github.com/o/git/tar.gz/0123456789abcdef0123456789abcdef01234567:
    resolution: {tarball: https://codeload.github.com/o/git/tar.gz/0123456789abcdef0123456789abcdef01234567}
    version: 0.1.0

  left@1.0.2:
    resolution: {integrity: sha512-A==, tarball: https://npm.example.invalid/left/-/left-1.0.2.tgz}

  react@16.14.0:
    resolution: {integrity: sha512-B==}

  ui@2.0.0:
    resolution: {integrity: sha512-C==}
    peerDependencies:
      react: '>=16'

snapshots:

  '@s/native@3.0.0':
    optional: true

  git@https://codeload.github.com/o/git/tar.gz/0123456789abcdef0123456789abcdef01234567: {}

  left@1.0.2: {}

  react@16.14.0: {}

  ui@2.0.0(react@16.14.0):
    dependencies:
      left: 1.0.2
      react: 16.14.0
    optionalDependencies:
      '@s/native': 3.0.0
`;

extractorContract(pnpmLock, 'web/pnpm-lock.yaml', V9);

test('format 9: edges, aliases, peers, catalogs, workspaces', () => {
  const extraction = read(V9, {
    'package.json': '{"name": "app"}',
    'packages/a/package.json': '{"name": "@x/a"}',
  });
  expect(edges(extraction).slice(0, 9)).toEqual([
    'app prod left@1.0.2 ^1.0.0',
    'app prod react@16.14.0 npm:react@^16.0.0',
    'app prod ui@2.0.0 ^2.0.0',
    'app dev @x/a workspace:*',
    'app dev git@0.1.0 github:o/git',
    '@x/a optional @s/native@3.0.0 ^3.0.0',
    'ui@2.0.0 prod left@1.0.2 ',
    'ui@2.0.0 peer react@16.14.0 >=16',
    'ui@2.0.0 optional @s/native@3.0.0 ',
  ]);
  expect(extraction.components.map((c) => [c.name, c.origin, c.line, c.alias])).toEqual([
    ['app', 'project', 17, undefined],
    ['@x/a', 'workspace', 36, undefined],
    ['@s/native', 'registry', 44, undefined],
    ['git', 'git', 49, undefined],
    ['left', 'registry', 53, undefined],
    ['react', 'registry', 56, 'old'],
    ['ui', 'registry', 59, undefined],
  ]);
  expect(extraction.components[2]).toMatchObject({ scopes: ['optional'], deprecated: 'moved: see docs' });
  expect(extraction.components[6]).toMatchObject({ key: 'ui@2.0.0(react@16.14.0)', integrity: 'sha512-C==' });
  expect(extraction.covers).toEqual(['package.json', 'packages/a/package.json']);
  expect(extraction.problems).toEqual([]);
});

test('manifests of all projects are asked for', () => {
  expect(pnpmLock.companions!({ path: 'web/pnpm-lock.yaml', text: V9 }, 'web/pnpm-lock.yaml')).toEqual([
    'web/package.json',
    'web/packages/a/package.json',
    'web/pnpm-workspace.yaml',
  ]);
});

test('format 6: keys with a slash, specifiers inline, scope marks', () => {
  const extraction = read(`lockfileVersion: '6.0'

dependencies:
  ui:
    specifier: ^2.0.0
    version: 2.0.0(@s/r@16.0.0)
  old:
    specifier: npm:@s/r@16
    version: /@s/r@16.0.0

packages:

  /@s/r@16.0.0:
    resolution: {integrity: sha512-A==}
    requiresBuild: true
    dev: false

  /ui@2.0.0(@s/r@16.0.0):
    resolution: {integrity: sha1-B=}
    peerDependencies:
      '@s/r': '*'
    dependencies:
      '@s/r': 16.0.0
      sub: github.com/o/sub/0123456789abcdef0123456789abcdef01234567
    dev: true
    optional: true

  github.com/o/sub/0123456789abcdef0123456789abcdef01234567:
    resolution: {tarball: https://codeload.github.com/o/sub/tar.gz/0123456789abcdef0123456789abcdef01234567}
    name: sub
    version: 1.2.3
    dev: false
`);
  expect(edges(extraction)).toEqual([
    'project prod ui@2.0.0 ^2.0.0',
    'project prod @s/r@16.0.0 npm:@s/r@16',
    'ui@2.0.0 peer @s/r@16.0.0 *',
    'ui@2.0.0 prod sub@1.2.3 ',
  ]);
  expect(extraction.components.slice(1).map((c) => [c.scopes, c.origin, c.hasInstallScript])).toEqual([
    [['prod'], 'registry', true],
    [['dev', 'optional'], 'registry', undefined],
    [['prod'], 'git', undefined],
  ]);
  expect(extraction.observations.map(({ rule, names }) => [rule, names])).toEqual([
    ['lockfile/weak-integrity', ['ui']],
  ]);
});

test('format 5: peers after an underscore, specifiers apart, other registries', () => {
  const extraction = read(`lockfileVersion: 5.4

specifiers:
  '@s/ui': ^2.0.0
  old: npm:r@16
  own: ^1.0.0

dependencies:
  '@s/ui': 2.0.0_r@16.0.0
  old: /r/16.0.0
  own: npm.example.invalid/own/1.0.0

packages:

  /@s/ui/2.0.0_r@16.0.0:
    resolution: {integrity: sha512-A==}
    dependencies:
      r: 16.0.0
    dev: false

  /r/16.0.0:
    resolution: {integrity: sha512-B==}
    dev: false

  npm.example.invalid/own/1.0.0:
    resolution: {integrity: sha512-C==}
    dev: false
`);
  expect(edges(extraction)).toEqual([
    'project prod @s/ui@2.0.0 ^2.0.0',
    'project prod r@16.0.0 npm:r@16',
    'project prod own@1.0.0 ^1.0.0',
    '@s/ui@2.0.0 prod r@16.0.0 ',
  ]);
});

test.for([
  ['a@1.0.0(b@2.0.0)(c@3.0.0)', 'a@1.0.0'],
  ['a@1.0.0(patch_hash=abc)', 'a@1.0.0'],
  ['/a/1.0.0_b@2.0.0+c@3.0.0', '/a/1.0.0'],
  ['/under_score/1.0.0', '/under_score/1.0.0'],
  ['/@s/under_score/1.0.0_hash', '/@s/under_score/1.0.0'],
] as const)('peers are no part of identity: %s', ([key, expected]) =>
  expect(withoutPeers(key)).toBe(expected),
);

test.for([
  ['@s/a@1.0.0-rc.1', '@s/a', '1.0.0-rc.1', 'registry'],
  ['/@s/a@1.0.0', '@s/a', '1.0.0', 'registry'],
  ['/@s/a/1.0.0', '@s/a', '1.0.0', 'registry'],
  ['/a.b/1.0.0_x@1.0.0', 'a.b', '1.0.0', 'registry'],
  ['npm.example.invalid/@s/a/1.0.0', '@s/a', '1.0.0', 'registry'],
  ['npm.example.invalid/@s/a@1.0.0', '@s/a', '1.0.0', 'registry'],
  ['a@file:../a', 'a', '', 'file'],
  ['a@https://example.invalid/a.tgz', 'a', '', 'url'],
  ['a@git+ssh://git@example.invalid/o/a.git#0123', 'a', '', 'git'],
  ['file:packages/a', 'a', '', 'file'],
] as const)('key %s', ([key, name, version, origin]) =>
  expect(identify(key, undefined)).toMatchObject({ name, version, origin }),
);

test('a manifest that moved on is out of step; overrides and links are not', () => {
  const manifest = JSON.stringify({
    name: 'app',
    dependencies: { left: 'catalog:', old: 'npm:react@^17.0.0', ui: '^2.0.0', fresh: '1' },
    devDependencies: { '@x/a': 'workspace:*' },
    peerDependencies: { react: '*' },
  });
  expect(read(V9, { 'package.json': manifest }).observations.map((o) => [o.rule, o.message])).toEqual([
    [
      'lockfile/out-of-step',
      'the lockfile does not match what is declared, in 3 places: fresh 1 is declared and not locked; ' +
        'git is locked for github:o/git and no longer declared; ' +
        'old npm:react@^17.0.0 is declared and 16.14.0 is locked',
    ],
  ]);
});

test('a lockfile that was cut off says so', () => {
  const cut = V9.slice(0, V9.indexOf('  react@16.14.0: {}'));
  expect(read(cut).problems.map((p) => [p.code, p.lost])).toEqual([['npm/missing-entry', true]]);
  expect(read('a: b\n').problems.map((p) => [p.code, p.lost])).toEqual([['npm/not-a-lockfile', true]]);
});

test('the document that locks pnpm itself is read beside the project’s', () => {
  const extraction = read(`---
lockfileVersion: '9.0'

importers:

  .:
    configDependencies: {}
    packageManagerDependencies:
      pnpm:
        specifier: 12.0.0
        version: 12.0.0

packages:

  pnpm@12.0.0:
    resolution: {integrity: sha512-P==}

snapshots:

  pnpm@12.0.0: {}

---
${V9}`);
  expect(edges(extraction)[0]).toBe('project build pnpm@12.0.0 12.0.0');
  expect(edges(extraction)).toHaveLength(10);
  expect(extraction.problems).toEqual([]);
});
