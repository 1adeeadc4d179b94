import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bin, hasGit, isBuilt, osv, packageLock, World } from './harness.ts';
import { misfits } from './schema.ts';

const world = new World();
let db = '';
let clone = '';
let metadata = '';
afterAll(() => world[Symbol.dispose]());

const MIT = `Permission is hereby granted, free of charge, to any person obtaining a copy. The above copyright notice and
this permission notice shall be included. THE SOFTWARE IS PROVIDED "AS IS"\n`;
/** The harness's clock says 2026-09-21. */
const TODAY = '2026-09-21';

beforeAll(() => {
  if (!isBuilt) throw new Error('dist/cli.js is missing: run `npm run build`');
  if (!hasGit) return;
  db = world.database({
    'npm/GHSA-aaaa-aaaa-aaaa.json': osv('GHSA-aaaa-aaaa-aaaa', 'npm', 'left', '1.1.0'),
  });
  const source = world.folder('source', {
    LICENSE: MIT,
    'index.js': 'module.exports = 1;\n',
    'package.json': JSON.stringify({ name: 'left', version: '1.0.0', license: 'ISC', dependencies: {} }),
    // What a candidate rules about itself does not count.
    '.assay/config.yaml': 'ignore: ["**"]\n',
  });
  world.git(source, 'init', '-q');
  for (let month = 1; month <= 8; month++) {
    writeFileSync(join(source, 'index.js'), `module.exports = ${month};\n`);
    const at = `2026-0${month}-10T12:00:00Z`;
    world.git(source, 'add', '-A');
    world.git(source, '-c', 'user.name=\u001b[31mEve', 'commit', '-q', '--date', at, '-m', `month ${month}`);
    amendClock(source, at);
    if (month === 2) world.git(source, 'tag', 'v1.0.0');
    if (month === 8) world.git(source, 'tag', 'v1.1.0');
  }
  clone = join(world.root, 'left.git');
  world.git(world.root, 'clone', '-q', '--bare', source, clone);
  metadata = join(world.folder('meta', {}), 'left.json');
  writeFileSync(
    metadata,
    JSON.stringify({
      name: 'left',
      'dist-tags': { latest: '1.1.0' },
      time: {
        created: '2026-02-10T12:00:00Z',
        '1.0.0': '2026-02-10T12:00:00Z',
        '1.1.0': '2026-08-10T12:00:00Z',
      },
      versions: { '1.0.0': { license: 'MIT' }, '1.1.0': { license: 'MIT', deprecated: 'use right' } },
    }),
  );
});

/** The committer's time, which the command line of git leaves to the environment. */
function amendClock(folder: string, at: string): void {
  const text = world
    .git(folder, 'cat-file', 'commit', 'HEAD')
    .replace(/^(committer .*> )\d+/m, `$1${Date.parse(at) / 1000}`);
  writeFileSync(join(world.root, 'object'), text);
  const id = world.git(folder, 'hash-object', '-t', 'commit', '-w', join(world.root, 'object')).trim();
  world.git(folder, 'update-ref', 'HEAD', id);
}

const adopt = (...args: string[]) => world.assay(['adopt', ...args, '--db', db]);
/** Text without its line breaks: where they fall hangs on the length of paths. */
const inLine = (text: string): string => text.replace(/\s+/g, ' ');

interface Card {
  readonly id: string;
  readonly verdict: string;
  readonly figures: Readonly<Record<string, unknown>>;
}
interface Report {
  readonly cards: readonly Card[];
  readonly flags: readonly { readonly code: string }[];
  readonly asOf: string;
}
const json = (...args: string[]): Report => {
  const { out } = adopt(...args, '--format', 'json');
  expect(misfits('adoption-1', out)).toEqual([]);
  return JSON.parse(out) as Report;
};
const figures = (report: Report, id: string) => report.cards.find((card) => card.id === id)!.figures;

