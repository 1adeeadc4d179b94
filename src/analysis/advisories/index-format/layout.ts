import type { Instant } from '../../../model/advisory.ts';
import { ECOSYSTEMS, type EcosystemId } from '../../../model/ecosystem.ts';
import { objectAt, type JsonObject } from '../../text/json.ts';
import { Damage } from './bytes.ts';

/*
 * An advisory file, all numbers little-endian:
 *
 *   header   16 bytes: magic (8), schema (u32), length of the metadata (u32)
 *   metadata JSON: what the file is, and where its sections are (offsets from the start of the sections)
 *   table    open addressing, linear probing; a slot is hash, second hash, row offset, row length (4 × u32); length 0 = empty
 *   tags     one byte a slot: 0 = empty, else a piece of the second hash. Read whole (half a megabyte for npm), it settles
 *            nearly every name that is not there without another read
 *   rows     per name: the name, then its entries (advisory number, id, ranges, versions), by advisory id
 *   ids      every record in order of id, which is its number: id, modified (f64), ecosystems it names (u32), flags
 *   blocks   u32 offsets into the details, one per `blockRecords` records and one for the end
 *   details  deflated blocks of JSON lines, one record a line; read only for findings that are shown
 *
 * A scan reads the tags, a slot and a row for each component that has advisories, and nothing else. The checksum is in the folder's manifest.
 */

export const MAGIC: Uint8Array = new Uint8Array([0x41, 0x53, 0x53, 0x41, 0x59, 0x44, 0x42, 0x0a]); // "ASSAYDB\n"
export const SCHEMA = 1;
export const HEADER_BYTES = 16;
export const SLOT_BYTES = 16;
/** Records in one block of details: fewer unpack faster, more pack better. Files that do not say hold 32. */
export const BLOCK_RECORDS = 8;
const UNSAID_BLOCK_RECORDS = 32;
/** Most bytes of one unpacked block: some long records. */
export const MAX_BLOCK_BYTES: number = 64 * 1024 * 1024;

export const SECTIONS = ['table', 'tags', 'rows', 'ids', 'blocks', 'details'] as const;
export type SectionName = (typeof SECTIONS)[number];
export type Sections = Readonly<Record<SectionName, readonly [offset: number, length: number]>>;

/** `base` holds everything; `overlay` holds what changed since, and shadows the base record by record. */
export interface IndexMeta {
  readonly ecosystem: EcosystemId;
  readonly kind: 'base' | 'overlay';
  /** Records, withdrawn ones included. */
  readonly records: number;
  /** Records that are not withdrawn. */
  readonly advisories: number;
  readonly names: number;
  readonly newest: Instant;
  readonly builtAt: Instant;
  /** sha256 over ids and modification times: two files of one snapshot hold the same data, whatever it was packed in. */
  readonly snapshot: string;
  /** Most slots that any name of the file is away from its place: look-ups need not go further. */
  readonly longestProbe: number;
  readonly blockRecords: number;
  readonly sections: Sections;
}

/** Bit of an ecosystem in the sets that records carry. */
export const bitOf = (ecosystem: EcosystemId): number => (1 << ECOSYSTEMS.indexOf(ecosystem)) >>> 0;

export const WITHDRAWN = 1;

/** Tag of a slot from the second hash of its name; never 0. */
export const tagOf = (check: number): number => check >>> 24 || 1;

/** Checks metadata that was read from a file. Throws `Damage` with what is wrong. `available` is the bytes after the metadata. */
export function checkMeta(value: JsonObject, available: number): IndexMeta {
  const meta = { blockRecords: UNSAID_BLOCK_RECORDS, ...value } as unknown as IndexMeta;
  const whole = (number: unknown): boolean => Number.isSafeInteger(number) && (number as number) >= 0;
  if (!ECOSYSTEMS.includes(meta.ecosystem) || (meta.kind !== 'base' && meta.kind !== 'overlay'))
    throw new Damage('its metadata name no ecosystem that we know');
  if (![meta.records, meta.advisories, meta.names, meta.longestProbe, meta.blockRecords].every(whole))
    throw new Damage('its counts are no numbers');
  if (
    typeof meta.newest !== 'string' ||
    typeof meta.builtAt !== 'string' ||
    typeof meta.snapshot !== 'string'
  )
    throw new Damage('its dates are missing');
  const sections = objectAt(value, 'sections');
  for (const name of SECTIONS) {
    const section: unknown = sections?.[name];
    const sound =
      Array.isArray(section) &&
      whole(section[0]) &&
      whole(section[1]) &&
      section[0] + section[1] <= available;
    if (!sound) throw new Damage(`its section "${name}" is not inside the file`);
  }
  const slots = meta.sections.table[1] / SLOT_BYTES;
  if (!Number.isInteger(Math.log2(slots)) || meta.longestProbe >= slots)
    throw new Damage('its table has no sound size');
  if (meta.sections.tags[1] !== slots) throw new Damage('its tags do not fit its table');
  if (meta.sections.blocks[1] !== 4 * (Math.ceil(meta.records / meta.blockRecords) + 1))
    throw new Damage('its details do not fit its number of records');
  return meta;
}
