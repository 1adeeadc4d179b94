import { expect, test } from 'vitest';
import type { DisclosureRule } from '../../../model/disclosure.ts';
import { askOnce, rememberLines } from './line-memory.ts';
import type { Watch } from './watches.ts';

const latin1 = (bytes: Uint8Array, start: number, end: number): string =>
  Buffer.from(bytes.subarray(start, end)).toString('latin1');
const memory = Buffer.from('token = 1\ntoken = 2\ntoken = 1\ntoken = 1\n');
const lineAt = (line: number): [start: number, end: number] => [line * 10, line * 10 + 9];

test('a line is remembered when it comes again, wherever it lies', () => {
  const lines = rememberLines(latin1);
  const first = lines.look(memory, ...lineAt(0));
  expect(first.text).toBe('token = 1');
  expect(lines.look(memory, ...lineAt(1)).text).toBe('token = 2');
  const second = lines.look(memory, ...lineAt(2));
  expect(second).not.toBe(first);
  expect(lines.look(memory, ...lineAt(3))).toBe(second);
});

test('a line is its bytes, whatever hash others have', () => {
  const lines = rememberLines(latin1);
  const wrong: string[] = [];
  for (let round = 0; round < 3; round++)
    for (let i = 0; i < 40_000; i++) {
      const line = `key${i}=${i * 7919}`;
      const { text } = lines.look(Buffer.from(line), 0, line.length);
      if (text !== line) wrong.push(`${text} for ${line}`);
    }
  expect(wrong).toEqual([]);
});

test('long lines are given and forgotten', () => {
  const lines = rememberLines(latin1);
  const line = Buffer.alloc(600, 'x');
  const first = lines.look(line, 0, 600);
  expect(first.text).toBe('x'.repeat(600));
  lines.look(line, 0, 600);
  expect(lines.look(line, 0, 600)).not.toBe(first);
});

test('a rule is asked once about a keyword at a place of a line', () => {
  const asked: string[] = [];
  const rule: DisclosureRule = {
    id: 'r',
    title: 'a token',
    kind: 'credential',
    keywords: ['token'],
    advice: 'change it',
    find: ({ start, keyword }) => {
      asked.push(`${keyword} ${start}`);
      return [];
    },
  };
  const watch = (keyword: string): Watch => ({
    rule: 0,
    keyword,
    gate: undefined,
    trigger: undefined,
    isText: false,
    isPassable: false,
  });
  const [one, other] = [watch('token'), watch('tok')];
  const line = { text: 'token token', answers: [] };
  for (let i = 0; i < 2; i++) {
    askOnce(rule, one, line, 0);
    askOnce(rule, one, line, 6);
    askOnce(rule, other, line, 0);
  }
  expect(asked).toEqual(['token 0', 'token 6', 'tok 0']);
});
