import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { base62, crc32 } from '../../src/analysis/disclosure/rules/checks/crc32.ts';
import { randomText } from '../../src/analysis/disclosure/rules/testing/random.ts';
import { hasGit, World } from './harness.ts';

const world = new World();
afterAll(() => world[Symbol.dispose]());

const random = randomText(23);
const body = random('base62', 30);
/** Of the right form, and nobody's. */
const token = `ghp_${body}${base62(crc32(body), 6)}`;

function repository(name: string): string {
  const folder = world.folder(name, { 'README.md': '# App\n' });
  world.git(folder, 'init', '-q');
  world.git(folder, 'add', '.');
  world.git(folder, 'commit', '-qm', 'one');
  return folder;
}

interface Report {
  readonly disclosures: readonly {
    readonly rule: string;
    readonly tier: string;
    readonly spots: readonly { readonly path?: string; readonly line?: number }[];
  }[];
}

/** Where a scan of the whole history finds something that stops it. */
function places(folder: string): string[] {
  const { out } = world.assay(['secrets', folder, '--history', '--format', 'json']);
  return (JSON.parse(out) as Report).disclosures
    .filter(({ tier }) => tier !== 'possible')
    .flatMap(({ spots }) => spots.map(({ path, line }) => `${path}:${line}`));
}

/** What hides a word in a folder of git's, beside objects; with a harmless word, nothing is found. */
const HIDE: readonly (readonly [
  name: string,
  hide: (folder: string, word: string) => void,
  places: readonly string[],
])[] = [
  [
    'the address of a remote',
    (folder, word) =>
      world.git(folder, 'remote', 'add', 'origin', `https://ann:${word}@git.example.invalid/app.git`),
    ['.git/config:7'],
  ],
  [
    'a hook',
    (folder, word) => {
      mkdirSync(join(folder, '.git/hooks'), { recursive: true });
      writeFileSync(join(folder, '.git/hooks/pre-push'), `#!/bin/sh\nexport GH_TOKEN=${word}\n`);
    },
    ['.git/hooks/pre-push:2'],
  ],
  [
    'the log of references',
    (folder, word) => world.git(folder, 'update-ref', '-m', `used ${word}`, 'refs/heads/other', 'HEAD'),
    ['.git/logs/refs/heads/other:1'],
  ],
  [
    'a message that is being written',
    (folder, word) => writeFileSync(join(folder, '.git/MERGE_MSG'), `Merge\n\n${word}\n`),
    ['.git/MERGE_MSG:3'],
  ],
];

describe.skipIf(!hasGit)('what git keeps beside objects', () => {
  test.each(HIDE)('%s', (name, hide, expected) => {
    const folder = repository(name.replaceAll(' ', '-'));
    hide(folder, token);
    expect([...new Set(places(folder))]).toEqual(expected);
    const twin = repository(`${name.replaceAll(' ', '-')}-twin`);
    hide(twin, 'ghp_example');
    world.git(twin, 'remote', 'add', 'other', 'https://git.internal/app.git');
    expect(places(twin)).toEqual([]);
  });
});

test.skipIf(!hasGit)('Ctrl-C ends a scan of a history at once, and leaves no report', async () => {
  const folder = repository('interrupted');
  let text = '';
  for (let line = 0; line < 300_000; line++) text += `password${line} = "${random('base62', 12)}"\n`;
  writeFileSync(join(folder, 'passwords'), text);
  world.git(folder, 'add', '.');
  world.git(folder, 'commit', '-qm', 'two');
  const report = join(world.root, 'interrupted.json');
  const args = ['secrets', folder, '--history', '--format', 'json', '--output', report];
  const run = spawn(process.execPath, [resolve('bin/assay.js'), ...args]);
  const ended = new Promise<readonly [number | null, string | null]>((done) =>
    run.once('exit', (code, signal) => done([code, signal])),
  );
  await new Promise((later) => setTimeout(later, 800));
  run.kill('SIGINT');
  const [code, signal] = await ended;
  // Before the history is read, the command says so itself.
  expect(signal ?? code).toBe(signal === null ? 130 : 'SIGINT');
  expect(existsSync(report)).toBe(false);
});
