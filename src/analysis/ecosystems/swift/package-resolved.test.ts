import { expect, test } from 'vitest';
import { extractorContract } from '../contract.ts';
import { nameOfUrl, packageResolved } from './package-resolved.ts';

const sample = `{
  "originHash" : "abc",
  "pins" : [
    {
      "identity" : "swift-nio",
      "kind" : "remoteSourceControl",
      "location" : "https://git.example.invalid/apple/swift-nio.git",
      "state" : { "revision" : "aaa", "version" : "2.4.0" }
    },
    {
      "identity" : "branchy",
      "kind" : "remoteSourceControl",
      "location" : "git@git.example.invalid:me/branchy.git",
      "state" : { "branch" : "main", "revision" : "bbb" }
    },
    {
      "identity" : "near",
      "kind" : "localSourceControl",
      "location" : "/Users/me/near",
      "state" : { "revision" : "ccc", "version" : "1.0.0" }
    },
    {
      "identity" : "acme.lib",
      "kind" : "registry",
      "location" : "",
      "state" : { "version" : "3.1.0" }
    }
  ],
  "version" : 3
}
`;
extractorContract(
  packageResolved,
  'App.xcodeproj/project.xcworkspace/xcshareddata/swiftpm/Package.resolved',
  sample,
);

const run = (text: string) => packageResolved.extract({ path: 'Package.resolved', text }, () => undefined);
const listed = (text: string) =>
  run(text).components.map(({ name, version, origin, line }) => `${name}@${version}:${line} ${origin}`);

test('versions, branches, local packages and registry packages', () => {
  expect(listed(sample)).toEqual([
    'git.example.invalid/apple/swift-nio@2.4.0:5 registry',
    'git.example.invalid/me/branchy@bbb:11 git',
    'near@1.0.0:17 file',
    'acme.lib@3.1.0:23 registry',
  ]);
});

test('version 1 has its pins one level down, under other names', () => {
  const text = `{"object": {"pins": [
{"package": "Lib", "repositoryURL": "https://git.example.invalid/me/Lib", "state": {"branch": null, "revision": "ddd", "version": "0.1.0"}}
]}, "version": 1}`;
  expect(listed(text)).toEqual(['git.example.invalid/me/Lib@0.1.0:0 registry']);
});

test.for([
  ['https://host.example/a/b.git', 'host.example/a/b'],
  ['http://host.example/a/b/', 'host.example/a/b'],
  ['ssh://git@host.example/a/b.git', 'host.example/a/b'],
  ['ssh://git@host.example:22/a/b.git', 'host.example:22/a/b'],
  ['git@host.example:a/b.git', 'host.example/a/b'],
  ['https://user:word@host.example/a/b', 'host.example/a/b'],
  ['', ''],
] as const)('%s is named %s', ([url, name]) => expect(nameOfUrl(url)).toBe(name));

test.for([
  ['a pin without a state', sample.replace('{ "version" : "3.1.0" }', '{}'), 'swift/malformed-pin'],
  [
    'a version from the future',
    sample.replace('"version" : 3\n', '"version" : 8\n'),
    'swift/unknown-version',
  ],
  ['no pins', '{"version": 2}', 'file/unexpected-shape'],
  ['truncated', sample.slice(0, 200), 'file/not-json'],
] as const)('%s is a loss', ([, text, code]) =>
  expect(run(text).problems).toMatchObject([{ code, lost: true }]),
);
