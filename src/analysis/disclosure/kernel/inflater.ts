import type { SmallInflater } from '../../../model/deflate.ts';
import { HEAP, SLACK, startKernel, Status } from './module.ts';

const PAGE = 65536;
const MOST = 128 * 1024;

/** The kernel's inflater for small streams, with a kernel of its own: input and output lie at fixed places of its memory. */
export function kernelInflater(wasm: Uint8Array): SmallInflater {
  const kernel = startKernel(wasm);
  const input = HEAP;
  const output = input + MOST + SLACK;
  const missing = output + MOST + SLACK - kernel.memory.buffer.byteLength;
  if (missing > 0) kernel.memory.grow(Math.ceil(missing / PAGE));
  const bytes = new Uint8Array(kernel.memory.buffer);
  return {
    bytes,
    start: output,
    most: MOST,
    inflate: (from, start, end, size) => {
      const length = end - start;
      if (size > MOST || length > MOST) return false;
      bytes.set(from.subarray(start, end), input);
      return kernel.inflate(input, input + length, output, output + size) === Status.ok;
    },
  };
}
