import { join } from 'node:path';
import type { CommitAuthor, CommitFact } from '../../model/adoption.ts';
import type { SmallInflater } from '../../model/deflate.ts';
import type { Problem } from '../../model/problem.ts';
import { AssayError } from '../../model/problem.ts';
import { authorList } from './author-list.ts';
import { emptyCommit, readCommitAt, readHex } from './commit-in-place.ts';
import { isObjectId } from './commit-object.ts';
import type { Objects } from './objects.ts';
import type { Repository } from './repository.ts';
import { readSmallText } from './small-file.ts';

/** The first-parent line of a commit, newest first: index 0 is the commit itself. */
export interface Mainline {
  readonly length: number;
  id(index: number): string;
  tree(index: number): string;
  /** Seconds since 1970. */
  committedAt(index: number): number;
}

export interface History {
  readonly authors: readonly CommitAuthor[];
  /** When each author's first commit was made, parallel to `authors`. */
  readonly firstAt: readonly number[];
  /** All commits reachable from the tip. */
  readonly total: number;
  /** Those committed at `since` or later, newest first; ties by id. */
  readonly commits: readonly CommitFact[];
  readonly mainline: Mainline;
  /** Time of the newest commit whose parents are cut off; absent when history is whole. */
  readonly wholeSince: number | undefined;
  readonly problems: readonly Problem[];
}

const SIGN_OFF = '\nSigned-off-by: ';

/**
 * All of a commit's history, each commit read once; those committed since a time (seconds since 1970) in full.
 * A parent that is missing ends its line, and is told once. Replacement objects and grafts are not followed.
 * With an `inflater` (that of `objects`) commits are read where it leaves them.
 */
export function readHistory(
  repository: Repository,
  objects: Objects,
  tip: string,
  since: number,
  inflater?: SmallInflater,
): History {
  const idBytes = repository.algorithm === 'sha1' ? 20 : 32;
  const commitIds = references(objects, idBytes);
  const boundary = new Set(shallowBoundary(repository).map((id) => commitIds.of(id)));
  const people = authorList();
  const main = mainLine(idBytes, commitIds.text);
  const commits: CommitFact[] = [];
  const problems: Problem[] = [];
  const commit = emptyCommit();
  const parents: number[] = [];
  const small = inflater === undefined ? undefined : Buffer.from(inflater.bytes.buffer);
  const digits = new Uint8Array(idBytes);
  const lines = [commitIds.of(tip)];
  let total = 0;
  let wholeSince: number | undefined;

  /** Reads a commit to `commit`; gives the bytes that its places are of. */
  const read = (at: number): { readonly bytes: Buffer; readonly end: number } | undefined => {
    if (inflater !== undefined && at >= 0) {
      const size = commitIds.packed.smallCommit(at);
      const end = inflater.start + size;
      if (size !== -1 && readCommitAt(small!, inflater.start, end, idBytes * 2, commit))
        return { bytes: small!, end };
    }
    const id = commitIds.text(at);
    const bytes = readWhole(id, objects, problems);
    if (bytes === undefined || readCommitAt(bytes, 0, bytes.length, idBytes * 2, commit))
      return bytes === undefined ? undefined : { bytes, end: bytes.length };
    problems.push({ code: 'git/damaged-object', message: `commit ${id} cannot be read`, lost: true });
    return undefined;
  };

  // The main line comes first, whole; then the lines that were merged into what was read.
  for (let start = lines.pop(), isMain = true; start !== undefined; start = lines.pop(), isMain = false) {
    let child = 0;
    for (let at: number | undefined = start; at !== undefined && commitIds.isNew(at);) {
      const found = read(at);
      if (found === undefined) {
        wholeSince = Math.max(wholeSince ?? 0, child);
        break;
      }
      const { bytes } = found;
      const { committedAt, parentCount } = commit;
      total++;
      const author = people.numberOf(bytes, commit.authorFrom, commit.authorTo);
      people.seen(author, committedAt);
      for (let i = 0; i < parentCount; i++) {
        readHex(bytes, commit.parents[i]!, digits);
        parents[i] = commitIds.ofBytes(digits);
      }
      if (isMain) {
        readHex(bytes, commit.tree, digits);
        main.push(at, digits, committedAt);
      }
      if (committedAt >= since) {
        const textAt = (from: number): string => bytes.toString('latin1', from, from + idBytes * 2);
        commits.push({
          id: commitIds.text(at),
          tree: textAt(commit.tree),
          parents: commit.parents.slice(0, parentCount).map(textAt),
          author,
          authoredAt: commit.authoredAt,
          committedAt,
          signedOff: bytes.subarray(commit.end, found.end).includes(SIGN_OFF, 0, 'latin1'),
        });
      }
      child = committedAt;
      if (parentCount > 0 && boundary.has(at)) {
        wholeSince = Math.max(wholeSince ?? 0, committedAt);
        break;
      }
      for (let i = parentCount - 1; i > 0; i--) if (!commitIds.isSeen(parents[i]!)) lines.push(parents[i]!);
      at = parentCount > 0 ? parents[0] : undefined;
    }
  }
  commits.sort((a, b) => b.committedAt - a.committedAt || (a.id < b.id ? -1 : 1));
  return {
    authors: people.authors,
    firstAt: people.firstAt,
    total,
    commits,
    mainline: main.line(),
    wholeSince,
    problems: problems.slice(0, 1),
  };
}

