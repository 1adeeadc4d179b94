import { expect, test } from 'vitest';
import { extractorContract } from '../contract.ts';
import { composerJson } from './composer-json.ts';
import { composerLock } from './composer-lock.ts';
import { composerCommand } from './upgrade.ts';

const LOCK = `{
    "_readme": ["This file locks the dependencies of your project to a known state"],
    "content-hash": "00",
    "packages": [
        {
            "name": "Monolog/monolog",
            "version": "2.9.1",
            "source": {"type": "git", "url": "https://host.invalid/monolog.git", "reference": "0123"},
            "dist": {"type": "zip", "url": "https://host.invalid/monolog.zip", "reference": "0123", "shasum": ""},
            "require": {"php": ">=7.2", "ext-json": "*", "psr/log": "^1.0.1 || ^2.0"},
            "provide": {"psr/log-implementation": "1.0.0"},
            "license": ["MIT"],
            "type": "library",
            "notification-url": "https://registry.example.invalid/downloads/"
        },
        {
            "name": "psr/log",
            "version": "2.0.0",
            "dist": {"type": "zip", "url": "https://host.invalid/log.zip", "shasum": "abcd"},
            "license": ["LGPL-2.1-only", "GPL-3.0-or-later"],
            "abandoned": "psr/log3",
            "notification-url": "https://registry.example.invalid/downloads/"
        },
        {
            "name": "team/fork",
            "version": "dev-main",
            "source": {"type": "git", "url": "https://user:pw@host.invalid/fork.git", "reference": "4567"},
            "require": {"psr/log-implementation": "1.0"}
        },
        {
            "name": "team/own",
            "version": "1.0",
            "dist": {"type": "path", "url": "packages/own", "reference": "89ab"}
        }
    ],
    "packages-dev": [
        {
            "name": "team/plugin",
            "version": "v1.2.3",
            "type": "composer-plugin",
            "require": {"composer-plugin-api": "^2.0", "team/own": "*"},
            "abandoned": true,
            "dist": {"type": "zip", "url": "https://host.invalid/p.zip"}
        }
    ],
    "aliases": [],
    "platform": {"php": ">=8.1"}
}
`;

const JSON_FILE = `{
    "name": "team/app",
    "require": {
        "php": ">=8.1",
        "monolog/Monolog": "^2.0",
        "team/fork": "dev-main as 1.0",
        "psr/log-implementation": "*"
    },
    "require-dev": {
        "team/plugin": "1.2.3"
    }
}
`;

extractorContract(composerLock, 'composer.lock', LOCK);
extractorContract(composerJson, 'composer.json', JSON_FILE);

function read(text: string, json?: string) {
  const extraction = composerLock.extract({ path: 'composer.lock', text }, (path) =>
    path === 'composer.json' ? json : undefined,
  );
  const label = (node: number) => extraction.components[node]!.name || 'root';
  return {
    ...extraction,
    arrows: extraction.edges.map((edge) =>
      `${label(edge.from)} ${edge.kind} ${label(edge.to)} ${edge.range}`.trim(),
    ),
    rules: extraction.observations.map((found) => `${found.rule}: ${found.names?.join(' ')}`),
    codes: extraction.problems.map((problem) => `${problem.code}:${problem.at?.line ?? ''}`),
  };
}

test('packages with origin, licence, integrity and what is said of them', () => {
  const { components } = read(LOCK);
  expect(components.slice(1)).toEqual([
    {
      name: 'team/own',
      version: '1.0',
      origin: 'workspace',
      line: 31,
      scopes: ['prod'],
      source: 'packages/own',
    },
    {
      name: 'Monolog/monolog',
      version: '2.9.1',
      origin: 'registry',
      line: 6,
      scopes: ['prod'],
      source: 'https://host.invalid/monolog.git#0123',
      licence: 'MIT',
    },
    {
      name: 'psr/log',
      version: '2.0.0',
      origin: 'registry',
      line: 17,
      scopes: ['prod'],
      integrity: 'sha1:abcd',
      source: 'https://host.invalid/log.zip',
      licence: 'LGPL-2.1-only OR GPL-3.0-or-later',
      deprecated: 'abandoned: use psr/log3',
    },
    {
      name: 'team/fork',
      version: 'dev-main',
      origin: 'git',
      line: 25,
      scopes: ['prod'],
      source: 'https://host.invalid/fork.git#4567',
    },
    {
      name: 'team/plugin',
      version: 'v1.2.3',
      origin: 'unknown',
      line: 38,
      scopes: ['dev'],
      source: 'https://host.invalid/p.zip',
      deprecated: 'abandoned',
      hasInstallScript: true,
    },
  ]);
});

