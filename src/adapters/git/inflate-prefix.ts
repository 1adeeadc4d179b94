import {
  CODE_LENGTH_ORDER,
  DISTANCE_BASE,
  DISTANCE_BITS,
  LENGTH_BASE,
  LENGTH_BITS,
} from '../../model/deflate.ts';
import { InflateError } from './inflate.ts';

/** Bits that one look at the table decodes; longer codes are rare in small objects and take the slow way. */
const FAST = 9;
const MASK = (1 << FAST) - 1;
const MAX_BITS = 15;

/** A Huffman code in canonical form: symbols by code length, and a table for the short ones. */
interface Code {
  /** Number of codes of each length. */
  readonly counts: Uint16Array;
  /** Where the symbols of each length end. */
  readonly offsets: Uint16Array;
  readonly symbols: Uint16Array;
  /** By the next FAST bits: symbol << 4 | length; 0 where the code is longer or there is none. */
  readonly table: Uint16Array;
}

/** Writes the beginning of a zlib stream to `out` and gives the number of bytes: `most`, or fewer when the stream ends first. */
export type PrefixInflater = (input: Uint8Array, out: Uint8Array, most: number) => number;

/**
 * An inflater for the first bytes of many small streams: a commit's header stands in front of its signature and message, and
 * the platform's inflater spends more on setting up than on a commit. It checks neither the checksum at the end nor what follows.
 * Throws InflateError when the stream is damaged, or ends (in `input`) before `most` bytes without saying so.
 * https://www.rfc-editor.org/rfc/rfc1951
 */
export function prefixInflater(): PrefixInflater {
  const literals = emptyCode(288);
  const distances = emptyCode(32);
  const lengthCodes = emptyCode(19);
  const lengths = new Uint8Array(288 + 32);

  // One function with its state in local variables: three times faster than the same in closures.
  return (input, out, most) => {
    let at = 2;
    let bits = 0;
    let held = 0;
    let written = 0;
    const method = input[0] ?? 0;
    const flags = input[1] ?? 0;
    if ((method & 15) !== 8 || (flags & 0x20) !== 0 || (method * 256 + flags) % 31 !== 0) damaged();
    for (;;) {
      // Never more than 24 bits are held, and a step takes at most 15: reading past the end gives zeros, and is found out below.
      while (held <= 16) {
        bits |= (input[at++] ?? 0) << held;
        held += 8;
      }
      const last = bits & 1;
      const kind = (bits >>> 1) & 3;
      bits >>>= 3;
      held -= 3;
      if (kind === 3) damaged();
      if (kind === 0) {
        // Whole bytes that were read ahead go back.
        at -= held >>> 3;
        bits = 0;
        held = 0;
        if (at + 4 > input.length) damaged();
        const size = input[at]! | (input[at + 1]! << 8);
        if ((size ^ 0xffff) !== (input[at + 2]! | (input[at + 3]! << 8))) damaged();
        at += 4;
        const taken = Math.min(size, most - written);
        if (at + taken > input.length) damaged();
        out.set(input.subarray(at, at + taken), written);
        at += size;
        written += taken;
        if (last === 1 || written === most) return written;
        continue;
      }
      if (kind === 1) {
        lengths.fill(8, 0, 144).fill(9, 144, 256).fill(7, 256, 280).fill(8, 280, 288).fill(5, 288, 320);
        build(literals, lengths, 0, 288);
        build(distances, lengths, 288, 32);
      } else {
        while (held <= 16) {
          bits |= (input[at++] ?? 0) << held;
          held += 8;
        }
        const literalCount = (bits & 31) + 257;
        const distanceCount = ((bits >>> 5) & 31) + 1;
        const codeCount = ((bits >>> 10) & 15) + 4;
        bits >>>= 14;
        held -= 14;
        if (literalCount > 286 || distanceCount > 30) damaged();
        for (let i = 0; i < 19; i++) {
          if (held <= 16) {
            bits |= (input[at++] ?? 0) << held;
            held += 8;
          }
          const size = i < codeCount ? bits & 7 : 0;
          lengths[CODE_LENGTH_ORDER[i]!] = size;
          if (i < codeCount) {
            bits >>>= 3;
            held -= 3;
          }
        }
        if (build(lengthCodes, lengths, 0, 19) !== 0) damaged();
        const codes = lengthCodes.table;
        const count = literalCount + distanceCount;
        for (let i = 0; i < count;) {
          while (held <= 16) {
            bits |= (input[at++] ?? 0) << held;
            held += 8;
          }
          // These codes have at most 7 bits, so the table knows them all.
          const entry = codes[bits & MASK]!;
          const symbol = entry >>> 4;
          bits >>>= entry & 15;
          held -= entry & 15;
          if (symbol < 16) {
            lengths[i++] = symbol;
            continue;
          }
          if (symbol === 16 && i === 0) damaged();
          const value = symbol === 16 ? lengths[i - 1]! : 0;
          const extra = symbol === 16 ? 2 : symbol === 17 ? 3 : 7;
          let times = (symbol === 18 ? 11 : 3) + (bits & ((1 << extra) - 1));
          bits >>>= extra;
          held -= extra;
          if (i + times > count) damaged();
          for (; times > 0; times--) lengths[i++] = value;
        }
        if (at - (held >>> 3) > input.length || lengths[256] === 0) damaged();
        if (build(literals, lengths, 0, literalCount) !== 0 && !isLone(literals, literalCount)) damaged();
        const left = build(distances, lengths, literalCount, distanceCount);
        if (left !== 0 && !isLone(distances, distanceCount)) damaged();
      }
      const literalTable = literals.table;
      const distanceTable = distances.table;
      for (;;) {
        while (held <= 16) {
          bits |= (input[at++] ?? 0) << held;
          held += 8;
        }
        let entry = literalTable[bits & MASK]!;
        if (entry === 0) entry = longCode(literals, bits);
        bits >>>= entry & 15;
        held -= entry & 15;
        const symbol = entry >>> 4;
        if (symbol < 256) {
          if (written === most) return written;
          if (at - (held >>> 3) > input.length) damaged();
          out[written++] = symbol;
          continue;
        }
        if (symbol === 256) break;
        if (symbol > 285) damaged();
        while (held <= 16) {
          bits |= (input[at++] ?? 0) << held;
          held += 8;
        }
        const lengthExtra = LENGTH_BITS[symbol - 257]!;
        const length = LENGTH_BASE[symbol - 257]! + (bits & ((1 << lengthExtra) - 1));
        bits >>>= lengthExtra;
        held -= lengthExtra;
        while (held <= 16) {
          bits |= (input[at++] ?? 0) << held;
          held += 8;
        }
        entry = distanceTable[bits & MASK]!;
        if (entry === 0) entry = longCode(distances, bits);
        bits >>>= entry & 15;
        held -= entry & 15;
        const slot = entry >>> 4;
        if (slot > 29) damaged();
        while (held <= 16) {
          bits |= (input[at++] ?? 0) << held;
          held += 8;
        }
        const distanceExtra = DISTANCE_BITS[slot]!;
        const distance = DISTANCE_BASE[slot]! + (bits & ((1 << distanceExtra) - 1));
        bits >>>= distanceExtra;
        held -= distanceExtra;
        if (distance > written || at - (held >>> 3) > input.length) damaged();
        const end = Math.min(written + length, most);
        for (; written < end; written++) out[written] = out[written - distance]!;
        if (written === most) return written;
      }
      if (at - (held >>> 3) > input.length) damaged();
      if (last === 1 || written === most) return written;
    }
  };
}

