import { RESULT } from './layout';

/** What `applyDelta` gives. */
const OK: i32 = 0;
const DAMAGED: i32 = 5;
const WRONG_BASE: i32 = 6;
const NO_ROOM: i32 = 7;
const TOO_LARGE: i32 = 8;

const LF: i32 = 10;
/** Git calls a file binary that has a NUL among so many bytes at its start. */
const SAMPLE: u32 = 8000;
const RUN_BYTES: usize = 16;

// The delta at hand: its base, and where its text goes (0: nowhere, the object is the base of none).
let base: usize = 0;
let baseSize: u32 = 0;
let target: usize = 0;
let targetSize: u32 = 0;
let written: u32 = 0;
/** The last byte written; a line end before the first. */
let lastByte: i32 = LF;
/** The first four bytes of the result, little-endian. */
let firstBytes: u32 = 0;
/** How many of the result's first SAMPLE bytes are in dirty runs, and whether one of those is a NUL. */
let sampled: u32 = 0;
let nul: u32 = 0;

// The dirty runs: where the text of the next goes, and its record.
let out: usize = 0;
let outEnd: usize = 0;
let runStart: usize = 0;
let runOffset: u32 = 0;
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
  runStart = out;
  runOffset = 0;
  object = number;
  out += size;
  closeRun();
  saveOutput();
  return OK;
}

/**
 * The size that a delta says its result has, for the caller to make room; 0xffffffff when that is no size below 4 GiB
 * or the delta is for a base of another size.
 */
export function deltaTargetSize(delta: usize, deltaEnd: usize, sizeOfBase: u32): u32 {
  const stated = readSize(delta, deltaEnd);
  if (stated !== <u64>sizeOfBase) return u32.MAX_VALUE;
  const size = readSize(after, deltaEnd);
  return size >= u32.MAX_VALUE ? u32.MAX_VALUE : <u32>size;
}

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

/**
 * Resolves a pack delta against its base and adds the lines that it brought in to the output.
 *
 * A line of the result is clean when it lies wholly in one copy (or in copies that continue each other in the base), and is
 * a whole line of the base: where the copy begins with it, a line begins in both; where the copy ends with it, it ends with
 * a line end or is the end of both. All else is dirty. Of a line longer than `limit`, only so much on both sides of what
 * changed. By this rule every stretch of a line of at most `limit` bytes is seen in some object of the chain.
 *
 * `to` takes the result (0: it is not wanted), with 32 bytes of room behind it. `ends` is the byte that ends lines; 256:
 * none does, and `limit` bytes are shown on both sides of each change. Gives 0, or why not: 5 damaged, 6 for another base,
 * 7 no room in the output (nothing was added: flush it and call again), 8 the result would be larger than `toSize`.
 * RESULT: +12 the first four bytes of the result, little-endian; +16 bit 0: a NUL is among those of its first 8000 bytes
 * that are dirty, bit 1: all of these are.
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
): i32 {
  if (readSize(delta, deltaEnd) !== <u64>fromSize) return WRONG_BASE;
  const stated = readSize(after, deltaEnd);
  if (stated > <u64>toSize) return TOO_LARGE;
  base = from;
  baseSize = fromSize;
  target = to;
  targetSize = <u32>stated;
  written = 0;
  lineEnd = ends;
  reach = limit;
  lastByte = ends;
  object = number;
  firstBytes = 0;
  sampled = 0;
  nul = 0;
  const outBefore = out;
  const runBefore = run;
  runStart = out;
  runOffset = 0;
  const status = instructions(after, deltaEnd);
  if (status === OK) {
    closeRun();
    if (out > outEnd || run > runsEnd) {
      out = outBefore;
      run = runBefore;
      return NO_ROOM;
    }
    saveOutput();
    store<u32>(RESULT + 12, firstBytes);
    store<u32>(RESULT + 16, nul | (<u32>(sampled >= min<u32>(targetSize, SAMPLE)) << 1));
    return OK;
  }
  out = outBefore;
  run = runBefore;
  return status;
}

function instructions(at: usize, end: usize): i32 {
  // A copy that waits to see whether the next continues it.
  let copyFrom: u32 = 0;
  let copySize: u32 = 0;
  while (at < end) {
    const op = <u32>load<u8>(at++);
    if (op >= 128) {
      // The operands are read from what may be behind the end; `at` says so afterwards.
      let offset: u32 = 0;
      let size: u32 = 0;
      if (op & 1) offset = load<u8>(at++);
      if (op & 2) offset |= <u32>load<u8>(at++) << 8;
      if (op & 4) offset |= <u32>load<u8>(at++) << 16;
      if (op & 8) offset |= <u32>load<u8>(at++) << 24;
      if (op & 16) size = load<u8>(at++);
      if (op & 32) size |= <u32>load<u8>(at++) << 8;
      if (op & 64) size |= <u32>load<u8>(at++) << 16;
      if (size === 0) size = 0x10000;
      if (at > end || offset > baseSize || size > baseSize - offset) return DAMAGED;
      if (size > targetSize - written - copySize) return DAMAGED;
      if (copySize > 0 && copyFrom + copySize === offset) {
        copySize += size;
        continue;
      }
      if (copySize > 0 && !copy(copyFrom, copySize)) return NO_ROOM;
      copyFrom = offset;
      copySize = size;
      continue;
    }
    if (op === 0 || at + op > end || op > targetSize - written - copySize) return DAMAGED;
    if (copySize > 0) {
      if (!copy(copyFrom, copySize)) return NO_ROOM;
      copySize = 0;
    }
    if (!show(at, op)) return NO_ROOM;
    if (written < 4) begin(at, op);
    if (target !== 0) move(target + written, at, op);
    written += op;
    at += op;
    lastByte = load<u8>(at - 1);
  }
  if (copySize > 0 && !copy(copyFrom, copySize)) return NO_ROOM;
  return written === targetSize ? OK : DAMAGED;
}

/** Copies from the base, and shows of it what is not a whole line of both. */
function copy(offset: u32, size: u32): bool {
  const from = base + offset;
  if (written < 4) begin(from, size);
  if (target !== 0) move(target + written, from, size);
  written += size;
  const most = min<u32>(size, reach);
  let head: u32 = 0;
  if (lastByte !== lineEnd || (offset !== 0 && <i32>load<u8>(from - 1) !== lineEnd))
    head = toLineEnd(from, most);
  lastByte = load<u8>(from + size - 1);
  let tail: u32 = 0;
  if (lastByte !== lineEnd && (written !== targetSize || offset + size !== baseSize))
    tail = fromLineStart(from + size, most);
  if (<u64>head + <u64>tail >= <u64>size) return show(from, size);
  if (head > 0 && !show(from, head)) return false;
  closeRun();
  runOffset = written - tail;
  runStart = out;
  return tail === 0 || show(from + size - tail, tail);
}

