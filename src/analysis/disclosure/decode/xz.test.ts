import { expect, test } from 'vitest';
import { numbers } from '../kernel/testing/started.ts';
import { unlzip, unlzma, unxz } from './xz.ts';

/** `'the same line again and again, number N\n'` for N from 0 to 19, as xz, lzma and lzip write it. */
const text = Array.from({ length: 20 }, (_, i) => `the same line again and again, number ${i}\n`).join('');
const from = (base64: string): Uint8Array => Buffer.from(base64, 'base64');
const XZ = from(
  '/Td6WFoAAATm1rRGAgAhARYAAAB0L+Wj4AMpAFddADoaCM522XbTk846V7HSHYadkL51YSGN2GEZNkVtWD4WeDCKCKGRbPv0oZmvUQFMr10BLivgxvObGGGE6MZpBdAsPMU9kIcCFtOeXenhvt4uOseHNEwQgAAAG5LUFHuiSgIAAXOqBgAAAFlzH1GxxGf7AgAAAAAEWVo=',
);
/** Blocks of 100 bytes, a check of SHA-256, literals by position. */
const BLOCKS = from(
  '/Td6WFoAAArh+wyhAgAhARYAAAB0L+Wj4ABjAC0/ADoaCQckpV5kqKP9QBA1Qm1jqk1701ODkzQIAY41DcpiLaXFieEfeVxyZVYAAAAAAAARrQqxaqdO10GGFH4Oq7c8o3EoNnGizV855lQj3SvrjwIAIQEWAAAAdC/lo+AAYwAxPwAwm4jmI/iFZ/+xF8jKNWySY0ZtbOVLSz0hWhOGMvmQyhBHAs6bsusUu1yDxQHhPSAAAAAAANP1/BrRjB0aNNKreTkHi/yT+EGKFgFuPpAM9PrcUExlAgAhARYAAAB0L+Wj4ABjAC0/ADoaCQckpV5kqKP9QBA1Qm1jqk1701ODkzQIAY41DcpiLaYM4SkfeZ2zZVYAAAAAAABXAO+6dWMfycMSdyctqCwLM2l6QkI2BHbrhjdzx85TXAIAIQEWAAAAdC/lo+AAYwAxPwAwm4jmI/iFZ/+xF8jKNWySY0ZtbQzi6z0hWhOGMvmQyhBHAs6bsusUvTmLyOITtwAAAAAAAD1btBD+mm1toJk2efLMPiwKDDfejN8Lp+PQ/oPbb3eLAgAhARYAAAB0L+Wj4ABjAC4/ADoaCQckpV5kqKP9QBA1Qm1jqk1701ODkzQIAY41DcpiLaXVAGkIar+IC8CdgAAAAACavzw00P8EDd3VC+y6rdCiSbifSUkcul2h7xBpOcyQwwIAIQEWAAAAdC/lo+AAYwAwPwA3CAiIU0//PwFYUqw3+DBhKCZ+4QwlZ21FTjtL0rahuGh6usqXJPPv9ISAVWR/oAAAXr7/523XeNPbhcGoVRH0qW9k60/zC9TtGh3i9aF/xjYCACEBFgAAAHQv5aPgAGMALz8AOQgCVHUsdrzw9mUqK2sTBc6GNWcHFgQSfY89TU5LTeS9TblTiMdjB3D4NDk2zBoAABjJuFN/sirh5tTmT5Mu6C+rybBUvhpSbjxyLJZzyD1UAgAhARYAAAB0L+Wj4ABjAC8/ABAYSU12XrMzkjm9EevVdluMrk66enzBkhiSGL8hFe4XrxQti33vnLwds6NVLgAAAACig28H+dBiOajNmkNjBTFfyx2MnC7ZJuK0oIV1L1HRUQIAIQEWAAAAdC/lowEACW51bWJlciAxOQoAAABu91+Eas8JhAt8bdfaEYPK1GDjTFGFxJ614GaKvtE87wAJYWRlZGFkZWRiZGRkY2RjZDoKWTr6Yw7Z2gEFAAAAAApZWg==',
);
const LZMA = from(
  'XQAAgAD//////////wA6GgjOdtl205POOlex0h2GnZC+dWEhjdhhGTZFbVg+FngwigihkWz79KGZr1EBTK9dAS4r4MbzmxhhhOjGaQXQLDzFPZCHAhbTnl3p4b7eLjrHhzZ6cpf//vWywA==',
);
const LZIP = lzip(LZMA, text.length);

/** The same stream with the other header and trailer; its properties are those that lzip has. */
function lzip(lzma: Uint8Array, size: number): Uint8Array {
  const trailer = Buffer.alloc(20);
  trailer.writeUInt32LE(size, 4);
  return Buffer.concat([Buffer.from([0x4c, 0x5a, 0x49, 0x50, 1, 12]), lzma.subarray(13), trailer]);
}

const files = [
  ['xz', unxz, XZ],
  ['xz of many blocks', unxz, BLOCKS],
  ['lzma', unlzma, LZMA],
  ['lzip', unlzip, LZIP],
] as const;

test.for(files)('%s', ([, unpack, file]) => {
  const { bytes, fault } = unpack(file, 1 << 20);
  expect(Buffer.from(bytes).toString()).toBe(text);
  expect(fault).toBeUndefined();
});

test('one behind another, and zeros between', () => {
  const both = Buffer.concat([XZ, Buffer.alloc(8), BLOCKS]);
  expect(Buffer.from(unxz(both, 1 << 20).bytes).toString()).toBe(text + text);
  expect(Buffer.from(unlzip(Buffer.concat([LZIP, LZIP]), 1 << 20).bytes).toString()).toBe(text + text);
});

test.for(files)('%s: no more comes out than there is room for', ([, unpack, file]) => {
  for (const most of [0, 1, 7, 100, text.length - 1]) {
    const { bytes, fault } = unpack(file, most);
    expect([bytes.length <= most, fault]).toEqual([true, 'too large']);
    expect(text.startsWith(Buffer.from(bytes).toString())).toBe(true);
  }
});

test.for(files)('%s: of one that is cut off comes what is there', ([, unpack, file]) => {
  for (let size = 0; size < file.length - 40; size += 3) {
    const { bytes, fault } = unpack(file.subarray(0, size), 1 << 20);
    expect(fault).toBeDefined();
    expect(bytes.length).toBeLessThanOrEqual(text.length);
  }
});

test.for(files)('%s: noise is survived, and ends', ([, unpack, file]) => {
  const next = numbers(7);
  for (let round = 0; round < 400; round++) {
    const noisy = Uint8Array.from(file);
    for (let i = next(4); i >= 0; i--) noisy[next(noisy.length)] = next(256);
    expect(unpack(noisy, 1 << 16).bytes.length).toBeLessThanOrEqual(1 << 16);
  }
});

test('a size that is a lie sets nothing aside', () => {
  const lying = Uint8Array.from(LZMA);
  lying.fill(0xff, 1, 5);
  lying.fill(0x7f, 5, 11);
  const { bytes } = unlzma(lying, 1 << 20);
  expect(Buffer.from(bytes).toString().startsWith(text)).toBe(true);
});
