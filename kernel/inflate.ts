import { adler32 } from './adler';
import { buildTable, NO_CODE, NOT_LITERAL, SPECIAL, SUB_TABLE } from './huffman';
import {
  DISTANCE_SYMBOLS,
  DISTANCE_TABLE,
  FIXED_DISTANCE_TABLE,
  FIXED_LITLEN_TABLE,
  LENGTHS,
  LITLEN_SYMBOLS,
  LITLEN_TABLE,
  PRECODE_LENGTHS,
  PRECODE_SYMBOLS,
  PRECODE_TABLE,
  RESULT,
} from './layout';
import { DAMAGED, OK, TRUNCATED, WRONG_SIZE, WRONG_SUM } from './status';

const LITLEN_BITS: u32 = 11;
const DISTANCE_BITS: u32 = 8;

// RFC 1951 §3.2.7
const PRECODE_ORDER = memory.data<u8>([16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]);

// The input: a window of bits, how many of them are unused (in its lowest six bits), and where the next come from.
let bits: u64 = 0;
let left: u32 = 0;
let input: usize = 0;

/** Fills the window to at least 56 bits. Reads up to 8 bytes from `input`, which may lie behind the end of the stream. */
@inline
function refill(): void {
  bits |= load<u64>(input) << <u64>left;
  input += (~left >> 3) & 7;
  left |= 56;
}

@inline
function take(count: u32): u32 {
  const value = <u32>bits & ((1 << count) - 1);
  bits >>= <u64>count;
  left -= count;
  return value;
}

/**
 * Inflates a zlib stream (RFC 1950) of `from`…`fromEnd` that must give exactly the bytes `to`…`toEnd`, checksum included.
 * Gives 0, or why not: 1 the input ends first, 2 it is damaged, 3 it gives another size, 4 the checksum is another.
 * RESULT holds where the stream ended. Up to 32 bytes behind `fromEnd` are read and up to 320 behind `toEnd` overwritten.
 */
export function inflate(from: usize, fromEnd: usize, to: usize, toEnd: usize): i32 {
  if (fromEnd - from < 2 || fromEnd < from) return TRUNCATED;
  const head = (<u32>load<u8>(from) << 8) | load<u8>(from + 1);
  // Deflate, a window of at most 32 KiB, no preset dictionary, and the check bits.
  if ((head & 0x8f00) !== 0x0800 || (head & 0x20) !== 0 || head % 31 !== 0) return DAMAGED;
  bits = 0;
  left = 0;
  input = from + 2;
  let output = to;
  let last: u32 = 0;
  while (last === 0) {
    if (consumed() > fromEnd) return TRUNCATED;
    refill();
    last = take(1);
    const kind = take(2);
    if (kind === 0) {
      take(left & 7);
      input = consumed();
      if (input + 4 > fromEnd) return TRUNCATED;
      const length = <usize>load<u16>(input);
      if ((length ^ 0xffff) !== <usize>load<u16>(input + 2)) return DAMAGED;
      input += 4;
      if (input + length > fromEnd) return TRUNCATED;
      if (output + length > toEnd) return WRONG_SIZE;
      memory.copy(output, input, length);
      output += length;
      input += length;
      bits = 0;
      left = 0;
      continue;
    }
    let litlenBits: u32 = 9;
    let distanceBits: u32 = 5;
    let litlen: usize = FIXED_LITLEN_TABLE;
    let distance: usize = FIXED_DISTANCE_TABLE;
    if (kind === 3) return DAMAGED;
    if (kind === 2) {
      const made = readCodes(fromEnd);
      if (made === 0) return consumed() > fromEnd ? TRUNCATED : DAMAGED;
      litlenBits = made >> 8;
      distanceBits = made & 255;
      litlen = LITLEN_TABLE;
      distance = DISTANCE_TABLE;
    }
    output = inflateBlock(fromEnd, to, output, toEnd, litlen, litlenBits, distance, distanceBits);
    if (output < 16) return <i32>output;
  }
  input = consumed();
  if (input + 4 > fromEnd) return TRUNCATED;
  store<u32>(RESULT, <u32>(input + 4));
  if (output !== toEnd) return WRONG_SIZE;
  return adler32(to, toEnd) === bswap<u32>(load<u32>(input)) ? OK : WRONG_SUM;
}

