import { afterAll, expect, test } from 'vitest';
import type { Disclosure } from '../../src/model/disclosure-report.ts';
import { hasGit, World } from './harness.ts';
import { foundInFiles, foundInHistory } from './in-process.ts';

const world = new World();
afterAll(() => world[Symbol.dispose]());

const settings = (host: string, password: string): string =>
  `shop:\n  url: jdbc:mysql://${host}:3306/shop\n  username: web\n  password: ${password}\n`;
const filler = '# a line that says nothing of hosts\n'.repeat(200);

/** `password: tier, last reason`, by path. */
const told = (disclosures: readonly Disclosure[]): string[] =>
  disclosures
    .filter(({ rule }) => rule === 'password-literal')
    .map(({ spots, tier, reasons }) => `${spots[0]!.path}: ${tier}, ${reasons.at(-1)}`)
    .sort();

test('the machine that stands in the lines beside a password is seen in files and in their history', async ({
  skip,
}) => {
  if (!hasGit) skip('no git here');
  const folder = world.folder('around', {
    'here.yml': settings('localhost', 'Kamienok1'),
    'far.yml': `${filler}${settings('10.20.30.40', 'Chushang831')}${filler}`,
    'both.yml': settings('localhost', 'Wodospad8'),
    'copies/both.yml': settings('10.20.30.41', 'Wodospad8'),
    'conf.yml': 'password: Ogrodnik6\n',
    'docs/start.md': 'password: Ogrodnik6\n',
  });
  world.git(folder, 'init', '-q');
  world.git(folder, 'add', '.');
  world.git(folder, 'commit', '-qm', 'one');
  const files = told(await foundInFiles(folder));
  expect(files).toEqual([
    'both.yml: likely, beside the address of another machine',
    'conf.yml: possible, stands in tests, documentation or examples too',
    'far.yml: likely, beside the address of another machine',
    'here.yml: possible, beside the address of the same machine',
  ]);
  expect(told(await foundInHistory(folder))).toEqual(files);
});

test('of a password that stands encoded, what is beside the encoded text is seen', async ({ skip }) => {
  if (!hasGit) skip('no git here');
  const encoded = (password: string): string => Buffer.from(`password=${password}\n`).toString('base64');
  const folder = world.folder('around-encoded', {
    'far.txt': `host: db.acme.net\ndata: ${encoded('Chushang831')}\n`,
    'here.txt': `host: localhost\ndata: ${encoded('Kamienok1')}\n`,
  });
  world.git(folder, 'init', '-q');
  world.git(folder, 'add', '.');
  world.git(folder, 'commit', '-qm', 'one');
  const files = told(await foundInFiles(folder));
  expect(files).toEqual([
    'far.txt: likely, beside the address of another machine',
    'here.txt: possible, beside the address of the same machine',
  ]);
  expect(told(await foundInHistory(folder))).toEqual(files);
});
