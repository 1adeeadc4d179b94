/*
 * Remembers texts that nothing was found in. A history has most of its lines many times, in versions and copies of a file: they are
 * searched once. Of a text 128 bits are kept. They hang on a key that nobody knows who wrote a text: for any two texts, keys under which
 * they have the same bits are fewer than one in 2^61 (NH, the hash below UMAC: RFC 4418 §5.2, Black and others 1999; twice, with two keys).
 *
 * What the caller lays out, from the address `known` on:
 *
 *     0  the key: KEY_BYTES that are drawn at random for each run
 *  then  2^17 places, zeros at first, each the bits of two texts (zeros: of none); the one that came last comes first
 */
const MOST: usize = 4096;
export const KEY_BYTES: usize = 2 * MOST;
const PLACES: usize = KEY_BYTES;
const PLACE_BITS: u64 = 17;
const PLACE_SHIFT: u64 = 5;
export const KNOWN_BYTES: usize = PLACES + (1 << (<usize>PLACE_BITS + <usize>PLACE_SHIFT));

/** Remembers the texts of `records`…`end` (as `setOutput` has them). Longer ones than MOST hardly come again. */
export function remember(records: usize, end: usize, known: usize): void {
  for (; records < end; records += 16) {
    const size = <usize>load<u32>(records, 4);
    if (size === 0 || size > MOST) continue;
    const hash = hashOf(<usize>load<u32>(records), size, known);
    const place = placeOf(known, hash);
    if (isAt(place, hash)) continue;
    v128.store(place, v128.load(place), 16);
    v128.store(place, hash);
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
    if (size <= MOST) {
      const hash = hashOf(from, size, known);
      if (isAt(placeOf(known, hash), hash)) {
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
function placeOf(known: usize, hash: v128): usize {
  const mixed = (<u64>i64x2.extract_lane(hash, 0) ^ <u64>i64x2.extract_lane(hash, 1)) * 0x9e3779b97f4a7c15;
  return known + PLACES + (<usize>(mixed >> (64 - PLACE_BITS)) << <usize>PLACE_SHIFT);
}

@inline
function isAt(place: usize, hash: v128): bool {
  return !v128.any_true(v128.xor(v128.load(place), hash)) || !v128.any_true(v128.xor(v128.load(place, 16), hash));
}

/**
 * Of all bytes of a text of 1 to MOST bytes, 32 at a time: those of the last step may be some that the one before it had. Texts of one
 * size have their bytes at the same places of these steps, and the size is part of the hash. Reads up to 16 bytes behind the text.
 */
@inline
function hashOf(from: usize, size: usize, key: usize): v128 {
  const sizes = i64x2.splat(<i64>size);
  let one = sizes;
  let other = sizes;
  if (size < 16) {
    const unit = v128.and(v128.load(from), v128.load(MASKS + 16 - size));
    one = i64x2.add(one, products(unit, unit, key));
    other = i64x2.add(other, products(unit, unit, key + MOST));
  } else {
    const end = from + size;
    const last = end - 16;
    let at = from;
    do {
      const low = v128.load(min<usize>(at, last));
      const high = v128.load(min<usize>(at + 16, last));
      one = i64x2.add(one, products(low, high, key));
      other = i64x2.add(other, products(low, high, key + MOST));
      at += 32;
      key += 32;
    } while (at < end);
  }
  return i64x2.add(
    i64x2.shuffle(one, other, 0, 2),
    i64x2.shuffle(one, other, 1, 3),
  );
}

/** Each number of 32 bits of the one with its key, times that of the other with its. */
@inline
function products(low: v128, high: v128, key: usize): v128 {
  const one = i32x4.add(low, v128.load(key));
  const other = i32x4.add(high, v128.load(key, 16));
  return i64x2.add(i64x2.extmul_low_i32x4_u(one, other), i64x2.extmul_high_i32x4_u(one, other));
}

/** From 16 - n on, n bytes of ones before zeros. */
const MASKS = memory.data<u8>([
  255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0,
]);
