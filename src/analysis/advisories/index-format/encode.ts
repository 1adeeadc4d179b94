import type { Instant } from '../../../model/advisory.ts';
import type { Codec } from '../../../model/bytes.ts';
import type { EcosystemId } from '../../../model/ecosystem.ts';
import type { PackedRecord } from '../record-set.ts';
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
  readonly name: string;
  readonly offset: number;
  readonly length: number;
}

function encodeRows(
  ecosystem: EcosystemId,
  records: readonly PackedRecord[],
): { bytes: Uint8Array; slots: Slot[] } {
  // Names in order of their first record, entries in order of records: no sorting, and the same for the same records.
  const byName = new Map<string, number[]>();
  for (const [index, record] of records.entries()) {
    if (record.flags & WITHDRAWN) continue;
    for (const { name } of record.rows(ecosystem)) {
      const holders = byName.get(name);
      if (holders === undefined) byName.set(name, [index]);
      else if (holders.at(-1) !== index) holders.push(index);
    }
  }
  const writer = new ByteWriter(1 << 20);
  const slots: Slot[] = [];
  for (const [name, holders] of byName) {
    const offset = writer.length;
    writer.string(name);
    writer.count(holders.length);
    for (const index of holders) {
      const record = records[index]!;
      writer.count(index);
      writer.string(record.id);
      writer.raw(record.rows(ecosystem).find((row) => row.name === name)!.entry);
    }
    slots.push({ name, offset, length: writer.length - offset });
  }
  return { bytes: writer.written(), slots };
}

function encodeTable(slots: readonly Slot[]): { table: Uint8Array; tags: Uint8Array; longestProbe: number } {
  // At most half full, so that a look-up ends after one or two slots.
  let size = 16;
  while (size < slots.length * 2) size *= 2;
  const table = new Uint32Array(size * 4);
  const tags = new Uint8Array(size);
  let longestProbe = 0;
  for (const { name, offset, length } of slots) {
    const [place, check] = hashName(name);
    let slot = place & (size - 1);
    let probe = 0;
    while (table[slot * 4 + 3] !== 0) {
      slot = (slot + 1) & (size - 1);
      probe++;
    }
    longestProbe = Math.max(longestProbe, probe);
    table.set([place, check, offset, length], slot * 4);
    tags[slot] = tagOf(check);
  }
  const bytes = new Uint8Array(size * SLOT_BYTES);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < table.length; i++) view.setUint32(i * 4, table[i]!, true);
  return { table: bytes, tags, longestProbe };
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
