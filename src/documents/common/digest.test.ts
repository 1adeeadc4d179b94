import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { sha256, uuidOf } from './digest.ts';

test('agrees with the platform at every length, in every script', () => {
  for (const piece of ['a', 'é', '鍵', '🗝', '\uD800'])
    for (let length = 0; length < 140; length++) {
      const text = piece.repeat(length);
      expect(sha256(text)).toBe(createHash('sha256').update(text, 'utf8').digest('hex'));
    }
});

test('a UUID of a text is the same each time, and well formed', () => {
  expect(uuidOf('a')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(uuidOf('a')).toBe(uuidOf('a'));
  expect(uuidOf('a')).not.toBe(uuidOf('b'));
});
