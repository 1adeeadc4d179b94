import { expect, test } from 'vitest';
import type { UpgradeRequest } from '../../../model/ecosystem.ts';
import { npmOverrideSteps, npmTransitiveEdit, npmUpgradeCommand } from './upgrade.ts';

const request: UpgradeRequest = {
  name: '@s/a',
  from: '1.0.0',
  to: '1.2.3',
  direct: true,
  dev: false,
  manifest: 'package-lock.json',
  inRange: true,
};

test.for<[Partial<UpgradeRequest>, string | undefined]>([
  [{}, 'npm install @s/a@1.2.3'],
  [{ dev: true, manifest: 'web/npm-shrinkwrap.json' }, 'npm install --prefix web --save-dev @s/a@1.2.3'],
  [{ direct: false }, 'npm update @s/a'],
  [
    { direct: false, inRange: undefined, manifest: 'my web/package-lock.json' },
    "npm update --prefix 'my web' @s/a",
  ],
  [{ direct: false, inRange: false }, "npm pkg set 'overrides[@s/a@1.0.0]=1.2.3' && npm install"],
  [{ manifest: 'package.json' }, 'npm install @s/a@1.2.3'],
  [{ manifest: 'web/pnpm-lock.yaml', dev: true }, 'cd web && pnpm add --save-dev @s/a@1.2.3'],
  [{ manifest: 'pnpm-lock.yaml', direct: false }, 'pnpm update --depth Infinity @s/a'],
  [{ manifest: 'pnpm-lock.yaml', direct: false, inRange: false }, undefined],
  [{ manifest: 'yarn.lock', format: 'classic' }, 'yarn upgrade @s/a@1.2.3'],
  [{ manifest: 'yarn.lock', format: 'berry' }, 'yarn up @s/a@1.2.3'],
  [{ manifest: 'yarn.lock' }, 'yarn add @s/a@1.2.3'],
  [{ manifest: 'yarn.lock', format: 'berry', direct: false }, 'yarn up --recursive @s/a'],
  [{ manifest: 'yarn.lock', format: 'classic', direct: false }, 'yarn install'],
  [{ manifest: 'yarn.lock', format: 'classic', direct: false, inRange: false }, undefined],
  [{ manifest: 'yarn.lock', format: 'classic', direct: false, to: '1.0.0' }, undefined],
  [{ manifest: 'bun.lock', dev: true }, 'bun add --dev @s/a@1.2.3'],
  [{ manifest: 'bun.lock', direct: false }, 'bun install'],
  [{ manifest: 'bun.lock', direct: false, inRange: false }, undefined],
  [{ manifest: 'bun.lock', direct: false, from: '1.2.3', to: '1.2.3' }, undefined],
  [{ manifest: 'other.json' }, undefined],
])('%o', ([change, expected]) => expect(npmUpgradeCommand({ ...request, ...change })).toBe(expected));

const top = { name: 'app', path: '' };
const b = { name: '@s/b', path: 'packages/b' };
const c = { name: 'c', path: 'my c' };

test.for<[Partial<UpgradeRequest>, string | undefined]>([
  [{ declaredBy: [top] }, 'npm install @s/a@1.2.3'],
  [
    { declaredBy: [c, b], dev: true },
    "npm install --workspace 'my c' --workspace packages/b --save-dev @s/a@1.2.3",
  ],
  [{ declaredBy: [top, b] }, 'npm install --workspace packages/b --include-workspace-root @s/a@1.2.3'],
  [{ manifest: 'pnpm-lock.yaml', declaredBy: [top] }, 'pnpm --workspace-root add @s/a@1.2.3'],
  [
    { manifest: 'pnpm-lock.yaml', declaredBy: [b, c] },
    "pnpm --filter './my c' --filter ./packages/b add @s/a@1.2.3",
  ],
  [
    { manifest: 'pnpm-lock.yaml', declaredBy: [b, top], dev: true },
    'pnpm --workspace-root add --save-dev @s/a@1.2.3 && pnpm --filter ./packages/b add --save-dev @s/a@1.2.3',
  ],
  [
    { manifest: 'yarn.lock', format: 'classic', declaredBy: [b, c] },
    'yarn workspace c upgrade @s/a@1.2.3 && yarn workspace @s/b upgrade @s/a@1.2.3',
  ],
  [
    { manifest: 'yarn.lock', format: 'classic', declaredBy: [top, b] },
    'yarn upgrade @s/a@1.2.3 && yarn workspace @s/b upgrade @s/a@1.2.3',
  ],
  [{ manifest: 'yarn.lock', format: 'berry', declaredBy: [b, c] }, 'yarn up @s/a@1.2.3'],
  [{ manifest: 'yarn.lock', format: 'classic', declaredBy: [{ name: 'x;id', path: 'x' }] }, undefined],
])('in a workspace: %o', ([change, expected]) =>
  expect(npmUpgradeCommand({ ...request, ...change })).toBe(expected),
);

