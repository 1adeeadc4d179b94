import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { hasGit, World } from './harness.ts';

const world = new World();
afterAll(() => world[Symbol.dispose]());

interface Report {
  readonly ok: boolean;
  readonly findings: readonly { readonly id: string; readonly state: string; readonly says: string }[];
}

function doctor(
  folder: string,
  env: Readonly<Record<string, string>> = {},
): Report & { code: number | null } {
  const path = `${dirname(process.execPath)}:${process.env['PATH'] ?? ''}`;
  const { code, out } = world.assay(['doctor', folder, '--format', 'json'], { PATH: path, ...env });
  return { code, ...(JSON.parse(out) as Report) };
}

const states = ({ findings }: Report): Record<string, string> =>
  Object.fromEntries(findings.map(({ id, state }) => [id, state]));

test('a clone as it should be, and what is wrong with another', ({ skip }) => {
  if (!hasGit) skip('no git here');
  const folder = world.folder('app', { a: 'a\n' });
  world.git(folder, 'init', '-q');
  const before = doctor(folder);
  expect([before.code, before.ok, states(before)]).toMatchObject([1, false, { hooks: 'missing' }]);

  expect(world.assay(['hook', 'install', folder]).code).toBe(0);
  mkdirSync(join(folder, 'node_modules/.bin'), { recursive: true });
  writeFileSync(join(folder, 'node_modules/.bin/assay'), '#!/bin/sh\n');
  const installed = doctor(folder);
  expect(installed.code).toBe(0);
  expect(states(installed)).toEqual({
    node: 'ok',
    'node-on-path': 'ok',
    assay: 'ok',
    git: 'ok',
    hooks: 'ok',
    'hook:pre-commit': 'ok',
    'hook:commit-msg': 'ok',
    'hook:pre-push': 'ok',
    'hook-runs': 'ok',
    committed: 'attention',
    'self-test': 'ok',
    advisories: 'attention',
    cache: 'ok',
  });
  world.git(folder, 'add', '.assay');
  world.git(folder, 'commit', '-qnm', 'hooks');
  chmodSync(join(folder, '.assay/hooks/pre-push'), 0o644);
  expect(states(doctor(folder))).toMatchObject({ committed: 'ok', 'hook:pre-push': 'missing' });

  // A hook finds another node than the one that runs this.
  const old = world.folder('old', { node: '#!/bin/sh\necho v18.0.0\n' });
  chmodSync(join(old, 'node'), 0o755);
  const settings = world.folder('config/assay', { 'hook-env.sh': `PATH=${old}:$PATH\n` });
  const odd = doctor(folder, { XDG_CONFIG_HOME: dirname(settings) });
  expect(odd.findings.find(({ id }) => id === 'node-on-path')).toMatchObject({
    state: 'missing',
    says: `v18.0.0 in ${old}/node: hooks need 22.22, and stop git without it`,
  });
});

test('for people: a line each, and what to do', () => {
  const { code, out } = world.assay(['doctor', world.folder('none', {})], { PATH: world.root });
  expect(code).toBe(1);
  expect(out).toMatch(/^ok {8}node {12}v\d/);
  expect(out).toContain('missing   git             no git on PATH\n                          → install git');
});
