import type { ObjectInflater, SmallInflater } from '../../model/deflate.ts';
import type { ByteCache } from './byte-cache.ts';
import { applyDelta, deltaSizes } from './delta.ts';
import { deflateBound, inflateExactly, InflateError } from './inflate.ts';
import { prefixInflater } from './inflate-prefix.ts';
import type { ObjectType, RawObject } from './objects.ts';
import type { Window } from './window.ts';
import { BLOCK, openWindow } from './window.ts';

/** The largest object that is read unless the caller says less, and the largest base of one. */
export const MAX_OBJECT_BYTES: number = 512 * 1024 * 1024;
/** Deepest chain of deltas that git itself writes. */
const MAX_CHAIN = 4096;
/** Bytes of deltas held, and of objects rebuilt on the way, for one object: a hostile chain stops here. */
const MAX_CHAIN_BYTES = 1024 * 1024 * 1024;
const MAX_REBUILT_BYTES = 8 * 1024 * 1024 * 1024;
/** Above the tables of codes in front of a stream's first bytes, in any number of blocks that a writer of sense would make. */
const PREFIX_MARGIN = 4096;
const TYPES: readonly (ObjectType | undefined)[] = [undefined, 'commit', 'tree', 'blob', 'tag'];
const OFS_DELTA = 6;
const REF_DELTA = 7;

/** An object that is larger than the reader allows. */
export class TooLargeError extends Error {
  readonly size: number;
  constructor(size: number) {
    super(`${size} bytes`);
    this.size = size;
  }
}

/** The objects of one pack file, by offset. https://git-scm.com/docs/pack-format */
export interface Pack {
  /**
   * Rebuilds the object at an offset. Throws TooLargeError when it has more than `limit` bytes (a base of it may have
   * MAX_OBJECT_BYTES), and Error when the pack is damaged there.
   */
  read(offset: number, limit: number): RawObject;
  /** The first bytes of an object that is stored whole: `most`, or fewer when it has no more. `undefined` when it is a delta. */
  prefix(offset: number, most: number): RawObject | undefined;
  /**
   * Inflates a commit that is stored whole to where `inflater` keeps its results, and gives its size; -1 when it is a delta, something
   * else, large or damaged, or there is no `inflater`: `read` tells.
   */
  smallCommit(offset: number): number;
  close(): void;
}

/** The header of an object in a pack. */
export interface Entry {
  /** 1 commit, 2 tree, 3 blob, 4 tag, 6 a delta of what lies before it, 7 a delta of what an id names. */
  readonly type: number;
  readonly size: number;
  /** Where the compressed data starts. */
  readonly data: number;
  /** Offset of the base (OFS_DELTA) or its id (REF_DELTA). */
  readonly baseOffset: number;
  readonly baseId: string | undefined;
}

/**
 * Opens a pack. `cache` keeps rebuilt bases for the next delta that wants them; `keyOf` makes this pack's keys in it.
 * `elsewhere` finds a base that a REF_DELTA names: its offset here, or the object from another place. `blocks`: those of the file
 * that are held (window.ts). `inflater` is asked first for what is small, then `zlib`, then Node's own.
 */
export function openPack(
  path: string,
  idBytes: number,
  cache: ByteCache<RawObject>,
  cacheKey: number,
  elsewhere: (id: string) => number | RawObject,
  blocks?: number,
  inflater?: SmallInflater,
  zlib?: ObjectInflater,
): Pack {
  const file = openWindow(path, blocks);
  const head = file.bytes(0, 12);
  const version = head.length === 12 && head.toString('latin1', 0, 4) === 'PACK' ? head.readUInt32BE(4) : 0;
  if (version !== 2 && version !== 3) {
    file.close();
    throw new Error('it is no pack file of version 2 or 3');
  }
  // Offsets stay below 2^40; the number of the pack goes above.
  const keyOf = (offset: number): number => cacheKey * 2 ** 40 + offset;

  const read = (start: number, limit: number): RawObject => {
    const chain: { readonly delta: Buffer; readonly offset: number }[] = [];
    let offset = start;
    let object: RawObject | undefined;
    let held = 0;
    let rebuilt = 0;
    while (object === undefined) {
      const allowed = chain.length === 0 ? limit : MAX_OBJECT_BYTES;
      object = cache.get(keyOf(offset));
      if (object !== undefined) break;
      const entry = entryAt(file, offset, idBytes);
      if (entry.size > allowed) throw new TooLargeError(entry.size);
      const bytes = smallAt(file, entry, inflater) ?? inflateAt(file, entry, zlib);
      const type = TYPES[entry.type];
      if (type !== undefined) {
        object = { type, bytes };
        cache.set(keyOf(offset), object, bytes.length);
        break;
      }
      const { target } = deltaSizes(bytes);
      if (target > allowed) throw new TooLargeError(target);
      held += bytes.length;
      rebuilt += target;
      if (held > MAX_CHAIN_BYTES || rebuilt > MAX_REBUILT_BYTES)
        throw new Error('it needs too many bytes to rebuild');
      chain.push({ delta: bytes, offset });
      if (chain.length > MAX_CHAIN) throw new Error(`a chain of more than ${MAX_CHAIN} deltas, or a cycle`);
      if (entry.baseId === undefined) offset = entry.baseOffset;
      else {
        const base = elsewhere(entry.baseId);
        if (typeof base === 'number') offset = base;
        else object = base;
      }
    }
    for (let i = chain.length - 1; i >= 0; i--) {
      object = { type: object.type, bytes: applyDelta(object.bytes, chain[i]!.delta) };
      cache.set(keyOf(chain[i]!.offset), object, object.bytes.length);
    }
    if (object.bytes.length > limit) throw new TooLargeError(object.bytes.length);
    return object;
  };
  const inflatePrefix = prefixInflater();
  const prefix = (offset: number, most: number): RawObject | undefined => {
    const entry = entryAt(file, offset, idBytes);
    const type = TYPES[entry.type];
    if (type === undefined) return undefined;
    const wanted = Math.min(most, entry.size);
    const bytes = Buffer.allocUnsafe(wanted);
    const written = inflatePrefix(
      file.bytes(entry.data, deflateBound(wanted) + PREFIX_MARGIN),
      bytes,
      wanted,
    );
    if (written !== wanted) throw new InflateError(`it gives ${written} bytes where it says ${entry.size}`);
    return { type, bytes };
  };
  const smallCommit = (offset: number): number => {
    if (inflater === undefined) return -1;
    const head = stretch(file, offset, LONGEST_HEAD);
    let at = head.at;
    let byte = head.bytes[at++]!;
    if (((byte >> 4) & 7) !== COMMIT) return -1;
    let size = byte & 15;
    for (let shift = 4; byte >= 128 && shift < 24; shift += 7) {
      byte = head.bytes[at++]!;
      size += (byte & 0x7f) << shift;
    }
    if (!(byte < 128) || size > inflater.most / 2) return -1;
    const length = deflateBound(size);
    const data = stretch(file, offset + at - head.at, length);
    const end = Math.min(data.at + length, data.bytes.length);
    return inflater.inflate(data.bytes, data.at, end, size) ? size : -1;
  };
  return { read, prefix, smallCommit, close: () => file.close() };
}

