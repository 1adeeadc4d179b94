import { leaveOut, recordsEnd, textEnd } from './known-runs';
import { RESULT, SPREAD } from './layout';
import { firstOperation, openDelta, resultSize } from './pack-delta';
import { BAD_DELTA, NO_ROOM, OK } from './status';

const LF: i32 = 10;
/** Git calls a file binary that has a NUL among so many bytes at its start. */
export const SAMPLE: u32 = 8000;
const RUN_BYTES: usize = 16;
/** Copies of at most so many bytes are looked at in one go, and so many bytes are written to the output for them. */
const SHORT: u32 = 64;

// The delta at hand: its base, and where its text goes (0: nowhere, the object is the base of none).
let base: usize = 0;
let baseSize: u32 = 0;
let target: usize = 0;
let targetSize: u32 = 0;
/** The first four bytes of the result, little-endian. */
let firstBytes: u32 = 0;
/** How many of the result's first SAMPLE bytes are in dirty runs, and whether one of those is a NUL. */
let sampled: u32 = 0;
let nul: u32 = 0;

// The dirty runs: where the text of the next goes, and its record.
let out: usize = 0;
let outEnd: usize = 0;
let run: usize = 0;
let runsEnd: usize = 0;
let object: u32 = 0;

// What ends a line (256: nothing does), and how far a long line is followed.
let lineEnd: i32 = LF;
let reach: u32 = 4096;

/**
 * Sets where dirty runs go from now on: their text at `text`…`textEnd`, their records at `records`…`recordsEnd`.
 * A record is four u32: address of the text, its length, the object, and the text's offset in the object.
 * A line end that is not part of it follows each run. RESULT: +4 where text, +8 where records end.
 */
export function setOutput(text: usize, textEnd: usize, records: usize, recordsEnd: usize): void {
  out = text;
  outEnd = textEnd;
  run = records;
  runsEnd = recordsEnd;
  saveOutput();
}

function saveOutput(): void {
  store<u32>(RESULT + 4, <u32>out);
  store<u32>(RESULT + 8, <u32>run);
}

/** Adds a whole object as one run; it may lie there already. Gives 0, or 7 when there is no room. */
export function emitWhole(from: usize, size: u32, number: u32): i32 {
  if (size === 0) return OK;
  if (out + size + 1 > outEnd || run + RUN_BYTES > runsEnd) return NO_ROOM;
  if (out !== from) memory.copy(out, from, size);
  object = number;
  out = closeRun(out, out + size, 0);
  saveOutput();
  return OK;
}

/** Adds a run of an object whose other runs may come; `false` when there is no room. It counts when `keepRuns` says so. */
export function addRun(from: usize, size: u32, number: u32, offset: u32): bool {
  if (out + size + 1 > outEnd || run + RUN_BYTES > runsEnd) return false;
  memory.copy(out, from, size);
  object = number;
  out = closeRun(out, out + size, offset);
  return true;
}

export function keepRuns(): void {
  store<u32>(RESULT + 24, (<u32>run - load<u32>(RESULT + 8)) >> 4);
  saveOutput();
}

export function dropRuns(): void {
  out = <usize>load<u32>(RESULT + 4);
  run = <usize>load<u32>(RESULT + 8);
}

/**
 * Resolves a pack delta against its base and adds the lines that it brought in to the output.
 *
 * A line of the result is clean when it lies wholly in one copy (or in copies that continue each other in the base), and is
 * a whole line of the base: where the copy begins with it, a line begins in both; where the copy ends with it, it ends with
 * a line end or is the end of both. All else is dirty. Of a line longer than `limit`, only so much on both sides of what
 * changed. By this rule every stretch of a line of at most `limit` bytes is seen in some object of the chain.
 *
 * `to` takes the result (0: it is not wanted), with 32 bytes of room behind it. `ends` is the byte that ends lines; 256:
 * none does, and `limit` bytes are shown on both sides of each change. Runs whose text is remembered at `quiet` (0: none is) are left
 * out. Gives 0, or why not: 5 damaged, 6 for another base,
 * 7 no room in the output (nothing was added: flush it and call again), 8 the result would be larger than `toSize`.
 * RESULT: +12 the first four bytes of the result, little-endian; +16 bit 0: a NUL is among those of its first 8000 bytes
 * that are dirty, bit 1: all of these are; +20 bytes of the runs that were left out; +24 how many were not.
 */