/**
 * Makes a code of `count` lengths from `start`. Gives what is left of the code space: 0 complete, > 0 incomplete.
 * Throws InflateError when more codes are wanted than there are.
 */
function build(code: Code, lengths: Uint8Array, start: number, count: number): number {
  const { counts, offsets, symbols, table } = code;
  for (let size = 0; size <= MAX_BITS; size++) counts[size] = 0;
  for (let i = 0; i < count; i++) counts[lengths[start + i]!]!++;
  let left = 1;
  let sum = 0;
  for (let size = 1; size <= MAX_BITS; size++) {
    offsets[size] = sum;
    sum += counts[size]!;
    left = left * 2 - counts[size]!;
    if (left < 0) damaged();
  }
  for (let i = 0; i < count; i++) {
    const size = lengths[start + i]!;
    if (size !== 0) symbols[offsets[size]!++] = i;
  }
  table.fill(0);
  const backwards = reversals();
  let index = 0;
  let next = 0;
  for (let size = 1; size <= FAST; size++) {
    for (let i = counts[size]!; i > 0; i--, index++, next++) {
      const entry = (symbols[index]! << 4) | size;
      for (let slot = backwards[next]! >>> (FAST - size); slot <= MASK; slot += 1 << size)
        table[slot] = entry;
    }
    next <<= 1;
  }
  return left;
}

/** A single code may leave the other half of its space unused; no code at all is for blocks without matches. */
const isLone = (code: Code, count: number): boolean =>
  (code.counts[0] ?? 0) + (code.counts[1] ?? 0) === count;

/** The entry of a code that the table is too short for: one bit at a time, as codes of a length are consecutive numbers. */
function longCode(code: Code, bits: number): number {
  let value = 0;
  let first = 0;
  let index = 0;
  for (let size = 1; size <= MAX_BITS; size++) {
    value |= (bits >>> (size - 1)) & 1;
    const count = code.counts[size]!;
    if (value - count < first) return (code.symbols[index + value - first]! << 4) | size;
    index += count;
    first = (first + count) << 1;
    value <<= 1;
  }
  return damaged();
}

function damaged(): never {
  throw new InflateError('the compressed data is damaged or cut short');
}

function emptyCode(symbols: number): Code {
  return {
    counts: new Uint16Array(MAX_BITS + 1),
    offsets: new Uint16Array(MAX_BITS + 1),
    symbols: new Uint16Array(symbols),
    table: new Uint16Array(1 << FAST),
  };
}

/** Bits of a FAST-bit number the other way round; made when first needed, since most runs inflate nothing here. */
let reversed: Uint16Array | undefined;

function reversals(): Uint16Array {
  return (reversed ??= Uint16Array.from({ length: 1 << FAST }, (_, code) => {
    let result = 0;
    for (let i = 0; i < FAST; i++) result |= ((code >>> i) & 1) << (FAST - 1 - i);
    return result;
  }));
}
