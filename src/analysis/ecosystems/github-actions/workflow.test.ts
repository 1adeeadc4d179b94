import { expect, test } from 'vitest';
import { extractorContract } from '../contract.ts';
import { parseUses, pinOf, releaseInComment } from './reference.ts';
import { workflow } from './workflow.ts';

const sha = '08c6903cd8c0fde910a37f88322edcfb5dd907a8';
const read = (text: string, path = '.github/workflows/ci.yml') =>
  workflow.extract({ path, text }, () => undefined);
const told = (text: string, path?: string) =>
  read(text, path).components.map((c) =>
    [
      c.ecosystem ?? '',
      c.name,
      c.version,
      c.requested ?? '',
      c.key?.slice(0, 4) ?? '',
      c.origin,
      c.line,
    ].join('|'),
  );

const sample = `name: ci
on: [push]
jobs:
  build:
    runs-on: ubuntu-latest
    container: node:20
    services:
      db:
        image: postgres:16
    steps:
      - uses: actions/checkout@${sha} # v4.1.2
      - name: own
        uses: ./.github/actions/setup
      - uses: Docker://alpine:3.8
        if: false
      - {uses: "other/action/sub/path@v2", with: {a: b}}
      - run: |
          uses: not/this@v1
  call:
    uses: owner/repo/.github/workflows/reuse.yml@main
`.replace('Docker://', 'docker://');

extractorContract(workflow, '.github/workflows/ci.yml', sample);
extractorContract(
  workflow,
  'tools/action.yaml',
  `runs:\n  using: composite\n  steps:\n    - uses: a/b@v1.2.3\n`,
);

test('everything that a workflow uses', () => {
  expect(told(sample)).toEqual([
    'Docker|node|20|||registry|6',
    'Docker|postgres|16|||registry|9',
    '|actions/checkout|v4.1.2||08c6|registry|11',
    '|./.github/actions/setup||||file|13',
    'Docker|alpine|3.8|||registry|14',
    '|other/action/sub/path||v2||registry|16',
    '|owner/repo/.github/workflows/reuse.yml||main||registry|20',
  ]);
  expect(read(sample).problems).toEqual([]);
});

test('only what moves is observed, and not the tags of the service itself', () => {
  expect(read(sample).observations).toEqual([
    {
      rule: 'use/unpinned',
      message:
        '2 of 3 uses of actions can change without a change here (1 of them follow a branch): other/action/sub/path@v2, owner/repo/.github/workflows/reuse.yml@main',
      line: 16,
      hint: 'pin to a full commit, with the release as a comment: uses: owner/action@<commit> # v1.2.3',
      names: ['other/action/sub/path@v2', 'owner/repo/.github/workflows/reuse.yml@main'],
    },
  ]);
  const steps = (uses: string) => `jobs: {a: {steps: [{uses: ${uses}}]}}`;
  expect(read(steps('actions/checkout@v4')).observations).toEqual([]);
  expect(read(steps('actions/checkout@main')).observations).toHaveLength(1);
  expect(read(steps(`a/b@${sha}`)).observations).toEqual([]);
});

test.for([
  [
    'a composite action',
    'runs:\n  using: composite\n  steps:\n    - uses: a/b@1.0.0\n',
    ['|a/b|1.0.0|||registry|4'],
  ],
  ['a JavaScript action', 'runs:\n  using: node16\n  main: x.js\n', ['Runtime|nodejs|16|||registry|2']],
  ['a Docker action', 'runs:\n  using: docker\n  image: docker://a/b:1\n', ['Docker|a/b|1|||registry|3']],
  ['a Docker action that builds', 'runs:\n  using: docker\n  image: Dockerfile\n', []],
] as const)('%s', ([, text, expected]) => expect(told(text, 'action.yml')).toEqual(expected));

test('a service or container with credentials, and one whose image is computed', () => {
  const text = `jobs:
  a:
    container:
      image: ghcr.io/a/b:1.2
      credentials: {}
    services:
      x: {image: "node:\${{ matrix.node }}"}
      y: {image: "\${{ inputs.image }}"}
      z: {image: ""}
`;
  expect(told(text)).toEqual([
    'Docker|ghcr.io/a/b|1.2|||registry|4',
    'Docker|node||${{ matrix.node }}||registry|7',
  ]);
  expect(read(text).problems.map((p) => [p.code, p.at?.line, p.lost])).toEqual([
    ['github-actions/computed-image', 7, undefined],
    ['github-actions/computed-image', 8, undefined],
  ]);
});

test.for([
  ['no jobs', 'on: push\n', ['github-actions/no-jobs']],
  ['a use without a ref', 'jobs: {a: {steps: [{uses: a/b}]}}', ['github-actions/unreadable-uses']],
  [
    'a reference made of an expression',
    'jobs: {a: {steps: [{uses: "a/b@${{ x }}"}]}}',
    ['github-actions/unreadable-uses'],
  ],
  ['empty', '', ['file/empty']],
  ['a list', '- a\n', ['file/unexpected-shape']],
] as const)('problem: %s', ([, text, codes]) =>
  expect(read(text).problems.map((p) => p.code)).toEqual(codes),
);

test('an action.yml of something else is no loss', () => {
  expect(read('name: x\n', 'action.yml').problems.map((p) => [p.code, p.lost])).toEqual([
    ['github-actions/no-runs', undefined],
  ]);
});

test.for([
  ['.github/workflows/a.yaml', true],
  ['sub/.github/workflows/a.yml', true],
  ['.github/workflows/sub/a.yml', false],
  ['action.yml', true],
  ['a/b/action.yaml', true],
  ['reaction.yml', false],
] as const)('claims %s: %s', ([path, expected]) => expect(workflow.claims(path)).toBe(expected));

test.for([
  [sha, 'commit'],
  [sha.slice(0, 7), 'branch'],
  ['v4.1.2', 'release'],
  ['4.1.2-beta.1', 'release'],
  ['v4', 'series'],
  ['v4.1', 'series'],
  ['release/v1', 'series'],
  ['codeql-bundle-v2.16.1', 'release'],
  ['2024-01-31', 'release'],
  ['main', 'branch'],
  ['stable', 'branch'],
  ['feature/x1', 'branch'],
] as const)('%s is tied to a %s', ([ref, pin]) => expect(pinOf(ref)).toBe(pin));

test.for([
  ['v4.1.2', 'v4.1.2'],
  ['tag=v4.1.2', 'v4.1.2'],
  ['pin@v3', 'v3'],
  ['ratchet:actions/checkout@v4.1.2', 'v4.1.2'],
  ['renovate: tag=1.2.3', '1.2.3'],
  ['v4.1.2 (2024-01-01)', 'v4.1.2'],
  ['pinned', undefined],
  ['12 days ago', undefined],
  [undefined, undefined],
] as const)('the release in the comment %j', ([comment, release]) =>
  expect(releaseInComment(comment)).toBe(release),
);

test.for([
  ['a/b@v1', 'action'],
  ['a/b/c/d@v1', 'action'],
  ['./a', 'local'],
  ['$/.github/actions/a', 'local'],
  ['$a/b', undefined],
  ['docker://a:1', 'docker'],
  ['a@v1', undefined],
  ['a/b', undefined],
  ['a/b@', undefined],
  ['', undefined],
] as const)('uses %s', ([text, kind]) => expect(parseUses(text)?.kind).toBe(kind));
