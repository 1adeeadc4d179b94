import type { Region } from './around.ts';
import { characters } from './characters.ts';

const BACKSLASH = 0x5c;

/** `{\rtf`: a document in Rich Text Format. */
export function isRtf(bytes: Uint8Array): boolean {
  return [0x7b, BACKSLASH, 0x72, 0x74, 0x66].every((unit, i) => bytes[i] === unit);
}

/** The text of a document in Rich Text Format, without its controls: they part a word wherever its look changes. One pass. */
export function fromRtf(bytes: Uint8Array): Uint8Array {
  const output = new Uint8Array(bytes.length);
  let size = 0;
  for (let at = 0; at < bytes.length;) {
    const unit = bytes[at]!;
    if (unit !== BACKSLASH) {
      at++;
      // Line ends of the file say nothing; braces only group.
      if (unit !== 0x7b && unit !== 0x7d && unit !== 10 && unit !== 13) output[size++] = unit;
      continue;
    }
    const next = bytes[at + 1] ?? 0;
    if (next === 0x27) {
      const value = Number.parseInt(String.fromCharCode(bytes[at + 2] ?? 0, bytes[at + 3] ?? 0), 16);
      if (!Number.isNaN(value)) output[size++] = value;
      at += 4;
      continue;
    }
    if (!isLetter(next)) {
      // An escaped sign; `\~` is a space, `\_` a hyphen, `\-` no more than a place to break.
      if (next === 0x5c || next === 0x7b || next === 0x7d) output[size++] = next;
      else if (next === 0x7e) output[size++] = 0x20;
      else if (next === 0x5f) output[size++] = 0x2d;
      else if (next === 10 || next === 13) output[size++] = 10;
      at += 2;
      continue;
    }
    let end = at + 1;
    while (end < bytes.length && isLetter(bytes[end]!)) end++;
    const word = characters(bytes, at + 1, Math.min(end, at + 12));
    const digits = end;
    if (bytes[end] === 0x2d) end++;
    while (end < bytes.length && bytes[end]! >= 0x30 && bytes[end]! <= 0x39) end++;
    if (word === 'u') {
      const point = Number(characters(bytes, digits, Math.min(end, digits + 8)));
      if (point > 0 && point < 128) output[size++] = point;
      // The character for readers that do not know the escape.
      if (bytes[end] === 0x20) end++;
      end++;
    } else if (bytes[end] === 0x20) end++;
    if (ENDS.has(word)) output[size++] = 10;
    at = end;
  }
  return output.subarray(0, size);
}

/** Bytes of a document that are read in one go. */
const PIECE = 1 << 18;

/** What a document says from `at` on, a piece of it: up to the end of a paragraph. */
export function rtfBehind(bytes: Uint8Array, at: number, _from: number, to: number): Region {
  let end = bytes.indexOf(BACKSLASH, at + PIECE);
  while (end !== -1 && end < to && !isParagraph(bytes, end)) end = bytes.indexOf(BACKSLASH, end + 1);
  if (end === -1 || end > to) end = to;
  const region = { bytes: fromRtf(bytes.subarray(at, end)), start: at, end };
  return end < to ? { ...region, goesOn: rtfBehind } : region;
}

/** `\par`, and no longer word. */
function isParagraph(bytes: Uint8Array, at: number): boolean {
  return (
    bytes[at + 1] === 0x70 &&
    bytes[at + 2] === 0x61 &&
    bytes[at + 3] === 0x72 &&
    !isLetter(bytes[at + 4] ?? 0)
  );
}

const ENDS: ReadonlySet<string> = new Set(['par', 'line', 'cell', 'row', 'page', 'sect', 'tab', 'pard']);

const isLetter = (unit: number): boolean => (unit | 32) >= 0x61 && (unit | 32) <= 0x7a;
