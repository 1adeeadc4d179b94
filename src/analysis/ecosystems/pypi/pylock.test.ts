import { expect, test } from 'vitest';
import { extractorContract } from '../contract.ts';
import { pylock } from './pylock.ts';

const SAMPLE = `lock-version = "1.0"
created-by = "tool"
requires-python = ">=3.9"

[[packages]]
name = "attrs"
version = "25.1.0"
index = "https://registry.example.invalid/simple"
dependencies = [{name = "cattrs", version = "24.1.2"}]
wheels = [
    {name = "hashes-25.1.0.whl", upload-time = 2025-01-25T11:30:10Z, url = "https://files.example.invalid/a.whl", size = 1, hashes = {sha256 = "aa", sha512 = "bb"}},
]
[[packages.attestation-identities]]
environment = "release"
kind = "GitHub"

[[packages]]
name = "cattrs"
version = "24.1.2"
marker = "'dev' in dependency_groups"
[packages.sdist]
name = "cattrs.tar.gz"
url = "https://files.example.invalid/c.tar.gz"
[packages.sdist.hashes]
sha256 = "cc"

[[packages]]
name = "tool"
marker = "'x' in extras"
[packages.vcs]
type = "git"
url = "https://host.invalid/tool.git"
commit-id = "0123abcd"

[[packages]]
name = "zip"
version = "1"
archive = {url = "https://host.invalid/zip.tar.gz", hashes = {sha256 = "dd"}}

[[packages]]
name = "app"
directory = {path = ".", editable = true}
`;

extractorContract(pylock, 'pylock.toml', SAMPLE);

function read(text: string, pyproject?: string) {
  const extraction = pylock.extract({ path: 'pylock.toml', text }, (path) =>
    path === 'pyproject.toml' ? pyproject : undefined,
  );
  const label = (node: number) => extraction.components[node]!.name || 'root';
  return {
    ...extraction,
    arrows: extraction.edges.map((edge) =>
      `${label(edge.from)} ${edge.kind} ${label(edge.to)} ${edge.range}`.trim(),
    ),
  };
}

test('origins, hashes, scopes and edges', () => {
  const { components, arrows, edgesKnown } = read(SAMPLE);
  expect(
    components.map(({ name, version, origin, integrity, scopes }) => [
      name,
      version,
      origin,
      integrity,
      scopes,
    ]),
  ).toEqual([
    ['', '', 'project', undefined, undefined],
    ['attrs', '25.1.0', 'registry', 'sha256:aa sha512:bb', undefined],
    ['cattrs', '24.1.2', 'registry', 'sha256:cc', ['dev']],
    ['tool', '0123abcd', 'git', undefined, ['optional']],
    ['zip', '1', 'url', 'sha256:dd', undefined],
  ]);
  expect({ arrows, edgesKnown }).toEqual({ arrows: ['attrs prod cattrs'], edgesKnown: true });
});

test('pyproject.toml tells what is direct; without dependencies edges are unknown', () => {
  const text = SAMPLE.replace(/dependencies = .*\n/, '');
  const { arrows, edgesKnown, covers } = read(text, '[project]\nname = "app"\ndependencies = ["attrs"]\n');
  expect({ arrows, edgesKnown, covers }).toEqual({
    arrows: ['app prod attrs'],
    edgesKnown: false,
    covers: ['pyproject.toml'],
  });
});

test.for([
  ['pylock.toml', true],
  ['a/pylock.dev.toml', true],
  ['pylock.a.b.toml', false],
  ['mypylock.toml', false],
] as const)('claims %s: %s', ([path, expected]) => expect(pylock.claims(path)).toBe(expected));
