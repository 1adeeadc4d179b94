import { LOOSE } from '../history/read-history.ts';
import type { Column } from '../whereabouts/column.ts';
import type { Commits } from '../whereabouts/commits.ts';
import { collectCommits } from '../whereabouts/commits.ts';
import type { Entries } from '../whereabouts/entries.ts';
import { collectEntries } from '../whereabouts/entries.ts';
import type { ScanPart } from './scan-part.ts';

/** The columns of all parts, chunk by chunk: as one reader would have filled them. */
export function joinColumns(
  parts: readonly ScanPart[],
  idBytes: number,
): { readonly entries: Entries; readonly commits: Commits } {
  const [alone] = parts;
  if (parts.length === 1 && alone!.isAll) return { entries: alone!.entries, commits: alone!.commits };
  const slices = parts
    .flatMap((part) =>
      part.slices.map(({ chunk, entries, commits }, i) => ({
        part,
        // What is in no pack comes last.
        place: chunk === LOOSE ? Number.POSITIVE_INFINITY : chunk,
        entries: { from: part.slices[i - 1]?.entries ?? 0, to: entries },
        commits: { from: part.slices[i - 1]?.commits ?? 0, to: commits },
      })),
    )
    .sort((a, b) => (a.place < b.place ? -1 : a.place > b.place ? 1 : 0));
  const entries = collectEntries(idBytes);
  const commits = collectCommits();
  for (const slice of slices) {
    addEntries(entries, slice.part.entries, 0, slice.entries.from, slice.entries.to);
    addCommits(commits, slice.part.commits, 0, slice.commits.from, slice.commits.to);
  }
  return { entries, commits };
}

export type EntryColumns = Pick<Entries, 'keys' | 'objects' | 'starts' | 'sizes'>;
export type CommitColumns = Omit<Commits, 'read' | 'count'>;

/** Adds rows `start` … `end - 1` of others; their objects' numbers count from `first` on. */
export function addEntries(
  to: EntryColumns,
  from: EntryColumns,
  first: number,
  start = 0,
  end: number = from.keys.length,
): void {
  copy(to.keys, from.keys, start, end);
  shifted(to.objects, from.objects, first, start, end);
  copy(to.starts, from.starts, start, end);
  copy(to.sizes, from.sizes, start, end);
}

export function addCommits(
  to: CommitColumns,
  from: CommitColumns,
  first: number,
  start = 0,
  end: number = from.keys.length,
): void {
  shifted(to.objects, from.objects, first, start, end);
  copy(to.keys, from.keys, start, end);
  copy(to.trees, from.trees, start, end);
  copy(to.authoredAt, from.authoredAt, start, end);
  copy(to.committedAt, from.committedAt, start, end);
  const shift = to.parents.length - from.firstParent.at(start);
  for (let i = start; i < end; i++) to.firstParent.push(from.firstParent.at(i + 1) + shift);
  copy(to.parents, from.parents, from.firstParent.at(start), from.firstParent.at(end));
}

function shifted(to: Column, from: Column, by: number, start: number, end: number): void {
  if (by === 0) copy(to, from, start, end);
  else for (let i = start; i < end; i++) to.push(from.at(i) + by);
}

function copy(to: Column, from: Column, start: number, end: number): void {
  for (const piece of from.pieces(start, end)) to.append(piece);
}
