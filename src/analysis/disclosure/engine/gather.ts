import type { TextBatch } from '../history/output.ts';
import type { Heap } from '../kernel/heap.ts';

const ROOM = 1 << 20;

/** Puts texts that are at hand (files, messages, names) into the kernel's memory, many to a batch. */
export interface Gathering {
  /** Takes a text in, under a number of the caller's; `full` gets a batch whenever there is one. */
  add(bytes: Uint8Array, object: number): void;
  /** Hands out what is left. */
  flush(): void;
  release(): void;
}

/** A text larger than a batch is a batch by itself. */
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
    const own = heap.allocate(bytes.length);
    heap.bytes().set(bytes, own);
    try {
      full({ address: own, size: bytes.length, runs: Uint32Array.of(own, bytes.length, object, 0) });
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
