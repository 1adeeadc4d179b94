import { expect, test } from 'vitest';
import { excerptOf } from './excerpt.ts';

test.for([
  ['credential', 'key = abcdefghijklmnopqrstuvwxyz;', 6, 32, 'key = abcd…[26 characters];'],
  ['credential', 'short', 0, 5, 's…[5 characters]'],
  ['password', 'pw: hunter2 # x', 4, 11, 'pw: …[7 characters] # x'],
  ['marking', 'OFFICIAL-SENSITIVE', 0, 18, 'OFFICIAL-SENSITIVE'],
] as const)('of a %s: %s', ([kind, text, start, end, expected]) => {
  expect(excerptOf(kind, text, start, end)).toBe(expected);
});

test('one line of it, what is before is cut, bytes are UTF-8, and what steers a terminal is replaced', () => {
  const text = Buffer.from(`old\n${'é'.repeat(60)}\u001b[31mSECRETSECRETSECRET\u202e\nnext`, 'utf8').toString(
    'latin1',
  );
  const start = text.indexOf('SECRET');
  const excerpt = excerptOf('credential', text, start, start + 18);
  expect(excerpt.startsWith('…')).toBe(true);
  expect(excerpt.endsWith('\uFFFD[31mSEC…[18 characters]\uFFFD')).toBe(true);
  expect(excerpt).not.toMatch(/old|next/);
});
