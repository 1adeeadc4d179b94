import { expect, test } from 'vitest';
import {
  aboveScissors,
  authorOf,
  isNone,
  pushedRefs,
  receiptOf,
  receivedRefs,
  withReceipt,
} from './hook-text.ts';

const a = 'a'.repeat(40);
const zero = '0'.repeat(40);

test('what git says on stdin is read whole or not at all', () => {
  expect(pushedRefs(`refs/heads/x ${a} refs/heads/y ${zero}\n(delete) ${zero} refs/heads/z ${a}\n`)).toEqual([
    { name: 'refs/heads/y', from: zero, to: a },
    { name: 'refs/heads/z', from: a, to: zero },
  ]);
  expect(receivedRefs(`${zero} ${a} refs/heads/y\n`)).toEqual([{ name: 'refs/heads/y', from: zero, to: a }]);
  expect(pushedRefs('')).toEqual([]);
  expect([pushedRefs('x\n'), receivedRefs(`${zero} ${a}\n`), receivedRefs(`${zero} x y\n`)]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  expect([isNone(zero), isNone(a), isNone('')]).toEqual([true, false, false]);
});

test('a message ends at the scissors, whatever stands before them', () => {
  const cut = '# ------------------------ >8 ------------------------';
  expect(aboveScissors(`subject\n\n# status\n${cut}\n# below\ndiff\n`)).toBe('subject\n\n# status\n');
  expect(aboveScissors(`;${cut.slice(1)}\r\nx`)).toBe('');
  expect(aboveScissors('no cut\n')).toBe('no cut\n');
});

const tree = '0123456789abcdef0123456789abcdef01234567';

test.for([
  ['a subject alone', 'fix: it\n', 'fix: it\n\nAssay-Checked: 0123456789ab\n'],
  [
    'a body',
    'x\n\nbody: not a trailer, it\ngoes on\n',
    'x\n\nbody: not a trailer, it\ngoes on\n\nAssay-Checked: 0123456789ab\n',
  ],
  ['trailers', 'x\n\nSigned-off-by: A\n', 'x\n\nSigned-off-by: A\nAssay-Checked: 0123456789ab\n'],
  ['an older receipt', 'x\n\nAssay-Checked: ffffffffffff\n', 'x\n\nAssay-Checked: 0123456789ab\n'],
  ["git's own comments", 'x\n\n# Please\n#\n', 'x\n\nAssay-Checked: 0123456789ab\n\n# Please\n#\n'],
  ['an empty message', '\n# Please\n', '\n# Please\n'],
  ['no line end', 'x', 'x\n\nAssay-Checked: 0123456789ab\n'],
] as const)('a receipt is put among the trailers: %s', ([, message, expected]) => {
  expect(withReceipt(message, tree)).toBe(expected);
  expect(withReceipt(expected, tree)).toBe(expected);
});

test('a receipt of another tree is known as such; the last one counts', () => {
  const commit = (message: string): string => `tree ${tree}\nauthor A B <a@b> 1 +0000\n\n${message}`;
  expect(receiptOf(commit(withReceipt('x\n', tree)), tree)).toBe('checked');
  expect(receiptOf(commit(withReceipt('x\n', 'f'.repeat(40))), tree)).toBe('other');
  expect(receiptOf(commit('x\n'), tree)).toBe('none');
  expect(receiptOf(commit('Assay-Checked: ffffffffffff\nAssay-Checked: 0123456789ab\n'), tree)).toBe(
    'checked',
  );
  expect(authorOf(commit('author C <c@d> 1 +0000'))).toBe('A B');
  expect(authorOf('tree x\n\nauthor C <c@d>')).toBe('(no name)');
});
