import type { AffectedEntry, AffectedRange } from '../../../model/advisory.ts';
import { type ByteReader, type ByteWriter, Damage } from './bytes.ts';

const FROM_START = 1;
const FIXED = 2;
const LAST_AFFECTED = 4;
const LIMIT = 8;

/** Ranges and versions of one advisory for one name. */
export function writeEntry(
  writer: ByteWriter,
  ranges: readonly AffectedRange[],
  versions: readonly string[],
): void {
  writer.count(ranges.length);
  for (const { introduced, fixed, lastAffected, limit } of ranges) {
    writer.byte(
      (introduced === '0' ? FROM_START : 0) |
        (fixed === undefined ? 0 : FIXED) |
        (lastAffected === undefined ? 0 : LAST_AFFECTED) |
        (limit === undefined ? 0 : LIMIT),
    );
    if (introduced !== '0') writer.string(introduced);
    if (fixed !== undefined) writer.string(fixed);
    if (lastAffected !== undefined) writer.string(lastAffected);
    if (limit !== undefined) writer.string(limit);
  }
  writer.count(versions.length);
  if (versions.length > 0) writer.string(versions.join('\n'));
}

/** `versions` is split when it is first asked for: most components are settled by the ranges, and some lists have hundreds. */
export function readEntry(reader: ByteReader, advisory: number, id: string): AffectedEntry {
  const ranges: AffectedRange[] = [];
  for (let left = reader.items(); left > 0; left--) {
    const flags = reader.byte();
    const introduced = flags & FROM_START ? '0' : reader.string();
    const range: { -readonly [K in keyof AffectedRange]: AffectedRange[K] } = { introduced };
    if (flags & FIXED) range.fixed = reader.string();
    if (flags & LAST_AFFECTED) range.lastAffected = reader.string();
    if (flags & LIMIT) range.limit = reader.string();
    ranges.push(range);
  }
  const count = reader.items();
  if (count === 0) return { advisory, id, ranges, versions: [] };
  const length = reader.count();
  if (length > reader.bytes.length - reader.at) throw new Damage('a list of versions is cut off');
  const packed = reader.raw(length);
  let versions: readonly string[] | undefined;
  return {
    advisory,
    id,
    ranges,
    get versions() {
      return (versions ??= decoder.decode(packed).split('\n'));
    },
  };
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
