import type { Offsets } from '../../model/history.ts';
import type { Window } from './window.ts';
import { openWindow } from './window.ts';

/** A pack's index: object ids in order, with their offsets in the pack. https://git-scm.com/docs/pack-format */
export interface PackIndex {
  readonly count: number;
  /** Offset of an object in the pack; -1 when the pack has it not. */
  offsetOf(id: Buffer): number;
  /** The number of the object whose id begins at `at` of `ids`, in the order of ids; -1 when the pack has it not. */
  entryOf(ids: Uint8Array, at: number): number;
  /** Where an entry lies in the pack, and its id. */
  offsetAt(entry: number): number;
  idAt(entry: number): string;
  /** Ids that start with a hexadecimal prefix of at least two digits, at most `most`. */
  matching(prefix: string, most: number): readonly string[];
  /** All ids, one after another, and their offsets. Throws Error when the ids are not in order: then the index lies. */
  columns(): { readonly ids: Uint8Array; readonly offsets: Offsets };
  /** Every id with its offset, in order of id. */
  each(visit: (id: string, offset: number) => void): void;
  close(): void;
}

interface Bucket {
  readonly count: number;
  readonly ids: Buffer;
  /** Bytes from one id to the next, and of the id within. */
  readonly stride: number;
  readonly idAt: number;
  offset(index: number): number;
}

/**
 * Opens an index of version 1 or 2. Ids and offsets are read one first byte at a time (256 buckets),
 * so that a few look-ups in a large repository read little. `blocks`: those of the file that are held (window.ts).
 * Throws Error when it is no index or is cut short.
 */
export function openPackIndex(path: string, idBytes: number, blocks?: number): PackIndex {
  const file = openWindow(path, blocks);
  try {
    return indexOver(file, idBytes);
  } catch (error) {
    file.close();
    throw error;
  }
}