/** Commits as numbers: of packed objects their own, below zero of all others. */
function references(objects: Objects, idBytes: number) {
  const packed = objects.packedObjects();
  const seen = new Uint8Array(packed.count);
  const others: string[] = [];
  const numbers = new Map<string, number>();
  const seenOthers = new Set<number>();
  const ofBytes = (id: Uint8Array): number => {
    const found = packed.find(id, 0);
    if (found !== -1) return found;
    const text = Buffer.from(id).toString('hex');
    let number = numbers.get(text);
    if (number === undefined) {
      number = -1 - others.length;
      numbers.set(text, number);
      others.push(text);
    }
    return number;
  };
  const isSeen = (at: number): boolean => (at >= 0 ? seen[at] === 1 : seenOthers.has(at));
  return {
    packed,
    ofBytes,
    of: (id: string): number => ofBytes(Buffer.from(id, 'hex').subarray(0, idBytes)),
    text: (at: number): string => (at >= 0 ? packed.id(at) : others[-1 - at]!),
    isSeen,
    /** Marks it. */
    isNew: (at: number): boolean => {
      if (isSeen(at)) return false;
      if (at >= 0) seen[at] = 1;
      else seenOthers.add(at);
      return true;
    },
  };
}

function mainLine(idBytes: number, textOf: (at: number) => string) {
  const ids: number[] = [];
  const times: number[] = [];
  let trees = new Uint8Array(1024 * idBytes);
  return {
    push: (at: number, tree: Uint8Array, committedAt: number): void => {
      const start = ids.length * idBytes;
      if (start === trees.length) {
        const more = new Uint8Array(trees.length * 2);
        more.set(trees);
        trees = more;
      }
      trees.set(tree, start);
      ids.push(at);
      times.push(committedAt);
    },
    line: (): Mainline => ({
      length: ids.length,
      id: (index) => textOf(ids[index]!),
      tree: (index) => Buffer.from(trees.buffer, index * idBytes, idBytes).toString('hex'),
      committedAt: (index) => times[index]!,
    }),
  };
}

/** Commits whose parents a shallow clone left out. https://git-scm.com/docs/shallow */
function shallowBoundary(repository: Repository): readonly string[] {
  const text = readSmallText(join(repository.commonDir, 'shallow'), 64 * 1024 * 1024) ?? '';
  return text.split('\n').filter((line) => isObjectId(line));
}

/** The bytes of a commit; `undefined`, and a problem, when it is none or cannot be read. */
function readWhole(id: string, objects: Objects, problems: Problem[]): Buffer | undefined {
  try {
    const object = objects.read(id);
    if (object.type === 'commit') return object.bytes;
    problems.push({ code: 'git/damaged-object', message: `commit ${id} cannot be read`, lost: true });
  } catch (error) {
    if (!(error instanceof AssayError)) throw error;
    const { code, message, hint } = error;
    problems.push({ code, message, lost: true, ...(hint === undefined ? {} : { hint }) });
  }
  return undefined;
}
