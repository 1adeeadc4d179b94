import { afterAll, beforeAll, expect, test } from 'vitest';
import { isBuilt, packageLock, World } from './harness.ts';

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
