import type { Region } from './around.ts';
import { containerOf, mayBeSign } from './container.ts';
import { inflateRaw, inflateZlib } from './inflate.ts';
import type { Places } from './places.ts';
import { Units } from './pieces.ts';
import { placesIn } from './places.ts';
import { isText } from './printable.ts';

/** Text that stood encoded in a text. */
export interface Run {
  readonly how: 'base64' | 'base32' | 'hex' | 'numbers';
  readonly bytes: Uint8Array;
  /** Where it stands. */
  readonly start: number;
  readonly end: number;
  /** Why the bytes are not all that it says. */
  readonly fault?: string;
}

/** Fewer encoded characters hold no secret that is worth looking for. */
const LEAST = 20;
/** Longer lines of one run are pieces of a block that goes on in the next line. */
const LEAST_WRAPPED = 40;
/** Digits that are decoded in one go; what is behind them is a run of its own. Of no alphabet a group is cut there. */
const MOST_DIGITS = 64 * 1024 * 1024;

const BASE64 = 1;
const HEX = 2;
const BASE32 = 4;
const SMALL32 = 8;
const CLASSES = new Uint8Array(256);
const VALUES64 = new Uint8Array(256);
const VALUES32 = new Uint8Array(256);
const HEXES = new Uint8Array(256);
'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_'.split('').forEach((character, i) => {
  CLASSES[character.charCodeAt(0)]! |= BASE64;
  VALUES64[character.charCodeAt(0)] = i < 64 ? i : i - 2;
});
'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.split('').forEach((character, i) => {
  CLASSES[character.charCodeAt(0)]! |= BASE32;
  VALUES32[character.charCodeAt(0)] = i;
  CLASSES[character.toLowerCase().charCodeAt(0)]! |= SMALL32;
  VALUES32[character.toLowerCase().charCodeAt(0)] = i;
});
'0123456789abcdefABCDEF'.split('').forEach((character, i) => {
  CLASSES[character.charCodeAt(0)]! |= HEX;
  HEXES[character.charCodeAt(0)] = i < 16 ? i : i - 6;
});

/**
 * What stands in a text as base64 (both alphabets, wrapped lines too), base32, hexadecimal digits (plain, with `0x`, `\x`, colons
 * or spaces between the bytes) or decimal numbers, and decodes to text or to a container. Linear; in the order of the text.
 * `places`: where to look.
 */
export function* encodedRuns(
  bytes: Uint8Array,
  places: Places = placesIn(bytes, LEAST),
): Generator<Run, void, undefined> {
  let blockEnd = 0;
  for (let at = places(0); at < bytes.length; at = places(at)) {
    const kind = CLASSES[bytes[at]!]!;
    if ((kind & BASE64) === 0) {
      at++;
      continue;
    }
    let end = at;
    let all = BASE64 | HEX | BASE32 | SMALL32;
    const most = Math.min(bytes.length, at + MOST_DIGITS);
    while (end < most && (CLASSES[bytes[end]!]! & BASE64) !== 0) all &= CLASSES[bytes[end++]!]!;
    if (end - at < LEAST) {
      // Single bytes with something between them.
      const list = end - at <= 4 && (kind & HEX) !== 0 ? listAt(bytes, at) : undefined;
      if (list !== undefined && isWorth(list.bytes)) yield { ...list, start: at };
      at = list?.end ?? end;
      continue;
    }
    const block = at < blockEnd ? lineOf(bytes, at, end) : wrapped(bytes, at, end);
    const found =
      runAt(block, at, all) ?? (block.end > end ? runAt(lineOf(bytes, at, end), at, all) : undefined);
    if (found !== undefined) yield found;
    // Lines of a block that says nothing are not put together again from each of them on.
    else blockEnd = Math.max(blockEnd, block.end);
    at = found?.end ?? end;
  }
}

/** Numbers between commas are decimal, unless there are letters among their digits. */
function listAt(bytes: Uint8Array, at: number): ReturnType<typeof byteList> {
  const hex = bytes[at + 2] === 0x2c ? byteList(bytes, at, bytes.length, true) : undefined;
  const hasLetters =
    hex !== undefined && bytes.subarray(at, hex.end).some((unit) => unit > 0x40 && unit !== 0x5c);
  return hasLetters ? hex : byteList(bytes, at, bytes.length);
}

