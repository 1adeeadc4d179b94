import { expect, test } from 'vitest';
import fc from 'fast-check';
import { AssayError } from '../../model/problem.ts';
import { bytesSource } from '../bytes/file.ts';
import { readZipDirectory, readZipEntries, readZipEntry } from './index.ts';
import { makeZip, type MadeEntry } from './testing/make-zip.ts';

const text = new TextDecoder();
const limits = { entryBytes: 1_000_000, totalBytes: 10_000_000 };

const open = (bytes: Uint8Array) => {
  const source = bytesSource('a.zip', bytes);
  return { source, directory: readZipDirectory(source) };
};

/** Names with their text, or the code of their error; in the order read. */
function contents(bytes: Uint8Array, within = limits): [string, string][] {
  const { source, directory } = open(bytes);
  return [...readZipEntries(source, directory, () => true, within)].map((content) => [
    content.entry.name,
    'bytes' in content ? text.decode(content.bytes) : content.error.code,
  ]);
}

function codeOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof AssayError) return error.code;
    throw error;
  }
  return 'none';
}

const two: MadeEntry[] = [
  { name: 'a.json', data: '{"a":1}' },
  { name: 'ü/b.json', data: 'b'.repeat(5000), mode: 0o120777 },
];

test('entries come with their text, one by one and together', () => {
  const { source, directory } = open(
    makeZip([...two, { name: 'c', data: 'plain', stored: true }, { name: 'd/', data: '' }]),
  );
  expect(directory.entries.map(({ name, size, mode }) => [name, size, mode])).toEqual([
    ['a.json', 7, 0o100644],
    ['ü/b.json', 5000, 0o120777],
    ['c', 5, 0o100644],
    ['d/', 0, 0o100644],
  ]);
  const each = directory.entries.map((entry) => text.decode(readZipEntry(source, directory, entry, 10_000)));
  expect(each).toEqual(['{"a":1}', 'b'.repeat(5000), 'plain', '']);
  expect(contents(makeZip(two))).toEqual([
    ['a.json', '{"a":1}'],
    ['ü/b.json', 'b'.repeat(5000)],
  ]);
});

test('a comment that holds an end record does not mislead', () => {
  expect(contents(makeZip(two, { comment: 'PK\u0005\u0006' + 'x'.repeat(30) })).length).toBe(2);
});

test('something in front of the archive is skipped', () => {
  expect(contents(makeZip(two, { prefix: '#!/bin/sh\nexit\n' }))).toEqual(contents(makeZip(two)));
});

test('more than 65,535 entries use zip64', () => {
  const many = Array.from({ length: 65_600 }, (_, i) => ({ name: `${i}`, data: 'x', stored: true }));
  const { source, directory } = open(makeZip(many));
  expect(directory.entries.length).toBe(65_600);
  expect(text.decode(readZipEntry(source, directory, directory.entries[65_599]!, 9))).toBe('x');
  expect(codeOf(() => readZipDirectory(source, 1000))).toBe('zip/too-many');
});

test.for([
  ['empty', new Uint8Array(), 'zip/not-a-zip'],
  ['text', Buffer.from('hello'.repeat(20)), 'zip/not-a-zip'],
  ['truncated', makeZip(two).subarray(0, 60), 'zip/truncated'],
  ['cut directory', Buffer.concat([makeZip(two).subarray(0, 90), makeZip(two).subarray(-22)]), 'zip/corrupt'],
] as const)('%s is refused with a reason', ([, bytes, code]) => {
  expect(codeOf(() => open(bytes))).toBe(code);
});

test.for<[string, MadeEntry, string]>([
  ['wrong checksum', { name: 'x', data: 'data', claim: { crc: 1 } }, 'zip/corrupt'],
  ['understated size', { name: 'x', data: 'data'.repeat(1000), claim: { size: 10 } }, 'zip/corrupt'],
  ['overstated size', { name: 'x', data: 'data', claim: { size: 1000 } }, 'zip/corrupt'],
  ['above the limit', { name: 'x', data: 'data', claim: { size: 2_000_000 } }, 'zip/too-large'],
  ['encrypted', { name: 'x', data: 'data', claim: { flags: 1 } }, 'zip/encrypted'],
  ['offset into nowhere', { name: 'x', data: 'data', claim: { offset: 3 } }, 'zip/corrupt'],
  ['offset past the end', { name: 'x', data: 'data', claim: { offset: 0xfffffff0 } }, 'zip/corrupt'],
])('an entry with %s fails alone', ([, entry, code]) => {
  const bytes = makeZip([...two, entry]);
  const all = new Map(contents(bytes));
  expect(all.get('x')).toBe(code);
  expect(all.get('ü/b.json')).toBe('b'.repeat(5000));
  const { source, directory } = open(bytes);
  expect(codeOf(() => readZipEntry(source, directory, directory.entries[2]!, 1_000_000))).toBe(code);
});

test('entries that share their data are a bomb, not files', () => {
  const bytes = makeZip([
    { name: 'a', data: 'x'.repeat(900) },
    { name: 'b', data: 'x'.repeat(900), claim: { offset: 0 } },
  ]);
  expect(contents(bytes).map(([, found]) => found)).toContain('zip/corrupt');
});

test('the total is limited', () => {
  const bytes = makeZip(Array.from({ length: 10 }, (_, i) => ({ name: `${i}`, data: 'x'.repeat(1000) })));
  expect(codeOf(() => contents(bytes, { entryBytes: 2000, totalBytes: 4000 }))).toBe('zip/too-large');
});

test('any files survive the way in and out', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.record({ name: fc.string({ unit: 'grapheme' }), data: fc.uint8Array(), stored: fc.boolean() }),
        {
          maxLength: 20,
        },
      ),
      (entries) => {
        const { source, directory } = open(makeZip(entries));
        const found = [...readZipEntries(source, directory, () => true, limits)];
        expect(found.map((c) => ('bytes' in c ? [c.entry.name, [...c.bytes]] : c.error.message))).toEqual(
          entries.map(({ name, data }) => [Buffer.from(name).toString(), [...data]]),
        );
      },
    ),
    { numRuns: 50 },
  );
});

test('no damage does more than fail', () => {
  const good = makeZip([...two, { name: 'c', data: 'plain', stored: true }]);
  let seed = 7;
  const random = (below: number): number => {
    seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
    return seed % below;
  };
  for (let round = 0; round < 2000; round++) {
    const bytes = good.slice();
    for (let i = 0; i <= random(4); i++) bytes[random(bytes.length)] = random(256);
    const code = codeOf(() => contents(bytes.subarray(0, bytes.length - random(3))));
    expect(code).toMatch(/^(none|zip\/[a-z-]+|file\/truncated)$/);
  }
});
