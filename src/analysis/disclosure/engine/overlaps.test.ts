import { expect, test } from 'vitest';
import type { DisclosureKind, DisclosureRule, Tier } from '../../../model/disclosure.ts';
import type { Sighting } from './detector.ts';
import { withoutOverlaps } from './overlaps.ts';

const seen = (
  id: string,
  kind: DisclosureKind,
  tier: Tier,
  start: number,
  end: number,
  secret = `${start}-${end}`,
): Sighting => {
  const rule: DisclosureRule = { id, title: id, kind, keywords: [id], find: () => [], advice: '' };
  const find = { start, end, tier, reasons: ['why'] };
  return { rule, object: 1, start, end, find, secret, text: '', seenStart: start, seenEnd: end };
};
const left = (...sightings: Sighting[]): string[] => {
  const all = withoutOverlaps(sightings).map(({ rule, start, end }) => `${rule.id} ${start}-${end}`);
  // The order in which they were found decides nothing.
  expect(
    withoutOverlaps(sightings.toReversed()).map(({ rule, start, end }) => `${rule.id} ${start}-${end}`),
  ).toEqual(all);
  return all;
};

test('of secrets that overlap, the surer stays, then the better kind, then the narrower', () => {
  expect(
    left(seen('a', 'credential', 'possible', 0, 40), seen('b', 'generic-secret', 'likely', 0, 40)),
  ).toEqual(['b 0-40']);
  expect(
    left(seen('a', 'credential', 'likely', 0, 40), seen('b', 'generic-secret', 'likely', 5, 40)),
  ).toEqual(['a 0-40']);
  expect(left(seen('a', 'credential', 'likely', 0, 40), seen('b', 'credential', 'likely', 5, 40))).toEqual([
    'b 5-40',
  ]);
});

test('a secret that two ways of one rule find is one, the surer', () => {
  expect(
    left(
      seen('nhs', 'personal-data', 'possible', 0, 10, '9434765919'),
      seen('nhs', 'personal-data', 'certain', 0, 10, '9434765919'),
    ),
  ).toEqual(['nhs 0-10']);
});

test('what does not overlap, and what says something else, stays', () => {
  expect(
    left(
      seen('a', 'credential', 'certain', 0, 40),
      seen('b', 'internal-address', 'possible', 10, 20),
      seen('c', 'credential', 'possible', 40, 60),
      seen('d', 'deny-list', 'certain', 0, 40),
    ).toSorted(),
  ).toEqual(['a 0-40', 'b 10-20', 'c 40-60', 'd 0-40']);
});
