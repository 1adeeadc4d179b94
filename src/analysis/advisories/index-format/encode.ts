import type { Instant } from '../../../model/advisory.ts';
import type { Codec } from '../../../model/bytes.ts';
import type { EcosystemId } from '../../../model/ecosystem.ts';
import type { PackedRecord, RowVisitor } from '../record-set.ts';
import { ByteWriter } from './bytes.ts';
import { hashName } from './hash.ts';
import {
  BLOCK_RECORDS,
  HEADER_BYTES,
  MAGIC,
  SCHEMA,
  SECTIONS,
  SLOT_BYTES,
  tagOf,
  WITHDRAWN,
  type IndexMeta,
  type SectionName,
} from './layout.ts';

/** An advisory file, ready to be written piece after piece. */
export interface EncodedIndex {
  readonly meta: IndexMeta;
  readonly pieces: readonly Uint8Array[];
}

/**
 * Encodes the records of one ecosystem. `records` must have one record an id, ordered by id (UTF-16 code units);
 * the same records give the same bytes, `builtAt` aside. Layout: layout.ts.
 */
export function encodeIndex(
  about: { readonly ecosystem: EcosystemId; readonly kind: 'base' | 'overlay'; readonly builtAt: Instant },
  records: readonly PackedRecord[],
  codec: Codec,
): EncodedIndex {
  const rows = encodeRows(about.ecosystem, records);
  const { table, tags, longestProbe } = encodeTable(rows.slots);
  const ids = encodeIds(records);
  const { blocks, details } = encodeDetails(records, codec);
  const content: Record<SectionName, readonly Uint8Array[]> = {
    table: [table],
    tags: [tags],
    rows: [rows.bytes],
    ids: [ids],
    blocks: [blocks],
    details,
  };
  let offset = 0;
  const sections = {} as Record<SectionName, readonly [number, number]>;
  for (const name of SECTIONS) {
    const length = content[name].reduce((sum, piece) => sum + piece.length, 0);
    sections[name] = [offset, length];
    offset += length;
  }
  const newest = records.reduce((most, record) => Math.max(most, record.modifiedMs), 0);
  const meta: IndexMeta = {
    ...about,
    records: records.length,
    advisories: records.reduce((sum, { flags }) => sum + (flags & WITHDRAWN ? 0 : 1), 0),
    names: rows.slots.length,
    newest: `${new Date(newest).toISOString().slice(0, 19)}Z`,
    snapshot: codec.sha256([ids]),
    longestProbe,
    blockRecords: BLOCK_RECORDS,
    sections,
  };
  const metaBytes = encoder.encode(JSON.stringify(meta));
  const header = new ByteWriter(HEADER_BYTES);
  header.raw(MAGIC);
  header.u32(SCHEMA);
  header.u32(metaBytes.length);
  return { meta, pieces: [header.written(), metaBytes, ...SECTIONS.flatMap((name) => content[name])] };
}

interface Slot {
  readonly place: number;
  readonly check: number;
  readonly offset: number;
  readonly length: number;
}

interface Rows {
  /** Number of the name. */
  readonly name: number[];
  readonly record: number[];
  /** Where the packed entry stands. */
  readonly bytes: Uint8Array[];
  readonly start: number[];
  readonly end: number[];
}

function encodeRows(
  ecosystem: EcosystemId,
  records: readonly PackedRecord[],
): { bytes: Uint8Array; slots: Slot[] } {
  // Names in order of their first record, entries in order of records: no sorting, and the same for the same records.
  const names = numberedNames();
  /** By name: how many records hold it, and the last of them. */
  const held: number[] = [];
  const last: number[] = [];
  const rows: Rows = { name: [], record: [], bytes: [], start: [], end: [] };
  let record = 0;
  const visit: RowVisitor = (name, bytes, start, end) => {
    const number = names.numberOf(name);
    if (number === held.length) {
      held.push(0);
      last.push(-1);
    }
    if (last[number] === record) return;
    last[number] = record;
    held[number]!++;
    rows.name.push(number);
    rows.record.push(record);
    rows.bytes.push(bytes);
    rows.start.push(start);
    rows.end.push(end);
  };
  for (; record < records.length; record++)
    if (!(records[record]!.flags & WITHDRAWN)) records[record]!.rows(ecosystem, visit);
  const grouped = groupedBy(rows.name, held);
  const writer = new ByteWriter(1 << 20);
  const slots: Slot[] = [];
  let at = 0;
  for (let number = 0; number < held.length; number++) {
    const offset = writer.length;
    writer.string(names.names[number]!);
    writer.count(held[number]!);
    for (const end = at + held[number]!; at < end; at++) {
      const row = grouped[at]!;
      writer.count(rows.record[row]!);
      writer.string(records[rows.record[row]!]!.id);
      writer.raw(rows.bytes[row]!.subarray(rows.start[row], rows.end[row]));
    }
    const [place, check] = names.hashes[number]!;
    slots.push({ place, check, offset, length: writer.length - offset });
  }
  return { bytes: writer.written(), slots };
}

