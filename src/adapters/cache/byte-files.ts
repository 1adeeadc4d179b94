import { randomBytes } from 'node:crypto';
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';

/** Large values that may be made again at any time, by key. */
export interface ByteFiles {
  /** `undefined`: it is not there, or not as it was written. */
  get(key: string): Uint8Array | undefined;
  /** A disk that cannot be written to is no failure. */
  set(key: string, bytes: Uint8Array): void;
}

const HEAD = 4;

/**
 * One file a key (hexadecimal digits) in `folder`: a checksum of four bytes, then the value. Written aside and renamed. When there are more
 * than `most` bytes, those go that were not used for longest.
 */
export function byteFiles(folder: string, most: number = 1024 * 1024 * 1024): ByteFiles {
  return {
    get: (key) => {
      const path = join(folder, key);
      let bytes: Buffer;
      try {
        bytes = readFileSync(path);
      } catch {
        return undefined;
      }
      const value = bytes.subarray(HEAD);
      if (bytes.length < HEAD || bytes.readUInt32LE(0) !== crc32(value)) {
        quietly(() => rmSync(path));
        return undefined;
      }
      const now = Date.now() / 1000;
      quietly(() => utimesSync(path, now, now));
      return value;
    },
    set: (key, bytes) => {
      const aside = join(folder, `.${process.pid}-${randomBytes(6).toString('hex')}`);
      try {
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        const head = Buffer.alloc(HEAD);
        head.writeUInt32LE(crc32(bytes), 0);
        writeFileSync(aside, Buffer.concat([head, bytes]), { mode: 0o600 });
        renameSync(aside, join(folder, key));
        prune(folder, most);
      } catch {
        quietly(() => rmSync(aside, { force: true }));
      }
    },
  };
}

function prune(folder: string, most: number): void {
  const files = readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    const stat = statSync(path, { throwIfNoEntry: false });
    return stat === undefined ? [] : [{ path, size: stat.size, at: stat.mtimeMs }];
  });
  let total = files.reduce((sum, { size }) => sum + size, 0);
  for (const { path, size } of files.sort((a, b) => a.at - b.at || (a.path < b.path ? -1 : 1))) {
    if (total <= most) return;
    quietly(() => rmSync(path));
    total -= size;
  }
}

function quietly(action: () => void): void {
  try {
    action();
  } catch {
    // Another run may have been faster.
  }
}