/** Encoded characters without what stands between their lines, and where they end. */
interface Block {
  readonly joined: Uint8Array;
  readonly end: number;
}

function lineOf(bytes: Uint8Array, start: number, end: number): Block {
  return { joined: bytes.subarray(start, end), end };
}

function runAt({ joined, end }: Block, start: number, all: number): Run | undefined {
  if ((all & HEX) !== 0 && joined.length % 2 === 0 && !isNoise(joined, 0, HEXES, 4)) {
    const decoded = fromHex(joined);
    if (isWorth(decoded)) return { how: 'hex', bytes: decoded, start, end };
  }
  if ((all & (BASE32 | SMALL32)) !== 0 && !isNoise(joined, 0, VALUES32, 5)) {
    const decoded = fromBits(joined, VALUES32, 5);
    if (isWorth(decoded)) return { how: 'base32', bytes: decoded, start, end };
  }
  // In `src/cGFzc3dvcmQ…` the run begins before what is encoded.
  const shifts = joined.length <= 4096 ? 4 : 1;
  for (let shift = 0; shift < shifts; shift++) {
    if (isNoise(joined, shift, VALUES64, 6)) continue;
    const decoded = fromBits(joined.subarray(shift), VALUES64, 6);
    if (isWorth(decoded)) return { how: 'base64', bytes: decoded, start, end };
  }
  const inflated = joined.length < LEAST_DEFLATED ? undefined : inflatedFrom(joined);
  if (inflated !== undefined) return { how: 'base64', ...inflated, start, end };
  if (joined.length < LEAST_BINARY) return undefined;
  const whole = fromBits(joined, VALUES64, 6);
  return hasString(whole) ? { how: 'base64', bytes: whole, start, end } : undefined;
}

/** Shorter base64 has no binary file in it. */
const LEAST_BINARY = 64;
/** So many shown characters of ASCII one behind another stand in no noise: one in some thousand millions. */
const LEAST_STRING = 20;

/** Whether text stands in what is none as a whole: a comment in a picture, a string in a program. */
export function hasString(bytes: Uint8Array): boolean {
  let run = 0;
  for (let i = 0; i < bytes.length; i++) {
    const unit = bytes[i]!;
    run = unit >= 32 && unit < 127 ? run + 1 : 0;
    if (run >= LEAST_STRING) return true;
  }
  return false;
}

/** Shorter base64 of deflate holds nothing that is worth packing. */
const LEAST_DEFLATED = 64;
/** Bytes that come out of deflate in base64 at most. */
const MOST_DEFLATED = 64 * 1024 * 1024;

/**
 * What base64 of deflate without a header holds, as SAML's requests and diagrams of draw.io have it. It has no sign: one last block, and
 * text out of it.
 */
export function inflatedFrom(digits: Uint8Array): Pick<Run, 'bytes' | 'fault'> | undefined {
  const kind = ((VALUES64[digits[0]!]! << 2) | (VALUES64[digits[1]!]! >> 4)) & 7;
  if (kind !== 3 && kind !== 5) return undefined;
  const packed = fromBits(digits, VALUES64, 6);
  const start = inflateRaw(packed, 0, 4096);
  if (start.bytes.length < packed.length / 2 || !isText(start.bytes)) return undefined;
  if (start.fault === undefined) return { bytes: start.bytes };
  if (start.fault !== 'too large') return undefined;
  const { bytes, fault } = inflateRaw(packed, 0, MOST_DEFLATED);
  return { bytes, ...(fault === undefined ? {} : { fault: `it is ${fault}` }) };
}

/** The run, and what continues it on the lines that follow: whole lines of the same alphabet, perhaps indented or quoted. */
function wrapped(bytes: Uint8Array, start: number, lineEnd: number): Block {
  let joined: Units | undefined;
  let end = lineEnd;
  let last = lineEnd - start;
  while (last >= LEAST_WRAPPED && end - start < MOST_DIGITS) {
    let next = end;
    let lines = 0;
    // `…",\n    "…`, `…\n…`, `…' +\n '…`, and in JSON `…\\n…`.
    while (next < bytes.length && next - end < 80 && isBetween(bytes[next]!)) {
      if (bytes[next] === 10) lines++;
      if (bytes[next] === 0x5c && (bytes[next + 1] === 0x6e || bytes[next + 1] === 0x72)) {
        lines++;
        next++;
      }
      next++;
    }
    if (lines === 0 || lines > 2) break;
    let stop = next;
    while (stop < bytes.length && (CLASSES[bytes[stop]!]! & BASE64) !== 0) stop++;
    if (stop === next || stop - next > last) break;
    if (joined === undefined) {
      joined = new Units(4 * last);
      joined.add(bytes.subarray(start, lineEnd));
    }
    joined.add(bytes.subarray(next, stop));
    last = stop - next;
    end = stop;
  }
  return { joined: joined?.bytes() ?? bytes.subarray(start, lineEnd), end };
}

