import type { Chunk } from './chunks.ts';
import { heaviestFirst } from './chunks.ts';
import type { Share } from './read-history.ts';
import { LOOSE } from './read-history.ts';
import { sharedCopy } from './shared.ts';

/** The chunks of a history, from which several readers take one after the other; in memory that all of them see. Plain data. */
export interface ChunkQueue {
  /** The heaviest first: who takes the last is not long alone. */
  readonly order: Uint32Array;
  /** How many were taken, and how many objects have been looked at. */
  readonly state: Int32Array;
  /** Of each chunk the number of the reader that took it, and one; 0 while nobody did. */
  readonly takers: Int32Array;
}

const TAKEN = 0;
const DONE = 1;

export function queueChunks(chunks: readonly Chunk[]): ChunkQueue {
  return {
    order: sharedCopy(heaviestFirst(chunks)),
    state: new Int32Array(new SharedArrayBuffer(2 * 4)),
    takers: new Int32Array(new SharedArrayBuffer(chunks.length * 4)),
  };
}

/** What a reader takes from the queue; `loose`: before that what is in no pack. */
export function shareOf({ order, state, takers }: ChunkQueue, reader: number, loose = false): Share {
  let isLooseNext = loose;
  return {
    next: () => {
      if (isLooseNext) {
        isLooseNext = false;
        return LOOSE;
      }
      const place = Atomics.add(state, TAKEN, 1);
      if (place >= order.length) return -1;
      Atomics.store(takers, order[place]!, reader + 1);
      return order[place]!;
    },
  };
}

/** What a reader took, which is to be read by another: in the order of the history. */
export function takenBy({ takers }: ChunkQueue, reader: number): Share {
  let chunk = -1;
  return {
    next: () => {
      for (chunk++; chunk < takers.length; chunk++)
        if (Atomics.load(takers, chunk) === reader + 1) return chunk;
      return -1;
    },
  };
}

/** Counts objects that were looked at; gives how many all readers have. */
export function countObjects({ state }: ChunkQueue, objects: number): number {
  return Atomics.add(state, DONE, objects) + objects;
}
