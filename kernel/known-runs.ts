/*
 * Remembers texts that nothing was found in. A history has most of its lines many times, in versions and copies of a file: they are
 * searched once. Texts are compared byte by byte: whoever makes two of one hash gains nothing.
 *
 * What the caller lays out, from the address `known` on, zeros at first:
 *
 *     0  u32: where the next text goes, from the first on; 0: there is none yet
 *    16  2^16 places by hash, each two u32: the rest of the hash, and where the text is (0: nowhere)
 *  then  texts: their length as u32, their bytes. When there is no more room all are forgotten.
 */
const PLACES: usize = 16;
const PLACE_BITS: u64 = 16;
const TEXTS: usize = PLACES + (1 << (<usize>PLACE_BITS + 3));
const ROOM: usize = 1 << 22;
export const KNOWN_BYTES: usize = TEXTS + ROOM;

/** Shorter and longer texts are not remembered: they cost more than they save, or hardly come again. */
const LEAST: usize = 16;
const MOST: usize = 1024;

/** Remembers the texts of `records`…`end` (as `setOutput` has them). */
export function remember(records: usize, end: usize, known: usize): void {
  for (; records < end; records += 16) {
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

/** What `leaveOut` gives: where text and records end now. */
export let textEnd: usize = 0;
export let recordsEnd: usize = 0;

/**
 * Takes those of `records`…`end` whose text is remembered out, and moves the others, whose text lies from `text` on, together. Gives how many
 * bytes were left out. By itself and not where runs are made: a look at the next text need not wait for what the last one says.
 */
export function leaveOut(text: usize, records: usize, end: usize, known: usize): u32 {
  let kept = records;
  let leftOut: u32 = 0;
  for (let record = records; record < end; record += 16) {
    const run = v128.load(record);
    const from = <usize>i32x4.extract_lane(run, 0);
    const size = <usize>i32x4.extract_lane(run, 1);
    if (size >= LEAST && size <= MOST) {
      const hash = hashOf(from, size);
      if (isAt(placeOf(known, hash), hash, from, size)) {
        leftOut += <u32>size;
        continue;
      }
    }
    // With the line end that follows it.
    if (text !== from) memory.copy(text, from, size + 1);
    v128.store(kept, i32x4.replace_lane(run, 0, <i32>text));
    text += size + 1;
    kept += 16;
  }
  textEnd = text;
  recordsEnd = kept;
  return leftOut;
}

@inline
function placeOf(known: usize, hash: u64): usize {
  return known + PLACES + (<usize>(hash >> (64 - PLACE_BITS)) << 3);
}

/** Nearly without branches: tens of millions of texts are looked for. */
@inline
function isAt(place: usize, hash: u64, from: usize, size: usize): bool {
  const text = <usize>load<u32>(place, 4);
  if (text === 0 || load<u32>(place) !== <u32>hash || <usize>load<u32>(text) !== size) return false;
  const other = text + 4;
  const last = size - 16;
  for (let at: usize = 0; at < last; at += 64) {
    const second = min<usize>(at + 16, last);
    const third = min<usize>(at + 32, last);
    const fourth = min<usize>(at + 48, last);
    const unlike = v128.or(
      v128.or(unlikeAt(from + at, other + at), unlikeAt(from + second, other + second)),
      v128.or(unlikeAt(from + third, other + third), unlikeAt(from + fourth, other + fourth)),
    );
    if (v128.any_true(unlike)) return false;
  }
  return !v128.any_true(unlikeAt(from + last, other + last));
}

@inline
function unlikeAt(one: usize, other: usize): v128 {
  return v128.xor(v128.load(one), v128.load(other));
}

/** Of five stretches of 16 bytes, from the first to the last: of all bytes of a text that has no more than 80. */
@inline
function hashOf(from: usize, size: usize): u64 {
  const last = from + size - 16;
  const quarter = (size - 16) >> 2;
  let hash: u64 = <u64>size * 0x9e3779b97f4a7c15;
  hash += (load<u64>(from) ^ 0xbe4ba423396cfeb8) * 0xc2b2ae3d27d4eb4f;
  hash += (load<u64>(from, 8) ^ 0x1cad21f72c81017c) * 0x165667b19e3779f9;
  hash += (load<u64>(from + quarter) ^ 0xdb979083e96dd4de) * 0x27d4eb2f165667c5;
  hash += (load<u64>(from + quarter, 8) ^ 0x1f67b3b7a4a44072) * 0x9fb21c651e98df25;
  hash += (load<u64>(from + 2 * quarter) ^ 0x78e5c0cc4ee679cb) * 0xd6e8feb86659fd93;
  hash += (load<u64>(from + 2 * quarter, 8) ^ 0x2172ffcc7dd05a82) * 0xff51afd7ed558ccd;
  hash += (load<u64>(from + 3 * quarter) ^ 0x8e2443f7744608b8) * 0xc4ceb9fe1a85ec53;
  hash += (load<u64>(from + 3 * quarter, 8) ^ 0x4c263a81e69035e0) * 0x94d049bb133111eb;
  hash += (load<u64>(last) ^ 0xcb00c391bb52283c) * 0xbf58476d1ce4e5b9;
  hash += (load<u64>(last, 8) ^ 0xa32e531b8b65d088) * 0x2545f4914f6cdd1d;
  return (hash ^ (hash >> 32)) * 0x9e3779b97f4a7c15;
}
