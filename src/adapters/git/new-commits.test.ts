import { expect, test } from 'vitest';
import type { Problem } from '../../model/problem.ts';
import { AssayError } from '../../model/problem.ts';
import { newCommits } from './new-commits.ts';
import type { Objects } from './objects.ts';

interface Commit {
  readonly parents: readonly number[];
  readonly at: number;
}

const id = (n: number): string => n.toString(16).padStart(40, '0');

function store(commits: readonly Commit[]): { readonly objects: Objects; reads: number } {
  const made = {
    reads: 0,
    objects: {
      read: (wanted: string) => {
        made.reads++;
        const commit = commits[Number.parseInt(wanted, 16)];
        if (commit === undefined) throw new AssayError('git/missing-object', `${wanted} is missing`);
        const lines = [
          `tree ${id(0)}`,
          ...commit.parents.map((parent) => `parent ${id(parent)}`),
          `author a <a> ${commit.at} +0000`,
          `committer a <a> ${commit.at} +0000`,
        ];
        return { type: 'commit', bytes: Buffer.from(`${lines.join('\n')}\n\nx`) };
      },
    } as unknown as Objects,
  };
  return made;
}

function reached(commits: readonly Commit[], from: readonly number[]): Set<number> {
  const seen = new Set<number>();
  const waiting = [...from];
  for (let n = waiting.pop(); n !== undefined; n = waiting.pop()) {
    if (seen.has(n)) continue;
    seen.add(n);
    waiting.push(...commits[n]!.parents);
  }
  return seen;
}

test('as a walk over everything says, in random histories whose clocks are right', () => {
  let seed = 7;
  const random = (below: number): number => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return Math.floor((seed / 2147483648) * below);
  };
  for (let round = 0; round < 500; round++) {
    const commits: Commit[] = Array.from({ length: 1 + random(30) }, (_, n) => ({
      parents: n === 0 ? [] : [...new Set(Array.from({ length: random(3) }, () => random(n)))],
      at: 1000 + n * random(2),
    }));
    // A parent is never younger than its child.
    const right = commits.map((commit, n) => ({ ...commit, at: 1000 + Math.floor(n / 3) }));
    const some = (): number[] => Array.from({ length: random(3) }, () => random(commits.length));
    const to = some();
    const without = some();
    const old = reached(commits, without);
    const expected = [...reached(commits, to)].filter((n) => !old.has(n)).map(id);
    const problems: Problem[] = [];
    const given = newCommits(store(right).objects, to.map(id), without.map(id), problems);
    expect([[...given].sort(), problems]).toEqual([expected.sort(), []]);
    // With wrong clocks nothing new is missing.
    const wrong = commits.map((commit) => ({ ...commit, at: 1000 + random(9) }));
    const all = new Set(newCommits(store(wrong).objects, to.map(id), without.map(id), []));
    expect(expected.filter((one) => !all.has(one))).toEqual([]);
  }
});

test('a few commits on a long history cost a few reads', () => {
  const commits = Array.from({ length: 5000 }, (_, n) => ({ parents: n === 0 ? [] : [n - 1], at: 1000 + n }));
  const made = store(commits);
  expect(newCommits(made.objects, [id(4999)], [id(4996)], [])).toEqual([id(4999), id(4998), id(4997)]);
  expect(made.reads).toBeLessThan(20);
});

test('what cannot be read on the new side is a problem, on the old side nothing', () => {
  const { objects } = store([{ parents: [7], at: 1 }]);
  const problems: Problem[] = [];
  expect(newCommits(objects, [id(0)], [id(9)], problems)).toEqual([id(0)]);
  expect(problems).toMatchObject([{ code: 'git/missing-object', lost: true }]);
});
