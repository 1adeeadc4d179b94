import { expect, test } from 'vitest';
import type { Extraction } from '../../../model/extractor.ts';
import { extractorContract } from '../contract.ts';
import { bunLock } from './bun-lock.ts';
import { jsonOf } from './jsonc.ts';

function read(text: string, files: Record<string, string> = {}, path = 'bun.lock'): Extraction {
  return bunLock.extract({ path, text }, (wanted) => files[wanted]);
}

const edges = (extraction: Extraction): string[] => {
  const label = (node: number) => {
    const { name, version } = extraction.components[node]!;
    return version === '' ? name : `${name}@${version}`;
  };
  return extraction.edges.map((e) => `${label(e.from)} ${e.kind} ${label(e.to)} ${e.range}`);
};

const SHA = '0123456789abcdef0123456789abcdef01234567';
const LOCK = `{
  "lockfileVersion": 1,
  // a comment, with "quotes"
  "workspaces": {
    "": {
      "name": "app",
      "dependencies": {
        "git": "github:o/git",
        "left": "catalog:",
        "old": "npm:react@^16.0.0",
        "tar": "https://example.invalid/tar.tgz",
      },
      "devDependencies": {
        "@x/m": "workspace:*",
      },
    },
    "packages/m": {
      "name": "@x/m",
      "version": "0.1.0",
      "dependencies": {
        "left": "^2.0.0",
      },
      "peerDependencies": {
        "react": ">=16",
        "vue": "*",
      },
      "optionalPeers": [
        "vue",
      ],
    },
  },
  "catalog": {
    "left": "^1.0.0",
  },
  "packages": {
    "@x/m": ["@x/m@workspace:packages/m"],

    "git": ["git@github:o/git#${SHA}", { "dependencies": { "left": "1" } }, "o-git-0123456"],

    "left": ["left@1.0.2", "", { "optionalDependencies": { "native": "3" } }, "sha512-AAAA"],

    "native": ["native@3.0.0", "https://npm.example.invalid/native/-/native-3.0.0.tgz", { "os": "darwin" }, "sha1-BBBB"],

    "old": ["react@16.14.0", "", {}, "sha512-CCCC"],

    "tar": ["tar@https://example.invalid/tar.tgz", { "peerDependencies": { "left": "*" } }, "sha512-DDDD"],

    "@x/m/left": ["left@2.0.0", "", { "bundled": true }],
  }
}
`;

extractorContract(bunLock, 'web/bun.lock', LOCK);

test('workspaces, aliases, catalogs, nested installations, origins', () => {
  const extraction = read(LOCK);
  expect(edges(extraction)).toEqual([
    `app prod git@${SHA} github:o/git`,
    'app prod left@1.0.2 ^1.0.0',
    'app prod react@16.14.0 npm:react@^16.0.0',
    'app prod tar https://example.invalid/tar.tgz',
    'app dev @x/m@0.1.0 workspace:*',
    '@x/m@0.1.0 prod left@2.0.0 ^2.0.0',
    `git@${SHA} prod left@1.0.2 1`,
    'left@1.0.2 optional native@3.0.0 3',
    'tar peer left@1.0.2 *',
  ]);
  expect(extraction.components.map((c) => [c.name, c.origin, c.line, c.alias, c.bundled])).toEqual([
    ['app', 'project', 5, undefined, undefined],
    ['@x/m', 'workspace', 17, undefined, undefined],
    ['git', 'git', 38, undefined, undefined],
    ['left', 'registry', 40, undefined, undefined],
    ['native', 'registry', 42, undefined, undefined],
    ['react', 'registry', 44, 'old', undefined],
    ['tar', 'url', 46, undefined, undefined],
    ['left', 'registry', 48, undefined, true],
  ]);
  expect(extraction.covers).toEqual(['package.json', 'packages/m/package.json']);
  // `react` is installed under the name of the alias only: the required peer is not there.
  expect(extraction.observations.map(({ rule, names }) => [rule, names])).toEqual([
    ['lockfile/out-of-step', ['react']],
    ['lockfile/weak-integrity', ['native']],
  ]);
  expect(extraction.problems).toEqual([]);
});

test('manifests of workspaces are asked for', () => {
  expect(bunLock.companions!({ path: 'web/bun.lock', text: LOCK }, 'web/bun.lock')).toEqual([
    'web/package.json',
    'web/packages/m/package.json',
  ]);
});

test('a manifest that moved on is out of step', () => {
  const manifest = {
    dependencies: { git: 'github:o/git', left: '^3.0.0', old: 'npm:react@^16.0.0', fresh: '1' },
  };
  const files = {
    'package.json': JSON.stringify(manifest),
    'packages/m/package.json': '{"dependencies": {"left": "^2.0.0"}}',
  };
  expect(read(LOCK, files).observations[0]!.message.replace(/^.*?: /, '')).toBe(
    '@x/m is locked for workspace:* and no longer declared; fresh 1 is declared and not locked; ' +
      'left ^3.0.0 is declared and 1.0.2 is locked; and 3 more',
  );
});

test('the binary format is a loss, unless the text format is there too', () => {
  const text = '#!/usr/bin/env bun\nbun-lockfile-format-v0\n\0\u0001';
  expect(read(text, {}, 'web/bun.lockb').problems).toMatchObject([
    { code: 'npm/binary-lockfile', lost: true },
  ]);
  const both = read(text, { 'web/bun.lock': LOCK }, 'web/bun.lockb');
  expect(both.problems.map(({ code, lost }) => [code, lost])).toEqual([['npm/binary-lockfile', undefined]]);
  expect(bunLock.companions!({ path: 'web/bun.lockb', text }, 'web/bun.lockb')).toEqual(['web/bun.lock']);
});

test('entries of another shape are a loss, and the rest is read', () => {
  const extraction = read(
    '{"workspaces": {"": {}}, "packages": {"a": [], "b": "x", "c": ["c@1.0.0", "", {}, "sha512-A"]}}',
  );
  expect(extraction.components.map((c) => c.name)).toEqual(['project', 'c']);
  expect(extraction.problems.map((p) => p.code)).toEqual(['npm/unexpected-entry', 'npm/unexpected-entry']);
  expect(read('{}').problems.map((p) => p.code)).toEqual(['npm/not-a-lockfile']);
});

test.for([
  ['a trailing comma', '{"a": 1,\n}', { a: 1 }],
  ['a comma, a comment, a bracket', '[1, // one\n]', [1]],
  ['a block comment', '/* x\n */{"a": /* , */ 2}', { a: 2 }],
  ['what looks like a comment in a string', '{"a": "//,}", "b": "\\",]"}', { a: '//,}', b: '",]' }],
] as const)('jsonOf: %s', ([, text, expected]) => {
  const json = jsonOf(text);
  expect(JSON.parse(json)).toEqual(expected);
  expect(json.length).toBe(text.length);
  expect(json.split('\n').length).toBe(text.split('\n').length);
});
