import { expect, test } from 'vitest';
import { extractorContract } from '../contract.ts';
import { uvLock } from './uv-lock.ts';

const SAMPLE = `version = 1
revision = 2
requires-python = ">=3.9"
resolution-markers = [
    "python_full_version >= '3.10'",
    "python_full_version < '3.10'",
]

[manifest]
members = [
    "app",
    "lib",
]

[[package]]
name = "app"
version = "0.1.0"
source = { virtual = "." }
dependencies = [
    { name = "lib" },
    { name = "numpy", version = "2.0.2", source = { registry = "https://registry.example.invalid/simple" }, marker = "python_full_version < '3.10'" },
    { name = "numpy", version = "2.2.6", source = { registry = "https://registry.example.invalid/simple" }, marker = "python_full_version >= '3.10'" },
    { name = "requests", extra = ["socks"] },
]

[package.optional-dependencies]
docs = [
    { name = "markdown" },
]

[package.dev-dependencies]
dev = [
    { name = "tool" },
]

[package.metadata]
requires-dist = [
    { name = "lib", editable = "packages/lib" },
    { name = "markdown", marker = "extra == 'docs'", specifier = ">=3" },
    { name = "numpy" },
    { name = "requests", extras = ["socks"], specifier = ">=2.28" },
]
provides-extras = ["docs"]

[package.metadata.requires-dev]
dev = [{ name = "tool", git = "https://host.invalid/tool.git" }]

[[package]]
name = "lib"
version = "0.2.0"
source = { editable = "packages/lib" }

[[package]]
name = "markdown"
version = "3.9"
source = { registry = "https://registry.example.invalid/simple" }
sdist = { url = "https://files.example.invalid/hash-3.9.tar.gz", hash = "sha256:aa", size = 1, upload-time = "2025-01-01T00:00:00Z" }
wheels = [
    { url = "https://files.example.invalid/markdown-3.9-py3-none-any.whl", hash = "sha256:bb", size = 2 },
]

[[package]]
name = "numpy"
version = "2.0.2"
source = { registry = "https://registry.example.invalid/simple" }
sdist = { url = "https://files.example.invalid/n.tar.gz", hash = "sha256:cc" }

[[package]]
name = "numpy"
version = "2.2.6"
source = { registry = "https://registry.example.invalid/simple" }
sdist = { url = "https://files.example.invalid/n.tar.gz", hash = "sha256:dd" }

[[package]]
name = "pysocks"
version = "1.7.1"
source = { registry = "https://registry.example.invalid/simple" }
sdist = { url = "https://files.example.invalid/p.tar.gz", hash = "sha256:ee" }

[[package]]
name = "requests"
version = "2.32.5"
source = { registry = "https://registry.example.invalid/simple" }
sdist = { url = "https://files.example.invalid/r.tar.gz", hash = "sha256:ff" }

[package.optional-dependencies]
socks = [
    { name = "pysocks" },
]
unused = [
    { name = "markdown" },
]

[[package]]
name = "tool"
version = "0.3"
source = { git = "https://user:pw@host.invalid/tool.git?rev=main#0123abcd" }
`;

extractorContract(uvLock, 'uv.lock', SAMPLE);

function read(text: string, files: Record<string, string> = {}, path = 'uv.lock') {
  const extraction = uvLock.extract({ path, text }, (other) => files[other]);
  const label = (node: number) =>
    `${extraction.components[node]!.name}@${extraction.components[node]!.version}`;
  return {
    ...extraction,
    arrows: extraction.edges.map((edge) =>
      `${label(edge.from)} ${edge.kind} ${label(edge.to)} ${edge.range}`.trim(),
    ),
    rules: extraction.observations.map((found) => `${found.rule}: ${found.names?.join(' ')}`),
    codes: extraction.problems.map((problem) => `${problem.code}:${problem.at?.line ?? ''}`),
  };
}

