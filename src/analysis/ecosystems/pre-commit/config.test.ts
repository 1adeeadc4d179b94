import { expect, test } from 'vitest';
import { extractorContract } from '../contract.ts';
import { readAdditional } from './additional.ts';
import { preCommitConfig, repositoryName } from './config.ts';

const read = (text: string) =>
  preCommitConfig.extract({ path: '.pre-commit-config.yaml', text }, () => undefined);
const told = (text: string) =>
  read(text).components.map(
    (c) => `${c.ecosystem ?? ''}|${c.name}|${c.version}|${c.requested ?? ''}|${c.origin}|${c.line}`,
  );

const sha = '1a2b3c4d5e6f708192a3b4c5d6e7f80912345678';
const sample = `%YAML 1.2
---
default_stages: [commit]
repos:
  - repo: https://github.com/psf/black
    rev: 24.1.0
    hooks:
      - id: black
        language: python
        additional_dependencies: ["click==8.0.4", tomli]
-   repo: https://gitlab.com/x/y.git
`.replace('-   repo', '  - repo').concat(`    rev: ${sha}  # frozen: v1.2.3
    hooks: [{id: y, additional_dependencies: ['@a/b@1.0.0', 'prettier@3.3.3']}]
  - repo: https://github.com/ambv/black
    rev: stable
    hooks: [{id: black}]
  - repo: local
    hooks:
      - id: z
        language: node
        entry: z
        additional_dependencies:
          - eslint@8.1.0
  - repo: meta
    hooks: [{id: identity}]
`);

extractorContract(preCommitConfig, '.pre-commit-config.yaml', sample);

test('hook repositories and what their hooks add', () => {
  expect(read(sample).problems).toEqual([]);
  expect(told(sample)).toEqual([
    '|github.com/psf/black|24.1.0||git|5',
    'PyPI|click|8.0.4||registry|10',
    'PyPI|tomli||*|registry|10',
    '|gitlab.com/x/y|v1.2.3||git|11',
    'npm|@a/b|1.0.0||registry|13',
    'Other|prettier@3.3.3||*|unknown|13',
    '|github.com/ambv/black||stable|git|14',
    'npm|eslint|8.1.0||registry|23',
  ]);
  expect(read(sample).components[3]!.key).toBe(sha);
  expect(read(sample).edges).toEqual([
    { from: 0, to: 1, kind: 'dev', range: '8.0.4' },
    { from: 0, to: 2, kind: 'dev', range: '' },
    { from: 3, to: 4, kind: 'dev', range: '1.0.0' },
    { from: 3, to: 5, kind: 'dev', range: '' },
  ]);
});

test('a rev that is a branch is observed', () => {
  expect(read(sample).observations).toMatchObject([
    { rule: 'use/unpinned', line: 14, names: ['github.com/ambv/black@stable'] },
  ]);
});

test.for([
  ['https://github.com/psf/black', 'github.com/psf/black'],
  ['https://github.com/DavidAnson/markdownlint-cli2/', 'github.com/DavidAnson/markdownlint-cli2'],
  ['git@github.com:a/b.git', 'github.com/a/b'],
  ['ssh://git@host.example/a/b.git', 'host.example/a/b'],
  ['../local/hooks', '../local/hooks'],
] as const)('name of %s', ([url, name]) => expect(repositoryName(url)).toBe(name));

test.for([
  ['python', 'a[x,y] == 1.0 ; python_version < "3"', 'PyPI|a|1.0||registry'],
  ['python', 'a>=1,<2', 'PyPI|a||>=1,<2|registry'],
  ['python', 'a==1.*', 'PyPI|a||==1.*|registry'],
  ['python', 'git+https://host.example/a.git', 'PyPI|git+https://host.example/a.git|||git'],
  ['python', '.', 'PyPI|.|||file'],
  ['node', 'eslint', 'npm|eslint|||registry'],
  ['node', 'eslint@^8', 'npm|eslint||^8|registry'],
  ['node', '@a/b@1.2.3-beta.1', 'npm|@a/b|1.2.3-beta.1||registry'],
  ['node', 'x@npm:@a/b@1.2.3', 'npm|@a/b|1.2.3||registry'],
  ['ruby', 'rubocop:1.2.3', 'RubyGems|rubocop|1.2.3||registry'],
  ['rust', 'cli:shellharden:3.1.0', 'crates.io|shellharden|3.1.0||registry'],
  ['rust', 'serde', 'crates.io|serde|||registry'],
  [
    'golang',
    'golang.org/x/tools/cmd/goimports@v0.1.2',
    'Go|golang.org/x/tools/cmd/goimports|v0.1.2||registry',
  ],
  ['golang', 'golang.org/x/tools@latest', 'Go|golang.org/x/tools||latest|registry'],
  [undefined, 'types-requests==2.31.0', 'PyPI|types-requests|2.31.0||registry'],
  [undefined, 'tomli', 'Other|tomli|||unknown'],
  [undefined, 'tomli>=1', 'Other|tomli||>=1|unknown'],
  ['conda', 'a=1.0', 'Other|a||=1.0|unknown'],
] as const)('%s: %s', ([language, text, expected]) => {
  const { ecosystem, name, version, requested, origin } = readAdditional(text, language);
  expect([ecosystem, name, version, requested, origin].join('|')).toBe(expected);
});

test.for([
  ['the first form of the format is a list', '- repo: a\n', ['file/unexpected-shape']],
  ['no repos', 'a: 1\n', ['pre-commit/no-repos']],
  ['an entry without repo', 'repos:\n- rev: 1\n', ['pre-commit/nameless-repo']],
] as const)('problem: %s', ([, text, codes]) =>
  expect(read(text).problems.map((p) => p.code)).toEqual(codes),
);

test('passwords in addresses are not kept', () => {
  const text =
    'repos:\n- repo: https://me:word@host.example/a/b\n  rev: v1\n  hooks: [{id: x, language: python, additional_dependencies: ["git+https://me:word@host.example/c"]}]\n';
  expect(JSON.stringify(read(text))).not.toContain('word');
});
