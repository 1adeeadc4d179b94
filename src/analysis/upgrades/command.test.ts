import { expect, test } from 'vitest';
import type { UpgradeRequest } from '../../model/ecosystem.ts';
import { stepsIn } from './command.ts';

const request = { name: 'a', from: '1.0.0', to: '1.1.0', direct: true, inRange: true };
const place = (manifest: string, declared: Partial<UpgradeRequest> = {}) => ({
  manifests: [manifest],
  dev: false,
  declared,
});

test.for([
  ['npm', 'package-lock.json', 'npm install a@1.1.0'],
  ['npm', 'my web/pnpm-lock.yaml', "cd 'my web' && pnpm add a@1.1.0"],
  ['Go', 'tests/integration/go.mod', 'cd tests/integration && go get a@v1.1.0 && go mod tidy'],
  ['PyPI', 'api/poetry.lock', 'cd api && poetry update a'],
  ['npm', '-x/package-lock.json', 'cd ./-x && npm install a@1.1.0'],
] as const)('%s: the command for %s is run where the lockfile is', ([ecosystem, manifest, command]) =>
  expect(stepsIn(ecosystem, place(manifest), request)).toEqual({ command }),
);

test.for([
  ['go.mod', { name: 'a;id' }],
  ['go.mod', { name: '$(id)' }],
  ['go.mod', { to: '1.0.0 && id' }],
  ['a\u001b[2J/go.mod', {}],
] as const)('what a shell would run gets no command: %s, %o', ([manifest, change]) =>
  expect(stepsIn('Go', place(manifest), { ...request, ...change }).command).toBeUndefined(),
);

test.for([
  [
    'RubyGems',
    'web/Gemfile.lock',
    { range: '~> 1.0.0' },
    {
      edit: 'change the requirement of a in web/Gemfile from ~> 1.0.0 to >= 1.1.0',
      command: 'cd web && bundle update a --conservative',
    },
  ],
  [
    'PyPI',
    'api/requirements.txt',
    { range: '==1.0.0', line: 7, isDeclaration: true },
    { edit: 'change line 7 of api/requirements.txt to `a==1.1.0`' },
  ],
  [
    'PyPI',
    'requirements-dev.txt',
    { range: '<1.1', line: 7, isDeclaration: true },
    { edit: 'change line 7 of requirements-dev.txt to `a>=1.1.0`' },
  ],
  [
    'PyPI',
    'pylock.toml',
    {},
    { edit: 'raise what is asked for of a to 1.1.0, in the manifest of pylock.toml' },
  ],
  [
    'Maven',
    'core/pom.xml',
    { line: 9, isDeclaration: true },
    { edit: 'ask for a 1.1.0 on line 9 of core/pom.xml' },
  ],
  [
    'npm',
    'package-lock.json',
    { declaredBy: [{ name: 'm', path: 'packages/m' }] },
    { command: 'npm install --workspace packages/m a@1.1.0' },
  ],
] as const)('%s: what must be edited first in %s is said', ([ecosystem, manifest, declared, steps]) =>
  expect(stepsIn(ecosystem, place(manifest, declared), { ...request, inRange: false })).toEqual(steps),
);

test.for([
  ['0.2.9', ['b@1.0.0', 'c@2.0.0'], 'cargo update -p a@0.2.0 --precise 0.2.9'],
  ['0.3.0', ['b@1.0.0', 'c@2.0.0'], 'cargo update -p b@1.0.0 -p c@2.0.0'],
  ['0.3.0', [], 'cargo update -p a@0.2.0 --precise 0.3.0'],
  ['0.3.0', ['b; id'], 'cargo update -p a@0.2.0 --precise 0.3.0'],
] as const)('Cargo: for %s, what %j ask for most likely refuses or admits it', ([to, askedBy, command]) =>
  expect(
    stepsIn(
      'crates.io',
      { ...place('Cargo.lock'), askedBy },
      { name: 'a', from: '0.2.0', to, direct: false, inRange: undefined },
    ),
  ).toEqual({ command }),
);

test('what an SBOM lists is moved where it was made', () => {
  const { command, edit } = stepsIn('npm', { ...place('a/bom.json'), isReported: true }, request);
  expect(command).toBeUndefined();
  expect(edit).toMatch(/make the SBOM anew/);
});