const change = (keys: readonly string[], isDeclared = false) => ({
  override: { name: 'a', range: '1.0.0', path: 'package.json', line: 4, keys },
  to: '1.2.3',
  isDeclared,
});

test.for([
  [
    'package-lock.json',
    [change(['overrides', 'a']), change(['overrides', 'x', 'a'])],
    { command: 'npm pkg set overrides.a=1.2.3 overrides.x.a=1.2.3 && npm install' },
  ],
  [
    'package-lock.json',
    [change(['overrides', 'a@1'], true), change(['overrides', '@s/x@1.0.0', 'a'], true)],
    {
      command:
        "npm pkg set 'overrides[a@1]=$a' 'overrides[@s/x@1.0.0].a=1.2.3' && npm install --save-exact a@1.2.3",
    },
  ],
  [
    'package-lock.json',
    [change(['overrides', 'x]', 'a'])],
    { edit: 'change overrides > x] > a on line 4 of package.json to 1.2.3', command: 'npm install' },
  ],
  [
    'pnpm-lock.yaml',
    [change(['pnpm', 'overrides', 'a'], true)],
    {
      edit: 'change pnpm > overrides > a on line 4 of package.json to 1.2.3; and ask for a@1.2.3 where it is declared',
      command: 'pnpm install',
    },
  ],
] as const)('overrides in %s %j', ([manifest, changes, expected]) =>
  expect(npmOverrideSteps(changes, manifest, undefined)).toEqual(expected),
);

test('resolutions of classic yarn are looked up again', () => {
  expect(npmOverrideSteps([change(['resolutions', '**/a'])], 'yarn.lock', 'classic')).toEqual({
    edit: 'change resolutions > **/a on line 4 of package.json to 1.2.3',
    command: 'yarn install --force',
  });
});

test.for([
  ['a name with a command in it', { name: 'a; rm -rf ~' }],
  ['a name that is an option', { name: '--foo' }],
  ['a version with a command in it', { to: '1.0.0$(id)' }],
  ['a prototype’s key as file name', { manifest: 'constructor' }],
] as const)('no command for %s', ([, change]) =>
  expect(npmUpgradeCommand({ ...request, ...change })).toBeUndefined(),
);

test('hostile folders are quoted', () => {
  expect(npmUpgradeCommand({ ...request, manifest: "-x';id/yarn.lock" })).toBe(
    "cd './-x'\\'';id' && yarn add @s/a@1.2.3",
  );
});

test('where a package manager has no command for indirect dependencies, the edit before `install` is said', () => {
  const of = (change: Partial<UpgradeRequest>, ...moves: readonly (readonly [name: string, to: string])[]) =>
    npmTransitiveEdit(moves.map(([name, to]) => ({ ...request, direct: false, ...change, name, to })));
  const two = [
    ['a', '1.1.0'],
    ['b', '2.1.0'],
  ] as const;
  const many = ['a', 'b', 'c', 'd', 'e'].map((name): [string, string] => [name, '1.1.0']);
  const classic = { manifest: 'web/yarn.lock', format: 'classic' };
  expect(of(classic, ...two)).toBe('take the entries of a, b out of web/yarn.lock');
  expect(of(classic, ...many)).toBe('take the entries of these 5 components out of web/yarn.lock');
  expect(of({ manifest: 'web/bun.lock' }, ...two)).toBe(
    'put "a": "1.1.0", "b": "2.1.0" under "overrides" in web/package.json',
  );
  // An override is for every version of a name.
  expect(of({ manifest: 'bun.lock' }, ['a', '1.1.0'], ['a', '2.1.0'])).toBe(
    'remove bun.lock, so that all is chosen anew',
  );
  expect(of({ manifest: 'package-lock.json' }, ...two)).toBe(undefined);
  expect(of({ ...classic, inRange: false }, ...two)).toBe(undefined);
});
