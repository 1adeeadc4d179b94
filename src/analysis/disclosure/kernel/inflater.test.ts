import { readFileSync } from 'node:fs';
import { deflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { kernelInflater } from './inflater.ts';

const inflater = kernelInflater(readFileSync('kernel/kernel.wasm'));

test('inflates streams of any small size, wherever they lie', () => {
  for (const size of [0, 1, 300, 20_000, inflater.most]) {
    const text = Uint8Array.from({ length: size }, (_, i) => (i * i) % 251);
    const packed = deflateSync(text);
    const around = new Uint8Array(packed.length + 30).fill(0x78);
    around.set(packed, 10);
    expect(inflater.inflate(around, 10, around.length, size)).toBe(true);
    expect(inflater.bytes.slice(inflater.start, inflater.start + size)).toEqual(text);
  }
});

test('refuses what is cut off, damaged, of another size or too large', () => {
  const packed = deflateSync(Buffer.from('a commit, and its message'));
  expect(inflater.inflate(packed, 0, packed.length - 1, 25)).toBe(false);
  expect(inflater.inflate(packed, 1, packed.length, 25)).toBe(false);
  expect(inflater.inflate(packed, 0, packed.length, 24)).toBe(false);
  expect(inflater.inflate(packed, 0, packed.length, 26)).toBe(false);
  expect(inflater.inflate(packed.with(-1, packed.at(-1)! ^ 1), 0, packed.length, 25)).toBe(false);
  expect(inflater.inflate(packed, 0, packed.length, inflater.most + 1)).toBe(false);
  expect(inflater.inflate(packed, 0, packed.length, 25)).toBe(true);
});
