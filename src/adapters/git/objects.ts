import { createHash, hash } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import type { ObjectInflater, SmallInflater } from '../../model/deflate.ts';
import { AssayError } from '../../model/problem.ts';
import { byteCache } from './byte-cache.ts';
import { findLoose, readLoose } from './loose.ts';
import type { Pack } from './pack.ts';
import { MAX_OBJECT_BYTES, openPack, TooLargeError } from './pack.ts';
import type { PackIndex } from './pack-index.ts';
import { openPackIndex } from './pack-index.ts';
import type { Repository } from './repository.ts';
import { readSmallText } from './small-file.ts';

export type ObjectType = 'commit' | 'tree' | 'blob' | 'tag';

export interface RawObject {
  readonly type: ObjectType;
  readonly bytes: Buffer;
}

export interface ObjectOptions {
  /** Recompute each object's id from its bytes (default), or only that of files. Without it a lying pack index goes unseen. */
  readonly verify?: boolean | 'files';
  /** Bytes of rebuilt objects kept for the deltas that follow; default 64 MiB. */
  readonly cacheBytes?: number;
  /** Blocks of each pack that are held (window.ts). */
  readonly windowBlocks?: number;
  /** More folders of objects, searched first: where a server keeps what is being pushed. */
  readonly folders?: readonly string[];
  /** Asked first for what is small. */
  readonly inflater?: SmallInflater;
  /** Asked before Node's own zlib. */
  readonly zlib?: ObjectInflater;
}

/** What packs hold, by number, for walks over very many: no text is made of an id, and no buffer for a commit. */
export interface PackedObjects {
  /** Numbers are below this. */
  readonly count: number;
  /** The number of the object whose id begins at `at` of `ids`; -1 when no pack has it. */
  find(ids: Uint8Array, at: number): number;
  id(object: number): string;
  /** As `Pack.smallCommit`. */
  smallCommit(object: number): number;
}

/** The object database of a repository: loose objects, packs, and those of its alternates. Synchronous; not safe to use after `close`. */
export interface Objects {
  /**
   * The object of an id. AssayErrors: `git/missing-object` (with a hint for shallow and partial clones),
   * `git/damaged-object`, `git/too-large`. The bytes may be shared: not to be written to.
   */
  read(id: string, limit?: number): RawObject;
  /**
   * At least the first `most` bytes of an object (all, when it has fewer): cheap where it is stored whole in a pack, as most
   * commits are. Not compared with the id. Fails as `read` does.
   */
  head(id: string, most: number): RawObject;
  /** Ids that start with a hexadecimal prefix of at least four digits, sorted, at most `most`. */
  matching(prefix: string, most: number): readonly string[];
  packedObjects(): PackedObjects;
  /** Every packed object in pack order, which is the cheapest order to read them in. Loose ones are not among them. */
  packed(): Iterable<string>;
  close(): void;
}

