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

test('neither the same secret again nor another one beside it is shown', () => {
  const text = 'a = 9434765919, b = 9434765919, c = hunter2, d = abcdefghijklmnopqrstuv, name = patient';
  expect(excerptOf('personal-data', text, 4, 14)).toBe(
    'a = …[10 characters], b = ..., c = ..., d = ..., name = pati',
  );
  expect(excerptOf('personal-data', text, 80, 87)).toBe(
    '… ..., b = ..., c = ..., d = ..., name = …[7 characters]',
  );
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

test('of bytes that are no text beside it nothing is shown', () => {
  const text = `\xff\x81\xfe\x80x\xff\xe0\xff key=SECRETSECRETSECRET;\xc3'\xff\xff\xe0more`;
  const start = text.indexOf('SECRET');
  expect(excerptOf('credential', text, start, start + 18)).toBe('\uFFFD key=SEC…[18 characters];\uFFFD');
});
