import type { AffectedEntry } from '../../../model/advisory.ts';
import type { ByteSource, Codec } from '../../../model/bytes.ts';
import type { EcosystemId } from '../../../model/ecosystem.ts';
import { AssayError } from '../../../model/problem.ts';
import type { JsonObject } from '../../text/json.ts';
import type { PackedRecord, RowVisitor } from '../record-set.ts';
import type { RecordDetail } from '../record.ts';
import { ByteReader, ByteWriter, Damage } from './bytes.ts';
import { writeEntry, readEntry } from './entry.ts';
import { hashName } from './hash.ts';
import {
  checkMeta,
  HEADER_BYTES,
  MAGIC,
  MAX_BLOCK_BYTES,
  SCHEMA,
  SLOT_BYTES,
  tagOf,
  type IndexMeta,
  type SectionName,
} from './layout.ts';

/** What the file says of one record without opening its details. */
export interface IndexedRecord {
  readonly id: string;
  readonly modifiedMs: number;
  readonly ecosystems: number;
  readonly flags: number;
}

/** An open advisory file. Every method throws AssayError `advisories/corrupt` when the bytes are not what they should be. */
export interface IndexFile {
  readonly meta: IndexMeta;
  /** Entries of a canonical name by advisory id; `advisory` is the record's number in this file. Two small reads, none for most names that are not there. */
  lookup(name: string): readonly AffectedEntry[];
  detail(record: number): RecordDetail;
  /** Every record in order, or those whose id is wanted; reads a section whole, so for updates only. */
  records(wanted?: { has(id: string): boolean }): IndexedRecord[];
  /** Every record with its rows, packed as it was; reads the file whole, so for folding overlays only. */
  packed(): Iterable<PackedRecord>;
}

/** Opens an advisory file; reads its header and metadata only. */
export function openIndex(source: ByteSource, codec: Codec): IndexFile {
  const guard = <T>(run: () => T): T => {
    try {
      return run();
    } catch (error) {
      if (error instanceof Damage) throw damaged(source, error.message);
      if (error instanceof AssayError && error.code === 'file/truncated')
        throw damaged(source, 'it is cut off');
      throw error;
    }
  };
  const { meta, start } = guard(() => readHead(source));
  const section = (name: SectionName, offset: number, length: number): Uint8Array => {
    const [from, size] = meta.sections[name];
    if (offset + length > size) throw new Damage(`something points outside of its section "${name}"`);
    return source.read(start + from + offset, length);
  };
  const whole = (name: SectionName): Uint8Array => section(name, 0, meta.sections[name][1]);
  const slots = meta.sections.table[1] / SLOT_BYTES;
  const blocks = new Map<number, Uint8Array>();
  let tags: Uint8Array | undefined;

  const rowOf = (name: string): Uint8Array | undefined => {
    const [place, check] = hashName(name);
    const tag = tagOf(check);
    tags ??= whole('tags');
    let slot = place & (slots - 1);
    for (let probe = 0; probe <= meta.longestProbe; probe++, slot = (slot + 1) & (slots - 1)) {
      if (tags[slot] === 0) return undefined;
      if (tags[slot] !== tag) continue;
      const found = new ByteReader(section('table', slot * SLOT_BYTES, SLOT_BYTES));
      if (found.u32() !== place || found.u32() !== check) continue;
      const row = section('rows', found.u32(), found.u32());
      if (new ByteReader(row).string() === name) return row;
    }
    return undefined;
  };

  const blockOf = (number: number): Uint8Array => {
    const known = blocks.get(number);
    if (known !== undefined) return known;
    const bounds = new ByteReader(section('blocks', number * 4, 8));
    const from = bounds.u32();
    const to = bounds.u32();
    if (to < from) throw new Damage('its blocks are out of order');
    let bytes: Uint8Array;
    try {
      bytes = codec.inflate(section('details', from, to - from), MAX_BLOCK_BYTES);
    } catch (error) {
      if (error instanceof Damage || error instanceof AssayError) throw error;
      throw new Damage('a block of details does not unpack');
    }
    if (blocks.size >= 64) blocks.clear();
    blocks.set(number, bytes);
    return bytes;
  };

  const detailText = (record: number): string => {
    if (!(record >= 0 && record < meta.records)) throw new Damage('it has no such record');
    const line = lineOf(blockOf(Math.floor(record / meta.blockRecords)), record % meta.blockRecords);
    if (line === '') throw new Damage('a record has no details');
    return line;
  };

  const records = (wanted?: { has(id: string): boolean }): IndexedRecord[] => {
    const reader = new ByteReader(whole('ids'));
    const found: IndexedRecord[] = [];
    for (let i = 0; i < meta.records; i++) {
      const id = reader.string();
      if (wanted === undefined || wanted.has(id))
        found.push({ id, modifiedMs: reader.f64(), ecosystems: reader.u32(), flags: reader.byte() });
      else reader.raw(REST_OF_ID_BYTES);
    }
    return found;
  };

  return {
    meta,
    lookup: (name) =>
      guard(() => {
        const row = rowOf(name);
        return row === undefined ? [] : readRow(row).entries;
      }),
    detail: (record) => guard(() => readDetailLine(detailText(record))),
    records: (wanted) => guard(() => records(wanted)),
    *packed() {
      const rows = guard(() => rowsByRecord(whole('rows'), meta));
      for (const [index, record] of guard(() => records()).entries())
        yield {
          ...record,
          detail: () => encoder.encode(guard(() => detailText(index))),
          rows: (ecosystem: EcosystemId, visit: RowVisitor) => {
            if (ecosystem === meta.ecosystem)
              for (const { name, entry } of rows[index] ?? []) visit(name, entry, 0, entry.length);
          },
        };
    },
  };
}

