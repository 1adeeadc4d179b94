import type { HistoryCommit } from '../../model/commit-history.ts';

/** The commits that some commits are made of. */
export interface Ancestry {
  /** Whether the first of the starts contains the commit. */
  isMerged(commit: string): boolean;
  /**
   * Seconds since 1970: the commit's date, or where the clock ran backwards that of its latest ancestor. Later commits of
   * one history are never earlier. Commits that are absent have 0.
   */
  dateOf(commit: string): number;
}

/** Walks all ancestors of the starts once: O(commits + parents). Commits that cannot be read end the walk there. */
export function ancestryOf(
  starts: readonly string[],
  commit: (id: string) => Pick<HistoryCommit, 'parents' | 'at'> | undefined,
): Ancestry {
  const numbers = new Map<string, number>();
  const parents: (readonly number[])[] = [];
  const dates: number[] = [];
  const ids: string[] = [];
  const numberOf = (id: string): number => {
    let number = numbers.get(id);
    if (number === undefined) {
      number = ids.length;
      numbers.set(id, number);
      ids.push(id);
    }
    return number;
  };
  for (const start of starts) numberOf(start);
  for (let i = 0; i < ids.length; i++) {
    const found = commit(ids[i]!);
    dates.push(found?.at ?? 0);
    parents.push((found?.parents ?? []).map(numberOf));
  }
  raiseDates(parents, dates);
  const merged = new Uint8Array(ids.length);
  const queue = ids.length > 0 ? [0] : [];
  merged[0] = 1;
  for (let at = queue.pop(); at !== undefined; at = queue.pop())
    for (const parent of parents[at]!)
      if (merged[parent] === 0) {
        merged[parent] = 1;
        queue.push(parent);
      }
  return {
    isMerged: (id) => merged[numbers.get(id) ?? -1] === 1,
    dateOf: (id) => dates[numbers.get(id) ?? -1] ?? 0,
  };
}

/** Parents first, without recursion: histories are tens of thousands of commits deep. */
function raiseDates(parents: readonly (readonly number[])[], dates: number[]): void {
  const pending = new Uint32Array(parents.length);
  const children: number[][] = parents.map(() => []);
  const ready: number[] = [];
  parents.forEach((list, child) => {
    pending[child] = list.length;
    if (list.length === 0) ready.push(child);
    for (const parent of list) children[parent]!.push(child);
  });
  for (let parent = ready.pop(); parent !== undefined; parent = ready.pop())
    for (const child of children[parent]!) {
      dates[child] = Math.max(dates[child]!, dates[parent]!);
      if (--pending[child]! === 0) ready.push(child);
    }
}
