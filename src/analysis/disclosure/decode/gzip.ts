import type { Inflate, Inflated } from './inflate.ts';
import { inflateRaw } from './inflate.ts';

/** The members of a gzip file (RFC 1952), one after another, with the name and comment in the first header. */
export interface Gunzipped {
  readonly parts: readonly Inflated[];
  readonly name: string | undefined;
  readonly comment: Uint8Array;
}

/** At most `most` bytes together. Empty when the first header is none. */
export function gunzip(bytes: Uint8Array, most: number, inflate?: Inflate): Gunzipped {
  const parts: Inflated[] = [];
  let name: string | undefined;
  let comment: Uint8Array = new Uint8Array(0);
  let left = most;
  let at = 0;
  while (bytes[at] === 0x1f && bytes[at + 1] === 0x8b && bytes[at + 2] === 8 && left > 0) {
    const flags = bytes[at + 3] ?? 0;
    at += 10;
    if ((flags & 4) !== 0) at += 2 + (bytes[at] ?? 0) + 256 * (bytes[at + 1] ?? 0);
    if ((flags & 8) !== 0) {
      const end = endOfString(bytes, at);
      name ??= latin1(bytes.subarray(at, end));
      at = end + 1;
    }
    if ((flags & 16) !== 0) {
      const end = endOfString(bytes, at);
      comment = bytes.subarray(at, end);
      at = end + 1;
    }
    if ((flags & 2) !== 0) at += 2;
    const part = inflateRaw(bytes, at, left, inflate);
    parts.push(part);
    left -= part.bytes.length;
    if (part.fault !== undefined) break;
    at = part.end + 8;
  }
  return { parts, name, comment };
}

function endOfString(bytes: Uint8Array, from: number): number {
  const end = bytes.indexOf(0, from);
  return end === -1 ? bytes.length : end;
}

function latin1(bytes: Uint8Array): string {
  return Array.from(bytes.subarray(0, 255), (byte) => String.fromCharCode(byte)).join('');
}
