import type { KernelExports } from './module.ts';
import { HEAP, SLACK } from './module.ts';

const PAGE = 65536;
/** What a 32-bit memory can hold at most. */
const MOST = 0x1_0000_0000;

/**
 * Hands out stretches of the kernel's memory. What was freed is used again; the memory itself never shrinks. Nobody else makes it
 * grow: whether it did is asked hundreds of thousands of times in a history, and to ask it itself is a call out of JavaScript.
 */
export interface Heap {
  /**
   * The address of `size` bytes, with SLACK bytes behind them that the kernel may touch. The memory may have grown:
   * views made before are to be made anew. Throws RangeError when there is no more.
   */
  allocate(size: number): number;
  free(address: number): void;
  /** The whole memory as it is now. */
  bytes(): Uint8Array;
  words(): Uint32Array;
}

export function createHeap(kernel: KernelExports): Heap {
  const taken = new Map<number, number>();
  /** Free stretches by address, never touching each other; the last reaches to the end of what was ever handed out. */
  const gaps: { start: number; end: number }[] = [];
  let end = HEAP;
  let bytes = new Uint8Array(kernel.memory.buffer);
  let words = new Uint32Array(kernel.memory.buffer);

  const grow = (size: number): number => {
    const start = end;
    if (start + size > MOST - PAGE) throw new RangeError('the kernel has no more memory');
    const missing = start + size - bytes.length;
    if (missing > 0) {
      kernel.memory.grow(Math.ceil(missing / PAGE));
      bytes = new Uint8Array(kernel.memory.buffer);
      words = new Uint32Array(kernel.memory.buffer);
    }
    end = start + size;
    return start;
  };

  const find = (size: number): number => {
    for (let i = 0; i < gaps.length; i++) {
      const gap = gaps[i]!;
      if (gap.end - gap.start < size) continue;
      const { start } = gap;
      gap.start += size;
      if (gap.start === gap.end) gaps.splice(i, 1);
      return start;
    }
    const last = gaps.at(-1);
    if (last?.end !== end) return grow(size);
    // The stretch at the end grows.
    grow(size - (last.end - last.start));
    gaps.pop();
    return last.start;
  };

  return {
    allocate: (size) => {
      const whole = (size + SLACK + 63) & ~63;
      const rounded = whole > 0 ? whole : Math.ceil((size + SLACK) / 64) * 64;
      const address = find(rounded);
      taken.set(address, rounded);
      return address;
    },
    free: (address) => {
      const size = taken.get(address);
      if (size === undefined) throw new Error(`nothing was allocated at ${address}`);
      taken.delete(address);
      let i = gaps.findIndex((gap) => gap.start > address);
      if (i === -1) i = gaps.length;
      gaps.splice(i, 0, { start: address, end: address + size });
      joinWithNext(gaps, i);
      if (i > 0) joinWithNext(gaps, i - 1);
    },
    bytes: () => bytes,
    words: () => words,
  };
}

function joinWithNext(gaps: { start: number; end: number }[], i: number): void {
  const gap = gaps[i]!;
  const next = gaps[i + 1];
  if (next === undefined || gap.end !== next.start) return;
  gap.end = next.end;
  gaps.splice(i + 1, 1);
}
