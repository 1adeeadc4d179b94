/**
 * Drops hits whose surroundings say that they cannot be what is looked for, before anyone else looks at them.
 *
 * `programs` has for each accepting state (its number without the bit `accept`) the address of its program, or 0: such hits
 * are kept. A program is a number of u32: how many alternatives; of each the bytes of its pattern, and how many conditions;
 * of each condition five: which side (0 after the pattern, 1 before it), the address of a table of 256 bytes, the least and
 * the most bytes of the run, and whether a byte must follow. In the table bit 0 says that a byte belongs to the run, bit 1
 * that it may follow it. A hit is kept when one of its alternatives has all of its conditions.
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
      if (all)
        all =
          load<u32>(word) === 0
            ? after(at + 1, end, load<u32>(word, 4), load<u32>(word, 8), load<u32>(word, 12), load<u32>(word, 16))
            : before(start, from, load<u32>(word, 4), load<u32>(word, 8), load<u32>(word, 12), load<u32>(word, 16));
      word += 20;
    }
    if (all) return true;
  }
  return false;
}

function after(start: usize, end: usize, table: usize, least: u32, most: u32, follows: u32): bool {
  let limit = start + most;
  if (limit > end) limit = end;
  let at = start;
  while (at < limit && (load<u8>(table + load<u8>(at)) & 1) !== 0) at++;
  if (<u32>(at - start) < least) return false;
  return follows === 0 || (load<u8>(table + (at < end ? <usize>load<u8>(at) : LF)) & 2) !== 0;
}

function before(end: usize, from: usize, table: usize, least: u32, most: u32, follows: u32): bool {
  let limit = end - most;
  if (most > end - from) limit = from;
  let at = end;
  while (at > limit && (load<u8>(table + load<u8>(at - 1)) & 1) !== 0) at--;
  if (<u32>(end - at) < least) return false;
  return follows === 0 || (load<u8>(table + (at > from ? <usize>load<u8>(at - 1) : LF)) & 2) !== 0;
}
