/** Places of numbers among others, for many questions: whole numbers from 0 up to 2^53, as id-key.ts makes them of ids. */
export interface KeyTable {
  /** The first place of a key; -1 when it is not there. */
  readonly find: (key: number) => number;
}

/** Multipliers of numbers of 32 bits, odd: what they give differs where keys do. */
const [FIRST, SECOND] = [0x9e3779b1, 0x85ebca6b];

/**
 * An open table. Which place is looked at next is another part of the key's own: who makes ids that begin alike would have to make
 * them alike in all bits that are looked at.
 */
export function keyTable(count: number, keyAt: (place: number) => number): KeyTable {
  let size = 16;
  while (size < count * 2) size *= 2;
  const keys = new Float64Array(count);
  /** One more than a place; 0: free. */
  const slots = new Uint32Array(size);
  const slotOf = (key: number): number => {
    const high = Math.floor(key / 0x100000000);
    let at = (Math.imul(key % 0x100000000, FIRST) ^ high) >>> 0;
    const step = (Math.imul(high, SECOND) ^ (key % 0x100000000)) | 1;
    for (at &= size - 1; ; at = (at + step) & (size - 1)) {
      const place = slots[at]!;
      if (place === 0 || keys[place - 1] === key) return at;
    }
  };
  for (let place = 0; place < count; place++) {
    const key = keyAt(place);
    keys[place] = key;
    const slot = slotOf(key);
    if (slots[slot] === 0) slots[slot] = place + 1;
  }
  return { find: (key) => (Number.isNaN(key) ? -1 : slots[slotOf(key)]! - 1) };
}
