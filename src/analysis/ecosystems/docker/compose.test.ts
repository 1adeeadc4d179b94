import { expect, test } from 'vitest';
import { extractorContract } from '../contract.ts';
import { compose } from './compose.ts';

const read = (text: string) => compose.extract({ path: 'compose.yml', text }, () => undefined);
const images = (text: string) => read(text).components.map((c) => `${c.name}@${c.version}:${c.line}`);

const sample = `x-common: &common
  restart: always
services:
  db:
    <<: *common
    image: postgres:16.3
  cache: {image: "redis:\${REDIS:-7.2}"}
  app:
    build: .
    image: example/app:dev
  queue:
    image: registry.example.invalid/q@sha256:${'cd'.repeat(32)}
`;

extractorContract(compose, 'docker-compose.yml', sample);

test('images of services; what is built here is not one', () => {
  expect(images(sample)).toEqual([
    'postgres@16.3:6',
    'redis@7.2:7',
    `registry.example.invalid/q@sha256:${'cd'.repeat(32)}:12`,
  ]);
});

test.for([
  ['docker-compose.yml', true],
  ['docker-compose.override.yaml', true],
  ['compose-dev.yml', true],
  ['a/compose.yaml', true],
  ['composer.yml', false],
  ['compose.json', false],
] as const)('claims %s: %s', ([path, expected]) => expect(compose.claims(path)).toBe(expected));

test('the first version of the format has no services key', () => {
  expect(images('db:\n  image: mysql:5.7\nweb:\n  build: .\n')).toEqual(['mysql@5.7:2']);
});

test('an inline Dockerfile is read with its lines', () => {
  const text =
    'services:\n  a:\n    build:\n      dockerfile_inline: |\n        FROM a:1\n        RUN x\n        FROM b:2\n';
  expect(images(text)).toEqual(['a@1:5', 'b@2:7']);
});

test('an image that the environment names costs nothing; an escaped dollar is none', () => {
  const { components, problems } = read(
    'services:\n  a:\n    image: ${IMAGE}\n  b:\n    image: x:${TAG}\n  c:\n    image: a$$b\n',
  );
  expect(components.map((c) => [c.name, c.version, c.requested])).toEqual([['x', '', '${TAG}']]);
  expect(problems.map((p) => [p.code, p.at?.line, p.lost])).toEqual([
    ['docker/unresolved-argument', 3, undefined],
    ['docker/unresolved-argument', 5, undefined],
    ['docker/not-an-image', 7, true],
  ]);
});