interface NumberedNames {
  /** The number of a name: the next one for a new name. */
  numberOf(name: string): number;
  readonly names: readonly string[];
  readonly hashes: readonly (readonly [place: number, check: number])[];
}

/** Numbers names in order of appearance, by the hashes that the table needs anyway. */
function numberedNames(): NumberedNames {
  const names: string[] = [];
  const hashes: (readonly [number, number])[] = [];
  /** Numbers from 1; linear probing, at most half full. */
  let table = new Uint32Array(1 << 12);
  const free = (place: number, isSame: (number: number) => boolean): number => {
    let slot = place & (table.length - 1);
    while (table[slot] !== 0 && !isSame(table[slot]! - 1)) slot = (slot + 1) & (table.length - 1);
    return slot;
  };
  const grow = (): void => {
    table = new Uint32Array(table.length * 2);
    for (const [number, [place]] of hashes.entries()) table[free(place, () => false)] = number + 1;
  };
  return {
    names,
    hashes,
    numberOf(name) {
      const hash = hashName(name);
      const slot = free(hash[0], (number) => hashes[number]![1] === hash[1] && names[number] === name);
      if (table[slot] !== 0) return table[slot]! - 1;
      hashes.push(hash);
      table[slot] = names.push(name);
      if (names.length * 2 > table.length) grow();
      return names.length - 1;
    },
  };
}

/** Positions of items by group, each group's in their order: `groups[i]` is the group of item i, `sizes` how many each has. */
function groupedBy(groups: readonly number[], sizes: readonly number[]): Uint32Array {
  const next = new Uint32Array(sizes.length);
  for (let i = 1; i < sizes.length; i++) next[i] = next[i - 1]! + sizes[i - 1]!;
  const ordered = new Uint32Array(groups.length);
  for (let i = 0; i < groups.length; i++) ordered[next[groups[i]!]!++] = i;
  return ordered;
}

function encodeTable(slots: readonly Slot[]): { table: Uint8Array; tags: Uint8Array; longestProbe: number } {
  // At most half full, so that a look-up ends after one or two slots.
  let size = 16;
  while (size < slots.length * 2) size *= 2;
  const table = new Uint8Array(size * SLOT_BYTES);
  const tags = new Uint8Array(size);
  const view = new DataView(table.buffer);
  let longestProbe = 0;
  for (const { place, check, offset, length } of slots) {
    let slot = place & (size - 1);
    let probe = 0;
    while (tags[slot] !== 0) {
      slot = (slot + 1) & (size - 1);
      probe++;
    }
    longestProbe = Math.max(longestProbe, probe);
    const at = slot * SLOT_BYTES;
    view.setUint32(at, place, true);
    view.setUint32(at + 4, check, true);
    view.setUint32(at + 8, offset, true);
    view.setUint32(at + 12, length, true);
    tags[slot] = tagOf(check);
  }
  return { table, tags, longestProbe };
}

function encodeIds(records: readonly PackedRecord[]): Uint8Array {
  const writer = new ByteWriter(1 << 16);
  for (const { id, modifiedMs, ecosystems, flags } of records) {
    writer.string(id);
    writer.f64(modifiedMs);
    writer.u32(ecosystems);
    writer.byte(flags);
  }
  return writer.written();
}

function encodeDetails(
  records: readonly PackedRecord[],
  codec: Codec,
): { blocks: Uint8Array; details: Uint8Array[] } {
  const offsets = new ByteWriter(4096);
  const details: Uint8Array[] = [];
  const block = new ByteWriter(1 << 16);
  let offset = 0;
  offsets.u32(0);
  for (let i = 0; i < records.length; i++) {
    block.raw(records[i]!.detail());
    block.byte(10);
    if ((i + 1) % BLOCK_RECORDS !== 0 && i + 1 < records.length) continue;
    const packed = codec.deflate(block.written());
    details.push(packed);
    offset += packed.length;
    offsets.u32(offset);
    block.clear();
  }
  return { blocks: offsets.written(), details };
}

const encoder = new TextEncoder();
