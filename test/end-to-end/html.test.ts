import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Browser, chromium, type Page, type View } from './chromium.ts';
import { World, hasGit, isBuilt, osv, packageLock } from './harness.ts';

const axePath = join(import.meta.dirname, '../../node_modules/axe-core/axe.min.js');
const world = new World();
let report = '';
let said = '';

/** A project with a graph, findings of several urgencies, a decision, a file that cannot be read, and names that try things. */
function project(): string {
  const { 'package-lock.json': lock, 'package.json': manifest } = packageLock(
    { lodash: '4.17.20', express: '4.17.1', quiet: '1.0.0' },
    { gulp: '4.0.0' },
  );
  const parsed = JSON.parse(lock!) as { packages: Record<string, Record<string, unknown>> };
  const add = (name: string, version: string, by: string): void => {
    parsed.packages[`node_modules/${name}`] = {
      version,
      resolved: `https://registry.example.invalid/${name}.tgz`,
    };
    const asks = (parsed.packages[`node_modules/${by}`]!['dependencies'] ??= {}) as Record<string, string>;
    asks[name] = `^${version}`;
  };
  for (let n = 0; n < 30; n++)
    add(`part-${n}`, `1.${n}.0`, n < 12 ? 'express' : n < 24 ? 'gulp' : `part-${n - 8}`);
  add('qs', '6.5.0', 'part-3');
  add('<img src=x onerror=alert(1)>', '1.0.0', 'part-4');
  return world.folder('project', {
    'package.json': manifest!,
    'package-lock.json': JSON.stringify(parsed, null, 2),
    'old/package-lock.json': '{"lockfileVersion": 3, "packages": {',
  });
}

/** Two releases: the first with an older lockfile. */
function timelineOf(folder: string, db: string): string {
  const file = join(world.root, 'timeline.json');
  const lock = join(folder, 'package-lock.json');
  const now = readFileSync(lock, 'utf8');
  writeFileSync(lock, packageLock({ lodash: '4.17.20', qs: '6.5.0' })['package-lock.json']!);
  world.git(folder, 'init', '--quiet');
  for (const [tag, text] of [['v1.0.0'], ['v1.1.0', now]] as const) {
    if (text !== undefined) writeFileSync(lock, text);
    world.git(folder, 'add', '.');
    world.git(folder, 'commit', '--quiet', '--message', tag);
    world.git(folder, 'tag', tag);
  }
  const made = world.assay(['timeline', folder, '--db', db, '--format', 'json', '--output', file]);
  if (made.err !== '') throw new Error(made.err);
  return file;
}

beforeAll(() => {
  if (!isBuilt) return;
  const folder = project();
  const advisories = world.folder('advisories', {
    'a.json': osv('CVE-2021-0001', 'npm', 'lodash', '4.17.21'),
    'b.json': osv('CVE-2021-0002', 'npm', 'qs', '6.5.3', {
      severity: [{ type: 'CVSS_V3', score: 'CVSS:3.1/AV:L/AC:H/PR:H/UI:R/S:U/C:L/I:N/A:N' }],
    }),
    'c.json': osv('CVE-2021-0003', 'npm', 'gulp', undefined),
    'd.json': osv('CVE-2021-0004', 'npm', 'part-13', '2.0.0', { severity: [] }),
  });
  const db = join(world.root, 'db');
  world.assay(['db', 'update', '--from', advisories, '--db', db]);
  const because = ['--status', 'affected', '--reason', 'only the test runner', '--by', 'Jo Example'];
  world.assay(['decide', 'CVE-2021-0003', ...because, '--db', db, folder]);
  report = join(world.root, 'report.html');
  const scan = ['scan', folder, '--db', db, '--format', 'html', '--output', report];
  said = world.assay(hasGit ? [...scan, '--timeline', timelineOf(folder, db)] : scan).err;
}, 60_000);

afterAll(() => world[Symbol.dispose]());

