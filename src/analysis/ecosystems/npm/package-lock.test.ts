import { describe, expect, test } from 'vitest';
import type { Extraction } from '../../../model/extractor.ts';
import { extractorContract } from '../contract.ts';
import { packageLock } from './package-lock.ts';

const HOST = 'https://registry.example.invalid';
const tarball = (name: string, version: string) =>
  `${HOST}/${name}/-/${name.slice(name.lastIndexOf('/') + 1)}-${version}.tgz`;

/** An entry as npm writes it for something from a registry. */
const entry = (name: string, version: string, more: object = {}) => ({
  version,
  resolved: tarball(name, version),
  integrity: 'sha512-AAAA',
  ...more,
});

const lockfile = (packages: Record<string, object>, version = 3) =>
  JSON.stringify(
    { name: 'app', version: '1.0.0', lockfileVersion: version, requires: true, packages },
    null,
    2,
  );

function read(text: string, files: Record<string, string> = {}, path = 'package-lock.json'): Extraction {
  return packageLock.extract({ path, text }, (wanted) => files[wanted]);
}

const label = (extraction: Extraction, node: number): string => {
  const { name, version } = extraction.components[node]!;
  return version === '' ? name : `${name}@${version}`;
};
const edges = (extraction: Extraction): string[] =>
  extraction.edges.map((e) => `${label(extraction, e.from)} ${e.kind} ${label(extraction, e.to)} ${e.range}`);
const rules = (extraction: Extraction): string[] => extraction.observations.map(({ rule }) => rule);

const sample = lockfile({
  '': { name: 'app', version: '1.0.0', dependencies: { a: '^1.0.0' }, devDependencies: { '@s/d': '~2.0.0' } },
  'node_modules/a': entry('a', '1.2.0', { license: 'MIT', dependencies: { b: '^1.0.0' } }),
  'node_modules/a/node_modules/b': entry('b', '1.0.0'),
  'node_modules/b': entry('b', '2.0.0'),
  'node_modules/@s/d': entry('@s/d', '2.0.1', { dev: true, dependencies: { b: '^2.0.0' } }),
});

extractorContract(packageLock, 'web/package-lock.json', sample);
extractorContract(
  packageLock,
  'npm-shrinkwrap.json',
  JSON.stringify(
    {
      name: 'app',
      lockfileVersion: 1,
      dependencies: {
        a: { version: '1.0.0', requires: { b: '^1.0.0' }, dependencies: { b: { version: '1.0.1' } } },
        b: { version: '2.0.0', dev: true },
      },
    },
    null,
    2,
  ),
);

test('installed copies are not claimed', () => {
  expect(packageLock.claims('node_modules/.package-lock.json')).toBe(false);
  expect(packageLock.claims('web/node_modules/x/package-lock.json')).toBe(false);
  expect(packageLock.claims('node_modules/x/npm-shrinkwrap.json')).toBe(false);
});

