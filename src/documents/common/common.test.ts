import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { inventoryOf, snapshotOf } from '../testing/snapshot.ts';
import { hashesOf } from './hashes.ts';
import { componentGraph } from './occurrences.ts';
import { publicUrl, shownSource, subjectOf, wellFormed } from './subject.ts';
import { ageInDays, grouped } from './words.ts';

test('hashes of every algorithm, in base64 and hex', () => {
  for (const [name, spelled] of [
    ['md5', 'MD5'],
    ['sha1', 'SHA-1'],
    ['sha256', 'SHA-256'],
    ['sha384', 'SHA-384'],
    ['sha512', 'SHA-512'],
  ] as const)
    for (let n = 0; n < 20; n++) {
      const hash = createHash(name).update(String(n)).digest();
      const expected = [{ algorithm: spelled, hex: hash.toString('hex') }];
      expect(hashesOf(`${name}-${hash.toString('base64')}`)).toEqual(expected);
      expect(hashesOf(`${name}:${hash.toString('hex').toUpperCase()}`)).toEqual(expected);
    }
});

test.for([
  [
    'several, repeats once',
    'md5:d41d8cd98f00b204e9800998ecf8427e md5:d41d8cd98f00b204e9800998ecf8427e sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=',
    2,
  ],
  ['Go hashes a list of files', 'h1:2jmj7l5rSw0yVb/vlWAYkK/YBwk=', 0],
  ['too short', 'sha512-AAAA', 0],
  ['not base64', `sha1-${'é'.repeat(28)}`, 0],
  ['padding in the middle', `sha1-=${'A'.repeat(27)}`, 0],
  ['nothing', '', 0],
  ['words', 'none', 0],
] as const)('hashes: %s', ([, text, count]) => expect(hashesOf(text)).toHaveLength(count));

test.for([
  ['https://user:pass@host/a@1', 'https://host/a@1'],
  ['git+ssh://git@host/a.git#v1', 'git+ssh://host/a.git#v1'],
  ['https://a:b@c@host/', 'https://host/'],
  ['https://host/a?x=https://u:p@h', 'https://host/a?x=https://h'],
  ['npm:@scope/a@1.0.0', 'npm:@scope/a@1.0.0'],
  ['../a', '../a'],
] as const)('the source %j is shown as %j', ([source, shown]) => expect(shownSource(source)).toBe(shown));

test('only URLs that can be linked to are', () => {
  expect(publicUrl('https://u:p@host/a')).toBe('https://host/a');
  for (const source of ['../a', 'https://host/a b', 'https://host/<x>', undefined])
    expect(publicUrl(source)).toBeUndefined();
});

test('a long source takes linear time', () => {
  const started = process.threadCpuUsage();
  for (const piece of ['a', '://', '@', 'a:', 'a://b@']) shownSource(piece.repeat(300_000));
  expect(process.threadCpuUsage(started).user / 1000).toBeLessThan(1_000);
});

test('the subject is the only project, else the last part of the name', () => {
  const project = inventoryOf([{ path: 'package.json', places: [{ what: 'shop@1.0.0' }] }], {
    'shop@1.0.0': { origin: 'project' },
  });
  const target = (name: string) => ({ target: { name, kind: 'worktree' as const } });
  expect(subjectOf(snapshotOf(project, [], target('/home/x/y')))).toEqual({
    name: 'shop',
    version: '1.0.0',
    purl: 'pkg:npm/shop@1.0.0',
  });
  expect(subjectOf(snapshotOf(inventoryOf([]), [], target('/home/x/my repo/')))).toEqual({
    name: 'my repo',
    version: '',
    purl: 'pkg:generic/my%20repo',
  });
  expect(subjectOf(snapshotOf(inventoryOf([]), [], target('.'))).name).toBe('repository');
  expect(subjectOf(snapshotOf(inventoryOf([]), [], target('\uD800'))).purl).toBe('pkg:generic/%EF%BF%BD');
});

test('the graph of a tree: projects on top, else what is direct; edges of several manifests join', () => {
  const inventory = inventoryOf(
    [
      {
        path: 'a',
        places: [
          { what: 'shop@1.0.0', asks: [['x@1', 'prod']] },
          { what: 'x@1', asks: [['y@1', 'dev']] },
          { what: 'y@1', asks: [['x@1', 'prod']] },
        ],
      },
      {
        path: 'b',
        edgesKnown: false,
        places: [
          { what: 'y@1', direct: 'yes', scopes: ['dev'] },
          { what: 'z@1' },
          { what: 'x@1', direct: 'unknown' },
        ],
      },
    ],
    { 'shop@1.0.0': { origin: 'project' } },
  );
  const name = (index: number): string => inventory.components[index]!.name;
  const graph = componentGraph(inventory);
  expect(graph.whole).toBe(false);
  expect(graph.top.map(({ to, kinds }) => `${name(to)} ${kinds.join()}`)).toEqual([
    'shop prod',
    'x prod',
    'y dev',
  ]);
  expect(
    graph.edges.map(
      (edges, from) =>
        `${name(from)}: ${edges.map(({ to, kinds }) => `${name(to)} ${kinds.join()}`).join('; ')}`,
    ),
  ).toEqual(['shop: x prod', 'x: y dev', 'y: x prod', 'z: ']);
});

test('numbers and ages read the same everywhere', () => {
  expect([0, 999, 1000, 1234567].map(grouped)).toEqual(['0', '999', '1,000', '1,234,567']);
  expect(ageInDays('2026-11-20T00:00:00Z', '2026-11-21T23:00:00Z')).toBe(1);
  expect(ageInDays('2027-01-01T00:00:00Z', '2026-11-21T23:00:00Z')).toBe(0);
  expect(ageInDays('whenever', '2026-11-21T23:00:00Z')).toBeUndefined();
  expect(wellFormed('a\uD83D\uDE00b\uD800')).toBe('a\uD83D\uDE00b\uFFFD');
});
