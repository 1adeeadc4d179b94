import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Browser, chromium } from './chromium.ts';
import { World, hasGit, isBuilt, osv, packageLock } from './harness.ts';

/** Every command that draws, with what makes it draw for the project below. */
const DRAWN: readonly (readonly [name: string, ...args: string[]])[] = [
  ['cost', 'cost', 'project'],
  ['graph', 'graph', 'project'],
  ['graph-narrow', 'graph', 'project', '--around', 'qs', '--width', '343'],
  ['why', 'why', 'qs', 'project'],
  ['why-narrow', 'why', 'qs', 'project', '--width', '343'],
  ['timeline', 'timeline', 'project'],
  ['adopt', 'adopt', 'app', '--clone', 'project', '--ecosystem', 'npm'],
];

const world = new World();
const pictures = new Map<string, string>();
const fileOf = (name: string): string => join(world.root, `${name}.svg`);

beforeAll(() => {
  if (!isBuilt || !hasGit) return;
  const folder = world.folder('project', {
    ...withAskers(packageLock({ lodash: '4.17.20', express: '4.17.1' }, { gulp: '4.0.0' })),
    LICENSE: 'MIT License\n',
  });
  world.git(folder, 'init', '--quiet');
  world.git(folder, 'add', '.');
  world.git(folder, 'commit', '--quiet', '--message', 'first');
  world.git(folder, 'tag', 'v1.0.0');
  const db = join(world.root, 'db');
  const advisories = world.folder('advisories', {
    'a.json': osv('CVE-2021-0001', 'npm', 'lodash', '4.17.21'),
    'b.json': osv('CVE-2021-0002', 'npm', 'qs', '6.5.3', { severity: [] }),
  });
  world.assay(['db', 'update', '--from', advisories, '--db', db]);
  for (const [name, ...args] of DRAWN) {
    const { code, err } = world.assay([...args, '--db', db, '--format', 'svg', '--output', fileOf(name)]);
    if (code !== 0 || err !== '') throw new Error(`${name}: ${code} ${err}`);
    pictures.set(name, readFileSync(fileOf(name), 'utf8'));
  }
}, 60_000);

afterAll(() => world[Symbol.dispose]());

/** The same lockfile with `qs`, asked for by all three, and names longer than there is room for. */
function withAskers(files: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const lock = JSON.parse(files['package-lock.json']!) as {
    packages: Record<string, Record<string, unknown>>;
  };
  const long = 'a-name-that-is-longer-than-any-column-of-any-picture-has-room-for-in-one-line';
  lock.packages['node_modules/qs'] = { version: '6.5.0' };
  lock.packages[`node_modules/${long}`] = { version: '1.0.0', dependencies: { qs: '^6.0.0' } };
  for (const name of ['lodash', 'express', 'gulp'])
    lock.packages[`node_modules/${name}`]!['dependencies'] = { qs: '^6.5.0', [long]: '^1.0.0' };
  return { ...files, 'package-lock.json': JSON.stringify(lock, null, 2) };
}

describe.skipIf(!isBuilt || !hasGit)('every picture', () => {
  test.for(DRAWN)(
    '%s: has the one style, names no colour or letter of its own, fetches and runs nothing',
    ([name]) => {
      const svg = pictures.get(name)!;
      const [before, style, after] = partsOf(svg);
      expect(style).toBe(partsOf(pictures.get('cost')!)[1]);
      const drawing = before + after;
      expect(drawing).not.toMatch(
        /#[0-9a-f]{3,8}\b(?!\))|rgb\(|font-family|style=|<script|<image|<foreignObject|\son\w+=/i,
      );
      expect(drawing).not.toMatch(/(?:href|src)="(?!#)/);
      expect(drawing).toMatch(/role="(?:img|group)" aria-labelledby="[\w-]+" aria-describedby="[\w-]+"/);
      // Its first line says what it answers, in the same letters everywhere.
      expect(/<text [^>]*>/.exec(drawing)?.[0]).toMatch(/class="p-ink" font-size="15" font-weight="600"/);
    },
  );

  test('is as many pixels wide as it is told', () => {
    for (const [name, ...args] of DRAWN)
      for (const width of ['280', '640', '1400']) {
        const given = args.indexOf('--width');
        const { out } = world.assay([
          ...(given < 0 ? args : args.toSpliced(given, 2)),
          '--db',
          join(world.root, 'db'),
          '--format',
          'svg',
          '--width',
          width,
        ]);
        const [, left, across, wide] = /viewBox="(\S+) \S+ (\S+) \S+" width="(\d+)"/.exec(out) ?? [];
        expect([name, across, wide]).toEqual([name, width, width]);
        expect(['0', '-16']).toContain(left);
      }
  });

  const skipped = chromium === undefined ? ' (skipped: no Chromium here)' : '';
  test.skipIf(chromium === undefined)(
    `keeps its text within its edges, light and dark${skipped}`,
    async () => {
      const page = join(world.root, 'pictures.html');
      writeFileSync(page, `<!doctype html><title>Pictures</title>${[...pictures.values()].join('\n')}`);
      const browser = await Browser.start();
      try {
        for (const dark of [false, true]) {
          const opened = await browser.open(pathToFileURL(page).href, { width: 1280, dark });
          expect(
            await opened.evaluate(`[...document.querySelectorAll('svg text')].flatMap((text) => {
            const own = text.getBoundingClientRect();
            const all = text.ownerSVGElement.getBoundingClientRect();
            const fits = own.left >= all.left - 1 && own.right <= all.right + 1 && own.top >= all.top - 1 && own.bottom <= all.bottom + 1;
            return fits ? [] : [text.textContent];
          })`),
          ).toEqual([]);
          expect(opened.complaints).toEqual([]);
        }
      } finally {
        await browser[Symbol.asyncDispose]();
      }
    },
    60_000,
  );
});

function partsOf(svg: string): readonly [before: string, style: string, after: string] {
  const start = svg.indexOf('<style>');
  const end = svg.indexOf('</style>');
  return [svg.slice(0, start), svg.slice(start, end), svg.slice(end)];
}
