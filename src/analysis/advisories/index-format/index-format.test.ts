import { expect, test } from 'vitest';
import fc from 'fast-check';
import { codec } from '../../../adapters/advisories/codec.ts';
import { bytesSource } from '../../../adapters/bytes/file.ts';
import type { AffectedRange } from '../../../model/advisory.ts';
import { AssayError } from '../../../model/problem.ts';
import { createRecordSet, type PackedRecord } from '../record-set.ts';
import { openIndex, type IndexFile } from './decode.ts';
import { encodeIndex } from './encode.ts';

interface Given {
  readonly id: string;
  readonly rows: readonly {
    readonly name: string;
    readonly ranges: readonly AffectedRange[];
    readonly versions: readonly string[];
  }[];
}

function encode(given: readonly Given[]): Uint8Array {
  const set = createRecordSet();
  for (const { id, rows } of given)
    set.add({
      detail: {
        id,
        aliases: [],
        summary: `about ${id}`,
        modified: '2024-01-01T00:00:00Z',
        vectors: [],
        cwes: [],
        references: [],
        malicious: false,
      },
      modifiedMs: 1704067200000,
      ecosystems: ['npm'],
      affected: rows.map((row) => ({ ecosystem: 'npm', ...row })),
    });
  const records: PackedRecord[] = [...set.ids()].sort().flatMap((id) => set.documents(id));
  const { pieces } = encodeIndex(
    { ecosystem: 'npm', kind: 'base', builtAt: '2024-01-02T00:00:00Z' },
    records,
    codec,
  );
  return new Uint8Array(Buffer.concat(pieces));
}

const open = (bytes: Uint8Array): IndexFile => openIndex(bytesSource('npm.bin', bytes), codec);

const word = fc.oneof(
  fc.string({ minLength: 1, maxLength: 30 }),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 6 }),
  fc.constantFrom('__proto__', 'constructor', 'a'.repeat(300)),
);
const version = fc.stringMatching(/^[0-9a-z.+-]{1,12}$/);
const range = fc.record(
  { introduced: fc.oneof(fc.constant('0'), version), fixed: version, lastAffected: version, limit: version },
  { requiredKeys: ['introduced'] },
) as fc.Arbitrary<AffectedRange>;
const rows = fc.uniqueArray(
  fc.record({
    name: word,
    ranges: fc.array(range, { maxLength: 4 }),
    versions: fc.uniqueArray(version, { maxLength: 5 }),
  }),
  { selector: ({ name }) => name, maxLength: 3 },
);
const records = fc.uniqueArray(fc.record({ id: fc.stringMatching(/^[A-Z]{1,4}-\d{1,6}$/), rows }), {
  selector: ({ id }) => id,
  maxLength: 80,
});

test('everything that went in comes out, and nothing else is found', () => {
  fc.assert(
    fc.property(records, fc.array(word), (given, strangers) => {
      const index = open(encode(given));
      const sorted = given.toSorted((a, b) => (a.id < b.id ? -1 : 1));
      expect(index.records().map(({ id }) => id)).toEqual(sorted.map(({ id }) => id));
      for (const [i, { id }] of sorted.entries()) expect(index.detail(i).summary).toBe(`about ${id}`);
      const names = new Set(given.flatMap((record) => record.rows.map(({ name }) => name)));
      for (const name of [...names, ...strangers])
        expect(index.lookup(name).map(({ id, ranges, versions }) => ({ id, ranges, versions }))).toEqual(
          sorted.flatMap((record) =>
            record.rows
              .filter((row) => row.name === name)
              .map((row) => ({ id: record.id, ranges: row.ranges, versions: row.versions })),
          ),
        );
    }),
    { numRuns: 60 },
  );
});

const some: Given[] = Array.from({ length: 70 }, (_, i) => ({
  id: `X-${String(i).padStart(3, '0')}`,
  rows: [
    {
      name: `name-${i % 9}`,
      ranges: [{ introduced: '1.0.0', fixed: `2.0.${i}` }],
      versions: ['1.0.0', '1.5.0'],
    },
  ],
}));

test('the same records in any order give the same bytes', () => {
  expect(encode(some.toReversed())).toEqual(encode(some));
});

test('records taken out packed and put in again are the same file', () => {
  const bytes = encode(some);
  const again = encodeIndex(
    { ecosystem: 'npm', kind: 'base', builtAt: '2024-01-02T00:00:00Z' },
    [...open(bytes).packed()],
    codec,
  );
  expect(Buffer.concat(again.pieces).equals(bytes)).toBe(true);
});

function codeOf(run: () => unknown): string {
  try {
    run();
    return 'none';
  } catch (error) {
    if (error instanceof AssayError) return error.code;
    throw error;
  }
}

const readAll = (bytes: Uint8Array): void => {
  const index = open(bytes);
  for (let i = 0; i < 12; i++)
    for (const { versions } of index.lookup(`name-${i}`)) expect(Array.isArray(versions)).toBe(true);
  for (let i = 0; i < 70; i++) index.detail(i);
  index.records();
  for (const record of index.packed()) record.detail();
};

test.for([
  ['an empty file', () => new Uint8Array()],
  ['another kind of file', () => new TextEncoder().encode('PK'.repeat(100))],
  ['a newer schema', () => encode(some).with(8, 99)],
  ['half a file', () => encode(some).slice(0, 700)],
  [
    'metadata that lie',
    () =>
      new Uint8Array(
        Buffer.from(
          Buffer.from(encode(some)).toString('latin1').replace('"records":70', '"records":99'),
          'latin1',
        ),
      ),
  ],
] as const)('%s is refused and named', ([, bytes]) => {
  expect(codeOf(() => readAll(bytes()))).toBe('advisories/corrupt');
  expect(() => open(bytes()).lookup('name-1')).toThrow(/npm\.bin/);
});

test('no damage does more than fail', () => {
  const good = encode(some);
  let seed = 3;
  const random = (below: number): number => {
    seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
    return (seed >>> 8) % below;
  };
  for (let round = 0; round < 200; round++) {
    const bytes = good.slice();
    for (let i = 0; i < 3; i++) bytes[random(bytes.length)] = random(256);
    expect(codeOf(() => readAll(bytes))).toMatch(/^(none|advisories\/corrupt)$/);
  }
  for (let length = 0; length < good.length; length += 101)
    expect(codeOf(() => readAll(good.slice(0, length)))).toBe('advisories/corrupt');
});
