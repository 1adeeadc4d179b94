/*
 * The kernel's module as it is: functions over addresses in its memory. `kernel/` holds its source and says what each does.
 */

/** What the compiled kernel exports. Addresses are byte offsets into `memory`; statuses are those of `Status`. */
export interface KernelExports {
  readonly memory: KernelMemory;
  readonly dataEnd: { readonly value: number };
  readonly areasEnd: { readonly value: number };
  /** Bytes that `remember` needs at `known`: `keyBytes` drawn at random, then zeros. */
  readonly knownBytes: { readonly value: number };
  readonly keyBytes: { readonly value: number };
  inflate(from: number, fromEnd: number, to: number, toEnd: number): number;
  setOutput(text: number, textEnd: number, records: number, recordsEnd: number): void;
  emitWhole(from: number, size: number, object: number): number;
  deltaTargetSize(delta: number, deltaEnd: number, baseSize: number): number;
  applyDelta(
    from: number,
    fromSize: number,
    delta: number,
    deltaEnd: number,
    to: number,
    toSize: number,
    object: number,
    ends: number,
    limit: number,
    quiet: number,
  ): number;
  applyTreeDelta(
    from: number,
    fromSize: number,
    delta: number,
    deltaEnd: number,
    to: number,
    toSize: number,
    object: number,
    idBytes: number,
  ): number;
  remember(records: number, recordsEnd: number, known: number): void;
  hasNul(from: number, size: number): number;
  search(text: number, end: number, before: number, machine: number, hits: number): number;
  sift(hits: number, count: number, from: number, end: number, programs: number, accept: number): number;
}

export interface KernelMemory {
  readonly buffer: ArrayBuffer;
  /** Adds pages of 64 KiB; throws RangeError when there are no more. */
  grow(pages: number): number;
}

/** Why the kernel did not do what it was asked to. */
export const Status = {
  ok: 0,
  /** The compressed data ends before the stream does. */
  truncated: 1,
  /** The compressed data is damaged. */
  damaged: 2,
  /** It gives more or fewer bytes than it should. */
  wrongSize: 3,
  /** Its checksum is another. */
  wrongSum: 4,
  /** A delta's instructions are damaged. */
  badDelta: 5,
  /** A delta was made for a base of another size. */
  wrongBase: 6,
  /** The output is full; nothing was added to it. */
  noRoom: 7,
  /** A delta's result is larger than was allowed. */
  tooLarge: 8,
} as const;

/** Where functions leave what they give beside their status: see kernel/layout.ts. */
export const RESULT = 4096;
/** Where the caller's part of the memory begins. */
export const HEAP = 131072;
/** Bytes behind a buffer that may be read (input) or overwritten (output). */
export const SLACK = 320;

/** The kernel, compiled: it can be posted to other threads, which start it with a memory of their own. */
export type CompiledKernel = object & { readonly _compiled?: never };

/** Its file is a value here; an adapter reads it. */
export function compileKernel(wasm: Uint8Array): CompiledKernel {
  return new WebAssembly.Module(wasm);
}

/** Starts the kernel, and compiles it first when it is bytes. */
export function startKernel(kernel: Uint8Array | CompiledKernel): KernelExports {
  const compiled = kernel instanceof Uint8Array ? compileKernel(kernel) : kernel;
  return new WebAssembly.Instance(compiled).exports as unknown as KernelExports;
}

/** The part of the standard that is used: the compiler's own library has it with the browser's only. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: object };
};
