import { keyAt } from '../history/id-key.ts';
import type { SeamReader } from '../history/seams.ts';
import type { Column } from './column.ts';
import { column } from './column.ts';

/** Entries of trees: where in which tree an id was brought in. */
export interface Entries {
  /** Reads a run of a tree's bytes, which may start and end anywhere. With `seams`, only what these touch: the base has the rest. */
  read(
    bytes: Uint8Array,
    address: number,
    size: number,
    object: number,
    offset: number,
    seams: SeamReader | undefined,
  ): void;
  readonly count: number;
  /** The key of the entry's id, its tree, and its stretch in the tree. */
  readonly keys: Column;
  readonly objects: Column;
  readonly starts: Column;
  readonly sizes: Column;
}

const SPACE = 32;
const ZERO = 48;
const SEVEN = 55;
const MOST_NAME = 8192;

/** `mode SP name NUL id`, repeated. https://git-scm.com/docs/gitformat-pack */
export function collectEntries(idBytes: number): Entries {
  const keys = column();
  const objects = column(Uint32Array);
  const starts = column(Uint32Array);
  const sizes = column(Uint32Array);

  /** Where the entry at `at` ends; -1 when there is none. */
  const entryEnd = (bytes: Uint8Array, at: number, end: number): number => {
    let digits = at;
    while (digits < end && digits - at < 7 && bytes[digits]! >= ZERO && bytes[digits]! <= SEVEN) digits++;
    if (digits - at < 5 || digits >= end || bytes[digits] !== SPACE) return -1;
    const most = Math.min(end, digits + MOST_NAME);
    let nul = digits + 1;
    while (nul < most && bytes[nul] !== 0) nul++;
    return nul < most && nul > digits + 1 && nul + 1 + idBytes <= end ? nul + 1 + idBytes : -1;
  };

  return {
    keys,
    objects,
    starts,
    sizes,
    get count() {
      return keys.length;
    },
    read: (bytes, address, size, object, offset, seams) => {
      const end = address + size;
      // A run of a delta may start within an entry: the first place from which entries follow is it.
      for (let at = address; at < end;) {
        const next = entryEnd(bytes, at, end);
        if (next === -1) {
          at++;
          continue;
        }
        const start = at - address + offset;
        if (seams === undefined || seams.touches(start, start + next - at)) {
          keys.push(keyAt(bytes, next - idBytes));
          objects.push(object);
          starts.push(start);
          sizes.push(next - at);
        }
        at = next;
      }
    },
  };
}
