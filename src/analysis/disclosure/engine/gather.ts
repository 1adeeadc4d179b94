import type { TextBatch } from '../history/output.ts';
import type { Heap } from '../kernel/heap.ts';

const ROOM = 1 << 20;
/** Bytes of one text that are in the kernel's memory at once, but for what is beside them: what comes out of an archive has no more. */
const SLICE = 64 * 1024 * 1024;
/** Bytes on both sides of a slice that rules may look at: some times what any of them does. */
const BESIDE = 1 << 20;

/** Puts texts that are at hand (files, messages, names) into the kernel's memory, many to a batch. */
export interface Gathering {
  /** Takes a text in, under a number of the caller's; `full` gets a batch whenever there is one. */
  add(bytes: Uint8Array, object: number): void;
  /** Hands out what is left. */
  flush(): void;
  release(): void;
}

/** A text larger than a batch is a batch by itself, and a very large one some batches. */
export function gatherTexts(heap: Heap, full: (batch: TextBatch) => void): Gathering {
  const address = heap.allocate(ROOM);
  const runs: number[] = [];
  let size = 0;
  const flush = (): void => {
    if (size === 0) return;
    full({ address, size, runs: Uint32Array.from(runs) });
    runs.length = 0;
    size = 0;
  };
  const alone = (bytes: Uint8Array, object: number): void => {
    const own = heap.allocate(Math.min(bytes.length, SLICE + 2 * BESIDE));
    try {
      for (let start = 0; start < bytes.length; start += SLICE) {
        const end = Math.min(bytes.length, start + SLICE);
        const from = Math.max(0, start - BESIDE);
        const part = bytes.subarray(from, end + BESIDE);
        heap.bytes().set(part, own);
        const runs = Uint32Array.of(own, part.length, object, from);
        const isWhole = part.length === bytes.length;
        const core = isWhole ? {} : { core: { start: own + start - from, end: own + end - from } };
        full({ address: own, size: part.length, runs, ...core, goesOn: end < bytes.length });
      }
    } finally {
      heap.free(own);
    }
  };
  return {
    add: (bytes, object) => {
      if (bytes.length === 0) return;
      if (size + bytes.length + 1 > ROOM) flush();
      if (bytes.length + 1 > ROOM) return alone(bytes, object);
      const memory = heap.bytes();
      memory.set(bytes, address + size);
      memory[address + size + bytes.length] = 10;
      runs.push(address + size, bytes.length, object, 0);
      size += bytes.length + 1;
    },
    flush,
    release: () => heap.free(address),
  };
}
