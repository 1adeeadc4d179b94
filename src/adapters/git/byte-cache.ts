/** Keeps the values used last, up to a number of bytes. */
export interface ByteCache<T> {
  get(key: number): T | undefined;
  set(key: number, value: T, bytes: number): void;
}

/** A cache that forgets the value unused for longest when `most` bytes are passed. A value above a quarter of it is not kept. */
export function byteCache<T>(most: number): ByteCache<T> {
  const values = new Map<number, { readonly value: T; readonly bytes: number }>();
  let total = 0;
  return {
    get: (key) => {
      const found = values.get(key);
      if (found === undefined) return undefined;
      // A Map keeps the order of insertion: the first key is the one unused for longest.
      values.delete(key);
      values.set(key, found);
      return found.value;
    },
    set: (key, value, bytes) => {
      if (bytes > most / 4 || values.has(key)) return;
      values.set(key, { value, bytes });
      total += bytes;
      for (const [oldest, { bytes: freed }] of values) {
        if (total <= most) return;
        values.delete(oldest);
        total -= freed;
      }
    },
  };
}
