import { Units } from './pieces.ts';
import { narrow } from './wide.ts';

const ESCAPED: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, b: 8, f: 12 };

/**
 * The strings of PDF objects and of what shows text, `(…)` and `<…>`, as UTF-8: those of one operator (`[(a) -20 (b)] TJ`) in
 * one word, others in lines of their own. Linear; an open string ends with the text.
 */
export function pdfStrings(bytes: Uint8Array): Uint8Array {
  const output = new Units();
  let isArray = false;
  for (let at = 0; at < bytes.length;) {
    const unit = bytes[at]!;
    if (unit === 0x5b) isArray = true;
    else if (unit === 0x5d) {
      isArray = false;
      output.push(LF);
    } else if (unit === 0x28 || (unit === 0x3c && bytes[at + 1] !== 0x3c)) {
      const { text, end } = unit === 0x28 ? literal(bytes, at + 1) : hexadecimal(bytes, at + 1);
      output.add(text[0] === 0xfe && text[1] === 0xff ? narrow(text, 'UTF-16BE') : text);
      if (!isArray) output.push(LF);
      at = end;
      continue;
    } else if (unit === 0x3c) at++;
    at++;
  }
  return output.bytes();
}

const LF = 10;

function literal(bytes: Uint8Array, start: number): { readonly text: Uint8Array; readonly end: number } {
  const units = emptied();
  let depth = 1;
  let at = start;
  for (; at < bytes.length; at++) {
    const unit = bytes[at]!;
    if (unit === 0x28) depth++;
    if (unit === 0x29 && --depth === 0) break;
    if (unit !== 0x5c) {
      units.push(unit);
      continue;
    }
    const next = bytes[++at] ?? 0;
    if (next >= 0x30 && next <= 0x37) {
      let value = 0;
      let end = at;
      while (end < at + 3 && bytes[end]! >= 0x30 && bytes[end]! <= 0x37)
        value = value * 8 + bytes[end++]! - 0x30;
      units.push(value & 255);
      at = end - 1;
    } else if (next !== 10 && next !== 13) units.push(ESCAPED[String.fromCharCode(next)] ?? next);
  }
  return { text: units.bytes(), end: at + 1 };
}

function hexadecimal(bytes: Uint8Array, start: number): { readonly text: Uint8Array; readonly end: number } {
  const units = emptied();
  /** The first digit of a byte, when it has come. */
  let high = -1;
  let at = start;
  for (; at < bytes.length && bytes[at] !== 0x3e; at++) {
    const value = HEXES[bytes[at]!]!;
    if (value === SPACE) continue;
    if (value === NONE) break;
    if (high === -1) high = value;
    else {
      units.push((high << 4) | value);
      high = -1;
    }
  }
  if (high !== -1) units.push(high << 4);
  return { text: units.bytes(), end: at + 1 };
}

/** Of the string at hand: most are short, and there are millions. */
let held = new Units();

function emptied(): Units {
  held = held.length > MOST_HELD ? new Units() : held;
  held.clear();
  return held;
}

const MOST_HELD = 1 << 16;

const NONE = 255;
const SPACE = 254;
const HEXES = new Uint8Array(256).fill(NONE);
for (const unit of [9, 10, 11, 12, 13, 32, 0xa0]) HEXES[unit] = SPACE;
for (let value = 0; value < 16; value++) {
  HEXES['0123456789abcdef'.charCodeAt(value)] = value;
  HEXES['0123456789ABCDEF'.charCodeAt(value)] = value;
}
