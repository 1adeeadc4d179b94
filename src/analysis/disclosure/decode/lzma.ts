import type { Inflated } from './inflate.ts';

/*
 * LZMA as the LZMA SDK's specification has it (lzma-specification.txt), for the three files that are made of it: `.lzma` alone, `.lz`
 * (lzip), and the chunks of LZMA2 in `.xz`. The dictionary is what came out so far, so that nothing is set aside by what a header says.
 */

/** Decodes one piece after another into one output. */
export interface LzmaDecoder {
  /** New probabilities, for literals of these numbers of bits. False: they are none. */
  setProperties(byte: number): boolean;
  resetState(): void;
  /** From here on, nothing before is referred to. */
  resetDictionary(): void;
  /**
   * Decodes `start`…`end` of the input until `size` bytes have come out, or (-1) until the stream says that it ends. Says why it went no
   * further; `end` is where the input was left.
   */
  decode(
    start: number,
    end: number,
    size: number,
  ): { readonly fault: Inflated['fault']; readonly end: number };
  /** Bytes as they are. False: there is no room for them. */
  copy(start: number, end: number): boolean;
  /** What has come out. */
  output(): Uint8Array;
}

const STATES = 12;
const POSITIONS = 16;
/** Where the probabilities of each kind lie in one array. */
const IS_MATCH = 0;
const IS_REP = IS_MATCH + STATES * POSITIONS;
const IS_REP0 = IS_REP + STATES;
const IS_REP1 = IS_REP0 + STATES;
const IS_REP2 = IS_REP1 + STATES;
const IS_LONG = IS_REP2 + STATES;
/** Distances: slots for each of four lengths, the low bits of middle ones, the lowest four of large ones. */
const SLOTS = IS_LONG + STATES * POSITIONS;
const MIDDLE = SLOTS + 4 * 64;
const ALIGN = MIDDLE + 128;
/** Lengths of matches and of repeats: two choices, three trees. */
const LENGTHS = ALIGN + 16;
const LENGTH_SIZE = 2 + POSITIONS * 16 + 256;
const REPEATS = LENGTHS + LENGTH_SIZE;
const LITERALS = REPEATS + LENGTH_SIZE;
const EVEN = 1024;
const TOP = 0x1000000;

