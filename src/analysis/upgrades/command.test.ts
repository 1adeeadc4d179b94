import { expect, test } from 'vitest';
import { commandIn } from './command.ts';

const request = { name: 'a', from: '1.0.0', to: '1.1.0', direct: true, inRange: true };

test.for([
  ['npm', 'package-lock.json', 'npm install a@1.1.0'],
  ['npm', 'my web/pnpm-lock.yaml', "cd 'my web' && pnpm add a@1.1.0"],
  ['Go', 'tests/integration/go.mod', 'cd tests/integration && go get a@v1.1.0 && go mod tidy'],
  ['PyPI', 'api/poetry.lock', 'cd api && poetry update a'],
  ['npm', '-x/package-lock.json', 'cd ./-x && npm install a@1.1.0'],
] as const)('%s: the command for %s is run where the lockfile is', ([ecosystem, manifest, command]) =>
  expect(commandIn(ecosystem, { manifests: [manifest], dev: false }, request)).toBe(command),
);

test.for([
  ['go.mod', { name: 'a;id' }],
  ['go.mod', { name: '$(id)' }],
  ['go.mod', { to: '1.0.0 && id' }],
  ['a\u001b[2J/go.mod', {}],
] as const)('what a shell would run gets no command: %s, %o', ([manifest, change]) =>
  expect(commandIn('Go', { manifests: [manifest], dev: false }, { ...request, ...change })).toBeUndefined(),
);
