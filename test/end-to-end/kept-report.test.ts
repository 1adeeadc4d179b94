import { spawn, spawnSync } from 'node:child_process';
import {
  cpSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readEntry, writeEntry } from '../../src/adapters/cache/entry.ts';
import { bin, isBuilt, osv, packageLock, World, type Run } from './harness.ts';

const world = new World();
let db = '';
let app = '';
afterAll(() => world[Symbol.dispose]());

const RECORDS = {
  'npm/GHSA-aaaa-aaaa-aaaa.json': osv('GHSA-aaaa-aaaa-aaaa', 'npm', 'left', '1.3.0'),
};
beforeAll(() => {
  if (!isBuilt) throw new Error('dist/start.cjs is missing: run `npm run build`');
  db = world.database(RECORDS);
  app = world.folder('app', packageLock({ left: '1.2.0' }));
});

const scan = (args: readonly string[], env: Readonly<Record<string, string>> = {}): Run =>
  world.assay(['scan', app, '--db', db, ...args], env);

/** Files of the cache that hold a report with this text in it. */
function kept(text: string): string[] {
  const facts = join(world.root, 'cache/assay/facts');
  return readdirSync(facts, { recursive: true, encoding: 'utf8' })
    .map((path) => join(facts, path))
    .filter((path) => statSync(path).isFile() && readFileSync(path, 'utf8').includes(text));
}

/** Puts another word into every report that is kept, checksum and all, so that a report from the cache gives itself away. */
function mark(): void {
  for (const path of kept('Upgrade left')) {
    const value = readEntry(path)!.toString('utf8').replaceAll('Upgrade left', 'Upgrade kept');
    writeEntry(path, Buffer.from(value, 'utf8'));
  }
}

test.for([['text'], ['json'], ['markdown']] as const)(
  'the second %s of the same comes from the cache, the very same, with its exit code',
  async ([format]) => {
    const args = ['--format', format, '--fail-on', 'low'];
    const first = scan(args);
    expect([first.code, first.out.includes('Upgrade left')]).toEqual([1, true]);
    expect(scan(args)).toEqual(first);
    mark();
    expect(scan(args).out).toBe(first.out.replaceAll('Upgrade left', 'Upgrade kept'));
    expect(scan([...args, '--no-cache'])).toEqual(first);
  },
);

test.for([['sarif'], ['cyclonedx'], ['spdx'], ['openvex'], ['html']] as const)(
  '%s is made each time',
  ([format]) => {
    const first = scan(['--format', format]);
    expect(scan(['--format', format])).toEqual(first);
    expect(kept('Upgrade kept').length).toBeGreaterThan(0);
    expect(first.out).not.toContain('Upgrade kept');
  },
);

test('what a report says of the time is of now', () => {
  const taken = (epoch: string): unknown => {
    const { out } = scan(['--format', 'json', '--name', 'timed'], { SOURCE_DATE_EPOCH: epoch });
    return (JSON.parse(out) as { takenAt: string }).takenAt;
  };
  expect([taken('1790000000'), taken('1790000001')]).toEqual([
    '2026-09-21T14:13:20Z',
    '2026-09-21T14:13:21Z',
  ]);
});

test.for([
  ['another day', [], { SOURCE_DATE_EPOCH: '1790100000' }],
  ['another threshold', ['--fail-on', 'critical'], {}],
  ['another name', ['--name', 'other'], {}],
  ['all of it', ['--all'], {}],
  ['colours', [], { FORCE_COLOR: '1' }],
] as const)('%s is another report', async ([, args, env]) => {
  scan([]);
  mark();
  expect(scan([]).out).toContain('Upgrade kept');
  expect(scan(args, env).out).toContain('Upgrade left');
});

test('a file that changed within the same second to the same size is seen', async () => {
  const path = join(app, 'package-lock.json');
  const text = readFileSync(path, 'utf8');
  const { atime, mtime } = statSync(path);
  scan([]);
  writeFileSync(path, text.replaceAll('1.2.0', '1.1.0'));
  utimesSync(path, atime, mtime);
  expect(scan([]).out).toContain('Upgrade left 1.1.0 to 1.3.0');
  writeFileSync(path, text);
  utimesSync(path, atime, mtime);
  expect(scan([]).out).not.toContain('1.1.0');
});

