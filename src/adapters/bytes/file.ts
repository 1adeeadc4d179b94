import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { ByteSource } from '../../model/bytes.ts';
import { AssayError } from '../../model/problem.ts';

/** Opens a file for reading by position. Throws what the file system throws (ENOENT, EACCES) when it cannot. */
export function openFile(path: string): ByteSource {
  const file = openSync(path, 'r');
  let size: number;
  try {
    size = fstatSync(file).size;
  } catch (error) {
    closeSync(file);
    throw error;
  }
  let open = true;
  return {
    name: path,
    size,
    read(offset, length) {
      checkRange(path, size, offset, length);
      const bytes = new Uint8Array(length);
      let done = 0;
      while (done < length) {
        const got = readSync(file, bytes, done, length - done, offset + done);
        // The file shrank under us.
        if (got === 0) throw truncated(path, offset, length, size);
        done += got;
      }
      return bytes;
    },
    close() {
      if (open) closeSync(file);
      open = false;
    },
  };
}

/** The same over bytes in memory: what tests use, and small files that are at hand anyway. */
export function bytesSource(name: string, bytes: Uint8Array): ByteSource {
  return {
    name,
    size: bytes.length,
    read(offset, length) {
      checkRange(name, bytes.length, offset, length);
      return bytes.slice(offset, offset + length);
    },
    close() {},
  };
}

function checkRange(name: string, size: number, offset: number, length: number): void {
  const sound =
    Number.isSafeInteger(offset) &&
    Number.isSafeInteger(length) &&
    offset >= 0 &&
    length >= 0 &&
    offset + length <= size;
  if (!sound) throw truncated(name, offset, length, size);
}

function truncated(name: string, offset: number, length: number, size: number): AssayError {
  return new AssayError(
    'file/truncated',
    `${name}: wanted ${length} bytes at ${offset}, but the file has ${size}`,
  );
}
