import { expect, test } from 'vitest';
import type { Extractor } from '../../../model/extractor.ts';
import { extractorContract } from '../contract.ts';
import { globalJson, goDirective, rustToolchain } from './directives.ts';
import { engines } from './engines.ts';
import { requiresPython } from './requires-python.ts';
import { mise, toolVersions } from './tool-versions.ts';
import { versionFile } from './version-file.ts';

const run = (extractor: Extractor, path: string, text: string) =>
  extractor.extract({ path, text }, () => undefined);
const told = (extractor: Extractor, path: string, text: string) =>
  run(extractor, path, text).components.map((c) =>
    [
      c.ecosystem === undefined ? c.name : `${c.ecosystem}:${c.name}`,
      c.version,
      c.requested ?? '',
      c.line,
    ].join('|'),
  );
const codes = (extractor: Extractor, path: string, text: string) =>
  run(extractor, path, text).problems.map((problem) => [problem.code, problem.lost]);

const toolText =
  '# tools\nnodejs 24.13.0\nruby      3.4.10 # why\npython 3.12.1 2.7.18\ngolang ref:abc\njava path:/opt/java\nflux latest\n';
const miseText =
  '[tools]\nnode = "22"\npython = ["3.12", "3.11"]\n"npm:prettier" = "3.1.0"\n"cargo:ripgrep" = "14"\njava = {version = "temurin-21.0.1+12"}\nruby = "prefix:3.4"\nterraform = "latest"\n\n[env]\nA = "1"\n';
const packageText =
  '{\n  "name": "x",\n  "engines": {\n    "node": "^20.9.0 || ^22.11.0",\n    "npm": "^11"\n  },\n  "volta": {\n    "node": "20.11.1",\n    "extends": "../package.json"\n  },\n  "devEngines": {\n    "runtime": {"name": "node", "version": ">=22"}\n  }\n}\n';
const goText = 'module x\n\ngo 1.22\n\ntoolchain go1.23.4 // newer\n';
const globalText =
  '{\n  // the SDK\n  "sdk": {\n    "version": "8.0.100", /* here */\n    "rollForward": "latestFeature"\n  }\n}\n';
const pyprojectText =
  '[project]\nname = "x"\nrequires-python = ">=3.8" # why\n\n[tool.poetry.dependencies]\npython = "^3.9"\n';

extractorContract(versionFile, 'web/.nvmrc', 'v20.11.1\n');
extractorContract(toolVersions, '.tool-versions', toolText);
extractorContract(mise, '.config/mise/config.toml', miseText);
extractorContract(engines, 'packages/a/package.json', packageText);
extractorContract(goDirective, 'go.mod', goText);
extractorContract(
  rustToolchain,
  'rust-toolchain.toml',
  '[toolchain]\nchannel = "1.75.0"\ncomponents = ["clippy"]\n',
);
extractorContract(globalJson, 'src/global.json', globalText);
extractorContract(requiresPython, 'pyproject.toml', pyprojectText);

test.for([
  ['.nvmrc', 'v22.15.0', ['nodejs|v22.15.0||1']],
  ['.nvmrc', '24.15\n# When updating this version\n', ['nodejs|24.15||1']],
  ['.nvmrc', '# first\n\nlts/iron  # name\n', ['nodejs|lts/iron||3']],
  ['.nvmrc', 'lts/*\n', ['nodejs||lts/*|1']],
  ['.node-version', '20\n', ['nodejs|20||1']],
  [
    '.python-version',
    '3.12.1\n3.11\npypy3.10-7.3.12\n',
    ['python|3.12.1||1', 'python|3.11||2', 'pypy|pypy3.10-7.3.12||3'],
  ],
  ['.python-version', 'cpython@3.13\n', ['python|3.13||1']],
  ['.ruby-version', 'ruby-3.4.8\n', ['ruby|3.4.8||1']],
  ['.ruby-version', 'jruby-9.4.5.0\n', ['jruby|jruby-9.4.5.0||1']],
  ['.ruby-version', '3.3.6\n3.2.0\n', ['ruby|3.3.6||1']],
  ['.java-version', 'temurin64-17.0.2\n', ['java|temurin64-17.0.2||1']],
  ['.terraform-version', 'latest:^1.0\n', ['terraform||latest:^1.0|1']],
  ['runtime.txt', 'python-3.11.4\n', ['python|3.11.4||1']],
  ['runtime.txt', 'anything else\n', []],
] as const)('%s %j', ([path, text, expected]) => expect(told(versionFile, path, text)).toEqual(expected));

