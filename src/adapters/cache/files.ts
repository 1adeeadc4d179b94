import { readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ResultCache } from '../../model/cache.ts';
import type { Entry } from './entry.ts';
import { quietly, readEntry, removeOldest, writeEntry } from './entry.ts';
import { defaultCacheFolder } from './location.ts';

export { defaultCacheFolder } from './location.ts';

export interface FileCacheOptions {
  /** Bytes above which the oldest entries are removed. */
  readonly maxBytes?: number;
  /** The time in milliseconds since 1970. */
  readonly now?: () => number;
}

const DAY_MS = 24 * 60 * 60 * 1000;
/** Changes when the layout of files does: older ones are then not looked at. */
const LAYOUT = 'facts/2';

/**
 * A cache of one file an entry, below `folder`/facts, named by key.
 * At most once a day, or when much was written, entries beyond `maxBytes` (default 256 MiB) are removed, oldest first.
 * A folder that cannot be written to makes it a cache that forgets.
 */
export function fileCache(
  folder: string = defaultCacheFolder(),
  options: FileCacheOptions = {},
): ResultCache {
  const { maxBytes = 256 * 1024 * 1024, now = Date.now } = options;
  const root = join(folder, LAYOUT);
  let written = 0;
  let canWrite = true;

  const pathOf = (key: string): string => join(root, key.slice(0, 2), key.slice(2));

  return {
    get: (key) => {
      if (!isKey(key)) return undefined;
      return readEntry(pathOf(key))?.toString('utf8');
    },
    set: (key, value) => {
      if (!canWrite || !isKey(key)) return;
      const body = Buffer.from(value, 'utf8');
      // A full or read-only disk: trying again for each file would only cost time.
      canWrite = writeEntry(pathOf(key), body);
      if (canWrite) written += body.length;
    },
    close: () => {
      if (written > 0 && (written > maxBytes / 4 || isDue(root, now())))
        quietly(() => prune(root, maxBytes, now()));
    },
  };
}

/** Keys become file names; ours are hexadecimal digests. */
const isKey = (key: string): boolean => /^[0-9a-f]{16,128}$/.test(key);

/** Whether nobody pruned for a day. Says so for itself first, so that of many scans at once one does it. */
function isDue(root: string, now: number): boolean {
  const mark = join(root, 'pruned');
  const stat = statSync(mark, { throwIfNoEntry: false });
  if (stat !== undefined && now - stat.mtimeMs < DAY_MS) return false;
  quietly(() => {
    writeFileSync(mark, '', { mode: 0o600 });
    utimesSync(mark, now / 1000, now / 1000);
  });
  return stat !== undefined;
}

/** Removes the oldest entries until three quarters of the room are taken, and files that a killed scan left aside. */
function prune(root: string, maxBytes: number, now: number): void {
  const entries: Entry[] = [];
  for (const shard of readdirSync(root, { withFileTypes: true })) {
    if (!shard.isDirectory()) continue;
    for (const name of readdirSync(join(root, shard.name))) {
      const path = join(root, shard.name, name);
      const stat = statSync(path, { throwIfNoEntry: false });
      if (stat === undefined) continue;
      if (name.startsWith('.') && now - stat.mtimeMs > DAY_MS) quietly(() => rmSync(path));
      else entries.push({ path, size: stat.size, at: stat.mtimeMs });
    }
  }
  const total = entries.reduce((sum, { size }) => sum + size, 0);
  if (total > maxBytes) removeOldest(entries, maxBytes * 0.75);
}
