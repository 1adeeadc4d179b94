import { expect, test } from 'vitest';
import { baseName } from '../../text/paths.ts';
import { unread } from './unread.ts';

/** Runs over files of a tree as the engine does. */
function lost(files: Record<string, string>): readonly string[] {
  const named = (_: string, name: string) => Object.keys(files).filter((path) => baseName(path) === name);
  return Object.entries(files)
    .filter(([path]) => unread.claims(path))
    .flatMap(([path, text]) => {
      const found = unread.companions!({ path, text }, path, named).filter((other) =>
        Object.hasOwn(files, other),
      );
      return unread
        .extract({ path, text }, (other) => files[other], found)
        .problems.map(({ code, lost }) => `${path} ${code}${lost === true ? '!' : ''}`);
    });
}

const SWIFT =
  'let package = Package(dependencies: [.package(url: "https://host.invalid/a", from: "1.0.0")])\n';

test.for<[name: string, files: Record<string, string>, lost: readonly string[]]>([
  [
    'a lockfile of another manager',
    { 'ios/Podfile.lock': 'PODS:\n' },
    ['ios/Podfile.lock manifest/not-read!'],
  ],
  [
    'a manifest that only its lockfile tells',
    { 'mix.exs': '{:a, "~> 1.0"}' },
    ['mix.exs manifest/not-read!'],
  ],
  ['with the lockfile beside it', { 'mix.exs': '{:a, "~> 1.0"}', 'mix.lock': '%{}' }, []],
  ['with the lockfile of the umbrella', { 'apps/b/mix.exs': '{:a, "~> 1.0"}', 'mix.lock': '%{}' }, []],
  ['without a dependency', { 'mix.exs': 'defmodule M do\nend\n' }, []],
  ['a file of the same name', { 'environment.yml': 'LOG_LEVEL: debug\n' }, []],
  ['conda', { 'environment.yml': 'dependencies:\n  - numpy\n' }, ['environment.yml manifest/not-read!']],
  ['Swift', { 'Package.swift': SWIFT }, ['Package.swift manifest/not-read!']],
  ['Swift below Xcode', { 'Package.swift': SWIFT, 'a.xcodeproj/x/Package.resolved': '{}' }, []],
  ['nothing in it', { 'Podfile.lock': '' }, []],
])('%s', ([, files, expected]) => expect(lost(files)).toEqual(expected));

test.for([
  ['a/Podfile.lock', true],
  ['Package.swift', true],
  ['environment.yml', true],
  ['pnpm-lock.yaml', false],
  ['src/env/environment.ts', false],
] as const)('%s: %s', ([path, claimed]) => expect(unread.claims(path)).toBe(claimed));
