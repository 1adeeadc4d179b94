import type { CommitHistory } from '../../model/commit-history.ts';

/** A commit of the line that HEAD's first parents make. */
export interface LineCommit {
  readonly id: string;
  /** Seconds since 1970; at least that of the commit before it. */
  readonly at: number;
  /** Seconds that its own date lies before `at`. */
  readonly raised: number;
}

/** HEAD's first parents, oldest first. Ends where a commit is absent (shallow clones) or damaged. */
export function firstParents(history: CommitHistory, now: number): readonly LineCommit[] {
  const found: { readonly id: string; readonly at: number }[] = [];
  for (let id: string | undefined = history.head; id !== undefined;) {
    const commit = history.glance(id);
    if (commit === undefined) break;
    found.push({ id, at: Math.min(commit.at, now) });
    id = commit.parents[0];
  }
  let latest = 0;
  return found.reverse().map(({ id, at }) => {
    latest = Math.max(latest, at);
    return { id, at: latest, raised: latest - at };
  });
}

/** Every n-th, counted from the last one, which is among them. */
export function everyNth(line: readonly LineCommit[], every: number): readonly LineCommit[] {
  return line.filter((_, index) => (line.length - 1 - index) % every === 0);
}

/** The last one of each month (UTC) that has any. */
export function lastOfMonths(line: readonly LineCommit[]): readonly LineCommit[] {
  return line.filter(
    ({ at }, index) => line[index + 1] === undefined || monthOf(line[index + 1]!.at) !== monthOf(at),
  );
}

/** `2024-03`. */
export function monthOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 7);
}