export function applyDelta(
  from: usize,
  fromSize: u32,
  delta: usize,
  deltaEnd: usize,
  to: usize,
  toSize: u32,
  number: u32,
  ends: i32,
  limit: u32,
  quiet: usize,
): i32 {
  const opened = openDelta(fromSize, delta, deltaEnd, toSize);
  if (opened !== OK) return opened;
  base = from;
  baseSize = fromSize;
  target = to;
  targetSize = resultSize;
  lineEnd = ends;
  reach = limit;
  object = number;
  firstBytes = 0;
  sampled = 0;
  nul = 0;
  const outBefore = out;
  const runBefore = run;
  const status = instructions(firstOperation, deltaEnd);
  if (status !== OK) {
    run = runBefore;
    return status;
  }
  let leftOut: u32 = 0;
  if (quiet !== 0) {
    leftOut = leaveOut(outBefore, runBefore, run, quiet);
    out = textEnd;
    run = recordsEnd;
  }
  saveOutput();
  store<u32>(RESULT + 12, firstBytes);
  store<u32>(RESULT + 16, nul | (<u32>(sampled >= min<u32>(targetSize, SAMPLE)) << 1));
  store<u32>(RESULT + 20, leftOut);
  store<u32>(RESULT + 24, <u32>(run - runBefore) >> 4);
  return OK;
}

/** Locals where globals would do: this is where the time goes. Tens of millions of copies are shorter than 64 bytes. */
function instructions(at: usize, end: usize): i32 {
  const wanted = i8x16.splat(<i8>lineEnd);
  const lines: u64 = lineEnd === 256 ? 0 : u64.MAX_VALUE;
  const ends = lineEnd;
  const most = reach;
  const short: u32 = most < SHORT ? 0 : SHORT;
  const size = targetSize;
  const limit = outEnd;
  let text = out;
  let start = text;
  let startOffset: u32 = 0;
  let done: u32 = 0;
  let last: i32 = ends;
  // A copy that waits to see whether the next continues it.
  let offset: u32 = 0;
  let length: u32 = 0;
  while (true) {
    const isLast = at >= end;
    let op: u32 = 0;
    let nextOffset: u32 = 0;
    let nextLength: u32 = 0;
    if (!isLast) {
      op = load<u8>(at++);
      if (op >= 128) {
        // Spread over two numbers without a branch: which operands there are is as good as random.
        const operands = i8x16.swizzle(v128.load64_zero(at), v128.load64_zero(SPREAD + ((op & 127) << 3)));
        at += popcnt(op & 127);
        nextOffset = i32x4.extract_lane(operands, 0);
        nextLength = i32x4.extract_lane(operands, 1);
        if (nextLength === 0) nextLength = 0x10000;
        if (at > end || nextOffset > baseSize || nextLength > baseSize - nextOffset) return BAD_DELTA;
        if (nextLength > size - done - length) return BAD_DELTA;
        if (length > 0 && offset + length === nextOffset) {
          length += nextLength;
          continue;
        }
      } else if (op === 0 || at + op > end || op > size - done - length) return BAD_DELTA;
    }
    if (length > 0) {
      const from = base + offset;
      const before = done;
      if (before < 4) begin(before, from, length);
      if (target !== 0) move(target + before, from, length);
      done += length;
      const starts = <u32>(last === ends) & (<u32>(offset === 0) | <u32>(<i32>load<u8>(from - 1) === ends));
      last = load<u8>(from + length - 1);
      const stops = <u32>(last === ends) | (<u32>(done === size) & <u32>(offset + length === baseSize));
      let head: u32 = 0;
      let tail: u32 = 0;
      if (length <= short) {
        if (text + length + 1 >= limit) return NO_ROOM;
        const a = v128.load(from);
        const b = v128.load(from, 16);
        const c = v128.load(from, 32);
        const d = v128.load(from, 48);
        v128.store(text, a);
        v128.store(text, b, 16);
        v128.store(text, c, 32);
        v128.store(text, d, 48);
        const low = ends16(a, wanted) | (ends16(b, wanted) << 16);
        const high = ends16(c, wanted) | (ends16(d, wanted) << 16);
        const found = (low | (high << 32)) & lines & (u64.MAX_VALUE >> <u64>(SHORT - length));
        head = starts !== 0 ? 0 : min<u32>(length, <u32>ctz(found) + 1);
        tail = stops !== 0 ? 0 : length - SHORT + <u32>clz(found);
        if (head + tail >= length) text += length;
        else {
          text += head;
          if (text !== start) text = closeRun(start, text, startOffset);
          start = text;
          startOffset = done - tail;
          if (tail > 0) move(text, from + length - tail, tail);
          text += tail;
        }
      } else {
        const reached = min<u32>(length, most);
        if (starts === 0) head = lines === 0 ? reached : toLineEnd(from, reached, wanted);
        if (stops === 0 && head !== length)
          tail = lines === 0 ? reached : fromLineStart(from + length, reached, wanted);
        if (<u64>head + <u64>tail >= <u64>length) {
          if (text + length >= limit) return NO_ROOM;
          move(text, from, length);
          text += length;
        } else {
          if (text + head + tail + 1 >= limit) return NO_ROOM;
          if (head > 0) move(text, from, head);
          text += head;
          if (text !== start) text = closeRun(start, text, startOffset);
          start = text;
          startOffset = done - tail;
          if (tail > 0) move(text, from + length - tail, tail);
          text += tail;
        }
      }
      length = 0;
    }
    if (isLast) break;
    if (op >= 128) {
      offset = nextOffset;
      length = nextLength;
      continue;
    }
    if (text + op >= limit) return NO_ROOM;
    if (done < 4) begin(done, at, op);
    move(text, at, op);
    if (target !== 0) move(target + done, at, op);
    text += op;
    done += op;
    at += op;
    last = load<u8>(at - 1);
  }
  if (done !== size) return BAD_DELTA;
  if (text !== start) text = closeRun(start, text, startOffset);
  if (text > limit || run > runsEnd) return NO_ROOM;
  out = text;
  return OK;
}

