import type { ObjectInflater } from '../../../model/deflate.ts';
import type { Heap } from './heap.ts';
import type { KernelExports } from './module.ts';
import { Status } from './module.ts';

/** Above what the header of a loose object can take: `commit 999999999999999` and a NUL. */
const HEAD = 64;
/** What is larger is left to zlib: the kernel's memory does not shrink. */
const MOST = 8 * 1024 * 1024;

/**
 * Inflates git's objects in the kernel. For the few of a hook that is less than to load Node's zlib, which costs milliseconds.
 */
export function objectInflater(kernel: KernelExports, heap: Heap): ObjectInflater {
  const inflate = (packed: Uint8Array, size: number, isExact: boolean): Uint8Array | undefined => {
    if (size > MOST || packed.length > MOST) return undefined;
    const from = heap.allocate(packed.length);
    const to = heap.allocate(size);
    heap.bytes().set(packed, from);
    const status = kernel.inflate(from, from + packed.length, to, to + size);
    // What has more than there is room for has filled the room before.
    const isThere = status === Status.ok || (!isExact && status === Status.wrongSize);
    const bytes = isThere ? heap.bytes().slice(to, to + size) : undefined;
    heap.free(from);
    heap.free(to);
    return bytes;
  };
  return {
    exactly: (packed, size) => inflate(packed, size, true),
    head: (packed) => inflate(packed, HEAD, false),
  };
}
