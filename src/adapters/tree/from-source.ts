import { AssayError } from '../../model/problem.ts';
import type { Room, Tree, TreeEntry } from '../../model/tree.ts';
import type { Found, Listing } from './listing.ts';
import { settle } from './listing.ts';

/** What the kinds of tree differ in: how files are found and how one is read. */
export interface TreeSource {
  readonly kind: Tree['kind'];
  readonly commit?: string;
  /** As the person named it; asked after `find`, since an archive knows more of itself then. */
  name(): string;
  find(signal: AbortSignal | undefined): Promise<Found> | Found;
  /** The bytes of a found entry. May give up to `limit` + 1 bytes: more than `limit` means that it is too large. */
  bytes(entry: TreeEntry, limit: number, room?: Room): Promise<Uint8Array> | Uint8Array;
  close?(): void;
}

/** A Tree over a source: the listing is made once, links are settled, and only listed entries can be read. */
export function treeFrom(source: TreeSource): Tree {
  let listing: Promise<Listing> | undefined;
  const list = (signal?: AbortSignal): Promise<Listing> => {
    signal?.throwIfAborted();
    if (listing === undefined) {
      const made = Promise.resolve(source.find(signal)).then(settle);
      listing = made;
      // An interrupted listing is no listing: the next caller starts afresh.
      made.catch(() => (listing = undefined));
    }
    return listing;
  };
  return {
    kind: source.kind,
    get name() {
      return source.name();
    },
    ...(source.commit === undefined ? {} : { commit: source.commit }),
    list: async (signal) => {
      const { entries, problems, skipped } = await list(signal);
      return { entries, problems, skipped };
    },
    read: async (path, limit, room) => {
      const entry = (await list()).targets.get(path);
      if (entry === undefined) throw new AssayError('tree/no-entry', `${path} is not in ${source.name()}`);
      if (entry.size > limit) throw tooLarge(path, entry.size, limit);
      const bytes = await bytesOf(source, entry, limit, room);
      if (bytes.length > limit) throw tooLarge(path, bytes.length, limit);
      return bytes;
    },
    close: async () => source.close?.(),
  };
}

/** The readers below have codes of their own for what a tree calls too large. */
async function bytesOf(
  source: TreeSource,
  entry: TreeEntry,
  limit: number,
  room: Room | undefined,
): Promise<Uint8Array> {
  try {
    return await source.bytes(entry, limit, room);
  } catch (error) {
    if (error instanceof AssayError && error.code.endsWith('/too-large'))
      throw new AssayError('tree/too-large', error.message, { cause: error });
    throw error;
  }
}

function tooLarge(path: string, size: number, limit: number): AssayError {
  return new AssayError('tree/too-large', `${path} has at least ${size} bytes; at most ${limit} are read`);
}
