import { expect, test } from 'vitest';
import type { Disclosure, DisclosureSpot } from '../../model/disclosure-report.ts';
import { foldByFile } from './fold.ts';

function found(rule: string, ...paths: readonly string[]): Disclosure {
  return {
    fingerprint: '',
    rule,
    title: rule,
    kind: rule === 'token' ? 'credential' : 'personal-data',
    tier: 'likely',
    reasons: ['it is'],
    excerpt: '',
    advice: '',
    spots: paths.map((path): DisclosureSpot => ({ source: 'file', path, within: [] })),
    copies: 1,
  };
}

const times = (count: number, one: Disclosure): Disclosure[] => Array.from({ length: count }, () => one);

test('many of one rule in one file are one; few, and those of other files, stay', () => {
  const [mail, elsewhere, phone] = [found('mail', 'a', 'a'), found('mail', 'b'), found('phone', 'a')];
  expect(foldByFile([mail, elsewhere, ...times(3, phone), ...times(9, mail)])).toEqual([
    { first: mail, others: 9 },
    { first: elsewhere, others: 0 },
    ...times(3, phone).map((first) => ({ first, others: 0 })),
  ]);
});

test('what stands in other files too, and each credential, is listed by itself', () => {
  const lists = [times(9, found('mail', 'a', 'b')), times(9, found('token', 'a'))];
  expect(lists.map((list) => foldByFile(list).length)).toEqual([9, 9]);
});

test('credentials are folded in folders of tests, but for those that are certain', () => {
  const key = found('token', 'tests/ssl/ca.key');
  expect(foldByFile(times(5, key))).toEqual([{ first: key, others: 4 }]);
  expect(foldByFile(times(5, { ...key, tier: 'certain' })).length).toBe(5);
});
