import { expect, test } from 'vitest';
import { kernelFile, readKernelFile } from './wasm-file.ts';

test('the module is found from the source, the bundle and its chunks', () => {
  expect([...readKernelFile().subarray(0, 4)]).toEqual([0, 0x61, 0x73, 0x6d]);
  for (const here of [
    'file:///x/src/adapters/kernel/wasm-file.ts',
    'file:///x/dist/cli.js',
    'file:///x/dist/chunks/a.js',
  ])
    expect(kernelFile(here).href).toBe('file:///x/kernel/kernel.wasm');
});
