import { expect, test } from 'vitest';
import { shellWord } from './shell.ts';

test.for([
  ['charts/app', 'charts/app'],
  ['@a/b@^1', "'@a/b@^1'"],
  ['a b', "'a b'"],
  ["it's", `'it'\\''s'`],
  ['$(x)', "'$(x)'"],
  ['-rf', "'-rf'"],
  ['', "''"],
  ['a\nb', undefined],
  ['a\u202eb', undefined],
] as const)('%j', ([text, expected]) => expect(shellWord(text)).toBe(expected));