/** Keeps what there is of the result's first four bytes. */
function begin(done: u32, from: usize, length: u32): void {
  for (let i = done; i < 4 && i - done < length; i++)
    firstBytes |= <u32>load<u8>(from + (i - done)) << (i << 3);
}

/** Bytes up to and with the first line end; `most` when there is none among so many. */
@inline
function toLineEnd(from: usize, most: u32, wanted: v128): u32 {
  for (let i: u32 = 0; i < most; i += 16) {
    const found = i8x16.bitmask(i8x16.eq(v128.load(from + i), wanted));
    if (found !== 0) return min<u32>(i + ctz(found) + 1, most);
  }
  return most;
}

/** Bytes behind the last line end before `end`; `most` when there is none among so many. */
@inline
function fromLineStart(end: usize, most: u32, wanted: v128): u32 {
  for (let i: u32 = 0; i < most; i += 16) {
    const found = i8x16.bitmask(i8x16.eq(v128.load(end - i - 16), wanted));
    if (found !== 0) return min<u32>(i + clz(found) - 16, most);
  }
  return most;
}

/** Records a run, and gives where the text of the next goes. */
function closeRun(start: usize, end: usize, offset: u32): usize {
  if (offset < SAMPLE) {
    const size = min<u32>(<u32>(end - start), SAMPLE - offset);
    sampled += size;
    nul |= hasNul(start, size);
  }
  if (run < runsEnd) {
    store<u32>(run, <u32>start);
    store<u32>(run, <u32>(end - start), 4);
    store<u32>(run, object, 8);
    store<u32>(run, offset, 12);
  }
  run += RUN_BYTES;
  store<u8>(end, LF);
  return end + 1;
}

/** 1 when there is a NUL among the bytes, else 0. */
export function hasNul(from: usize, size: u32): u32 {
  const end = from + size;
  for (; from + 16 <= end; from += 16) if (!i8x16.all_true(v128.load(from))) return 1;
  for (; from < end; from++) if (load<u8>(from) === 0) return 1;
  return 0;
}

/** Short copies in whole steps: they write up to 31 bytes behind, where there is room for it. */
@inline
function move(to: usize, from: usize, size: u32): void {
  if (size > 256) {
    memory.copy(to, from, size);
    return;
  }
  const end = to + size;
  do {
    v128.store(to, v128.load(from));
    v128.store(to, v128.load(from, 16), 16);
    to += 32;
    from += 32;
  } while (to < end);
}

/** A bit for each of 16 bytes that is a line end. */
@inline
function ends16(bytes: v128, wanted: v128): u64 {
  return <u64>(<u32>i8x16.bitmask(i8x16.eq(bytes, wanted)));
}
