import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { base62, crc32 } from '../../src/analysis/disclosure/rules/checks/crc32.ts';
import { randomText } from '../../src/analysis/disclosure/rules/testing/random.ts';
import { hasGit, World } from './harness.ts';

const world = new World();
afterAll(() => world[Symbol.dispose]());

const random = randomText(29);
const body = random('base62', 30);
/** Of the right form, and nobody's. */
const token = `ghp_${body}${base62(crc32(body), 6)}`;
const drawn = random('base62', 24);
const url = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const jwt = (claims: object): string =>
  `${url({ alg: 'HS256', typ: 'JWT' })}.${url(claims)}.${random('base62', 43)}`;

interface Report {
  readonly disclosures: readonly {
    readonly rule: string;
    readonly spots: readonly { readonly path?: string }[];
  }[];
}

function found(folder: string, ...options: string[]): string[] {
  const { out } = world.assay(['secrets', folder, '--format', 'json', ...options]);
  return (JSON.parse(out) as Report).disclosures
    .flatMap(({ rule, spots }) => [...new Set(spots.map(({ path }) => `${rule} ${path}`))])
    .toSorted();
}

describe.skipIf(!hasGit)('one secret is told once, in files and in their history', () => {
  test.for<[what: string, path: string | Buffer, text: string, expected: readonly string[]]>([
    [
      'what is guessed of the claims of a token is part of it',
      'a.txt',
      `token = ${jwt({ sub: '12345', client_secret: drawn })}\n`,
      ['jwt a.txt'],
    ],
    [
      'what an issuer has marked in them is another',
      'a.txt',
      `token = ${jwt({ sub: '12345', github: token })}\n`,
      ['github-pat a.txt', 'jwt a.txt'],
    ],
    [
      'mail, with its escapes and without',
      'a.eml',
      `Content-Transfer-Encoding: quoted-printable\n\nGITHUB_TOKEN=${token.replace('_', '=5F')}\nAPI_SECRET=${drawn}\n`,
      ['generic-secret a.eml', 'github-pat a.eml'],
    ],
    [
      'a name that is no UTF-8',
      Buffer.from('caf\xe9.env', 'latin1'),
      `GITHUB_TOKEN=${token}\n`,
      ['github-pat caf\\xe9.env'],
    ],
  ])('%s', ([, path, text, expected], { skip }) => {
    const folder = world.folder(`once-${random('base62', 8)}`, {});
    world.git(folder, 'init', '-q');
    try {
      writeFileSync(Buffer.concat([Buffer.from(join(folder, '/')), Buffer.from(path)]), text);
    } catch {
      return skip('no such names here');
    }
    world.git(folder, 'add', '.');
    world.git(folder, 'commit', '-qm', 'one');
    expect(found(folder)).toEqual(expected);
    expect(found(folder, '--history')).toEqual(expected);
  });
});

test('a scan passes over decisions about secrets', () => {
  const folder = world.folder('decided-secret', { 'a.env': `GITHUB_TOKEN=${token}\n` });
  const decide = world.assay([
    'decide',
    'secrets/github-pat',
    '--status',
    'not_affected',
    '--justification',
    'component_not_present',
    '--reason',
    'revoked in May',
    '--by',
    'ann@example.invalid',
    folder,
  ]);
  expect(decide.code).toBe(0);
  const { out } = world.assay(['scan', folder, '--format', 'json']);
  expect((JSON.parse(out) as { decisions: unknown[] }).decisions).toEqual([]);
});
