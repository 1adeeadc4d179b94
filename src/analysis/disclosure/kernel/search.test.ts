import { describe, expect, test } from 'vitest';
import type { Automaton } from './automaton.ts';
import { buildAutomata, buildAutomaton } from './automaton.ts';
import { prepareSearch } from './search.ts';
import { searchTables } from './search-tables.ts';
import { searchTwin } from './testing/search-twin.ts';
import { numbers, startedKernel } from './testing/started.ts';

const { kernel, heap } = startedKernel();

function search(text: string, automaton: Automaton, filterFrom = 0): string[] {
  const address = heap.allocate(text.length);
  const prepared = prepareSearch(kernel, heap, searchTables(automaton), filterFrom);
  Buffer.from(heap.bytes().buffer).write(text, address, 'latin1');
  const found: string[] = [];
  prepared.search(address, text.length, (hits) => {
    for (let i = 0; i < hits.length; i += 2)
      for (const pattern of automaton.patternsAt(hits[i + 1]!))
        found.push(`${hits[i]! - address}:${pattern}`);
  });
  prepared.release();
  heap.free(address);
  return found;
}

test('patterns within each other, that overlap, in either case', () =>
  expect(search('uSHErs', buildAutomaton(['he', 'she', 'his', 'hers', 's']))).toEqual([
    '1:4',
    '3:0',
    '3:1',
    '5:3',
    '5:4',
  ]));

test.for([
  ['short texts', 300, 60, 2, 'abAB\n'],
  ['long texts', 60, 4000, 2, 'abcAB \n'],
  ['patterns of one byte, which everything is read for', 100, 500, 1, 'abcAB \n'],
  ['long patterns, many of which begin alike', 60, 4000, 5, 'abAB'],
  ['bytes of all values', 60, 3000, 2, String.fromCharCode(...Array.from({ length: 256 }, (_, i) => i))],
] as const)('agrees with the twin on %s', ([, rounds, most, least, letters]) => {
  const next = numbers(21);
  const text = (length: number): string =>
    Array.from({ length }, () => letters[next(letters.length)]!).join('');
  for (let round = 0; round < rounds; round++) {
    const patterns = Array.from({ length: 1 + next(12) }, () => text(least + next(next(5) === 0 ? 30 : 4)));
    const haystack = text(next(most)) + patterns.join('');
    const automaton = buildAutomaton(patterns);
    const expected = searchTwin(haystack, patterns);
    expect(search(haystack, automaton)).toEqual(expected);
    expect(search(haystack, automaton, Infinity)).toEqual(expected);
  }
});

test('patterns that lie across slices of a long text are found once', () => {
  const text = Array.from({ length: 1 << 20 }, () => '.');
  const patterns = ['needle', 'ee'];
  for (const at of [(1 << 18) - 3, (1 << 19) - 5, (1 << 20) - 6])
    for (let i = 0; i < 6; i++) text[at + i] = 'needle'[i]!;
  const haystack = `${text.join('')}needle${text.join('').slice(0, 99)}${'.'.repeat(1 << 20)}needle`;
  const cut = `${haystack.slice(0, (1 << 20) - 3)}nee${haystack.slice(1 << 20)}`.replace(
    'neeneedle',
    'needle...',
  );
  for (const one of [haystack, cut])
    expect(search(one, buildAutomaton(patterns))).toEqual(searchTwin(one, patterns));
});

test('hits at every byte have room', () => {
  const text = 'a'.repeat((1 << 20) + 17);
  expect(search(text, buildAutomaton(['a'])).length).toBe(text.length);
  expect(search(text, buildAutomaton(['aa'])).length).toBe(text.length - 1);
});

test('what lies behind the text is no part of it', () => {
  const address = heap.allocate(64);
  const prepared = prepareSearch(kernel, heap, searchTables(buildAutomaton(['key', 'ke', 'abcdefgh'])), 0);
  Buffer.from(heap.bytes().buffer).write('..abcdefgh.key', address, 'latin1');
  const ends = (size: number): number[] => {
    const found: number[] = [];
    prepared.search(address, size, (hits) => found.push(...hits.filter((_, i) => i % 2 === 0)));
    return found.map((at) => at - address);
  };
  expect([8, 9, 10, 11, 12, 13, 14].map(ends)).toEqual([[], [], [9], [9], [9], [9, 12], [9, 12, 13]]);
  prepared.release();
  heap.free(address);
});

test('several searches at once keep out of each other’s way', () => {
  const one = prepareSearch(kernel, heap, searchTables(buildAutomaton(['first'])), 0);
  const other = prepareSearch(kernel, heap, searchTables(buildAutomaton(['second'])), 20);
  const address = heap.allocate(64);
  Buffer.from(heap.bytes().buffer).write('first, second', address, 'latin1');
  const counts: number[] = [];
  for (const prepared of [one, other, one])
    prepared.search(address, 13, (hits) => counts.push(hits[0]! - address));
  expect(counts).toEqual([4, 12, 4]);
  for (const prepared of [one, other]) prepared.release();
  heap.free(address);
});

describe('automata', () => {
  test('refuse what is no string of bytes', () => {
    expect(() => buildAutomaton([''])).toThrow(RangeError);
    expect(() => buildAutomaton(['€'])).toThrow(RangeError);
  });

  test('many patterns become several', () => {
    const patterns = Array.from({ length: 9000 }, (_, i) => `pattern-${i}`);
    const made = buildAutomata(patterns);
    expect(made.length).toBeGreaterThan(1);
    expect(buildAutomata([])).toEqual([]);
    const text = 'a pattern-8999 and PATTERN-17';
    const found = made.flatMap(({ first, automaton }) =>
      search(text, automaton).map((hit) => `${hit.split(':')[0]}:${first + Number(hit.split(':')[1])}`),
    );
    expect(found.sort()).toEqual(searchTwin(text, patterns).sort());
  });
});
