import { expect, test } from 'vitest';
import { toldSource } from './told-source.ts';

test.each([
  ['https://osv.example.invalid/npm/all.zip', 'https://osv.example.invalid/npm/all.zip'],
  ['/home/somebody/osv/npm/all.zip', 'npm/all.zip'],
  ['../records', '../records'],
  ['records', 'records'],
  ['C:\\osv\\npm\\all.zip', 'npm/all.zip'],
  ['file:///home/somebody/osv/all.zip', 'osv/all.zip'],
])('%s is told as %s', (from, told) => {
  expect(toldSource(from)).toBe(told);
});
