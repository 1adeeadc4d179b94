import { expect, test } from 'vitest';
import type { DisclosureKind, DisclosureRule, Tier } from '../../../model/disclosure.ts';
import type { Sighting } from './detector.ts';
import { numbers } from '../kernel/testing/started.ts';
import { withoutEncoded, withoutInner, withoutOverlaps } from './overlaps.ts';

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

test('guesses that lie over what is decoded, or within a credential, are left out, as comparing each with each says', () => {
  const next = numbers(3);
  const kinds: readonly DisclosureKind[] = ['password', 'generic-secret', 'credential'];
  const some = (count: number): Sighting[] =>
    Array.from({ length: count }, () => {
      const start = next(200);
      const one = seen('a', kinds[next(3)]!, 'likely', start, start + 1 + next(12));
      const inside = { within: ['zip'], ...(next(4) === 0 ? { ordinal: 1 } : {}) };
      return { ...one, object: next(3), ...(next(2) === 0 ? { inside } : {}) };
    });
  const guessed = ({ rule }: Sighting): boolean => rule.kind !== 'credential';
  for (let round = 0; round < 200; round++) {
    const [plain, decoded] = [some(12), some(next(12))];
    const over = (one: Sighting): boolean =>
      decoded.some(
        ({ object, start, end, inside }) =>
          object === one.object && inside?.ordinal === undefined && start < one.end && one.start < end,
      );
    expect(withoutEncoded(plain, decoded)).toEqual(plain.filter((one) => !guessed(one) || !over(one)));
    const within = (one: Sighting): boolean =>
      plain.some(
        ({ object, rule, start, end }) =>
          object === one.object && rule.kind === 'credential' && start <= one.start && one.end <= end,
      );
    expect(withoutInner(decoded, plain)).toEqual(
      decoded.filter((one) => !guessed(one) || one.inside?.ordinal !== undefined || !within(one)),
    );
  }
});
