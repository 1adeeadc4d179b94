/**
 * Drops hits whose surroundings say that they cannot be what is looked for, before anyone else looks at them.
 *
 * `programs` has for each accepting state (its number without the bit `accept`) the address of its program, or 0: such hits
 * are kept. A program is a number of u32: how many alternatives; of each the bytes of its pattern, and how many conditions;
 * of each condition five: which side (0 after the pattern, 1 before it, 2 from its first byte on, 3 what `given` says), the address of a
 * table of 256 bytes, how many bytes of the run must be counted ones, the most bytes of the run, and whether a byte must follow. In the
 * table bit 0 says that a byte belongs to the run, bit 1 that it is counted there, bit 2 that it may follow. A hit is kept when one of its alternatives has all of its conditions.
 *
 * `from` and `end` bound the text; beyond them a line end counts as the byte that follows. Hits that are kept move to the front, in order; gives their number.
 */
export function sift(hits: usize, count: u32, from: usize, end: usize, programs: usize, accept: u32): u32 {
  const last = hits + (<usize>count << 3);
  let kept = hits;
  for (let hit = hits; hit < last; hit += 8) {
    const program = <usize>load<u32>(programs + (<usize>(load<u32>(hit, 4) & ~accept) << 2));
    if (program === 0 || holds(program, <usize>load<u32>(hit), from, end)) {
      store<u64>(kept, load<u64>(hit));
      kept += 8;
    }
  }
  return ((kept - hits) >> 3) as u32;
}

const LF: usize = 10;

function holds(program: usize, at: usize, from: usize, end: usize): bool {
  let alternatives = load<u32>(program);
  let word = program + 4;
  for (; alternatives > 0; alternatives--) {
    const start = at + 1 - load<u32>(word);
    let conditions = load<u32>(word, 4);
    word += 8;
    let all = true;
    for (; conditions > 0; conditions--) {
      if (all) {
        const side = load<u32>(word);
        const table = <usize>load<u32>(word, 4);
        all =
          side === 3
            ? given(start, at + 1, from, end, table, load<u32>(word, 8))
            : side === 1
            ? before(start, from, table, load<u32>(word, 8), load<u32>(word, 12), load<u32>(word, 16))
            : after(
                side === 0 ? at + 1 : start,
                end,
                table,
                load<u32>(word, 8),
                load<u32>(word, 12),
                load<u32>(word, 16),
              );
      }
      word += 20;
    }
    if (all) return true;
  }
  return false;
}

function after(start: usize, end: usize, table: usize, least: u32, most: u32, follows: u32): bool {
  const limit = most > end - start ? end : start + most;
  let at = start;
  let missing = <i32>least;
  while (missing > 0) {
    if (at === limit) return false;
    const bits = <i32>load<u8>(table + load<u8>(at++));
    if ((bits & 1) === 0) return false;
    missing -= (bits >> 1) & 1;
  }
  if (follows === 0) return true;
  while (at < limit && (load<u8>(table + load<u8>(at)) & 1) !== 0) at++;
  return (load<u8>(table + (at < end ? <usize>load<u8>(at) : LF)) & 4) !== 0;
}

function before(end: usize, from: usize, table: usize, least: u32, most: u32, follows: u32): bool {
  const limit = most > end - from ? from : end - most;
  let at = end;
  let missing = <i32>least;
  while (missing > 0) {
    if (at === limit) return false;
    const bits = <i32>load<u8>(table + load<u8>(--at));
    if ((bits & 1) === 0) return false;
    missing -= (bits >> 1) & 1;
  }
  if (follows === 0) return true;
  while (at > limit && (load<u8>(table + load<u8>(at - 1)) & 1) !== 0) at--;
  return (load<u8>(table + (at > from ? <usize>load<u8>(at - 1) : LF)) & 4) !== 0;
}

/** Bytes that a name goes on for behind a pattern, and began before it; then those among which a value has to stand. */
const MOST_NAME: usize = 40;
const MOST_SIGNS: usize = 80;

/**
 * Whether a name with the pattern `start`…`end` in it is given a value of at least `least` bytes in one piece, as far as a line tells
 * that. Of the table, bit 0: the byte is one of a name; bit 1: of a value; bit 2: it may stand between them.
 */
function given(start: usize, end: usize, from: usize, to: usize, table: usize, least: u32): bool {
  let at = end;
  const nameEnd = MOST_NAME > to - end ? to : end + MOST_NAME;
  while (at < nameEnd && (load<u8>(table + load<u8>(at)) & 1) !== 0) at++;
  const limit = MOST_SIGNS > to - at ? to : at + MOST_SIGNS;
  let isGiven = false;
  let isSpaced = false;
  let run: u32 = 0;
  for (; at < limit; at++) {
    const byte = <i32>load<u8>(at);
    if (byte === LF) return false;
    const bits = <i32>load<u8>(table + byte);
    // What may stand between them does so until something is given.
    if ((bits & 2) !== 0 && (isGiven || (bits & 4) === 0)) {
      if (!isGiven) {
        if (!isSpaced) return false;
        isGiven = true;
        if (!takesSpace(start, from, table)) {
          at = behindType(at, limit, table);
          if (at === limit) return false;
          continue;
        }
      }
      if (++run >= least) return true;
    } else {
      run = 0;
      if (byte === 0x20 || byte === 9) isSpaced = true;
      else if (!isGiven && (bits & 4) === 0) return false;
      else if (byte === 0x3d || byte === 0x3a || byte === 0x3e || byte === 0x28 || byte === 0x2c) isGiven = true;
    }
  }
  return false;
}

/** The name begins with `-`, the pattern with `b` (`Bearer`), or `env `, `ine ` (`#define`) or ` -x `, `gx `, `Ux ` stands before the name. */
function takesSpace(start: usize, from: usize, table: usize): bool {
  const first = MOST_NAME > start - from ? from : start - MOST_NAME;
  let at = start;
  while (at > first && (load<u8>(table + load<u8>(at - 1)) & 1) !== 0) at--;
  if (load<u8>(at) === 0x2d || (load<u8>(start) | 32) === 0x62) return true;
  if (at - from < 4) return false;
  const word = load<u32>(at - 4) | 0x00202020;
  if (word === 0x20766e65 || word === 0x20656e69) return true;
  const option = (word >> 8) & 0xff;
  return word >>> 16 === 0x2078 && (option === 0x2d || option === 0x67 || option === 0x75);
}

/** Where the `=` stands behind the one word at `at`, or the two of which the first is `As`; `to` when none does. */
function behindType(at: usize, to: usize, table: usize): usize {
  if (to - at > 3 && (load<u32>(at) & 0x00ffdfdf) === 0x00205341) at += 3;
  while (at < to) {
    const byte = <i32>load<u8>(at);
    if ((load<u8>(table + byte) & 1) === 0 && byte !== 0x2a && byte !== 0x26) break;
    at++;
  }
  while (at < to && load<u8>(at) === 0x20) at++;
  return at < to && load<u8>(at) === 0x3d ? at : to;
}
