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
import type { ResultCache } from '../../model/cache.ts';
import { defaultCacheFolder } from './location.ts';

export { defaultCacheFolder } from './location.ts';

export interface FileCacheOptions {
  /** Bytes above which the oldest entries are removed. */
  readonly maxBytes?: number;
  /** The time in milliseconds since 1970. */
  readonly now?: () => number;
}

const DAY_MS = 24 * 60 * 60 * 1000;
/** Changes when the layout of files does: older ones are then not looked at, and removed as they age. */
const LAYOUT = 'facts/1';
const HEAD = /^assay ([0-9a-f]{8})\n/;

/**
 * A cache of one file an entry, below `folder`/facts, named by key. Entries appear whole (written aside, then renamed), so that
 * concurrent scans need no lock; each begins with a checksum, and one that does not fit is removed and counts as absent.
 * At most once a day, or when much was written, entries beyond `maxBytes` (default 256 MiB) are removed, oldest first.
 * A folder that cannot be written to makes it a cache that forgets.
 */
export function fileCache(
  folder: string = defaultCacheFolder(),
  options: FileCacheOptions = {},
): ResultCache {
  const { maxBytes = 256 * 1024 * 1024, now = Date.now } = options;
  const root = join(folder, LAYOUT);
  const made = new Set<string>();
  let written = 0;
  let canWrite = true;

  const pathOf = (key: string): string => join(root, key.slice(0, 2), key.slice(2));

  return {
    get: (key) => {
      if (!isKey(key)) return undefined;
      const path = pathOf(key);
      let bytes: Buffer;
      try {
        bytes = readFileSync(path);
      } catch {
        return undefined;
      }
      const head = HEAD.exec(bytes.toString('latin1', 0, 15));
      const body = bytes.subarray(head?.[0].length ?? 0);
      if (head !== null && Number.parseInt(head[1]!, 16) === crc32(body)) return body.toString('utf8');
      quietly(() => rmSync(path));
      return undefined;
    },
    set: (key, value) => {
      if (!canWrite || !isKey(key)) return;
      const body = Buffer.from(value, 'utf8');
      const shard = key.slice(0, 2);
      const aside = join(root, shard, `.${process.pid}-${randomBytes(6).toString('hex')}`);
      try {
        if (!made.has(shard)) mkdirSync(join(root, shard), { recursive: true, mode: 0o700 });
        made.add(shard);
        const head = Buffer.from(`assay ${crc32(body).toString(16).padStart(8, '0')}\n`, 'latin1');
        writeFileSync(aside, Buffer.concat([head, body]), { mode: 0o600 });
        renameSync(aside, pathOf(key));
        written += body.length;
      } catch {
        quietly(() => rmSync(aside, { force: true }));
        // A full or read-only disk: trying again for each file would only cost time.
        canWrite = false;
      }
    },
    close: () => {
      if (written > 0 && (written > maxBytes / 4 || isDue(root, now())))
        quietly(() => prune(root, maxBytes, now()));
    },
  };
}

/** Keys become file names; ours are hexadecimal digests. */
const isKey = (key: string): boolean => /^[0-9a-f]{16,128}$/.test(key);

function quietly(action: () => void): void {
  try {
    action();
  } catch {
    // Another scan may have been faster; a cache is no reason to fail.
  }
}

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
  const entries: { readonly path: string; readonly size: number; readonly at: number }[] = [];
  let total = 0;
  for (const shard of readdirSync(root, { withFileTypes: true })) {
    if (!shard.isDirectory()) continue;
    for (const name of readdirSync(join(root, shard.name))) {
      const path = join(root, shard.name, name);
      const stat = statSync(path, { throwIfNoEntry: false });
      if (stat === undefined) continue;
      if (name.startsWith('.') && now - stat.mtimeMs > DAY_MS) quietly(() => rmSync(path));
      else {
        entries.push({ path, size: stat.size, at: stat.mtimeMs });
        total += stat.size;
      }
    }
  }
  if (total <= maxBytes) return;
  entries.sort((a, b) => a.at - b.at || (a.path < b.path ? -1 : 1));
  for (const { path, size } of entries) {
    if (total <= maxBytes * 0.75) return;
    quietly(() => rmSync(path));
    total -= size;
  }
}