/** The first byte of the input that is not used, not even in part. */
@inline
function consumed(): usize {
  return input - ((left & 63) >> 3);
}

/** Reads the codes at the head of a dynamic block (RFC 1951 §3.2.7) and makes their tables: the bits of both indexes, or 0. */
function readCodes(fromEnd: usize): u32 {
  const litlens = take(5) + 257;
  const distances = take(5) + 1;
  const precodes = take(4) + 4;
  if (litlens > 286 || distances > 30) return 0;
  memory.fill(PRECODE_LENGTHS, 0, 19);
  for (let i: u32 = 0; i < precodes; i++) {
    if ((left & 63) < 3) refill();
    store<u8>(PRECODE_LENGTHS + <usize>load<u8>(PRECODE_ORDER + i), <u8>take(3));
  }
  const indexBits = buildTable(PRECODE_LENGTHS, 19, PRECODE_TABLE, 7, PRECODE_SYMBOLS, false);
  if (indexBits === 0) return 0;
  const mask: u32 = (1 << indexBits) - 1;
  const all = litlens + distances;
  let i: u32 = 0;
  let previous: u32 = 0;
  while (i < all) {
    refill();
    const entry = load<u32>(PRECODE_TABLE + ((<u32>bits & mask) << 2));
    take(entry & 63);
    const symbol = entry >> 16;
    if (symbol < 16) {
      store<u8>(LENGTHS + i++, <u8>symbol);
      previous = symbol;
      continue;
    }
    let times: u32;
    if (symbol === 16) {
      if (i === 0) return 0;
      times = 3 + take(2);
    } else {
      previous = 0;
      times = symbol === 17 ? 3 + take(3) : 11 + take(7);
    }
    if (i + times > all) return 0;
    memory.fill(LENGTHS + i, <u8>previous, times);
    i += times;
  }
  if (consumed() > fromEnd) return 0;
  // Without an end-of-block code the block could not end.
  if (load<u8>(LENGTHS + 256) === 0) return 0;
  const distanceBits = buildTable(
    LENGTHS + litlens,
    distances,
    DISTANCE_TABLE,
    DISTANCE_BITS,
    DISTANCE_SYMBOLS,
    true,
  );
  if (distanceBits === 0) return 0;
  const litlenBits = buildTable(LENGTHS, litlens, LITLEN_TABLE, LITLEN_BITS, LITLEN_SYMBOLS, true);
  if (litlenBits === 0) return 0;
  return (litlenBits << 8) | distanceBits;
}

