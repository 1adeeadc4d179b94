import { addRun, dropRuns, hasNul, keepRuns, SAMPLE } from './dirty-lines';
import { RESULT } from './layout';
import { firstOperation, lengthOf, openDelta, operandsOf, resultSize } from './pack-delta';
import { BAD_DELTA, NO_ROOM, OK } from './status';

const NOWHERE: u32 = u32.MAX_VALUE;

// The tree at hand, and its entry at hand: as far as is known, whole ones lie before it.
let tree: usize = 0;
let treeEnd: usize = 0;
let entry: usize = 0;
let entryEnd: usize = 0;
let idSize: usize = 0;
// The entries that are to be shown and were not yet, one behind the other.
let shown: usize = 0;
let shownEnd: usize = 0;
let object: u32 = 0;

/**
 * Resolves a pack delta of a tree (`mode SP name NUL id`, repeated) and adds those entries of its result that are not wholly brought by one
 * copy (or by copies that continue each other in the base) to the output: a run for those that follow each other. Where no entries follow
 * any more, the rest is one.
 *
 * `to` takes the result (its room is `toSize`), with 32 bytes of room behind it; `idBytes` is the length of an id. Gives a status, and leaves in
 * RESULT, what `applyDelta` does.
 */
export function applyTreeDelta(
  from: usize,
  fromSize: u32,
  delta: usize,
  deltaEnd: usize,
  to: usize,
  toSize: u32,
  number: u32,
  idBytes: u32,
): i32 {
  const opened = openDelta(fromSize, delta, deltaEnd, toSize);
  if (opened !== OK) return opened;
  const size = resultSize;
  const at = firstOperation;
  if (!resolve(from, fromSize, at, deltaEnd, to, size)) return BAD_DELTA;
  tree = to;
  treeEnd = to + size;
  idSize = idBytes;
  object = number;
  entry = to;
  entryEnd = to;
  shown = to;
  shownEnd = to;
  nextEntry();
  if (!show(at, deltaEnd)) {
    dropRuns();
    return NO_ROOM;
  }
  const known: u32 = size < 4 ? (1 << (size << 3)) - 1 : u32.MAX_VALUE;
  store<u32>(RESULT + 12, load<u32>(to) & known);
  store<u32>(RESULT + 16, hasNul(to, min<u32>(size, SAMPLE)) | 2);
  store<u32>(RESULT + 20, 0);
  keepRuns();
  return OK;
}

/** Puts the result together. `false`: the instructions are damaged. */
function resolve(from: usize, fromSize: u32, first: usize, end: usize, to: usize, size: u32): bool {
  let at = first;
  let done: u32 = 0;
  while (at < end) {
    const op = <u32>load<u8>(at++);
    if (op < 128) {
      if (op === 0 || at + op > end || op > size - done) return false;
      memory.copy(to + done, at, op);
      at += op;
      done += op;
      continue;
    }
    const operands = operandsOf(at, op);
    at += popcnt(op & 127);
    const offset = <u32>operands;
    const length = lengthOf(operands);
    if (at > end || offset > fromSize || length > fromSize - offset || length > size - done) return false;
    memory.copy(to + done, from + offset, length);
    done += length;
  }
  return done === size;
}

/** Shows what each insert touches, and each place in an entry where two copies meet that do not continue each other. */
function show(first: usize, end: usize): bool {
  let at = first;
  let done = tree;
  /** Where in the base a copy would continue the last. */
  let next: u32 = NOWHERE;
  while (at < end) {
    const op = <u32>load<u8>(at++);
    if (op < 128) {
      if (!touch(done, done + op)) return false;
      at += op;
      done += op;
      next = NOWHERE;
      continue;
    }
    const operands = operandsOf(at, op);
    at += popcnt(op & 127);
    const length = lengthOf(operands);
    if (next !== NOWHERE && <u32>operands !== next && !touch(done, done)) return false;
    next = <u32>operands + length;
    done += length;
  }
  return flush();
}

/** Shows the entries of which something lies in `start`…`end`, or that have both sides of it when it is empty. Asked in their order. */
function touch(start: usize, end: usize): bool {
  while (entryEnd <= start && entryEnd < treeEnd) nextEntry();
  while (entryEnd > start && entry < end) {
    if (entry !== shownEnd) {
      if (!flush()) return false;
      shown = entry;
    }
    shownEnd = entryEnd;
    if (entryEnd === treeEnd) {
      entry = treeEnd;
      break;
    }
    nextEntry();
  }
  return true;
}

function flush(): bool {
  const size = <u32>(shownEnd - shown);
  if (size === 0) return true;
  const offset = <u32>(shown - tree);
  shown = shownEnd;
  return addRun(tree + offset, size, object, offset);
}

function nextEntry(): void {
  entry = entryEnd;
  let at = entry;
  for (; at < treeEnd; at += 16) {
    const found = i8x16.bitmask(i8x16.eq(v128.load(at), i8x16.splat(0)));
    if (found !== 0) {
      at += ctz(found);
      break;
    }
  }
  entryEnd = at < treeEnd && idSize < treeEnd - at ? at + 1 + idSize : treeEnd;
}
