/*
 * Remembers texts that nothing was found in. A history has most of its lines many times, in versions and copies of a file: they are
 * searched once. Texts are compared byte by byte: whoever makes two of one hash gains nothing.
 *
 * What the caller lays out, from the address `known` on, zeros at first:
 *
 *     0  u32: where the next text goes, from the first on; 0: there is none yet
 *    16  2^17 places by hash, each two u32: the rest of the hash, and where the text is (0: nowhere)
 *  then  texts: their length as u32, their bytes. When there is no more room all are forgotten.
 */
const PLACES: usize = 16;
const PLACE_BITS: u64 = 17;
const TEXTS: usize = PLACES + (1 << (<usize>PLACE_BITS + 3));
const ROOM: usize = 1 << 24;
export const KNOWN_BYTES: usize = TEXTS + ROOM;

/** Shorter and longer texts are not remembered: they cost more than they save, or hardly come again. */
const LEAST: usize = 16;
const MOST: usize = 1024;

const FACTOR_A: u64 = 0x9e3779b97f4a7c15;
const FACTOR_B: u64 = 0xc2b2ae3d27d4eb4f;

/** Remembers the texts of `records`…`recordsEnd` (as `setOutput` has them). */
export function remember(records: usize, recordsEnd: usize, known: usize): void {
  for (; records < recordsEnd; records += 16) {
    const size = <usize>load<u32>(records, 4);
    if (size < LEAST || size > MOST) continue;
    const from = <usize>load<u32>(records);
    const hash = hashOf(from, size);
    const place = placeOf(known, hash);
    if (isAt(place, hash, from, size)) continue;
    let next = <usize>load<u32>(known);
    if (next === 0 || next + size + 4 > known + TEXTS + ROOM) {
      memory.fill(known + PLACES, 0, TEXTS - PLACES);
      next = known + TEXTS;
    }
    store<u32>(next, <u32>size);
    memory.copy(next + 4, from, size);
    store<u32>(place, <u32>hash);
    store<u32>(place, <u32>next, 4);
    store<u32>(known, <u32>(next + 4 + size));
  }
}

/** Whether the text is remembered. */
export function isKnown(from: usize, size: usize, known: usize): bool {
  if (size < LEAST || size > MOST) return false;
  const hash = hashOf(from, size);
  return isAt(placeOf(known, hash), hash, from, size);
}

@inline
function placeOf(known: usize, hash: u64): usize {
  return known + PLACES + (<usize>(hash >> (64 - PLACE_BITS)) << 3);
}

@inline
function isAt(place: usize, hash: u64, from: usize, size: usize): bool {
  const text = <usize>load<u32>(place, 4);
  if (text === 0 || load<u32>(place) !== <u32>hash || <usize>load<u32>(text) !== size) return false;
  const other = text + 4;
  const last = size - 16;
  for (let i: usize = 0; i < last; i += 16)
    if (v128.any_true(v128.xor(v128.load(from + i), v128.load(other + i)))) return false;
  return !v128.any_true(v128.xor(v128.load(from + last), v128.load(other + last)));
}

/** Of at least 16 bytes. */
@inline
function hashOf(from: usize, size: usize): u64 {
  let a: u64 = <u64>size;
  let b: u64 = FACTOR_A;
  const last = from + size - 16;
  for (; from < last; from += 16) {
    a = (a ^ load<u64>(from)) * FACTOR_A;
    b = (b ^ load<u64>(from, 8)) * FACTOR_B;
  }
  a = (a ^ load<u64>(last)) * FACTOR_A;
  b = (b ^ load<u64>(last, 8)) * FACTOR_B;
  a ^= rotl<u64>(b, 32);
  return (a ^ (a >> 31)) * FACTOR_B;
}
