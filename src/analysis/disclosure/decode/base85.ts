import type { Region } from './around.ts';
import { passedOver } from './around.ts';
import { characters } from './characters.ts';
import { inflateZlib } from './inflate.ts';
import { joined, Units } from './pieces.ts';
import { isWorth } from './runs.ts';

/** Alphabets of 85 characters: Adobe's, that of RFC 1924 (git, Mercurial, Python's `b85encode`), and that of ZeroMQ. */
const ASCII85 = String.fromCharCode(...Array.from({ length: 85 }, (_, i) => 33 + i));
const RFC1924 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~';
const Z85 = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#';

/** Words near which it stands, in small letters. */
export const BASE85_FORMS: readonly string[] = [
  'b85decode',
  'a85decode',
  'ascii85',
  'base85',
  'z85.',
  'z85d',
  'z85_',
];
/** How Adobe's begins. */
export const ASCII85_FORM = '<~';
export const PATCH_FORM = 'git binary patch';

/** Characters of one encoded text. */
const MOST = 64 * 1024 * 1024;
/** Bytes behind a word that are looked at, and strings. */
const REACH = 512;
const MOST_STRINGS = 16;
/** Bytes that come out of one patch. */
const MOST_PATCHED = 64 * 1024 * 1024;

function valuesOf(alphabet: string): Int8Array {
  const values = new Int8Array(256).fill(-1);
  for (let value = 0; value < 85; value++) values[alphabet.charCodeAt(value)] = value;
  return values;
}

const VALUES = { ascii85: valuesOf(ASCII85), rfc1924: valuesOf(RFC1924), z85: valuesOf(Z85) };

/** What the digits `start`…`end` say; `undefined` when one of them is of another alphabet. */
function decode(
  digits: Uint8Array,
  start: number,
  end: number,
  alphabet: keyof typeof VALUES,
): Uint8Array | undefined {
  const values = VALUES[alphabet];
  const units = new Units(Math.min(end - start, 1 << 16));
  let held = 0;
  let count = 0;
  for (let i = start; i < end; i++) {
    const unit = digits[i]!;
    if (unit <= 0x20) continue;
    if (alphabet === 'ascii85' && unit === 0x7a && count === 0) {
      units.add(ZEROS);
      continue;
    }
    const value = values[unit]!;
    if (value === -1) return undefined;
    held = held * 85 + value;
    if (++count < 5) continue;
    if (held > 0xffffffff) return undefined;
    for (let shift = 24; shift >= 0; shift -= 8) units.push((held >>> shift) & 255);
    held = 0;
    count = 0;
  }
  if (count > 1) {
    for (let i = count; i < 5; i++) held = held * 85 + 84;
    for (let shift = 24; shift > 32 - 8 * count; shift -= 8) units.push((held >>> shift) & 255);
  }
  return units.bytes();
}

const ZEROS = [0, 0, 0, 0];

/** What stands between `<~` and `~>`. */
export function ascii85At(bytes: Uint8Array, at: number, _from: number, to: number): Region | undefined {
  const size = bytes.subarray(at + 2, Math.min(to, at + MOST)).indexOf(0x7e);
  const isCut = size === -1 && at + MOST < to;
  if (size === -1 ? !isCut : bytes[at + 3 + size] !== 0x3e) return undefined;
  const end = isCut ? at + MOST : at + 2 + size;
  const decoded = decode(bytes, at + 2, end, 'ascii85');
  return decoded !== undefined && isWorth(decoded)
    ? { bytes: decoded, start: at, end: isCut ? end : end + 2, ...(isCut ? CUT : {}) }
    : undefined;
}

/** All of them in a text. */
export function* ascii85Runs(
  bytes: Uint8Array,
): Generator<Region & { readonly how: 'base85' }, void, undefined> {
  for (let at = opening(bytes, 0); at !== -1;) {
    const region = ascii85At(bytes, at, 0, bytes.length);
    if (region !== undefined) yield { how: 'base85', ...region };
    at = opening(bytes, region?.end ?? at + 2);
  }
}