/** Decodes one block behind `output`; gives where its output ends, or a status below 16. */
function inflateBlock(
  fromEnd: usize,
  to: usize,
  output: usize,
  toEnd: usize,
  litlen: usize,
  litlenBits: u32,
  distance: usize,
  distanceBits: u32,
): usize {
  const litlenMask: u32 = (1 << litlenBits) - 1;
  const distanceMask: u32 = (1 << distanceBits) - 1;
  const inputLimit = fromEnd + 8;
  // Locals: a global that is written costs a store each time. Of `unused` only the lowest six bits count.
  let window = bits;
  let unused = left;
  let next = input;
  while (true) {
    if (next > inputLimit) return TRUNCATED;
    if (output > toEnd) return WRONG_SIZE;
    window |= load<u64>(next) << <u64>unused;
    next += (~unused >> 3) & 7;
    unused |= 56;
    let entry = load<u32>(litlen + ((<u32>window & litlenMask) << 2));
    if ((entry & NOT_LITERAL) === 0) {
      window >>= <u64>entry;
      unused -= entry;
      store<u8>(output++, <u8>(entry >> 16));
      entry = load<u32>(litlen + ((<u32>window & litlenMask) << 2));
      if ((entry & NOT_LITERAL) === 0) {
        window >>= <u64>entry;
        unused -= entry;
        store<u8>(output++, <u8>(entry >> 16));
        entry = load<u32>(litlen + ((<u32>window & litlenMask) << 2));
        if ((entry & NOT_LITERAL) === 0) {
          window >>= <u64>entry;
          unused -= entry;
          store<u8>(output++, <u8>(entry >> 16));
          entry = load<u32>(litlen + ((<u32>window & litlenMask) << 2));
          if ((entry & NOT_LITERAL) === 0) {
            window >>= <u64>entry;
            unused -= entry;
            store<u8>(output++, <u8>(entry >> 16));
            entry = load<u32>(litlen + ((<u32>window & litlenMask) << 2));
            if ((entry & NOT_LITERAL) === 0) {
              window >>= <u64>entry;
              unused -= entry;
              store<u8>(output++, <u8>(entry >> 16));
            }
            continue;
          }
        }
      }
    }
    // At most 33 of the 56 bits are used.
    if ((entry & SPECIAL) !== 0) {
      window >>= <u64>entry;
      unused -= entry;
      if ((entry & SUB_TABLE) !== 0) {
        entry = load<u32>(
          litlen + (((entry >> 16) + (<u32>window & ((1 << ((entry >> 8) & 31)) - 1))) << 2),
        );
        if ((entry & NOT_LITERAL) === 0) {
          window >>= <u64>entry;
          unused -= entry;
          store<u8>(output++, <u8>(entry >> 16));
          continue;
        }
        if ((entry & SPECIAL) !== 0) {
          window >>= <u64>entry;
          unused -= entry;
        }
      }
      if ((entry & SPECIAL) !== 0) {
        if ((entry & NO_CODE) !== 0) return next - ((unused & 63) >> 3) > fromEnd ? TRUNCATED : DAMAGED;
        bits = window;
        left = unused & 63;
        input = next;
        return output > toEnd ? <usize>WRONG_SIZE : output;
      }
    }
    // A length: at most 15 + 5 bits more.
    const length =
      (entry >> 16) + ((<u32>window & ((1 << (entry & 63)) - 1)) >> ((entry >> 8) & 31));
    window >>= <u64>entry;
    unused -= entry;
    window |= load<u64>(next) << <u64>unused;
    next += (~unused >> 3) & 7;
    unused |= 56;
    entry = load<u32>(distance + ((<u32>window & distanceMask) << 2));
    if ((entry & SPECIAL) !== 0) {
      window >>= <u64>entry;
      unused -= entry;
      if ((entry & SUB_TABLE) === 0) return next - ((unused & 63) >> 3) > fromEnd ? TRUNCATED : DAMAGED;
      entry = load<u32>(
        distance + (((entry >> 16) + (<u32>window & ((1 << ((entry >> 8) & 31)) - 1))) << 2),
      );
      if ((entry & SPECIAL) !== 0) return DAMAGED;
    }
    const back = <usize>((entry >> 16) + ((<u32>window & ((1 << (entry & 63)) - 1)) >> ((entry >> 8) & 31)));
    window >>= <u64>entry;
    unused -= entry;
    if (back > output - to) return DAMAGED;
    let source = output - back;
    const end = output + length;
    // Copies in whole steps may write behind `end`: the next bytes come there, or the room that is left behind `toEnd`.
    if (back >= 16) {
      do {
        v128.store(output, v128.load(source));
        output += 16;
        source += 16;
      } while (output < end);
    } else if (back >= 8) {
      do {
        store<u64>(output, load<u64>(source));
        output += 8;
        source += 8;
      } while (output < end);
    } else if (back === 1) {
      const byte = v128.splat<u8>(load<u8>(source));
      do {
        v128.store(output, byte);
        output += 16;
      } while (output < end);
    } else {
      do {
        store<u8>(output++, load<u8>(source++));
      } while (output < end);
    }
    output = end;
  }
}
