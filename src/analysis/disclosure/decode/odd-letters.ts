import type { Region } from './around.ts';

/*
 * Letters of ASCII that are written with others: as tags, which no screen shows (U+E0020 to U+E007E), and in the full width of Chinese and
 * Japanese (U+FF01 to U+FF5E).
 */

/** Bytes on both sides of a place. */
const REACH = 8192;

/** Tags in UTF-8, of letters one of which is in nearly every word. */
export const TAG_FORMS: readonly string[] = Array.from(
  'aeghkpst',
  (one) => `\xf3\xa0\x81${String.fromCharCode(one.charCodeAt(0) + 0x40)}`,
);

/** What a text is in full width, in UTF-8 and one code unit a byte. */
export function inFullWidth(text: string): string {
  return text
    .split('')
    .map((one) => {
      const unit = one.charCodeAt(0) - 0x20;
      return `\xef${String.fromCharCode(0xbc + (unit >> 6), 0x80 + (unit & 63))}`;
    })
    .join('');
}

/** The letters around `at` as ASCII; others are left out. */
export function tagsAround(bytes: Uint8Array, at: number, from: number, to: number): Region | undefined {
  return around(at, from, to, 4, (i) =>
    bytes[i] === 0xf3 && bytes[i + 1] === 0xa0 && (bytes[i + 2]! & 0xfe) === 0x80
      ? ((bytes[i + 2]! & 1) << 6) | (bytes[i + 3]! & 63)
      : -1,
  );
}

export function fullWidthAround(bytes: Uint8Array, at: number, from: number, to: number): Region | undefined {
  return around(at, from, to, 3, (i) =>
    bytes[i] === 0xef && (bytes[i + 1] === 0xbc || bytes[i + 1] === 0xbd)
      ? (((bytes[i + 1]! - 0xbc) << 6) | (bytes[i + 2]! & 63)) + 0x20
      : -1,
  );
}

function around(
  at: number,
  from: number,
  to: number,
  size: number,
  letterAt: (i: number) => number,
): Region | undefined {
  let start = at;
  for (const least = Math.max(from, at - REACH); start - size >= least && letterAt(start - size) !== -1;)
    start -= size;
  const units: number[] = [];
  let end = start;
  for (const most = Math.min(to, at + REACH); end + size <= most; end += size) {
    const letter = letterAt(end);
    if (letter === -1) break;
    units.push(letter);
  }
  return units.length < 20 ? undefined : { bytes: Uint8Array.from(units), start, end };
}
