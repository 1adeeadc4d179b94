import { createHash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';
import type { ObjectStore, PackFile, StoredObject } from '../../model/history.ts';
import type { Problem } from '../../model/problem.ts';
import { findLoose, readLoose } from './loose.ts';
import type { RawObject } from './objects.ts';
import { objectFolders, openObjects } from './objects.ts';
import { MAX_OBJECT_BYTES } from './pack.ts';
import { openPackIndex } from './pack-index.ts';
import { indexPack } from './pack-sequence.ts';
import type { Repository } from './repository.ts';
import { openWindow } from './window.ts';

const PIECE = 1024 * 1024;

/**
 * Opens all that a repository stores, to be read whole: packs (those without a usable index are indexed in memory), loose
 * objects, alternates. What cannot be opened, and what a shallow or partial clone leaves out, is a problem.
 */
export function openObjectStore(repository: Repository): ObjectStore {
  const idBytes = repository.algorithm === 'sha1' ? 20 : 32;
  const folders = objectFolders(join(repository.commonDir, 'objects'));
  const objects = openObjects(repository, { cacheBytes: 16 * 1024 * 1024 });
  const problems = leftOut(repository);
  const open = new Map<string, number>();

  const object = (id: string, limit: number): StoredObject | undefined => {
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
    close: () => {
      for (const file of open.values()) closeSync(file);
      open.clear();
      objects.close();
    },
  };
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
  const read = (into: Uint8Array, offset: number): number => {
    let done = 0;
    while (done < into.length) {
      const got = readSync(file, into, done, into.length - done, offset + done);
      if (got === 0) break;
      done += got;
    }
    return done;
  };
  const head = Buffer.alloc(12);
  const version = read(head, 0) === 12 && head.toString('latin1', 0, 4) === 'PACK' ? head.readUInt32BE(4) : 0;
  if (version !== 2 && version !== 3) throw new Error('it is no pack file of version 2 or 3');
  const { size } = fstatSync(file);
  const index = readIndex(`${path.slice(0, -5)}.idx`, idBytes);
  // An index that leaves objects out would hide them from us as it does from git.
  if (index?.offsets.length === head.readUInt32BE(8)) return { name: path, size, read, ...index };
  const { ids, offsets, lost } = indexPack(path, algorithm, elsewhere);
  for (const why of lost) problems.push(unreadable(path, why));
  return { name: path, size, read, ids, offsets };
}

function readIndex(
  path: string,
  idBytes: number,
): { readonly ids: Uint8Array; readonly offsets: Float64Array } | undefined {
  try {
    if (!hasItsChecksum(path, idBytes)) return undefined;
    const index = openPackIndex(path, idBytes);
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
  const file = openWindow(path);
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
