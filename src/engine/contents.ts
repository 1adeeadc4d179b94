import { createHash } from 'node:crypto';
import { decodeText } from '../analysis/text/decode.ts';
import { baseName } from '../analysis/text/paths.ts';
import type { SourceFile } from '../model/extractor.ts';
import type { Problem } from '../model/problem.ts';
import { AssayError } from '../model/problem.ts';
import type { Tree, TreeEntry } from '../model/tree.ts';
import type { Limits } from './limits.ts';

/** A file as far as it could be had. `text` is absent when it could not be read or is no text; `problems` says why. */
export interface Content {
  readonly file: SourceFile | undefined;
  readonly bytes: number;
  readonly problems: readonly Problem[];
}

/** The files of one tree, read once and held while there is room. */
export interface Contents {
  has(path: string): boolean;
  /** Paths in a folder (`''`: the top) or below whose last part is `name`, ordered. */
  named(folder: string, name: string): readonly string[];
  /** Stands for the bytes: equal digests, equal bytes. `undefined` when there is no such file or it cannot be read. */
  digest(path: string): Promise<string | undefined>;
  read(path: string): Promise<Content>;
}

export interface HeldContents extends Contents {
  /** Whether everything that was read so far is still held: reading it again costs nothing and gives the same bytes. */
  holdsAll(): boolean;
}

/** Reads files of a tree on demand. What cannot be read is a problem, never a throw, but for bugs. */
export function contentsOf(tree: Tree, entries: readonly TreeEntry[], limits: Limits): HeldContents {
  const byPath = new Map<string, TreeEntry>();
  for (const entry of entries) byPath.set(entry.path, entry);
  const digests = new Map<string, string>();
  const bytesHeld = holder<Uint8Array>(limits.heldBytes);
  const textHeld = holder<Content>(limits.heldBytes);

  const bytesOf = async (path: string): Promise<Uint8Array | Problem> => {
    const held = bytesHeld.get(path);
    if (held !== undefined) return held;
    try {
      const bytes = await tree.read(path, limits.fileBytes);
      bytesHeld.set(path, bytes, bytes.length);
      return bytes;
    } catch (error) {
      return unreadable(error, path);
    }
  };

  const byName = new Map<string, readonly string[]>();
  const allNamed = (name: string): readonly string[] => {
    let found = byName.get(name);
    if (found === undefined) {
      found = entries
        .filter(({ path }) => path.endsWith(name) && baseName(path) === name)
        .map(({ path }) => path)
        .sort();
      byName.set(name, found);
    }
    return found;
  };

  return {
    has: (path) => byPath.has(path),
    named: (folder, name) => (folder === '' ? allNamed(name) : within(allNamed(name), `${folder}/`)),
    digest: async (path) => {
      const known = digests.get(path) ?? byPath.get(path)?.blob;
      if (known !== undefined || !byPath.has(path)) return known;
      const bytes = await bytesOf(path);
      if (!(bytes instanceof Uint8Array)) return undefined;
      // A git blob id and this one never look alike: nothing read under one name is served under the other.
      const digest = `blake2b:${createHash('blake2b512').update(bytes).digest('base64url').slice(0, 43)}`;
      digests.set(path, digest);
      return digest;
    },
    holdsAll: () => bytesHeld.holdsAll(),
    read: async (path) => {
      const held = textHeld.get(path);
      if (held !== undefined) return held;
      const bytes = await bytesOf(path);
      if (!(bytes instanceof Uint8Array)) return { file: undefined, bytes: 0, problems: [bytes] };
      const { text, problems } = decodeText(bytes, path);
      const content = {
        file: text === undefined ? undefined : { path, text },
        bytes: bytes.length,
        problems,
      };
      textHeld.set(path, content, bytes.length);
      return content;
    },
  };
}

/** Those of some ordered paths that begin with a prefix: they stand together, and their place is found by halving. */
function within(paths: readonly string[], prefix: string): readonly string[] {
  const first = lowerBound(paths, prefix);
  let end = first;
  while (end < paths.length && paths[end]!.startsWith(prefix)) end++;
  return paths.slice(first, end);
}

function lowerBound(paths: readonly string[], wanted: string): number {
  let low = 0;
  let high = paths.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (paths[middle]! < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

function unreadable(error: unknown, path: string): Problem {
  if (!(error instanceof AssayError)) throw error;
  const code = error.code === 'tree/too-large' ? 'file/too-large' : 'file/unreadable';
  const base = { code, message: error.message, at: { path }, lost: true };
  return error.hint === undefined ? base : { ...base, hint: error.hint };
}

/** Forgets the oldest when there is too much: files that share companions lie near each other. */
function holder<T>(most: number): {
  get(path: string): T | undefined;
  set(path: string, value: T, size: number): void;
  holdsAll(): boolean;
} {
  const held = new Map<string, { readonly value: T; readonly size: number }>();
  let total = 0;
  let dropped = false;
  return {
    get: (path) => held.get(path)?.value,
    holdsAll: () => !dropped,
    set: (path, value, size) => {
      if (held.has(path)) return;
      if (size > most / 2) {
        dropped = true;
        return;
      }
      held.set(path, { value, size });
      total += size;
      for (const [oldest, { size: freed }] of held) {
        if (total <= most) break;
        held.delete(oldest);
        dropped = true;
        total -= freed;
      }
    },
  };
}
