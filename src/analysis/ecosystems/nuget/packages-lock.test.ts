import { expect, test } from 'vitest';
import { extractorContract } from '../contract.ts';
import { packagesConfig } from './packages-config.ts';
import { packagesLock } from './packages-lock.ts';

const sample = `{
  "version": 2,
  "dependencies": {
    "net8.0": {
      "A": {
        "type": "Direct",
        "requested": "[1.0.0, )",
        "resolved": "1.0.0",
        "contentHash": "hash-a",
        "dependencies": { "b": "2.0.0" }
      },
      "B": { "type": "Transitive", "resolved": "2.0.1", "contentHash": "hash-b" },
      "Central": { "type": "CentralTransitive", "requested": "[3.0.0, )", "resolved": "3.0.0", "contentHash": "hash-c" },
      "core": { "type": "Project", "dependencies": { "Central": "[3.0.0, )" } }
    },
    "net8.0/linux-x64": {
      "A": { "type": "Direct", "requested": "[1.0.0, )", "resolved": "1.0.0", "contentHash": "hash-a", "dependencies": { "B": "2.0.0", "Native": "9.0.0" } },
      "Native": { "type": "Transitive", "resolved": "9.0.0", "contentHash": "hash-n" }
    },
    "net472": {
      "B": { "type": "Transitive", "resolved": "1.9.0", "contentHash": "hash-o" }
    }
  }
}
`;
extractorContract(packagesLock, 'Web/packages.lock.json', sample);

const run = (text: string, files: Record<string, string> = {}) =>
  packagesLock.extract({ path: 'Web/packages.lock.json', text }, (path) => files[path]);

test('every framework, one node for one version, edges with what was asked for', () => {
  const { components, edges, problems } = run(sample);
  expect(components.map(({ name, version, line, origin }) => `${name}@${version}:${line} ${origin}`)).toEqual(
    [
      'Web@:0 project',
      'A@1.0.0:5 registry',
      'B@2.0.1:12 registry',
      'Central@3.0.0:13 registry',
      'core@:14 workspace',
      'Native@9.0.0:18 registry',
      'B@1.9.0:21 registry',
    ],
  );
  expect(
    edges.map(
      ({ from, to, kind, range }) => `${components[from]!.name} > ${components[to]!.name} ${kind} ${range}`,
    ),
  ).toEqual([
    'Web > A prod [1.0.0, )',
    'Web > core prod ',
    'A > B prod 2.0.0',
    'core > Central prod [3.0.0, )',
    'A > Native prod 9.0.0',
  ]);
  expect(components[1]!.integrity).toBe('sha512-hash-a');
  expect(problems).toEqual([]);
});

test('the project beside it tells private references and what is out of step', () => {
  const files = {
    'Web/Web.csproj':
      '<Project><ItemGroup><PackageReference Include="a" Version="1.0.0" PrivateAssets="all"/><PackageReference Include="New" Version="1"/></ItemGroup></Project>',
  };
  const found = run(sample, files);
  expect(found.edges[0]!.kind).toBe('dev');
  expect(found.covers).toEqual(['Web/Web.csproj']);
  expect(found.observations).toMatchObject([{ rule: 'lockfile/out-of-step', names: ['New'] }]);
});

test('a package without a hash is observed', () => {
  expect(run(sample.replace(', "contentHash": "hash-n"', '')).observations).toMatchObject([
    { rule: 'lockfile/no-integrity', names: ['Native'], line: 18 },
  ]);
});

test.for([
  ['a package without version', sample.replace('"resolved": "2.0.1", ', ''), 'nuget/malformed-package'],
  [
    'an edge to nowhere',
    sample.replace('"Native": "9.0.0"', '"Gone": "9.0.0"'),
    'nuget/unresolved-dependency',
  ],
  ['a version from the future', sample.replace('"version": 2', '"version": 7'), 'nuget/unknown-version'],
  ['another document', '{}', 'file/unexpected-shape'],
  ['truncated', sample.slice(0, 300), 'file/not-json'],
] as const)('%s is a loss', ([, text, code]) => {
  expect(run(text).problems.find((problem) => problem.lost)).toMatchObject({ code });
});

const config = `<?xml version="1.0" encoding="utf-8"?>
<packages>
  <package id="A" version="1.0.0" targetFramework="net472" />
  <package id="B" version="2.0.0" developmentDependency="true" />
</packages>
`;
extractorContract(packagesConfig, 'Old/packages.config', config);

test('packages.config: exact versions, development marked', () => {
  const { components } = packagesConfig.extract({ path: 'packages.config', text: config }, () => undefined);
  expect(components.map(({ name, version, line, scopes }) => [name, version, line, scopes])).toEqual([
    ['A', '1.0.0', 3, ['prod']],
    ['B', '2.0.0', 4, ['dev']],
  ]);
});

test('packages.config: an entry without version, and another document, are losses', () => {
  const codes = (text: string) =>
    packagesConfig
      .extract({ path: 'packages.config', text }, () => undefined)
      .problems.map(({ code }) => code);
  expect(codes('<packages><package id="A"/></packages>')).toEqual(['nuget/malformed-package']);
  expect(codes('<configuration/>')).toEqual(['file/unexpected-shape']);
});
