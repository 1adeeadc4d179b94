import { expect, test } from 'vitest';
import { largeSnapshot, richSnapshot } from '../testing/samples.ts';
import { code, link, plain, sentence } from './escape.ts';
import { markdownReport } from './index.ts';

test.for([
  ['a | b', 'a \\| b'],
  ['<img src=x>', '&lt;img src=x&gt;'],
  ['@someone', '@\u200Bsomeone'],
  ['[x](javascript:1)', '\\[x\\](javascript:1)'],
  ['https://a.example', 'https:\u200B//a.example'],
  ['two\nlines\u202E', 'two lines'],
  ['#1 &lt;', '\\#1 &amp;lt;'],
] as const)('plain words: %j', ([text, expected]) => expect(plain(text)).toBe(expected));

test('a code span holds backticks', () => {
  expect(code('a')).toBe('`a`');
  expect(code('a`b')).toBe('``a`b``');
  expect(code('`')).toBe('`` ` ``');
});

test('a sentence keeps its code spans and escapes the rest', () => {
  expect(sentence('run `npm i` in <a>')).toBe('run `npm i` in &lt;a&gt;');
  expect(sentence('one ` alone')).toBe('one \\` alone');
});

test('only http links are links', () => {
  expect(link('a', 'https://a.example/b')).toBe('[a](https://a.example/b)');
  expect(link('a', 'javascript:alert(1)')).toBe('a');
});

test('a pipe in a command does not break the table', () => {
  const rich = richSnapshot();
  const actions = rich.actions.map((action) => ({ ...action, command: 'a | b' }));
  const rows = markdownReport({ ...rich, actions })
    .split('\n')
    .filter((line) => line.startsWith('| critical'));
  expect(rows).toHaveLength(2);
  expect(rows[0]).toContain('`a \\| b`');
});

test('stays under the size that a comment may have, and counts what it leaves out', () => {
  const text = markdownReport(largeSnapshot(3000), 8_000);
  expect(text.length).toBeLessThan(8_000);
  const listed = text.split('\n').filter((line) => line.startsWith('- **high**')).length;
  expect(text).toContain(`… and ${75 - listed} more: see the JSON or SARIF report`);
});
