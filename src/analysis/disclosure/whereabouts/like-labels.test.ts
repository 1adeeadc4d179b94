import { expect, test } from 'vitest';
import { likeLabels } from './like-labels.ts';

const classes = (lists: readonly number[][]): unknown => {
  const { classOf, firsts } = likeLabels(lists.map((objects) => ({ objects })));
  return { classOf: [...classOf], firsts };
};

test('labels of the same objects are one class, named by the first', () =>
  expect(classes([[1, 2], [3], [1, 2], [], [2, 1], []])).toEqual({
    classOf: [0, 1, 0, 2, 3, 2],
    firsts: [0, 1, 3, 4],
  }));

test('classes are those of the lists written out', () => {
  let state = 7;
  const draw = (below: number): number => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return (state >>> 8) % below;
  };
  const lists = Array.from({ length: 3000 }, () => Array.from({ length: draw(4) }, () => draw(6)));
  const { classOf, firsts } = likeLabels(lists.map((objects) => ({ objects })));
  const plain = new Map<string, number>();
  for (const [label, list] of lists.entries()) {
    const first = plain.get(list.join()) ?? label;
    plain.set(list.join(), first);
    expect(firsts[classOf[label]!]).toBe(first);
  }
  expect(firsts.length).toBe(plain.size);
});
