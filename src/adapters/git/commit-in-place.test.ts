import { expect, test } from 'vitest';
import { emptyCommit, readCommitAt, readHex } from './commit-in-place.ts';
import { parseCommit } from './commit-object.ts';

const A = 'a'.repeat(40);
const B = '0123456789abcdef0123456789abcdef01234567';

/** As seen with other bytes around it: nothing outside may count. */
function read(text: string): object | undefined {
  const bytes = Buffer.from(`>>${text}\n 5 +0`, 'latin1');
  const into = emptyCommit();
  if (!readCommitAt(bytes, 2, 2 + text.length, 40, into)) return undefined;
  return {
    tree: bytes.toString('latin1', into.tree, into.tree + 40),
    parents: into.parents.slice(0, into.parentCount).map((at) => bytes.toString('latin1', at, at + 40)),
    author: bytes.toString('latin1', into.authorFrom, into.authorTo),
    at: [into.authoredAt, into.committedAt],
    rest: bytes.toString('latin1', into.end, 2 + text.length),
  };
}

test('reads a header where it stands', () => {
  expect(
    read(`tree ${A}\nparent ${A}\nparent ${B}\nauthor A > B <a@b> 12 +0100\ncommitter C <c> 34 -0000\n\nhi`),
  ).toEqual({ tree: A, parents: [A, B], author: 'A > B <a@b>', at: [12, 34], rest: '\n\nhi' });
});

test('what is malformed has no time or no author, and is no commit without a tree', () => {
  const head = `tree ${A}\n`;
  expect(read(`${head}author A <a>`)).toMatchObject({ author: 'A <a>', at: [0, 0], rest: '' });
  expect(read(`${head}author A 12 +0100\ncommitter <> 34\n`)).toMatchObject({ author: '', at: [0, 0] });
  expect(read(`${head}author <a> 1234567890123456 +0\ncommitter <> 3 +0x`)).toMatchObject({ at: [0, 0] });
  expect(read(`${head}author <a> 123456789012345 +0\ncommitter <> 0 -1`)).toMatchObject({
    at: [123456789012345, 0],
  });
  expect(read(head)).toBeUndefined();
  expect(read(`tree ${A.slice(1)}\nauthor A <a> 1 +0`)).toBeUndefined();
  expect(read(`tree ${A.toUpperCase()}\nauthor A <a> 1 +0`)).toBeUndefined();
  expect(read(`${head}parent ${B}0\nauthor A <a> 1 +0`)).toBeUndefined();
  expect(read('')).toBeUndefined();
});

test('agrees with the reader of whole commits, cut off anywhere', () => {
  const text = `tree ${B}\nparent ${A}\nauthor A <a@b> 12 +0100\ncommitter C <c> 1700000000 -0230\n\nhi\n`;
  const cuts = Array.from({ length: text.length + 1 }, (_, end) => text.slice(0, end));
  const ours = cuts.map((cut) => read(cut) as { tree: string; parents: string[]; at: number[] } | undefined);
  const others = cuts.map((cut) => parseCommit(Buffer.from(cut)));
  expect(ours.map((one) => one && [one.tree, one.parents, one.at[1]])).toEqual(
    // That reader is content with a tree alone.
    others.map((one, i) => one && ours[i] && [one.tree, one.parents, one.committedAt]),
  );
  expect(ours.filter((one) => one !== undefined).length).toBeGreaterThan(50);
});

test('digits become bytes', () => {
  const into = new Uint8Array(20);
  readHex(Buffer.from(`x${B}`), 1, into);
  expect(Buffer.from(into).toString('hex')).toBe(B);
});