describe('lockfileVersion 2 and 3', () => {
  test('edges follow nested node_modules, with ranges, kinds and lines', () => {
    const extraction = read(sample);
    expect(edges(extraction)).toEqual([
      'app@1.0.0 prod a@1.2.0 ^1.0.0',
      'app@1.0.0 dev @s/d@2.0.1 ~2.0.0',
      'a@1.2.0 prod b@1.0.0 ^1.0.0',
      '@s/d@2.0.1 prod b@2.0.0 ^2.0.0',
    ]);
    expect(extraction.components.map((c) => c.line)).toEqual([7, 17, 26, 31, 36]);
    expect(extraction.components[1]).toEqual({
      name: 'a',
      version: '1.2.0',
      origin: 'registry',
      line: 17,
      key: 'node_modules/a',
      scopes: ['prod'],
      source: tarball('a', '1.2.0'),
      integrity: 'sha512-AAAA',
      licence: 'MIT',
    });
    expect(extraction.covers).toEqual(['package.json']);
    expect(extraction.observations).toEqual([]);
  });

  test('lines are the same however the JSON is laid out', () => {
    const compact = JSON.stringify(JSON.parse(sample) as object);
    expect(read(compact).components.map((c) => c.line)).toEqual([1, 1, 1, 1, 1]);
    const tabs = JSON.stringify(JSON.parse(sample) as object, null, '\t');
    expect(read(tabs).components.map((c) => c.line)).toEqual([7, 17, 26, 31, 36]);
    const odd = sample.replace('"packages": {', '"packages":\n{');
    expect(read(odd).components.map((c) => c.line)).toEqual([8, 18, 27, 32, 37]);
  });

  test('an alias has its real name', () => {
    const extraction = read(
      lockfile({
        '': { dependencies: { old: 'npm:@s/real@^1.0.0' } },
        'node_modules/old': entry('@s/real', '1.0.0', { name: '@s/real' }),
      }),
    );
    expect(extraction.components[1]).toMatchObject({ name: '@s/real', alias: 'old', origin: 'registry' });
    expect(edges(extraction)).toEqual(['app@1.0.0 prod @s/real@1.0.0 npm:@s/real@^1.0.0']);
  });

  test('workspaces are nodes of their own, links are not', () => {
    const extraction = read(
      lockfile({
        '': { name: 'app', workspaces: ['packages/*'], devDependencies: { tool: '^1.0.0' } },
        'node_modules/@x/a': { resolved: 'packages/a', link: true },
        'node_modules/b': { resolved: 'packages/b', link: true },
        'node_modules/outside': { resolved: '../outside', link: true },
        'node_modules/tool': entry('tool', '1.0.0'),
        'packages/a': {
          name: '@x/a',
          version: '0.1.0',
          dependencies: { b: '*' },
          devDependencies: { tool: '^2' },
        },
        'packages/a/node_modules/tool': entry('tool', '2.0.0'),
        'packages/b': { version: '0.2.0', dependencies: { tool: '^1.0.0' } },
        '../outside': { version: '3.0.0', dependencies: {} },
      }),
      {},
      'web/package-lock.json',
    );
    expect(extraction.components.slice(0, 4).map((c) => [c.name, c.version, c.origin])).toEqual([
      ['app', '1.0.0', 'project'],
      ['@x/a', '0.1.0', 'workspace'],
      ['b', '0.2.0', 'workspace'],
      ['outside', '3.0.0', 'file'],
    ]);
    expect(edges(extraction)).toEqual([
      'app@1.0.0 dev tool@1.0.0 ^1.0.0',
      'app@1.0.0 prod @x/a@0.1.0 ',
      'app@1.0.0 prod b@0.2.0 ',
      '@x/a@0.1.0 prod b@0.2.0 *',
      '@x/a@0.1.0 dev tool@2.0.0 ^2',
      'b@0.2.0 prod tool@1.0.0 ^1.0.0',
    ]);
    expect(extraction.covers).toEqual([
      'web/package.json',
      'web/packages/a/package.json',
      'web/packages/b/package.json',
      'outside/package.json',
    ]);
  });

  test('manifests of linked workspaces are asked for', () => {
    const text = lockfile({ 'node_modules/a': { resolved: 'packages/a', link: true } });
    expect(packageLock.companions!({ path: 'w/package-lock.json', text }, 'w/package-lock.json')).toEqual([
      'w/package.json',
      'w/.npmrc',
      'w/packages/a/package.json',
    ]);
  });

  test('peers resolve where they are installed; optional peers may be missing, required ones not', () => {
    const packages = {
      '': { dependencies: { ui: '^1.0.0' } },
      'node_modules/ui': entry('ui', '1.0.0', {
        peerDependencies: { react: '>=16', vue: '>=3', angular: '1' },
        peerDependenciesMeta: { vue: { optional: true } },
        optionalDependencies: { fast: '^1.0.0' },
      }),
      'node_modules/react': entry('react', '18.0.0', { peer: true }),
      'node_modules/fast': entry('fast', '1.0.0', { optional: true }),
    };
    const extraction = read(lockfile(packages));
    expect(edges(extraction)).toEqual([
      'app@1.0.0 prod ui@1.0.0 ^1.0.0',
      'ui@1.0.0 optional fast@1.0.0 ^1.0.0',
      'ui@1.0.0 peer react@18.0.0 >=16',
    ]);
    expect(extraction.observations.map((o) => [o.rule, o.message, o.names])).toEqual([
      [
        'lockfile/out-of-step',
        'the lockfile does not match what is declared, in 1 place: angular 1 is asked for by ui and not locked',
        ['angular'],
      ],
    ]);
    expect(rules(read(lockfile(packages), { '.npmrc': 'legacy-peer-deps = true\n' }))).toEqual([]);
  });

  test('origins: git, tarball, folder and private mirror are told apart', () => {
    const extraction = read(
      lockfile({
        '': {},
        'node_modules/g': { version: '1.0.0', resolved: 'git+ssh://git@example.invalid/o/g.git#0123' },
        'node_modules/t': {
          version: '1.0.0',
          resolved: 'https://example.invalid/t.tgz',
          integrity: 'sha512-A',
        },
        'node_modules/f': { version: '1.0.0', resolved: 'file:../f.tgz', integrity: 'sha512-A' },
        'node_modules/m': entry('m', '1.0.0', {
          resolved: 'https://example.invalid/npm/all/m/-/m-1.0.0.tgz',
        }),
        'node_modules/@s/h': entry('@s/h', '1.0.0', {
          resolved: 'https://example.invalid/download/@s/h/1.0.0/abcdef',
        }),
        'node_modules/o': { version: '1.0.0', integrity: 'sha512-A' },
        'node_modules/o/node_modules/in': { version: '1.0.0', inBundle: true },
        'node_modules/fake': entry('fake', '1.0.0', { resolved: tarball('other', '1.0.0') }),
      }),
    );
    expect(extraction.components.slice(1).map((c) => [c.name, c.origin, c.bundled ?? false])).toEqual([
      ['g', 'git', false],
      ['t', 'url', false],
      ['f', 'file', false],
      ['m', 'registry', false],
      ['@s/h', 'registry', false],
      ['o', 'registry', false],
      ['in', 'registry', true],
      ['fake', 'url', false],
    ]);
    expect(rules(extraction)).toEqual([]);
  });

  test('weak, missing and insecure pins are named', () => {
    const extraction = read(
      lockfile({
        '': {},
        'node_modules/w': entry('w', '1.0.0', { integrity: 'sha1-AAAA' }),
        'node_modules/both': entry('both', '1.0.0', { integrity: 'sha1-AAAA sha512-BBBB' }),
        'node_modules/n': { version: '1.0.0', resolved: tarball('n', '1.0.0') },
        'node_modules/i': entry('i', '1.0.0', { resolved: 'http://example.invalid/i/-/i-1.0.0.tgz' }),
        'node_modules/u': { version: 'https://example.invalid/u.tgz' },
      }),
    );
    expect(extraction.observations.map((o) => [o.rule, o.names])).toEqual([
      ['lockfile/weak-integrity', ['w']],
      ['lockfile/no-integrity', ['n']],
      ['lockfile/insecure-source', ['i']],
      ['lockfile/url-version', ['u']],
    ]);
  });

  test('install scripts, deprecation and npm’s own scope marks are kept', () => {
    const extraction = read(
      lockfile({
        '': {},
        'node_modules/a': entry('a', '1.0.0', {
          hasInstallScript: true,
          deprecated: 'use b',
          devOptional: true,
        }),
      }),
    );
    expect(extraction.components[1]).toMatchObject({
      hasInstallScript: true,
      deprecated: 'use b',
      scopes: ['dev', 'optional'],
    });
  });

  test('a manifest that moved on is out of step', () => {
    const lock = lockfile({
      '': {
        dependencies: { kept: '^1.0.0', moved: '^1.0.0', gone: '^1.0.0', pinned: '^1.0.0', wider: '^1' },
      },
      'node_modules/kept': entry('kept', '1.0.0'),
      'node_modules/moved': entry('moved', '1.5.0'),
      'node_modules/gone': entry('gone', '1.0.0'),
      'node_modules/pinned': entry('pinned', '1.0.0'),
      'node_modules/wider': entry('wider', '1.0.0'),
    });
    const manifest = JSON.stringify({
      dependencies: { kept: '^1.0.0', moved: '^2.0.0', fresh: '^1.0.0', pinned: '^2.0.0', wider: '>=1' },
      overrides: { pinned: '1.0.0' },
    });
    const [observation] = read(lock, { 'package.json': manifest }).observations;
    expect(observation).toMatchObject({
      rule: 'lockfile/out-of-step',
      names: ['fresh', 'gone', 'moved', 'wider'],
    });
    expect(observation!.message).toBe(
      'the lockfile does not match what is declared, in 4 places: ' +
        'fresh ^1.0.0 is declared and not locked; gone is locked for ^1.0.0 and no longer declared; ' +
        'moved ^2.0.0 is declared and 1.5.0 is locked; and 1 more',
    );
  });

  test('cycles, links to nothing and entries of the wrong kind', () => {
    const extraction = read(
      lockfile({
        '': { dependencies: { a: '1' } },
        'node_modules/a': entry('a', '1.0.0', { dependencies: { b: '1' } }),
        'node_modules/b': entry('b', '1.0.0', { dependencies: { a: '1' } }),
        'node_modules/l': { resolved: 'packages/l', link: true },
        'node_modules/odd': [] as object,
      }),
    );
    expect(edges(extraction).slice(1)).toEqual(['a@1.0.0 prod b@1.0.0 1', 'b@1.0.0 prod a@1.0.0 1']);
    expect(extraction.problems.map((p) => [p.code, p.lost])).toEqual([
      ['npm/unexpected-entry', true],
      ['npm/dangling-link', true],
    ]);
  });
});

