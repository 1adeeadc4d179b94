import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hasGit, isBuilt, osv, packageLock, World } from './harness.ts';

const world = new World();
let db = '';
let app = '';
let metadata = '';
afterAll(() => world[Symbol.dispose]());

beforeAll(() => {
  if (!isBuilt) throw new Error('dist/start.cjs is missing: run `npm run build`');
  db = world.database({
    'npm/GHSA-aaaa-aaaa-aaaa.json': osv('GHSA-aaaa-aaaa-aaaa', 'npm', 'left', '2.0.0'),
  });
  app = world.folder('app', packageLock({ left: '1.0.0' }));
  metadata = join(
    world.folder('answers', { 'left.json': JSON.stringify({ name: 'left', versions: { '1.0.0': {} } }) }),
    'left.json',
  );
  if (!hasGit) return;
  world.git(app, 'init', '-q');
  world.git(app, 'add', '-A');
  world.git(app, 'commit', '-qm', 'first');
});

// Everything is named by its whole path, as a pipeline does; a report is read by others.
test.each([
  ['scan', 'html'],
  ['scan', 'json'],
  ['scan', 'cyclonedx'],
  ['scan', 'spdx'],
  ['scan', 'openvex'],
  ['scan', 'sarif'],
  ['scan', 'markdown'],
  ['cost', 'json'],
  ['critical', 'json', '--metadata'],
  ['graph', 'gexf'],
  ['why left', 'svg'],
  ['timeline', 'json'],
  ['adopt', 'json', '--metadata'],
])('%s as %s does not say where it was made', (command, format, ...more) => {
  if (!hasGit && ['timeline', 'adopt'].includes(command)) return;
  const { out, err } = world.assay([
    ...command.split(' '),
    app,
    '--format',
    format,
    '--db',
    db,
    ...(more.length === 0 ? [] : [...more, metadata]),
  ]);
  expect(err).toBe('');
  expect(out).toContain('app');
  expect(out).not.toContain(world.root);
});
