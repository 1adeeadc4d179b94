/**
 * Looks for many patterns at once: an Aho–Corasick automaton over classes of bytes.
 *
 * `classes` gives each byte its class, `table` each state its row of next states, one u16 for each class and 1 << `shift`
 * bytes a row. A state in which patterns end has the bit `accept` in its number; the first state is 0.
 * The text is read at four places at once, for one step waits for the one before it; each place but the first starts
 * `warm` bytes earlier (the longest pattern less one), so that it knows what began before it.
 *
 * Hits are pairs of u32, where the pattern's last byte is (an address) and the state, in order; `hits` has room for one hit
 * a byte of text. With `before`, as many bytes before `text` are read first as have been searched already (at most `warm`).
 * Gives the number of hits.
 */
export function search(
  text: usize,
  end: usize,
  before: u32,
  table: usize,
  shift: u32,
  classes: usize,
  accept: u32,
  warm: u32,
  hits: usize,
): u32 {
  const size = end - text;
  const quarter = (size >> 2) & ~7;
  let hit = hits;
  if (<u32>quarter <= warm + 8) {
    let state: u32 = start(text, before, table, shift, classes);
    return ((one(text, end, state, table, shift, classes, accept, hits) - hits) >> 3) as u32;
  }
  let at0 = text;
  let at1 = text + quarter;
  let at2 = at1 + quarter;
  let at3 = at2 + quarter;
  let state0: u32 = start(at0, before, table, shift, classes);
  let state1: u32 = start(at1, warm, table, shift, classes);
  let state2: u32 = start(at2, warm, table, shift, classes);
  let state3: u32 = start(at3, warm, table, shift, classes);
  // Each place writes its hits where no other can come, and the gaps are closed at the end.
  let hit1 = hits + (quarter << 3);
  let hit2 = hit1 + (quarter << 3);
  let hit3 = hit2 + (quarter << 3);
  const first1 = hit1;
  const first2 = hit2;
  const first3 = hit3;
  for (const stop = at1; at0 < stop; ) {
    let word0 = load<u32>(at0);
    let word1 = load<u32>(at1);
    let word2 = load<u32>(at2);
    let word3 = load<u32>(at3);
    for (const next = at0 + 4; at0 < next; ) {
      state0 = load<u16>(table + (state0 << shift) + (<usize>load<u8>(classes + (word0 & 255)) << 1));
      state1 = load<u16>(table + (state1 << shift) + (<usize>load<u8>(classes + (word1 & 255)) << 1));
      state2 = load<u16>(table + (state2 << shift) + (<usize>load<u8>(classes + (word2 & 255)) << 1));
      state3 = load<u16>(table + (state3 << shift) + (<usize>load<u8>(classes + (word3 & 255)) << 1));
      if (((state0 | state1 | state2 | state3) & accept) !== 0) {
        if ((state0 & accept) !== 0) hit = note(hit, at0, state0);
        if ((state1 & accept) !== 0) hit1 = note(hit1, at1, state1);
        if ((state2 & accept) !== 0) hit2 = note(hit2, at2, state2);
        if ((state3 & accept) !== 0) hit3 = note(hit3, at3, state3);
      }
      word0 >>= 8;
      word1 >>= 8;
      word2 >>= 8;
      word3 >>= 8;
      at0++;
      at1++;
      at2++;
      at3++;
    }
  }
  hit3 = one(at3, end, state3, table, shift, classes, accept, hit3);
  hit = append(hit, first1, hit1);
  hit = append(hit, first2, hit2);
  hit = append(hit, first3, hit3);
  return ((hit - hits) >> 3) as u32;
}

/** The state before `at`, of the bytes just before it. */
@inline
function start(at: usize, count: u32, table: usize, shift: u32, classes: usize): u32 {
  let state: u32 = 0;
  for (let from = at - count; from < at; from++)
    state = load<u16>(table + (state << shift) + (<usize>load<u8>(classes + load<u8>(from)) << 1));
  return state;
}

function one(
  at: usize,
  end: usize,
  state: u32,
  table: usize,
  shift: u32,
  classes: usize,
  accept: u32,
  hit: usize,
): usize {
  for (; at < end; at++) {
    state = load<u16>(table + (state << shift) + (<usize>load<u8>(classes + load<u8>(at)) << 1));
    if ((state & accept) !== 0) hit = note(hit, at, state);
  }
  return hit;
}

@inline
function note(hit: usize, at: usize, state: u32): usize {
  store<u32>(hit, <u32>at);
  store<u32>(hit, state, 4);
  return hit + 8;
}

@inline
function append(hit: usize, from: usize, end: usize): usize {
  memory.copy(hit, from, end - from);
  return hit + (end - from);
}
