import { characters } from './characters.ts';
import { Units } from './pieces.ts';

/** A table's rows as text: `name: value` for each text of them. */
export interface TableText {
  readonly table: string;
  readonly bytes: Uint8Array;
  /** Why the bytes are not all of it. */
  readonly fault?: string;
}

const INTERIOR = 5;
const LEAF = 13;
/** Pages of a tree that has keys alone. */
const OF_INDEX: ReadonlySet<number> = new Set([2, 10]);
/** Rows on pages that belong to no table now: what was deleted. */
const LEFT_OVER = 'pages of no table';
/** Columns of one row: as many as SQLite can be built to allow. */
const MOST_COLUMNS = 32_767;

/**
 * The texts of a database of SQLite 3, by table, with the names of their columns before them; and those on pages that no table has any
 * more. As they stand in the file, texts of one row touch each other, and long ones are cut. Every page is read once at most; damaged
 * ones give nothing. https://www.sqlite.org/fileformat2.html
 */
export function* sqliteTexts(bytes: Uint8Array, room: () => number): Generator<TableText, void, undefined> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 512) return;
  const told = view.getUint16(16);
  const size = told === 1 ? 65_536 : told;
  if (size < 512 || (size & (size - 1)) !== 0) return;
  const file: File = {
    bytes,
    view,
    size,
    usable: size - bytes[20]!,
    seen: new Set(),
    spare: bytes.length,
    fault: undefined,
  };
  if (file.usable < 480) return;
  const tables: { readonly name: string; readonly root: number; readonly columns: readonly string[] }[] = [];
  for (const row of rowsOf(file, 1)) {
    const [type, name, , root, sql] = row;
    if (type === 'table' && typeof name === 'string' && typeof root === 'number')
      tables.push({ name, root, columns: typeof sql === 'string' ? columnsOf(sql) : [] });
  }
  if (file.fault !== undefined) yield { table: 'tables', bytes: NOTHING, fault: file.fault };
  for (const { name, root, columns } of tables) {
    file.fault = undefined;
    yield* textOf(name, rowsOf(file, root), columns, room);
    if (file.fault !== undefined) yield { table: name, bytes: NOTHING, fault: file.fault };
  }
  for (let page = 2; page * size <= bytes.length; page++)
    if (!file.seen.has(page) && bytes[(page - 1) * size] === LEAF)
      yield* textOf(LEFT_OVER, rowsOf(file, page), [], room);
}

const NOTHING = new Uint8Array(0);

type Value = string | number | undefined;

interface File {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  readonly size: number;
  readonly usable: number;
  readonly seen: Set<number>;
  /** Bytes that rows may still have beyond their pages: no more than the file has, whatever they say. */
  spare: number;
  /** Why not all rows of the tree at hand were read. */
  fault: string | undefined;
}

function* textOf(
  table: string,
  rows: Iterable<readonly Value[]>,
  columns: readonly string[],
  room: () => number,
): Generator<TableText, void, undefined> {
  const text = new Units();
  const most = room();
  let isCut = false;
  for (const row of rows)
    for (const [i, value] of row.entries()) {
      if (typeof value !== 'string' || value === '') continue;
      const line = columns[i] === undefined ? `${value}\n` : `${columns[i]}: ${value}\n`;
      // Rows are read on, so that their pages are known to be this table's.
      isCut ||= text.length + line.length > most;
      if (!isCut) for (let at = 0; at < line.length; at++) text.push(line.charCodeAt(at));
    }
  const fault = isCut ? { fault: 'it holds more than is looked into' } : {};
  if (text.length > 0 || isCut) yield { table, bytes: text.bytes(), ...fault };
}

/** The rows of the tree whose root is a page, in no order that matters. */
function* rowsOf(file: File, root: number): Generator<readonly Value[], void, undefined> {
  const open = [root];
  while (open.length > 0) {
    const page = open.pop()!;
    if (file.seen.has(page)) continue;
    if (page < 1 || page * file.size > file.bytes.length) {
      // A table that is none of its own (a view of others) has no page.
      if (page !== 0) file.fault = 'it is damaged';
      continue;
    }
    file.seen.add(page);
    const start = (page - 1) * file.size;
    const header = page === 1 ? 100 : start;
    const type = file.bytes[header]!;
    if (type !== INTERIOR && type !== LEAF) {
      file.fault = OF_INDEX.has(type) ? 'it has no row ids, which is not known here' : 'it is damaged';
      continue;
    }
    const count = file.view.getUint16(header + 3);
    const first = header + (type === LEAF ? 8 : 12);
    if (first + 2 * count > start + file.size) {
      file.fault = 'it is damaged';
      continue;
    }
    if (type === INTERIOR) open.push(file.view.getUint32(header + 8));
    for (let i = 0; i < count; i++) {
      const cell = start + file.view.getUint16(first + 2 * i);
      if (cell + 4 > start + file.size) continue;
      if (type === INTERIOR) open.push(file.view.getUint32(cell));
      else {
        const payload = payloadOf(file, cell);
        if (payload === undefined) file.fault = 'it is damaged';
        else yield valuesOf(payload);
      }
    }
  }
}

