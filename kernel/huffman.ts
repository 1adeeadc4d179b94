import {
  COUNTS,
  DISTANCE_SYMBOLS,
  FIXED_DISTANCE_TABLE,
  FIXED_LITLEN_TABLE,
  LENGTHS,
  LITLEN_SYMBOLS,
  PRECODE_SYMBOLS,
  SORTED,
  STARTS,
} from './layout';

/*
 * Decoding tables of DEFLATE's prefix codes (RFC 1951 §3.2.2). A table is indexed by the next bits of the input; codes
 * longer than its index have a sub-table. An entry is one u32:
 *
 *   bits 0–5    how many bits it takes from the input: the code and, for lengths and distances, the extra bits too
 *   bit 6       no literal
 *   bit 7       neither literal nor length nor distance: end of block, a sub-table, or no such code
 *   bits 8–12   of a length or distance: bits of the code alone; of a sub-table: bits of its index
 *   bit 14      (with bit 7) a sub-table
 *   bit 15      (with bit 7) no such code
 *   bits 16–31  the byte of a literal, the base of a length or distance, the start of a sub-table
 */

export const NOT_LITERAL: u32 = 1 << 6;
export const SPECIAL: u32 = 1 << 7;
export const SUB_TABLE: u32 = 1 << 14;
export const NO_CODE: u32 = 1 << 15;
const INVALID: u32 = NOT_LITERAL | SPECIAL | NO_CODE;

// RFC 1951 §3.2.5
const LENGTH_BASES = memory.data<u16>([
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227,
  258,
]);
const LENGTH_EXTRAS = memory.data<u8>([
  0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
]);

/** Makes what never changes: the entries of all symbols, and the tables of fixed blocks. */
export function prepareSymbols(): void {
  for (let symbol: u32 = 0; symbol < 256; symbol++)
    store<u32>(LITLEN_SYMBOLS + (symbol << 2), symbol << 16);
  store<u32>(LITLEN_SYMBOLS + (256 << 2), NOT_LITERAL | SPECIAL);
  for (let i: u32 = 0; i < 29; i++)
    store<u32>(
      LITLEN_SYMBOLS + ((257 + i) << 2),
      (<u32>load<u16>(LENGTH_BASES + (i << 1)) << 16) | NOT_LITERAL | load<u8>(LENGTH_EXTRAS + i),
    );
  store<u32>(LITLEN_SYMBOLS + (286 << 2), INVALID);
  store<u32>(LITLEN_SYMBOLS + (287 << 2), INVALID);
  let base: u32 = 1;
  for (let i: u32 = 0; i < 30; i++) {
    const extra: u32 = i < 4 ? 0 : (i >> 1) - 1;
    store<u32>(DISTANCE_SYMBOLS + (i << 2), (base << 16) | NOT_LITERAL | extra);
    base += 1 << extra;
  }
  store<u32>(DISTANCE_SYMBOLS + (30 << 2), INVALID);
  store<u32>(DISTANCE_SYMBOLS + (31 << 2), INVALID);
  for (let i: u32 = 0; i < 19; i++) store<u32>(PRECODE_SYMBOLS + (i << 2), i << 16);

  memory.fill(LENGTHS, 8, 144);
  memory.fill(LENGTHS + 144, 9, 112);
  memory.fill(LENGTHS + 256, 7, 24);
  memory.fill(LENGTHS + 280, 8, 8);
  buildTable(LENGTHS, 288, FIXED_LITLEN_TABLE, 9, LITLEN_SYMBOLS, false);
  memory.fill(LENGTHS, 5, 32);
  buildTable(LENGTHS, 32, FIXED_DISTANCE_TABLE, 5, DISTANCE_SYMBOLS, false);
}

/**
 * Makes the table of a code from the lengths of its symbols' codes (one byte each, 0: unused). `most` limits the bits
 * of its index. Gives the bits of the index, or 0 when the lengths are no prefix code. As zlib has it, a code must be
 * complete; where `mayBeShort`, one code of one bit, or none at all, will do.
 */