test('config, decisions and advisories that change are seen', () => {
  const before = scan(['--format', 'json']);
  const config = world.folder('app/.assay', { 'config.yaml': 'exposure: internet\n' });
  const exposed = scan(['--format', 'json']);
  expect(exposed.out).not.toBe(before.out);
  world.folder('app', { '.trivyignore': 'GHSA-aaaa-aaaa-aaaa\n' });
  const ignored = scan(['--format', 'json']);
  expect(JSON.parse(ignored.out)).toMatchObject({ summary: { decided: 1 } });
  writeFileSync(join(app, '.trivyignore'), '');
  writeFileSync(join(config, 'config.yaml'), '');
  expect(JSON.parse(scan(['--format', 'json']).out)).toMatchObject({ summary: { decided: 0 } });
  const more = { 'npm/GHSA-bbbb-bbbb-bbbb.json': osv('GHSA-bbbb-bbbb-bbbb', 'npm', 'left', '1.4.0') };
  world.database({ ...RECORDS, ...more });
  expect(scan([]).out).toContain('1.2.0 to 1.4.0');
  world.assay([
    'db',
    'update',
    '--fresh',
    '--from',
    join(world.root, 'records/npm/GHSA-aaaa-aaaa-aaaa.json'),
    '--db',
    db,
  ]);
  expect(scan([]).out).toContain('1.2.0 to 1.3.0');
});

test('a report of another build is not taken', async () => {
  scan([]);
  const before = kept('Upgrade').length;
  const here = join(world.root, 'another');
  const root = join(bin, '../..');
  for (const part of ['bin', 'dist', 'package.json'])
    cpSync(join(root, part), join(here, part), { recursive: true });
  const [main] = readdirSync(join(here, 'dist/chunks')).filter((name) => name.startsWith('main-'));
  const other = 'main-00000000.cjs';
  cpSync(join(here, 'dist/chunks', main!), join(here, 'dist/chunks', other));
  const start = join(here, 'dist/start.cjs');
  writeFileSync(start, readFileSync(start, 'utf8').replaceAll(main!, other));
  const result = spawnSync(process.execPath, [join(here, 'bin/assay.js'), 'scan', app, '--db', db], {
    env: {
      PATH: process.env['PATH'],
      HOME: world.root,
      XDG_CACHE_HOME: join(world.root, 'cache'),
      SOURCE_DATE_EPOCH: '1790000000',
    },
    encoding: 'utf8',
  });
  expect(result.stdout).toContain('Upgrade left');
  expect(kept('Upgrade').length).toBeGreaterThan(before);
});

test('a cache that is cut, changed or swapped never gives a wrong answer', async () => {
  const args = ['--format', 'json'];
  const right = scan([...args, '--no-cache']).out;
  for (const damage of [
    (path: string) => truncateSync(path, Math.floor(statSync(path).size / 2)),
    (path: string) => truncateSync(path, 0),
    (path: string) => writeFileSync(path, readFileSync(path, 'latin1').replace('left', 'lift'), 'latin1'),
  ]) {
    scan(args);
    for (const path of kept('left')) damage(path);
    expect(scan(args).out).toBe(right);
    expect(scan(args).out).toBe(right);
  }
});

test('scans at once on an empty cache all give the same', async () => {
  const right = scan(['--no-cache']).out;
  const run = (): Promise<string> =>
    new Promise((resolve) => {
      const child = spawn(process.execPath, [bin, 'scan', app, '--db', db], {
        env: {
          PATH: process.env['PATH'],
          HOME: world.root,
          XDG_CACHE_HOME: join(world.root, 'cache-of-many'),
          SOURCE_DATE_EPOCH: '1790000000',
        },
      });
      let out = '';
      child.stdout.on('data', (data: Buffer) => (out += data.toString()));
      child.on('close', () => resolve(out));
    });
  expect(new Set(await Promise.all([run(), run(), run(), run()]))).toEqual(new Set([right]));
  expect(await run()).toBe(right);
});
