import { expect, test } from 'vitest';
import { bundlerCommand, bundlerEdit } from './upgrade.ts';

const request = {
  name: 'rack',
  from: '2.0',
  to: '2.2',
  direct: true,
  dev: false,
  manifest: 'Gemfile.lock',
  inRange: true,
};

test.for([
  [{}, 'bundle update rack --conservative'],
  [{ manifest: 'a/gems.locked', direct: false, inRange: false }, 'bundle update rack --conservative'],
  [{ inRange: false }, 'bundle update rack --conservative'],
  [{ manifest: 'Gemfile' }, undefined],
  [{ name: '$(id)' }, undefined],
] as const)('%j: %s', ([change, expected]) =>
  expect(bundlerCommand({ ...request, ...change })).toBe(expected),
);

test.for([
  ['Gemfile.lock', '~> 2.0', 'change the requirement of rack in Gemfile from ~> 2.0 to >= 2.2'],
  ['a/gems.locked', undefined, 'change the requirement of rack in a/gems.rb to >= 2.2'],
  [
    'gemfiles/rails_7.gemfile.lock',
    '2.0',
    'change the requirement of rack in gemfiles/rails_7.gemfile from 2.0 to >= 2.2',
  ],
  ['Gemfile', '2.0', undefined],
] as const)('the edit for %s with %s: %s', ([manifest, range, expected]) =>
  expect(
    bundlerEdit({ ...request, manifest, inRange: false, ...(range === undefined ? {} : { range }) }),
  ).toBe(expected),
);
