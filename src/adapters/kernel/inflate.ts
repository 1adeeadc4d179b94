import { inflateRawSync } from 'node:zlib';

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
  try {
    const { buffer, engine } = inflateRawSync(input.subarray(start), {
      maxOutputLength: most,
      info: true,
    }) as unknown as { readonly buffer: Buffer; readonly engine: { readonly bytesWritten: number } };
    return { bytes: buffer, end: start + engine.bytesWritten };
  } catch {
    return undefined;
  }
}