/** What follows an id: modified, ecosystems, flags. */
const REST_OF_ID_BYTES = 8 + 4 + 1;

function readHead(source: ByteSource): { meta: IndexMeta; start: number } {
  if (source.size < HEADER_BYTES) throw new Damage('it is too short to be an advisory file');
  const head = new ByteReader(source.read(0, HEADER_BYTES));
  if (head.raw(MAGIC.length).some((byte, i) => byte !== MAGIC[i]))
    throw new Damage('it is not an advisory file');
  const schema = head.u32();
  if (schema !== SCHEMA) throw new Damage(`it has schema ${schema}, and this version reads ${SCHEMA}`);
  const length = head.u32();
  const start = HEADER_BYTES + length;
  if (length > 1 << 20 || start > source.size) throw new Damage('its metadata is cut off');
  let value: unknown;
  try {
    value = JSON.parse(decoder.decode(source.read(HEADER_BYTES, length)));
  } catch (error) {
    if (error instanceof AssayError) throw error;
    throw new Damage('its metadata is not readable');
  }
  if (typeof value !== 'object' || value === null) throw new Damage('its metadata is not readable');
  return { meta: checkMeta(value as JsonObject, source.size - start), start };
}

function readRow(row: Uint8Array): { name: string; entries: AffectedEntry[] } {
  const reader = new ByteReader(row);
  const name = reader.string();
  const entries: AffectedEntry[] = [];
  for (let left = reader.items(4); left > 0; left--) {
    const record = reader.count();
    const id = reader.string();
    entries.push(readEntry(reader, record, id));
  }
  return { name, entries };
}

/** A line of a text; `''` when it has fewer. The others are not made into text: of a block a scan wants one. */
function lineOf(bytes: Uint8Array, number: number): string {
  let start = 0;
  for (let i = 0; i < number; i++) {
    start = bytes.indexOf(LINE_FEED, start) + 1;
    if (start === 0) return '';
  }
  const end = bytes.indexOf(LINE_FEED, start);
  return decoder.decode(bytes.subarray(start, end === -1 ? bytes.length : end));
}

const LINE_FEED = 10;

function rowsByRecord(bytes: Uint8Array, meta: IndexMeta): { name: string; entry: Uint8Array }[][] {
  const rows: { name: string; entry: Uint8Array }[][] = [];
  const reader = new ByteReader(bytes);
  const writer = new ByteWriter();
  while (!reader.done) {
    const name = reader.string();
    for (let left = reader.items(4); left > 0; left--) {
      const record = reader.count();
      if (record >= meta.records) throw new Damage('a row names a record that is not there');
      const { ranges, versions } = readEntry(reader, record, reader.string());
      writer.clear();
      writeEntry(writer, ranges, versions);
      (rows[record] ??= []).push({ name, entry: writer.written().slice() });
    }
  }
  return rows;
}

function readDetailLine(line: string): RecordDetail {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new Damage('the details of a record are not readable');
  }
  const detail = value as Partial<RecordDetail> | null;
  const sound =
    typeof detail === 'object' &&
    detail !== null &&
    typeof detail.id === 'string' &&
    typeof detail.summary === 'string' &&
    [detail.aliases, detail.vectors, detail.cwes, detail.references].every(Array.isArray);
  if (!sound) throw new Damage('the details of a record are not what they should be');
  return detail as RecordDetail;
}

function damaged(source: ByteSource, what: string): AssayError {
  return new AssayError('advisories/corrupt', `${source.name} cannot be used: ${what}`, {
    hint: 'run `assay db update --fresh` to build it anew',
  });
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const encoder = new TextEncoder();
