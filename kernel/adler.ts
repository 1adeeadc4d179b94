/** Adler-32 (RFC 1950 §8.2) of `from`…`end`. */
export function adler32(from: usize, end: usize): u32 {
  let a: u32 = 1;
  let b: u32 = 0;
  const weights1 = i8x16(32, 31, 30, 29, 28, 27, 26, 25, 24, 23, 22, 21, 20, 19, 18, 17);
  const weights2 = i8x16(16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1);
  const low1 = i16x8.extend_low_i8x16_u(weights1);
  const high1 = i16x8.extend_high_i8x16_u(weights1);
  const low2 = i16x8.extend_low_i8x16_u(weights2);
  const high2 = i16x8.extend_high_i8x16_u(weights2);
  while (end - from >= 32) {
    // 5,552 is the most bytes after which the sums still fit 32 bits.
    const size = min<usize>(end - from, 5536) & ~31;
    const stop = from + size;
    let sums = i32x4.splat(0);
    let before = i32x4.splat(0);
    let weighted = i32x4.splat(0);
    b += a * <u32>size;
    while (from < stop) {
      const first = v128.load(from);
      const second = v128.load(from, 16);
      before = i32x4.add(before, sums);
      sums = i32x4.add(
        sums,
        i32x4.extadd_pairwise_i16x8_u(
          i16x8.add(i16x8.extadd_pairwise_i8x16_u(first), i16x8.extadd_pairwise_i8x16_u(second)),
        ),
      );
      weighted = i32x4.add(
        weighted,
        i32x4.add(
          i32x4.add(
            i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_u(first), low1),
            i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_u(first), high1),
          ),
          i32x4.add(
            i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_u(second), low2),
            i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_u(second), high2),
          ),
        ),
      );
      from += 32;
    }
    a += total(sums);
    b += total(before) * 32 + total(weighted);
    a %= 65521;
    b %= 65521;
  }
  while (from < end) {
    a += load<u8>(from++);
    b += a;
  }
  return ((b % 65521) << 16) | (a % 65521);
}

@inline
function total(lanes: v128): u32 {
  return (
    i32x4.extract_lane(lanes, 0) +
    i32x4.extract_lane(lanes, 1) +
    i32x4.extract_lane(lanes, 2) +
    i32x4.extract_lane(lanes, 3)
  );
}
