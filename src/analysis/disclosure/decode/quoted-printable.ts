import type { Region } from './around.ts';

const [LF, CR, SPACE, TAB, EQUALS] = [10, 13, 32, 9, 0x3d];
/** How mail says it, in small letters. */
const NAME = 'quoted-printable';

/** Whether a text says that it is, or has, such a part. Looks at the words alone. */
export function saysQuotedPrintable(bytes: Uint8Array): boolean {
  // `password=3D…`, `token=5F…`: what is left of a mail whose header is gone.
  for (let at = bytes.indexOf(EQUALS); at !== -1; at = bytes.indexOf(EQUALS, at + 1)) {
    const [first, second] = [bytes[at + 1], (bytes[at + 2] ?? 0) | 32];
    const isSign = (first === 0x33 && second === 0x64) || (first === 0x35 && second === 0x66);
    const isNamed = isSign && at > 2 && isLetter(bytes[at - 1]!) && isLetter(bytes[at - 2]!);
    // `session=3d0b91c4…`: hexadecimal digits, which are found as they stand.
    if (isNamed && !isHex(bytes, at + 3, LEAST_HEX)) return true;
  }
  // Few letters are as rare as their first.
  for (const first of [0x71, 0x51])
    for (let at = bytes.indexOf(first); at !== -1; at = bytes.indexOf(first, at + 1))
      if (isNameAt(bytes, at)) return true;
  return false;
}

/** Digits behind the two that a sign is written with that make it one of more of them. */
const LEAST_HEX = 6;

function isHex(bytes: Uint8Array, at: number, count: number): boolean {
  for (let i = 0; i < count; i++) if (HEXES[bytes[at + i] ?? 0]! < 0) return false;
  return true;
}

const isLetter = (unit: number): boolean => (unit | 32) >= 0x61 && (unit | 32) <= 0x7a;

function isNameAt(bytes: Uint8Array, at: number): boolean {
  for (let i = 0; i < NAME.length; i++) {
    const expected = NAME.charCodeAt(i);
    if ((bytes[at + i]! | (expected === 0x2d ? 0 : 32)) !== expected) return false;
  }
  return true;
}

/** Resolves `=5F` and joins what `=` at a line's end breaks: RFC 2045, 6.7. Everything else stays as it is. */
export function fromQuotedPrintable(bytes: Uint8Array): Uint8Array {
  const output = new Uint8Array(bytes.length);
  let size = 0;
  for (let at = 0; at < bytes.length;) {
    const unit = bytes[at]!;
    if (unit !== EQUALS) {
      output[size++] = unit;
      at++;
      continue;
    }
    const value = hexAt(bytes, at + 1);
    if (value >= 0) {
      output[size++] = value;
      at += 3;
      continue;
    }
    let end = at + 1;
    while (end - at < 20 && (bytes[end] === SPACE || bytes[end] === TAB || bytes[end] === CR)) end++;
    if (bytes[end] === LF) at = end + 1;
    else {
      output[size++] = unit;
      at++;
    }
  }
  return output.subarray(0, size);
}

/** The byte that two hexadecimal digits say; below 0: they are none. */
function hexAt(bytes: Uint8Array, at: number): number {
  const [high, low] = [HEXES[bytes[at] ?? 0]!, HEXES[bytes[at + 1] ?? 0]!];
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

const HEXES = new Int8Array(256).fill(-1);
for (let value = 0; value < 16; value++) {
  HEXES['0123456789abcdef'.charCodeAt(value)] = value;
  HEXES['0123456789ABCDEF'.charCodeAt(value)] = value;
}

/** Bytes of a mail that are decoded in one go. */
const PIECE = 1 << 18;

/** What is written from `at` on, a piece of it. */
export function mailBehind(bytes: Uint8Array, at: number, _from: number, to: number): Region {
  const end = pieceEnd(bytes, at + PIECE, to);
  const region = { bytes: fromQuotedPrintable(bytes.subarray(at, end)), start: at, end };
  return end < to ? { ...region, goesOn: mailBehind } : region;
}

/** The same behind a name and its sign (`token=3D`); `undefined` where these are hexadecimal digits. */
export function mailBehindSign(bytes: Uint8Array, at: number, from: number, to: number): Region | undefined {
  const sign = bytes.subarray(at, at + 16).indexOf(EQUALS);
  return sign !== -1 && isHex(bytes, at + sign + 3, LEAST_HEX) ? undefined : mailBehind(bytes, at, from, to);
}

/** Behind an empty line soon behind `at`, so that no key is cut; or else behind a line that does not go on in the next. */
function pieceEnd(bytes: Uint8Array, at: number, to: number): number {
  let first = to;
  for (let end = bytes.indexOf(LF, at); end !== -1 && end < to; end = bytes.indexOf(LF, end + 1)) {
    const last = bytes[end - 1] === CR ? end - 2 : end - 1;
    if (bytes[last] === LF) return end + 1;
    if (first === to && bytes[last] !== EQUALS) first = end + 1;
    if (end > at + PIECE && first < to) break;
  }
  return first;
}
