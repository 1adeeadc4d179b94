import type { Inflated } from './inflate.ts';
import type { LzmaDecoder } from './lzma.ts';
import { lzmaDecoder } from './lzma.ts';

/** What came out of a compressed file, and why there is no more. */
export interface Unpacked {
  readonly bytes: Uint8Array;
  readonly fault?: Inflated['fault'] | undefined;
}

/** Bytes of a block's check, by its kind. */
const CHECKS = [0, 4, 4, 4, 8, 8, 8, 16, 16, 16, 32, 32, 32, 64, 64, 64];
const LZMA2 = 0x21;
/** Filters that change nothing in text: those of programs, where addresses are. */
const OF_PROGRAMS: ReadonlySet<number> = new Set([4, 5, 6, 7, 8, 9, 10, 11]);

/** The streams of an `.xz` file, at most `most` bytes together. https://tukaani.org/xz/xz-file-format.txt */
export function unxz(bytes: Uint8Array, most: number): Unpacked {
  const decoder = lzmaDecoder(bytes, most);
  let at = 0;
  let fault: Inflated['fault'] | undefined = isStream(bytes, 0) ? undefined : 'truncated';
  while (isStream(bytes, at) && fault === undefined) {
    const check = CHECKS[bytes[at + 7]! & 15]!;
    at += 12;
    while (at < bytes.length && bytes[at] !== 0 && fault === undefined) {
      const data = blockData(bytes, at);
      if (data === undefined) return { bytes: decoder.output(), fault: 'damaged' };
      const read = lzma2(bytes, data, decoder);
      fault = read.fault;
      at = data + Math.ceil((read.end - data) / 4) * 4 + check;
    }
    if (fault !== undefined) break;
    if (at >= bytes.length) fault = 'truncated';
    at = behindIndex(bytes, at);
  }
  return { bytes: decoder.output(), fault };
}

const SIGN = [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0];

function isStream(bytes: Uint8Array, at: number): boolean {
  return SIGN.every((byte, i) => bytes[at + i] === byte) && at + 12 <= bytes.length;
}

/** Where the data of the block at `at` begins; `undefined` when its filters are not known. */
function blockData(bytes: Uint8Array, at: number): number | undefined {
  const size = (bytes[at]! + 1) * 4;
  const flags = bytes[at + 1] ?? 0;
  if ((flags & 0x3c) !== 0) return undefined;
  let next = at + 2;
  const number = (): number => {
    let value = 0;
    for (let i = 0; i < 9; i++) {
      const byte = bytes[next++] ?? 0;
      value += (byte & 127) * 2 ** (7 * i);
      if (byte < 128) break;
    }
    return value;
  };
  if ((flags & 0x40) !== 0) number();
  if ((flags & 0x80) !== 0) number();
  for (let left = (flags & 3) + 1; left > 0; left--) {
    const id = number();
    const length = number();
    if (left === 1 ? id !== LZMA2 : !OF_PROGRAMS.has(id)) return undefined;
    next += length;
  }
  return next <= at + size ? at + size : undefined;
}

function lzma2(bytes: Uint8Array, start: number, decoder: LzmaDecoder): ReturnType<LzmaDecoder['decode']> {
  let at = start;
  let isReady = false;
  const two = (from: number): number => ((bytes[from] ?? 0) << 8) | (bytes[from + 1] ?? 0);
  for (;;) {
    const control = bytes[at];
    if (control === undefined) return { fault: 'truncated', end: at };
    if (control === 0) return { fault: undefined, end: at + 1 };
    if (control < 0x80) {
      if (control > 2) return { fault: 'damaged', end: at };
      if (control === 1) decoder.resetDictionary();
      const end = at + 3 + two(at + 1) + 1;
      if (!decoder.copy(at + 3, Math.min(end, bytes.length))) return { fault: 'too large', end: at };
      if (end > bytes.length) return { fault: 'truncated', end: at };
      at = end;
      continue;
    }
    const size = ((control & 0x1f) << 16) + two(at + 1) + 1;
    const packed = two(at + 3) + 1;
    const reset = (control >> 5) & 3;
    at += 5;
    if (reset === 3) decoder.resetDictionary();
    if (reset >= 2) {
      if (!decoder.setProperties(bytes[at++] ?? 255)) return { fault: 'damaged', end: at };
      isReady = true;
    } else if (reset === 1) decoder.resetState();
    if (!isReady) return { fault: 'damaged', end: at };
    const { fault } = decoder.decode(at, Math.min(at + packed, bytes.length), size);
    if (fault !== undefined) return { fault: at + packed > bytes.length ? 'truncated' : fault, end: at };
    at += packed;
  }
}

/** Where the next stream may begin, behind the index, the footer and zeros. */
function behindIndex(bytes: Uint8Array, at: number): number {
  // The footer ends with `YZ`; what is between has no secrets.
  let next = at;
  while (next + 1 < bytes.length && !(bytes[next] === 0x59 && bytes[next + 1] === 0x5a)) next++;
  next += 2;
  while (next < bytes.length && bytes[next] === 0) next++;
  return next;
}

/** An `.lzma` file: a byte of properties, the dictionary's size, that of the text (or -1) in eight bytes. */
export function unlzma(bytes: Uint8Array, most: number): Unpacked {
  const decoder = lzmaDecoder(bytes, most);
  if (bytes.length < 13 || !decoder.setProperties(bytes[0]!))
    return { bytes: new Uint8Array(0), fault: 'damaged' };
  let size = 0;
  for (let i = 12; i >= 5; i--) size = size * 256 + bytes[i]!;
  const { fault } = decoder.decode(13, bytes.length, size >= 2 ** 53 ? -1 : size);
  return { bytes: decoder.output(), fault };
}

/** The members of an `.lz` file, one after another. https://www.nongnu.org/lzip/manual/lzip_manual.html#File-format */
export function unlzip(bytes: Uint8Array, most: number): Unpacked {
  const decoder = lzmaDecoder(bytes, most);
  let at = 0;
  let fault: Inflated['fault'] | undefined = isMember(bytes, 0) ? undefined : 'truncated';
  while (fault === undefined && isMember(bytes, at)) {
    // Properties are always the same: 3, 0, 2.
    decoder.setProperties(93);
    decoder.resetDictionary();
    const read = decoder.decode(at + 6, bytes.length, -1);
    fault = read.fault;
    at = read.end + 20;
  }
  return { bytes: decoder.output(), fault };
}

const LZIP = [0x4c, 0x5a, 0x49, 0x50, 1];

function isMember(bytes: Uint8Array, at: number): boolean {
  return LZIP.every((byte, i) => bytes[at + i] === byte);
}
