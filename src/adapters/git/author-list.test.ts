import { expect, test } from 'vitest';
import { authorList } from './author-list.ts';

test('tells authors apart by their bytes, and reads each once', () => {
  const list = authorList();
  const numberOf = (bytes: Buffer): number =>
    list.numberOf(Buffer.concat([Buffer.from('author '), bytes, Buffer.from(' 1')]), 7, 7 + bytes.length);
  const names = ['Zoë <zoe@example.invalid>', 'Zoe <zoe@example.invalid>', '', '<nobody>', 'no mail'];
  expect(names.map((name) => numberOf(Buffer.from(name)))).toEqual([0, 1, 2, 3, 4]);
  expect(names.toReversed().map((name) => numberOf(Buffer.from(name)))).toEqual([4, 3, 2, 1, 0]);
  expect(numberOf(Buffer.from('Zoë <zoe@example.invalid>', 'latin1'))).toBe(5);
  expect(list.authors[0]).toEqual({ name: 'Zoë', email: 'zoe@example.invalid' });
  expect(list.authors[5]).toEqual(list.authors[0]);
  expect(list.authors[3]).toEqual({ name: '', email: 'nobody' });
});

test('keeps its numbers while it grows', () => {
  const list = authorList();
  const numberOf = (i: number): number => {
    const bytes = Buffer.from(`Person ${i} <${i}@example.invalid>`);
    return list.numberOf(bytes, 0, bytes.length);
  };
  const numbers = Array.from({ length: 5000 }, (_, i) => i);
  expect(numbers.map(numberOf)).toEqual(numbers);
  expect(numbers.map(numberOf)).toEqual(numbers);
  list.seen(7, 20);
  list.seen(7, 10);
  list.seen(7, 30);
  expect(list.firstAt[7]).toBe(10);
});
