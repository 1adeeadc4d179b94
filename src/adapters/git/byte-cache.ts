/** Keeps the values used last, up to a number of bytes. */
export interface ByteCache<T> {
  get(key: number): T | undefined;
  set(key: number, value: T, bytes: number): void;
}

/** A cache that forgets the value unused for longest when `most` bytes are passed. A value above a quarter of it is not kept. */
export function byteCache<T>(most: number): ByteCache<T> {
  const values = new Map<number, { readonly value: T; readonly bytes: number }>();
  let total = 0;
  // Goes on where it was: a new one would pass every hole that those which went left at the front.
  let oldest = values.keys();
  const next = (): number | undefined => {
    const { value, done } = oldest.next();
    if (done !== true) return value;
    oldest = values.keys();
    return oldest.next().value;
  };
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
      while (total > most) {
        const unused = next()!;
        total -= values.get(unused)!.bytes;
        values.delete(unused);
      }
    },
  };
}
