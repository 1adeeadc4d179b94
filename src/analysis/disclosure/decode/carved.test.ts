import { deflateRawSync, deflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { carved } from './carved.ts';

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
const found = (...parts: readonly Uint8Array[]): readonly string[] =>
  Array.from(
    carved(Buffer.concat([Buffer.alloc(64, 7), ...parts, Buffer.alloc(64, 7)]), () => 1 << 20, undefined),
    ({ bytes }) => text(bytes),
  );
const words = 'password: correct horse battery staple, {"token": "Qz7Lk2Xv9Rt4"}\n'.repeat(40);

test('a stream of zlib is found in the midst of a file, also one that is cut off', () => {
  const packed = deflateSync(words);
  expect(found(packed)).toEqual([words]);
  const [cut] = found(packed.subarray(0, 80));
  expect(words.startsWith(cut!.slice(0, 60))).toBe(true);
});

test('what noise gives is told by its sum, its few letters and its control characters', () => {
  const noise = [
    'hH'.repeat(500),
    `${'QqJ'.repeat(9)}\x13\x02\x11\x01\x04\x05\x06\x07${'0123456789abcdefghijklmnopqrs'.repeat(3)}`,
  ];
  for (const one of noise) {
    const stream = Buffer.concat([Buffer.from([0x78, 0x9c]), deflateRawSync(Buffer.from(one, 'latin1'))]);
    expect(found(stream, Buffer.alloc(4, 9))).toEqual([]);
    expect(found(deflateSync(Buffer.from(one, 'latin1')))).toEqual([one]);
  }
});
