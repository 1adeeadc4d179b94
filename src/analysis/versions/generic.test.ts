import { expect, test } from 'vitest';
import { schemeContract } from './contract.ts';
import { generic } from './generic.ts';

schemeContract(generic, [
  '0.9',
  '1.0-alpha',
  '1.0-beta1',
  '1.0-beta2',
  '1.0-rc1',
  '1.0',
  '1.0-patch1',
  '1.0.1',
  '1.0.1a',
  '1.0.1b',
  '1.0.9',
  '1.0.10',
  'v2',
  '2024.01.15',
]);

test('zeros at the end and a leading v are noise', () => {
  expect(generic.compare('v1.0.0', '1')).toBe(0);
  expect(generic.compare('1.0', '1.0.0')).toBe(0);
});

test.for([
  ['1.5', '>=1.0, <2.0', true],
  ['2.0', '>=1.0,<2.0', false],
  ['2.0', '2', true],
  ['2.0', '!= 2', false],
  ['2.0', '^2', undefined],
  ['2.0', '', undefined],
] as const)('%s in %s', ([version, range, expected]) =>
  expect(generic.satisfies(version, range)).toBe(expected),
);
