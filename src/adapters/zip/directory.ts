import type { ByteSource } from '../../model/bytes.ts';
import { AssayError } from '../../model/problem.ts';

/** One file or folder of a zip archive, as its central directory states it. Nothing here is checked against the data yet. */
export interface ZipEntry {
  /** As stored (UTF-8 where it is valid, else Latin-1): may be absolute, hold `..`, NUL or `\`. Callers decide what is acceptable. */
  readonly name: string;
  readonly size: number;
  readonly compressedSize: number;
  readonly crc: number;
  /** 0 stored, 8 deflated; others cannot be read. */
  readonly method: number;
  readonly encrypted: boolean;
  /** Unix mode bits where the archive has them, else 0. `(mode & 0o170000) === 0o120000` is a symbolic link. */
  readonly mode: number;
  /** Where its local header begins, from the start of the file. */
  readonly offset: number;
}

export interface ZipDirectory {
  /** In the order of the central directory. */
  readonly entries: readonly ZipEntry[];
  /** Where the entries' data must end. */
  readonly dataEnd: number;
}

/** Most bytes of central directory we hold at once: about 5 million entries. */
const MAX_DIRECTORY_BYTES = 512 * 1024 * 1024;

/**
 * Reads the list of entries from the end of a zip archive; no entry is opened.
 * Zip64 is understood, and archives with something in front (self-extracting). Format: APPNOTE.TXT 6.3.10, 4.3.
 * AssayError: `zip/not-a-zip`, `zip/truncated`, `zip/corrupt`, `zip/too-many`.
 */
export function readZipDirectory(source: ByteSource, maxEntries = 2_000_000): ZipDirectory {
  const end = findEnd(source);
  if (end.count > maxEntries)
    throw new AssayError(
      'zip/too-many',
      `${source.name} has ${end.count} entries; at most ${maxEntries} are read`,
    );
  if (end.size > MAX_DIRECTORY_BYTES)
    throw corrupt(source, `its directory claims ${end.size} bytes, more than ${MAX_DIRECTORY_BYTES}`);
  const start = end.position - end.size;
  if (start < 0) throw corrupt(source, 'its directory begins before the file does');
  // What stands in front of the archive shifts every stated offset.
  const shift = start - end.offset;
  if (shift < 0) throw corrupt(source, 'its directory is not where it says');
  const bytes = source.read(start, end.size);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries: ZipEntry[] = [];
  let at = 0;
  while (at + 46 <= bytes.length && view.getUint32(at, true) === 0x02014b50) {
    if (entries.length >= maxEntries)
      throw new AssayError('zip/too-many', `${source.name} has more than ${maxEntries} entries`);
    const nameLength = view.getUint16(at + 28, true);
    const extraLength = view.getUint16(at + 30, true);
    const next = at + 46 + nameLength + extraLength + view.getUint16(at + 32, true);
    if (next > bytes.length) throw corrupt(source, 'an entry of its directory is cut off');
    const wide = zip64Fields(view, at, at + 46 + nameLength, extraLength);
    entries.push({
      name: decodeName(bytes.subarray(at + 46, at + 46 + nameLength)),
      size: wide.size,
      compressedSize: wide.compressedSize,
      crc: view.getUint32(at + 16, true),
      method: view.getUint16(at + 10, true),
      encrypted: (view.getUint16(at + 8, true) & 1) === 1,
      // 3 is Unix and 19 is macOS: only they put a mode into the external attributes.
      mode: [3, 19].includes(view.getUint8(at + 5)) ? view.getUint16(at + 40, true) : 0,
      offset: wide.offset + shift,
    });
    at = next;
  }
  if (entries.length !== end.count)
    throw corrupt(source, `its directory lists ${entries.length} entries and claims ${end.count}`);
  return { entries, dataEnd: start };
}

interface End {
  readonly count: number;
  readonly size: number;
  readonly offset: number;
  /** Where the directory ends. */
  readonly position: number;
}

