import { expect, test } from 'vitest';
import type { DisclosureRule, Tier } from '../../../model/disclosure.ts';
import type { Sighting } from './detector.ts';
import { createKeeper, MOST_IN_TEXT, MOST_OF_SECRET } from './keeper.ts';

const rule: DisclosureRule = {
  id: 'x-token',
  title: 'x',
  kind: 'credential',
  keywords: ['xx'],
  find: () => [],
  advice: '',
};

function sighting(secret: string, object = 0, text = `key = ${secret}`, tier: Tier = 'likely'): Sighting {
  const start = text.indexOf(secret);
  const end = start + secret.length;
  return {
    rule,
    object,
    start,
    end,
    find: { start, end, tier, reasons: ['it is'] },
    secret,
    text,
    seenStart: 0,
    seenEnd: text.length,
  };
}

test('of a long line, what is around the find; of its secret, no part of the line', () => {
  const keeper = createKeeper();
  keeper.keep(sighting('s3cret', 0, `${'a'.repeat(4000)}s3cret${'b'.repeat(4000)}`));
  const [{ text, find }] = keeper.found as [Sighting];
  expect([text.length, text.slice(find.start, find.end)]).toEqual([406, 's3cret']);
});

test('a comment in the line is seen before the line is cut', () => {
  const keeper = createKeeper();
  keeper.keep(sighting('s3cret', 0, `key = s3cret${' '.repeat(900)}# gitleaks:allow`));
  expect(keeper.found).toMatchObject([{ allowed: 'its line says gitleaks:allow' }]);
});

test('a secret that one text repeats without end is kept a few times, and nothing is lost', () => {
  const keeper = createKeeper();
  for (let i = 0; i < 10_000; i++) keeper.keep(sighting('same'));
  keeper.keep(sighting('other'));
  expect(keeper.found).toHaveLength(2 * MOST_OF_SECRET + 1);
  expect(keeper.found.at(-1)?.secret).toBe('other');
  expect(keeper.problems(String)).toEqual([]);
});

test('too many different ones of one text are said to be left out; the next text starts anew', () => {
  const keeper = createKeeper();
  const all = MOST_IN_TEXT + MOST_OF_SECRET;
  const answers = Array.from({ length: all + 5 }, (_, i) => keeper.keep(sighting(`secret${i}`, 3)));
  expect(answers.indexOf(false)).toBe(all);
  expect(keeper.found).toHaveLength(all);
  expect(keeper.problems((object) => `file ${object}`)).toMatchObject([
    {
      code: 'secrets/too-many',
      message: 'not all finds of x-token are listed: a text has more than 10000, first in file 3',
      lost: true,
    },
  ]);
  keeper.endBatch();
  keeper.keep(sighting('one more', 4));
  expect(keeper.found).toHaveLength(all + 1);
});