describe('lockfileVersion 1', () => {
  const nested = (dependencies: object) =>
    JSON.stringify(
      { name: 'app', version: '1.0.0', lockfileVersion: 1, requires: true, dependencies },
      null,
      2,
    );
  const v1 = nested({
    a: {
      version: '1.0.0',
      resolved: tarball('a', '1.0.0'),
      integrity: 'sha1-AAAA',
      requires: { b: '^1.0.0', opt: '*' },
      dependencies: { b: { version: '1.1.0', bundled: true } },
    },
    b: { version: '2.0.0', resolved: tarball('b', '2.0.0'), integrity: 'sha512-A', dev: true },
    g: { version: 'github:o/g#0123456789abcdef0123456789abcdef01234567', from: 'github:o/g#v1' },
    old: { version: 'npm:@s/real@3.0.0', integrity: 'sha512-A' },
    opt: { version: '1.0.0', integrity: 'sha512-A', optional: true },
  });

  test('requires resolve through nested dependencies; direct ones come from the manifest', () => {
    const extraction = read(v1, {
      'package.json':
        '{"dependencies": {"a": "^1.0.0", "old": "npm:@s/real@^3"}, "devDependencies": {"b": "^2.0.0"}}',
    });
    expect(edges(extraction)).toEqual([
      'a@1.0.0 prod b@1.1.0 ^1.0.0',
      'a@1.0.0 optional opt@1.0.0 *',
      'app@1.0.0 prod a@1.0.0 ^1.0.0',
      'app@1.0.0 prod @s/real@3.0.0 npm:@s/real@^3',
      'app@1.0.0 dev b@2.0.0 ^2.0.0',
    ]);
    expect(extraction.components.map((c) => [c.name, c.line])).toEqual([
      ['app', 1],
      ['a', 7],
      ['b', 22],
      ['g', 28],
      ['@s/real', 32],
      ['opt', 36],
      ['b', 16],
    ]);
    expect(extraction.components[3]).toMatchObject({
      origin: 'git',
      version: '0123456789abcdef0123456789abcdef01234567',
    });
    expect(rules(extraction)).toEqual([
      'lockfile/weak-integrity',
      'lockfile/url-version',
      'lockfile/old-format',
    ]);
    expect(extraction.problems).toEqual([]);
  });

  test('without a manifest, what nothing asks for must be direct', () => {
    const extraction = read(v1);
    expect(edges(extraction).slice(2)).toEqual([
      'app@1.0.0 prod a@1.0.0 ',
      'app@1.0.0 dev b@2.0.0 ',
      'app@1.0.0 prod g@0123456789abcdef0123456789abcdef01234567 ',
      'app@1.0.0 prod @s/real@3.0.0 ',
    ]);
    expect(extraction.problems.map((p) => [p.code, p.lost])).toEqual([['npm/no-manifest', undefined]]);
  });

  test('a requirement or a declared dependency that is not locked is out of step', () => {
    const extraction = read(
      nested({ a: { version: '1.0.0', integrity: 'sha512-A', requires: { lost: '^1.0.0' } } }),
      {
        'package.json': '{"dependencies": {"a": "^1.0.0", "fresh": "1"}}',
      },
    );
    expect(extraction.observations[0]).toMatchObject({
      rule: 'lockfile/out-of-step',
      names: ['fresh', 'lost'],
    });
  });

  test('an empty project is a lockfile, other JSON is not', () => {
    expect(read('{"name": "app", "lockfileVersion": 1}').problems).toEqual([]);
    expect(read('{"name": "app"}').problems.map((p) => [p.code, p.lost])).toEqual([
      ['npm/not-a-lockfile', true],
    ]);
  });
});
