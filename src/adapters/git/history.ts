import { join } from 'node:path';
import type { CommitAuthor, CommitFact } from '../../model/adoption.ts';
import type { Problem } from '../../model/problem.ts';
import { AssayError } from '../../model/problem.ts';
import { isObjectId } from './commit-object.ts';
import type { Objects } from './objects.ts';
import type { Repository } from './repository.ts';
import { readSmallText } from './small-file.ts';

/** Holds the header of a commit with a few parents up to its committer. */
const HEAD_BYTES = 400;
/** Holds nearly every commit whole. */
const WHOLE_BYTES = 16 * 1024;

/** The first-parent line of a commit, newest first; the arrays are parallel. */
export interface Mainline {
  readonly ids: readonly string[];
  readonly trees: readonly string[];
  /** Seconds since 1970. */
  readonly committedAt: readonly number[];
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

/**
 * All of a commit's history, each commit read once; those committed since a time (seconds since 1970) in full.
 * A parent that is missing ends its line, and is told once. Replacement objects and grafts are not followed.
 */
export function readHistory(repository: Repository, objects: Objects, tip: string, since: number): History {
  const boundary = shallowBoundary(repository);
  const people = authorList();
  const mainline = { ids: [] as string[], trees: [] as string[], committedAt: [] as number[] };
  const commits: CommitFact[] = [];
  const problems: Problem[] = [];
  const seen = new Set<string>();
  const lines = [tip];
  let total = 0;
  let wholeSince: number | undefined;

  // The main line comes first, whole; then the lines that were merged into what was read.
  for (let start = lines.pop(), main = true; start !== undefined; start = lines.pop(), main = false) {
    let child = 0;
    for (let id: string | undefined = start; id !== undefined && !seen.has(id);) {
      seen.add(id);
      // Where the child is in the window the parent most likely is, and is wanted whole.
      const most: number = child === 0 || child >= since ? WHOLE_BYTES : HEAD_BYTES;
      const commit: CommitFact | undefined = readCommit(id, objects, since, most, people.numberOf, problems);
      if (commit === undefined) {
        wholeSince = Math.max(wholeSince ?? 0, child);
        break;
      }
      total++;
      people.seen(commit.author, commit.committedAt);
      if (commit.committedAt >= since) commits.push(commit);
      if (main) {
        mainline.ids.push(id);
        mainline.trees.push(commit.tree);
        mainline.committedAt.push(commit.committedAt);
      }
      id = undefined;
      child = commit.committedAt;
      if (commit.parents.length > 0 && boundary.has(commit.id)) {
        wholeSince = Math.max(wholeSince ?? 0, commit.committedAt);
        continue;
      }
      id = commit.parents[0];
      for (let i = commit.parents.length - 1; i > 0; i--)
        if (!seen.has(commit.parents[i]!)) lines.push(commit.parents[i]!);
    }
  }
  commits.sort((a, b) => b.committedAt - a.committedAt || (a.id < b.id ? -1 : 1));
  return {
    authors: people.authors,
    firstAt: people.firstAt,
    total,
    commits,
    mainline,
    wholeSince,
    problems: problems.slice(0, 1),
  };
}

/** Commits whose parents a shallow clone left out. https://git-scm.com/docs/shallow */
function shallowBoundary(repository: Repository): ReadonlySet<string> {
  const text = readSmallText(join(repository.commonDir, 'shallow'), 64 * 1024 * 1024) ?? '';
  return new Set(text.split('\n').filter((line) => isObjectId(line)));
}

interface AuthorList {
  readonly authors: readonly CommitAuthor[];
  readonly firstAt: readonly number[];
  /** The index of `NAME <MAIL>`. */
  readonly numberOf: (person: string) => number;
  readonly seen: (author: number, at: number) => void;
}

function authorList(): AuthorList {
  const authors: CommitAuthor[] = [];
  const firstAt: number[] = [];
  const numbers = new Map<string, number>();
  return {
    authors,
    firstAt,
    numberOf: (person) => {
      const found = numbers.get(person);
      if (found !== undefined) return found;
      const start = person.lastIndexOf('<');
      numbers.set(person, authors.length);
      firstAt.push(Infinity);
      authors.push({
        name: person.slice(0, Math.max(0, start)).trim(),
        email: person.slice(start + 1, -1).trim(),
      });
      return authors.length - 1;
    },
    seen: (author, at) => {
      if (at < firstAt[author]!) firstAt[author] = at;
    },
  };
}

function readCommit(
  id: string,
  objects: Objects,
  since: number,
  most: number,
  numberOf: (person: string) => number,
  problems: Problem[],
): CommitFact | undefined {
  try {
    const head = objects.head(id, most);
    const quick = head.type === 'commit' ? parse(id, head.bytes, numberOf) : undefined;
    const isWhole = head.bytes.length < most;
    if (quick !== undefined && quick.committedAt > 0 && (isWhole || quick.committedAt < since)) return quick;
    // Sign-offs stand at the end of the message, and a header may be longer than what was read.
    const object = objects.read(id);
    const commit = object.type === 'commit' ? parse(id, object.bytes, numberOf) : undefined;
    if (commit === undefined)
      problems.push({ code: 'git/damaged-object', message: `commit ${id} cannot be read`, lost: true });
    return commit;
  } catch (error) {
    if (!(error instanceof AssayError)) throw error;
    const { code, message, hint } = error;
    problems.push({ code, message, lost: true, ...(hint === undefined ? {} : { hint }) });
    return undefined;
  }
}

/** https://git-scm.com/docs/git-cat-file */
function parse(id: string, bytes: Buffer, numberOf: (person: string) => number): CommitFact | undefined {
  const end = bytes.indexOf('\n\n');
  const header = headerText(bytes, end === -1 ? bytes.length : end);
  if (!header.startsWith('tree ')) return undefined;
  const parents: string[] = [];
  let at = header.indexOf('\n') + 1;
  const tree = header.slice(5, at - 1);
  while (at > 0 && header.startsWith('parent ', at)) {
    const next = header.indexOf('\n', at);
    parents.push(header.slice(at + 7, next === -1 ? undefined : next));
    at = next + 1;
  }
  const author = lineAt(header, at);
  const committer = lineAt(header, at + author.length + 1);
  if (!isObjectId(tree) || !parents.every(isObjectId) || !author.startsWith('author ')) return undefined;
  const committedAt = secondsOf(committer);
  return {
    id,
    tree,
    parents,
    author: committedAt === 0 && end === -1 ? 0 : numberOf(author.slice(7, author.lastIndexOf('>') + 1)),
    authoredAt: secondsOf(author),
    committedAt,
    signedOff: end !== -1 && bytes.indexOf('\nSigned-off-by: ', end, 'latin1') !== -1,
  };
}

/** UTF-8 as git expects; commits of other encodings say so in a header that few have, and then Latin-1 is the better guess. */
function headerText(bytes: Buffer, end: number): string {
  const text = bytes.toString('utf8', 0, end);
  return text.includes('\uFFFD') ? bytes.toString('latin1', 0, end) : text;
}

function lineAt(text: string, at: number): string {
  const end = text.indexOf('\n', at);
  return text.slice(at, end === -1 ? undefined : end);
}

/** `… <mail> 1700000000 +0100`; 0 when malformed. */
function secondsOf(line: string): number {
  const match = /^ (\d{1,15}) [+-]\d+$/.exec(line.slice(line.lastIndexOf('>') + 1));
  return match === null ? 0 : Number(match[1]);
}
