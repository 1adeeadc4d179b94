import { keyOfDigits } from '../history/id-key.ts';
import type { Column } from './column.ts';
import { column } from './column.ts';

/** What commits say of their place in history, in columns. */
export interface Commits {
  /** Takes in a commit's bytes `start`…`end`, and the key of its id; `false` when it has no tree. */
  read(bytes: Uint8Array, start: number, end: number, object: number, key: number): boolean;
  readonly count: number;
  readonly objects: Column;
  readonly keys: Column;
  /** The key of the commit's root tree. */
  readonly trees: Column;
  /** Seconds since 1970; 0 when malformed. */
  readonly authoredAt: Column;
  readonly committedAt: Column;
  /** The keys of its parents are `parents[firstParent[i]]` … `parents[firstParent[i + 1] - 1]`. */
  readonly firstParent: Column;
  readonly parents: Column;
}

/** No commits yet, column by column. */
export function newCommits(): Omit<Commits, 'read' | 'count'> {
  const commits = {
    objects: column(Uint32Array),
    keys: column(),
    trees: column(),
    authoredAt: column(),
    committedAt: column(),
    firstParent: column(Uint32Array),
    parents: column(),
  };
  commits.firstParent.push(0);
  return commits;
}

export function collectCommits(): Commits {
  const own = newCommits();
  return {
    ...own,
    get count() {
      return own.keys.length;
    },
    read: (bytes, start, end, object, key) => {
      const tree = startsWith(bytes, start, end, TREE) ? keyOfDigits(bytes, start + TREE.length) : Number.NaN;
      if (Number.isNaN(tree)) return false;
      own.objects.push(object);
      own.keys.push(key);
      own.trees.push(tree);
      let authoredAt = 0;
      let committedAt = 0;
      for (let at = lineEnd(bytes, start, end) + 1; at < end && bytes[at] !== LF;) {
        const stop = lineEnd(bytes, at, end);
        if (startsWith(bytes, at, stop, PARENT)) own.parents.push(keyOfDigits(bytes, at + PARENT.length));
        else if (startsWith(bytes, at, stop, AUTHOR)) authoredAt = secondsOf(bytes, at, stop);
        else if (startsWith(bytes, at, stop, COMMITTER)) {
          committedAt = secondsOf(bytes, at, stop);
          break;
        }
        at = stop + 1;
      }
      own.authoredAt.push(authoredAt);
      own.committedAt.push(committedAt);
      own.firstParent.push(own.parents.length);
      return true;
    },
  };
}

const LF = 10;
const ascii = (text: string): Uint8Array => Uint8Array.from(text, (one) => one.charCodeAt(0));
const TREE = ascii('tree ');
const PARENT = ascii('parent ');
const AUTHOR = ascii('author ');
const COMMITTER = ascii('committer ');
/** Digits of an id's key. */
const KEY_DIGITS = 14;

/** Whether a line starts with a word, and goes on as far as an id's key does. */
function startsWith(bytes: Uint8Array, at: number, end: number, word: Uint8Array): boolean {
  if (at + word.length + KEY_DIGITS > end) return false;
  for (let i = 0; i < word.length; i++) if (bytes[at + i] !== word[i]) return false;
  return true;
}

function lineEnd(bytes: Uint8Array, at: number, end: number): number {
  let stop = at;
  while (stop < end && bytes[stop] !== LF) stop++;
  return stop;
}

/** `… <mail> 1700000000 +0100`; 0 when malformed. */
function secondsOf(bytes: Uint8Array, start: number, end: number): number {
  let at = end;
  while (at > start && bytes[at - 1] !== 0x3e) at--;
  let seconds = 0;
  let digits = 0;
  // One space before, one behind.
  for (at++; at < end && bytes[at] !== 0x20; at++, digits++) {
    const digit = bytes[at]! - 0x30;
    if (digit < 0 || digit > 9 || digits === 12) return 0;
    seconds = seconds * 10 + digit;
  }
  return at === end ? 0 : seconds;
}
