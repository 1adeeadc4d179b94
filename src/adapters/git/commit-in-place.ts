/** What was read of a commit last; places are those of its bytes. Overwritten by the next. */
export interface CommitInPlace {
  /** Where the tree's id stands, in hexadecimal digits. */
  tree: number;
  /** Where the ids of parents stand; the first `parentCount` count. */
  readonly parents: number[];
  parentCount: number;
  /** `NAME <MAIL>`; empty where it is malformed. */
  authorFrom: number;
  authorTo: number;
  /** Seconds since 1970; 0 when malformed. */
  authoredAt: number;
  committedAt: number;
  /** Where the header ended: the message begins behind. */
  end: number;
}

export function emptyCommit(): CommitInPlace {
  return {
    tree: 0,
    parents: [],
    parentCount: 0,
    authorFrom: 0,
    authorTo: 0,
    authoredAt: 0,
    committedAt: 0,
    end: 0,
  };
}

const NEWLINE = 10;
const TREE = Array.from('tree ', (letter) => letter.charCodeAt(0));
const PARENT = Array.from('parent ', (letter) => letter.charCodeAt(0));
const AUTHOR = Array.from('author ', (letter) => letter.charCodeAt(0));

/**
 * Reads the header of a commit that stands from `from` to `to` of `bytes`, without making text of it; false when it is none.
 * `idDigits` is 40 or 64. https://git-scm.com/docs/git-cat-file
 */
export function readCommitAt(
  bytes: Uint8Array,
  from: number,
  to: number,
  idDigits: number,
  into: CommitInPlace,
): boolean {
  let at = from;
  if (!startsWith(bytes, at, to, TREE) || !isIdLine(bytes, at + TREE.length, to, idDigits)) return false;
  into.tree = at + TREE.length;
  at = into.tree + idDigits + 1;
  into.parentCount = 0;
  while (startsWith(bytes, at, to, PARENT)) {
    at += PARENT.length;
    if (!isIdLine(bytes, at, to, idDigits)) return false;
    into.parents[into.parentCount++] = at;
    at += idDigits + 1;
  }
  if (!startsWith(bytes, at, to, AUTHOR)) return false;
  let end = lineEnd(bytes, at, to);
  const close = lastAngle(bytes, at, end);
  into.authorFrom = at + AUTHOR.length;
  into.authorTo = Math.max(into.authorFrom, close + 1);
  into.authoredAt = secondsIn(bytes, close + 1, end);
  at = end + 1;
  end = at < to ? lineEnd(bytes, at, to) : at;
  into.committedAt = secondsIn(bytes, lastAngle(bytes, at, end) + 1, end);
  into.end = Math.min(end, to);
  return true;
}

function startsWith(bytes: Uint8Array, at: number, to: number, word: readonly number[]): boolean {
  if (at + word.length > to) return false;
  for (let i = 0; i < word.length; i++) if (bytes[at + i] !== word[i]) return false;
  return true;
}

/** Whether an id of lower-case hexadecimal digits stands here, to the end of its line. */
function isIdLine(bytes: Uint8Array, at: number, to: number, digits: number): boolean {
  const end = at + digits;
  if (end > to || (end < to && bytes[end] !== NEWLINE)) return false;
  for (let i = at; i < end; i++) {
    const byte = bytes[i]!;
    if (byte < 48 || byte > 102 || (byte > 57 && byte < 97)) return false;
  }
  return true;
}

function lineEnd(bytes: Uint8Array, from: number, to: number): number {
  let at = from;
  while (at < to && bytes[at] !== NEWLINE) at++;
  return at;
}

/** Where the last `>` stands; before `from` when there is none. */
function lastAngle(bytes: Uint8Array, from: number, to: number): number {
  let at = to - 1;
  while (at >= from && bytes[at] !== 62) at--;
  return at;
}

/** ` 1700000000 +0100`, and nothing else; 0 when malformed. */
function secondsIn(bytes: Uint8Array, from: number, to: number): number {
  let at = from;
  if (at >= to || bytes[at++] !== 32) return 0;
  let seconds = 0;
  const first = at;
  for (; at < to && isDigit(bytes[at]!); at++) seconds = seconds * 10 + bytes[at]! - 48;
  if (at === first || at - first > 15 || at + 2 >= to || bytes[at++] !== 32) return 0;
  const sign = bytes[at++]!;
  if ((sign !== 43 && sign !== 45) || at >= to) return 0;
  while (at < to && isDigit(bytes[at]!)) at++;
  return at === to ? seconds : 0;
}

const isDigit = (byte: number): boolean => byte >= 48 && byte <= 57;

/** Hexadecimal digits as bytes; they must be digits. */
export function readHex(from: Uint8Array, at: number, into: Uint8Array): void {
  for (let i = 0; i < into.length; i++)
    into[i] = (nibble(from[at + i * 2]!) << 4) | nibble(from[at + i * 2 + 1]!);
}

const nibble = (byte: number): number => (byte & 15) + (byte >> 6) * 9;
