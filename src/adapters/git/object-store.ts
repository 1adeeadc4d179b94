import { createHash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';
import type { ObjectStore, Offsets, PackFile, StoredObject } from '../../model/history.ts';
import type { Problem } from '../../model/problem.ts';
import type { ObjectInflater } from '../../model/deflate.ts';
import { findLoose, readLoose } from './loose.ts';
import { byteCache } from './byte-cache.ts';
import type { RawObject } from './objects.ts';
import { objectFolders, objectId, openObjects } from './objects.ts';
import type { Pack } from './pack.ts';
import { MAX_OBJECT_BYTES, openPack } from './pack.ts';
import { openPackIndex } from './pack-index.ts';
import { indexPack } from './pack-sequence.ts';
import type { Repository } from './repository.ts';
import { openWindow } from './window.ts';

const PIECE = 128 * 1024;
/** Bytes of rebuilt objects that are kept, and blocks of a pack that are held, while single objects are asked for. */
const CACHE = 8 * 1024 * 1024;
const WINDOW_BLOCKS = 32;
/** For what is read front to back. */
const FEW_BLOCKS = 4;
const MOST_NESTING = 32;

/** A store whose packs other threads can read too. */
export interface DiskStore extends ObjectStore {
  share(): SharedStore;
}

/** Opened packs as plain data, for threads of this process. */
export interface SharedStore {
  readonly repository: Repository;
  readonly packs: readonly (Omit<PackFile, 'read'> & { readonly file: number })[];
}

/**
 * Opens all that a repository stores, to be read whole: packs (those without a usable index are indexed in memory), loose
 * objects, alternates. What cannot be opened, and what a shallow or partial clone leaves out, is a problem. Single objects are inflated by
 * `zlib` where it can.
 */
export function openObjectStore(repository: Repository, zlib?: ObjectInflater): DiskStore {
  const idBytes = repository.algorithm === 'sha1' ? 20 : 32;
  const folders = objectFolders(join(repository.commonDir, 'objects'));
  const cache = byteCache<RawObject>(CACHE);
  const objects = openObjects(repository, { cacheBytes: CACHE, ...(zlib === undefined ? {} : { zlib }) });
  const problems = leftOut(repository);
  const open = new Map<string, number>();

  const opened = new Map<PackFile, Pack>();
  /** The object of a pack, by what is known of its index already. `undefined`: it has none, or it cannot be read. */
  const packed = (pack: PackFile, id: string, limit: number): StoredObject | undefined => {
    const offset = offsetIn(pack, Buffer.from(id, 'hex'));
    if (offset === -1) return undefined;
    try {
      let reader = opened.get(pack);
      if (reader === undefined) {
        const base = (of: string): number | RawObject => {
          const there = offsetIn(pack, Buffer.from(of, 'hex'));
          const found = there === -1 ? raw(of) : there;
          if (found === undefined) throw new Error(`its base ${of} is not there`);
          return found;
        };
        reader = openPack(pack.name, idBytes, cache, opened.size, base, WINDOW_BLOCKS, undefined, zlib);
        opened.set(pack, reader);
      }
      const found = reader.read(offset, limit);
      return objectId(found, repository.algorithm) === id
        ? { id, kind: found.type, bytes: found.bytes }
        : undefined;
    } catch {
      return undefined;
    }
  };
  let nesting = 0;
  const object = (id: string, limit: number): StoredObject | undefined => {
    // Bases that lie in each other's packs.
    if (nesting > MOST_NESTING) return undefined;
    nesting++;
    try {
      for (const pack of packs) {
        const found = packed(pack, id, limit);
        if (found !== undefined) return found;
      }
    } finally {
      nesting--;
    }
    try {
      const { type, bytes } = objects.read(id, limit);
      return { id, kind: type, bytes };
    } catch {
      return undefined;
    }
  };
  const raw = (id: string): RawObject | undefined => {
    const found = object(id, MAX_OBJECT_BYTES);
    return found === undefined ? undefined : { type: found.kind, bytes: Buffer.from(found.bytes) };
  };

  const packs: PackFile[] = [];
  for (const path of folders.flatMap(packFiles)) {
    try {
      packs.push(openPackFile(path, repository.algorithm, open, raw, problems));
    } catch (error) {
      problems.push(unreadable(path, (error as Error).message));
    }
  }
  packs.sort((a, b) => b.size - a.size || (a.name < b.name ? -1 : 1));
  return {
    idBytes,
    packs,
    problems,
    loose: () => looseObjects(folders, idBytes),
    object,
    share: () => ({
      repository,
      packs: packs.map(({ name, size, ids, offsets }) => ({
        name,
        size,
        ids: shared(ids),
        offsets: shared(offsets),
        file: open.get(name)!,
      })),
    }),
    close: () => {
      for (const file of open.values()) closeSync(file);
      open.clear();
      for (const reader of opened.values()) reader.close();
      opened.clear();
      objects.close();
    },
  };
}

/** Packs that another thread has opened, and keeps open as long as this is used. Other objects are opened here when they are asked for. */
export function openShared({ repository, packs }: SharedStore): ObjectStore {
  let own: DiskStore | undefined;
  return {
    idBytes: repository.algorithm === 'sha1' ? 20 : 32,
    packs: packs.map(({ file, ...pack }) => ({
      ...pack,
      read: (into, offset) => readAt(file, into, offset),
    })),
    problems: [],
    loose: () => [],
    object: (id, limit) => (own ??= openObjectStore(repository)).object(id, limit),
    close: () => own?.close(),
  };
}

function shared<T extends Uint8Array | Offsets>(numbers: T): T {
  const Kind = numbers.constructor as new (memory: SharedArrayBuffer) => T;
  const copy = new Kind(new SharedArrayBuffer(numbers.byteLength));
  copy.set(numbers);
  return copy;
}

function readAt(file: number, into: Uint8Array, offset: number): number {
  let done = 0;
  while (done < into.length) {
    const got = readSync(file, into, done, into.length - done, offset + done);
    if (got === 0) break;
    done += got;
  }
  return done;
}

/** Where an object starts in a pack; -1 when the pack has it not. */
function offsetIn({ ids, offsets }: PackFile, id: Buffer): number {
  const all = Buffer.from(ids.buffer, ids.byteOffset, ids.length);
  let low = 0;
  let high = offsets.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const order = all.compare(id, 0, id.length, middle * id.length, (middle + 1) * id.length);
    if (order === 0) return offsets[middle]!;
    if (order < 0) low = middle + 1;
    else high = middle;
  }
  return -1;
}

