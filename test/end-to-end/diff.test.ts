import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hasGit, isBuilt, osv, packageLock, World } from './harness.ts';
import { misfits } from './schema.ts';

const world = new World();
let db = '';
let repository = '';
afterAll(() => world[Symbol.dispose]());

beforeAll(() => {
  if (!isBuilt) throw new Error('dist/start.cjs is missing: run `npm run build`');
  const records = world.folder('records', {
    'npm/GHSA-aaaa-aaaa-aaaa.json': osv('GHSA-aaaa-aaaa-aaaa', 'npm', 'left', '1.3.0'),
  });
  db = join(world.root, 'db');
  const built = world.assay(['db', 'update', '--from', records, '--db', db]);
  if (built.code !== 0) throw new Error(built.err);
  if (!hasGit) return;
  repository = world.folder('app', packageLock({ left: '1.2.0', kept: '1.0.0' }));
  world.git(repository, 'init', '-q');
  world.git(repository, 'add', '.');
  world.git(repository, 'commit', '-qm', 'one');
  world.git(repository, 'tag', 'v1');
  world.folder('app', packageLock({ left: '1.3.0', kept: '1.0.0', fresh: '0.1.0' }));
  world.git(repository, 'add', '.');
  world.git(repository, 'commit', '-qm', 'two');
  world.git(repository, 'tag', 'v2');
});

const diff = (...args: string[]) => world.assay(['diff', ...args, '--db', db], {}, repository || world.root);

test('what a reviewer reads', ({ skip }) => {
  if (!hasGit) skip('no git here');
  const { code, out, err } = diff('v1', 'v2');
  expect([code, err]).toEqual([0, '']);
  expect(out).toContain('2 changes to 3 components: 1 new, 1 up; 2 direct');
  expect(out).toContain('+ fresh 0.1.0  (declared ^0.1.0)');
  expect(out).toContain('↑ left 1.2.0 → 1.3.0  (declared ^1.2.0 → ^1.3.0)');
  expect(out).toContain('FINDINGS THAT ARE GONE');
  expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
});

test('the same from a bare repository, as folders, against the files on disk and what is staged', ({
  skip,
}) => {
  if (!hasGit) skip('no git here');
  const json = (...args: string[]): unknown => {
    const { code, out, err } = diff(...args, '--format', 'json');
    expect([code, err]).toEqual([0, '']);
    const { components, edges, findings } = JSON.parse(out) as Record<string, unknown>;
    return { components, edges, findings };
  };
  const expected = json('v1', 'v2');
  const bare = join(world.root, 'bare.git');
  world.git(repository, 'clone', '-q', '--bare', '.', bare);
  expect(json('v1', 'v2', bare)).toEqual(expected);
  expect(json('v1', bare)).toEqual(expected);
  expect(json('v1')).toEqual(expected);
  expect(json('v1', '.')).toEqual(expected);
  expect(json('v1', '--index')).toEqual(expected);
  expect(json('v1', repository, '--index')).toEqual(expected);
  const before = world.folder('before', packageLock({ left: '1.2.0', kept: '1.0.0' }));
  expect(json(before, repository)).toEqual(expected);
  expect(json('v1', 'v2', '--no-cache')).toEqual(expected);
});

test('the JSON is as its schema says, and markdown escapes names', ({ skip }) => {
  if (!hasGit) skip('no git here');
  for (const [base, head] of [
    ['v1', 'v2'],
    ['v2', 'v1'],
    ['v1', 'v1'],
  ] as const)
    expect(misfits('diff-1', diff(base, head, '--format', 'json').out)).toEqual([]);
  const hostile = world.folder('hostile', packageLock({ '<img src=x>`|': '1.0.0' }));
  const { out } = diff('v1', hostile, '--format', 'markdown');
  expect(out).toContain('``<img src=x>`| 1.0.0``');
  expect(diff('v1', 'v2', '--format', 'markdown').out).toContain('`left 1.2.0 → 1.3.0`');
});

test('config and decisions are those of the base, and a change of them is said', ({ skip }) => {
  if (!hasGit) skip('no git here');
  const head = world.folder('acquitted', {
    ...packageLock({ left: '1.2.0', kept: '1.0.0' }),
    '.assay/config.yaml': 'ignore: ["**"]\n',
  });
  const { out } = diff('v2', head);
  expect(out).toContain('.assay/config.yaml added');
  expect(out).toContain('NEW FINDINGS');
});

test('what could not be read ends with 3, what is not there with 2', ({ skip }) => {
  if (!hasGit) skip('no git here');
  const broken = world.folder('broken', packageLock({ left: '1.2.0' }));
  writeFileSync(join(broken, 'package-lock.json'), '{');
  const { code, out } = diff('v1', broken);
  expect(code).toBe(3);
  expect(out).toContain('NOT READ');
  expect(diff('v9', 'v2').code).toBe(2);
  expect(diff().err).toContain('name a BASE');
});
