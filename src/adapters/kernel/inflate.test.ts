import { brotliCompressSync, deflateRawSync, zstdCompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { inflateRaw } from '../../analysis/disclosure/decode/inflate.ts';
import { inflateQuickly, unpackQuickly } from './inflate.ts';

test('a stream within others is inflated as the slow way does it, and ends where it does', () => {
  const text = Buffer.from('one two three '.repeat(9000));
  const packed = deflateRawSync(text);
  const input = Buffer.concat([Buffer.from('before'), packed, Buffer.from('behind')]);
  const found = inflateQuickly(input, 6, 1 << 20)!;
  expect(Buffer.from(found.bytes).equals(text)).toBe(true);
  expect(found.end).toBe(inflateRaw(input, 6, 1 << 20).end);
  expect(found.end).toBe(6 + packed.length);
});

test('what is cut short, damaged or too large is left to the slow way', () => {
  const packed = deflateRawSync(Buffer.alloc(5000, 'abc'));
  expect(inflateQuickly(packed.subarray(0, -2), 0, 1 << 20)).toBeUndefined();
  expect(inflateQuickly(Buffer.alloc(20, 0xff), 0, 1 << 20)).toBeUndefined();
  expect(inflateQuickly(packed, 0, 4999)).toBeUndefined();
  expect(inflateQuickly(packed, 0, 5000)?.bytes.length).toBe(5000);
  expect(inflateQuickly(packed, 0, 0)).toBeUndefined();
});

const TEXT = Buffer.from('one two three '.repeat(900));
const ROOM = 1 << 20;
const hasZstd = typeof zstdCompressSync === 'function';

test.skipIf(!hasZstd)(
  'zstd: frames one behind another; what is cut short, damaged, too large or followed by something else is said',
  () => {
    const frame = zstdCompressSync(TEXT);
    const both = unpackQuickly('zstd', Buffer.concat([frame, frame]), ROOM)!;
    expect(Buffer.from(both.bytes).equals(Buffer.concat([TEXT, TEXT]))).toBe(true);
    expect(both.fault).toBeUndefined();
    expect(unpackQuickly('zstd', frame.subarray(0, -3), ROOM)?.fault).toBeDefined();
    expect(unpackQuickly('zstd', frame, 100)?.fault).toBe('too large');
    const more = unpackQuickly('zstd', Buffer.concat([frame, Buffer.from('behind')]), ROOM)!;
    expect([more.bytes.length, more.fault]).toEqual([TEXT.length, 'damaged']);
  },
);

test.skipIf(!hasZstd)('zstd: a file of nothing but empty frames is given up', () => {
  const empty = zstdCompressSync(Buffer.alloc(0));
  expect(unpackQuickly('zstd', Buffer.alloc(empty.length * 10_001, empty), ROOM)).toEqual({
    bytes: Buffer.alloc(0),
    fault: 'too large',
  });
});

test('Brotli: a whole stream, or nothing', () => {
  const packed = brotliCompressSync(TEXT);
  expect(Buffer.from(unpackQuickly('brotli', packed, ROOM)!.bytes).equals(TEXT)).toBe(true);
  expect(unpackQuickly('brotli', packed.subarray(0, -3), ROOM)).toBeUndefined();
  expect(unpackQuickly('brotli', Buffer.alloc(0), ROOM)).toBeUndefined();
  expect(unpackQuickly('brotli', Buffer.concat([packed, Buffer.from('x')]), ROOM)).toBeUndefined();
});
