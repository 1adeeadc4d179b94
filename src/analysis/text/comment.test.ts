import { expect, test } from 'vitest';
import { withoutComment } from './comment.ts';

test.for([
  ['a # b', '#', 'a '],
  ["a '#' # b", '#', "a '#' "],
  ['"\\"#" # b', '#', '"\\"#" '],
  ['uri "https://x" // y', '//', 'uri "https://x" '],
  ['a / b', '//', 'a / b'],
  ["'open # b", '#', "'open # b"],
  ['', '#', ''],
] as const)('%j up to %s', ([line, mark, rest]) => expect(withoutComment(line, mark)).toBe(rest));