test.runIf(hasGit)('a bare clone alone: eight cards, and unknown where nothing was given', () => {
  const { code, out, err } = adopt(clone);
  expect([code, err]).toEqual([0, '']);
  for (const title of [
    'Activity',
    'Bus factor',
    'Release cadence',
    'Security latency',
    'Responsiveness',
    'Licence',
    'Community',
    'Dependency weight',
  ])
    expect(out).toContain(title);
  expect(out).toMatch(/UNKNOWN\s+Responsiveness/);
  expect(inLine(out)).toContain('as of 2026-08-10 (newest commit 2026-08-10, 42 days');
  // A name from the history cannot redraw the screen, and no address is printed.
  expect(out).not.toContain('\u001b');
  expect(out).not.toContain('example.invalid>');
  expect(out).not.toContain('test@');
  expect(adopt(`file://${clone}`).out.replaceAll(`file://${clone}`, clone)).toBe(out);
});

test.runIf(hasGit)('the figures are those of the history', () => {
  const report = json(clone);
  expect(report.cards).toHaveLength(8);
  expect(figures(report, 'activity')).toMatchObject({ state: 'active', commits12m: 8, totalCommits: 8 });
  expect(figures(report, 'bus-factor')).toMatchObject({ bf50: 1, people12m: 1 });
  expect(figures(report, 'cadence')).toMatchObject({ releases24m: 2, newest: '1.1.0' });
  // Told on 1 August, fixed on 10 August at noon.
  expect(figures(report, 'security-latency')).toMatchObject({ medianDays: 9.5, openInNewest: 0 });
  expect(figures(report, 'licence')).toMatchObject({
    licences: 'MIT',
    declared: 'ISC',
    filesAgreeWithMetadata: false,
  });
  expect(figures(report, 'weight')).toMatchObject({ direct: 0, components: 0 });
});

test.runIf(hasGit)('a day in the past is looked at from its own newest commit', () => {
  const report = json(clone, '--as-of', '2026-05-31');
  expect(report.asOf).toBe('2026-05-31T23:59:59Z');
  expect(figures(report, 'activity')).toMatchObject({ commits12m: 5 });
  expect(figures(report, 'cadence')).toMatchObject({ releases24m: 1 });
});

test.runIf(hasGit)('name, clone and metadata together; a deprecation stands first', () => {
  const report = json('left@1.0.0', '--clone', clone, '--metadata', metadata);
  expect(report.flags.map(({ code }) => code)).toEqual(['deprecated', 'old-clone']);
  expect(figures(report, 'licence')).toMatchObject({ declared: 'MIT', filesAgreeWithMetadata: true });
  const { out } = adopt('left@1.0.0', '--clone', clone, '--metadata', metadata);
  expect(out).toContain('STOP  deprecated');
  expect(out).toContain('left 1.0.0 itself: 1 known advisory (GHSA-aaaa-aaaa-aaaa)');
});

test.runIf(hasGit)('inside a project: what would be new to it', () => {
  const app = world.folder('app', packageLock({ left: '1.0.0' }));
  expect(figures(json('left', '--clone', clone, '--into', app), 'weight')).toMatchObject({ newToProject: 0 });
  expect(
    figures(json('npm-other', '--ecosystem', 'npm', '--clone', clone, '--into', app), 'weight'),
  ).toMatchObject({ newToProject: 1 });
});

test.runIf(hasGit)('markdown and SVG', () => {
  expect(adopt(clone, '-f', 'markdown').out).toContain('| Bus factor | **weak** |');
  const svg = adopt(clone, '-f', 'svg').out;
  expect(svg.startsWith('<svg')).toBe(true);
  expect(svg).toContain('WEAK');
});

