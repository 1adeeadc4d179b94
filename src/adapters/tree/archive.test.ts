import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { makeZip } from '../zip/testing/make-zip.ts';
import type { ArchiveLimits } from './archive.ts';
import { archive } from './archive.ts';
import { openTree } from './open.ts';
import { makeTar, paxRecord } from './testing/tar.ts';
import type { TarEntry } from './testing/tar.ts';

const folder = mkdtempSync(join(tmpdir(), 'assay-archive-'));
afterAll(() => rmSync(folder, { recursive: true }));
let count = 0;
const file = (bytes: Uint8Array): string => {
  const path = join(folder, `${count++}.bin`);
  writeFileSync(path, bytes);
  return path;
};
const listing = async (bytes: Uint8Array, limits?: ArchiveLimits) => {
  const tree = archive(file(bytes), 'it', limits);
  const { entries, problems, skipped } = await tree.list();
  await tree.close();
  return {
    name: tree.name,
    paths: entries.map((entry) => entry.path),
    codes: problems.map(({ code, lost }) => (lost === true ? code : `${code} (not lost)`)),
    skipped: skipped.map(({ path }) => path),
  };
};
const ofTar = (entries: readonly TarEntry[]) => listing(makeTar(entries));

test('a single folder at the top is left out of paths and said in the name', async () => {
  expect(await ofTar([{ name: 'x-1.0/', type: '5' }, { name: 'x-1.0/a' }, { name: 'x-1.0/b/c' }])).toEqual({
    name: 'it (its folder x-1.0)',
    paths: ['a', 'b/c'],
    codes: [],
    skipped: [],
  });
  expect((await ofTar([{ name: 'x/a' }, { name: 'b' }])).paths).toEqual(['b', 'x/a']);
});

test('long names: GNU, pax, and the ustar prefix', async () => {
  const long = `${'d'.repeat(90)}/${'f'.repeat(90)}`;
  expect(
    (
      await ofTar([
        { name: 'pax_global_header', type: 'g', content: paxRecord('comment', 'x') },
        { name: '././@LongLink', type: 'L', content: `${long}1\0` },
        { name: 'cut' },
        { name: 'PaxHeader', type: 'x', content: paxRecord('path', `${long}ü`) },
        { name: 'cut' },
        { name: 'plain' },
      ])
    ).paths,
  ).toEqual([`${long}1`, `${long}ü`, 'plain']);
});

test('a hard link is a file, a device is skipped, what git and npm keep is left out', async () => {
  const tree = archive(
    file(
      makeTar([
        { name: 'a/package.json', content: 'A' },
        { name: 'b/package.json', type: '1', link: 'a/package.json' },
        { name: 'dev', type: '3' },
        { name: '.git/config', content: 'x' },
        { name: 'node_modules/c', content: 'x' },
      ]),
    ),
  );
  const { entries, skipped } = await tree.list();
  expect(entries.map((entry) => entry.path)).toEqual(['a/package.json', 'b/package.json']);
  expect(Buffer.from(await tree.read('b/package.json', 10)).toString()).toBe('A');
  expect(skipped.map(({ path }) => path)).toEqual(['.git', 'dev', 'node_modules']);
});

test.for([
  ['../up', 'archive/unsafe-name'],
  ['/absolute', 'archive/unsafe-name'],
  ['a/../../b', 'archive/unsafe-name'],
  ['line\nbreak', 'archive/unsafe-name'],
] as const)('the name %j is refused in tar and zip', async ([name, code]) => {
  const expected = { paths: ['fine'], codes: [code] };
  expect(await ofTar([{ name }, { name: 'fine' }])).toMatchObject(expected);
  expect(
    await listing(
      makeZip([
        { name, data: 'x' },
        { name: 'fine', data: 'x' },
      ]),
    ),
  ).toMatchObject(expected);
});

test('a name given twice is a problem; the last counts', async () => {
  expect(await ofTar([{ name: 'a' }, { name: 'a' }])).toMatchObject({
    paths: ['a'],
    codes: ['archive/duplicate-name'],
  });
});

test('what lies before damage is kept', async () => {
  const whole = makeTar([
    { name: 'a', content: 'x' },
    { name: 'b', content: 'y'.repeat(3000) },
  ]);
  const noise = Uint8Array.from({ length: 200_000 }, (_, i) => (i * 7919 * (i >> 3)) & 255);
  const packed = gzipSync(
    makeTar([{ name: 'a', content: 'x' }, { name: 'b', content: noise }, { name: 'c' }]),
  );
  for (const bytes of [whole.subarray(0, 2500), packed.subarray(0, packed.length / 2)])
    expect(await listing(bytes)).toMatchObject({ paths: ['a'], codes: ['archive/damaged'] });
  expect((await ofTar([{ name: 'a' }, { name: 'b', size: 10_000_000 }])).codes).toEqual(['archive/damaged']);
});

test('bombs stop at the limits', async () => {
  const limits = { heldBytes: 1_000_000, unpackedBytes: 20_000_000 };
  const small = Array.from({ length: 30 }, (_, i) => ({ name: `f${i}`, content: Buffer.alloc(100_000) }));
  const held = await listing(gzipSync(makeTar(small)), limits);
  expect([held.paths.length, held.codes]).toEqual([10, ['archive/too-large']]);
  const bomb = gzipSync(
    makeTar([
      { name: 'a', content: 'x' },
      { name: 'big', content: Buffer.alloc(80_000_000) },
    ]),
  );
  expect((await listing(bomb, { heldBytes: 1e9, unpackedBytes: 20_000_000 })).codes).toEqual([
    'archive/too-large',
  ]);
});

test('every truncation and flipped byte of a tar ends in a listing or a clear error', async () => {
  const whole = makeTar([
    { name: 'PaxHeader', type: 'x', content: paxRecord('path', 'long') },
    { name: 'a', content: 'x'.repeat(600) },
    { name: 'l', type: '2', link: 'a' },
  ]);
  const attempt = async (bytes: Uint8Array): Promise<string> => {
    const path = file(bytes);
    try {
      await archive(path).list();
      return 'listed';
    } catch (error) {
      return (error as { code: string }).code;
    }
  };
  for (let at = 0; at < whole.length; at += 97) {
    const flipped = Buffer.from(whole);
    flipped[at]! ^= 0x55;
    for (const bytes of [flipped, whole.subarray(0, at)])
      expect(['listed', 'archive/not-an-archive']).toContain(await attempt(bytes));
  }
});

test('a gzip that holds no tar is no archive', async () => {
  await expect(archive(file(gzipSync('{}'.repeat(1000)))).list()).rejects.toMatchObject({
    code: 'archive/not-an-archive',
  });
});

test('a format that cannot be read says so', () => {
  expect(() => openTree(file(Buffer.from('BZh91AY&SY')))).toThrow('cannot be read here');
});

test('a zip made on Windows', async () => {
  const zip = makeZip([
    { name: 'x\\a', data: '1' },
    { name: 'x\\b\\c', data: '2' },
  ]);
  expect((await listing(zip)).paths).toEqual(['a', 'b/c']);
});