function packFiles(folder: string): string[] {
  let names: string[];
  try {
    names = readdirSync(join(folder, 'pack'));
  } catch {
    return [];
  }
  return names
    .filter((name) => name.endsWith('.pack'))
    .sort()
    .map((name) => join(folder, 'pack', name));
}

/** Throws when the file is no pack or cannot be read. */
function openPackFile(
  path: string,
  algorithm: 'sha1' | 'sha256',
  open: Map<string, number>,
  elsewhere: (id: string) => RawObject | undefined,
  problems: Problem[],
): PackFile {
  const idBytes = algorithm === 'sha1' ? 20 : 32;
  const file = openSync(path, 'r');
  open.set(path, file);
  const read = (into: Uint8Array, offset: number): number => readAt(file, into, offset);
  const head = Buffer.alloc(12);
  const version = read(head, 0) === 12 && head.toString('latin1', 0, 4) === 'PACK' ? head.readUInt32BE(4) : 0;
  if (version !== 2 && version !== 3) throw new Error('it is no pack file of version 2 or 3');
  const { size } = fstatSync(file);
  const index = readIndex(`${path.slice(0, -5)}.idx`, idBytes);
  // An index that leaves objects out would hide them from us as it does from git.
  const end = Buffer.alloc(idBytes);
  const checksum = read(end, Math.max(0, size - idBytes)) === idBytes ? end.toString('hex') : '';
  if (index?.offsets.length === head.readUInt32BE(8)) return { name: path, size, checksum, read, ...index };
  const { ids, offsets, lost } = indexPack(path, algorithm, elsewhere);
  for (const why of lost) problems.push(unreadable(path, why));
  return { name: path, size, checksum, read, ids, offsets };
}

function readIndex(
  path: string,
  idBytes: number,
): { readonly ids: Uint8Array; readonly offsets: Offsets } | undefined {
  try {
    if (!hasItsChecksum(path, idBytes)) return undefined;
    const index = openPackIndex(path, idBytes, FEW_BLOCKS);
    try {
      return index.columns();
    } finally {
      index.close();
    }
  } catch {
    // Absent or damaged: the pack says the same.
    return undefined;
  }
}

/** An index ends with the hash of all before: a flipped bit would give an object another's name. */
function hasItsChecksum(path: string, idBytes: number): boolean {
  const file = openWindow(path, FEW_BLOCKS);
  try {
    const hash = createHash(idBytes === 20 ? 'sha1' : 'sha256');
    const end = file.size - idBytes;
    for (let at = 0; at < end; at += PIECE) hash.update(file.bytes(at, Math.min(PIECE, end - at)));
    return hash.digest().equals(file.bytes(end, idBytes));
  } finally {
    file.close();
  }
}

function* looseObjects(folders: readonly string[], idBytes: number): Generator<StoredObject | Problem> {
  const seen = new Set<string>();
  for (const folder of folders)
    for (let first = 0; first < 256; first++)
      for (const id of findLoose(folder, first.toString(16).padStart(2, '0'), idBytes * 2).toSorted()) {
        if (seen.has(id)) continue;
        try {
          const found = readLoose(folder, id, MAX_OBJECT_BYTES);
          if (found === undefined) throw new Error('it cannot be opened');
          // Only what was read: another folder may have it whole.
          seen.add(id);
          yield { id, kind: found.type, bytes: found.bytes };
        } catch (error) {
          yield unreadable(`object ${id} in ${folder}`, (error as Error).message);
        }
      }
}

function leftOut(repository: Repository): Problem[] {
  const problems: Problem[] = [];
  if (repository.shallow)
    problems.push({
      code: 'git/shallow',
      message: `${repository.gitDir} is a shallow clone: its history ends early, and what came before is not read`,
      hint: 'fetch it with `git fetch --unshallow`',
      lost: true,
    });
  if (repository.partial)
    problems.push({
      code: 'git/partial',
      message: `${repository.gitDir} is a partial clone: objects that were not fetched are not read`,
      hint: 'fetch them with `git fetch --refetch --no-filter`',
      lost: true,
    });
  return problems;
}

function unreadable(what: string, why: string): Problem {
  return {
    code: 'git/damaged-object',
    message: `${what} cannot be read: ${why}`,
    hint: 'run `git fsck` in the repository, or fetch it again',
    lost: true,
  };
}
