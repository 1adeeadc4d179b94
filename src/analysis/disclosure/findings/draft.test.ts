import { expect, test } from 'vitest';
import type { DisclosureRule } from '../../../model/disclosure.ts';
import type { Placed } from './draft.ts';
import { draftDisclosure } from './draft.ts';

const rule: DisclosureRule = {
  id: 'a',
  title: 'A',
  kind: 'credential',
  keywords: ['a'],
  find: () => [],
  advice: '',
  settle: (find, { path = '' }) => (path.endsWith('.env') ? find : undefined),
};
const find = { start: 0, end: 4, tier: 'likely', reasons: ['why'] } as const;
const at = (path: string, copy: number, allowed?: string): Placed => ({
  find,
  text: 'abcd',
  place: { source: 'file', path, within: [] },
  spot: { source: 'file', path, within: [] },
  copy,
  ...(allowed === undefined ? {} : { allowed }),
});

test('a place that a rule does not hold in counts for nothing: no copy, and no comment is missed there', () => {
  const placed = [at('a.env', 1, 'why not'), at('b.txt', 2), at('a.env', 3, 'why not')];
  const draft = draftDisclosure(rule, 'abcd', placed, undefined, () => 'v1:a:0');
  expect(draft).toMatchObject({ copies: 2, covered: { by: 'allow-comment', reason: 'why not' } });
  expect(draftDisclosure(rule, 'abcd', [at('b.txt', 2)], undefined, () => '')).toBeUndefined();
});
