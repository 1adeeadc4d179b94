import type { Rows } from './rows.ts';

/** Loopless paths, shortest first; those of one length in order of their nodes' numbers, compared from the start. */
export interface ShortestPaths {
  /** Each from `start` to `goal`, both included. */
  readonly paths: readonly (readonly number[])[];
  /** False when `mostSteps` ran out: the paths given are still the first ones. */
  readonly complete: boolean;
}

/** Edges that a search may follow in all before it gives up: about a second. */
const MOST_STEPS = 100_000_000;

/**
 * The `most` shortest loopless paths (Yen, Management Science 17(11), 1971, with Lawler's partition): the set of all paths is split at each path
 * found into those that leave it at one node, and each part is searched only when nothing nearer is left.
 * A part's bound is read off the distances to the goal, so a part without another edge costs nothing:
 * real graphs take a few breadth-first searches. `back` is `reversed(rows)`.
 */
export function shortestPaths(
  rows: Rows,
  back: Rows,
  start: number,
  goal: number,
  most: number,
  mostSteps: number = MOST_STEPS,
): ShortestPaths {
  if (most <= 0) return { paths: [], complete: true };
  if (start === goal) return { paths: [[start]], complete: true };
  const search = searcher(rows, back, goal);
  const paths: number[][] = [];
  const parts = heap();
  const length = search.bound(start, NONE);
  if (length !== Infinity)
    parts.push({ along: [start], shared: 1, forbidden: NONE, path: undefined, length });
  for (let part = parts.pop(); part !== undefined && paths.length < most; part = parts.pop()) {
    const { shared, forbidden } = part;
    if (part.path === undefined) {
      if (search.steps() > mostSteps) return { paths, complete: false };
      const path = search.shortest(part.along.slice(0, shared), forbidden);
      if (path !== undefined) parts.push({ ...part, path, length: path.length - 1 });
      continue;
    }
    const along = part.path;
    paths.push(along);
    if (paths.length === most) break;
    // What remains of this part: paths that share its first nodes up to i, then go elsewhere.
    for (let i = shared - 1; i < along.length - 1; i++) {
      const without = new Set(i === shared - 1 ? forbidden : NONE).add(along[i + 1]!);
      const bound = i + search.bound(along[i]!, without);
      if (bound !== Infinity)
        parts.push({ along, shared: i + 1, forbidden: without, path: undefined, length: bound });
    }
  }
  return { paths, complete: true };
}

/** Paths that begin as the first `shared` nodes of `along` and do not go on to `forbidden`. `length` is that of `path`, or what it cannot be below. */
interface Part {
  readonly along: readonly number[];
  readonly shared: number;
  readonly forbidden: ReadonlySet<number>;
  readonly path: number[] | undefined;
  readonly length: number;
}

function searcher(rows: Rows, back: Rows, goal: number) {
  const { count, offsets, targets } = rows;
  const queue = new Uint32Array(count);
  const local = new Uint32Array(count);
  let steps = 0;

  /** Distances to the goal over nodes that `into` holds as UNSEEN. */
  const toGoal = (into: Uint32Array): Uint32Array => {
    queue[0] = goal;
    into[goal] = 0;
    for (let head = 0, end = 1; head < end; head++) {
      const node = queue[head]!;
      for (let i = back.offsets[node]!; i < back.offsets[node + 1]!; i++) {
        steps++;
        const from = back.targets[i]!;
        if (into[from] !== UNSEEN) continue;
        into[from] = into[node]! + 1;
        queue[end++] = from;
      }
    }
    return into;
  };
  const far = toGoal(new Uint32Array(count).fill(UNSEEN));

  /** The nearest to the goal of what `node` leads to, the smallest number of several; -1 when none leads there. */
  const next = (node: number, distance: Uint32Array, forbidden: ReadonlySet<number>): number => {
    let best = -1;
    for (let i = offsets[node]!; i < offsets[node + 1]!; i++) {
      steps++;
      const target = targets[i]!;
      if (distance[target]! >= BLOCKED || forbidden.has(target)) continue;
      if (
        best === -1 ||
        distance[target]! < distance[best]! ||
        (distance[target] === distance[best] && target < best)
      )
        best = target;
    }
    return best;
  };

  return {
    steps: () => steps,
    /** Fewest edges from `node` to the goal whose first does not lead to `forbidden`; loops are not excluded. */
    bound(node: number, forbidden: ReadonlySet<number>): number {
      const target = next(node, far, forbidden);
      return target === -1 ? Infinity : far[target]! + 1;
    },
    /** The first path of a part, or none: the smallest next node that is on a shortest way, again and again. */
    shortest(prefix: readonly number[], forbidden: ReadonlySet<number>): number[] | undefined {
      local.fill(UNSEEN);
      for (const node of prefix) local[node] = BLOCKED;
      toGoal(local);
      const path = [...prefix];
      for (let node = prefix.at(-1)!, barred = forbidden; node !== goal; barred = NONE) {
        node = next(node, local, barred);
        if (node === -1) return undefined;
        path.push(node);
      }
      return path;
    },
  };
}

const NONE: ReadonlySet<number> = new Set();
const UNSEEN = 0xffffffff;
const BLOCKED = 0xfffffffe;

/** Parts by length; of one length those that are not searched yet first, then by path. */
function heap(): { push(part: Part): void; pop(): Part | undefined } {
  const parts: Part[] = [];
  return {
    push(part) {
      let at = parts.push(part) - 1;
      for (let above = (at - 1) >> 1; at > 0 && isBefore(part, parts[above]!); above = (at - 1) >> 1) {
        parts[at] = parts[above]!;
        at = above;
      }
      parts[at] = part;
    },
    pop() {
      const first = parts[0];
      const last = parts.pop();
      if (first === undefined || last === undefined || parts.length === 0) return first;
      let at = 0;
      for (let below = 1; below < parts.length; below = 2 * at + 1) {
        if (below + 1 < parts.length && isBefore(parts[below + 1]!, parts[below]!)) below++;
        if (!isBefore(parts[below]!, last)) break;
        parts[at] = parts[below]!;
        at = below;
      }
      parts[at] = last;
      return first;
    },
  };
}

function isBefore(a: Part, b: Part): boolean {
  if (a.length !== b.length) return a.length < b.length;
  if (a.path === undefined || b.path === undefined) return a.path === undefined && b.path !== undefined;
  for (let i = 0; i < a.path.length; i++) if (a.path[i] !== b.path[i]) return a.path[i]! < b.path[i]!;
  return false;
}
