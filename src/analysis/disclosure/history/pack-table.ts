import type { ObjectKind, Offsets, PackFile } from '../../../model/history.ts';
import { sortedOrder } from './sorted-order.ts';

/** What the headers of a pack's objects say, in the order of the file. Columns, for packs have millions of objects. */
export interface PackTable {
  readonly pack: PackFile;
  readonly count: number;
  /** Where each object starts, and last where the pack's checksum does. */
  readonly offsets: Offsets;
  /** The place of each object in the index. */
  readonly places: Uint32Array;
  /** Bytes of the header: the compressed data starts behind them. */
  readonly headers: Uint8Array;
  /** Bytes of the data once inflated; TOO_LARGE when 4 GiB or more. */
  readonly sizes: Uint32Array;
  /** 1 commit, 2 tree, 3 blob, 4 tag; of a delta 0 until its base is known; NO_OBJECT when the header is none. */
  readonly kinds: Uint8Array;
  /** The base of a delta (a row of this table), ROOT, or ELSEWHERE. */
  readonly bases: Int32Array;
  /** Ids of bases that are not in this pack, by row. */
  readonly elsewhere: ReadonlyMap<number, string>;
}

export const ROOT = -1;
export const ELSEWHERE = -2;
export const NO_OBJECT = 255;
export const TOO_LARGE = 0xffffffff;
/** The places of `tree` and `blob` in KINDS. */
export const TREE = 2;
export const BLOB = 3;
export const KINDS: readonly (ObjectKind | undefined)[] = [undefined, 'commit', 'tree', 'blob', 'tag'];

const OFS_DELTA = 6;
const REF_DELTA = 7;
const WINDOW = 1 << 20;
/** Type and size take at most 10 bytes, a base 10 (an offset) or 32 (an id). */
const MOST_HEADER = 64;

/** Reads the header of every object of the index, front to back. */
export function readPackTable(pack: PackFile): PackTable {
  const count = pack.offsets.length;
  const idBytes = count === 0 ? 20 : pack.ids.length / count;
  const places = sortedOrder(pack.offsets);
  const table = {
    pack,
    count,
    offsets: new (pack.size < 2 ** 32 ? Uint32Array : Float64Array)(count + 1),
    places,
    headers: new Uint8Array(count),
    sizes: new Uint32Array(count),
    kinds: new Uint8Array(count),
    bases: new Int32Array(count).fill(ROOT),
    elsewhere: new Map<number, string>(),
  };
  for (let i = 0; i < count; i++) table.offsets[i] = pack.offsets[places[i]!]!;
  table.offsets[count] = Math.max(0, pack.size - idBytes);
  const window = new Uint8Array(WINDOW);
  const head: Head = { kind: 0, size: 0, length: 0, back: 0, idAt: 0 };
  let start = 0;
  let end = 0;
  let ranks: Int32Array | undefined;
  for (let i = 0; i < count; i++) {
    const offset = table.offsets[i]!;
    if (offset + MOST_HEADER > end || offset < start) {
      start = offset;
      end = offset + pack.read(window, offset);
    }
    const limit = Math.min(end, table.offsets[i + 1]!) - start;
    readHead(window, offset - start, limit, idBytes, head);
    table.kinds[i] = head.kind;
    table.sizes[i] = head.size;
    table.headers[i] = head.length;
    if (head.kind === OFS_DELTA) {
      const base = head.back > 0 ? rowAt(table.offsets, i, offset - head.back) : -1;
      table.kinds[i] = base === -1 ? NO_OBJECT : 0;
      if (base !== -1) table.bases[i] = base;
    } else if (head.kind === REF_DELTA) {
      table.kinds[i] = 0;
      const place = placeOf(pack.ids, idBytes, window, head.idAt);
      if (place === -1) {
        table.bases[i] = ELSEWHERE;
        table.elsewhere.set(i, hex(window, head.idAt, idBytes));
      } else {
        ranks ??= inverse(places);
        table.bases[i] = ranks[place]!;
      }
    }
  }
  return table;
}

/** The id of a row, as hexadecimal digits. */
export function idOfRow(table: PackTable, row: number): string {
  const idBytes = table.pack.ids.length / table.count;
  return hex(table.pack.ids, table.places[row]! * idBytes, idBytes);
}

interface Head {
  kind: number;
  size: number;
  length: number;
  /** Of an OFS_DELTA: how far back its base lies. */
  back: number;
  /** Of a REF_DELTA: where the id of its base is. */
  idAt: number;
}

/** Reads the header at `at` into `head`; kind NO_OBJECT when there is none before `limit`. */
function readHead(bytes: Uint8Array, at: number, limit: number, idBytes: number, head: Head): void {
  const from = at;
  head.kind = NO_OBJECT;
  head.size = 0;
  head.length = 0;
  if (at >= limit) return;
  let byte = bytes[at++]!;
  const kind = (byte >> 4) & 7;
  let size = byte & 15;
  let scale = 16;
  while (byte >= 128) {
    if (at >= limit || scale > 2 ** 53) return;
    byte = bytes[at++]!;
    size += (byte & 0x7f) * scale;
    scale *= 128;
  }
  if (kind === OFS_DELTA) {
    if (at >= limit) return;
    byte = bytes[at++]!;
    let back = byte & 0x7f;
    while (byte >= 128) {
      if (at >= limit || back > 2 ** 46) return;
      byte = bytes[at++]!;
      back = (back + 1) * 128 + (byte & 0x7f);
    }
    head.back = back;
  } else if (kind === REF_DELTA) {
    head.idAt = at;
    at += idBytes;
  } else if (KINDS[kind] === undefined) return;
  if (at >= limit) return;
  head.kind = kind;
  head.size = Math.min(size, TOO_LARGE);
  head.length = at - from;
}

/** The row before `before` that starts at `offset`; -1 when none does. */
function rowAt(offsets: Offsets, before: number, offset: number): number {
  let low = 0;
  let high = before;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (offsets[middle]! < offset) low = middle + 1;
    else high = middle;
  }
  return low < before && offsets[low] === offset ? low : -1;
}

/** The place of an id among ascending ids; -1 when it is not there. */
function placeOf(ids: Uint8Array, idBytes: number, bytes: Uint8Array, at: number): number {
  let low = 0;
  let high = ids.length / idBytes;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const order = compareIds(ids, middle * idBytes, bytes, at, idBytes);
    if (order === 0) return middle;
    if (order < 0) low = middle + 1;
    else high = middle;
  }
  return -1;
}

function compareIds(a: Uint8Array, at: number, b: Uint8Array, bt: number, length: number): number {
  for (let i = 0; i < length; i++) {
    const order = a[at + i]! - b[bt + i]!;
    if (order !== 0) return order;
  }
  return 0;
}

function inverse(places: Uint32Array): Int32Array {
  const rows = new Int32Array(places.length);
  for (let row = 0; row < places.length; row++) rows[places[row]!] = row;
  return rows;
}

function hex(bytes: Uint8Array, at: number, length: number): string {
  let text = '';
  for (let i = at; i < at + length; i++) text += DIGITS[bytes[i]!]!;
  return text;
}

const DIGITS: readonly string[] = Array.from({ length: 256 }, (_, byte) =>
  byte.toString(16).padStart(2, '0'),
);
