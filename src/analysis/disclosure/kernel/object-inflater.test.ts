import { readFileSync } from 'node:fs';
import { deflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { createHeap } from './heap.ts';
import { startKernel } from './module.ts';
import { objectInflater } from './object-inflater.ts';

const kernel = startKernel(readFileSync('kernel/kernel.wasm'));
const { exactly, head } = objectInflater(kernel, createHeap(kernel));
const text = (bytes: Uint8Array | undefined): string | undefined => bytes && Buffer.from(bytes).toString();

test('objects of every size and level come out whole, also where more stands behind them', () => {
  for (const size of [0, 1, 28, 63, 64, 65, 1000, 70_000, 300_000])
    for (const level of [0, 1, 9]) {
      const body = Buffer.from(`blob ${size}\0${'some words '.repeat(size).slice(0, size)}`);
      const packed = Buffer.concat([deflateSync(body, { level }), Buffer.from('behind')]);
      expect(text(exactly(packed, body.length))).toBe(body.toString());
      if (level > 0) expect(text(head(packed))!.startsWith(body.toString().slice(0, 64))).toBe(true);
    }
});

test('what is not what it says is left to who asks', () => {
  const packed = deflateSync(Buffer.from('blob 5\0hello'));
  const wrong = Buffer.from(packed);
  wrong[wrong.length - 1]! ^= 1;
  expect([
    exactly(packed, 11),
    exactly(packed, 13),
    exactly(packed.subarray(0, -5), 12),
    exactly(wrong, 12),
    exactly(Buffer.from('nothing of the kind'), 12),
    exactly(Buffer.alloc(0), 0),
    exactly(packed, 9 * 1024 * 1024),
    head(Buffer.from('nothing of the kind')),
  ]).toEqual(Array(8).fill(undefined));
});
