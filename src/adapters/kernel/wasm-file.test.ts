import { join } from 'node:path';
import { expect, test } from 'vitest';
import { kernelFile, readKernelFile } from './wasm-file.ts';

test('the module is found from the source, the bundle and its chunks', () => {
  expect([...readKernelFile().subarray(0, 4)]).toEqual([0, 0x61, 0x73, 0x6d]);
  for (const here of ['/x/src/adapters/kernel', '/x/dist', '/x/dist/chunks'])
    expect(kernelFile(here)).toBe(join('/x/kernel/kernel.wasm'));
});
