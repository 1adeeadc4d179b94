import { expect, test } from 'vitest';
import { pypiCommand } from './upgrade.ts';

const request = {
  name: 'requests',
  from: '2.0',
  to: '2.31.0',
  direct: true,
  dev: false,
  manifest: '',
  inRange: true,
};

test.for([
  ['poetry.lock', {}, 'poetry update requests'],
  ['poetry.lock', { inRange: false }, 'poetry add requests@^2.31.0'],
  ['poetry.lock', { inRange: false, dev: true }, 'poetry add --group dev requests@^2.31.0'],
  ['poetry.lock', { inRange: false, direct: false }, 'poetry update requests'],
  ['a/uv.lock', { inRange: undefined }, 'uv lock --upgrade-package requests==2.31.0'],
  ['a/uv.lock', { inRange: false }, 'uv add "requests>=2.31.0"'],
  ['Pipfile.lock', {}, 'pipenv update requests'],
  ['Pipfile.lock', { inRange: false, dev: true }, 'pipenv install --dev "requests~=2.31.0"'],
  ['pdm.lock', {}, 'pdm update requests'],
  ['pdm.lock', { direct: false }, undefined],
  ['pdm.lock', { inRange: false }, 'pdm add "requests>=2.31.0"'],
  ['api/requirements.txt', {}, 'pip-compile --upgrade-package requests==2.31.0 api/requirements.in'],
  [
    'requirements/dev.txt',
    { direct: false, inRange: undefined },
    'pip-compile --upgrade-package requests==2.31.0 requirements/dev.in',
  ],
  ['requirements.txt', { inRange: false }, undefined],
  ['requirements.txt', { inRange: undefined }, undefined],
  ['requirements.in', {}, undefined],
  ['pylock.toml', {}, undefined],
  ['pyproject.toml', {}, undefined],
  ['poetry.lock', { name: 'a; rm -rf /' }, undefined],
] as const)('%s %j: %s', ([manifest, change, expected]) =>
  expect(pypiCommand({ ...request, manifest, ...change })).toBe(expected),
);
