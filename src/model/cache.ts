/**
 * Results kept between runs, by content: the same key always has the same value, so a lost or missing entry only costs time.
 * Values are text (JSON). Readers must take any value as possibly made by another version: what does not parse is a miss.
 */
export interface ResultCache {
  /** `undefined` when there is none or it is damaged. Never throws. */
  get(key: string): string | undefined | Promise<string | undefined>;
  /** Keeps a value as well as it can: a full or read-only disk is no failure of the scan. */
  set(key: string, value: string): void | Promise<void>;
  /** Writes what is pending and prunes what is too much. */
  close(): void | Promise<void>;
}