/** Opens an object database; reads nothing but folder listings until asked. https://git-scm.com/docs/gitrepository-layout */
export function openObjects(repository: Repository, options: ObjectOptions = {}): Objects {
  const idBytes = repository.algorithm === 'sha1' ? 20 : 32;
  const verify = options.verify ?? true;
  const folders = [
    ...new Set(
      [...(options.folders ?? []), join(repository.commonDir, 'objects')].flatMap((folder) =>
        objectFolders(folder),
      ),
    ),
  ];
  const cache = byteCache<RawObject>(options.cacheBytes ?? 64 * 1024 * 1024);
  const damaged: string[] = [];
  let unindexed: readonly string[] | undefined;
  let packs:
    | { readonly index: PackIndex; readonly pack: () => Pack; readonly path: string; opened?: Pack }[]
    | undefined;

  const allPacks = (): NonNullable<typeof packs> => {
    if (packs !== undefined) return packs;
    packs = [];
    for (const path of folders.flatMap(packPaths)) {
      const number = packs.length;
      let index: PackIndex;
      try {
        index = openPackIndex(`${path}.idx`, idBytes);
      } catch (error) {
        damaged.push(`${path}.idx: ${(error as Error).message}`);
        continue;
      }
      const entry: (typeof packs)[number] = {
        index,
        path,
        pack: () =>
          (entry.opened ??= openPack(
            `${path}.pack`,
            idBytes,
            cache,
            number,
            base(number),
            options.windowBlocks,
            options.inflater,
            options.zlib,
          )),
      };
      packs.push(entry);
    }
    return packs;
  };

  /** A REF_DELTA's base lies in the same pack, but for thin packs and what damage can make. */
  const base =
    (number: number) =>
    (id: string): number | RawObject => {
      const offset = packs![number]!.index.offsetOf(Buffer.from(id, 'hex'));
      return offset === -1 ? read(id, MAX_OBJECT_BYTES, false) : offset;
    };

  let nesting = 0;
  const read = (id: string, limit = MAX_OBJECT_BYTES, check: boolean | 'files' = verify): RawObject => {
    if (nesting > 32) throw new Error("bases that lie in each other's packs");
    nesting++;
    try {
      const object = find(id, limit);
      const isChecked = check === 'files' ? object.type === 'blob' : check;
      if (isChecked && objectId(object, repository.algorithm) !== id)
        throw new Error('its bytes do not have this id: the repository is damaged or was tampered with');
      return object;
    } catch (error) {
      if (error instanceof AssayError) throw error;
      if (error instanceof TooLargeError)
        throw new AssayError(
          'git/too-large',
          `object ${id} is too large: ${error.size} bytes, at most ${limit} are read`,
          { cause: error },
        );
      throw new AssayError('git/damaged-object', `object ${id} cannot be read: ${(error as Error).message}`, {
        hint: 'run `git fsck` in the repository, or fetch it again',
        cause: error,
      });
    } finally {
      nesting--;
    }
  };

  const find = (id: string, limit: number): RawObject => {
    const binary = Buffer.from(id, 'hex');
    if (binary.length !== idBytes) throw new Error(`the id has ${id.length} digits, expected ${idBytes * 2}`);
    const list = allPacks();
    for (let i = 0; i < list.length; i++) {
      const entry = list[i]!;
      const offset = entry.index.offsetOf(binary);
      if (offset !== -1) return entry.pack().read(offset, limit);
    }
    for (const folder of folders) {
      const loose = readLoose(folder, id, limit, options.zlib);
      if (loose !== undefined) return loose;
    }
    throw missing(id, repository, damaged, (unindexed ??= folders.flatMap(packsWithoutIndex)));
  };

  const head = (id: string, most: number): RawObject => {
    const binary = Buffer.from(id, 'hex');
    for (const entry of binary.length === idBytes ? allPacks() : []) {
      const offset = entry.index.offsetOf(binary);
      if (offset === -1) continue;
      try {
        const object = entry.pack().prefix(offset, most);
        if (object !== undefined) return object;
      } catch {
        // What is wrong is told by the ordinary way.
      }
      break;
    }
    return read(id, MAX_OBJECT_BYTES, false);
  };

  return {
    read,
    head,
    matching: (prefix, most) => {
      const found = new Set<string>();
      for (const { index } of allPacks()) for (const id of index.matching(prefix, most)) found.add(id);
      for (const folder of folders) for (const id of findLoose(folder, prefix, idBytes * 2)) found.add(id);
      return [...found].sort().slice(0, most);
    },
    packedObjects: () => {
      const list = allPacks();
      const starts = [0];
      for (const { index } of list) starts.push(starts.at(-1)! + index.count);
      const packOf = (object: number): number => {
        let at = 0;
        while (object >= starts[at + 1]!) at++;
        return at;
      };
      return {
        count: starts.at(-1)!,
        find: (ids, at) => {
          for (let i = 0; i < list.length; i++) {
            const entry = list[i]!.index.entryOf(ids, at);
            if (entry !== -1) return starts[i]! + entry;
          }
          return -1;
        },
        id: (object) => {
          const at = packOf(object);
          return list[at]!.index.idAt(object - starts[at]!);
        },
        smallCommit: (object) => {
          const at = packOf(object);
          const { index, pack } = list[at]!;
          try {
            return pack().smallCommit(index.offsetAt(object - starts[at]!));
          } catch {
            // What is wrong is told by the ordinary way.
            return -1;
          }
        },
      };
    },
    packed: function* () {
      for (const { index } of allPacks()) {
        const ids: { readonly id: string; readonly offset: number }[] = [];
        index.each((id, offset) => ids.push({ id, offset }));
        ids.sort((a, b) => a.offset - b.offset);
        for (const { id } of ids) yield id;
      }
    },
    close: () => {
      for (const { index, opened } of packs ?? []) {
        index.close();
        opened?.close();
      }
      packs = [];
    },
  };
}

