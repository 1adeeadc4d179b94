/** How much of untrusted input is taken. Plain data: surfaces may change it, nothing below looks elsewhere. */
export interface Limits {
  /** Bytes of one file. */
  readonly fileBytes: number;
  /** Files that one extractor may want beside the claimed one, and those it may merely ask for. */
  readonly companions: number;
  readonly companionsAsked: number;
  /** How far companions of companions are followed. */
  readonly companionDepth: number;
  /** Bytes of all companions of one file together. */
  readonly companionBytes: number;
  /** Files that are read in one scan. */
  readonly claimedFiles: number;
  /** Milliseconds that one file may take in a worker. */
  readonly fileMs: number;
  /** Bytes of text to read above which workers are started: below it their start costs more than they save. */
  readonly poolFromBytes: number;
  /** Bytes of file contents held at once, for companions that many files share. */
  readonly heldBytes: number;
}

const MiB = 1024 * 1024;

export const defaultLimits: Limits = {
  fileBytes: 64 * MiB,
  companions: 5_000,
  companionsAsked: 50_000,
  companionDepth: 64,
  companionBytes: 256 * MiB,
  claimedFiles: 200_000,
  fileMs: 10_000,
  poolFromBytes: 32 * MiB,
  heldBytes: 128 * MiB,
};
