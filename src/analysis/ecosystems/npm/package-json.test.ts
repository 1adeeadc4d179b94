import { expect, test } from 'vitest';
import { extractorContract } from '../contract.ts';
import { packageJson } from './package-json.ts';

const SAMPLE = `{
  "name": "app",
  "version": "1.0.0",
  "license": "MIT",
  "dependencies": {
    "pinned": "1.2.3",
    "ranged": "^1.0.0",
    "old": "npm:@s/real@~2.0.0",
    "git": "git+https://user:token@git.example.invalid/o/g.git",
    "tar": "https://registry.example.invalid/tar/-/tar-3.0.0.tgz",
    "dir": "file:../dir",
    "member": "workspace:*"
  },
  "devDependencies": {
    "ranged": "^2.0.0",
    "short": "o/repo",
    "tag": "latest"
  },
  "peerDependencies": {
    "host": ">=1"
  }
}
`;

extractorContract(packageJson, 'web/package.json', SAMPLE);

const read = (text: string, path = 'package.json') => packageJson.extract({ path, text }, () => undefined);

test('what is declared, each once, with kind, line and origin', () => {
  const { components, edges } = read(SAMPLE);
  expect(
    components.map((c, at) => [c.name, c.version || c.requested, c.origin, c.line, edges[at - 1]?.kind]),
  ).toEqual([
    ['app', '1.0.0', 'project', 2, undefined],
    ['pinned', '1.2.3', 'registry', 6, 'prod'],
    ['ranged', '^1.0.0', 'registry', 7, 'prod'],
    ['@s/real', '~2.0.0', 'registry', 8, 'prod'],
    ['git', 'git+https://git.example.invalid/o/g.git', 'git', 9, 'prod'],
    ['tar', '3.0.0', 'registry', 10, 'prod'],
    ['dir', 'file:../dir', 'file', 11, 'prod'],
    ['member', 'workspace:*', 'workspace', 12, 'prod'],
    ['short', 'o/repo', 'git', 16, 'dev'],
    ['tag', 'latest', 'registry', 17, 'dev'],
    ['host', '>=1', 'registry', 20, 'peer'],
  ]);
  expect(components[3]!.alias).toBe('old');
});

test('tokens in addresses are neither kept nor shown', () => {
  expect(JSON.stringify(read(SAMPLE))).not.toContain('token');
});

test('what no lockfile fixes is named; peers are not', () => {
  expect(read(SAMPLE).observations).toMatchObject([
    {
      rule: 'manifest/not-locked',
      message: 'no lockfile: 3 of 5 dependencies have no exact version: @s/real, ranged, tag',
      names: ['@s/real', 'ranged', 'tag'],
    },
  ]);
  expect(read('{"dependencies": {"a": "1.0.0"}}').observations[0]!.message).toBe(
    'no lockfile: what these pinned dependencies depend on is not fixed: a',
  );
  expect(read('{"peerDependencies": {"a": "^1.0.0"}}').observations).toEqual([]);
});

test('a nameless file without dependencies is no project; a broken one is a loss', () => {
  expect(read('{"type": "module"}').components).toEqual([]);
  expect(read('{"name": "x"').problems).toMatchObject([{ code: 'file/not-json', lost: true }]);
  expect(packageJson.claims('node_modules/a/package.json')).toBe(false);
});
