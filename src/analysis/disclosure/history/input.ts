import type { PackFile } from '../../../model/history.ts';
import type { Heap } from '../kernel/heap.ts';

/** Bytes of a block that is read at once, and how many are kept: what is read goes from place to place, and most of a larger block is for nothing. */
const BLOCK = 16 * 1024;
const BLOCKS = 512;

/** A pack's bytes in the kernel's memory, so much of them as is at work. */
export interface PackInput {
  /**
   * The address of the bytes `start`…`end` of the pack; -1 when the file has them not. Valid until the next call.
   * Neighbours share blocks, for most objects are smaller than what a read costs.
   */
  at(start: number, end: number): number;
  release(): void;
}

export function openPackInput(pack: PackFile, heap: Heap): PackInput {
  const memory = heap.allocate(BLOCK * Math.min(BLOCKS, Math.ceil(pack.size / BLOCK) + 1));
  const slots = new Map<number, number>();
  const inSlot: number[] = [];
  const lengths: number[] = [];
  let hand = 0;
  /** For what does not lie in one block. */
  let long = -1;
  let longSize = 0;

  const load = (block: number): number => {
    const most = Math.min(BLOCKS, Math.ceil(pack.size / BLOCK) + 1);
    const slot = hand;
    hand = (hand + 1) % most;
    if (inSlot[slot] !== undefined) slots.delete(inSlot[slot]);
    const from = memory + slot * BLOCK;
    lengths[slot] = pack.read(heap.bytes().subarray(from, from + BLOCK), block * BLOCK);
    // Not before: who tries again after a failure must not take what lies here for it.
    inSlot[slot] = block;
    slots.set(block, slot);
    return slot;
  };

  const readLong = (start: number, size: number): number => {
    if (size > longSize) {
      if (long !== -1) heap.free(long);
      longSize = Math.max(size, BLOCK);
      long = heap.allocate(longSize);
    }
    return pack.read(heap.bytes().subarray(long, long + size), start) < size ? -1 : long;
  };

  return {
    at: (start, end) => {
      const block = Math.floor(start / BLOCK);
      const offset = start - block * BLOCK;
      if (offset + (end - start) > BLOCK) return readLong(start, end - start);
      const slot = slots.get(block) ?? load(block);
      return offset + (end - start) > lengths[slot]! ? -1 : memory + slot * BLOCK + offset;
    },
    release: () => {
      heap.free(memory);
      if (long !== -1) heap.free(long);
      long = -1;
      longSize = 0;
      slots.clear();
    },
  };
}
