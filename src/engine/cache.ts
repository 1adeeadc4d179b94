import { createHash } from 'node:crypto';
import type { ResultCache } from '../model/cache.ts';

/** A cache key: sha256 over the parts, which are set off from each other so that no two lists of parts fall together. */
export function cacheKey(parts: readonly (string | number)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

/** A cache that forgets everything: for hooks and where the disk is not to be touched. */
export const noCache: ResultCache = { get: () => undefined, set: () => {}, close: () => {} };

/** A cache in memory, for tests and for servers that keep one scan's results for the next. */
export function memoryCache(entries: Map<string, string> = new Map()): ResultCache {
  return {
    get: (key) => entries.get(key),
    set: (key, value) => void entries.set(key, value),
    close: () => {},
  };
}
