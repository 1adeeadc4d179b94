import { expect, test } from 'vitest';
import fc from 'fast-check';
import { parseJsonObject, scanJsonKeys } from './json.ts';
import { lineAt } from './lines.ts';

const codes = (text: string) => parseJsonObject(text, 'f.json').problems.map((problem) => problem.code);

test.for([
  ['empty', '', ['file/empty']],
  ['truncated', '{"a": {"b": 1', ['file/not-json']],
  ['an array', '[]', ['file/unexpected-shape']],
  ['null', 'null', ['file/unexpected-shape']],
  ['a merge conflict', '{\n<<<<<<< HEAD\n"a":1\n=======\n"a":2\n>>>>>>> b\n}', ['file/merge-marker']],
  ['a duplicate key', '{"a": 1, "a": 2}', ['file/duplicate-key']],
  ['a duplicate below the watched depth', '{"a": {"b": {"c": 1, "c": 2}}}', []],
  ['deep nesting', '['.repeat(600) + ']'.repeat(600), ['file/too-deep']],
  ['good JSON', '{"a": [1, {"a": 1}]}', []],
] as const)('%s', ([, text, expected]) => expect(codes(text)).toEqual(expected));

test('__proto__ is data and pollutes nothing', () => {
  const { value } = parseJsonObject('{"__proto__": {"polluted": true}}', 'f.json');
  expect(Object.hasOwn(value!, '__proto__')).toBe(true);
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});

test('keys come with their lines, escapes decoded', () => {
  const seen: [number, string, number][] = [];
  scanJsonKeys('{\n "a\\"b": {\n  "c": "x: \\\\"\n },\n "d": 1}', 2, (...key) => seen.push(key));
  expect(seen).toEqual([
    [1, 'a"b', 2],
    [2, 'c', 3],
    [1, 'd', 5],
  ]);
});

test('every key of any JSON document is seen once', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
      const keys: string[] = [];
      scanJsonKeys(JSON.stringify(value, null, 1), 1, (_depth, key) => keys.push(key));
      expect(keys).toEqual(Object.keys(value));
    }),
  );
});

test('lineAt counts from one', () => {
  expect([lineAt('a\nb\nc', 0), lineAt('a\nb\nc', 2), lineAt('a\nb\nc', 4)]).toEqual([1, 2, 3]);
});
