import { execFileSync } from 'node:child_process';
import { afterAll, expect, test } from 'vitest';
import { base62, crc32 } from '../../src/analysis/disclosure/rules/checks/crc32.ts';
import { randomText } from '../../src/analysis/disclosure/rules/testing/random.ts';
import type { Disclosure } from '../../src/model/disclosure-report.ts';
import { hasGit, World } from './harness.ts';
import { foundInFiles, foundInHistory } from './in-process.ts';
import { forms } from './named-secrets.ts';

const world = new World();
afterAll(() => world[Symbol.dispose]());

const random = randomText(91);
const token = (): string => {
  const body = random('base62', 30);
  return `ghp_${body}${base62(crc32(body), 6)}`;
};
/** Kinds of secrets, and a name that each has. */
const kinds: readonly (readonly [kind: string, make: () => string, name: string])[] = [
  ['token', token, 'token'],
  ['made-up password', () => `Tr0ub${random('base62', 6)}!x7`, 'password'],
  ['password of words', () => `otter${random('digits', 3)}maple`, 'db_password'],
  ['drawn secret', () => random('base62', 40), 'API_KEY'],
];
/** What stands there instead, before or afterwards. */
const harmless = 's1e-the-vault-and-the-wiki-for-this-one-1';
const filler = (kind: string, i: number, lines: number): string =>
  Array.from({ length: lines }, (_, line) => `# ${kind} ${i}: row ${line} that says nothing\n`).join('');

const all = kinds.flatMap(([kind, make, name]) =>
  forms.map(([form, path, text], i) => {
    const secret = make();
    const of = (words: string, more: number): Buffer => {
      const bytes = Buffer.from(text(words, name) as string);
      // The longer version is the base.
      return bytes.includes(0)
        ? bytes
        : Buffer.concat([bytes, Buffer.from(`\n${filler(kind, i, 20 + more)}`)]);
    };
    return { is: `${kind}, ${form}`, form, path: `${kind}/${i}/${path}`, secret, of };
  }),
);

/** Of a delta that brings one line of what is encoded over lines there is no more than that (docs/secrets.md, Limits). */
const OVER_LINES = new Set(['hex dump', 'notebook yaml env', 'list of lines, pair']);

test('what is found in files is found in their history, and where a later version brings its line', async ({
  skip,
}) => {
  if (!hasGit) skip('no git here');
  const withSecret = all.map(({ path, of, secret }) => [path, of(secret, 0)] as const);
  const before = all.map(({ path, of, secret }) => [path, of(harmless.slice(0, secret.length), 9)] as const);
  const whole = make('whole', [withSecret]);
  const later = make('later', [before, withSecret]);
  expect(deltasIn(later)).toBeGreaterThan(all.length * 0.8);
  const files = places(await foundInFiles(whole));
  const found = all.filter((one) => files.has(`${one.path} ${one.secret}`));
  expect(found.length).toBeGreaterThan(all.length * 0.7);
  const missing = (history: ReadonlySet<string>): string[] =>
    found.filter(({ path, secret }) => !history.has(`${path} ${secret}`)).map(({ is }) => is);
  expect(missing(places(await foundInHistory(whole)))).toEqual([]);
  const isOverLines = (is: string): boolean => OVER_LINES.has(is.slice(is.indexOf(', ') + 2));
  expect(missing(places(await foundInHistory(later))).filter((is) => !isOverLines(is))).toEqual([]);
}, 60_000);

function make(name: string, commits: readonly (readonly (readonly [string, Buffer])[])[]): string {
  const folder = world.folder(name, {});
  world.git(folder, 'init', '-q', '--bare');
  const who = 'A <a@example.invalid> 1700000000 +0000';
  const pieces: Buffer[] = [];
  const say = (text: string): void => void pieces.push(Buffer.from(text));
  for (const files of commits) {
    say(`commit refs/heads/main\nauthor ${who}\ncommitter ${who}\ndata 1\nm\n`);
    for (const [path, bytes] of files) {
      say(`M 100644 inline ${JSON.stringify(path)}\ndata ${bytes.length}\n`);
      pieces.push(bytes, Buffer.from('\n'));
    }
  }
  execFileSync('git', ['fast-import', '--quiet', '--force'], { cwd: folder, input: Buffer.concat(pieces) });
  // With fewer commits a file would be a delta of another.
  world.git(folder, 'repack', '-adfq', '--depth=50', `--window=${commits.length > 1 ? 50 : 0}`);
  return folder;
}

function deltasIn(folder: string): number {
  const bases = world.git(folder, 'cat-file', '--batch-all-objects', '--batch-check=%(deltabase)');
  return bases.split('\n').filter((base) => /[1-9a-f]/.test(base)).length;
}

/** Whatever rule it is that finds a secret. */
const places = (disclosures: readonly Disclosure[]): ReadonlySet<string> =>
  new Set(
    disclosures.flatMap(({ rule, fingerprint, spots }) =>
      spots.map(({ path }) => `${path} ${fingerprint.slice(rule.length + 1)}`),
    ),
  );
