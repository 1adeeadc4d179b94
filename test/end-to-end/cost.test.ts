import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isBuilt, lockedProject, lockEntry, osv, World } from './harness.ts';
import { misfits } from './schema.ts';

const world = new World();
let db = '';
let app = '';
afterAll(() => world[Symbol.dispose]());

beforeAll(() => {
  if (!isBuilt) throw new Error('dist/cli.js is missing: run `npm run build`');
  db = world.database({
    'npm/GHSA-aaaa-aaaa-aaaa.json': osv('GHSA-aaaa-aaaa-aaaa', 'npm', 'deep', '2.0.0'),
  });
  app = world.folder(
    'app',
    lockedProject(
      { dependencies: { big: '^1.0.0', small: '^1.0.0' } },
      {
        'node_modules/big': lockEntry('big', { deep: '^1.0.0', shared: '^1.0.0' }),
        'node_modules/small': lockEntry('small', { shared: '^1.0.0' }),
        'node_modules/shared': lockEntry('shared'),
        'node_modules/deep': lockEntry('deep', {}, { hasInstallScript: true, deprecated: 'gone' }),
      },
    ),
  );
});

const cost = (...args: string[]) => world.assay(['cost', app, ...args, '--db', db]);

test('bars with figures, and what hangs on what goes', () => {
  const { code, out, err } = cost();
  expect([code, err]).toEqual([0, '']);
  expect(out).toMatch(/big 1\.0\.0 +█+░+ +2 of 3\s+1 critical; 1 script, 1 deprecated/);
  expect(out).toMatch(/small 1\.0\.0 +█+░+ +1 of 2\n/);
  expect(out).toContain('big and small together free 1 more than each alone');
  expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
});

test('what frees a component', () => {
  expect(cost('--frees', 'shared').out).toContain(
    'it goes only when both of these direct dependencies go, and 3 other components\n  with it:\n    big 1.0.0, small 1.0.0',
  );
  expect(cost('--frees', 'deep@1.0.0').out).toContain(
    'it goes when this direct dependency goes, and 1 other component with it:\n    big 1.0.0',
  );
});

test('what is asked for and is not there ends with 2 and names what is', () => {
  for (const [args, hint] of [
    [['--frees', 'nothing'], 'no component nothing here'],
    [['--workspace', 'nothing'], 'there are app'],
    [['--manifest', 'nothing'], 'there are package-lock.json'],
  ] as const) {
    const { code, err, out } = cost(...args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(hint);
  }
});

test('the same as JSON, SVG and Markdown; the same bytes each time', () => {
  const json = JSON.parse(cost('--format', 'json').out) as {
    manifests: { path: string; directs: { name: string; goes: { components: number } }[] }[];
  };
  expect(
    json.manifests.map(({ path, directs }) => [path, directs.map((one) => [one.name, one.goes.components])]),
  ).toEqual([
    [
      'package-lock.json',
      [
        ['big', 2],
        ['small', 1],
      ],
    ],
  ]);
  expect(cost('--format', 'svg').out).toMatch(/^<svg [^]*<\/svg>\n$/);
  expect(cost('--format', 'markdown').out).toContain('| `big 1.0.0` | 2 | 1 | 1 critical | 1 | 1 |');
  expect(cost('--format', 'json').out).toBe(cost('--format', 'json', '--no-cache').out);
});

test('Markdown tells a lockfile and its copy once', () => {
  const lock = readFileSync(join(app, 'package-lock.json'), 'utf8');
  const manifest = readFileSync(join(app, 'package.json'), 'utf8');
  const twice = world.folder('twice', {
    'package.json': manifest,
    'package-lock.json': lock,
    'kept/package.json': manifest,
    'kept/package-lock.json': lock,
  });
  const { out } = world.assay(['cost', twice, '--format', 'markdown', '--db', db]);
  expect(out.match(/^\| `big 1/gm)).toHaveLength(1);
  expect(out).toContain('The same in `kept/package-lock.json`.');
});

test('the JSON is as its schema says', () => {
  for (const args of [[], ['--frees', 'shared'], ['--workspace', 'app']])
    expect(misfits('cost-1', cost(...args, '--format', 'json').out)).toEqual([]);
});

test('as wide as asked for: text in columns, svg in pixels', () => {
  const widest = (text: string): number => Math.max(...text.split('\n').map((line) => line.length));
  expect(widest(cost('--width', '60').out)).toBeLessThanOrEqual(60);
  expect(cost('--width', '400', '--format', 'svg').out).toContain('width="400"');
  for (const args of [
    ['--width', '59'],
    ['--width', 'x'],
    ['--width', '80', '--format', 'json'],
  ])
    expect(cost(...args)).toMatchObject({ code: 2, out: '' });
});

test('an unreadable lockfile is said, and the exit code is 3', () => {
  const folder = world.folder('broken', { 'package-lock.json': '{"lockfileVersion": 3, "packages": {' });
  writeFileSync(join(folder, 'go.mod'), 'module example.invalid/x\n\nrequire example.invalid/y v1.0.0\n');
  const { code, out } = world.assay(['cost', folder, '--db', db]);
  expect(code).toBe(3);
  expect(out).toContain('NOT READ');
  expect(out).toContain('edges unknown');
});