function findEnd(source: ByteSource): End {
  // The end record is 22 bytes and a comment of at most 65,535.
  const length = Math.min(source.size, 22 + 0xffff);
  const tail = source.read(source.size - length, length);
  const view = new DataView(tail.buffer, tail.byteOffset, tail.byteLength);
  for (let at = length - 22; at >= 0; at--) {
    if (view.getUint32(at, true) !== 0x06054b50) continue;
    // A comment that holds the signature must not win over the record it belongs to.
    if (at + 22 + view.getUint16(at + 20, true) > length) continue;
    const position = source.size - length + at;
    const end: End = {
      count: view.getUint16(at + 10, true),
      size: view.getUint32(at + 12, true),
      offset: view.getUint32(at + 16, true),
      position,
    };
    const wide = end.count === 0xffff || end.size === 0xffffffff || end.offset === 0xffffffff;
    return (wide ? findZip64End(source, position) : undefined) ?? end;
  }
  if (length >= 4 && startsLikeZip(source))
    throw new AssayError(
      'zip/truncated',
      `${source.name} begins like a zip archive and has no end: truncated?`,
      {
        hint: 'download or copy it again',
      },
    );
  throw new AssayError('zip/not-a-zip', `${source.name} is not a zip archive`);
}

function startsLikeZip(source: ByteSource): boolean {
  const head = source.read(0, 4);
  return head[0] === 0x50 && head[1] === 0x4b && head[2] === 3 && head[3] === 4;
}

/** `undefined` when there is no zip64 record: the small record's numbers may be meant as they stand. */
function findZip64End(source: ByteSource, end: number): End | undefined {
  if (end < 20) return undefined;
  const locator = viewOf(source.read(end - 20, 20));
  if (locator.getUint32(0, true) !== 0x07064b50) return undefined;
  // The stated place is wrong when something stands in front, so look right before the locator too.
  for (const position of [Number(locator.getBigUint64(8, true)), end - 20 - 56]) {
    if (!(position >= 0 && position + 56 <= end - 20)) continue;
    const record = viewOf(source.read(position, 56));
    if (record.getUint32(0, true) !== 0x06064b50) continue;
    return {
      count: Number(record.getBigUint64(32, true)),
      size: Number(record.getBigUint64(40, true)),
      offset: Number(record.getBigUint64(48, true)),
      position,
    };
  }
  throw corrupt(source, 'its zip64 end record is missing');
}

function zip64Fields(
  view: DataView,
  at: number,
  extra: number,
  extraLength: number,
): { size: number; compressedSize: number; offset: number } {
  let compressedSize = view.getUint32(at + 20, true);
  let size = view.getUint32(at + 24, true);
  let offset = view.getUint32(at + 42, true);
  if (size !== 0xffffffff && compressedSize !== 0xffffffff && offset !== 0xffffffff)
    return { size, compressedSize, offset };
  for (let field = extra; field + 4 <= extra + extraLength;) {
    const end = Math.min(field + 4 + view.getUint16(field + 2, true), extra + extraLength);
    if (view.getUint16(field, true) === 1) {
      // Only the fields that overflowed are there, in this order.
      let next = field + 4;
      const take = (): number | undefined => {
        if (next + 8 > end) return undefined;
        const value = Number(view.getBigUint64(next, true));
        next += 8;
        return value;
      };
      if (size === 0xffffffff) size = take() ?? size;
      if (compressedSize === 0xffffffff) compressedSize = take() ?? compressedSize;
      if (offset === 0xffffffff) offset = take() ?? offset;
      break;
    }
    field = end;
  }
  return { size, compressedSize, offset };
}

/** Made when it is needed: Node loads what it is made of only then, and many runs never do. */
let utf8: InstanceType<typeof TextDecoder> | undefined;

function decodeName(bytes: Uint8Array): string {
  try {
    return (utf8 ??= new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })).decode(bytes);
  } catch {
    // Old tools wrote code page 437 or whatever the machine had; the ASCII part is what names are told apart by.
    return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  }
}

const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** A zip archive that contradicts itself. */
export function corrupt(source: ByteSource, what: string): AssayError {
  return new AssayError('zip/corrupt', `${source.name} is damaged or made to mislead: ${what}`);
}
