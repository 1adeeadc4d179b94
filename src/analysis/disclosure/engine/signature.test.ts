import { expect, test } from 'vitest';
import { isSignature } from './signature.ts';

const is = (line: string): boolean => {
  const bytes = Buffer.from(`x${line}\n`, 'latin1');
  return isSignature(bytes, 1, bytes.length - 1);
};

test.each([
  'author A U Thor <a@example.org> 1700000000 +0100',
  'committer <> 0 -0000',
  'tagger > 1 +0000',
  'author a <b> 1 +0000 <c> 2 +0000',
])('%s says who made it', (line) => {
  expect(is(line)).toBe(true);
});

test.each([
  '',
  'author',
  'author > +0000',
  'author a <b>  +0000',
  'author a <b> 17 0100',
  'author a <b> 17 +010',
  'author a <b> 17 +01000',
  'author a <b 17 +0100',
  'author a <b>17 +0100',
  'author a\r <b> 17 +0100',
  'authors a <b> 17 +0100',
  ' author a <b> 17 +0100',
  'gpgsig a <b> 17 +0100',
])('%j does not', (line) => {
  expect(is(line)).toBe(false);
  expect(/^(?:author|committer|tagger) .*> \d+ [+-]\d{4}$/.test(line)).toBe(false);
});
