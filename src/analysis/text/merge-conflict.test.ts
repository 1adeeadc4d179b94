import { expect, test } from 'vitest';
import { findMergeMarker, mergeConflict } from './merge-conflict.ts';

test('the first line that starts with a marker is named, from either end of a conflict', () => {
  expect(findMergeMarker('a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> other\n')).toBe(2);
  expect(findMergeMarker('a\nb\n>>>>>>> other\n')).toBe(3);
  expect(findMergeMarker('<<<<<<< HEAD')).toBe(1);
});

test('marks inside a line, without a label, or in an empty file are none', () => {
  expect(findMergeMarker('')).toBeUndefined();
  expect(findMergeMarker('text <<<<<<< HEAD\n<<<<<<<\n=======\n')).toBeUndefined();
});

test('what is said names the place and what to do', () => {
  expect(mergeConflict('a.lock', 3, 'run it again')).toEqual({
    code: 'file/merge-marker',
    message: 'unresolved merge conflict: the file is in two states at once',
    at: { path: 'a.lock', line: 3 },
    hint: 'run it again',
    lost: true,
  });
});
