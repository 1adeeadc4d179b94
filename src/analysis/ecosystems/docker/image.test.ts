import { expect, test } from 'vitest';
import { canonicalImageName, computedImage, imageComponent, parseImage } from './image.ts';
import { substitute } from './variables.ts';

const digest = `sha256:${'0a'.repeat(32)}`;

test.for([
  ['node', { name: 'node', tag: '', digest: '' }],
  ['node:20-alpine', { name: 'node', tag: '20-alpine', digest: '' }],
  ['registry.example.invalid:5000/a/b', { name: 'registry.example.invalid:5000/a/b', tag: '', digest: '' }],
  [
    'registry.example.invalid:5000/a/b:1',
    { name: 'registry.example.invalid:5000/a/b', tag: '1', digest: '' },
  ],
  [`a/b:1@${digest}`, { name: 'a/b', tag: '1', digest }],
  [`a@${digest}`, { name: 'a', tag: '', digest }],
  ['', undefined],
  ['a b', undefined],
  ['./local', undefined],
  ['a@b', undefined],
  ['a:', undefined],
  ['a//b', undefined],
  ['{{ image }}', undefined],
] as const)('image reference %s', ([text, expected]) => expect(parseImage(text)).toEqual(expected));

test.for([
  ['docker.io/library/node', 'node'],
  ['library/node', 'node'],
  ['index.docker.io/bitnami/redis', 'bitnami/redis'],
  ['ghcr.io/library/node', 'ghcr.io/library/node'],
] as const)('canonical name of %s', ([name, expected]) => expect(canonicalImageName(name)).toBe(expected));

test('the version is the tag, or the digest when there is no tag', () => {
  const versions = (['node:20', `node:20@${digest}`, `node@${digest}`, 'node', 'node:latest'] as const).map(
    (text) => {
      const { version, requested, integrity } = imageComponent(parseImage(text)!, 1, 'prod');
      return [version, requested, integrity];
    },
  );
  expect(versions).toEqual([
    ['20', undefined, undefined],
    ['20', undefined, digest],
    [digest, undefined, digest],
    ['', 'latest', undefined],
    ['', 'latest', undefined],
  ]);
});

test('a computed tag leaves the name known', () => {
  expect(computedImage('node:${{ matrix.node }}', 3, 'build')).toMatchObject({
    name: 'node',
    version: '',
    requested: '${{ matrix.node }}',
  });
  expect(computedImage('${REGISTRY}/node:1', 3, 'build')).toBeUndefined();
  expect(computedImage(':'.repeat(100_000), 3, 'build')).toBeUndefined();
});

test.for([
  ['plain', 'plain'],
  ['$A-x', '1-x'],
  ['${A}${B}', '12'],
  ['${C:-d}', 'd'],
  ['${C-d}', 'd'],
  ['${A:-d}', '1'],
  ['${A:+e}', 'e'],
  ['${C:+e}', ''],
  ['${EMPTY:-d}', 'd'],
  ['${EMPTY-d}', ''],
  ['${C:-${B}}', '2'],
  ['${C:-${D:-z}}', 'z'],
  ['$C', undefined],
  ['${C}', undefined],
  ['${A', undefined],
  ['${C:?must be given}', undefined],
  ['$', undefined],
] as const)('variables in %s', ([text, expected]) => {
  const values = new Map([
    ['A', '1'],
    ['B', '2'],
    ['EMPTY', ''],
  ]);
  expect(substitute(text, (name) => values.get(name))).toBe(expected);
});
