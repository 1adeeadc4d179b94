import { afterAll, beforeAll, expect, test } from 'vitest';
import { isBuilt, packageLock, World } from './harness.ts';
import { misfits } from './schema.ts';

const world = new World();
let app = '';
afterAll(() => world[Symbol.dispose]());

beforeAll(() => {
  if (!isBuilt) throw new Error('dist/cli.js is missing: run `npm run build`');
  app = world.folder('app', packageLock({ left: '1.2.0' }, { right: '1.0.0' }));
});

test('why a component is here: found is 0, not found 1, not sure 3', () => {
  const found = world.assay(['why', 'left', app]);
  expect([found.code, found.err]).toEqual([0, '']);
  expect(found.out).toContain('package-lock.json:');
  expect(found.out).toContain('^1.2.0');
  const missing = world.assay(['why', 'lefd', app]);
  expect(missing.code).toBe(1);
  expect(missing.out).toContain('did you mean left?');
  const broken = world.folder('broken', { ...packageLock({ left: '1.2.0' }), 'b/package-lock.json': '{' });
  expect(world.assay(['why', 'nothing', broken]).code).toBe(3);
  expect(world.assay(['why']).code).toBe(2);
  expect(world.assay(['why', 'left', app, '--paths', 'many']).err).toContain('whole number');
});

test('as JSON and as a picture', () => {
  const answer = JSON.parse(world.assay(['why', 'right', app, '--format', 'json']).out) as {
    format: string;
    components: { places: { askers: { own: boolean; kinds: string[] }[] }[] }[];
  };
  expect(answer.format).toBe('assay-why');
  expect(answer.components[0]!.places[0]!.askers).toMatchObject([{ own: true, kinds: ['dev'] }]);
  const svg = world.assay(['why', 'left', app, '--format', 'svg', '--width', '360']).out;
  expect(svg).toMatch(/^<svg .*<\/svg>\n$/s);
});

test('as Markdown, where a bar in a range breaks no table', () => {
  const folder = world.folder('bar', packageLock({ left: '1.2.0' }, {}));
  const out = world.assay(['why', 'left', folder, '--format', 'markdown']).out;
  expect(out).toContain('### Why `left` is in');
  expect(out).toMatch(/\| `[^`]+` \| `\^1\.2\.0` \| declared \|/);
});

test('what is declared but not seen in code, and used but not declared', () => {
  const folder = world.folder('code', {
    ...packageLock({ left: '1.2.0', used: '1.0.0' }),
    'src/a.ts': "import u from 'used'",
  });
  const lists = world.assay(['why', '--unused', '--phantom', folder]);
  expect(lists.code).toBe(0);
  expect(lists.out).toContain('1 file of code read');
  expect(lists.out).toMatch(
    /DECLARED, NO IMPORT SEEN: 1\n.*may be used by configuration.*\n {2}package.json\n {4}left\n/,
  );
  expect(lists.out).toContain('USED, NOT DECLARED: 0');
  const json = JSON.parse(world.assay(['why', '--unused', folder, '--format', 'json']).out) as {
    format: string;
    unseen: { name: string }[];
    phantoms?: unknown;
  };
  expect([json.format, json.unseen.map(({ name }) => name), json.phantoms]).toEqual([
    'assay-usage',
    ['left'],
    undefined,
  ]);
  expect(world.assay(['why', '--unused', folder, '--format', 'markdown']).out).toContain('- `left`\n');
  expect(world.assay(['why', 'used', folder]).out).toContain('imported in src/a.ts:1\n');
  expect(world.assay(['why', 'left', folder]).out).toContain(
    'no import seen in 1 file of code read; may be used',
  );
  expect(world.assay(['why', 'used', folder, '--no-code']).out).not.toContain('imported');
  expect(world.assay(['why', '--unused', folder, '--format', 'svg']).code).toBe(2);
});

test('the JSON is as its schemas say', () => {
  const folder = world.folder('schemas', {
    ...packageLock({ left: '1.2.0', used: '1.0.0' }, { right: '1.0.0' }),
    'src/a.ts': "import u from 'used'",
  });
  const check = (schema: string, ...args: readonly string[]): void =>
    expect(misfits(schema, world.assay(['why', ...args, folder, '--format', 'json']).out)).toEqual([]);
  for (const name of ['left', 'used', 'right@1', 'nothing']) check('why-1', name);
  check('usage-1', '--unused');
  check('usage-1', '--phantom', '--unused');
});
