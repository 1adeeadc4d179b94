import { deflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { inflateRaw } from '../../analysis/disclosure/decode/inflate.ts';
import { inflateQuickly } from './inflate.ts';

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