test('version files without a version are told, and cost nothing', () => {
  expect(codes(versionFile, '.nvmrc', '')).toEqual([['runtime/no-version', undefined]]);
  expect(codes(versionFile, '.nvmrc', '{"a": 1}')).toEqual([['runtime/unreadable-version', undefined]]);
  expect(codes(versionFile, '.nvmrc', '<<<<<<< HEAD\n20\n')).toEqual([['file/merge-marker', true]]);
});

test('asdf: every tool and version', () => {
  expect(told(toolVersions, '.tool-versions', toolText)).toEqual([
    'nodejs|24.13.0||2',
    'ruby|3.4.10||3',
    'python|3.12.1||4',
    'python|2.7.18||4',
    'go|abc||5',
    'java|||6',
    'flux||latest|7',
  ]);
  expect(
    run(toolVersions, '.tool-versions', toolText)
      .components.map((c) => c.origin)
      .slice(4, 6),
  ).toEqual(['git', 'file']);
  expect(codes(toolVersions, '.tool-versions', 'nodejs\n')).toEqual([['runtime/no-version', undefined]]);
});

test('mise: the tools table, backends in their own ecosystems', () => {
  expect(told(mise, 'mise.toml', miseText)).toEqual([
    'nodejs|22||2',
    'python|3.12||3',
    'python|3.11||3',
    'npm:prettier|3.1.0||4',
    'crates.io:ripgrep||14|5',
    'java|temurin-21.0.1+12||6',
    'ruby|3.4||7',
    'terraform||latest|8',
  ]);
});

test('engines are ranges, even a single version; volta pins', () => {
  expect(told(engines, 'package.json', packageText)).toEqual([
    'nodejs||^20.9.0 || ^22.11.0|4',
    'npm||^11|5',
    'nodejs|20.11.1||8',
    'nodejs||>=22|12',
  ]);
  expect(told(engines, 'package.json', '{"engines": {"node": "20.1.0"}}')).toEqual(['nodejs||20.1.0|1']);
  expect(run(engines, 'package.json', '{"name": "engine').components).toEqual([]);
});

test.for([
  [goDirective, 'go.mod', goText, ['go|1.23.4||5']],
  [goDirective, 'go.mod', 'module x\ngo 1.21\n', ['go||>=1.21|2']],
  [goDirective, 'go.mod', 'module x\nrequire go v1.0.0\n', []],
  [rustToolchain, 'rust-toolchain.toml', '[toolchain]\nchannel = "stable"\n', ['rust||stable|2']],
  [rustToolchain, 'rust-toolchain', 'nightly-2024-01-31\n', ['rust|nightly-2024-01-31||1']],
  [globalJson, 'global.json', globalText, ['dotnet|8.0.100||4']],
  [globalJson, 'global.json', '{"msbuild-sdks": {}}', []],
  [requiresPython, 'pyproject.toml', pyprojectText, ['python||>=3.8|3']],
  [
    requiresPython,
    'pyproject.toml',
    '[tool.poetry.dependencies]\npython = {version = "~3.10"}\n',
    ['python||~3.10|2'],
  ],
  [requiresPython, 'setup.cfg', '[options]\npython_requires = >= 3.10\n', ['python||>= 3.10|2']],
  [requiresPython, 'Pipfile', "[requires]\npython_version = '3.11'\n", ['python||3.11|2']],
  [requiresPython, 'pyproject.toml', '[other]\nrequires-python = "1"\n', []],
] as const)('%#: %j', ([extractor, path, text, expected]) =>
  expect(told(extractor, path, text)).toEqual(expected),
);

test('comments in global.json do not slow it down', () => {
  for (const piece of ['/*', '//', '"\\"', '\\"', '"/*'])
    expect(run(globalJson, 'global.json', piece.repeat(200_000)).components).toEqual([]);
});