export function buildTable(
  lengths: usize,
  count: u32,
  table: usize,
  most: u32,
  symbols: usize,
  mayBeShort: bool,
): u32 {
  memory.fill(COUNTS, 0, 64);
  for (let i: u32 = 0; i < count; i++) {
    const at = COUNTS + (<usize>load<u8>(lengths + i) << 2);
    store<u32>(at, load<u32>(at) + 1);
  }
  let longest: u32 = 15;
  while (longest > 0 && load<u32>(COUNTS + (longest << 2)) === 0) longest--;
  if (longest === 0) {
    if (!mayBeShort) return 0;
    store<u32>(table, INVALID);
    store<u32>(table + 4, INVALID);
    return 1;
  }
  let free: i32 = 1;
  let start: u32 = 0;
  for (let length: u32 = 1; length <= 15; length++) {
    const codes = load<u32>(COUNTS + (length << 2));
    free = (free << 1) - <i32>codes;
    if (free < 0) return 0;
    store<u32>(STARTS + (length << 2), start);
    start += codes;
  }
  if (free > 0) {
    if (!mayBeShort || longest !== 1) return 0;
    store<u32>(table + 4, INVALID);
  }
  for (let i: u32 = 0; i < count; i++) {
    const length = <usize>load<u8>(lengths + i);
    if (length === 0) continue;
    const at = STARTS + (length << 2);
    const place = load<u32>(at);
    store<u32>(at, place + 1);
    store<u16>(SORTED + (place << 1), <u16>i);
  }
  return fillTable(table, longest < most ? longest : most, longest, symbols);
}

/** Codes in their canonical order, each held with its bits reversed, as they come in the input. */
function fillTable(table: usize, bits: u32, longest: u32, symbols: usize): u32 {
  let code: u32 = 0;
  let sorted: usize = SORTED;
  let length: u32 = 1;
  let filled: u32 = 2;
  for (; length <= bits; length++) {
    let codes = load<u32>(COUNTS + (length << 2));
    for (; codes > 0; codes--) {
      const entry = load<u32>(symbols + (<usize>load<u16>(sorted) << 2));
      sorted += 2;
      store<u32>(table + (code << 2), withLength(entry, length));
      code = nextCode(code, length);
    }
    if (length < bits) {
      // What is there so far holds whatever the next bit is.
      memory.copy(table + (filled << 2), table, filled << 2);
      filled <<= 1;
    }
  }
  if (longest <= bits) return bits;
  const prefix: u32 = (1 << bits) - 1;
  const size: u32 = 1 << (longest - bits);
  let next: u32 = filled - size;
  let last: u32 = u32.MAX_VALUE;
  for (; length <= longest; length++) {
    let codes = load<u32>(COUNTS + (length << 2));
    for (; codes > 0; codes--) {
      const entry = withLength(load<u32>(symbols + (<usize>load<u16>(sorted) << 2)), length - bits);
      sorted += 2;
      if ((code & prefix) !== last) {
        last = code & prefix;
        next += size;
        store<u32>(
          table + (last << 2),
          (next << 16) | SUB_TABLE | SPECIAL | NOT_LITERAL | ((longest - bits) << 8) | bits,
        );
      }
      for (let i = code >> bits; i < size; i += 1 << (length - bits)) store<u32>(table + ((next + i) << 2), entry);
      code = nextCode(code, length);
    }
  }
  return bits;
}

@inline
function withLength(entry: u32, length: u32): u32 {
  // Lengths and distances hold the bits of the code twice: with the extra bits, and alone.
  return entry + length * (1 + ((entry & NOT_LITERAL) << 2));
}

/** Adds one to a code whose first bit is its lowest. */
@inline
function nextCode(code: u32, length: u32): u32 {
  const zeros = ~code & ((1 << length) - 1);
  if (zeros === 0) return 0;
  const bit: u32 = 1 << (31 - clz(zeros));
  return (code & (bit - 1)) | bit;
}
