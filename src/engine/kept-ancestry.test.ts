import { expect, test } from 'vitest';
import type { CommitHistory, HistoryCommit } from '../model/commit-history.ts';
import { memoryCache } from './cache.ts';
import { ancestryFinder } from './kept-ancestry.ts';

/** `HEAD ← b ← a`, and `side ← a`; b's clock ran backwards. */
const commits: Readonly<Record<string, Pick<HistoryCommit, 'parents' | 'at'>>> = {
  a: { parents: [], at: 100 },
  b: { parents: ['a'], at: 50 },
  HEAD: { parents: ['b'], at: 300 },
  side: { parents: ['a'], at: 200 },
};

function historyOf(known: typeof commits): { history: CommitHistory; glances: () => number } {
  let glances = 0;
  const history: Pick<CommitHistory, 'shallow' | 'glance'> = {
    shallow: false,
    glance: (id) => (glances++, known[id] === undefined ? undefined : { tree: 't', ...known[id] }),
  };
  return { history: history as CommitHistory, glances: () => glances };
}

const starts = ['HEAD', 'b', 'side'];

test('the second time no commit is read, and the answers are the same', async () => {
  const { history, glances } = historyOf(commits);
  const find = ancestryFinder(history, memoryCache());
  for (const reads of [4, 4]) {
    const found = await find(starts, 1000);
    const isMerged = (commit: string): boolean => found.isMerged(commit);
    const dateOf = (commit: string): number => found.dateOf(commit);
    expect([starts.map(isMerged), starts.map(dateOf), isMerged('a'), dateOf('a'), glances()]).toEqual([
      [true, true, false],
      [300, 100, 200],
      false,
      0,
      reads,
    ]);
  }
  expect((await find(starts, 150)).dateOf('HEAD')).toBe(150);
});

test('what a clone lacks may come: nothing is kept', async () => {
  const { a: _, ...partial } = commits;
  const { history, glances } = historyOf(partial);
  const find = ancestryFinder(history, memoryCache());
  await find(starts, 1000);
  await find(starts, 1000);
  expect(glances()).toBe(8);
});

test('an entry that is no such thing is walked again', async () => {
  const { history } = historyOf(commits);
  const find = ancestryFinder(history, { ...memoryCache(), get: () => '{"merged":[1],"dates":[1,2,"x"]}' });
  expect((await find(starts, 1000)).dateOf('side')).toBe(200);
});