/** White space, quotes, a backslash, a comma, a comment's or diff's sign. */
function isBetween(unit: number): boolean {
  return (
    unit === 10 ||
    unit === 13 ||
    unit === 32 ||
    unit === 9 ||
    unit === 0x22 ||
    unit === 0x27 ||
    unit === 0x5c ||
    unit === 0x2c ||
    unit === 0x23 ||
    unit === 0x3e ||
    unit === 0x2a ||
    unit === 0x2e
  );
}

/** Text, or something that text can be in. Short ones have to be text to the last byte. */
export function isWorth(bytes: Uint8Array): boolean {
  if (bytes.length < 8) return false;
  if (isText(bytes)) return true;
  const container = containerOf(bytes);
  switch (container?.kind) {
    case undefined:
    case 'binary':
      return false;
    // Two bytes are found in any noise, and noise is Chinese: secrets are not.
    case 'wide':
      return bytes.reduce((zeros, unit) => zeros + (unit === 0 ? 1 : 0), 0) * 4 >= bytes.length;
    case 'zlib': {
      const { fault, bytes: start } = inflateZlib(bytes, 0, 4096);
      return start.length > 0 && (fault === undefined || fault === 'too large');
    }
    default:
      return true;
  }
}

/** Longer runs are decoded: they may be anything. */
const MOST_NOISE = 500;

/**
 * Whether what digits from `from` on say is not worth it (`isWorth`), as far as that can be seen without putting it together: `false` says
 * nothing. Most words of twenty letters are told here, at their first bytes.
 */
export function isNoise(digits: Uint8Array, from: number, values: Uint8Array, width: number): boolean {
  const size = ((digits.length - from) * width) >> 3;
  if (size < 8) return true;
  if (size > MOST_NOISE) return false;
  // The last record of an archive.
  if (size > 22 && unitAt(digits, from, values, width, size - 22) === 0x50) return false;
  const mostOdd = size / 20;
  const quarter = size >> 2;
  let held = 0;
  let bits = 0;
  let odd = 0;
  /** Of every second, and of every third byte of four, how many are no zeros: one of the two has few in wide text. */
  let second = 0;
  let third = 0;
  let at = 0;
  let last = 0;
  for (let i = from; i < digits.length; i++) {
    held = ((held << width) | values[digits[i]!]!) & 0xffff;
    bits += width;
    if (bits < 8) continue;
    bits -= 8;
    const unit = (held >> bits) & 255;
    if (at === 0 && (mayBeSign(unit) || unit === 0 || unit >= 0xfe)) return false;
    if (NEVER_TEXT[unit] === 1 || (unit >= 0x80 && unit < 0xc0 && last < 0x80)) odd++;
    if (unit !== 0 && at >> 2 < quarter) {
      if ((at & 3) === 1) second++;
      else if ((at & 3) === 2) third++;
    }
    at++;
    last = unit;
    if (odd > mostOdd && second * 10 > quarter * 3 && third * 10 > quarter * 3) return true;
  }
  return false;
}

/** The byte with a number of those that digits from `from` on say. */
function unitAt(digits: Uint8Array, from: number, values: Uint8Array, width: number, number: number): number {
  const last = from + Math.ceil((8 * number + 8) / width);
  let held = 0;
  for (let i = from + Math.floor((8 * number) / width); i < last; i++)
    held = (held << width) | values[digits[i]!]!;
  return (held >> ((last - from) * width - 8 * number - 8)) & 255;
}

/** Bytes that no text has, but for continuing ones. */
const NEVER_TEXT = new Uint8Array(256);
NEVER_TEXT.fill(1, 0, 32).fill(0, 9, 11).fill(0, 13, 14).fill(1, 127, 128).fill(1, 0xc0, 0xc2).fill(1, 0xf5);

