import { readFileSync } from 'node:fs';
import type { Heap } from '../heap.ts';
import { createHeap } from '../heap.ts';
import type { KernelExports } from '../module.ts';
import { startKernel } from '../module.ts';

/** The checked-in kernel, with a memory of its own. */
export function startedKernel(): { readonly kernel: KernelExports; readonly heap: Heap } {
  const kernel = startKernel(readFileSync(new URL('../../../../../kernel/kernel.wasm', import.meta.url)));
  return { kernel, heap: createHeap(kernel) };
}

/** Numbers below `limit` that are the same on every run: a linear congruential generator. */
export function numbers(seed: number): (limit: number) => number {
  let state = seed >>> 0;
  return (limit) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

/** Bytes that are the same on every run, where others are drawn at random. */
export function drawn(bytes: number): Uint8Array {
  const next = numbers(7);
  return Uint8Array.from({ length: bytes }, () => next(256));
}
