import { expect, test } from 'vitest';
import type { UpgradeRequest } from '../../../model/ecosystem.ts';
import { npmUpgradeCommand } from './upgrade.ts';

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
  [{ manifest: 'yarn.lock', format: 'classic', direct: false }, undefined],
  [{ manifest: 'bun.lock', dev: true }, 'bun add --dev @s/a@1.2.3'],
  [{ manifest: 'bun.lock', direct: false }, undefined],
  [{ manifest: 'other.json' }, undefined],
])('%o', ([change, expected]) => expect(npmUpgradeCommand({ ...request, ...change })).toBe(expected));

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
