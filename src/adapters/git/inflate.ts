import { inflateSync } from 'node:zlib';
import type { ObjectInflater } from '../../model/deflate.ts';

/** Why a zlib stream could not be read. */
export class InflateError extends Error {}

/**
 * Inflates one zlib stream that must give exactly `size` bytes; what follows it in `input` is left alone.
 * `undefined` when the input ends first (give more). Throws InflateError when it is damaged or gives another size.
 */
export function inflateExactly(
  input: Uint8Array,
  size: number,
  inflater?: ObjectInflater,
): Buffer | undefined {
  const quick = inflater?.exactly(input, size);
  if (quick !== undefined) return Buffer.from(quick.buffer, quick.byteOffset, quick.length);
  let bytes: Buffer;
  try {
    // One byte more than expected, so that the stream's end is reached in one call.
    bytes = inflateSync(input, { chunkSize: Math.max(64, size + 1), maxOutputLength: size + 1 });
  } catch (error) {
    const code = (error as { code?: string }).code;
    if (code === 'Z_BUF_ERROR') return undefined;
    throw new InflateError(
      code === 'ERR_BUFFER_TOO_LARGE' ? 'it is longer than it says' : 'the compressed data is damaged',
    );
  }
  if (bytes.length !== size) throw new InflateError(`it gives ${bytes.length} bytes where it says ${size}`);
  return bytes;
}

/** The most bytes that zlib writes for `size` bytes (its own compressBound); other writers may exceed it. */
export function deflateBound(size: number): number {
  return size + Math.ceil(size / 1000) + 64;
}
