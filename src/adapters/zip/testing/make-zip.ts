import { crc32, deflateRawSync } from 'node:zlib';

export interface MadeEntry {
  readonly name: string;
  readonly data: Uint8Array | string;
  /** Store without compression. */
  readonly stored?: boolean;
  readonly mode?: number;
  /** What the headers claim instead of the truth: for archives that lie. */
  readonly claim?: {
    readonly size?: number;
    readonly crc?: number;
    readonly offset?: number;
    readonly flags?: number;
  };
}

/** One entry's local header with data, and its record in the central directory. `offset` is where the local header will stand. */
export function zipPieces(entry: MadeEntry, offset: number): { local: Uint8Array; central: Uint8Array } {
  const name = Buffer.from(entry.name);
  const data = typeof entry.data === 'string' ? Buffer.from(entry.data) : entry.data;
  const packed = entry.stored ? data : deflateRawSync(data, { level: 6 });
  const size = entry.claim?.size ?? data.length;
  const crc = entry.claim?.crc ?? crc32(data);
  const flags = entry.claim?.flags ?? 0x800;
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(20, 4);
  local.writeUInt16LE(flags, 6);
  local.writeUInt16LE(entry.stored ? 0 : 8, 8);
  local.writeUInt32LE(crc, 14);
  local.writeUInt32LE(packed.length, 18);
  local.writeUInt32LE(size, 22);
  local.writeUInt16LE(name.length, 26);
  const central = Buffer.alloc(46);
  central.writeUInt32LE(0x02014b50, 0);
  central.writeUInt16LE((3 << 8) | 20, 4);
  central.writeUInt16LE(20, 6);
  local.copy(central, 8, 6, 30);
  central.writeUInt16LE(0, 30);
  central.writeUInt32LE(((entry.mode ?? 0o100644) << 16) >>> 0, 38);
  central.writeUInt32LE(entry.claim?.offset ?? offset, 42);
  return { local: Buffer.concat([local, name, packed]), central: Buffer.concat([central, name]) };
}

/** The end record, with zip64 records in front where the numbers need them. */
export function zipEnd(count: number, size: number, offset: number, comment = ''): Uint8Array {
  const wide = count > 0xfffe || size > 0xfffffffe || offset > 0xfffffffe;
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(wide ? 0xffff : count, 8);
  end.writeUInt16LE(wide ? 0xffff : count, 10);
  end.writeUInt32LE(wide ? 0xffffffff : size, 12);
  end.writeUInt32LE(wide ? 0xffffffff : offset, 16);
  end.writeUInt16LE(comment.length, 20);
  const record = Buffer.alloc(56);
  record.writeUInt32LE(0x06064b50, 0);
  record.writeBigUInt64LE(44n, 4);
  for (const at of [24, 32]) record.writeBigUInt64LE(BigInt(count), at);
  record.writeBigUInt64LE(BigInt(size), 40);
  record.writeBigUInt64LE(BigInt(offset), 48);
  const locator = Buffer.alloc(20);
  locator.writeUInt32LE(0x07064b50, 0);
  locator.writeBigUInt64LE(BigInt(offset + size), 8);
  locator.writeUInt32LE(1, 16);
  return Buffer.concat([...(wide ? [record, locator] : []), end, Buffer.from(comment)]);
}

/** A whole archive in memory. `prefix` stands in front of it, as in self-extracting archives. */
export function makeZip(
  entries: readonly MadeEntry[],
  options: { comment?: string; prefix?: string } = {},
): Uint8Array {
  const locals: Uint8Array[] = [];
  const centrals: Uint8Array[] = [];
  let offset = 0;
  for (const entry of entries) {
    const { local, central } = zipPieces(entry, offset);
    locals.push(local);
    centrals.push(central);
    offset += local.length;
  }
  const directory = Buffer.concat(centrals);
  return Buffer.concat([
    Buffer.from(options.prefix ?? ''),
    ...locals,
    directory,
    zipEnd(entries.length, directory.length, offset, options.comment),
  ]);
}