/** Bytes that are copied behind their header and hashed in one call: a fraction of what an object for it costs. */
const AT_ONCE = 16 * 1024;
const scratch = Buffer.allocUnsafeSlow(AT_ONCE + 64);

/** The id that git gives an object: a hash over `type size\0` and the bytes. */
export function objectId(
  object: { readonly type: ObjectType; readonly bytes: Uint8Array },
  algorithm: 'sha1' | 'sha256',
): string {
  const { type, bytes } = object;
  const head = `${type} ${bytes.length}\0`;
  if (bytes.length > AT_ONCE) return createHash(algorithm).update(head, 'latin1').update(bytes).digest('hex');
  const length = scratch.write(head, 0, 'latin1');
  scratch.set(bytes, length);
  return hash(algorithm, scratch.subarray(0, length + bytes.length), 'hex');
}

function missing(
  id: string,
  repository: Repository,
  damaged: readonly string[],
  unindexed: readonly string[],
): AssayError {
  const hint =
    damaged.length > 0
      ? `a pack index is unreadable (${damaged[0]}); run \`git fsck\``
      : unindexed.length > 0
        ? `a pack has no index; make one with \`git index-pack ${unindexed[0]}\``
        : repository.partial
          ? 'this is a partial clone, which leaves objects out; fetch them with `git fetch --refetch --no-filter`'
          : repository.shallow
            ? 'this is a shallow clone, which leaves history out; fetch it with `git fetch --unshallow`'
            : 'run `git fsck` in the repository, or fetch it again';
  return new AssayError('git/missing-object', `object ${id} is not in the repository`, { hint });
}

function packsWithoutIndex(folder: string): readonly string[] {
  const packFolder = join(folder, 'pack');
  try {
    const names = new Set(readdirSync(packFolder));
    return [...names]
      .filter((name) => name.endsWith('.pack') && !names.has(`${name.slice(0, -5)}.idx`))
      .sort()
      .map((name) => join(packFolder, name));
  } catch {
    return [];
  }
}

/** The objects folder and those that `info/alternates` names, each once. */
export function objectFolders(start: string): readonly string[] {
  const found = new Set<string>();
  const queue: { readonly folder: string; readonly depth: number }[] = [{ folder: resolve(start), depth: 0 }];
  for (const { folder, depth } of queue) {
    if (found.has(folder)) continue;
    found.add(folder);
    // Git itself follows alternates of alternates five deep.
    if (depth === 5) continue;
    for (const line of (readSmallText(join(folder, 'info', 'alternates')) ?? '').split('\n')) {
      if (line === '' || line.startsWith('#') || line.includes('\0')) continue;
      queue.push({ folder: isAbsolute(line) ? line : resolve(folder, line), depth: depth + 1 });
    }
  }
  return [...found];
}

/** Packs of a folder without their extension, newest first (what is wanted is most often there). */
function packPaths(folder: string): readonly string[] {
  const packFolder = join(folder, 'pack');
  let names: string[];
  try {
    names = readdirSync(packFolder);
  } catch {
    return [];
  }
  return names
    .filter((name) => /^pack-.*\.idx$/.test(name))
    .map((name) => join(packFolder, name.slice(0, -4)))
    .map((path) => ({ path, at: statSync(`${path}.idx`, { throwIfNoEntry: false })?.mtimeMs ?? 0 }))
    .sort((a, b) => b.at - a.at || (a.path < b.path ? -1 : 1))
    .map(({ path }) => path);
}
