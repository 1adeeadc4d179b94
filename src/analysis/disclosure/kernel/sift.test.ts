import { expect, test } from 'vitest';
import type { Sieve } from '../../../model/disclosure.ts';
import { buildAutomaton } from './automaton.ts';
import { prepareSearch } from './search.ts';
import { searchTables } from './search-tables.ts';
import { siftTwin } from './testing/sift-twin.ts';
import { numbers, startedKernel } from './testing/started.ts';

const { kernel, heap } = startedKernel();
const setOf = (letters: string): Uint8Array =>
  Uint8Array.from({ length: 256 }, (_, byte) => (letters.includes(String.fromCharCode(byte)) ? 1 : 0));

/** Where a pattern's hits end that are kept, `end:pattern`. */
function kept(text: string, patterns: readonly string[], sieves: readonly (readonly Sieve[])[]): string[] {
  const automaton = buildAutomaton(patterns);
  const address = heap.allocate(text.length);
  const search = prepareSearch(
    kernel,
    heap,
    searchTables(automaton, (pattern) => [{ length: patterns[pattern]!.length, sieves: sieves[pattern]! }]),
    0,
  );
  Buffer.from(heap.bytes().buffer).write(text, address, 'latin1');
  const found: string[] = [];
  search.search(address, text.length, (hits) => {
    for (let i = 0; i < hits.length; i += 2)
      for (const pattern of automaton.patternsAt(hits[i + 1]!))
        found.push(`${hits[i]! - address + 1}:${pattern}`);
  });
  search.release();
  heap.free(address);
  return found;
}

const digits = setOf('0123456789');

test.for([
  ['key12 key1 key', [{ side: 'after', run: digits, least: 2, most: 9 }], ['3:0']],
  ['key12; key123;', [{ side: 'after', run: digits, least: 0, most: 2, follows: setOf(';') }], ['3:0']],
  ['12key 1key key', [{ side: 'before', run: digits, least: 1, most: 9, follows: setOf('\n') }], ['5:0']],
  ['akey key', [{ side: 'before', run: setOf(''), least: 0, most: 0, follows: setOf(' \n') }], ['8:0']],
  ['key', [{ side: 'after', run: digits, least: 1, most: 0xffff }], []],
  ['KEY Key', [{ side: 'at', run: setOf('EKY'), least: 3, most: 3 }], ['3:0']],
  [
    'key=1-2 key=1-3-4',
    [{ side: 'after', run: setOf('=-1234'), counted: digits, least: 3, most: 9 }],
    ['11:0'],
  ],
] as const)('%s', ([text, sieves, expected]) => expect(kept(text, ['key'], [sieves])).toEqual(expected));

const given = (least: number): Sieve => ({
  side: 'given',
  run: setOf('abcdekyEKNV-'),
  counted: setOf('abcdekyEKNVnv-*/'),
  least,
  most: 40,
  follows: setOf('=:,>(" \t'),
});

test.for([
  ['key=abcd', ['3:0']],
  ['a-key-b: "abcd"', ['5:0']],
  ['key=abc', []],
  ['key abcd', []],
  ['--key abcd', ['5:0']],
  ['ENV a-key abcd', ['9:0']],
  ['#define a-key "abcd"', ['13:0']],
  ['set -x a-key abcd', ['12:0']],
  ['set -gx a-key abcd', ['13:0']],
  ['fix key abcd', []],
  ['key abc = abcd', ['3:0']],
  ['key\n=abcd', []],
  ['key(a, abcd', ['3:0']],
] as const)('%j is given a value', ([text, expected]) =>
  expect(kept(text, ['key'], [[given(4)]])).toEqual(expected),
);

test('says of given names what the twin says', () => {
  const next = numbers(11);
  const pieces = [
    'key',
    'kEy',
    'abcd',
    'a',
    '-',
    '=',
    ':',
    ' ',
    ' ',
    '"',
    '\t',
    '(',
    ',',
    '>',
    '\n',
    '*',
    '/',
    'ENV ',
    'eNV ',
    '#define ',
    'set -x ',
    ' -gX ',
    '?',
  ];
  let found = 0;
  for (let round = 0; round < 1200; round++) {
    const text = Array.from({ length: 2 + next(9) }, () => {
      const piece = pieces[next(pieces.length)]!;
      return next(12) === 0 ? piece.repeat(next(60)) : piece;
    }).join('');
    const sieve = given(1 + next(6));
    const expected = [...text.matchAll(/key/gi)]
      .map(({ index }) => index)
      .filter((at) => siftTwin(text, at, at + 3, [sieve]))
      .map((at) => `${at + 3}:0`);
    found += expected.length;
    expect([text, kept(text, ['key'], [[sieve]])]).toEqual([text, expected]);
  }
  expect(found).toBeGreaterThan(50);
});

test('of several alternatives in one place each is asked, and a pattern without a sieve is always kept', () => {
  const never: Sieve = { side: 'after', run: digits, least: 9, most: 9 };
  expect(kept('xkey', ['key', 'xkey'], [[never], []])).toEqual(['4:0', '4:1']);
  expect(kept('xkey', ['key', 'xkey'], [[never], [never]])).toEqual([]);
});

test.for([1, 2, 5])('keeps what the twin keeps of patterns of %i bytes and more', (least) => {
  const next = numbers(3 + least);
  const letters = 'abA1 \n';
  const text = (length: number): string =>
    Array.from({ length }, () => letters[next(letters.length)]!).join('');
  const sieve = (): Sieve => ({
    side: (['after', 'before', 'at'] as const)[next(3)]!,
    run: setOf(text(next(4))),
    ...(next(2) === 0 ? {} : { counted: setOf(text(next(3))) }),
    least: next(3),
    most: next(6),
    ...(next(2) === 0 ? {} : { follows: setOf(text(1 + next(3))) }),
  });
  for (let round = 0; round < 250; round++) {
    const pattern = `a${text(least - 1 + next(2)).toLowerCase()}`;
    const sieves = Array.from({ length: 1 + next(2) }, sieve);
    const haystack = text(1 + next(200));
    const expected: string[] = [];
    const folded = haystack.toLowerCase();
    for (let at = folded.indexOf(pattern); at !== -1; at = folded.indexOf(pattern, at + 1))
      if (siftTwin(haystack, at, at + pattern.length, sieves)) expected.push(`${at + pattern.length}:0`);
    expect(kept(haystack, [pattern], [sieves])).toEqual(expected);
  }
});
