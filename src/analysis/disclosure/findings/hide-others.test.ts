import { expect, test } from 'vitest';
import type { DisclosureKind } from '../../../model/disclosure.ts';
import type { Sighting } from '../engine/detector.ts';
import { excerptOf } from './excerpt.ts';
import { hideOthers } from './hide-others.ts';

/** What is found of a text, each word with its kind; the window starts 100 bytes into the object. */
function sightings(
  text: string,
  finds: readonly (readonly [word: string, kind: DisclosureKind])[],
): Sighting[] {
  return finds.map(([word, kind]) => {
    const start = text.indexOf(word);
    return {
      rule: { id: word, title: word, kind, keywords: ['xx'], find: () => [], advice: '' },
      object: 1,
      start: start + 100,
      end: start + 100 + word.length,
      find: { start, end: start + word.length, tier: 'likely', reasons: ['x'] },
      secret: word,
      text,
      seenStart: 100,
      seenEnd: 100,
    };
  });
}

const excerpts = (all: readonly Sighting[]): string[] => {
  const textOf = hideOthers(all);
  return all.map((one) => excerptOf(one.rule.kind, textOf(one), one.find.start, one.find.end));
};

test('the excerpt of one secret does not show the other of its line', () => {
  const text = 'id=AKIAXXXXXXXX password: let me in at 10.0.0.1';
  const all = sightings(text, [
    ['AKIAXXXXXXXX', 'credential'],
    ['let me in', 'password'],
    ['10.0.0.1', 'internal-address'],
  ]);
  expect(excerpts(all)).toEqual([
    'id=AK…[12 characters] password: ... at 10.0.0.1',
    'id=... password: …[9 characters] at 10.0.0.1',
    'id=... password: ... at 10.0.0.1',
  ]);
});

test('what overlaps is hidden where it stands out, and another text changes nothing', () => {
  const text = 'https://joe:pass@host/x';
  const all = sightings(text, [
    ['joe:pass@host', 'credential'],
    ['pass', 'password'],
  ]);
  expect(excerpts(all)).toEqual(['https://jo…[13 characters]/x', 'https://...…[4 characters].../x']);
  const other = all.map((one) => ({ ...one, object: 2 }));
  expect(hideOthers(all)(other[0]!)).toBe(text);
});
