import { expect, test } from 'vitest';
import { memoryCache } from './cache.ts';
import { analyser, derive, fact, given } from './derive.ts';
import type { ProgressEvent } from './progress.ts';

const text = fact<string>('text');
const length = fact<number>('length');
const twice = fact<number>('twice');
const both = fact<string>('both');

const counted = () => {
  let runs = 0;
  const lengthOf = analyser({
    gives: length,
    needs: { text },
    keep: { write: String, read: (kept) => (/^\d+$/.test(kept) ? Number(kept) : undefined) },
    run: (facts) => {
      runs++;
      return facts.text.length;
    },
  });
  return { lengthOf, runs: () => runs };
};
const twiceOf = analyser({ gives: twice, needs: { length }, run: async (facts) => facts.length * 2 });
const bothOf = analyser({
  gives: both,
  needs: { length, twice },
  run: (facts) => `${facts.length}/${facts.twice}`,
});

test('a fact is made from what it needs, once', async () => {
  const { lengthOf, runs } = counted();
  const facts = derive([bothOf, twiceOf, lengthOf], [given(text, 'abc', 'd1')]);
  expect(await Promise.all([facts.get(both), facts.get(length), facts.get(both)])).toEqual(['3/6', 3, '3/6']);
  expect(runs()).toBe(1);
});

test('a kept fact is read from the cache until a need or the version changes', async () => {
  const { lengthOf, runs } = counted();
  const entries = new Map<string, string>();
  const cache = memoryCache(entries);
  const events: ProgressEvent[] = [];
  const run = (digest: string, version = 1) =>
    derive([{ ...lengthOf, gives: { ...length, version } }], [given(text, 'abc', digest)], {
      cache,
      on: (event) => events.push(event),
    }).get(length);
  await run('d1');
  expect(await run('d1')).toBe(3);
  expect(runs()).toBe(1);
  expect(events.map((event) => event.kind)).toEqual(['started', 'finished', 'cached']);
  await run('d2');
  await run('d1', 2);
  expect(runs()).toBe(3);
  for (const key of entries.keys()) entries.set(key, 'damaged');
  expect(await run('d1')).toBe(3);
  expect(runs()).toBe(4);
});

test('a circle is named', () => {
  const a = fact<number>('a');
  const b = fact<number>('b');
  const make = () =>
    derive(
      [
        analyser({ gives: a, needs: { b }, run: () => 1 }),
        analyser({ gives: b, needs: { a }, run: () => 1 }),
      ],
      [],
    );
  expect(make).toThrow('circle: a > b > a');
});

test('a fact that nobody gives, or two give, is a bug that is named', async () => {
  await expect(derive([twiceOf], []).get(twice)).rejects.toThrow('no analyser gives the fact "length"');
  expect(() => derive([twiceOf, twiceOf], [])).toThrow('two analysers give the fact "twice"');
});

test('an abort stops between facts', async () => {
  const controller = new AbortController();
  const first = analyser({
    gives: length,
    needs: { text },
    run: () => (controller.abort(new Error('enough')), 1),
  });
  const facts = derive([first, twiceOf], [given(text, 'a', 'd')], { signal: controller.signal });
  await expect(facts.get(twice)).rejects.toThrow('enough');
});
