import { expect, test } from 'vitest';
import type { Component, Purl } from '../../model/component.ts';
import type { EcosystemId } from '../../model/ecosystem.ts';
import { componentsAsked } from './asked.ts';

const component = (ecosystem: EcosystemId, type: string, name: string, version: string): Component => ({
  purl: `pkg:${type}/${name.replace('@', '%40')}@${version}` as Purl,
  ecosystem,
  name,
  version,
  origin: 'registry',
  licences: [],
});
const components = [
  component('npm', 'npm', '@scope/a', '1.0.0'),
  component('npm', 'npm', 'a', '1.0.0'),
  component('npm', 'npm', 'a', '2.1.0'),
  component('PyPI', 'pypi', 'ruamel-yaml', '0.17'),
];

test.for([
  ['a', [1, 2]],
  ['a@2.1.0', [2]],
  ['a@^2', [2]],
  ['a@^3', []],
  ['@scope/a', [0]],
  ['@scope/a@1.0.0', [0]],
  ['Ruamel.YAML', [3]],
  ['pkg:npm/a', [1, 2]],
  ['pkg:npm/a@1.0.0', [1]],
  ['b', []],
] as const)('%s', ([text, expected]) => expect(componentsAsked(components, text)).toEqual(expected));
