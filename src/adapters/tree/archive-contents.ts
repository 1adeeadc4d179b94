import { AssayError } from '../../model/problem.ts';
import type { Problem } from '../../model/problem.ts';
import { unsafePath } from '../git/path-bytes.ts';
import type { Wanted } from './left-out.ts';
import { installedFolder } from './left-out.ts';
import type { Found } from './listing.ts';
import { emptyFound, MAX_ENTRIES, tooManyFiles, WHY_NODE_MODULES } from './listing.ts';

/** Where one file of an archive comes from: its size as far as known, and its bytes. */
export interface Stored {
  readonly size: number;
  /** At most `limit` bytes, or AssayError. */
  read(limit: number): Uint8Array;
}

/** What an archive was found to hold, by its own paths. */
export interface Contents {
  readonly files: Map<string, Stored>;
  readonly links: Map<string, string>;
  readonly special: Set<string>;
  readonly problems: Problem[];
}

export const emptyContents = (): Contents => ({
  files: new Map(),
  links: new Map(),
  special: new Set(),
  problems: [],
});

/**
 * Adds a file or link under its name, or refuses it: names that leave the archive and names given twice are problems.
 * False when the archive has too many entries.
 */
export function add(
  contents: Contents,
  path: string,
  what: Stored | { readonly target: string } | 'special',
): boolean {
  const wrong = unsafePath(path);
  if (wrong !== undefined) {
    contents.problems.push({
      code: 'archive/unsafe-name',
      message: `an entry is left out for its name, ${JSON.stringify(path.slice(0, 200))}: ${wrong}`,
      lost: true,
    });
    return true;
  }
  if (contents.files.size + contents.links.size >= MAX_ENTRIES) {
    contents.problems.push(tooManyFiles('.'));
    return false;
  }
  if (contents.files.has(path) || contents.links.has(path))
    contents.problems.push({
      code: 'archive/duplicate-name',
      message:
        'the archive holds this name more than once, and tools differ in which they take; the last was read',
      at: { path },
      lost: true,
    });
  contents.files.delete(path);
  contents.links.delete(path);
  if (what === 'special') contents.special.add(path);
  else if ('target' in what) contents.links.set(path, what.target);
  else contents.files.set(path, what);
  return true;
}

/**
 * The contents as a tree finds them, below the single folder at the top if there is one (forges and npm pack so):
 * `top` is its name, `''` when there is none.
 */
export function asFound(
  contents: Contents,
  wanted: Wanted = {},
): {
  readonly found: Found;
  readonly files: Map<string, Stored>;
  readonly top: string;
} {
  const top = topFolder([...contents.files.keys(), ...contents.links.keys(), ...contents.special]);
  const strip = top === '' ? 0 : top.length + 1;
  const found = emptyFound();
  const files = new Map<string, Stored>();
  const installed = new Set<string>();
  const gits = new Set<string>();
  /** The path below the top, `undefined` when it is left out. */
  const kept = (full: string): string | undefined => {
    const path = full.slice(strip);
    const folder = wanted.installed === true ? undefined : installedFolder(path);
    if (folder !== undefined) installed.add(folder);
    const git = /(?:^|\/)\.git(?=\/)/.exec(path);
    if (git !== null) gits.add(path.slice(0, git.index + git[0].length));
    return folder !== undefined || git !== null ? undefined : path;
  };
  for (const [full, stored] of contents.files) {
    const path = kept(full);
    if (path === undefined) continue;
    files.set(path, stored);
    found.entries.push({ path, size: stored.size });
  }
  for (const [full, target] of contents.links) {
    const path = kept(full);
    if (path !== undefined) found.links.push({ path, target });
  }
  for (const full of contents.special) {
    const path = kept(full);
    if (path !== undefined) found.skipped.push({ path, why: 'not a regular file' });
  }
  for (const path of installed) found.skipped.push({ path, why: WHY_NODE_MODULES });
  for (const path of gits)
    found.skipped.push({ path, why: 'a git folder: unpack the archive to look at what it holds' });
  for (const problem of contents.problems)
    found.problems.push(
      problem.at === undefined ? problem : { ...problem, at: { path: problem.at.path.slice(strip) } },
    );
  return { found, files, top };
}

function topFolder(paths: readonly string[]): string {
  const first = paths[0];
  const slash = first?.indexOf('/') ?? -1;
  if (slash === -1) return '';
  const top = first!.slice(0, slash + 1);
  return paths.every((path) => path.startsWith(top)) ? first!.slice(0, slash) : '';
}

/** A file held in memory. */
export function held(bytes: Uint8Array): Stored {
  return { size: bytes.length, read: () => bytes };
}

/** A file too large to be held; its size is known, its bytes are not. */
export function notHeld(path: string, size: number, kept: number): Stored {
  return {
    size,
    read: () => {
      throw new AssayError(
        'tree/too-large',
        `${path} has ${size} bytes; at most ${kept} are read from an archive`,
      );
    },
  };
}
