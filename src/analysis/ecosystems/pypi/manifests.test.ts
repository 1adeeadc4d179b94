import { expect, test } from 'vitest';
import type { Extractor } from '../../../model/extractor.ts';
import { extractorContract } from '../contract.ts';
import { pyproject } from './pyproject.ts';
import { setupCfg, setupPy } from './setup-files.ts';

const PYPROJECT = `[build-system]
requires = ["hatchling>=1"]

[project]
name = "app"
version = "1.0"
dependencies = [
    "requests[socks]>=2.28",
    "pinned==1.2 ; python_version < '3.11'",
    "lib",
]

[project.optional-dependencies]
docs = ["markdown>=3"]

[dependency-groups]
dev = ["pytest>=7", {include-group = "lint"}]
lint = ["flake8"]

[tool.uv.sources]
lib = { workspace = true }
`;

const SETUP_CFG = `[metadata]
name = app
version = 1.0

[options]
python_requires = >= 3.10
install_requires =
    # first
    setuptools >= 44.1.0
    requests; python_version < "3.11"
    pinned == 1.2  # why
setup_requires = wheel

[options.extras_require]
test = pytest
docs =
  file: docs.txt
yaml =
  PyYAML

[options.packages.find]
include = app
`;

const SETUP_PY = `from setuptools import setup
setup(
    name="app",
    install_requires=[
        "requests>=2",  # why
        'six',
    ],
    tests_require=["pytest"],
    extras_require={"x": ["y"]},
)
`;

extractorContract(pyproject, 'pyproject.toml', PYPROJECT);
extractorContract(setupCfg, 'setup.cfg', SETUP_CFG);
extractorContract(setupPy, 'setup.py', SETUP_PY);

function read(extractor: Extractor, text: string, path = extractor.files[0]!) {
  const { components, edges, observations, problems, role } = extractor.extract(
    { path, text },
    () => undefined,
  );
  const kindOf = (node: number) =>
    edges
      .filter((edge) => edge.to === node)
      .map((edge) => edge.kind)
      .join(' ');
  return {
    role,
    lines: components
      .slice(1)
      .map(
        (found, i) =>
          `${found.line}: ${kindOf(i + 1)} ${found.name} ${found.version || found.requested || found.origin}`,
      ),
    names: observations.flatMap((found) => found.names ?? []),
    codes: problems.map(
      (problem) => `${problem.code}:${problem.at?.line ?? ''}${problem.lost ? ' lost' : ''}`,
    ),
  };
}

test('pyproject.toml: PEP 621, dependency groups, build requirements and where uv takes a name from', () => {
  expect(read(pyproject, PYPROJECT)).toEqual({
    role: 'manifest',
    lines: [
      '8: prod requests >=2.28',
      '9: prod pinned 1.2',
      '10: prod lib file',
      '14: optional markdown >=3',
      '17: dev pytest >=7',
      '18: dev flake8 registry',
      '2: build hatchling >=1',
    ],
    names: ['flake8', 'markdown', 'pytest', 'requests'],
    codes: [],
  });
});

test('pyproject.toml: poetry in all its forms', () => {
  const text = `[tool.poetry]
name = "app"
[tool.poetry.dependencies]
python = "^3.10"
a = "^1.2"
b = {version = "*", optional = true}
c = [{version = "<=1.9", python = "<3.8"}, {version = "^2.0", python = ">=3.8"}]
d = {git = "https://host.invalid/d.git", tag = "v1"}
e = {path = "../e"}
[tool.poetry.dev-dependencies]
f = "1.0"
[tool.poetry.group.docs.dependencies]
g = "*"
h = 1
`;
  expect(read(pyproject, text)).toMatchObject({
    lines: [
      '5: prod a ^1.2',
      '6: optional b registry',
      '7: prod c <=1.9',
      '7: prod c ^2.0',
      '8: prod d v1',
      '9: prod e file',
      '11: dev f 1.0',
      '13: dev g registry',
    ],
    codes: ['pypi/requirement-unread:14 lost'],
  });
});

test('what is not valid is a loss, but not in a project template', () => {
  const text = '[project]\ndependencies = ["a b", "c"]\nname = {{ x }}\n';
  expect(read(pyproject, text).codes).toEqual(['file/not-toml:3 lost', 'pypi/requirement-unread:2 lost']);
  expect(read(pyproject, text, '{{cookiecutter.name}}/pyproject.toml').codes).toEqual([
    'file/not-toml:3',
    'pypi/requirement-unread:2',
  ]);
});

test('setup.cfg: requirements, extras, and lists that another file holds', () => {
  expect(read(setupCfg, SETUP_CFG)).toEqual({
    role: 'manifest',
    lines: [
      '9: prod setuptools >=44.1.0',
      '10: prod requests registry',
      '11: prod pinned 1.2',
      '12: build wheel registry',
      '15: dev pytest registry',
      '19: optional PyYAML registry',
    ],
    names: ['pytest', 'pyyaml', 'requests', 'setuptools'],
    codes: [],
  });
});

test('setup.py: plain lists are read, what is computed is said', () => {
  expect(read(setupPy, SETUP_PY)).toMatchObject({
    lines: ['5: prod requests >=2', '6: prod six registry', '8: dev pytest registry'],
    codes: ['pypi/code-manifest:9'],
  });
  for (const computed of ['read()', '["a" "b"]', '["a" + x]', '[f"a"]', 'base + ["a"]', '["a"'])
    expect(read(setupPy, `setup(install_requires=${computed})`)).toMatchObject({
      lines: [],
      codes: ['pypi/code-manifest:1'],
    });
});
