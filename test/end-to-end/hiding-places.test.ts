import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { base62, crc32 } from '../../src/analysis/disclosure/rules/checks/crc32.ts';
import { randomText } from '../../src/analysis/disclosure/rules/testing/random.ts';
import type { Disclosure, DisclosureSpot } from '../../src/model/disclosure-report.ts';
import { hasGit, World } from './harness.ts';
import { foundInFiles, foundInHistory } from './in-process.ts';
import { places as plainPlaces } from './hiding-places.ts';
import type { Place } from './hiding-tools.ts';
import { odderPlaces } from './odder-hiding-places.ts';
import { strangerPlaces } from './stranger-hiding-places.ts';
import { toldPlaces } from './told-hiding-places.ts';

const places: readonly Place[] = [...plainPlaces, ...odderPlaces, ...strangerPlaces, ...toldPlaces];
const world = new World();
afterAll(() => world[Symbol.dispose]());

/** Random, with its checksum: of the right form, and nobody's. */
const random = randomText(71);
const token = (): string => {
  const body = random('base62', 30);
  return `ghp_${body}${base62(crc32(body), 6)}`;
};
const secrets = places.map(token);
/** The same places in a repository without secrets: text of the same length stands there. */
const harmless = places.map(() => 'nothing-to-be-seen-in-this-place-at-all-');

type Found = ReadonlyMap<string, readonly DisclosureSpot[]>;
let inHistory: Found = new Map();
let inFiles: Found = new Map();
let inTwin: Found = new Map();
let inTwinFiles: Found = new Map();

beforeAll(async () => {
  if (!hasGit) return;
  const secret = make('secret', secrets);
  const twin = make('twin', harmless);
  inHistory = bySecret(await foundInHistory(secret));
  inFiles = bySecret(await foundInFiles(secret));
  inTwin = bySecret(await foundInHistory(twin));
  inTwinFiles = bySecret(await foundInFiles(twin));
}, 60_000);

test.for(places.map((place, i) => [place.name, place, i] as const))('%s', ([, place, i], { skip }) => {
  if (!hasGit) skip('no git here');
  const key = `github-pat ${secrets[i]!}`;
  expect(inHistory.get(key)?.length ?? 0).toBeGreaterThan(0);
  // What is in a file is found without its history too.
  const paths = place.file === undefined ? [] : [place.file[0]];
  expect(inFiles.get(key)?.map(({ path }) => path) ?? []).toEqual(expect.arrayContaining(paths));
});

test('where no secret is, none is found', ({ skip }) => {
  if (!hasGit) skip('no git here');
  expect([...inTwin.keys()]).toEqual([]);
  expect([...inTwinFiles.keys()]).toEqual([]);
});

test('each says how it was reached', ({ skip }) => {
  if (!hasGit) skip('no git here');
  const told = (name: string, found: Found): unknown => {
    const spots = found.get(`github-pat ${secrets[places.findIndex((place) => place.name === name)]!}`);
    return spots?.map(({ path, line, within }) => [path, line, ...within]);
  };
  for (const found of [inFiles, inHistory]) {
    expect(told('a zip archive in another', found)).toEqual([
      ['b.zip', undefined, 'zip: a.zip', 'zip: c, line 3'],
    ]);
    expect(told('tar in gzip', found)).toEqual([['a.tgz', undefined, 'gzip', 'tar: x/y.env, line 3']]);
    expect(told('UTF-16 with a mark', found)).toEqual([['u16.txt', undefined, 'UTF-16LE, line 3']]);
    expect(told('a plain file', found)).toEqual([['plain.env', 3]]);
  }
});

/** A bare repository with a place for each secret, made in one go. */
function make(name: string, texts: readonly string[]): string {
  const folder = world.folder(name, {});
  world.git(folder, 'init', '-q', '--bare');
  const input = Buffer.concat(stream(texts));
  execFileSync('git', ['fast-import', '--quiet', '--force'], { cwd: folder, input });
  const git = (args: readonly string[], given: string): string =>
    execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.invalid', ...args], {
      cwd: folder,
      input: given,
      encoding: 'utf8',
    });
  places.forEach((place, i) => place.after?.(git, texts[i]!, folder));
  return folder;
}

function stream(texts: readonly string[]): Buffer[] {
  const isTwin = texts === harmless;
  const who = 'A <a@example.invalid> 1700000000 +0000';
  const pieces: Buffer[] = [];
  const say = (text: string): void => void pieces.push(Buffer.from(text));
  const data = (bytes: Buffer): void => {
    say(`data ${bytes.length}\n`);
    pieces.push(bytes, Buffer.from('\n'));
  };
  say(`commit refs/heads/main\nmark :1\nauthor ${who}\ncommitter ${who}\n`);
  data(Buffer.from('files'));
  places.forEach((place, i) => {
    if (place.file === undefined) return;
    say(`M 100644 inline ${JSON.stringify(place.file[0])}\n`);
    data(Buffer.from(isTwin ? (place.twin ?? place.file[1](texts[i]!)) : place.file[1](texts[i]!)));
  });
  places.forEach((place: Place, i) => {
    if (place.commit === undefined) return;
    say(place.commit(texts[i]!, i));
  });
  return pieces;
}

const bySecret = (disclosures: readonly Disclosure[]): Found =>
  new Map(disclosures.map(({ fingerprint, spots }) => [fingerprint, spots]));
