import type { PackTable } from './pack-table.ts';
import { NO_OBJECT, ROOT } from './pack-table.ts';

/** The trees of deltas of one pack: every object is a root, or a delta of its parent. Rows are those of the table. */
export interface Forest {
  /** Objects that are no delta, or whose base is not in this pack; in the order of the file. */
  readonly roots: Int32Array;
  /** The children of row `i` are `children[starts[i]]` … `children[starts[i + 1] - 1]`, the one with most below it last. */
  readonly starts: Int32Array;
  readonly children: Int32Array;
  /** Rows that no root leads to: deltas in a cycle, or of something that is no object. */
  readonly lost: readonly number[];
}

/** Arranges the table's deltas below their bases, and gives each delta the kind of its root. */
export function plantForest(table: PackTable): Forest {
  const { count, bases, kinds } = table;
  const starts = new Int32Array(count + 1);
  let rootCount = 0;
  for (let row = 0; row < count; row++) {
    if (bases[row]! >= 0) starts[bases[row]! + 1]!++;
    else if (kinds[row] !== NO_OBJECT) rootCount++;
  }
  for (let row = 1; row <= count; row++) starts[row]! += starts[row - 1]!;
  const children = new Int32Array(starts[count]!);
  const next = starts.slice();
  const roots = new Int32Array(rootCount);
  rootCount = 0;
  for (let row = 0; row < count; row++) {
    if (bases[row]! >= 0) children[next[bases[row]!]!++] = row;
    else if (kinds[row] !== NO_OBJECT) roots[rootCount++] = row;
  }
  const reached = breadthFirst(table, roots, starts, children);
  heaviestLast(reached, bases, starts, children, count);
  return { roots, starts, children, lost: unreached(reached, count) };
}

/** Rows from the roots down; kinds are handed down on the way. */
function breadthFirst(
  { kinds }: PackTable,
  roots: Int32Array,
  starts: Int32Array,
  children: Int32Array,
): Int32Array {
  const reached = new Int32Array(roots.length + children.length);
  reached.set(roots);
  let length = roots.length;
  for (let i = 0; i < length; i++) {
    const row = reached[i]!;
    for (let at = starts[row]!; at < starts[row + 1]!; at++) {
      const child = children[at]!;
      kinds[child] = kinds[row]!;
      reached[length++] = child;
    }
  }
  return reached.subarray(0, length);
}

/**
 * Puts the child with most objects below it last. A parent's bytes can be given up before its last child's subtree is
 * done, so that only the smaller halves are ever waited for: at most log2(count) objects are held at once.
 */
function heaviestLast(
  reached: Int32Array,
  bases: Int32Array,
  starts: Int32Array,
  children: Int32Array,
  count: number,
): void {
  const weights = new Int32Array(count).fill(1);
  for (let i = reached.length - 1; i >= 0; i--) {
    const row = reached[i]!;
    const end = starts[row + 1]!;
    let heaviest = starts[row]!;
    for (let at = heaviest + 1; at < end; at++)
      if (weights[children[at]!]! >= weights[children[heaviest]!]!) heaviest = at;
    if (heaviest < end - 1) {
      const child = children[heaviest]!;
      children.copyWithin(heaviest, heaviest + 1, end);
      children[end - 1] = child;
    }
    if (bases[row]! >= ROOT + 1) weights[bases[row]!]! += weights[row]!;
  }
}

function unreached(reached: Int32Array, count: number): number[] {
  if (reached.length === count) return [];
  const seen = new Uint8Array(count);
  for (const row of reached) seen[row] = 1;
  const lost: number[] = [];
  for (let row = 0; row < count; row++) if (seen[row] === 0) lost.push(row);
  return lost;
}

/** 1 for rows that are wanted (`each` names them, in any order), or whose deltas are, or theirs. */
export function rowsLeadingTo(
  { count, bases }: PackTable,
  each: (want: (row: number) => void) => void,
): Uint8Array {
  const leads = new Uint8Array(count);
  each((row) => {
    // Who comes upon another's way goes no further; nor does who is in a cycle.
    for (let one = row; one >= 0 && leads[one] === 0; one = bases[one]!) leads[one] = 1;
  });
  return leads;
}

/** Gives a row and all below it a kind that was not known when the forest was planted. */
export function adopt(forest: Forest, { kinds }: PackTable, row: number, kind: number): void {
  below(forest, row, (one) => {
    kinds[one] = kind;
  });
}

/** How many deltas hang on a row. */
export function descendants(forest: Forest, row: number): number {
  let count = -1;
  below(forest, row, () => {
    count++;
  });
  return count;
}

function below({ starts, children }: Forest, row: number, visit: (row: number) => void): void {
  const waiting = [row];
  for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
    visit(one);
    for (let at = starts[one]!; at < starts[one + 1]!; at++) waiting.push(children[at]!);
  }
}
