import { CONSTANTS, OPENINGS, PLACES } from './layout';

/*
 * Looks for many patterns at once. Few places of a text begin as one of two thousand patterns does: a filter over the first
 * four bytes finds them, without a step that waits for the one before it, and an Aho–Corasick automaton reads on from there.
 *
 * What the caller lays out (analysis/disclosure/kernel/search.ts), from the address `machine` on:
 *
 *      0  u32: address of the automaton's table: each state's row of next states, one u16 for each class of bytes
 *      4  u32: a row has 1 << this many bytes
 *      8  u32: the bit in the number of every state in which patterns end
 *     12  u32 × 3: the first number of states of depth 2, of depth 3, of depth 4 and more. Those without the bit are numbered
 *         by depth (what is read of a pattern); the root is 0. All three are 0: the automaton reads everything.
 *    256  u8 × 256: the class of each byte
 *    512  u8 × 32768: openings; at the hash of three bytes a bit for each fourth byte, by its lowest three bits, with which a
 *         pattern goes on
 *  33280  u16 × 32768: for each of these the number of its group
 *  98816  of each group two u64: the bits that all of its patterns have in their first eight bytes, and which bits these are
 */
const FIRSTS: usize = 12;
const CLASSES: usize = 256;
const OPENINGS_KEPT: usize = 512;
const OPENINGS_BYTES: usize = 32768;
const GROUP_OF: usize = OPENINGS_KEPT + OPENINGS_BYTES;
const GROUPS: usize = GROUP_OF + OPENINGS_BYTES * 2;

const FACTOR_TWO: i16 = <i16>0x8985;
const FACTOR_THIRD: i16 = <i16>0xc161;
const HASH_SHIFT: i32 = 1;

/**
 * Finds the patterns that end in `text`…`end`. Hits are pairs of u32, where the pattern's last byte is (an address) and the
 * state, in order; `hits` has room for one hit a byte of text. As many bytes as `before` says have been searched already
 * before `text` (at most the longest pattern less one), and a pattern may begin there. Up to 16 bytes behind `end` are read.
 * Gives the number of hits.
 */
export function search(text: usize, end: usize, before: u32, machine: usize, hits: usize): u32 {
  const table = <usize>load<u32>(machine);
  const shift = load<u32>(machine, 4);
  const accept = load<u32>(machine, 8);
  const first2 = load<u32>(machine, FIRSTS);
  const first3 = load<u32>(machine, FIRSTS + 4);
  const first4 = load<u32>(machine, FIRSTS + 8);
  if (first4 !== 0) memory.copy(OPENINGS, machine + OPENINGS_KEPT, OPENINGS_BYTES);
  let hit = hits;
  let at = text - before;
  /** Hits before it are known. */
  let known = text;
  while (true) {
    if (first4 !== 0) at = nextOpening(at, end, machine);
    if (at >= end) break;
    const from = at;
    let state: u32 = 0;
    while (true) {
      state = load<u16>(table + (state << shift) + (<usize>load<u8>(machine + load<u8>(at), CLASSES) << 1));
      at++;
      if (state < first4) {
        const depth = <u32>(state > 0) + <u32>(state >= first2) + <u32>(state >= first3);
        if (depth < <u32>(at - from)) {
          // No pattern that began here goes on: what may have begun since is for the filter to say.
          if (at > known) known = at;
          at -= depth;
          break;
        }
      } else if ((state & accept) !== 0 && at > known) {
        store<u32>(hit, <u32>(at - 1));
        store<u32>(hit, state, 4);
        hit += 8;
      }
      if (at >= end) return ((hit - hits) >> 3) as u32;
    }
  }
  return ((hit - hits) >> 3) as u32;
}

/** The first place from `at` on where a hit may begin; not below `end` when there is none. */
@inline
function nextOpening(at: usize, end: usize, machine: usize): usize {
  // Loaded, for constants would be made anew for each use.
  const fold = v128.load(CONSTANTS);
  const one = v128.load(CONSTANTS, 16);
  const seven = v128.load(CONSTANTS, 32);
  const bits = v128.load(CONSTANTS, 48);
  const factorTwo = v128.load(CONSTANTS, 64);
  const factorThird = v128.load(CONSTANTS, 80);
  for (; at < end; at += 16) {
    // The hashes of 16 places at once, even ones before odd ones, and the bits of their fourth bytes.
    const fourth = v128.load(at, 3);
    v128.store(PLACES, hashes(v128.and(v128.load(at), fold), factorTwo, v128.and(v128.load(at, 2), one), factorThird));
    v128.store(PLACES, hashes(v128.and(v128.load(at, 1), fold), factorTwo, v128.and(fourth, one), factorThird), 16);
    v128.store(PLACES, i8x16.swizzle(bits, v128.and(fourth, seven)), 32);
    if (opens(at, 0, machine)) return at;
    if (opens(at, 1, machine)) return at + 1;
    if (opens(at, 2, machine)) return at + 2;
    if (opens(at, 3, machine)) return at + 3;
    if (opens(at, 4, machine)) return at + 4;
    if (opens(at, 5, machine)) return at + 5;
    if (opens(at, 6, machine)) return at + 6;
    if (opens(at, 7, machine)) return at + 7;
    if (opens(at, 8, machine)) return at + 8;
    if (opens(at, 9, machine)) return at + 9;
    if (opens(at, 10, machine)) return at + 10;
    if (opens(at, 11, machine)) return at + 11;
    if (opens(at, 12, machine)) return at + 12;
    if (opens(at, 13, machine)) return at + 13;
    if (opens(at, 14, machine)) return at + 14;
    if (opens(at, 15, machine)) return at + 15;
  }
  return at;
}

@inline
function hashes(two: v128, factorTwo: v128, third: v128, factorThird: v128): v128 {
  return i16x8.shr_u(i16x8.add(i16x8.mul(two, factorTwo), i16x8.mul(third, factorThird)), HASH_SHIFT);
}

@inline
function opens(at: usize, i: usize, machine: usize): bool {
  const hash = <usize>load<u16>(PLACES + (i >> 1 << 1) + ((i & 1) << 4));
  // Wider than a byte, so that the compiler does not read the table twice.
  if ((<u64>load<u8>(hash, OPENINGS) & <u64>load<u8>(PLACES + 32 + i)) !== 0) {
    const group = machine + (<usize>load<u16>(machine + (hash << 1), GROUP_OF) << 4);
    const want = load<u64>(group, GROUPS);
    const mask = load<u64>(group, GROUPS + 8);
    return (load<u64>(at + i) & mask) === want;
  }
  return false;
}

/** Called once. */
export function prepareFilter(): void {
  v128.store(CONSTANTS, i8x16.splat(<i8>0xdf));
  v128.store(CONSTANTS, i16x8.splat(0xdf), 16);
  v128.store(CONSTANTS, i8x16.splat(7), 32);
  v128.store(CONSTANTS, i8x16(1, 2, 4, 8, 16, 32, 64, -128, 0, 0, 0, 0, 0, 0, 0, 0), 48);
  v128.store(CONSTANTS, i16x8.splat(FACTOR_TWO), 64);
  v128.store(CONSTANTS, i16x8.splat(FACTOR_THIRD), 80);
}
