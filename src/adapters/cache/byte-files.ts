import { readdirSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { quietly, readEntry, removeOldest, writeEntry } from './entry.ts';

/** Large values that may be made again at any time, by key. */
export interface ByteFiles {
  /** `undefined`: it is not there, or not as it was written. */
  get(key: string): Uint8Array | undefined;
  /** A disk that cannot be written to is no failure. */
  set(key: string, bytes: Uint8Array): void;
}

/** One file a key (hexadecimal digits) in `folder`. When there are more than `most` bytes, those go that were not used for longest. */
export function byteFiles(folder: string, most: number = 1024 * 1024 * 1024): ByteFiles {
  return {
    get: (key) => {
      const path = join(folder, key);
      const value = readEntry(path);
      const now = Date.now() / 1000;
      if (value !== undefined) quietly(() => utimesSync(path, now, now));
      return value;
    },
    set: (key, bytes) => {
      if (writeEntry(join(folder, key), bytes)) quietly(() => prune(folder, most));
    },
  };
}

function prune(folder: string, most: number): void {
  const entries = readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    const stat = statSync(path, { throwIfNoEntry: false });
    return stat === undefined ? [] : [{ path, size: stat.size, at: stat.mtimeMs }];
  });
  removeOldest(entries, most);
}
