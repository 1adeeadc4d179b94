/** A shorter row is resolved with what stands around it. */
const LEAST_ROW = 32;
/** So many shown characters together may say something: among bytes of any kind they stand once in some millions. */
const LEAST_SHOWN = 16;
/** So many at the start of a row may belong to what is before it. */
const LEAST_FIRST = 4;

/**
 * The end of a row of `\x1f` or `\037` from `at` on that is no text: a file whose bytes are in a string. `at` itself when it is short, or
 * begins with something that can be read. Linear: what is looked at is passed over, but for a few.
 */
export function rowOfBytes(bytes: Uint8Array, at: number, from: number, to: number): number {
  let count = 0;
  let shown = 0;
  let shownFrom = at;
  let i = at;
  for (; ; count++) {
    const found = escapedUnit(bytes, i, to);
    if (found === -1) break;
    const unit = found >> 8;
    if ((unit >= 32 && unit < 127) || unit === 10) {
      if (shown === 0) shownFrom = i;
      shown++;
      if (shown === LEAST_SHOWN || (shown === LEAST_FIRST && shownFrom === at)) break;
    } else {
      if (shownFrom === at && shown > 0 && at > from && isOfWord(bytes[at - 1]!)) return at;
      shown = 0;
    }
    i += found & 255;
  }
  // What the last of them say goes on behind the row.
  return count - shown < LEAST_ROW ? at : shown > 0 ? shownFrom : i;
}

function isOfWord(unit: number): boolean {
  const letter = unit | 32;
  return (
    (unit >= 0x30 && unit <= 0x39) || (letter >= 0x61 && letter <= 0x7a) || unit === 0x5f || unit === 0x2d
  );
}

/** The byte that `\x1f` or `\037` at `at` stands for, and its length: `value << 8 | length`. -1: there is none. Octal may be shorter. */
function escapedUnit(bytes: Uint8Array, at: number, to: number): number {
  if (bytes[at] !== 0x5c || at + 1 >= to) return -1;
  const next = bytes[at + 1]!;
  if (next === 0x78) {
    if (at + 4 > to) return -1;
    const [high, low] = [hexDigit(bytes[at + 2]!), hexDigit(bytes[at + 3]!)];
    return high === -1 || low === -1 ? -1 : (high << 12) | (low << 8) | 4;
  }
  let value = 0;
  let i = at + 1;
  for (; i < to && i < at + 4; i++) {
    const digit = bytes[i]! - 0x30;
    if (digit < 0 || digit > 7 || value * 8 + digit > 255) break;
    value = value * 8 + digit;
  }
  return i === at + 1 ? -1 : (value << 8) | (i - at);
}

/** -1 for what is no hexadecimal digit. */
function hexDigit(unit: number): number {
  if (unit >= 0x30 && unit <= 0x39) return unit - 0x30;
  const letter = unit | 32;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}
