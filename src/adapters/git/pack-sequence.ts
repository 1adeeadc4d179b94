import { createHash } from 'node:crypto';
import { inflateSync } from 'node:zlib';
import type { ObjectType, RawObject } from './objects.ts';
import { byteCache } from './byte-cache.ts';
import { deltaSizes } from './delta.ts';
import { deflateBound } from './inflate.ts';
import { entryAt, MAX_OBJECT_BYTES, openPack } from './pack.ts';
import type { Window } from './window.ts';
import { openWindow } from './window.ts';

/** What reading a pack from front to back gives: an index as its `.idx` would be, and what there was no reading. */
export interface SequentialIndex {
  readonly ids: Uint8Array;
  readonly offsets: Float64Array;
  /** What went wrong, one line each. */
  readonly lost: readonly string[];
}

const CACHE = 64 * 1024 * 1024;
/** Bytes that are rebuilt at most: a pack made to waste time stops here. */
const MOST_WORK = 64 * 1024 ** 3;
const TYPES: readonly (ObjectType | undefined)[] = [undefined, 'commit', 'tree', 'blob', 'tag'];

/**
 * Indexes a pack that has no usable index, as `git index-pack` does: inflates every object to find the next, rebuilds
 * deltas, and hashes all to know their ids. `elsewhere` finds bases that are not in the pack. Never throws but for a file
 * that cannot be read at all.
 */
export function indexPack(
  path: string,
  algorithm: 'sha1' | 'sha256',
  elsewhere: (id: string) => RawObject | undefined,
): SequentialIndex {
  const idBytes = algorithm === 'sha1' ? 20 : 32;
  const file = openWindow(path);
  try {
    const lost: string[] = [];
    const found = new Map<string, number>();
    const waiting = scan(file, idBytes, algorithm, found, lost);
    rebuild(path, idBytes, algorithm, found, waiting, elsewhere, lost);
    return { ...columns(found, idBytes), lost };
  } finally {
    file.close();
  }
}

/** Deltas by what they wait for: the offset of their base, or its id. */
type Waiting = Map<number | string, { readonly offset: number; readonly size: number }[]>;

/** Takes in whole objects, and gives the deltas. */
function scan(
  file: Window,
  idBytes: number,
  algorithm: string,
  found: Map<string, number>,
  lost: string[],
): Waiting {
  const head = file.bytes(0, 12);
  const count = head.length === 12 ? head.readUInt32BE(8) : 0;
  const waiting: Waiting = new Map();
  let offset = 12;
  for (let i = 0; i < count; i++) {
    try {
      const entry = entryAt(file, offset, idBytes);
      const { bytes, taken } = inflateSome(file, entry.data, entry.size);
      const type = TYPES[entry.type];
      if (type === undefined) {
        const base = entry.baseId ?? entry.baseOffset;
        const others = waiting.get(base) ?? [];
        others.push({ offset, size: deltaSizes(bytes).target });
        waiting.set(base, others);
      } else found.set(hash(algorithm, type, bytes), offset);
      offset = entry.data + taken;
    } catch (error) {
      lost.push(`${count - i} of ${count} objects, from byte ${offset} on: ${(error as Error).message}`);
      break;
    }
  }
  return waiting;
}

function inflateSome(
  file: Window,
  data: number,
  size: number,
): { readonly bytes: Buffer; readonly taken: number } {
  if (size > MAX_OBJECT_BYTES) throw new Error(`an object of ${size} bytes`);
  for (let length = deflateBound(size); ; length *= 4) {
    try {
      const { buffer, engine } = inflateSync(file.bytes(data, length), {
        chunkSize: Math.max(64, size + 1),
        maxOutputLength: size + 1,
        info: true,
      }) as unknown as { readonly buffer: Buffer; readonly engine: { readonly bytesWritten: number } };
      if (buffer.length !== size) throw new Error(`it gives ${buffer.length} bytes where it says ${size}`);
      return { bytes: buffer, taken: engine.bytesWritten };
    } catch (error) {
      const isShort = (error as { code?: string }).code === 'Z_BUF_ERROR';
      if (!isShort || data + length >= file.size) throw error;
    }
  }
}

/** Rebuilds deltas as soon as their bases are known. */
function rebuild(
  path: string,
  idBytes: number,
  algorithm: string,
  found: Map<string, number>,
  waiting: Waiting,
  elsewhere: (id: string) => RawObject | undefined,
  lost: string[],
): void {
  const cache = byteCache<RawObject>(CACHE);
  const pack = openPack(path, idBytes, cache, 0, (id) => {
    const base = found.get(id) ?? elsewhere(id);
    if (base === undefined) throw new Error(`its base ${id} is not there`);
    return base;
  });
  let work = 0;
  let failed = 0;
  try {
    const known: { readonly key: number | string; readonly depth: number }[] = [];
    for (const [id, offset] of found) known.push({ key: id, depth: 0 }, { key: offset, depth: 0 });
    for (const key of waiting.keys())
      if (typeof key === 'string' && !found.has(key) && elsewhere(key) !== undefined)
        known.push({ key, depth: 0 });
    for (let next = known.pop(); next !== undefined; next = known.pop()) {
      const { key, depth } = next;
      const deltas = waiting.get(key) ?? [];
      waiting.delete(key);
      for (const { offset, size } of deltas) {
        // What the cache does not keep is rebuilt from its root each time.
        work += size > CACHE / 4 ? size * (depth + 1) : size;
        if (work > MOST_WORK) {
          failed++;
          continue;
        }
        try {
          const object = pack.read(offset, MAX_OBJECT_BYTES);
          const id = hash(algorithm, object.type, object.bytes);
          found.set(id, offset);
          known.push({ key: id, depth: depth + 1 }, { key: offset, depth: depth + 1 });
        } catch {
          failed++;
        }
      }
    }
    for (const deltas of waiting.values()) failed += deltas.length;
    if (failed > 0) lost.push(`${failed} deltas cannot be rebuilt`);
  } finally {
    pack.close();
  }
}

function hash(algorithm: string, type: ObjectType, bytes: Uint8Array): string {
  return createHash(algorithm).update(`${type} ${bytes.length}\0`, 'latin1').update(bytes).digest('hex');
}

function columns(
  found: ReadonlyMap<string, number>,
  idBytes: number,
): { readonly ids: Uint8Array; readonly offsets: Float64Array } {
  const sorted = [...found.keys()].sort();
  const ids = new Uint8Array(sorted.length * idBytes);
  sorted.forEach((id, i) => ids.set(Buffer.from(id, 'hex'), i * idBytes));
  return { ids, offsets: Float64Array.from(sorted, (id) => found.get(id)!) };
}
