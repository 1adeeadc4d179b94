import { expect, test } from 'vitest';
import type { DisclosureRule } from '../../../model/disclosure.ts';
import { latin1Reader } from '../../../adapters/kernel/latin1.ts';
import { allRules } from '../all-rules.ts';
import { numbers, startedKernel } from '../kernel/testing/started.ts';
import { runRules } from '../rules/testing/driver.ts';
import { prepareRules } from './rule-set.ts';
import { scanTexts } from './scan-texts.ts';
import { createDetector } from './detector.ts';
import { gatherTexts } from './gather.ts';

const word: DisclosureRule = {
  id: 'word',
  title: 'a word',
  kind: 'credential',
  keywords: ['KEY_'],
  find: ({ text, end }) => {
    const found = /^[a-z]+/.exec(text.slice(end));
    return found === null
      ? []
      : [{ start: end, end: end + found[0].length, tier: 'likely', reasons: ['it is a word'] }];
  },
  advice: 'change it',
};

const scan = (rules: readonly DisclosureRule[], ...texts: string[]) => {
  const { kernel, heap } = startedKernel();
  const scanning = scanTexts({ kernel, heap, rules: prepareRules(rules), latin1: latin1Reader() });
  for (const text of texts) scanning.add(Buffer.from(text, 'latin1'));
  return scanning
    .finish()
    .map(({ object, start, end, secret, rule }) => [object, start, end, secret, rule.id]);
};

test('a find comes with its text, its place there and its secret; keywords in either case', () => {
  expect(scan([word], 'nothing', 'a\nkey_one x\nKey_two', '', 'KEY_three')).toEqual([
    [1, 6, 9, 'one', 'word'],
    [1, 16, 19, 'two', 'word'],
    [3, 4, 9, 'three', 'word'],
  ]);
});

test('a keyword does not span two texts, and a window does not show the next one', () => {
  expect(scan([word], 'KE', 'Y_one', 'KEY_', 'two')).toEqual([]);
});

test('a text larger than a batch, and a find across its slices', () => {
  const far = `${' '.repeat((1 << 20) - 6)}KEY_far${' '.repeat(1 << 20)}`;
  expect(scan([word], 'KEY_near', far)).toEqual([
    [0, 4, 8, 'near', 'word'],
    [1, (1 << 20) - 2, (1 << 20) + 1, 'far', 'word'],
  ]);
});

test('a text that is searched in slices has each of its finds once, over the seam too, and is counted as one', () => {
  const seam = 64 * 1024 * 1024;
  const text = Buffer.alloc(seam + 3_000_000, ' ');
  const places = [seam - 500_000, seam - 10, seam - 2, seam + 20, seam + 900_000, seam + 2_000_000];
  for (const [i, at] of places.entries()) text.write(`KEY_${'abcdef'[i]}`, at);
  const { kernel, heap } = startedKernel();
  const scanning = scanTexts({ kernel, heap, rules: prepareRules([word]), latin1: latin1Reader() });
  scanning.add(text);
  expect(scanning.finish().map(({ start, secret }) => [start - 4, secret])).toEqual(
    places.map((at, i) => [at, 'abcdef'[i]]),
  );
});

test('what is found twice is told once, and of what overlaps the one that says most', () => {
  const twice = { ...word, keywords: ['key_', 'ey_'] };
  const generic: DisclosureRule = {
    ...word,
    id: 'generic',
    kind: 'generic-secret',
    find: ({ text }) => [{ start: 0, end: text.length, tier: 'likely', reasons: ['long'] }],
  };
  expect(scan([twice], 'KEY_one')).toEqual([[0, 4, 7, 'one', 'word']]);
  expect(scan([generic, word], 'KEY_one')).toEqual([[0, 4, 7, 'one', 'word']]);
});

test('a gate that is shut means that the rule is not asked', () => {
  const shut: DisclosureRule = { ...word, gate: (bytes, _start, end) => bytes[end] === 0x6f };
  expect(scan([shut], 'KEY_one KEY_two')).toEqual([[0, 4, 7, 'one', 'word']]);
});

test('a rule of which no more is wanted is not asked again in that text, and is in the next', () => {
  const { kernel, heap } = startedKernel();
  const asked: string[] = [];
  const counted: DisclosureRule = {
    ...word,
    find: (window) => {
      const finds = word.find(window);
      asked.push(...finds.map(({ start, end }) => window.text.slice(start, end)));
      return finds;
    },
  };
  const other: DisclosureRule = { ...word, id: 'other', keywords: ['EY_t'] };
  const detector = createDetector(kernel, heap, prepareRules([counted, other]), latin1Reader());
  const found: string[] = [];
  const gathering = gatherTexts(heap, (batch) =>
    detector.detect(batch, ({ rule, object, secret }) => {
      found.push(`${object} ${rule.id} ${secret}`);
      return rule.id !== 'word' || secret !== 'two';
    }),
  );
  gathering.add(Buffer.from('KEY_one\nKEY_two\nKEY_three\nKEY_four'), 0);
  gathering.add(Buffer.from('KEY_five\nKEY_two\nKEY_six'), 1);
  gathering.flush();
  gathering.release();
  detector.release();
  expect(asked).toEqual(['one', 'two', 'five', 'two']);
  expect(found.toSorted()).toEqual([
    '0 other hree',
    '0 other wo',
    '0 word one',
    '0 word two',
    '1 other wo',
    '1 word five',
    '1 word two',
  ]);
});

test('a rule that could never be asked, or everywhere, is refused', () => {
  expect(() => prepareRules([{ ...word, keywords: [] }])).toThrow('it has no keyword');
  expect(() => prepareRules([{ ...word, keywords: ['a'] }])).toThrow('too short');
  expect(() => prepareRules([word, word])).toThrow('taken by another rule');
});

test('all rules find in mixed text what they find when each is tried alone', () => {
  const random = numbers(7);
  const pieces = allRules.flatMap(({ keywords }) => keywords.slice(0, 3));
  const filler = [
    ' ',
    '\n',
    '=',
    ': ',
    '"',
    '@example.gov.uk',
    '943 476 5919',
    'AbCd1234',
    '\u00e9',
    '\0',
    'patient ',
  ];
  const { kernel, heap } = startedKernel();
  const detector = createDetector(kernel, heap, prepareRules(allRules), latin1Reader());
  for (let round = 0; round < 60; round++) {
    let text = '';
    for (let i = 0; i < 120; i++)
      text += random(3) === 0 ? pieces[random(pieces.length)]! : filler[random(filler.length)]!;
    // A NUL ends a line for the engine; the plain driver knows lines only.
    text = text.replaceAll('\0', '\n');
    const found = new Set<string>();
    const gathering = gatherTexts(heap, (batch) =>
      detector.detect(batch, ({ rule, start, secret }) => found.add(`${rule.id} ${start} ${secret}`)),
    );
    gathering.add(Buffer.from(text, 'latin1'), 0);
    gathering.flush();
    gathering.release();
    const expected = new Set(
      runRules(allRules, text).map(({ rule, start, secret }) => `${rule} ${start} ${secret}`),
    );
    expect([...found].sort()).toEqual([...expected].sort());
  }
});
