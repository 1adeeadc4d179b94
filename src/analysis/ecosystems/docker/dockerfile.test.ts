import { expect, test } from 'vitest';
import { extractorContract } from '../contract.ts';
import { dockerfile } from './dockerfile.ts';

const read = (text: string) => dockerfile.extract({ path: 'Dockerfile', text }, () => undefined);
const images = (text: string) =>
  read(text).components.map(
    (c) =>
      `${c.name}@${c.version}${c.requested === undefined ? '' : `?${c.requested}`}:${c.line}:${c.scopes![0]}`,
  );
const codes = (text: string) =>
  read(text).problems.map((problem) => [problem.code, problem.at?.line, problem.lost]);

const sample = `# syntax=docker/dockerfile:1.7
ARG NODE=20.11
FROM --platform=$BUILDPLATFORM node:\${NODE}-alpine AS build
RUN npm ci && \\
  # a comment
  npm run build
FROM nginx:1.25@sha256:${'ab'.repeat(32)}
COPY --from=build /app /app
COPY --chown=1 --from=busybox:1.36 /bin/sh /bin/sh
`;

extractorContract(dockerfile, 'service/Dockerfile', sample);

test('images of all stages, with what they are for', () => {
  expect(images(sample)).toEqual([
    'docker/dockerfile@1.7:1:build',
    'node@20.11-alpine:3:build',
    'nginx@1.25:7:prod',
    'busybox@1.36:9:prod',
  ]);
});

test.for([
  ['Dockerfile', true],
  ['a/Dockerfile.dev', true],
  ['Dockerfile-prod', true],
  ['api.dockerfile', true],
  ['api.Dockerfile', true],
  ['Containerfile', true],
  ['Dockerfile.dockerignore', false],
  ['Dockerfile.j2', false],
  ['Dockerfile.agent.ftl', false],
  ['Dockerfile.in', false],
  ['Dockerfiles', false],
  ['docs/Dockerfile.md', false],
  ['.dockerfile', false],
] as const)('claims %s: %s', ([path, expected]) => expect(dockerfile.claims(path)).toBe(expected));

test.for([
  [
    'a stage is no image, in any case',
    'FROM a:1 AS Base\nFROM base\nCOPY --from=BASE x x\nCOPY --from=0 x x\n',
    ['a@1:1:prod'],
  ],
  [
    'a stage name before its stage is an image',
    'FROM later:1\nCOPY --from=later x x\nFROM b:1 AS later\n',
    ['later@1:1:build', 'later@?latest:2:build', 'b@1:3:prod'],
  ],
  ['scratch is nothing', 'FROM scratch\nCOPY x /\n', []],
  ['no tag', 'FROM node\n', ['node@?latest:1:prod']],
  ['lower case and extra space', 'from   node:20   as  x\n', ['node@20:1:prod']],
  [
    'defaults in quotes',
    'ARG V="3.12"\nARG I=\'python\' T=slim\nFROM ${I}:${V}-${T}\n',
    ['python@3.12-slim:3:prod'],
  ],
  ['an argument of an argument', 'ARG A=20\nARG B=node:$A\nFROM $B\n', ['node@20:3:prod']],
  [
    'arguments of a stage do not count',
    'FROM a:1\nARG V=2\nFROM b:${V}\n',
    ['a@1:1:build', 'b@?${V}:3:prod'],
  ],
  ['a default in the use', 'FROM node:${V:-18}\n', ['node@18:1:prod']],
  ['an unknown tag', 'ARG V\nFROM node:$V\n', ['node@?$V:2:prod']],
  [
    'a backtick as escape',
    '# escape=`\nFROM a:1\nRUN x `\nFROM b:1\nCMD c:\\\nFROM d:1\n',
    ['a@1:2:build', 'd@1:6:prod'],
  ],
  [
    'heredocs',
    'FROM a:1\nRUN <<EOF bash\nFROM b:1\nEOF\nCOPY <<-"X" <<Y /t\nFROM c:1\n\tX\nFROM d:1\nY\nRUN cat <<<EOF\nFROM e:1\n',
    ['a@1:1:build', 'e@1:11:prod'],
  ],
  [
    'mounts',
    'FROM a:1\nRUN --mount=type=cache,target=/c --mount=type=bind,from=b:2,source=/x x\n',
    ['a@1:1:prod', 'b@2:2:prod'],
  ],
  ['ONBUILD', 'FROM a:1\nONBUILD COPY --from=b:2 x x\n', ['a@1:1:prod', 'b@2:2:prod']],
  ['a continued FROM', 'FROM \\\n  a:1 \\\n\n  AS b\n', ['a@1:1:prod']],
  [
    'a chain of stages is shipped whole',
    'FROM a:1 AS x\nFROM x AS y\nFROM b:1 AS z\nFROM y\n',
    ['a@1:1:prod', 'b@1:3:build'],
  ],
] as const)('%s', ([, text, expected]) => expect(images(text)).toEqual(expected));

test.for([
  [
    'an argument without a default costs nothing',
    'ARG BASE\nFROM $BASE\n',
    [['docker/unresolved-argument', 2, undefined]],
  ],
  ['a template is not understood', 'FROM {{ image }}\n', [['docker/not-an-image', 1, true]]],
  ['no FROM', 'RUN x\n', [['docker/no-from', undefined, true]]],
  ['an empty file', '', [['docker/no-from', undefined, undefined]]],
  ['an unknown word', 'FROM a:1\nFRMO b\nfoo\n', [['docker/unknown-instruction', 2, true]]],
  ['an open heredoc', 'FROM a:1\nRUN <<EOF\nx\n', [['file/truncated', 2, true]]],
  ['a merge conflict', 'FROM a:1\n<<<<<<< HEAD\n', [['file/merge-marker', 2, true]]],
] as const)('problem: %s', ([, text, expected]) => expect(codes(text)).toEqual(expected));

test('images without a version are one observation', () => {
  expect(read('FROM b AS x\nFROM a:latest\nFROM c:1\n').observations).toMatchObject([
    { rule: 'use/unpinned', line: 1, names: ['a', 'b'] },
  ]);
  expect(read(sample).observations).toEqual([]);
});
