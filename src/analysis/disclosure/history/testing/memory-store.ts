import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import type { ObjectKind, ObjectStore, PackFile, StoredObject } from '../../../../model/history.ts';
import type { Problem } from '../../../../model/problem.ts';

/** An object for a pack that is made by hand: whole, or a delta of another. */
export interface MadeObject {
  readonly kind: ObjectKind | 'ofs-delta' | 'ref-delta';
  readonly bytes: Uint8Array;
  /** The id to give it; default: the hash of an object of these bytes. */
  readonly id?: string;
  /** Of an ofs-delta: which object before it is its base. */
  readonly base?: number;
  /** Of a ref-delta: the id of its base. */
  readonly baseId?: string;
  /** The size that its header says, if another. */
  readonly size?: number;
  /** Its compressed data, if other than zlib's. */
  readonly data?: Uint8Array;
}

const TYPES = { commit: 1, tree: 2, blob: 3, tag: 4, 'ofs-delta': 6, 'ref-delta': 7 } as const;

/** A pack with its index, in memory. Nothing is checked: it may be as wrong as a test wants it. */
export function makePack(objects: readonly MadeObject[], name: string = 'made.pack'): PackFile {
  const parts: Uint8Array[] = [Buffer.from(`PACK\0\0\0\x02`, 'latin1'), be32(objects.length)];
  let at = 12;
  const offsets: number[] = [];
  for (const { kind, bytes, base, baseId, size, data } of objects) {
    offsets.push(at);
    const part = Buffer.concat([
      Buffer.from(header(TYPES[kind], size ?? bytes.length)),
      kind === 'ofs-delta' ? Buffer.from(distance(at - (offsets[base ?? -1] ?? at + 1))) : Buffer.alloc(0),
      kind === 'ref-delta' ? Buffer.from(baseId ?? '', 'hex') : Buffer.alloc(0),
      data ?? deflateSync(bytes),
    ]);
    parts.push(part);
    at += part.length;
  }
  const pack = Buffer.concat([...parts, Buffer.alloc(20)]);
  const entries = objects
    .map(({ id, kind, bytes }, i) => ({ id: id ?? idOf(kind, bytes), offset: offsets[i]! }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  return {
    name,
    size: pack.length,
    ids: Buffer.from(entries.map(({ id }) => id).join(''), 'hex'),
    offsets: Float64Array.from(entries, ({ offset }) => offset),
    read: (into, offset) => {
      const from = pack.subarray(Math.min(offset, pack.length), Math.min(offset + into.length, pack.length));
      into.set(from);
      return from.length;
    },
  };
}

export function memoryStore(
  packs: readonly PackFile[],
  loose: readonly (StoredObject | Problem)[] = [],
  object: ObjectStore['object'] = () => undefined,
): ObjectStore {
  return { idBytes: 20, packs, problems: [], loose: () => loose, object, close: () => {} };
}

export function idOf(kind: string, bytes: Uint8Array): string {
  return createHash('sha1').update(`${kind} ${bytes.length}\0`).update(bytes).digest('hex');
}

/** A delta of inserts (text of at most 127 bytes) and copies. */
export function makeDelta(
  baseSize: number,
  ...ops: readonly (string | readonly [from: number, size: number])[]
): Buffer {
  const size = ops.reduce((sum, op) => sum + (typeof op === 'string' ? op.length : op[1]), 0);
  const bytes = [...varint(baseSize), ...varint(size)];
  for (const op of ops) {
    if (typeof op === 'string') bytes.push(op.length, ...Buffer.from(op, 'latin1'));
    else bytes.push(0xff, ...le(op[0], 4), ...le(op[1], 3));
  }
  return Buffer.from(bytes);
}

function header(type: number, size: number): number[] {
  const bytes = [(type << 4) | (size % 16)];
  for (let rest = Math.floor(size / 16); rest > 0; rest = Math.floor(rest / 128)) {
    bytes[bytes.length - 1]! |= 128;
    bytes.push(rest % 128);
  }
  return bytes;
}

function distance(back: number): number[] {
  const bytes = [back & 127];
  for (let rest = back >> 7; rest > 0; rest >>= 7) bytes.unshift(128 | (--rest & 127));
  return bytes;
}

function varint(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) | 128, ...varint(Math.floor(value / 128))];
}

const le = (value: number, bytes: number): number[] =>
  Array.from({ length: bytes }, (_, i) => Math.floor(value / 256 ** i) % 256);

function be32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
