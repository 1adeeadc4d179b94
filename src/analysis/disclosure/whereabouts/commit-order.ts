import type { Commits } from './commits.ts';
import { keyTable } from './key-table.ts';

/** Commits by number, with their parents as numbers; those that are not here (a shallow clone) are left out. */
export interface CommitGraph {
  readonly count: number;
  /** The parents of commit `i` are `parents[starts[i]]` … `parents[starts[i + 1] - 1]`. */
  readonly starts: Int32Array;
  readonly parents: Int32Array;
  /** Parents before their children. */
  readonly order: Int32Array;
  /** The number of a commit by the key of its id; -1 when it is not here. */
  readonly find: (key: number) => number;
}

export function linkCommits(commits: Commits): CommitGraph {
  const { count } = commits;
  const { find } = keyTable(count, (commit) => commits.keys.at(commit));
  const starts = new Int32Array(count + 1);
  const parents = new Int32Array(commits.parents.length);
  let length = 0;
  for (let i = 0; i < count; i++) {
    for (let at = commits.firstParent.at(i); at < commits.firstParent.at(i + 1); at++) {
      const parent = find(commits.parents.at(at));
      if (parent !== -1) parents[length++] = parent;
    }
    starts[i + 1] = length;
  }
  return { count, starts, parents, order: parentsFirst(count, starts, parents), find };
}

function parentsFirst(count: number, starts: Int32Array, parents: Int32Array): Int32Array {
  const order = new Int32Array(count);
  const seen = new Uint8Array(count);
  const next = starts.slice(0, count);
  let length = 0;
  const stack: number[] = [];
  for (let start = 0; start < count; start++) {
    if (seen[start] !== 0) continue;
    seen[start] = 1;
    stack.push(start);
    while (stack.length > 0) {
      const commit = stack.at(-1)!;
      if (next[commit]! < starts[commit + 1]!) {
        const parent = parents[next[commit]!++]!;
        if (seen[parent] === 0) {
          seen[parent] = 1;
          stack.push(parent);
        }
      } else {
        order[length++] = commit;
        stack.pop();
      }
    }
  }
  return order;
}
