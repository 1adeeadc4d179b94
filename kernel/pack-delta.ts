/*
 * How a delta of a pack is written: the size of its base, that of its result, and then operations. One below 128 inserts so many bytes that
 * follow it; another copies from the base, and its lower seven bits say which bytes of offset and size follow.
 * https://git-scm.com/docs/pack-format#_deltified_representation
 */
import { SPREAD } from './layout';
import { OK, TOO_LARGE, WRONG_BASE } from './status';

/** Of the delta that was opened last: where its operations begin, and the size of its result. */
export let firstOperation: usize = 0;
export let resultSize: u32 = 0;

/** Reads the sizes of a delta. Gives 0, or why it cannot be applied: 6 it is for another base, 8 its result is larger than `toSize`. */
export function openDelta(fromSize: u32, delta: usize, deltaEnd: usize, toSize: u32): i32 {
  if (readSize(delta, deltaEnd) !== <u64>fromSize) return WRONG_BASE;
  const stated = readSize(after, deltaEnd);
  if (stated > <u64>toSize) return TOO_LARGE;
  firstOperation = after;
  resultSize = <u32>stated;
  return OK;
}

/**
 * The size that a delta says its result has, for the caller to make room; 0xffffffff when that is no size below 4 GiB
 * or the delta is for a base of another size.
 */
export function deltaTargetSize(delta: usize, deltaEnd: usize, sizeOfBase: u32): u32 {
  return openDelta(sizeOfBase, delta, deltaEnd, u32.MAX_VALUE - 1) === OK ? resultSize : u32.MAX_VALUE;
}

/**
 * For each set of operands that a copy may have (bits 0–3 offset, 4–6 size) the places of its bytes: those of the offset go
 * to bytes 0–3, those of the size to 4–6. A place above 15 gives 0.
 */
export function prepareSpread(): void {
  for (let op: u32 = 0; op < 128; op++) {
    let place: u8 = 0;
    for (let i: u32 = 0; i < 8; i++)
      store<u8>(SPREAD + (op << 3) + i, (op & (1 << i)) !== 0 && i < 7 ? place++ : 0xff);
  }
}

/** The operands of a copy at `at`: its offset in the lower half, its size in the upper one, as `lengthOf` reads it. */
@inline
export function operandsOf(at: usize, op: u32): u64 {
  const operands = i8x16.swizzle(v128.load64_zero(at), v128.load64_zero(SPREAD + ((op & 127) << 3)));
  return <u64>i64x2.extract_lane(operands, 0);
}

/** A copy of no size is one of 64 KiB. */
@inline
export function lengthOf(operands: u64): u32 {
  const length = <u32>(operands >> 32);
  return length === 0 ? <u32>0x10000 : length;
}

/** Behind the size that was read last. */
let after: usize = 0;

function readSize(at: usize, end: usize): u64 {
  let size: u64 = 0;
  for (let shift: u64 = 0; at < end && shift < 56; shift += 7) {
    const byte = load<u8>(at++);
    size |= <u64>(byte & 127) << shift;
    if (byte < 128) {
      after = at;
      return size;
    }
  }
  after = end;
  return u64.MAX_VALUE;
}
