import { expect, test } from 'vitest';
import { randomText } from '../rules/testing/random.ts';
import { bytesOf, characters } from './characters.ts';
import { compoundStreams } from './compound.ts';
import { searchForms } from './form-search.ts';
import { packedObjects } from './git-pack.ts';
import { HINTS, hintedRuns } from './hints.ts';
import { unpackMacro } from './macros.ts';

const FORMS = HINTS.flatMap(({ forms }) => forms);

test('forms are found where they stand, as looking at each place finds them', () => {
  const random = randomText(5);
  const find = searchForms(FORMS);
  for (let round = 0; round < 200; round++) {
    const pieces = Array.from({ length: 6 }, () => FORMS[Number(random('0123456789', 3)) % FORMS.length]!);
    const text = pieces
      .map((form) => random('abr?"(.- ', 5) + (round % 2 ? form : form.toUpperCase()))
      .join('');
    const low = text.replaceAll(/[A-Z]/g, (one) => one.toLowerCase());
    const found: number[] = [];
    const bytes = bytesOf(text);
    for (
      let one = find(bytes, 0, bytes.length);
      one !== undefined;
      one = find(bytes, one.at + 1, bytes.length)
    ) {
      expect(low.startsWith(FORMS[one.form]!, one.at)).toBe(true);
      found.push(one.at);
    }
    const expected = Array.from(low, (_, at) => at).filter((at) =>
      FORMS.some((form) => low.startsWith(form, at)),
    );
    expect(found).toEqual(expected);
  }
});

test('whatever stands beside them, what is given lies in the text, and each form alone ends', () => {
  const random = randomText(6);
  for (let round = 0; round < 600; round++) {
    const form = FORMS[round % FORMS.length]!;
    const text = Array.from({ length: 8 }, () => form + random('\'"[](),.=a0\n -', 12)).join('');
    const bytes = bytesOf(text);
    for (const { start, end, bytes: inner } of hintedRuns(bytes)) {
      expect(start).toBeGreaterThanOrEqual(0);
      expect(end).toBeLessThanOrEqual(bytes.length);
      expect(inner.length).toBeGreaterThan(0);
    }
  }
});

test('a form over and over takes time by its length', () => {
  for (const form of [...FORMS, "concat('a','", '{"0":', 'chr(1).']) {
    const bytes = bytesOf(form.repeat(Math.ceil(10_000 / form.length)));
    expect([...hintedRuns(bytes)].length).toBeLessThan(bytes.length);
  }
}, 20_000);

test('damaged packs, compound files and macros end', () => {
  const random = randomText(7);
  for (let round = 0; round < 300; round++) {
    const noise = bytesOf(random('\0\x01\x02\x10\x90\xb0\xff\xfe xAttribut', 2048));
    noise.set(bytesOf('PACK\0\0\0\x02\0\0\xff\xff'));
    for (const { bytes } of packedObjects(noise, 0, 20, () => 1 << 20, undefined))
      expect(bytes.length).toBeLessThanOrEqual(1 << 20);
    noise.set(bytesOf('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'));
    noise.set([9, 0, 6, 0], 30);
    for (const { bytes } of compoundStreams(noise)) expect(bytes.length).toBeLessThanOrEqual(noise.length);
    expect(unpackMacro(noise, 0, 100_000).bytes.length).toBeLessThanOrEqual(100_000);
  }
});

test('what is joined, and what is not', () => {
  const of = (text: string): readonly string[] =>
    [...hintedRuns(bytesOf(text))].map(({ bytes }) => characters(bytes, 0, bytes.length));
  expect(of(`['0123456789', 'abcdefghij'].join('')`)).toEqual(['0123456789abcdefghij']);
  expect(of(`['0123456789', 'abcdefghij'].join('_')`)).toEqual(['0123456789_abcdefghij']);
  expect(of(`['0123456789', 'abcdefghij'].join(', ')`)).toEqual([]);
  expect(of(`['0123456789', name].join('')`)).toEqual([]);
  expect(of(`strings.Join([]string{"0123456789", "abcdefghij"}, "-")`)).toEqual(['0123456789-abcdefghij']);
  expect(of(`chr(72) . chr(101)`)).toEqual([]);
});
