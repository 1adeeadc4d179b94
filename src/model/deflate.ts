/**
 * Inflates small zlib streams one after another into memory of its own, without a call to the platform and without making a buffer
 * for each: what thousands of objects of a few hundred bytes cost is mostly that.
 */
export interface SmallInflater {
  /** Where results are written: the same bytes all the time. */
  readonly bytes: Uint8Array;
  /** Where in `bytes` a result begins. */
  readonly start: number;
  /** Streams that give more than this, or compressed take more, are not for it. */
  readonly most: number;
  /**
   * Inflates the stream that begins at `from` and ends before `to` of `input`, which must give exactly `size` bytes, checksum included.
   * False when it does not, or is too large: then another inflater tells why. The result is valid until the next call.
   */
  inflate(input: Uint8Array, from: number, to: number, size: number): boolean;
}

/**
 * Another way to inflate zlib streams than Node's own, for who has one at hand. What it gives up on (`undefined`), for whatever
 * reason, is inflated with Node's, which also says what is wrong with it.
 */
export interface ObjectInflater {
  /** All of a stream that gives `size` bytes, its checksum looked at. It may end before `packed` does. */
  exactly(packed: Uint8Array, size: number): Uint8Array | undefined;
  /** At least the first bytes of a stream, as many as a loose object's header has; what is behind the stream's end is nothing. */
  head(packed: Uint8Array): Uint8Array | undefined;
}

/*
 * The numbers of RFC 1951, https://www.rfc-editor.org/rfc/rfc1951: one copy for the two inflaters, which stand in rooms that
 * may not import each other.
 */

/** Extra bits behind each length symbol, from 257 on. */
export const LENGTH_BITS: Uint16Array = Uint16Array.from([
  0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
]);
/** The shortest length of each; the last symbol is the longest length alone. */
export const LENGTH_BASE: Uint16Array = basesOf(LENGTH_BITS, 3).with(28, 258);

/** Extra bits behind each distance symbol. */
export const DISTANCE_BITS: Uint16Array = Uint16Array.from({ length: 30 }, (_, symbol) =>
  Math.max(0, (symbol >> 1) - 1),
);
/** The shortest distance of each. */
export const DISTANCE_BASE: Uint16Array = basesOf(DISTANCE_BITS, 1);

/** In what order the lengths of the code that writes code lengths stand. */
export const CODE_LENGTH_ORDER: Uint8Array = Uint8Array.from([
  16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15,
]);

function basesOf(bits: Uint16Array, first: number): Uint16Array {
  let next = first;
  return bits.map((extra) => {
    const base = next;
    next += 1 << extra;
    return base;
  });
}
