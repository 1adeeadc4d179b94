import { expect, test } from 'vitest';
import { pathFromBytes } from '../../adapters/git/path-bytes.ts';
import { nameOfBytes } from './name.ts';

test('names of any bytes, as whoever reads a tree of files has them', () => {
  const of = (text: string): string => nameOfBytes(Buffer.from(text, 'latin1'));
  expect(of('caf\xe9 a')).toBe('caf\\xe9 a');
  expect(of('caf\xc3\xa9')).toBe('café');
  expect(of('\xff\xc3\xa9\xc3')).toBe('\\xffé\\xc3');
  expect(of('\xef\xbb\xbfa')).toBe('\uFEFFa');
  let seed = 1;
  const bytes = Uint8Array.from({ length: 4000 }, () => {
    seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
    return [0x61, 0xc3, 0xa9, 0xe2, 0x82, 0xac, 0xf0, 0x9f, 0x98, 0xed, 0xa0, 0xff][(seed >>> 8) % 12]!;
  });
  for (let at = 0; at < bytes.length; at += 13)
    expect(nameOfBytes(bytes.subarray(at, at + 13))).toBe(
      pathFromBytes(Buffer.from(bytes.subarray(at, at + 13))),
    );
});