test('projects, members, groups, extras and versions for several environments', () => {
  const { arrows, components, codes, rules } = read(SAMPLE);
  expect(components.map(({ name, origin, line }) => [name, origin, line])).toEqual([
    ['app', 'project', 15],
    ['lib', 'workspace', 48],
    ['markdown', 'registry', 53],
    ['numpy', 'registry', 62],
    ['numpy', 'registry', 68],
    ['pysocks', 'registry', 74],
    ['requests', 'registry', 80],
    ['tool', 'git', 94],
  ]);
  expect(arrows).toEqual([
    'app@0.1.0 prod lib@0.2.0',
    'app@0.1.0 prod numpy@2.0.2',
    'app@0.1.0 prod numpy@2.2.6',
    'app@0.1.0 prod requests@2.32.5 >=2.28',
    'app@0.1.0 optional markdown@3.9 >=3',
    'app@0.1.0 dev tool@0.3',
    'requests@2.32.5 prod pysocks@1.7.1',
    'requests@2.32.5 optional markdown@3.9',
  ]);
  expect(components[2]?.integrity).toBe('sha256:aa sha256:bb');
  expect(components[7]?.source).toBe('https://host.invalid/tool.git?rev=main#0123abcd');
  expect({ codes, rules }).toEqual({ codes: [], rules: [] });
});

test('it covers the manifests of its members, and says which is out of step', () => {
  const files = {
    'pyproject.toml':
      '[project]\nname = "app"\ndependencies = ["lib", "numpy", "requests<2", "New_one>=1"]\n[build-system]\nrequires = ["hatchling"]\n',
    'packages/lib/pyproject.toml':
      '[project]\nname = "lib"\n[project.optional-dependencies]\nall = ["lib[x]"]\n',
  };
  const { covers, rules } = read(SAMPLE, files);
  expect(covers).toEqual(['packages/lib/pyproject.toml', 'pyproject.toml']);
  expect(rules).toEqual(['lockfile/out-of-step: new-one requests']);
  expect(uvLock.companions?.({ path: 'a/uv.lock', text: SAMPLE }, 'a/uv.lock')).toEqual([
    'a/pyproject.toml',
    'a/packages/lib/pyproject.toml',
  ]);
});

test('a script and a workspace without a project ask through the manifest', () => {
  const text = `version = 1\n[manifest]\nrequirements = [{ name = "a", specifier = ">=1" }]\n[manifest.dependency-groups]\ndev = [{ name = "b" }]\n${[
    'a',
    'b',
  ]
    .map((name) => `[[package]]\nname = "${name}"\nversion = "1"\nsource = { registry = "x" }\n`)
    .join('')}`;
  expect(read(text, {}, 'script.py.lock').arrows).toEqual(['@ prod a@1 >=1', '@ dev b@1']);
});

test('an editable folder that is no member is a file, and the old name of the list is known', () => {
  const text =
    'version = 1\n\n[[distribution]]\nname = "own"\nversion = "1"\nsource = { editable = "../own" }\n';
  expect(read(text).components[1]).toMatchObject({ name: 'own', origin: 'file', source: '../own' });
});

test.for([
  ['a conflict', `<<<<<<< HEAD\n${SAMPLE}`, 'file/merge-marker:1'],
  ['a cut file', SAMPLE.slice(0, SAMPLE.indexOf('sha256:bb')), 'file/truncated:59'],
  ['an entry without a name', SAMPLE.replace('name = "tool"\nversion', 'version'), 'pypi/entry-unread:94'],
] as const)('%s is a loss with its line', ([, text, expected]) =>
  expect(read(text).codes).toEqual([expected]),
);

test('of an editable project outside the workspace only what it needs is locked, not its groups and extras', () => {
  const text = `version = 1

[[package]]
name = "own"
version = "1"
source = { editable = "." }
dependencies = [{ name = "near" }]

[package.metadata]
requires-dist = [{ name = "near", editable = "../near" }]

[[package]]
name = "near"
version = "1"
source = { editable = "../near" }

[package.metadata]
requires-dist = [{ name = "gone" }, { name = "plot", marker = "extra == 'x'" }]

[package.metadata.requires-dev]
dev = [{ name = "lint" }]
`;
  const manifest = (name: string, rest: string) => `[project]\nname = "${name}"\nversion = "1"\n${rest}`;
  const near = manifest(
    'near',
    'dependencies = ["gone"]\noptional-dependencies = { x = ["plot"] }\n[dependency-groups]\ndev = ["lint"]\n',
  );
  const { observations } = read(
    text,
    { 'a/pyproject.toml': manifest('own', 'dependencies = ["near"]\n'), 'near/pyproject.toml': near },
    'a/uv.lock',
  );
  expect(observations.map(({ rule, names }) => [rule, names])).toEqual([['lockfile/out-of-step', ['gone']]]);
});