const COMMIT = 1;
/** Type and size of an object that is no delta take at most so many bytes. */
const LONGEST_HEAD = 10;

/** Reads the header at an offset. Throws Error when there is none. */
export function entryAt(file: Window, offset: number, idBytes: number): Entry {
  // Type and size take at most 10 bytes, a base 10 (offset) or 32 (id).
  const { bytes: head, at: start } = stretch(file, offset, 64);
  let at = start;
  let byte = head[at++];
  if (byte === undefined) throw new Error(CUT_SHORT);
  const type = (byte >> 4) & 7;
  let size = byte & 15;
  let scale = 16;
  while (byte >= 128) {
    byte = head[at++];
    if (byte === undefined) throw new Error(CUT_SHORT);
    size += (byte & 0x7f) * scale;
    scale *= 128;
    if (scale > 2 ** 53) throw new Error('an impossible size');
  }
  let baseOffset = -1;
  let baseId: string | undefined;
  if (type === OFS_DELTA) {
    byte = head[at++];
    if (byte === undefined) throw new Error(CUT_SHORT);
    let back = byte & 0x7f;
    while (byte >= 128) {
      byte = head[at++];
      if (byte === undefined || at > start + 64) throw new Error(CUT_SHORT);
      back = (back + 1) * 128 + (byte & 0x7f);
    }
    baseOffset = offset - back;
    if (back === 0 || baseOffset < 12) throw new Error('a delta whose base lies outside the pack');
  } else if (type === REF_DELTA) {
    if (at + idBytes > head.length) throw new Error(CUT_SHORT);
    baseId = head.toString('hex', at, at + idBytes);
    at += idBytes;
  } else if (TYPES[type] === undefined) throw new Error(`an object of the unknown type ${type}`);
  return { type, size, data: offset + at - start, baseOffset, baseId };
}

const CUT_SHORT = 'the pack is cut short';

/** Where so many bytes of a file can be read, fewer at its end: most lie in one block, and none is made for them. */
function stretch(
  file: Window,
  offset: number,
  length: number,
): { readonly bytes: Buffer; readonly at: number } {
  const at = offset % BLOCK;
  if (at + length <= BLOCK) return { bytes: file.block(offset), at };
  return { bytes: file.bytes(offset, length), at: 0 };
}

/** `undefined` where `inflateAt` is to be asked. */
function smallAt(file: Window, entry: Entry, inflater: SmallInflater | undefined): Buffer | undefined {
  if (inflater === undefined || entry.size > inflater.most / 2) return undefined;
  const length = deflateBound(entry.size);
  const { bytes: input, at } = stretch(file, entry.data, length);
  if (!inflater.inflate(input, at, Math.min(at + length, input.length), entry.size)) return undefined;
  const bytes = Buffer.allocUnsafe(entry.size);
  bytes.set(inflater.bytes.subarray(inflater.start, inflater.start + entry.size));
  return bytes;
}

/** Deflate packs no more bytes into one. */
const MOST_PACKED = 1032;

function inflateAt(file: Window, entry: Entry, zlib?: ObjectInflater): Buffer {
  // No memory is set aside for a size that the rest of the file cannot hold.
  if (entry.size > MOST_PACKED * (file.size - entry.data)) throw new Error(CUT_SHORT);
  for (let length = deflateBound(entry.size); ; length *= 4) {
    const bytes = inflateExactly(file.bytes(entry.data, length), entry.size, zlib);
    if (bytes !== undefined) return bytes;
    if (entry.data + length >= file.size) throw new Error(CUT_SHORT);
  }
}
