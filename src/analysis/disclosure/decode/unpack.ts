import type { Unpacked } from './xz.ts';

/**
 * Unpacks a whole file with code of the platform, to at most `most` bytes. `undefined`: the platform cannot, or it is no such file
 * (Brotli has no sign, so that it can only be tried).
 */
export type Unpack = (how: 'zstd' | 'brotli', bytes: Uint8Array, most: number) => Unpacked | undefined;

/** Files of which no text comes out, though no sign of `containerOf` is theirs: pictures, sounds, fonts, programs. */
const MEDIA: readonly (readonly number[])[] = [
  [0xff, 0xd8, 0xff],
  [0x47, 0x49, 0x46, 0x38],
  [0x52, 0x49, 0x46, 0x46],
  [0x77, 0x4f, 0x46],
  [0, 1, 0, 0],
  [0, 0, 1, 0],
  [0, 0, 0],
  [0x4f, 0x54, 0x54, 0x4f],
  [0x4f, 0x67, 0x67, 0x53],
  [0x49, 0x44, 0x33],
  [0x7f, 0x45, 0x4c, 0x46],
  [0x4d, 0x5a],
  [0xca, 0xfe, 0xba, 0xbe],
  [0, 0x61, 0x73, 0x6d],
  [0xd0, 0xcf, 0x11, 0xe0],
  [0x49, 0x49, 0x2a],
  [0x4d, 0x4d, 0, 0x2a],
  [0x42, 0x4d],
];
/** Of these, what is packed throughout in ways of its own: pictures, sounds, fonts for the web. */
const PACKED_MEDIA: readonly (readonly number[])[] = [
  [0xff, 0xd8, 0xff],
  [0x47, 0x49, 0x46, 0x38],
  [0x52, 0x49, 0x46, 0x46],
  [0x77, 0x4f, 0x46],
  [0x4f, 0x67, 0x67, 0x53],
  [0x49, 0x44, 0x33],
];

/** Whether it is such a file, of which nothing comes out but its words. */
export function isMedia(bytes: Uint8Array): boolean {
  const isFilm = bytes[4] === 0x66 && bytes[5] === 0x74 && bytes[6] === 0x79 && bytes[7] === 0x70;
  return isFilm || PACKED_MEDIA.some((sign) => sign.every((byte, i) => bytes[i] === byte));
}

/** Larger files of no sign are not tried. */
const MOST_TRIED = 64 * 1024 * 1024;

/** Whether it is worth a try: nothing says what it is. */
export function mayBeBrotli(bytes: Uint8Array): boolean {
  return (
    bytes.length >= 16 &&
    bytes.length <= MOST_TRIED &&
    !MEDIA.some((sign) => sign.every((byte, i) => bytes[i] === byte))
  );
}
