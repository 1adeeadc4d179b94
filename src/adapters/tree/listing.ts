import { posix } from 'node:path';
import type { Problem } from '../../model/problem.ts';
import type { TreeEntry } from '../../model/tree.ts';

/** A symbolic link: `target` as it is written, relative to the link's folder; `undefined` when it leaves the tree. */
export interface Link {
  readonly path: string;
  readonly target: string | undefined;
}

export interface Skipped {
  readonly path: string;
  readonly why: string;
}

/** What a tree found, before links are settled and all is put in order. */
export interface Found {
  readonly entries: TreeEntry[];
  readonly links: Link[];
  readonly problems: Problem[];
  readonly skipped: Skipped[];
}

export interface Listing {
  readonly entries: readonly TreeEntry[];
  readonly problems: readonly Problem[];
  readonly skipped: readonly Skipped[];
  /** Entry paths, and for a link that is an entry the path of the file it stands for. */
  readonly targets: ReadonlyMap<string, TreeEntry>;
}

/** Most entries of a tree; above it the rest is left out with a problem. */
export const MAX_ENTRIES: number = 1_000_000;
const MAX_LINK_STEPS = 16;

export const WHY_NODE_MODULES: string = 'installed packages: what the lockfile says of them is read instead';
export const WHY_NOT_COMMITTED: string = 'installed packages that are not committed';
export const WHY_SUBMODULE: string = 'a submodule: scan it by its own path';
export const WHY_NESTED: string = 'a nested repository: scan it by its own path';
export const WHY_SPECIAL: string = 'not a regular file';

export const emptyFound = (): Found => ({ entries: [], links: [], problems: [], skipped: [] });

/**
 * Settles links and puts everything in order of path (UTF-16 code units).
 * A link to a scanned file of the same name, or to a scanned folder, is a duplicate and says nothing.
 * A link to a scanned file of another name is an entry with that file's bytes, since its name may say how to read it.
 * Any other link is skipped, by name.
 */
export function settle(found: Found): Listing {
  const targets = new Map<string, TreeEntry>();
  for (const entry of found.entries) targets.set(entry.path, entry);
  const skipped = [...found.skipped];
  const aliases: { readonly alias: TreeEntry; readonly file: TreeEntry }[] = [];
  if (found.links.length > 0) {
    const links = new Map(found.links.map((link) => [link.path, link.target]));
    const folders = foldersOf(found.entries);
    for (const { path, target } of found.links) {
      const end = follow(path, target, links);
      const file = end === undefined ? undefined : targets.get(end);
      if (file !== undefined) {
        if (posix.basename(path) !== posix.basename(file.path))
          aliases.push({ alias: { ...file, path }, file });
      } else if (end === undefined)
        skipped.push({ path, why: 'a symbolic link that leaves the tree or goes round in circles' });
      else if (!folders.has(end)) skipped.push({ path, why: 'a symbolic link to what is not scanned' });
    }
  }
  for (const { alias, file } of aliases) targets.set(alias.path, file);
  const entries = inOrder([...found.entries, ...aliases.map(({ alias }) => alias)]);
  skipped.sort((a, b) => compare(a.path, b.path));
  return { entries, problems: found.problems.sort(byPlace), skipped, targets };
}

/** Where a link ends, over other links; `undefined` when it leaves the tree or runs in a circle. */
function follow(
  path: string,
  target: string | undefined,
  links: ReadonlyMap<string, string | undefined>,
): string | undefined {
  let from = path;
  let to = target;
  for (let step = 0; step < MAX_LINK_STEPS; step++) {
    if (to === undefined || to.startsWith('/') || to.includes('\0')) return undefined;
    const end = posix.normalize(posix.join(posix.dirname(from), to)).replace(/\/$/, '');
    if (end === '..' || end.startsWith('../')) return undefined;
    if (end === '.') return '';
    if (!links.has(end)) return end;
    from = end;
    to = links.get(end);
  }
  return undefined;
}

function foldersOf(entries: readonly TreeEntry[]): Set<string> {
  const folders = new Set(['']);
  for (const { path } of entries)
    for (let slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
      const folder = path.slice(0, slash);
      if (folders.has(folder)) break;
      folders.add(folder);
    }
  return folders;
}

/** Sorts only when needed: most sources give their entries in order already. */
function inOrder(entries: TreeEntry[]): TreeEntry[] {
  for (let i = 1; i < entries.length; i++)
    if (entries[i - 1]!.path > entries[i]!.path) return entries.sort((a, b) => compare(a.path, b.path));
  return entries;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const byPlace = (a: Problem, b: Problem): number =>
  compare(a.at?.path ?? '', b.at?.path ?? '') || compare(a.code, b.code) || compare(a.message, b.message);

/** What a tree says when it holds more entries than we take. */
export function tooManyFiles(path: string, most: number = MAX_ENTRIES): Problem {
  return {
    code: 'tree/too-many-files',
    message: `more than ${most} files; the rest was left out`,
    at: { path },
    hint: 'scan its parts one by one',
    lost: true,
  };
}
