import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openObjectStore } from '../../src/adapters/git/object-store.ts';
import { openRefs } from '../../src/adapters/git/refs.ts';
import { openRepository } from '../../src/adapters/git/repository.ts';
import { commitTips } from '../../src/adapters/git/tips.ts';
import { inflateQuickly, unpackQuickly } from '../../src/adapters/kernel/inflate.ts';
import { latin1Reader } from '../../src/adapters/kernel/latin1.ts';
import { readKernelFile } from '../../src/adapters/kernel/wasm-file.ts';
import { openTree } from '../../src/adapters/tree/open.ts';
import { allRules } from '../../src/analysis/disclosure/all-rules.ts';
import { prepareRules } from '../../src/analysis/disclosure/engine/rule-set.ts';
import { createHeap } from '../../src/analysis/disclosure/kernel/heap.ts';
import { startKernel } from '../../src/analysis/disclosure/kernel/module.ts';
import { base62, crc32 } from '../../src/analysis/disclosure/rules/checks/crc32.ts';
import { randomText } from '../../src/analysis/disclosure/rules/testing/random.ts';
import type { DisclosureSpot } from '../../src/model/disclosure-report.ts';
import type { SecretsWorld } from '../../src/verbs/prevent/secrets.ts';
import { secretsInFiles, secretsInHistory } from '../../src/verbs/prevent/secrets.ts';
import { hasGit, World } from './harness.ts';
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
  inHistory = await historyOf(secret);
  inFiles = await filesOf(secret);
  inTwin = await historyOf(twin);
  inTwinFiles = await filesOf(twin);
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

function worldOf(encoded: boolean): SecretsWorld {
  const kernel = startKernel(readKernelFile());
  return {
    kernel,
    heap: createHeap(kernel),
    rules: prepareRules(allRules, { encoded }),
    latin1: latin1Reader(),
    inflate: inflateQuickly,
    unpack: unpackQuickly,
    fingerprint: (rule, secret) => `${rule} ${secret}`,
    tick: () => {},
  };
}

async function historyOf(folder: string): Promise<Found> {
  const store = openObjectStore(openRepository(folder)!);
  const refs = openRefs(openRepository(folder)!);
  const { disclosures } = await secretsInHistory(
    worldOf(true),
    store,
    commitTips(refs, store),
    refs.resolve('HEAD'),
    refs.names(),
  );
  store.close();
  return new Map(disclosures.map(({ fingerprint, spots }) => [fingerprint, spots]));
}

async function filesOf(folder: string): Promise<Found> {
  const tree = openTree(folder);
  const { disclosures } = await secretsInFiles(worldOf(false), tree, new AbortController().signal);
  await tree.close();
  return new Map(disclosures.map(({ fingerprint, spots }) => [fingerprint, spots]));
}
