import { brotliDecompressSync, inflateRawSync, zstdDecompressSync } from 'node:zlib';

/**
 * Inflates a raw deflate stream with Node's own code. `undefined` when the stream is damaged, cut short, or has more than `most`
 * bytes: then the caller wants what there is of it.
 */
export function inflateQuickly(
  input: Uint8Array,
  start: number,
  most: number,
): { readonly bytes: Uint8Array; readonly end: number } | undefined {
  if (most < 1) return undefined;
  return withoutStack(() => {
    const { buffer, engine } = inflateRawSync(input.subarray(start), {
      maxOutputLength: most,
      info: true,
    }) as unknown as { readonly buffer: Buffer; readonly engine: { readonly bytesWritten: number } };
    return { bytes: buffer, end: start + engine.bytesWritten };
  });
}

/** What work gives; `undefined` when it throws. Much that is tried is no such stream, and to write down where costs more than trying. */
function withoutStack<T>(work: () => T): T | undefined {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  try {
    return work();
  } catch {
    return undefined;
  } finally {
    Error.stackTraceLimit = limit;
  }
}

/** What was unpacked, and why there is no more. */
interface Unpacked {
  readonly bytes: Uint8Array;
  readonly fault?: 'truncated' | 'damaged' | 'too large';
}

/**
 * Unpacks a whole file. `undefined` for Brotli, which has no sign, when it is none: all of the bytes have to be one stream.
 */
export function unpackQuickly(how: 'zstd' | 'brotli', bytes: Uint8Array, most: number): Unpacked | undefined {
  return how === 'zstd' ? zstdFrames(bytes, Math.max(1, most)) : brotli(bytes, Math.max(1, most));
}

type WithEnd = (
  bytes: Uint8Array,
  options: { readonly maxOutputLength: number; readonly info: true },
) => { readonly buffer: Buffer; readonly engine: { readonly bytesWritten: number } };

/** Each costs its own start, also an empty one of nine bytes; files that are cut into frames have one for megabytes. */
const MOST_FRAMES = 10_000;

/** Node reads one frame; a file may have many. RFC 8878, 3.1 */
function zstdFrames(bytes: Uint8Array, most: number): Unpacked {
  const parts: Buffer[] = [];
  let size = 0;
  let at = 0;
  const done = (fault?: Unpacked['fault']): Unpacked => ({
    bytes: parts.length === 1 ? parts[0]! : Buffer.concat(parts),
    ...(fault === undefined ? {} : { fault }),
  });
  for (let frames = 0; isFrame(bytes, at); frames++) {
    if (frames === MOST_FRAMES) return done('too large');
    try {
      const { buffer, engine } = (zstdDecompressSync as unknown as WithEnd)(bytes.subarray(at), {
        maxOutputLength: most - size,
        info: true,
      });
      parts.push(buffer);
      size += buffer.length;
      if (engine.bytesWritten === 0) return done('damaged');
      at += engine.bytesWritten;
      if (size >= most) return done('too large');
    } catch (error) {
      const { code } = error as { readonly code?: string };
      return done(
        code === 'ERR_BUFFER_TOO_LARGE' ? 'too large' : code === 'Z_BUF_ERROR' ? 'truncated' : 'damaged',
      );
    }
  }
  return done(at < bytes.length ? 'damaged' : undefined);
}

/** A frame, or one to be skipped. */
function isFrame(bytes: Uint8Array, at: number): boolean {
  const isPlain =
    bytes[at] === 0x28 && bytes[at + 1] === 0xb5 && bytes[at + 2] === 0x2f && bytes[at + 3] === 0xfd;
  const isSkipped =
    (bytes[at]! & 0xf0) === 0x50 &&
    bytes[at + 1] === 0x2a &&
    bytes[at + 2] === 0x4d &&
    bytes[at + 3] === 0x18;
  return isPlain || isSkipped;
}

function brotli(bytes: Uint8Array, most: number): Unpacked | undefined {
  return withoutStack(() => {
    const { buffer, engine } = (brotliDecompressSync as unknown as WithEnd)(bytes, {
      maxOutputLength: most,
      info: true,
    });
    return engine.bytesWritten === bytes.length && buffer.length > bytes.length / 2
      ? { bytes: buffer }
      : undefined;
  });
}
