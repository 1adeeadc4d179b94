import { characters } from './characters.ts';
import type { Inflate, Inflated } from './inflate.ts';
import { inflateRaw } from './inflate.ts';

/** A member of a gzip file (RFC 1952) with something in it, and the name and comment in its header. */
export interface GzipMember extends Inflated {
  readonly name: string | undefined;
  readonly comment: Uint8Array | undefined;
}

/**
 * The members of a gzip file, one after another, each of at most as many bytes as there is room for; up to the first damage. Of those
 * that are empty only the first. Gives where they end. Nothing when the first header is none.
 */
export function* gunzip(
  bytes: Uint8Array,
  room: () => number,
  inflate?: Inflate,
): Generator<GzipMember, number, undefined> {
  let at = 0;
  let isFirst = true;
  for (let most = room(); isMember(bytes, at) && most > 0; most = room()) {
    const flags = bytes[at + 3] ?? 0;
    at += 10;
    let name: string | undefined;
    let comment: Uint8Array | undefined;
    if ((flags & 4) !== 0) at += 2 + (bytes[at] ?? 0) + 256 * (bytes[at + 1] ?? 0);
    if ((flags & 8) !== 0) {
      const end = endOfString(bytes, at);
      name = characters(bytes, at, Math.min(end, at + MOST_NAME));
      at = end + 1;
    }
    if ((flags & 16) !== 0) {
      const end = endOfString(bytes, at);
      comment = bytes.subarray(at, end);
      at = end + 1;
    }
    if ((flags & 2) !== 0) at += 2;
    const part = inflateRaw(bytes, at, most, inflate);
    at = part.end + 8;
    if (isFirst || part.bytes.length > 0 || part.fault !== undefined || comment !== undefined)
      yield { ...part, name, comment };
    isFirst = false;
    if (part.fault !== undefined) return Math.min(at, bytes.length);
  }
  if (isMember(bytes, at))
    yield { bytes: NOTHING, end: at, fault: 'too large', name: undefined, comment: undefined };
  return Math.min(at, bytes.length);
}

const MOST_NAME = 255;
const NOTHING = new Uint8Array(0);

function isMember(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === 0x1f && bytes[at + 1] === 0x8b && bytes[at + 2] === 8;
}

function endOfString(bytes: Uint8Array, from: number): number {
  const end = bytes.indexOf(0, from);
  return end === -1 ? bytes.length : end;
}