test.skipIf(!isBuilt)('--format html prints the report, and a timeline is for it alone', () => {
  expect(said).toBe('');
  expect(readFileSync(report, 'utf8')).toMatch(/^<!doctype html>\n<html lang="en">/);
  const other = world.assay(['scan', 'project', '--timeline', 'x.json']);
  expect([other.code, other.err]).toEqual([2, 'assay: --timeline is for --format html\n']);
  writeFileSync(join(world.root, 'no.json'), '{"format":"assay-scan"}');
  const wrong = world.assay(['scan', 'project', '--format', 'html', '--timeline', 'no.json']);
  expect(wrong.code).toBe(2);
  expect(wrong.err).toContain('is no timeline of schema 1');
});

const missing = [
  ...(isBuilt ? [] : ['no build']),
  ...(chromium === undefined ? ['no Chromium'] : []),
  ...(existsSync(axePath) ? [] : ['no axe-core']),
].join(', ');

describe.skipIf(missing !== '')(`in a browser${missing === '' ? '' : ` (skipped: ${missing} here)`}`, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await Browser.start();
  }, 60_000);
  afterAll(() => browser?.[Symbol.asyncDispose]());

  const open = (view: View, anchor = ''): Promise<Page> =>
    browser.open(`${pathToFileURL(report).href}${anchor}`, view);

  test.for([
    ['wide', { width: 1280 }],
    ['narrow', { width: 320 }],
    ['dark', { width: 1280, dark: true }],
    ['dark and narrow', { width: 375, dark: true }],
    ['forced colours', { width: 1280, forcedColours: true }],
    ['print', { width: 800, print: true }],
  ] as const)('axe finds nothing: %s', async ([, view]) => {
    const page = await open(view);
    // Whatever is folded is judged too.
    await page.evaluate(`document.querySelectorAll('details').forEach((one) => { one.open = true; })`);
    await page.evaluate(readFileSync(axePath, 'utf8'));
    const found = (await page.evaluate(
      `axe.run(document, { resultTypes: ['violations', 'incomplete', 'passes'] }).then((r) => ({
        violations: r.violations.map((v) => [v.id, v.nodes.slice(0, 3).map((n) => n.html.slice(0, 200))]),
        undecided: r.incomplete.flatMap((v) => v.nodes.map((n) => [v.id, n.html.slice(0, 120)])).filter(([, html]) => !html.startsWith('<text')),
        passes: r.passes.length,
      }))`,
    )) as { violations: unknown[]; undecided: unknown[]; passes: number };
    expect(found.violations).toEqual([]);
    // On what pictures are drawn over it cannot judge; the contrast of their colours is a test of its own.
    expect(found.undecided).toEqual([]);
    expect(found.passes).toBeGreaterThan(20);
    expect(page.complaints).toEqual([]);
    await page.close();
  });

  test('nothing is asked for but the file itself, and a stranger’s name runs nothing', async () => {
    const page = await open({ width: 1280 });
    await page.evaluate('new Promise((done) => setTimeout(done, 200))');
    expect(page.requests.map((url) => url.slice(0, 8))).toEqual(['file:///']);
    expect(page.complaints).toEqual([]);
    expect(await page.evaluate('document.images.length')).toBe(0);
    await page.close();
  });

  test('nothing scrolls sideways, from 320 pixels on, however much is open', async () => {
    for (const [width, anchor] of [
      [320, ''],
      [320, '#m0-shared'],
      [320, '#findings'],
      [660, ''],
      [1280, ''],
    ] as const) {
      const page = await open({ width }, anchor);
      await page.evaluate(`document.querySelectorAll('details').forEach((one) => { one.open = true; })`);
      const { scrollWidth, clientWidth } = (await page.evaluate(
        '(({ scrollWidth, clientWidth }) => ({ scrollWidth, clientWidth }))(document.documentElement)',
      )) as { scrollWidth: number; clientWidth: number };
      expect([width, anchor, scrollWidth]).toEqual([width, anchor, clientWidth]);
      await page.close();
    }
  });

  test('with scripts off every section is there, nothing offers what cannot be done, and the map leads on', async () => {
    const html = readFileSync(report, 'utf8');
    const target = /id="(m0-\d+)"/.exec(html)![1]!;
    const page = await open({ width: 1280, scripts: false }, `#${target}`);
    const { root } = (await page.send('DOM.getDocument', { depth: -1 })) as { root: { nodeId: number } };
    const boxOf = async (selector: string): Promise<boolean> => {
      const { nodeId } = (await page.send('DOM.querySelector', { nodeId: root.nodeId, selector })) as {
        nodeId: number;
      };
      return page.send('DOM.getBoxModel', { nodeId }).then(
        () => true,
        () => false,
      );
    };
    for (const id of [
      'result',
      'actions',
      'findings',
      'why',
      'map',
      ...(hasGit ? ['timeline'] : []),
      'inventory',
      'licences',
      'decisions',
      'problems',
      'sources',
    ])
      expect([id, await boxOf(`#${id}`)]).toEqual([id, true]);
    expect(await boxOf('form')).toBe(false);
    // What is linked to takes the place of the whole.
    expect(await boxOf(`#${target}`)).toBe(true);
    expect(await boxOf('#m0')).toBe(false);
    await page.close();
  });

  test('search and filters leave what fits and say how much, and a link to a hidden row shows it again', async () => {
    const page = await open({ width: 1280 });
    const shown = `document.querySelectorAll('#inventory-list tr[data-o]:not([hidden])').length`;
    const all = await page.evaluate(shown);
    const type = (text: string): string => `(async () => {
      const form = document.querySelector('form[data-for="inventory-list"]');
      form.elements.q.value = ${JSON.stringify(text)};
      form.dispatchEvent(new Event('input', { bubbles: true }));
      await new Promise((done) => setTimeout(done, 100));
      return form.querySelector('output').value;
    })()`;
    expect(await page.evaluate(type('QS 6.5'))).toMatch(/^1 of \d+ shown$/);
    expect(await page.evaluate(shown)).toBe(1);
    expect(await page.evaluate(type('no such thing'))).toMatch(/^0 of /);
    expect(await page.evaluate(type(''))).toBe('');
    expect(await page.evaluate(shown)).toBe(all);
    const state = await page.evaluate(`(async () => {
      const form = document.querySelector('form[data-for="findings-list"]');
      form.elements.o.value = 'decided';
      form.dispatchEvent(new Event('input', { bubbles: true }));
      await new Promise((done) => setTimeout(done, 100));
      const rows = [...document.querySelectorAll('#findings-list tr[data-o]')];
      const before = rows.filter((row) => !row.hidden).length;
      location.hash = rows.find((row) => row.hidden).id;
      await new Promise((done) => setTimeout(done, 200));
      return [before, rows.filter((row) => !row.hidden).length === rows.length];
    })()`);
    expect(state).toEqual([1, true]);
    await page.close();
  });

  test('the keyboard alone: the skip link is first, focus is seen, a map opens with Enter', async () => {
    const page = await open({ width: 1280 });
    await page.press('Tab', 9);
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the report');
    expect(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')).toBe('solid');
    await page.press('Enter', 13);
    expect(await page.evaluate('document.activeElement.id')).toBe('main');
    await page.evaluate(`document.querySelector('#m0 .wide a[href^="#m0-"]').focus()`);
    const target = (await page.evaluate(`document.activeElement.getAttribute('href')`)) as string;
    await page.press('Enter', 13);
    await page.evaluate('new Promise((done) => setTimeout(done, 200))');
    expect(await page.evaluate('location.hash')).toBe(target);
    expect(await page.evaluate(`getComputedStyle(document.querySelector('${target}')).display`)).toBe(
      'block',
    );
    await page.close();
  });
});
