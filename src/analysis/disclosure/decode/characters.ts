/** Bytes `start`…`end` as text of one code unit a byte. For stretches of some thousand bytes. */
export function characters(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  for (let at = start; at < end; at += MOST) text += ofBytes(bytes.subarray(at, Math.min(end, at + MOST)));
  return text;
}

/** Arguments of one call. */
const MOST = 8192;

/** Spread, an array of bytes is walked by its iterator: twelve times slower. */
function ofBytes(bytes: Uint8Array): string {
  return String.fromCharCode.apply(undefined, bytes as unknown as number[]);
}

/** What a text was read for: how far it came, and whether what stands there may only be cut off. */
export type Read = { readonly end: number; readonly isCut?: boolean } | undefined;

/**
 * What `read` says of the text from `at` on: first of little of it, and of more when that was read to its end. So that looking costs what
 * is there, however often something looks so. `read` gives how far it came, as `end`.
 */
export function readFrom<Result extends Read>(
  bytes: Uint8Array,
  at: number,
  to: number,
  most: number,
  read: (text: string) => Result,
): Result {
  for (let size = 256; ; size *= 16) {
    const stop = Math.min(to, at + Math.min(size, most));
    const result = read(characters(bytes, at, stop));
    const isOut = result !== undefined && (result.isCut === true || result.end + LONGEST >= stop - at);
    if (stop === to || size >= most || !isOut) return result;
  }
}

/** What is cut at the end of a text may be one more of what is read: so long are these at most, but for the very long. */
const LONGEST = 128;

/** The bytes of such a text. */
export function bytesOf(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}
