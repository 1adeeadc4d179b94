import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { DisclosureRule } from '../../../model/disclosure.ts';
import { latin1Reader } from '../../../adapters/kernel/latin1.ts';
import { allRules } from '../all-rules.ts';
import { startedKernel } from '../kernel/testing/started.ts';
import { createDetector } from './detector.ts';
import { gatherTexts } from './gather.ts';
import type { KeptSearch } from './kept-search.ts';
import type { RuleSet } from './rule-set.ts';
import { prepareRules } from './rule-set.ts';
import { readSearch, writeSearch } from './search-file.ts';

const latin1 = latin1Reader();
const file = { plain: writeSearch(allRules, false)!, encoded: writeSearch(allRules, true)! };
const read = (bytes: Uint8Array, rules: readonly DisclosureRule[] = allRules): KeptSearch | undefined =>
  readSearch(bytes, rules, latin1);

/** Code with many keywords, and more than the filter of long texts waits for. */
const texts = globSync('src/analysis/disclosure/rules/**/*.ts')
  .sort()
  .map((path) => readFileSync(path));

/** Everything that a detector reports of the texts, `times` over. */
function reported(rules: RuleSet, times: number): string[] {
  const { kernel, heap } = startedKernel();
  const detector = createDetector(kernel, heap, rules, latin1);
  const found: string[] = [];
  const gathering = gatherTexts(heap, (batch) =>
    detector.detect(
      batch,
      ({ rule, object, start, end, secret }) => found.push([rule.id, object, start, end, secret].join(' ')),
      undefined,
      (object, how, { start, end }) => found.push([how, object, start, end].join(' ')),
    ),
  );
  for (let round = 0; round < times; round++)
    for (const [number, text] of texts.entries()) gathering.add(text, round * texts.length + number);
  gathering.flush();
  gathering.release();
  detector.release();
  return found;
}

describe('a search that was kept finds what one that is made anew finds', () => {
  test.each([false, true])('encoded: %s', (encoded) => {
    const kept = read(encoded ? file.encoded : file.plain)!;
    const found = reported(prepareRules(allRules, { encoded, kept }), 4);
    expect(found.length).toBeGreaterThan(50);
    expect(found).toEqual(reported(prepareRules(allRules, { encoded }), 4));
  });

  test('for some of its rules, of which one is limited, and others', () => {
    const limited = (rule: DisclosureRule): DisclosureRule => ({
      ...rule,
      find: (window) => rule.find(window).slice(0, 1),
    });
    const own: DisclosureRule = {
      id: 'own',
      title: 'a word of our own',
      kind: 'credential',
      advice: 'change it',
      keywords: ['import'],
      find: ({ start, end }) => [{ start, end, tier: 'likely', reasons: ['it is there'] }],
    };
    const twin: DisclosureRule = { ...own, id: 'uk-postcode', keywords: ['provider'] };
    const chosen = [twin, ...allRules.filter(({ id }, i) => i % 3 !== 0 && id !== twin.id).map(limited), own];
    const found = reported(prepareRules(chosen, { kept: read(file.plain)! }), 1);
    expect(found.filter((one) => one.startsWith('own')).length).toBeGreaterThan(50);
    expect(found.toSorted()).toEqual(reported(prepareRules(chosen), 1).toSorted());
  });
});

test('what is cut short, or something else, is no kept search', () => {
  const { plain } = file;
  for (const size of [0, 8, 15, 16, 1000, plain.length - 8, plain.length - 1])
    expect(read(plain.subarray(0, size))).toBeUndefined();
  expect(read(Uint8Array.from([...plain, 0]))).toBeUndefined();
  expect(read(Uint8Array.from(plain, (byte, i) => (i === 20 ? 0 : byte)))).toBeUndefined();
  expect(read(Buffer.from('something else, of more bytes than the head has'))).toBeUndefined();
});

test('it may lie anywhere in memory', () => {
  const moved = new Uint8Array(file.plain.length + 3);
  moved.set(file.plain, 3);
  const kept = read(moved.subarray(3))!;
  expect(reported(prepareRules(allRules, { kept }), 1)).toEqual(reported(prepareRules(allRules), 1));
});
