import { expect, test } from 'vitest';
import type { DisclosureRule } from '../../model/disclosure.ts';
import { lazyRules } from './lazy-rules.ts';

const rule = (id: string): DisclosureRule => ({
  id,
  title: id,
  kind: 'credential',
  keywords: [id],
  find: () => [],
  advice: '',
});

function lazy(): { readonly rules: readonly DisclosureRule[]; readonly asked: string[] } {
  const asked: string[] = [];
  const module = (...ids: readonly string[]) => ({
    count: ids.length,
    rules: () => {
      asked.push(ids.join());
      return ids.map(rule);
    },
  });
  return { rules: lazyRules([module('a', 'b'), module(), module('c'), module('d', 'e')]), asked };
}

test('only the module of a rule that is asked for is asked, once', () => {
  const { rules, asked } = lazy();
  expect(rules.length).toBe(5);
  expect(asked).toEqual([]);
  expect([rules[2]!.id, rules[4]!.id, rules[3]!.id, rules[5], rules[4]!.id]).toEqual([
    'c',
    'e',
    'd',
    undefined,
    'e',
  ]);
  expect(lazy().rules[0]!.id).toBe('a');
});

test('who goes through the list asks all', () => {
  for (const ids of [
    (rules: readonly DisclosureRule[]) => rules.map(({ id }) => id),
    (rules: readonly DisclosureRule[]) => Array.from(rules, ({ id }) => id),
    (rules: readonly DisclosureRule[]) => [...rules.entries()].map(([, { id }]) => id),
    (rules: readonly DisclosureRule[]) => Object.values(rules).map(({ id }) => id),
    (rules: readonly DisclosureRule[]) => rules.filter(() => true).flatMap(({ id }) => id),
  ])
    expect(ids(lazy().rules)).toEqual(['a', 'b', 'c', 'd', 'e']);
});