/** Where `<~` stands next: few texts have many `~`. */
function opening(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0x7e, from + 1); at !== -1; at = bytes.indexOf(0x7e, at + 1))
    if (bytes[at - 1] === 0x3c) return at - 1;
  return -1;
}

/** What stands encoded behind such a word, in quotes. */
export function base85Behind(bytes: Uint8Array, at: number, _from: number, to: number): Region | undefined {
  let strings = 0;
  for (let first = at; first < Math.min(to, at + REACH) && strings < MOST_STRINGS; first++) {
    const sign = bytes[first]!;
    if (sign !== 0x22 && sign !== 0x27 && sign !== 0x60) continue;
    const start = first + 1;
    strings++;
    const size = bytes.subarray(start, Math.min(to, start + MOST)).indexOf(sign);
    const isCut = size === -1 && start + MOST < to;
    if (size === -1 && !isCut) continue;
    const end = isCut ? start + MOST : start + size;
    if (end - start < 20) {
      first = end;
      continue;
    }
    for (const alphabet of ['rfc1924', 'ascii85', 'z85'] as const) {
      const decoded = decode(bytes, start, end, alphabet);
      if (decoded !== undefined && isWorth(decoded))
        return { bytes: decoded, start, end, ...(isCut ? CUT : {}) };
    }
    // Words before it show the same string.
    return passedOver(at, start);
  }
  return undefined;
}

/**
 * The files that a patch of git brings in as `literal` or `delta` (of which what it inserts stands in it as it is). Lines of base85 behind
 * a letter that says how many bytes each has; packed with zlib. https://git-scm.com/docs/diff-format
 */
export function patchedAt(bytes: Uint8Array, at: number, from: number, to: number): Region | undefined {
  if (at > from && bytes[at - 1] !== 10) return undefined;
  const parts: Uint8Array[] = [];
  let room = MOST_PATCHED;
  let fault: string | undefined;
  let line = next(bytes, at, to);
  let end = line;
  while (line < to) {
    const stop = next(bytes, line, to);
    if (!/^(?:literal|delta) \d{1,10}\r?\n?$/.test(characters(bytes, line, Math.min(stop, line + 24)))) break;
    const packed = new Units(1024);
    for (line = stop; line < to;) {
      const last = next(bytes, line, to);
      const piece = lineOf(bytes, line, last);
      if (piece === undefined) break;
      packed.add(piece);
      line = last;
    }
    end = line;
    // An empty line ends each of the two.
    if (line < to && (bytes[line] === 10 || bytes[line] === 13)) line = next(bytes, line, to);
    if (packed.length === 0) continue;
    const inner = inflateZlib(packed.bytes(), 0, room);
    if (inner.fault !== undefined)
      fault = inner.fault === 'too large' ? 'it holds more than is looked into' : `it is ${inner.fault}`;
    if (inner.bytes.length === 0) continue;
    room -= inner.bytes.length;
    parts.push(inner.bytes, LINE_END);
  }
  const decoded = joined(parts);
  return decoded.length > 8
    ? { bytes: decoded, start: at, end, ...(fault === undefined ? {} : { fault }) }
    : passedOver(at, end);
}

const LINE_END = Uint8Array.of(10);
const CUT = { fault: 'only its first 64 MiB are looked into' };
const isLetter = (unit: number): boolean => (unit | 32) >= 0x61 && (unit | 32) <= 0x7a;

function lineOf(bytes: Uint8Array, start: number, next: number): Uint8Array | undefined {
  let end = next;
  while (end > start && bytes[end - 1]! <= 0x20) end--;
  const unit = bytes[start]!;
  if (!isLetter(unit) || (end - start) % 5 !== 1 || end - start > 80) return undefined;
  const size = unit > 0x60 ? unit - 0x60 + 26 : unit - 0x40;
  const decoded = decode(bytes, start + 1, end, 'rfc1924');
  return decoded !== undefined && decoded.length >= size && decoded.length < size + 4
    ? decoded.subarray(0, size)
    : undefined;
}

function next(bytes: Uint8Array, at: number, to: number): number {
  const size = bytes.subarray(at, to).indexOf(10);
  return size === -1 ? to : at + size + 1;
}
