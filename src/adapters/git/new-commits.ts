import type { Problem } from '../../model/problem.ts';
import { AssayError } from '../../model/problem.ts';
import type { CommitObject } from './commit-object.ts';
import { parseCommit } from './commit-object.ts';
import type { Objects } from './objects.ts';

/** Commits that are looked at beyond the last new one, in case that clocks were wrong; git does the same. */
const SLOP = 5;

interface Node {
  readonly id: string;
  readonly commit: CommitObject;
  old: boolean;
}

/**
 * Ids of the commits that `to` leads to and none of `without` does, newest first. Walks back by date and only as far as new
 * and old still mix, so that a few commits on top of a long history cost little. Where committers' clocks are wrong by much,
 * a commit that is old may be among them; none that is new is ever missing.
 * A commit of `to`'s side that cannot be read (a shallow clone's end) is a problem and ends its line.
 */
export function newCommits(
  objects: Objects,
  to: readonly string[],
  without: readonly string[],
  problems: Problem[],
): readonly string[] {
  const known = new Map<string, Node | undefined>();
  const queue = newestFirst();
  /** Commits in the queue that are not known to be old. */
  let open = 0;
  const meet = (id: string, old: boolean): void => {
    if (known.has(id)) {
      const node = known.get(id);
      if (old && node !== undefined && !node.old) open -= age(node, known, queue);
      return;
    }
    const commit = readCommit(objects, id, old ? [] : problems);
    const node = commit === undefined ? undefined : { id, commit, old };
    known.set(id, node);
    if (node === undefined) return;
    queue.add(node);
    if (!old) open++;
  };
  for (const id of without) meet(id, true);
  for (const id of to) meet(id, false);
  const found: Node[] = [];
  let oldest = Number.POSITIVE_INFINITY;
  let slop = SLOP;
  for (let node = queue.next(); node !== undefined; node = queue.next()) {
    if (!node.old) {
      open--;
      found.push(node);
      oldest = Math.min(oldest, node.commit.committedAt);
    }
    for (const parent of node.commit.parents) meet(parent, node.old);
    if (open > 0) slop = SLOP;
    else if (found.length === 0 || (node.commit.committedAt < oldest && --slop === 0)) break;
  }
  return found.filter(({ old }) => !old).map(({ id }) => id);
}

/** Marks a commit as old, and what of its past was met; gives how many of them wait in the queue. */
function age(from: Node, known: ReadonlyMap<string, Node | undefined>, queue: Queue): number {
  let waiting = 0;
  const stack = [from];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (node.old) continue;
    node.old = true;
    if (queue.has(node)) waiting++;
    for (const parent of node.commit.parents) {
      const met = known.get(parent);
      if (met !== undefined) stack.push(met);
    }
  }
  return waiting;
}

function readCommit(objects: Objects, id: string, problems: Problem[]): CommitObject | undefined {
  try {
    const { type, bytes } = objects.read(id);
    return type === 'commit' ? parseCommit(bytes) : undefined;
  } catch (error) {
    if (!(error instanceof AssayError)) throw error;
    const { code, message, hint } = error;
    problems.push({ code, message, lost: true, ...(hint === undefined ? {} : { hint }) });
    return undefined;
  }
}

interface Queue {
  add(node: Node): void;
  next(): Node | undefined;
  has(node: Node): boolean;
}

/** A heap; of two commits of one second, the one that was met first comes first. */
function newestFirst(): Queue {
  const heap: { readonly node: Node; readonly met: number }[] = [];
  const inside = new Set<Node>();
  let met = 0;
  const before = (a: number, b: number): boolean => {
    const x = heap[a]!;
    const y = heap[b]!;
    return x.node.commit.committedAt === y.node.commit.committedAt
      ? x.met < y.met
      : x.node.commit.committedAt > y.node.commit.committedAt;
  };
  const swap = (a: number, b: number): void => {
    [heap[a], heap[b]] = [heap[b]!, heap[a]!];
  };
  return {
    has: (node) => inside.has(node),
    add: (node) => {
      heap.push({ node, met: met++ });
      inside.add(node);
      for (let at = heap.length - 1; at > 0;) {
        const parent = (at - 1) >> 1;
        if (!before(at, parent)) break;
        swap(at, parent);
        at = parent;
      }
    },
    next: () => {
      const first = heap[0];
      if (first === undefined) return undefined;
      inside.delete(first.node);
      const last = heap.pop()!;
      if (heap.length > 0) heap[0] = last;
      for (let at = 0; ;) {
        let least = at;
        for (const child of [2 * at + 1, 2 * at + 2])
          if (child < heap.length && before(child, least)) least = child;
        if (least === at) break;
        swap(at, least);
        at = least;
      }
      return first.node;
    },
  };
}