function fromHex(digits: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(digits.length >> 1);
  for (let i = 0; i < bytes.length; i++)
    bytes[i] = (HEXES[digits[2 * i]!]! << 4) | HEXES[digits[2 * i + 1]!]!;
  return bytes;
}

const NOTHING = new Uint8Array(0);
/** Characters of base32 that are decoded on each side at most. */
const REACH = 8192;

/** Decodes the base32 around `at`. */
export function base32Around(
  bytes: Uint8Array,
  at: number,
  from: number,
  to: number,
  noise: number = 0,
): Region | undefined {
  if (at < noise) return undefined;
  let start = at;
  const kind = CLASSES[bytes[at]!]! & BASE32 ? BASE32 : SMALL32;
  const isDigit = (i: number): boolean => (CLASSES[bytes[i]!]! & kind) !== 0;
  for (const least = Math.max(from, at - REACH); start > least && isDigit(start - 1);) start--;
  let end = at;
  for (const most = Math.min(to, at + REACH); end < most && isDigit(end);) end++;
  const decoded = fromBits(bytes.subarray(start, end), VALUES32, 5);
  return isWorth(decoded)
    ? { bytes: decoded, start, end }
    : { bytes: NOTHING, start: at, end: at + 1, noise: end };
}

/** What digits of base64 of either alphabet say. What is left of the last is dropped. */
export function fromBase64(digits: Uint8Array): Uint8Array {
  return fromBits(digits, VALUES64, 6);
}

/** Values of `width` bits each, put together to bytes. What is left of the last is dropped. */
function fromBits(digits: Uint8Array, values: Uint8Array, width: number): Uint8Array {
  const bytes = new Uint8Array(Math.floor((digits.length * width) / 8));
  let held = 0;
  let bits = 0;
  let at = 0;
  for (let i = 0; i < digits.length; i++) {
    held = ((held << width) | values[digits[i]!]!) & 0xffff;
    bits += width;
    if (bits >= 8) {
      bits -= 8;
      bytes[at++] = (held >> bits) & 255;
    }
  }
  return bytes;
}

/** Bytes one by one: `67 68 70`, `67:68:70`, `0x67, 0x68`, `103, 104`; with `isPlainHex` also `67,68,6f`. Twelve at least. */
export function byteList(
  bytes: Uint8Array,
  start: number,
  to: number,
  isPlainHex: boolean = false,
): { readonly how: 'hex' | 'numbers'; readonly bytes: Uint8Array; readonly end: number } | undefined {
  const values = new Units(16);
  let at = start;
  let isHex: boolean | undefined;
  let base: 10 | 16 | undefined;
  while (at < to) {
    const hasMark = bytes[at] === 0x30 && (bytes[at + 1]! | 32) === 0x78;
    if (isHex !== undefined && hasMark !== isHex) break;
    isHex ??= hasMark;
    const first = at + (hasMark ? 2 : 0);
    let end = first;
    while (end - first < 4 && (CLASSES[bytes[end]!]! & HEX) !== 0) end++;
    const size = end - first;
    if (size === 0 || size > 3 || (hasMark && size > 2)) break;
    const separator = bytes[end];
    base ??= hasMark || isPlainHex || (separator !== 0x2c && size === 2) ? 16 : 10;
    if (base === 16 && size !== 2) break;
    const value = valueOf(bytes, first, end, base);
    if (!(value < 256)) break;
    values.push(value);
    at = end;
    // One comma, colon or space; after a comma also a line end, which may be escaped, and indentation.
    let next = end;
    if (separator === 0x2c || separator === 0x3a || separator === 0x20) next++;
    if (separator === 0x2c) while (next - end < 40 && (isSpace(bytes[next]) || bytes[next] === 0x5c)) next++;
    if (next === end) break;
    at = next;
  }
  return values.length < 12
    ? undefined
    : { how: base === 16 ? 'hex' : 'numbers', bytes: values.bytes(), end: Math.max(at, start + 1) };
}

/** What digits say up to the first that is none of that base; NaN when there is none before it. */
function valueOf(bytes: Uint8Array, from: number, to: number, base: 10 | 16): number {
  let value = Number.NaN;
  for (let at = from; at < to; at++) {
    const digit = HEXES[bytes[at]!]!;
    if (digit >= base) break;
    value = (at === from ? 0 : value * base) + digit;
  }
  return value;
}

function isSpace(unit: number | undefined): boolean {
  return unit === 32 || unit === 9 || unit === 10 || unit === 13;
}
