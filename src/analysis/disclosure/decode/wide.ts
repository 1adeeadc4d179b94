import type { Region } from './around.ts';

/** Text of two or four bytes a character. */
export type Wide = 'UTF-16LE' | 'UTF-16BE' | 'UTF-32LE' | 'UTF-32BE';

const SAMPLE = 4096;

/** What a text is written in, by its byte order mark, or by where its zeros are: in Latin text every other byte is one. */
export function wideForm(bytes: Uint8Array): Wide | undefined {
  const [a, b, c, d] = bytes;
  if (a === 0xff && b === 0xfe) return c === 0 && d === 0 && bytes.length % 4 === 0 ? 'UTF-32LE' : 'UTF-16LE';
  if (a === 0xfe && b === 0xff) return 'UTF-16BE';
  if (a === 0 && b === 0 && c === 0xfe && d === 0xff) return 'UTF-32BE';
  const length = Math.min(bytes.length, SAMPLE) & ~3;
  if (length < 8 || !bytes.subarray(0, length).includes(0)) return undefined;
  const zeros = [0, 0, 0, 0];
  for (let i = 0; i < length; i++) if (bytes[i] === 0) zeros[i & 3]!++;
  const quarter = length / 4;
  const isFull = (at: number): boolean => zeros[at]! > quarter * 0.7;
  const isEmpty = (at: number): boolean => zeros[at]! < quarter * 0.1;
  if (isEmpty(0) && isFull(1) && isFull(2) && isFull(3)) return 'UTF-32LE';
  if (isFull(0) && isFull(1) && isFull(2) && isEmpty(3)) return 'UTF-32BE';
  if (isEmpty(0) && isFull(1) && isEmpty(2) && isFull(3)) return 'UTF-16LE';
  if (isFull(0) && isEmpty(1) && isFull(2) && isEmpty(3)) return 'UTF-16BE';
  return undefined;
}

/** As UTF-8. Half pairs and what is no character become U+FFFD. */
export function narrow(bytes: Uint8Array, form: Wide): Uint8Array {
  const isLittle = form.endsWith('LE');
  const size = form.startsWith('UTF-16') ? 2 : 4;
  // Three bytes for a unit of two, four for one of four: as much as UTF-8 can take.
  const output = new Uint8Array(Math.ceil(bytes.length / size) * (size === 2 ? 3 : 4));
  let written = 0;
  for (let at = 0; at + size <= bytes.length; at += size) {
    let point = unitAt(bytes, at, size, isLittle);
    if (size === 2 && point >= 0xd800 && point < 0xdc00 && at + 4 <= bytes.length) {
      const low = unitAt(bytes, at + 2, 2, isLittle);
      if (low >= 0xdc00 && low < 0xe000) {
        point = 0x10000 + ((point - 0xd800) << 10) + (low - 0xdc00);
        at += 2;
      }
    }
    if (point > 0x10ffff || (point >= 0xd800 && point < 0xe000)) point = 0xfffd;
    written = putUtf8(output, written, point);
  }
  return output.subarray(0, written);
}

function unitAt(bytes: Uint8Array, at: number, size: number, isLittle: boolean): number {
  let unit = 0;
  for (let i = 0; i < size; i++) unit = unit * 256 + bytes[isLittle ? at + size - 1 - i : at + i]!;
  return unit;
}

/** Writes a code point, and gives where the next goes. */
export function putUtf8(output: Uint8Array, at: number, point: number): number {
  if (point < 0x80) {
    output[at] = point;
    return at + 1;
  }
  if (point < 0x800) {
    output[at] = 0xc0 | (point >> 6);
    output[at + 1] = 0x80 | (point & 63);
    return at + 2;
  }
  if (point < 0x10000) {
    output[at] = 0xe0 | (point >> 12);
    output[at + 1] = 0x80 | ((point >> 6) & 63);
    output[at + 2] = 0x80 | (point & 63);
    return at + 3;
  }
  output[at] = 0xf0 | (point >> 18);
  output[at + 1] = 0x80 | ((point >> 12) & 63);
  output[at + 2] = 0x80 | ((point >> 6) & 63);
  output[at + 3] = 0x80 | (point & 63);
  return at + 4;
}

/**
 * Strings of UTF-16 in what is no text (programs, registries, databases), as UTF-8, one a line; both byte orders. Only strings of
 * eight characters or more of ASCII, tabs included: what names and secrets are written in.
 */
export function wideStrings(bytes: Uint8Array): Uint8Array {
  const found = new Uint8Array(bytes.length + 2);
  let size = 0;
  for (const order of [0, 1])
    for (let at = 0; at + 1 < bytes.length;) {
      let end = at;
      while (end + 1 < bytes.length && bytes[end + 1 - order] === 0 && isShown(bytes[end + order]!)) end += 2;
      if (end - at >= LEAST_BYTES) {
        for (let i = at; i < end; i += 2) found[size++] = bytes[i + order]!;
        found[size++] = 10;
      }
      at = end > at ? end : nextPossible(bytes, at + 1);
    }
  return found.subarray(0, size);
}

/** The string of UTF-16 in whose midst `at` is, a character of it: as UTF-8. */
export function wideAround(bytes: Uint8Array, at: number, from: number, to: number): Region {
  let start = at;
  const isPart = (i: number): boolean => i + 1 < to && isShown(bytes[i]!) && bytes[i + 1] === 0;
  for (const least = Math.max(from, at - 4096); start - 2 >= least && isPart(start - 2);) start -= 2;
  let end = at;
  for (const most = Math.min(to, at + 8192); end < most && isPart(end);) end += 2;
  // The zero of the last may be the first byte behind, of either order.
  if (end < to && isShown(bytes[end]!)) end++;
  const text = new Uint8Array((end - start + 1) >> 1);
  for (let i = 0; i < text.length; i++) text[i] = bytes[start + 2 * i]!;
  return { bytes: text, start, end };
}

const LEAST_BYTES = 16;

/** Where a string may start that does not before `from`: of any two bytes of one, one is zero and one is shown. Most files have no such for long. */
function nextPossible(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at + LEAST_BYTES <= bytes.length) {
    const middle = at + LEAST_BYTES - 2;
    const one = bytes[middle]!;
    const other = bytes[middle + 1]!;
    if ((one === 0 || other === 0) && isShown(one | other)) return at;
    // No string covers both of these: none starts up to them.
    at = middle + 1;
  }
  return at;
}

function isShown(unit: number): boolean {
  return (unit >= 32 && unit < 127) || unit === 9;
}
