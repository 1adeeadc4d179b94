import { Units } from './pieces.ts';
import { isWorth } from './runs.ts';

/** Encoded text, and what it says. */
export interface Region {
  readonly bytes: Uint8Array;
  /** Where it stands. */
  readonly start: number;
  readonly end: number;
  /** Why the bytes are not all that it says. */
  readonly fault?: string;
  /** What stands behind its end is written so too: who is to be asked for it, from there. */
  readonly goesOn?: (bytes: Uint8Array, at: number, from: number, to: number) => Region;
  /** Up to here the encoded text says nothing as a whole, whoever asks for it in its midst. */
  readonly noise?: number;
}

/** A stretch that says nothing, and need not be asked about again. */
export function passedOver(start: number, end: number): Region {
  return { bytes: NOTHING, start, end };
}

const NOTHING = new Uint8Array(0);

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
/** Values of base64's characters in both alphabets; -1 for what is none. */
const VALUES = new Int8Array(256).fill(-1);
for (let value = 0; value < 64; value++) VALUES[DIGITS.charCodeAt(value)] = value;
VALUES[0x2d] = 62;
VALUES[0x5f] = 63;
const HEXES = new Int8Array(256).fill(-1);
for (let value = 0; value < 16; value++) {
  HEXES['0123456789abcdef'.charCodeAt(value)] = value;
  HEXES['0123456789ABCDEF'.charCodeAt(value)] = value;
}

/** Of base64, either alphabet. */
export function isBase64Digit(unit: number): boolean {
  return VALUES[unit] !== -1;
}

/** Encoded characters that are decoded on each side at most; and in the midst of what says nothing as a whole. */
const REACH = 8192;
const NEAR = 256;
/** Behind the start of something packed or long, to see whether it is; and when it is. */
const FAR = 1 << 20;
const FARTHEST = 64 * 1024 * 1024;
/** A line of so many encoded characters may go on in the next. */
const LEAST_WRAPPED = 40;

/** Those characters of the base64 of `text` that do not depend on what surrounds it. */
export interface Base64Form {
  readonly form: string;
  /** Characters of its first group of four that come before. */
  readonly skipped: number;
  /** Bytes of that group that come before the text. */
  readonly shift: number;
}

/** One for each place of a text in groups of three bytes. */
export function base64Forms(text: string): readonly Base64Form[] {
  return [0, 1, 2].map((shift) => {
    const skipped = shift === 0 ? 0 : shift + 1;
    let form = '';
    let held = 0;
    let bits = 8 * shift - 6 * skipped;
    for (let i = 0; i < text.length; i++) {
      held = (held << 8) | text.charCodeAt(i);
      bits += 8;
      for (; bits >= 6; bits -= 6) form += DIGITS[(held >> (bits - 6)) & 63]!;
    }
    return { form, skipped, shift };
  });
}

/**
 * Decodes the base64 in which `form` stands at `start`: its line, and those that continue it. `noise`: as it was given for a place before
 * this one; up to there only what can be read around the place is looked for.
 */
export function base64Around(
  bytes: Uint8Array,
  start: number,
  { form, skipped, shift }: Base64Form,
  from: number,
  to: number,
  noise: number = 0,
): Region | undefined {
  for (let i = 0; i < form.length; i++) if (bytes[start + i] !== form.charCodeAt(i)) return undefined;
  let first = start - skipped;
  if (first < from || !isBase64(bytes, first, start)) return undefined;
  const isKnown = start < noise;
  const reach = isKnown ? NEAR : REACH;
  for (const least = Math.max(from, first - reach); first - 4 >= least && isBase64(bytes, first - 4, first);)
    first -= 4;
  const far = isKnown ? NEAR : reachOf(first, start, shift);
  const { units, end } = digitsFrom(bytes, first, Math.min(to, start + far));
  const whole = isKnown ? undefined : region(units, first, end);
  if (whole === undefined) {
    const known = isKnown ? noise : end;
    return stringAround(units, Math.floor(((start - first) * 3) / 4) + 3, first, start, known);
  }
  if (end - start < FAR) return whole;
  const all = digitsFrom(bytes, first, Math.min(to, start + FARTHEST));
  return { bytes: all.units, start: first, end: all.end, ...cutAt(all.end, start + FARTHEST, to) };
}

/** What begins where the run does may be a file of any size; of what began before, the neighbours are enough. */
const reachOf = (first: number, start: number, shift: number): number =>
  shift === 0 && first === start ? FAR : REACH;

