import { expect, test } from 'vitest';
import { applyDelta, DeltaError } from './delta.ts';

const base = Buffer.from('the quick brown fox');
const text = (delta: number[]) => applyDelta(base, Uint8Array.from(delta)).toString();

test('a copy and an insert', () =>
  expect(text([19, 12, 0x90, 4, 8, ...Buffer.from('lazy dog')])).toBe('the lazy dog'));

test.for([
  ['another base', [18, 1, 1, 65]],
  ['a reserved instruction', [19, 1, 0]],
  ['a copy past the end', [19, 30, 0x91, 0, 30]],
  ['a copy whose operands are cut off', [19, 30, 0x9f]],
  ['an insert that is cut off', [19, 5, 5, 65]],
  ['too few bytes', [19, 5, 1, 65]],
  ['too many bytes', [19, 1, 2, 65, 65]],
  ['a size that is far from what it gives', [19, 0x80, 0x80, 0x80, 0x80, 0x10, 1, 65]],
  ['no sizes', [0x80]],
] as const)('%s is an error', ([, delta]) => expect(() => text([...delta])).toThrow(DeltaError));

test('an object of many bytes is what its copies say', () => {
  const large = Buffer.alloc(0x10000, 'ab');
  const copies = Array.from({ length: 20 }, () => 0x80);
  const made = applyDelta(large, Uint8Array.from([0x80, 0x80, 4, 0x80, 0x80, 0x50, ...copies]));
  expect(made.equals(Buffer.alloc(20 * 0x10000, 'ab'))).toBe(true);
});