test.runIf(hasGit)('a decision is recorded, listed, and due on its day', () => {
  const project = world.folder('project', {});
  const record = adopt(
    'left@1.1.0',
    '--clone',
    clone,
    '--into',
    project,
    '--record',
    'watch',
    '--reason',
    'young',
    '--alternative',
    'right',
    '--alternative',
    '@a/b',
    '--review',
    '2026-12-01',
    '--by',
    'Jo',
  );
  expect([record.code, record.err]).toEqual([0, '']);
  expect(record.out).toContain('watch left@1.1.0, look again on 2026-12-01');
  const text = readFileSync(join(project, '.assay/adoptions.yaml'), 'utf8');
  expect(text).toContain('alternatives: [right, "@a/b"]');
  const list = world.assay(['adopt', '--list', '--into', project]);
  const forPrograms = world.assay(['adopt', '--list', '--into', project, '--format', 'json']);
  expect(misfits('adoptions-1', forPrograms.out)).toEqual([]);
  expect(list.out).toContain('WATCH  left@1.1.0  (look again on 2026-12-01)');
  const later = world.assay(['adopt', '--list', '--into', project], { SOURCE_DATE_EPOCH: '1796083200' });
  expect(later.out).toContain('1 decision, 1 due');
  adopt(
    'left@1.1.0',
    '--clone',
    clone,
    '--into',
    project,
    '--record',
    'adopt',
    '--reason',
    'grown',
    '--by',
    'Jo',
  );
  expect(readFileSync(join(project, '.assay/adoptions.yaml'), 'utf8').startsWith(text)).toBe(true);
});

test('what cannot be judged is refused with the way out', () => {
  const refused = (...args: string[]) => world.assay(['adopt', ...args]);
  expect(refused('left@1.0.0').err).toContain('there is nothing to judge left@1.0.0 by');
  expect(refused('https://forge.invalid/a/b').err).toContain('would have to be fetched');
  expect(refused('git@forge.invalid:a/b.git').err).toContain('would have to be fetched');
  expect(refused('.').err).toContain('is no git repository');
  expect(refused().code).toBe(2);
  expect(refused('left', '--online').err).toContain('nothing names the registry');
  expect(refused('left', '--record', 'adopt').err).toContain('--reason');
  expect(refused('left', '--as-of', '2027-01-01').err).toContain('has not come yet');
  expect(refused('left', '--as-of', '2026-02-30').err).toContain('expected a day');
});

test('metadata that is cut off is a problem and exit code 3, never an empty pass', () => {
  const broken = world.folder('broken', { 'left.json': '{"name":"left","versions":{' });
  const { code, out } = world.assay([
    'adopt',
    'pkg:npm/left@1.0.0',
    '--metadata',
    join(broken, 'left.json'),
    '--forge',
    forge(),
    '--db',
    join(world.root, 'none'),
  ]);
  expect(code).toBe(3);
  expect(inLine(out)).toContain('it ends in the middle');
});

const forge = (): string =>
  join(
    world.folder('forge', {
      'issues.json': JSON.stringify([
        { number: 1, user: { login: 'a' }, created_at: '2026-09-01T00:00:00Z', comments: 0 },
      ]),
    }),
    'issues.json',
  );

test('online: the host is told first, and only the named one is asked', async () => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url!);
    response.end(
      JSON.stringify({
        name: '@a/left',
        'dist-tags': { latest: '1.0.0' },
        time: { created: `${TODAY}T00:00:00Z`, '1.0.0': `${TODAY}T00:00:00Z` },
        versions: { '1.0.0': { license: 'MIT', dependencies: {} } },
      }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const { code, out, err } = await running([
    'adopt',
    'pkg:npm/%40a/left@1.0.0',
    '--online',
    '--registry',
    `http://user:secret@127.0.0.1:${port}/npm/`,
    '--db',
    join(world.root, 'none'),
  ]);
  server.close();
  expect(asked).toEqual(['/npm/@a%2Fleft']);
  expect(err).toBe(`assay: asking 127.0.0.1:${port} about @a/left (npm; address from --registry)\n`);
  expect(code).toBe(0);
  expect(out).toContain('it depends on nothing');
  expect(out).not.toContain('secret');
});

/** As `world.assay`, with this process free to answer. */
function running(
  args: readonly string[],
): Promise<{ readonly code: number | null; readonly out: string; readonly err: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [bin, ...args], {
      cwd: world.root,
      env: {
        PATH: process.env['PATH'] ?? '',
        HOME: world.root,
        XDG_CACHE_HOME: join(world.root, 'cache'),
        SOURCE_DATE_EPOCH: '1790000000',
      },
    });
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk) => (out += String(chunk)));
    child.stderr.on('data', (chunk) => (err += String(chunk)));
    child.on('close', (code) => resolve({ code, out, err }));
  });
}
