import type { DisclosureRule, Sieve } from '../../../../model/disclosure.ts';
import type { Alphabet } from './alphabets.ts';
import { alphabetOf, DIGITS, HEX, WORD } from './alphabets.ts';
import type { RunGate } from './gates.ts';

/** What a rule's `sieve` gives for a keyword: one of these lists must hold, whole. */
export type Sieves = ReturnType<NonNullable<DisclosureRule['sieve']>>;

export const UPPER: Alphabet = alphabetOf('A-Z');
export const LOWER: Alphabet = alphabetOf('a-z');
const NONE: Alphabet = new Uint8Array(256);

export function allBut(...alphabets: readonly Alphabet[]): Alphabet {
  return NONE.map((_, byte) => (alphabets.some((alphabet) => alphabet[byte] !== 0) ? 0 : 1));
}

export function anyOf(...alphabets: readonly Alphabet[]): Alphabet {
  return NONE.map((_, byte) => (alphabets.some((alphabet) => alphabet[byte] !== 0) ? 1 : 0));
}

/** The byte after, or before, the keyword is one of these. */
export function beside(side: 'after' | 'before', follows: Alphabet): Sieve {
  return { side, run: NONE, least: 0, most: 0, follows };
}

/** Every byte of the keyword itself is one of these. */
export function isOf(run: Alphabet, keyword: string): Sieve {
  return { side: 'at', run, least: keyword.length, most: keyword.length };
}

export const LINE: Alphabet = allBut(alphabetOf('\n'));
const LETTERS = anyOf(UPPER, LOWER);

/** Behind a word; a plural's `s` may follow, and the next hump of `camelCase`. */
const ENDS: Sieve = {
  side: 'after',
  run: alphabetOf('Ss'),
  least: 0,
  most: 1,
  follows: anyOf(allBut(LETTERS), UPPER),
};
const BEGINS: Sieves = [[beside('before', allBut(LETTERS)), ENDS]];
const BEGINS_OR_HUMP: Sieves = [
  ...BEGINS,
  [beside('before', LOWER), { side: 'at', run: UPPER, least: 1, most: 1 }, ENDS],
];

/** The keyword is a word of its own, counting the humps of `camelCase` as words. */
export function wordSieves(keyword: string): Sieves {
  return LETTERS[keyword.charCodeAt(0)] === 1 ? BEGINS_OR_HUMP : BEGINS;
}

/** On one side of the keyword, within `reach` bytes of its line, stands at least half of `count` digits. */
export function digitsNear(count: number, reach: number): Sieves {
  const half = { run: LINE, counted: DIGITS, least: Math.ceil(count / 2), most: reach };
  return [[{ side: 'after', ...half }], [{ side: 'before', ...half }]];
}

/** One of the first lists and one of the others hold. */
export function both(some: Sieves, others: Sieves): Sieves {
  return some.flatMap((list) => others.map((other) => [...list, ...other]));
}

const NO_LOWER = allBut(LOWER);
const NO_UPPER = allBut(UPPER);
const STARTS = beside('before', anyOf(allBut(WORD), HEX, alphabetOf('nrt')));

/** What `runGate` asks for, as far as a sieve can. */
export function runSieves({ cased, body, least, lead }: RunGate, keyword: string): Sieves {
  const sieves: Sieve[] = [];
  const marks = cased?.filter((mark) => mark.toLowerCase() === keyword) ?? [];
  if (marks.length > 0 && marks.every((mark) => !/[a-z]/.test(mark))) sieves.push(isOf(NO_LOWER, keyword));
  if (marks.length > 0 && marks.every((mark) => !/[A-Z]/.test(mark))) sieves.push(isOf(NO_UPPER, keyword));
  if (least > 0) sieves.push({ side: 'after', run: body, least, most: least });
  if (lead !== undefined && lead.least > 0)
    sieves.push({ side: 'before', run: lead.body, least: lead.least, most: lead.least });
  // The last letter of an escape may stand before a token.
  if (lead === undefined && WORD[keyword.charCodeAt(0)] === 1) sieves.push(STARTS);
  return [sieves];
}