/** Says so where encoded text goes on behind what is decoded of it. */
export function cutAt(end: number, most: number, to: number): { readonly fault?: string } {
  return end >= most && most < to ? { fault: 'only its first 64 MiB are looked into' } : {};
}

/** What base64 says from a place on, with the lines that continue it. */
function digitsFrom(
  bytes: Uint8Array,
  first: number,
  most: number,
): { readonly units: Uint8Array; readonly end: number } {
  const units = new Units();
  let held = 0;
  let bits = 0;
  let lineSize = 0;
  let end = first;
  while (end < most) {
    const value = VALUES[bytes[end]!]!;
    if (value === -1) {
      const next = lineSize < LEAST_WRAPPED ? end : nextLine(bytes, end, most);
      if (next === end) break;
      end = next;
      lineSize = 0;
      continue;
    }
    held = ((held << 6) | value) & 0xffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      units.push((held >> bits) & 255);
    }
    lineSize++;
    end++;
  }
  return { units: units.bytes(), end };
}

/**
 * Text in whose midst `at` is, in the midst of something else: a comment in a picture. It stands encoded around `place`, and what begins
 * behind it is looked at by itself.
 */
function stringAround(units: Uint8Array, at: number, start: number, place: number, noise: number): Region {
  const isShown = (i: number): boolean => units[i]! >= 32 && units[i]! < 127;
  let first = at;
  while (first > 0 && isShown(first - 1)) first--;
  let last = at;
  while (last < units.length && isShown(last)) last++;
  if (last - first < LEAST_STRING) return { ...passedOver(place, place + 1), noise };
  return { bytes: units.slice(first, last), start, end: place + Math.ceil(((last - at) * 4) / 3), noise };
}

/** Shown characters one behind another that are no chance. */
const LEAST_STRING = 20;

function isBase64(bytes: Uint8Array, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (VALUES[bytes[i]!] === -1) return false;
  return true;
}

/** Where base64 goes on behind a line's end (one of source text, or the two characters `\n`); `at` itself when it does not. */
function nextLine(bytes: Uint8Array, at: number, most: number): number {
  let next = at;
  let lines = 0;
  for (; next < most && next - at < 80; next++) {
    const unit = bytes[next]!;
    if (unit === 10) lines++;
    else if (unit === 0x5c && (bytes[next + 1] === 0x6e || bytes[next + 1] === 0x72)) {
      lines++;
      next++;
    } else if (!BETWEEN.includes(unit)) break;
  }
  const isLine = lines > 0 && lines <= 2 && next < most && VALUES[bytes[next]!] !== -1;
  if (!isLine) return at;
  let end = next;
  while (end < most && VALUES[bytes[end]!] !== -1) end++;
  // A line of text that begins with a word is none of it.
  return end === most || bytes[end] !== 0x20 ? next : at;
}

/** Carriage return, space, tab, `"`, `'`, `\`, `,`, `#`, `>`, `*`, `.`; `+` is a character of base64 itself. */
const BETWEEN: readonly number[] = [13, 32, 9, 0x22, 0x27, 0x5c, 0x2c, 0x23, 0x3e, 0x2a, 0x2e];

/** Decodes the hexadecimal digits around `start`; from the start of a packed file on (`isStart`) all of them. */
export function hexAround(
  bytes: Uint8Array,
  start: number,
  from: number,
  to: number,
  isStart: boolean = false,
  noise: number = 0,
): Region | undefined {
  // Digits that are paired otherwise say something else.
  if (!isStart && start < noise && (noise - start) % 2 === 0) return undefined;
  let first = start;
  const isPair = (at: number): boolean => HEXES[bytes[at]!] !== -1 && HEXES[bytes[at + 1]!] !== -1;
  if (!isStart)
    for (const least = Math.max(from, start - REACH); first - 2 >= least && isPair(first - 2);) first -= 2;
  const units = new Units();
  const most = start + (isStart ? FARTHEST : REACH);
  let end = first;
  for (; end + 2 <= Math.min(to, most) && isPair(end); end += 2)
    units.push(HEXES[bytes[end]!]! * 16 + HEXES[bytes[end + 1]!]!);
  const found = region(units.bytes(), first, end);
  if (found === undefined) return isStart ? undefined : { ...passedOver(start, start + 1), noise: end };
  return isStart ? { ...found, ...cutAt(end, most, to) } : found;
}

function region(bytes: Uint8Array, start: number, end: number): Region | undefined {
  return isWorth(bytes) ? { bytes, start, end } : undefined;
}
