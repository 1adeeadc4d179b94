import { expect, test } from 'vitest';
import type { AdoptionRecord } from '../../model/adoption.ts';
import { adoptionId, appendAdoption, dueRecords, readAdoptions, replacedRecords } from './records.ts';

const record = (component: string, more: Partial<AdoptionRecord> = {}): AdoptionRecord => {
  const bare = {
    component,
    decision: 'adopt' as const,
    reason: 'because: "it" is #1, \\ and so on',
    alternatives: ['fastify', '@scope/koa', 'yes', 'a, b'],
    by: 'Jo Example <jo@example.invalid>',
    at: '2026-11-21T09:00:00Z',
    review: '2027-11-21',
    cards: [
      { id: 'activity', verdict: 'good' as const, says: 'active: 50 commits in 12 months (120 before)' },
      { id: 'licence', verdict: 'unknown' as const, says: 'null' },
    ],
    asOf: '2026-11-20T00:00:00Z',
    commit: 'a'.repeat(40),
    ...more,
  };
  const { decision, reason, alternatives, by, at, review, cards, asOf, commit } = bare;
  return {
    id: adoptionId(bare),
    component,
    decision,
    reason,
    alternatives,
    by,
    at,
    review,
    cards,
    asOf,
    commit,
  };
};

test('what is appended is read back as it was given, and what was there stays byte for byte', () => {
  const first = record('express@5.0.0');
  const second = record('@scope/name@1.0.0', {
    decision: 'watch',
    alternatives: [],
    reason: 'läßt\u2028hoffen',
  });
  const one = appendAdoption('', first).text!;
  const two = appendAdoption(one, second).text!;
  expect(two.startsWith(one)).toBe(true);
  expect(readAdoptions(two)).toEqual({ records: [first, second], problems: [] });
});

test('ids say the day and the component, versions aside', () => {
  expect(record('@scope/name@1.0.0').id).toMatch(/^2026-11-21-scope-name-[0-9a-f]{6}$/);
  expect(record('pkg:pypi/left@2').id).toMatch(/^2026-11-21-left-[0-9a-f]{6}$/);
});

test('a file that cannot be read is not added to', () => {
  for (const text of ['a: 1\n', '- id: x\n', '- [1\n'])
    expect(appendAdoption(text, record('x@1')).problem?.code).toBe('adopt/cannot-append');
});

test('an entry that cannot be read is a problem; the others are read', () => {
  const good = appendAdoption('', record('x@1')).text!;
  const { records, problems } = readAdoptions(`${good}\n- id: y\n  component: y\n`);
  expect(records).toHaveLength(1);
  expect(problems[0]!.message).toBe('the record has no reason, no by, no at, no review, no as-of');
});

test('due is what nobody looked at again: a later record of the same component replaces it', () => {
  const records = [
    record('a@1.0.0', { review: '2027-01-01' }),
    record('b@1.0.0', { review: '2027-01-01' }),
    record('a@2.0.0', { review: '2028-01-01', at: '2027-01-01T00:00:00Z' }),
  ];
  expect([...dueRecords(records, '2027-01-01')]).toEqual([records[1]!.id]);
  expect([...replacedRecords(records)]).toEqual([records[0]!.id]);
  expect(dueRecords(records, '2026-12-31').size).toBe(0);
});
