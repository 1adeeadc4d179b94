import { expect, test } from 'vitest';
import { bundlerCommand } from './upgrade.ts';

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
  [{ inRange: false }, undefined],
  [{ manifest: 'Gemfile' }, undefined],
  [{ name: '$(id)' }, undefined],
] as const)('%j: %s', ([change, expected]) =>
  expect(bundlerCommand({ ...request, ...change })).toBe(expected),
);
