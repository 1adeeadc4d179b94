/* Why something could not be done, for the caller: the same numbers stand in `Status` of `analysis/disclosure/kernel/module.ts`. */

export const OK: i32 = 0;
/** The compressed data ends before the stream does. */
export const TRUNCATED: i32 = 1;
/** The compressed data is damaged. */
export const DAMAGED: i32 = 2;
/** It gives more or fewer bytes than it should. */
export const WRONG_SIZE: i32 = 3;
/** Its checksum is another. */
export const WRONG_SUM: i32 = 4;
/** A delta's instructions are damaged. */
export const BAD_DELTA: i32 = 5;
/** A delta was made for a base of another size. */
export const WRONG_BASE: i32 = 6;
/** The output is full; nothing was added to it. */
export const NO_ROOM: i32 = 7;
/** A delta's result is larger than was allowed. */
export const TOO_LARGE: i32 = 8;