function begin(from: usize, size: u32): void {
  for (let i = written; i < 4 && i - written < size; i++)
    firstBytes |= <u32>load<u8>(from + (i - written)) << (i << 3);
}

/** Bytes up to and with the first line end; `most` when there is none among so many. */
@inline
function toLineEnd(from: usize, most: u32): u32 {
  if (lineEnd === 256) return most;
  const wanted = i8x16.splat(<i8>lineEnd);
  for (let i: u32 = 0; i < most; i += 16) {
    const found = i8x16.bitmask(i8x16.eq(v128.load(from + i), wanted));
    if (found !== 0) return min<u32>(i + ctz(found) + 1, most);
  }
  return most;
}

/** Bytes behind the last line end before `end`; `most` when there is none among so many. */
@inline
function fromLineStart(end: usize, most: u32): u32 {
  if (lineEnd === 256) return most;
  const wanted = i8x16.splat(<i8>lineEnd);
  for (let i: u32 = 0; i < most; i += 16) {
    const found = i8x16.bitmask(i8x16.eq(v128.load(end - i - 16), wanted));
    if (found !== 0) return min<u32>(i + clz(found) - 16, most);
  }
  return most;
}

/** Adds bytes to the run at hand. */
@inline
function show(from: usize, size: u32): bool {
  if (out + size >= outEnd) return false;
  move(out, from, size);
  out += size;
  return true;
}

/** Ends the run at hand, if there is anything in it. */
@inline
function closeRun(): void {
  if (out === runStart) return;
  if (run < runsEnd) {
    store<u32>(run, <u32>runStart);
    store<u32>(run, <u32>(out - runStart), 4);
    store<u32>(run, object, 8);
    store<u32>(run, runOffset, 12);
  }
  run += RUN_BYTES;
  if (runOffset < SAMPLE) {
    const size = min<u32>(<u32>(out - runStart), SAMPLE - runOffset);
    sampled += size;
    nul |= hasNul(runStart, size);
  }
  store<u8>(out++, LF);
}

/** 1 when there is a NUL among the bytes, else 0. */
export function hasNul(from: usize, size: u32): u32 {
  const end = from + size;
  for (; from + 16 <= end; from += 16) if (!i8x16.all_true(v128.load(from))) return 1;
  for (; from < end; from++) if (load<u8>(from) === 0) return 1;
  return 0;
}

/** Short copies in whole steps: they write up to 15 bytes behind, where there is room for it. */
@inline
function move(to: usize, from: usize, size: u32): void {
  if (size > 128) {
    memory.copy(to, from, size);
    return;
  }
  const end = to + size;
  do {
    v128.store(to, v128.load(from));
    to += 16;
    from += 16;
  } while (to < end);
}
