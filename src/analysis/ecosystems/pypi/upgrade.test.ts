import { expect, test } from 'vitest';
import { pypiCommand, pypiEdit, pypiTransitiveEdit } from './upgrade.ts';

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
  [
    'requirements.txt',
    { inRange: false, covers: ['api/base.in'] },
    'pip-compile --upgrade-package requests==2.31.0 base.in',
  ],
  ['requirements.txt', { inRange: undefined }, undefined],
  ['constraints.txt', { direct: false, inRange: undefined }, undefined],
  [
    'constraints.txt',
    { direct: false, inRange: undefined, covers: ['constraints.in'] },
    'pip-compile --upgrade-package requests==2.31.0 constraints.in',
  ],
  ['requirements.in', {}, undefined],
  ['pylock.toml', {}, undefined],
  ['pyproject.toml', {}, undefined],
  ['poetry.lock', { name: 'a; rm -rf /' }, undefined],
] as const)('%s %j: %s', ([manifest, change, expected]) =>
  expect(pypiCommand({ ...request, manifest, ...change })).toBe(expected),
);

test.for([
  [
    'requirements.txt',
    { range: '==2.0', line: 3 },
    'change line 3 of requirements.txt to `requests==2.31.0`',
  ],
  [
    'a/dev-requirements.txt',
    { range: '~=2.0', line: 3 },
    'change line 3 of a/dev-requirements.txt to `requests~=2.31.0`',
  ],
  [
    'api/requirements.txt',
    { range: '==2.0', line: 3, covers: ['api/constraints.txt', 'api/requirements.in'] },
    'change requests in api/requirements.in to `requests==2.31.0`',
  ],
  ['requirements.in', { range: '<2.30' }, 'change requests in requirements.in to `requests>=2.31.0`'],
  ['pylock.toml', { line: 3 }, undefined],
] as const)('the edit of %s %j: %s', ([manifest, change, expected]) =>
  expect(pypiEdit({ ...request, manifest, inRange: false, ...change })).toBe(expected),
);

test('a constraints file written by hand is changed by hand', () => {
  const of = (manifest: string, covers: readonly string[] = []) =>
    pypiTransitiveEdit([
      { ...request, manifest, covers },
      { ...request, name: 'idna', to: '3.7', manifest, covers },
    ]);
  expect(of('a/constraints.txt')).toBe('write `requests==2.31.0`, `idna==3.7` in a/constraints.txt');
  expect(of('constraints.txt', ['constraints.in'])).toBeUndefined();
  expect(of('poetry.lock')).toBeUndefined();
});