function indexOver(file: Window, idBytes: number): PackIndex {
  const head = file.bytes(0, 8);
  const second = head.length === 8 && head.readUInt32BE(0) === 0xff744f63;
  if (second && head.readUInt32BE(4) !== 2) throw new Error(`pack index version ${head.readUInt32BE(4)}`);
  const fanoutAt = second ? 8 : 0;
  const fanout = Buffer.from(file.bytes(fanoutAt, 1024));
  if (fanout.length < 1024) throw new Error('the index is cut short');
  for (let i = 1; i < 256; i++)
    if (fanout.readUInt32BE(i * 4) < fanout.readUInt32BE(i * 4 - 4)) throw new Error('the index is damaged');
  const count = fanout.readUInt32BE(1020);
  const tables = fanoutAt + 1024;
  const least = tables + count * (idBytes + (second ? 8 : 4)) + 2 * idBytes;
  if (file.size < least) throw new Error('the index is cut short');

  const loaded: (Bucket | undefined)[] = [];
  const bucket = (first: number): Bucket => {
    return (loaded[first] ??= readBucket(first));
  };

  const readBucket = (first: number): Bucket => {
    const low = startOf(first);
    const size = fanout.readUInt32BE(first * 4) - low;
    return second ? readBucket2(low, size) : readBucket1(low, size);
  };

  const readBucket1 = (low: number, size: number): Bucket => {
    const stride = idBytes + 4;
    const ids = file.own(tables + low * stride, size * stride);
    return { count: size, ids, stride, idAt: 4, offset: (index) => ids.readUInt32BE(index * stride) };
  };

  const readBucket2 = (low: number, size: number): Bucket => {
    const ids = file.own(tables + low * idBytes, size * idBytes);
    const offsetsAt = tables + count * (idBytes + 4);
    const offsets = file.own(offsetsAt + low * 4, size * 4);
    const largeAt = offsetsAt + count * 4;
    const offset = (index: number): number => {
      const small = offsets.readUInt32BE(index * 4);
      if (small < 0x80000000) return small;
      const at = largeAt + (small - 0x80000000) * 8;
      const large = file.bytes(at, 8);
      if (at + 8 > file.size - 2 * idBytes || large.length < 8) throw new Error('the index is damaged');
      return large.readUInt32BE(0) * 0x100000000 + large.readUInt32BE(4);
    };
    return { count: size, ids, stride: idBytes, idAt: 0, offset };
  };

  /** First entry whose id is not below `id`, comparing `length` bytes. */
  const lowerBound = (from: Bucket, id: Buffer, length: number): number => {
    let low = 0;
    let high = from.count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const at = middle * from.stride + from.idAt;
      if (from.ids.compare(id, 0, length, at, at + length) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  /** As `lowerBound` for whole ids: three more bytes as a number tell nearly all apart, without a call for each step. */
  const lowerBoundOf = (from: Bucket, id: Buffer): number => {
    const { ids, stride, idAt } = from;
    const wanted = (id[1]! << 16) | (id[2]! << 8) | id[3]!;
    let low = 0;
    let high = from.count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const at = middle * stride + idAt;
      const found = (ids[at + 1]! << 16) | (ids[at + 2]! << 8) | ids[at + 3]!;
      if (found < wanted || (found === wanted && ids.compare(id, 4, idBytes, at + 4, at + idBytes) < 0))
        low = middle + 1;
      else high = middle;
    }
    return low;
  };

  /** As `lowerBoundOf`, begun where an id of evenly spread ones would be: two or three looks where halving takes ten. */
  const entryOf = (wanted: Uint8Array, start: number): number => {
    const first = wanted[start]!;
    const { ids, stride, idAt, count: size } = bucket(first);
    const key = (wanted[start + 1]! << 16) | (wanted[start + 2]! << 8) | wanted[start + 3]!;
    let low = 0;
    let high = size;
    let middle = Math.floor((key * size) / 0x1000000);
    for (let step = 4; low < high;) {
      const at = middle * stride + idAt;
      let order = ((ids[at + 1]! << 16) | (ids[at + 2]! << 8) | ids[at + 3]!) - key;
      for (let i = 4; order === 0 && i < idBytes; i++) order = ids[at + i]! - wanted[start + i]!;
      if (order === 0) return startOf(first) + middle;
      if (order < 0) low = middle + 1;
      else high = middle;
      // Steps that double from the guess, but never past the half: ids made to deceive it take twice as many looks as halving alone.
      const half = (low + high) >>> 1;
      middle = order < 0 ? Math.min(middle + step, half) : Math.max(middle - step, half);
      step *= 2;
    }
    return -1;
  };

  const startOf = (first: number): number => (first === 0 ? 0 : fanout.readUInt32BE(first * 4 - 4));

  /** The first byte of an entry's id. */
  const firstOf = (entry: number): number => {
    let first = Math.min(255, Math.floor((entry * 256) / count));
    while (startOf(first) > entry) first--;
    while (fanout.readUInt32BE(first * 4) <= entry) first++;
    return first;
  };

  const idOf = (from: Bucket, index: number): string =>
    from.ids.toString('hex', index * from.stride + from.idAt, index * from.stride + from.idAt + idBytes);

  return {
    count,
    offsetOf: (id) => {
      const from = bucket(id[0]!);
      const index = lowerBoundOf(from, id);
      if (index === from.count) return -1;
      const at = index * from.stride + from.idAt;
      return from.ids.compare(id, 0, idBytes, at, at + idBytes) === 0 ? from.offset(index) : -1;
    },
    entryOf,
    offsetAt: (entry) => {
      const first = firstOf(entry);
      return bucket(first).offset(entry - startOf(first));
    },
    idAt: (entry) => {
      const first = firstOf(entry);
      return idOf(bucket(first), entry - startOf(first));
    },
    matching: (prefix, most) => {
      const whole = Buffer.from(prefix.length % 2 === 0 ? prefix : prefix.slice(0, -1), 'hex');
      const from = bucket(whole[0]!);
      const found: string[] = [];
      for (
        let index = lowerBound(from, whole, whole.length);
        index < from.count && found.length < most;
        index++
      ) {
        const id = idOf(from, index);
        if (!id.startsWith(prefix.slice(0, whole.length * 2))) break;
        if (id.startsWith(prefix)) found.push(id);
      }
      return found;
    },
    each: (visit) => {
      for (let first = 0; first < 256; first++) {
        const from = bucket(first);
        for (let index = 0; index < from.count; index++) visit(idOf(from, index), from.offset(index));
      }
    },
    columns: () => {
      const ids = new Uint8Array(count * idBytes);
      // Offsets above 2 GiB are in a table of their own, behind those of all objects.
      const hasLarge = second && file.size > least;
      const offsets = new (hasLarge ? Float64Array : Uint32Array)(count);
      let entry = 0;
      for (let first = 0; first < 256; first++) {
        // All of them at once would be as much again.
        const from = loaded[first] ?? readBucket(first);
        for (let index = 0; index < from.count; index++, entry++) {
          const at = index * from.stride + from.idAt;
          if (from.ids[at] !== first) throw new Error('the index is damaged');
          ids.set(from.ids.subarray(at, at + idBytes), entry * idBytes);
          offsets[entry] = from.offset(index);
        }
      }
      if (!isAscending(ids, idBytes)) throw new Error('the index is damaged');
      return { ids, offsets };
    },
    close: () => file.close(),
  };
}

function isAscending(ids: Uint8Array, idBytes: number): boolean {
  for (let at = idBytes; at < ids.length; at += idBytes) {
    let i = 0;
    while (i < idBytes && ids[at + i] === ids[at - idBytes + i]) i++;
    // An id that is there twice would be one object with two places.
    if (i === idBytes || ids[at + i]! < ids[at - idBytes + i]!) return false;
  }
  return true;
}
