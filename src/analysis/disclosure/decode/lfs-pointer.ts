import type { Region } from './around.ts';
import { characters } from './characters.ts';

/** How a pointer to a file begins that Git LFS keeps elsewhere. https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md */
export const POINTER_FORM = 'version https://git-lfs.github.com/spec/';

/** A pointer is all of its file, which has less than 1,024 bytes. */
export function isPointer(bytes: Uint8Array): boolean {
  return (
    bytes.length < 1024 &&
    bytes[0] === 0x76 &&
    /^version https:\/\/git-lfs\.github\.com\/spec\/[^]*\noid sha256:[\da-f]{64}\nsize \d+/.test(
      characters(bytes, 0, bytes.length),
    )
  );
}

/** The pointer that begins at `at`, for who counts them. */
export function pointerAt(bytes: Uint8Array, at: number, from: number, to: number): Region | undefined {
  return at === from && to - from < 1024 && isPointer(bytes.subarray(from, to))
    ? { bytes: bytes.slice(from, to), start: from, end: to }
    : undefined;
}
