import { readFileSync } from 'node:fs';

/** The kernel's module, for `startKernel`: one file, beside the sources and in the npm package at the same place. */
export function readKernelFile(): Uint8Array {
  return readFileSync(kernelFile());
}

/** In the source this file is three folders below the root; once built it is `dist/x.js` or `dist/chunks/x.js`. */
export function kernelFile(here: string = import.meta.url): URL {
  const root = here.endsWith('.ts') ? '../../../' : here.includes('/chunks/') ? '../../' : '../';
  return new URL(`${root}kernel/kernel.wasm`, here);
}