/** A decoder over `input` that puts out at most `most` bytes. */
export function lzmaDecoder(input: Uint8Array, most: number): LzmaDecoder {
  let output = new Uint8Array(Math.min(most, Math.max(1024, input.length * 4)));
  let written = 0;
  let dictionary = 0;
  let probabilities = new Uint16Array(LITERALS + 0x300);
  let [contextBits, positionLow, positionMask] = [3, 0, 3];
  let state = 0;
  let [rep0, rep1, rep2, rep3] = [0, 0, 0, 0];
  let at = 0;
  let range = 0;
  let code = 0;

  /** Reading behind the end gives nothing; who asks looks at `at`. */
  const normalise = (): void => {
    range = (range << 8) >>> 0;
    code = ((code << 8) | (input[at++] ?? 0)) >>> 0;
  };
  const bit = (index: number): number => {
    const probability = probabilities[index]!;
    const bound = (range >>> 11) * probability;
    let value = 0;
    if (code < bound) {
      range = bound;
      probabilities[index] = probability + ((2048 - probability) >> 5);
    } else {
      range -= bound;
      code -= bound;
      probabilities[index] = probability - (probability >> 5);
      value = 1;
    }
    if (range < TOP) normalise();
    return value;
  };
  const tree = (base: number, bits: number): number => {
    let node = 1;
    for (let i = 0; i < bits; i++) node = (node << 1) | bit(base + node);
    return node - (1 << bits);
  };
  const reversed = (base: number, bits: number): number => {
    let node = 1;
    let value = 0;
    for (let i = 0; i < bits; i++) {
      const one = bit(base + node);
      node = (node << 1) | one;
      value |= one << i;
    }
    return value;
  };
  const direct = (bits: number): number => {
    let value = 0;
    for (let i = 0; i < bits; i++) {
      range >>>= 1;
      const one = code >= range ? 1 : 0;
      if (one === 1) code -= range;
      value = ((value << 1) | one) >>> 0;
      if (range < TOP) normalise();
    }
    return value;
  };
  const lengthOf = (base: number, position: number): number => {
    if (bit(base) === 0) return tree(base + 2 + position * 8, 3);
    if (bit(base + 1) === 0) return 8 + tree(base + 2 + POSITIONS * 8 + position * 8, 3);
    return 16 + tree(base + 2 + POSITIONS * 16, 8);
  };
  const distanceOf = (length: number): number => {
    const slot = tree(SLOTS + Math.min(length, 3) * 64, 6);
    if (slot < 4) return slot;
    const bits = (slot >> 1) - 1;
    const high = ((2 | (slot & 1)) << bits) >>> 0;
    if (slot < 14) return high + reversed(MIDDLE + high - slot, bits);
    return (high + ((direct(bits - 4) << 4) >>> 0) + reversed(ALIGN, 4)) >>> 0;
  };
  const literal = (): number => {
    const before = written > dictionary ? output[written - 1]! : 0;
    const context =
      (((written - dictionary) & ((1 << positionLow) - 1)) << contextBits) + (before >> (8 - contextBits));
    const base = LITERALS + 0x300 * context;
    let node = 1;
    if (state >= 7) {
      let match = output[written - rep0 - 1]!;
      while (node < 0x100) {
        const expected = (match >> 7) & 1;
        match <<= 1;
        const one = bit(base + ((1 + expected) << 8) + node);
        node = (node << 1) | one;
        if (one !== expected) break;
      }
    }
    while (node < 0x100) node = (node << 1) | bit(base + node);
    return node & 255;
  };
  const room = (count: number): boolean => {
    if (written + count <= output.length) return true;
    if (written + count > most) return false;
    const larger = new Uint8Array(Math.min(most, Math.max(output.length * 2, written + count)));
    larger.set(output.subarray(0, written));
    output = larger;
    return true;
  };
  const resetState = (): void => {
    probabilities.fill(EVEN);
    state = 0;
    [rep0, rep1, rep2, rep3] = [0, 0, 0, 0];
  };

  return {
    setProperties: (byte) => {
      if (byte >= 225) return false;
      contextBits = byte % 9;
      positionLow = Math.floor(byte / 9) % 5;
      positionMask = (1 << Math.floor(byte / 45)) - 1;
      const size = LITERALS + (0x300 << (contextBits + positionLow));
      if (probabilities.length !== size) probabilities = new Uint16Array(size);
      resetState();
      return true;
    },
    resetState,
    resetDictionary: () => {
      dictionary = written;
    },
    copy: (start, end) => {
      if (!room(end - start)) return false;
      output.set(input.subarray(start, end), written);
      written += end - start;
      return true;
    },
    output: () => output.subarray(0, written),
    decode: (start, end, size) => {
      at = start + 1;
      code = 0;
      range = 0xffffffff;
      for (let i = 0; i < 4; i++) code = ((code << 8) | (input[at++] ?? 0)) >>> 0;
      const stop = size === -1 ? Infinity : written + size;
      const ended = (fault: Inflated['fault']): ReturnType<LzmaDecoder['decode']> => ({ fault, end: at });
      if (end - start < 5) return ended('truncated');
      if (input[start] !== 0) return ended('damaged');
      while (written < stop) {
        if (at > end) return ended('truncated');
        const position = (written - dictionary) & positionMask;
        if (bit(IS_MATCH + state * POSITIONS + position) === 0) {
          if (!room(1)) return ended('too large');
          if (state >= 7 && rep0 >= written - dictionary) return ended('damaged');
          output[written] = literal();
          written++;
          state = state < 4 ? 0 : state < 10 ? state - 3 : state - 6;
          continue;
        }
        let length: number;
        if (bit(IS_REP + state) === 1) {
          if (written === dictionary) return ended('damaged');
          if (bit(IS_REP0 + state) === 0) {
            if (bit(IS_LONG + state * POSITIONS + position) === 0) {
              if (rep0 >= written - dictionary) return ended('damaged');
              if (!room(1)) return ended('too large');
              output[written] = output[written - rep0 - 1]!;
              written++;
              state = state < 7 ? 9 : 11;
              continue;
            }
          } else {
            let distance = rep1;
            if (bit(IS_REP1 + state) === 1) {
              distance = rep2;
              if (bit(IS_REP2 + state) === 1) {
                distance = rep3;
                rep3 = rep2;
              }
              rep2 = rep1;
            }
            rep1 = rep0;
            rep0 = distance;
          }
          length = lengthOf(REPEATS, position);
          state = state < 7 ? 8 : 11;
        } else {
          rep3 = rep2;
          rep2 = rep1;
          rep1 = rep0;
          length = lengthOf(LENGTHS, position);
          state = state < 7 ? 7 : 10;
          rep0 = distanceOf(length);
          // The mark of the end.
          if (rep0 === 0xffffffff) return ended(size === -1 ? undefined : 'damaged');
        }
        length += 2;
        if (rep0 >= written - dictionary || written + length > stop) return ended('damaged');
        // As much as there is room for is better than nothing.
        const isWhole = room(length) || room(Math.max(0, most - written));
        const last = Math.min(written + length, isWhole ? output.length : written);
        const isCut = last < written + length;
        for (const back = rep0 + 1; written < last; written++) output[written] = output[written - back]!;
        if (isCut) return ended('too large');
      }
      return ended(undefined);
    },
  };
}
