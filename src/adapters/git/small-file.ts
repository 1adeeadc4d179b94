import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import type { Room } from '../../model/tree.ts';

/**
 * The bytes of a small regular file, or `undefined` when it is absent, unreadable, no regular file, or above `limit`.
 * Opened without blocking, so that a FIFO put in the place of a file does not hang the scan.
 */
export function readSmallFile(path: string | Buffer, limit: number): Buffer | undefined {
  let file: number;
  try {
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch {
    return undefined;
  }
  try {
    const stat = fstatSync(file);
    if (!stat.isFile() || stat.size > limit) return undefined;
    return readUpTo(file, stat.size, limit);
  } catch {
    return undefined;
  } finally {
    closeSync(file);
  }
}

/** As `readSmallFile`, as text, line endings kept. */
export function readSmallText(path: string, limit: number = 64 * 1024): string | undefined {
  return readSmallFile(path, limit)?.toString('utf8');
}

/**
 * Reads an open file from its start to its end. `expected` is only a guess (files of `/proc` say 0, files grow):
 * the result holds what was there, never more than `limit` + 1 bytes. `room`: memory for it, where there is some.
 */
export function readUpTo(file: number, expected: number, limit: number, room?: Room): Buffer {
  const most = Math.min(expected, limit) + 1;
  const given = room?.(most);
  let bytes =
    given === undefined ? Buffer.allocUnsafe(most) : Buffer.from(given.buffer, given.byteOffset, most);
  let length = 0;
  for (;;) {
    const read = readSync(file, bytes, length, bytes.length - length, length);
    length += read;
    if (read === 0 || length > limit) return bytes.subarray(0, length);
    if (length === bytes.length) {
      const larger = Buffer.allocUnsafe(Math.min(bytes.length * 2, limit + 1));
      bytes.copy(larger, 0, 0, length);
      bytes = larger;
    }
  }
}
