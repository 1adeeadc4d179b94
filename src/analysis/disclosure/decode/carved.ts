import type { Inflate } from './inflate.ts';
import { inflateZlib } from './inflate.ts';
import { gunzip } from './gzip.ts';
import { hasString, isWorth } from './runs.ts';

/** A packed stretch in the midst of something else. */
export interface Carved {
  readonly how: 'zlib' | 'gzip' | 'zip';
  /** Of `zlib`: what it holds. Of others: the file, and what stands behind it. */
  readonly bytes: Uint8Array;
  /** There may be more, which is not looked for. */
  readonly isMore?: boolean;
  /** Of `gzip`: to be told where its members end in `bytes`. */
  readonly passTo?: (end: number) => void;
}

/** Bytes that are unpacked to see whether something can be read: several times what one copy of deflate may be long. */
const TASTE = 1024;
/** Bytes that are unpacked to see whether it goes on as noise does. */
const PART = 64 * 1024;
/** Stretches in one file. */
const MOST = 1000;
/** Places that look like the start of one. */
const MOST_TRIED = 20_000;
const NOTHING = new Uint8Array(0);

/**
 * Streams of zlib, gzip files and the first zip archive in what is no text and has no decoder of its own: dumps of databases, programs,
 * images of disks, results of MATLAB, Flash. Only those are given of which text, or a file that is known, comes out.
 */
export function* carved(
  bytes: Uint8Array,
  room: () => number,
  inflate: Inflate | undefined,
): Generator<Carved, void, undefined> {
  let count = 0;
  let tried = 0;
  const zip = archiveIn(bytes);
  const stop = zip ?? bytes.length;
  let next = 0;
  for (let at = zlibFrom(bytes, 1); at !== -1 && at < stop; at = zlibFrom(bytes, next)) {
    if (count >= MOST || ++tried > MOST_TRIED) {
      yield { how: 'zlib', bytes: NOTHING, isMore: true };
      break;
    }
    next = at + 1;
    const taste = inflateZlib(bytes, at, TASTE);
    if (taste.bytes.length < LEAST || !(isWorth(taste.bytes) || hasString(taste.bytes))) continue;
    const part = inflateZlib(bytes, at, Math.min(PART, room()), inflate);
    if (part.fault === 'too large' && isNoise(part.bytes)) continue;
    const {
      bytes: inner,
      end,
      fault,
    } = part.fault === 'too large' ? inflateZlib(bytes, at, room(), inflate) : part;
    const isWhole = fault === undefined && isSummed(inner, bytes, end);
    if (!isWhole && !isClean(inner)) continue;
    next = Math.max(next, end);
    count++;
    yield { how: 'zlib', bytes: inner };
  }
  for (let at = gzipFrom(bytes, 1); at !== -1 && at < stop; at = gzipFrom(bytes, next)) {
    if (count > MOST || ++tried > MOST_TRIED) {
      yield { how: 'gzip', bytes: NOTHING, isMore: true };
      break;
    }
    next = at + 1;
    const taste = gunzip(bytes.subarray(at), () => TASTE).next();
    if (taste.done === true || taste.value.bytes.length < LEAST || taste.value.fault === 'damaged') continue;
    count++;
    yield { how: 'gzip', bytes: bytes.subarray(at), passTo: (end) => (next = Math.max(next, at + end)) };
  }
  if (zip !== undefined) yield { how: 'zip', bytes: bytes.subarray(zip) };
}

/** Less that comes out of noise by chance is text by chance. */
const LEAST = 32;

/** Whether Adler's sum of what came out stands behind a stream (RFC 1950, 8.2). */
function isSummed(inner: Uint8Array, bytes: Uint8Array, end: number): boolean {
  let low = 1;
  let high = 0;
  for (let at = 0; at < inner.length;) {
    // So many can be added before a remainder has to be taken.
    for (const stop = Math.min(inner.length, at + 3800); at < stop; at++) {
      low += inner[at]!;
      high += low;
    }
    low %= 65521;
    high %= 65521;
  }
  const sum = [high >> 8, high & 255, low >> 8, low & 255];
  return sum.every((unit, i) => bytes[end + i] === unit);
}

/** Bytes that are looked at of what may be noise, and how many different ones are in text of that length. */
const MOST_LOOKED_AT = 4096;
const VARIED = 24;

/** Text, if it was cut off: what comes out of noise by chance has few letters over and over, or many that no text has. */
function isClean(bytes: Uint8Array): boolean {
  const start = bytes.subarray(0, MOST_LOOKED_AT);
  const odd = start.reduce(
    (sum, unit) => sum + (unit > 126 || (unit < 32 && (unit < 9 || unit > 13)) ? 1 : 0),
    0,
  );
  return odd * 20 <= start.length && new Set(start).size >= Math.min(VARIED, start.length / 4);
}

/**
 * Whether a stream that goes on for long is noise. By chance codes are complete only if all are of one length: then two, four, … or 64
 * letters come, and it does not end before the file does.
 */
function isNoise(bytes: Uint8Array): boolean {
  const { size } = new Set(bytes);
  return size <= 64 && (size & (size - 1)) === 0 && !isClean(bytes);
}

/** The two bytes of a stream by its usual levels, and a block of a kind that there is behind them. */
function zlibFrom(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0x78, from); at !== -1; at = bytes.indexOf(0x78, at + 1)) {
    const level = bytes[at + 1];
    const isSign = level === 0x9c || level === 0xda || level === 0x01 || level === 0x5e;
    if (isSign && ((bytes[at + 2] ?? 6) & 6) !== 6) return at;
  }
  return -1;
}

/** `\x1f\x8b\x08`, no flags but a name, and an operating system that there is. */
function gzipFrom(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0x1f, from); at !== -1; at = bytes.indexOf(0x1f, at + 1)) {
    const isSign = bytes[at + 1] === 0x8b && bytes[at + 2] === 8;
    const [flags, system] = [bytes[at + 3] ?? 255, bytes[at + 9] ?? 99];
    if (isSign && (flags & 0xe0) === 0 && (system <= 13 || system === 255)) return at;
  }
  return -1;
}

/** Where the first member of an archive begins that has a directory behind it. */
function archiveIn(bytes: Uint8Array): number | undefined {
  const first = signFrom(bytes, 1, 3, 4);
  return first === -1 || signFrom(bytes, first, 5, 6) === -1 ? undefined : first;
}

function signFrom(bytes: Uint8Array, from: number, third: number, fourth: number): number {
  for (let at = bytes.indexOf(0x50, from); at !== -1; at = bytes.indexOf(0x50, at + 1))
    if (bytes[at + 1] === 0x4b && bytes[at + 2] === third && bytes[at + 3] === fourth) return at;
  return -1;
}
