/*
 * The map of the memory. Everything below HEAP belongs to the module; everything from HEAP on is laid out by the caller,
 * who passes addresses. There is no allocator, no stack in memory and no garbage collector here.
 *
 *   1024  constant tables, put there by the compiler (`memory.data`)
 *   4096  results that a function gives beside its status
 *   4352  symbol entries of the literal/length and distance alphabets, made once
 *   6144  code lengths of the block at hand, and working arrays
 *   8192  decoding tables: the block at hand, then those of fixed blocks
 *         where the operands of a delta's copies go
 *         what the search's filter looks at: places of the text, and the openings of the patterns at hand
 * 131072  HEAP
 */

export const RESULT: usize = 4096;
export const LITLEN_SYMBOLS: usize = 4352;
export const DISTANCE_SYMBOLS: usize = LITLEN_SYMBOLS + 288 * 4;
export const PRECODE_SYMBOLS: usize = DISTANCE_SYMBOLS + 32 * 4;
export const LENGTHS: usize = 6144;
export const PRECODE_LENGTHS: usize = LENGTHS + 512;
export const COUNTS: usize = PRECODE_LENGTHS + 32;
export const STARTS: usize = COUNTS + 64;
export const SORTED: usize = STARTS + 64;
export const PRECODE_TABLE: usize = 8192;
/** 4096 entries and at most 288 × 8 of sub-tables. */
export const LITLEN_TABLE: usize = PRECODE_TABLE + 128 * 4;
export const DISTANCE_TABLE: usize = LITLEN_TABLE + (4096 + 2304) * 4;
export const FIXED_LITLEN_TABLE: usize = DISTANCE_TABLE + (256 + 4096) * 4;
export const FIXED_DISTANCE_TABLE: usize = FIXED_LITLEN_TABLE + 512 * 4;
export const SPREAD: usize = FIXED_DISTANCE_TABLE + 32 * 4;
export const PLACES: usize = 56320;
export const OPENINGS: usize = PLACES + 64;
export const CONSTANTS: usize = OPENINGS + 32768;
/** Where the areas end: a test keeps it below HEAP. */
export const AREAS_END: usize = CONSTANTS + 96;
