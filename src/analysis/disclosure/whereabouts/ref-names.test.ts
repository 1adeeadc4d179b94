import { expect, test } from 'vitest';
import { createLabelSets } from './label-sets.ts';
import { MOST_REFS, refNames } from './ref-names.ts';

test('few references are named in the order of their names', () => {
  const sets = createLabelSets();
  const both = sets.of([0, 1]);
  const setOf = ({ name }: { readonly name: string }): number => (name.includes('b') ? both : sets.of([1]));
  const refs = ['refs/tags/b', 'refs/heads/a', 'refs/a/b'].map((name) => ({ name }));
  expect(refNames(refs, setOf, sets, 3)).toEqual([
    { names: ['refs/a/b', 'refs/tags/b'], count: 2 },
    { names: ['refs/a/b', 'refs/heads/a', 'refs/tags/b'], count: 3 },
    { names: [], count: 0 },
  ]);
});

test('of many, branches and tags are named before pull requests, and all are counted', () => {
  const sets = createLabelSets();
  const own = sets.of([0]);
  const pulls = Array.from({ length: 200 }, (_, i) => ({ name: `refs/pull/${i}/head` }));
  const refs = [...pulls, { name: 'refs/tags/z' }, { name: 'refs/heads/z' }];
  const [found] = refNames(refs, () => own, sets, 1);
  expect(found!.count).toBe(202);
  expect(found!.names.length).toBe(MOST_REFS);
  expect(found!.names.slice(0, 4)).toEqual([
    'refs/heads/z',
    'refs/tags/z',
    'refs/pull/0/head',
    'refs/pull/1/head',
  ]);
});

test('a label of many sets has the names of all of them', () => {
  const sets = createLabelSets();
  const refs = Array.from({ length: 120 }, (_, i) => ({ name: `refs/heads/${String(i).padStart(3, '0')}` }));
  const setOf = ({ name }: { readonly name: string }): number =>
    sets.of([0, 1 + (Number(name.slice(-3)) % 3)]);
  const found = refNames(refs, setOf, sets, 4);
  expect(found.map(({ count }) => count)).toEqual([120, 40, 40, 40]);
  expect(found[0]!.names).toEqual(refs.slice(0, MOST_REFS).map(({ name }) => name));
  expect(found[2]!.names).toEqual(refs.filter((_, i) => i % 3 === 1).map(({ name }) => name));
});
