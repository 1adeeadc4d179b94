import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { crc32 } from 'node:zlib';

/*
 * One file of a cache: a checksum of four bytes (CRC-32, little-endian), then the value. It appears whole (written aside, then renamed),
 * so that many programs at once need no lock.
 */
const HEAD = 4;

/** The value; `undefined` when it is not there. One that is not as it was written is removed, and counts as absent. */
export function readEntry(path: string): Buffer | undefined {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch {
    return undefined;
  }
  const value = bytes.subarray(HEAD);
  if (bytes.length >= HEAD && bytes.readUInt32LE(0) === crc32(value)) return value;
  quietly(() => rmSync(path));
  return undefined;
}

/** Only the person can read what is written. `false` where it cannot be: a full or read-only disk. */
export function writeEntry(path: string, value: Uint8Array): boolean {
  const folder = dirname(path);
  const aside = join(folder, `.${process.pid}-${randomBytes(6).toString('hex')}`);
  try {
    const head = Buffer.alloc(HEAD);
    head.writeUInt32LE(crc32(value), 0);
    const write = (): void => writeFileSync(aside, Buffer.concat([head, value]), { mode: 0o600 });
    try {
      write();
    } catch {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      write();
    }
    renameSync(aside, path);
    return true;
  } catch {
    quietly(() => rmSync(aside, { force: true }));
    return false;
  }
}

/** An entry as the disk has it: bytes, and when it was written or last asked for, in milliseconds since 1970. */
export interface Entry {
  readonly path: string;
  readonly size: number;
  readonly at: number;
}

/** Removes the oldest, until those that are left have at most so many bytes. */
export function removeOldest(entries: readonly Entry[], most: number): void {
  let total = entries.reduce((sum, { size }) => sum + size, 0);
  for (const { path, size } of entries.toSorted((a, b) => a.at - b.at || (a.path < b.path ? -1 : 1))) {
    if (total <= most) return;
    quietly(() => rmSync(path));
    total -= size;
  }
}

/** Another run may have been faster; a cache is no reason to fail. */
export function quietly(action: () => void): void {
  try {
    action();
  } catch {
    // Nothing to do.
  }
}
