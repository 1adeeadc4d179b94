import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { randomText } from '../../src/analysis/disclosure/rules/testing/random.ts';
import type { Disclosure } from '../../src/model/disclosure-report.ts';
import { hasGit, World } from './harness.ts';
import { foundInFiles, foundInHistory } from './in-process.ts';
import { seenPlaces } from './seen-passwords.ts';

const world = new World();
afterAll(() => world[Symbol.dispose]());

const random = randomText(37);
/** Letters of both cases, digits and a sign, drawn: nobody's. */
const passwords = seenPlaces.map(() => `${random('base62', 7)}4!${random('base62', 5)}`);
/** What stands in the places of the twin. */
const WORD = 'somewhere-else';

let inFiles: readonly string[] = [];
let inHistory: readonly string[] = [];
let inTwin: readonly string[] = [];

beforeAll(async () => {
  if (!hasGit) return;
  const folder = make('seen', (i) => seenPlaces[i]!.text(passwords[i]!));
  inFiles = told(await foundInFiles(folder));
  inHistory = told(await foundInHistory(folder));
  const twin = make('twin', (i) => seenPlaces[i]!.twin ?? seenPlaces[i]!.text(WORD));
  inTwin = [...told(await foundInFiles(twin)), ...told(await foundInHistory(twin))];
}, 60_000);

test.for(seenPlaces.map((place, i) => [place.name, place, passwords[i]!] as const))(
  '%s',
  ([, { path, tier }, password], { skip }) => {
    if (!hasGit) skip('no git here');
    expect(inFiles).toContain(`${tier ?? 'likely'} ${path} ${password}`);
    expect(inHistory).toContain(`${tier ?? 'likely'} ${path} ${password}`);
  },
);

test('where words stand in these places, nothing is found', ({ skip }) => {
  if (!hasGit) skip('no git here');
  const unsure = seenPlaces.flatMap(({ tier, path }) => (tier === undefined ? [] : [path]));
  const seen = inTwin.filter(
    (one) => /^(?:certain|likely) /.test(one) || unsure.includes(one.split(' ')[1]!),
  );
  expect(seen).toEqual([]);
});

/** How sure a find is, where it stands, and what it is; fingerprints are `RULE SECRET` here. */
function told(disclosures: readonly Disclosure[]): readonly string[] {
  return disclosures.flatMap(({ tier, rule, fingerprint, spots }) =>
    spots.map(({ path }) => `${tier} ${path} ${fingerprint.slice(rule.length + 1)}`),
  );
}

/** A bare repository that has all places. */
function make(name: string, text: (place: number) => string | Uint8Array): string {
  const folder = world.folder(name, {});
  world.git(folder, 'init', '-q', '--bare');
  const pieces = [
    Buffer.from('commit refs/heads/main\ncommitter A <a@example.invalid> 1700000000 +0000\ndata 1\nm\n'),
  ];
  for (const [i, { path }] of seenPlaces.entries()) {
    const bytes = Buffer.from(text(i) as string);
    pieces.push(Buffer.from(`M 100644 inline ${path}\ndata ${bytes.length}\n`), bytes, Buffer.from('\n'));
  }
  execFileSync('git', ['fast-import', '--quiet', '--force'], { cwd: folder, input: Buffer.concat(pieces) });
  return folder;
}
