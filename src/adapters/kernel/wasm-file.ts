import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** The kernel's module, for `startKernel`: one file, beside the sources and in the npm package at the same place. */
export function readKernelFile(): Uint8Array {
  return readFileSync(kernelFile());
}

/** In the source this file's folder is three below the root; once built it is `dist` or `dist/chunks`. */
export function kernelFile(here: string = import.meta.dirname): string {
  const folder = basename(here);
  const root = folder === 'kernel' ? '../../..' : folder === 'chunks' ? '../..' : '..';
  return join(here, root, 'kernel/kernel.wasm');
}