/** The bytes of a row: those in its page, and those in the pages that they go on in. */
function payloadOf(file: File, cell: number): Uint8Array | undefined {
  const { bytes, view, size, usable } = file;
  const length = varint(bytes, cell);
  const id = varint(bytes, length.end);
  const most = usable - 35;
  if (length.value <= most)
    return id.end + length.value > bytes.length ? undefined : bytes.subarray(id.end, id.end + length.value);
  const least = Math.floor(((usable - 12) * 32) / 255) - 23;
  const wished = least + ((length.value - least) % (usable - 4));
  const local = wished <= most ? wished : least;
  if (length.value > file.spare || id.end + local + 4 > bytes.length) return undefined;
  file.spare -= length.value;
  const whole = new Uint8Array(length.value);
  whole.set(bytes.subarray(id.end, id.end + local));
  let done = local;
  // A chain that turns back ends here: its rows are no longer than the file.
  for (let page = view.getUint32(id.end + local); page > 0 && done < whole.length;) {
    const start = (page - 1) * size;
    if (start + size > bytes.length) return undefined;
    const part = Math.min(usable - 4, whole.length - done);
    whole.set(bytes.subarray(start + 4, start + 4 + part), done);
    done += part;
    page = view.getUint32(start);
  }
  return whole;
}

function valuesOf(payload: Uint8Array): readonly Value[] {
  const head = varint(payload, 0);
  const values: Value[] = [];
  let at = head.end;
  let body = head.value;
  while (at < head.value && at < payload.length && values.length < MOST_COLUMNS) {
    const { value: type, end } = varint(payload, at);
    at = end;
    const size = type >= 12 ? (type - (type & 1 ? 13 : 12)) / 2 : (SIZES[type] ?? 0);
    if (body + size > payload.length) break;
    if (type >= 12) values.push(characters(payload, body, body + size));
    else
      values.push(
        type > 0 && type < 7 ? integer(payload, body, size) : type === 8 ? 0 : type === 9 ? 1 : undefined,
      );
    body += size;
  }
  return values;
}

const SIZES: readonly number[] = [0, 1, 2, 3, 4, 6, 8, 8, 0, 0];

/** Never below zero: only numbers of pages are asked for. */
function integer(bytes: Uint8Array, at: number, size: number): number {
  let value = 0;
  for (let i = 0; i < size; i++) value = value * 256 + bytes[at + i]!;
  return value;
}

/** Seven bits a byte, nine bytes at most. */
function varint(bytes: Uint8Array, at: number): { readonly value: number; readonly end: number } {
  let value = 0;
  for (let i = 0; i < 9; i++) {
    const byte = bytes[at + i] ?? 0;
    value = value * 128 + (byte & 127);
    if (byte < 128) return { value, end: at + i + 1 };
  }
  return { value, end: at + 9 };
}

/** The names of the columns of `CREATE TABLE t (a TEXT, "b" …, PRIMARY KEY …)`, in order. */
function columnsOf(sql: string): readonly string[] {
  const open = sql.indexOf('(');
  const names: string[] = [];
  if (open === -1) return names;
  let depth = 0;
  let start = open + 1;
  for (let at = start; at < sql.length && names.length < MOST_COLUMNS; at++) {
    const sign = sql[at]!;
    if (sign === '(') depth++;
    else if ((sign === ',' && depth === 0) || (sign === ')' && depth-- === 0)) {
      const name = /^\s*["'`[]?([\w -]*?\w)(?:["'`\]]|\s|$)/.exec(
        sql.slice(start, Math.min(at, start + 200)),
      )?.[1];
      if (name !== undefined && !/^(?:primary|foreign|unique|check|constraint)$/i.test(name))
        names.push(name);
      start = at + 1;
      if (sign === ')') break;
    }
  }
  return names;
}
