/** Characters of base64, in both alphabets; they are letters, digits and `+/-_`. */
const ENCODED = setOf('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_');
const HEX = setOf('0123456789abcdefABCDEF');
/** What lists of bytes are made of: numbers, and what stands between them. */
const LISTED = setOf('0123456789abcdefABCDEFxX,: \t\r\n\\');

/** A shorter list than `1,2,3,4,5,6,7,8,9,1,2,3` has fewer than twelve bytes. */
const LEAST_LISTED = 23;
/** White space behind a comma. */
const MOST_SPACE = 40;

/** Gives the first place at or behind one where something may stand encoded; the length of the text when there is none. */
export type Places = (at: number) => number;

/**
 * Where a text has `least` characters of base64 in a row, or a list of bytes: no other place holds anything. To be asked in order.
 * Looks at every `least`th byte of what is neither.
 */
export function placesIn(bytes: Uint8Array, least: number): Places {
  let long = -1;
  let listed = -1;
  return (at) => {
    // In the midst of a run, which began before.
    if (at > 0 && at < bytes.length && ENCODED[bytes[at - 1]!] === 1) return at;
    if (long < at) long = nextLong(bytes, at, least);
    if (listed < at) listed = nextListed(bytes, at);
    return long < listed ? long : listed;
  };
}

function nextLong(bytes: Uint8Array, at: number, least: number): number {
  let start = at;
  while (start + least <= bytes.length) {
    let last = start + least - 1;
    while (last >= start && ENCODED[bytes[last]!] === 1) last--;
    if (last < start) return start;
    start = last + 1;
  }
  return bytes.length;
}

function nextListed(bytes: Uint8Array, at: number): number {
  let start = at;
  while (start + LEAST_LISTED <= bytes.length) {
    let last = start + LEAST_LISTED - 1;
    while (last >= start && LISTED[bytes[last]!] === 1) last--;
    if (last >= start) start = last + 1;
    else
      for (; start < bytes.length && LISTED[bytes[start]!] === 1; start++)
        if (
          HEX[bytes[start]!] === 1 &&
          (start === 0 || ENCODED[bytes[start - 1]!] === 0) &&
          isList(bytes, start)
        )
          return start;
  }
  return bytes.length;
}

/** Whether four numbers of up to three digits stand here, with or without `0x`. */
function isList(bytes: Uint8Array, start: number): boolean {
  let at = start;
  for (let count = 0; ; at++) {
    if (bytes[at] === 0x30 && (bytes[at + 1]! | 32) === 0x78) at += 2;
    const first = at;
    while (at - first < 4 && HEX[bytes[at]!] === 1) at++;
    if (at === first || at - first === 4) return false;
    if (++count === 4) return true;
    const between = bytes[at];
    if (between === 0x2c) {
      const most = at + MOST_SPACE;
      while (at < most && isSpace(bytes[at + 1])) at++;
    } else if (between !== 0x3a && between !== 0x20) return false;
  }
}

function isSpace(unit: number | undefined): boolean {
  return unit === 32 || unit === 9 || unit === 10 || unit === 13 || unit === 0x5c;
}

function setOf(members: string): Uint8Array {
  const set = new Uint8Array(256);
  for (let i = 0; i < members.length; i++) set[members.charCodeAt(i)] = 1;
  return set;
}
