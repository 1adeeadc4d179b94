import { constants, deflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { seededRandom } from '../../analysis/text/testing/random.ts';
import { InflateError } from './inflate.ts';
import { prefixInflater } from './inflate-prefix.ts';

const inflate = prefixInflater();

/** Deterministic numbers, 0 ≤ n < 1. */
function numbers(seed: number): () => number {
  const next = seededRandom(seed);
  return () => next(2 ** 32) / 2 ** 32;
}

function sample(random: () => number): Buffer {
  const letters = 1 + Math.floor(random() * 255);
  const bytes = Buffer.alloc(Math.floor(random() ** 3 * 70_000));
  for (let i = 0; i < bytes.length; i++)
    bytes[i] =
      random() < 0.3 && i > 40
        ? bytes[i - 1 - Math.floor(random() * 40)]!
        : Math.floor(random() ** 2 * letters);
  return bytes;
}

test('gives what zlib was fed, for every level and strategy, whole and cut', () => {
  const random = numbers(1);
  for (let i = 0; i < 250; i++) {
    const bytes = sample(random);
    const packed = deflateSync(bytes, {
      level: Math.floor(random() * 10),
      strategy: [constants.Z_DEFAULT_STRATEGY, constants.Z_FIXED, constants.Z_HUFFMAN_ONLY, constants.Z_RLE][
        Math.floor(random() * 4)
      ]!,
      memLevel: 1 + Math.floor(random() * 9),
    });
    const most = Math.floor(random() * (bytes.length + 10));
    const out = Buffer.alloc(most);
    const written = inflate(packed, out, most);
    expect(written).toBe(Math.min(most, bytes.length));
    expect(out.subarray(0, written).equals(bytes.subarray(0, written))).toBe(true);
  }
});

test('damage ends in an error of its own, or in bytes, and never runs on', () => {
  const random = numbers(2);
  const packed = deflateSync(sample(() => 0.6));
  for (let i = 0; i < 2000; i++) {
    const broken = Buffer.from(packed.subarray(0, Math.floor(random() * packed.length)));
    if (broken.length > 0) broken[Math.floor(random() * broken.length)] = Math.floor(random() * 256);
    expect(outcome(broken)).not.toBe('another error');
  }
});

function outcome(stream: Buffer): string {
  try {
    return `${inflate(stream, Buffer.alloc(400), 400)} bytes`;
  } catch (error) {
    return error instanceof InflateError ? 'damaged' : 'another error';
  }
}

test('nothing, and what is no zlib stream, is damage', () => {
  expect(() => inflate(Buffer.alloc(0), Buffer.alloc(9), 9)).toThrow(InflateError);
  expect(() => inflate(Buffer.from('commit 12'), Buffer.alloc(9), 9)).toThrow(InflateError);
});
