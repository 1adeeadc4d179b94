import { expect, test } from 'vitest';
import { readForge } from './forge.ts';

const read = (...files: unknown[]) =>
  readForge(files.map((value, i) => ({ path: `${i}.json`, text: JSON.stringify(value) })));

test('the API’s issues, pulls and comments are joined by number', () => {
  const user = (login: string, type = 'User') => ({ login, type });
  const { facts, problems } = read(
    [
      { number: 1, user: user('ann'), created_at: '2026-01-01T00:00:00Z', comments: 3 },
      { number: 2, user: user('dependabot[bot]', 'Bot'), created_at: '2026-01-02T00:00:00Z', comments: 0 },
      {
        number: 3,
        user: user('bob'),
        created_at: '2026-01-03T00:00:00Z',
        pull_request: { merged_at: '2026-01-05T00:00:00Z' },
      },
    ],
    [
      {
        issue_url: 'https://api.forge.invalid/repos/a/b/issues/1',
        user: user('ann'),
        created_at: '2026-01-01T01:00:00Z',
      },
      {
        issue_url: 'https://api.forge.invalid/repos/a/b/issues/1',
        user: user('ci[bot]', 'Bot'),
        created_at: '2026-01-01T02:00:00Z',
      },
      {
        issue_url: 'https://api.forge.invalid/repos/a/b/issues/1',
        user: user('cy'),
        created_at: '2026-01-04T00:00:00Z',
      },
      {
        pull_request_url: 'https://api.forge.invalid/repos/a/b/pulls/3',
        user: user('cy'),
        submitted_at: '2026-01-04T00:00:00Z',
        created_at: null,
      },
    ],
    { archived: true, stargazers_count: 7 },
  );
  expect(problems).toEqual([]);
  expect(facts).toMatchObject({ archived: true, stars: 7, asOf: '2026-01-04T00:00:00Z' });
  expect(
    facts!.threads.map(({ number, kind, bot, firstReplyAt, mergedAt }) => [
      number,
      kind,
      bot,
      firstReplyAt,
      mergedAt,
    ]),
  ).toEqual([
    [1, 'issue', false, '2026-01-04T00:00:00Z', undefined],
    [2, 'issue', true, undefined, undefined],
    [3, 'pull', false, '2026-01-04T00:00:00Z', '2026-01-05T00:00:00Z'],
  ]);
});

test('what `gh … --json` gives has its replies inside', () => {
  const { facts } = read([
    {
      number: 9,
      author: { login: 'ann', is_bot: false },
      createdAt: '2026-01-01T00:00:00Z',
      mergedAt: null,
      headRefName: 'x',
      comments: [{ author: { login: 'bob' }, createdAt: '2026-01-02T00:00:00Z' }],
      reviews: [],
    },
  ]);
  expect(facts!.threads[0]).toMatchObject({
    kind: 'pull',
    repliesKnown: true,
    firstReplyAt: '2026-01-02T00:00:00Z',
  });
});

test('issues alone say nothing of replies, but where there are none', () => {
  const { facts } = read([
    { number: 1, user: { login: 'a' }, created_at: '2026-01-01T00:00:00Z', comments: 2 },
    { number: 2, user: { login: 'a' }, created_at: '2026-01-01T00:00:00Z', comments: 0 },
  ]);
  expect(facts!.threads.map(({ repliesKnown }) => repliesKnown)).toEqual([false, true]);
});

test('pages in an array are read; strange entries are counted; no JSON is a problem', () => {
  const thread = { number: 1, user: { login: 'a' }, created_at: '2026-01-01T00:00:00Z' };
  expect(read([[thread], [{ ...thread, number: 2 }]]).facts!.threads).toHaveLength(2);
  expect(read([thread, 7, { x: 1 }]).problems.map(({ code, message }) => [code, message])).toEqual([
    [
      'adopt/unknown-forge-entry',
      '2 of the entries are no issue, pull request, comment, review or repository',
    ],
  ]);
  const broken = readForge([{ path: 'x', text: '[{}][{}]' }]);
  expect([broken.facts, broken.problems[0]!.code]).toEqual([undefined, 'file/not-json']);
});
