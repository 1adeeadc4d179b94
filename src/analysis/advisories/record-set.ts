import { ECOSYSTEMS, type EcosystemId } from '../../model/ecosystem.ts';
import { ByteReader, ByteWriter } from './index-format/bytes.ts';
import { writeEntry } from './index-format/entry.ts';
import { bitOf, WITHDRAWN } from './index-format/layout.ts';
import type { AdvisoryRecord } from './record.ts';

/** One record as the index keeps it: packed, with only what merging needs at hand. */
export interface PackedRecord {
  readonly id: string;
  readonly modifiedMs: number;
  /** Set of ecosystems that the record names (`bitOf`), not only those with rows here. */
  readonly ecosystems: number;
  readonly flags: number;
  /** JSON of `RecordDetail`, UTF-8. */
  detail(): Uint8Array;
  /** Calls `visit` for each name of one ecosystem; its packed ranges and versions are `bytes` from `start` to `end`. */
  rows(ecosystem: EcosystemId, visit: RowVisitor): void;
}

/** A row is handed over as a place in bytes that live as long as the record: there are too many for an array each. */
export type RowVisitor = (name: string, bytes: Uint8Array, start: number, end: number) => void;

/** Collects records, each packed into bytes at once, so that a quarter of a million of them stay below 200 MB. */
export interface RecordSet {
  add(record: AdvisoryRecord): void;
  /** Adds a record that is packed already. Only the rows of `ecosystem` come along. */
  addPacked(record: PackedRecord, ecosystem: EcosystemId): void;
  readonly size: number;
  /** Documents of one id, in no order of meaning. Exact repeats are kept once. */
  documents(id: string): PackedRecord[];
  ids(): Iterable<string>;
  has(id: string): boolean;
}

const CHUNK_BYTES = 4 * 1024 * 1024;

export function createRecordSet(): RecordSet {
  const chunks: Uint8Array[] = [];
  let used = CHUNK_BYTES;
  const ids: string[] = [];
  const numbers: {
    modified: number[];
    ecosystems: number[];
    flags: number[];
    chunk: number[];
    start: number[];
    end: number[];
    next: number[];
  } = { modified: [], ecosystems: [], flags: [], chunk: [], start: [], end: [], next: [] };
  const heads = new Map<string, number>();
  const writer = new ByteWriter(64 * 1024);

  const blob = (index: number): Uint8Array =>
    chunks[numbers.chunk[index]!]!.subarray(numbers.start[index], numbers.end[index]);

  /** Stores what is in `writer`. */
  const store = (id: string, modifiedMs: number, ecosystems: number, flags: number): void => {
    const bytes = writer.written();
    const head = heads.get(id);
    for (let i = head ?? -1; i >= 0; i = numbers.next[i]!)
      if (numbers.modified[i] === modifiedMs && compareBytes(blob(i), bytes) === 0) return;
    if (used + bytes.length > CHUNK_BYTES) {
      chunks.push(new Uint8Array(Math.max(CHUNK_BYTES, bytes.length)));
      used = 0;
    }
    chunks[chunks.length - 1]!.set(bytes, used);
    const index = numbers.next.length;
    ids.push(id);
    numbers.modified.push(modifiedMs);
    numbers.ecosystems.push(ecosystems);
    numbers.flags.push(flags);
    numbers.chunk.push(chunks.length - 1);
    numbers.start.push(used);
    numbers.end.push(used + bytes.length);
    numbers.next.push(head ?? -1);
    heads.set(id, index);
    used += bytes.length;
  };

  const packed = (index: number): PackedRecord =>
    new Document(
      ids[index]!,
      numbers.modified[index]!,
      numbers.ecosystems[index]!,
      numbers.flags[index]!,
      chunks[numbers.chunk[index]!]!,
      numbers.start[index]!,
      numbers.end[index]!,
    );

  return {
    add({ detail, modifiedMs, ecosystems, affected }) {
      writer.clear();
      writer.string(JSON.stringify(detail));
      for (const { ecosystem, name, ranges, versions } of affected) {
        entryWriter.clear();
        writeEntry(entryWriter, ranges, versions);
        const entry = entryWriter.written();
        writeRow(writer, ECOSYSTEMS.indexOf(ecosystem), name, entry, 0, entry.length);
      }
      let set = 0;
      for (const ecosystem of ecosystems) set |= bitOf(ecosystem);
      store(detail.id, modifiedMs, set, detail.withdrawn === undefined ? 0 : WITHDRAWN);
    },
    addPacked(record, ecosystem) {
      writer.clear();
      const text = record.detail();
      writer.count(text.length);
      writer.raw(text);
      record.rows(ecosystem, (name, bytes, start, end) =>
        writeRow(writer, ECOSYSTEMS.indexOf(ecosystem), name, bytes, start, end),
      );
      store(record.id, record.modifiedMs, record.ecosystems, record.flags);
    },
    get size() {
      return heads.size;
    },
    documents(id) {
      const found: PackedRecord[] = [];
      for (let i = heads.get(id) ?? -1; i >= 0; i = numbers.next[i]!) found.push(packed(i));
      return found;
    },
    ids: () => heads.keys(),
    has: (id) => heads.has(id),
  };
}

/** A class and no closures: there are hundreds of thousands at once. */
class Document implements PackedRecord {
  readonly id: string;
  readonly modifiedMs: number;
  readonly ecosystems: number;
  readonly flags: number;
  private readonly chunk: Uint8Array;
  private readonly start: number;
  private readonly end: number;

  constructor(
    id: string,
    modifiedMs: number,
    ecosystems: number,
    flags: number,
    chunk: Uint8Array,
    start: number,
    end: number,
  ) {
    this.id = id;
    this.modifiedMs = modifiedMs;
    this.ecosystems = ecosystems;
    this.flags = flags;
    this.chunk = chunk;
    this.start = start;
    this.end = end;
  }

  detail(): Uint8Array {
    const reader = new ByteReader(this.chunk, this.start);
    return reader.raw(reader.count());
  }

  rows(ecosystem: EcosystemId, visit: RowVisitor): void {
    const wanted = ECOSYSTEMS.indexOf(ecosystem);
    const reader = new ByteReader(this.chunk, this.start);
    reader.skip(reader.count());
    while (reader.at < this.end) {
      const of = reader.byte();
      const name = reader.string();
      const length = reader.count();
      if (of === wanted) visit(name, this.chunk, reader.at, reader.at + length);
      reader.skip(length);
    }
  }
}

const entryWriter = new ByteWriter(64 * 1024);

function writeRow(
  writer: ByteWriter,
  ecosystem: number,
  name: string,
  bytes: Uint8Array,
  start: number,
  end: number,
): void {
  writer.byte(ecosystem);
  writer.string(name);
  writer.count(end - start);
  writer.raw(bytes.subarray(start, end));
}

/** < 0, 0, > 0: shorter first, then by bytes. A stable order, not an alphabetical one. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  if (a.length !== b.length) return a.length - b.length;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return a[i]! - b[i]!;
  return 0;
}
