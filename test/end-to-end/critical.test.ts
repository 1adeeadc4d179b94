import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isBuilt, lockedProject, lockEntry, osv, World } from './harness.ts';
import { misfits } from './schema.ts';

const world = new World();
let db = '';
let app = '';
let answers = '';
afterAll(() => world[Symbol.dispose]());

const asking = ['a', 'b', 'c', 'd', 'e'];

beforeAll(() => {
  if (!isBuilt) throw new Error('dist/cli.js is missing: run `npm run build`');
  db = world.database({
    'npm/GHSA-aaaa-aaaa-aaaa.json': osv('GHSA-aaaa-aaaa-aaaa', 'npm', 'base', '2.0.0'),
  });
  const asked = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, '^1.0.0']));
  app = world.folder(
    'app',
    lockedProject(
      { dependencies: asked(asking), devDependencies: asked(['tool']) },
      {
        ...Object.fromEntries(
          asking.map((name) => [`node_modules/${name}`, lockEntry(name, asked(['base']))]),
        ),
        'node_modules/base': lockEntry('base'),
        'node_modules/tool': lockEntry('tool', {}, { dev: true, deprecated: 'gone' }),
      },
    ),
  );
  answers = world.folder('answers', {
    'a.json': JSON.stringify({
      name: 'a',
      versions: { '1.0.0': {} },
      time: { created: '2015-01-01T00:00:00.000Z', '1.0.0': '2015-01-01T00:00:00.000Z' },
      maintainers: [{ name: 'one' }],
    }),
    'readme.txt': 'not an answer',
  });
});

const critical = (...args: string[]) => world.assay(['critical', app, ...args, '--db', db]);

test('critical and badly kept on top, with the reason', () => {
  const { code, out, err } = critical();
  expect([code, err]).toEqual([0, '']);
  expect(out.replaceAll(/\s+/g, ' ')).toContain(
    'of 7 components, 1 critical and badly kept, 1 badly kept only, 0 critical only',
  );
  expect(out).toMatch(
    /CRITICAL AND BADLY KEPT\n\n {2}base 1\.0\.0 {2}production\n {4}5 of 6 direct dependencies need it.*\n {4}open findings: 1 critical\n/,
  );
  expect(out).toMatch(
    /BADLY KEPT, LESS HANGS ON IT\n\n {2}tool 1\.0\.0 {2}development only\n.*\n {4}deprecated: gone\n/,
  );
  expect(out).toContain('who keeps the components and when they were released is unknown');
  expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
});

test('with what registries say', () => {
  const { code, out } = critical('--metadata', answers);
  expect(code).toBe(0);
  expect(out).toMatch(
    /a 1\.0\.0 {2}production\n.*\n(.*\n)? {4}one account may publish it, and has not for \d+ years/,
  );
  expect(out.replaceAll(/\s+/g, ' ')).toContain(
    'how many accounts may publish is known for 1 of 7 components, when they came out for 1',
  );
});

test('a mirror’s dates are not taken for releases’, and that is said', () => {
  const copied = world.folder('copied', {
    'a.json': JSON.stringify({
      name: 'a',
      versions: { '1.0.0': {} },
      time: { modified: '2026-01-01T00:00:00.000Z', '1.0.0': '2026-01-01T00:00:00.000Z' },
    }),
  });
  const words = critical('--metadata', copied).out.replaceAll(/\s+/g, ' ');
  expect(words).toContain(
    'how many accounts may publish is known for 0 of 7 components, when they came out for 0',
  );
  expect(words).toContain(
    'the metadata of 1 component gives no dates to go by: its times lack created, so they may be those of a mirror’s copying',
  );
});

test('metadata that cannot be understood is said, and the exit code is 3; that is not there, 2', () => {
  const wrong = world.folder('wrong', { 'x.json': '{"a":1}' });
  const { code, out } = critical('--metadata', wrong);
  expect(code).toBe(3);
  expect(out).toContain('x.json');
  expect(critical('--metadata', join(wrong, 'y.json')).code).toBe(2);
  expect(critical('--metadata', world.folder('empty', {})).code).toBe(3);
  expect(critical('--manifest', 'nothing').code).toBe(2);
});

test('the same as JSON and Markdown; the same bytes each time', () => {
  const json = JSON.parse(critical('--format', 'json').out) as {
    components: { name: string; critical: boolean; badlyKept: boolean; weights: { neededBy: number }[] }[];
  };
  expect(json.components[0]).toMatchObject({
    name: 'base',
    critical: true,
    badlyKept: true,
    weights: [{ neededBy: 5, directs: 6, holds: 1, components: 7 }],
  });
  expect(critical('--format', 'markdown').out).toContain('| `base 1.0.0` | production | 5 of 6 | 0 |');
  expect(critical('--format', 'json').out).toBe(critical('--format', 'json', '--no-cache').out);
});

test('the JSON is as its schema says', () => {
  for (const args of [[], ['--metadata', answers]])
    expect(misfits('critical-1', critical(...args, '--format', 'json').out)).toEqual([]);
});