test('edges, also to what provides a name; platform requirements are left out', () => {
  const { arrows, covers, rules } = read(LOCK, JSON_FILE);
  expect(arrows).toEqual([
    'team/app prod Monolog/monolog ^2.0',
    'team/app prod team/fork dev-main as 1.0',
    'team/app prod Monolog/monolog *',
    'team/app dev team/plugin 1.2.3',
    'Monolog/monolog prod psr/log ^1.0.1 || ^2.0',
    'team/fork prod Monolog/monolog 1.0',
    'team/plugin prod team/own *',
  ]);
  expect({ covers, rules }).toEqual({ covers: ['composer.json'], rules: [] });
});

test('what composer.json asks for and the lockfile does not have is out of step', () => {
  expect(read(LOCK, JSON_FILE.replace('"php": ">=8.1"', '"New/One": "^1"')).rules).toEqual([
    'lockfile/out-of-step: new/one',
  ]);
});

test.for([
  ['a conflict', LOCK.replace('"aliases"', '\n<<<<<<< HEAD\n"aliases"'), 'file/merge-marker:47'],
  ['an empty file', '', 'file/empty:'],
  ['another JSON file', '{"a": 1}', 'file/unexpected-shape:1'],
  ['an entry without a name', '{"packages": [{"version": "1"}, 3]}', 'packagist/entry-unread:'],
  ['a cut file', LOCK.slice(0, 900), 'file/not-json:20'],
] as const)('%s is a loss', ([, text, expected]) => expect(read(text).codes[0]).toBe(expected));

test('endless providers of one name: it says what it leaves out', () => {
  const packages = Array.from({ length: 20 }, (_, i) => ({
    name: `a/p${i}`,
    version: '1',
    provide: { 'x/y': '1' },
  }));
  expect(read(JSON.stringify({ packages })).codes).toEqual(['packagist/too-many-providers:']);
});

test('composer.json alone gives ranges', () => {
  const { components, observations, problems } = composerJson.extract(
    { path: 'composer.json', text: JSON_FILE },
    () => undefined,
  );
  expect(
    components.slice(1).map(({ name, version, requested, line }) => [name, version, requested, line]),
  ).toEqual([
    ['monolog/monolog', '', '^2.0', 5],
    ['team/fork', '', 'dev-main as 1.0', 6],
    ['psr/log-implementation', '', '*', 7],
    ['team/plugin', '1.2.3', undefined, 10],
  ]);
  expect(observations.map((found) => found.rule)).toEqual(['manifest/not-locked']);
  expect(problems).toEqual([]);
  const unread = composerJson.extract(
    { path: 'composer.json', text: '{"require": {"a/b": 1}}' },
    () => undefined,
  );
  expect(unread.problems.map((problem) => problem.code)).toEqual(['packagist/entry-unread']);
});

test('the command moves composer.json only when its range does not allow the version', () => {
  const request = { name: 'a/b', from: '1', to: 'v2.0', direct: true, dev: false, manifest: 'composer.lock' };
  expect(composerCommand({ ...request, inRange: true })).toBe('composer update a/b --with-dependencies');
  expect(composerCommand({ ...request, inRange: false })).toBe(
    'composer require a/b:^2.0 --with-dependencies',
  );
  expect(composerCommand({ ...request, inRange: false, dev: true })).toBe(
    'composer require --dev a/b:^2.0 --with-dependencies',
  );
  expect(composerCommand({ ...request, inRange: false, direct: false })).toBe(
    'composer update a/b --with-dependencies',
  );
});
