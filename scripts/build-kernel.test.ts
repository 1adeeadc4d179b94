import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { compileKernel, KERNEL_FILE } from './build-kernel.ts';

test('the checked-in kernel is what its source compiles to (else: npm run kernel)', async () => {
  const [made, kept] = [await compileKernel(), readFileSync(KERNEL_FILE)];
  expect(Buffer.compare(made, kept)).toBe(0);
}, 120_000);
