import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readYamlLines } from './yaml-lines.ts';

/** `depth key=value@line` of every entry. */
function entries(text: string): string[] {
  const { depths, keys, values, lines } = readYamlLines(text, 'f.yaml');
  return keys.map(
    (key, i) => `${depths[i]} ${key}${values[i] === undefined ? '' : `=${values[i]}`}@${lines[i]}`,
  );
}

/** A last line that only the full reader understands: the same text by the other way. */
const ODD = '\nzz: &anchor x\n';
const byFullReader = (text: string): string[] => entries(text + ODD).slice(0, -1);

test.for([
  ['nested keys', 'a:\n  b:\n    c: d\n  e: f\n', ['0 a@1', '1 b@2', '2 c=d@3', '1 e=f@4']],
  ['quoted keys and values', `'@s/a': "x\\"y"\n"b": 'it''s'\n`, ['0 @s/a=x"y@1', "0 b=it's@2"]],
  [
    'a flow map',
    'r: {integrity: sha512-a==, \'x y\': "1, 2"}\n',
    ['0 r@1', '1 integrity=sha512-a==@1', '1 x y=1, 2@1'],
  ],
  ['a flow sequence', 'cpu: [x64, arm64]\n', ['0 cpu@1', '1 -=x64@1', '1 -=arm64@1']],
  ['empty collections', 'a: {}\nb: []\n', ['0 a@1', '0 b@2']],
  ['a block sequence', 'a:\n  - b\n  - "c"\n', ['0 a@1', '1 -=b@2', '1 -=c@3']],
  ['a key that holds colons', 'a@https://x.invalid/y:\n  b: c\n', ['0 a@https://x.invalid/y@1', '1 b=c@2']],
  ['a folded message', 'a:\n  d: >-\n    one\n    two\n  e: f\n', ['0 a@1', '1 d=one two@2', '1 e=f@5']],
  ['two documents', '---\na: b\n\n---\nc: d\n', ['0 a=b@2', '0 ---@4', '0 c=d@5']],
  ['comments and CRLF', '# c\r\na: b\r\n', ['0 a=b@2']],
] as const)('%s', ([, text, expected]) => expect(entries(text)).toEqual(expected));

test.for([
  ['a value on several lines', 'a:\n  b: one\n    two\n', ['0 a@1', '1 b=one two@2']],
  ['four spaces a level', 'a:\n    b: c\n', ['0 a@1', '1 b=c@2']],
  ['nested flow', 'a: {b: {c: d}}\n', ['0 a@1', '1 b@1', '2 c=d@1']],
  ['an anchor and its alias', 'a: &x b\nc: *x\n', ['0 a=b@1', '0 c=b@2']],
  ['a comment after a value', 'a: b # c\n', ['0 a=b@1']],
  ['a sequence at its key’s depth', 'a:\n- b\n', ['0 a@1', '1 -=b@2']],
] as const)('left to the full reader: %s', ([, text, expected]) => expect(entries(text)).toEqual(expected));

test('what neither reads is a problem', () => {
  expect(readYamlLines('<<<<<<< HEAD\na: b\n', 'f.yaml').problems.map((p) => [p.code, p.lost])).toEqual([
    ['file/merge-marker', true],
  ]);
});

test('the fast reader and the full one give the same entries', () => {
  const word = fc.stringMatching(/^[a-z@/][a-z0-9@/.^~-]{0,12}$/).filter((text) => !text.startsWith('@'));
  const quoted = fc
    .string({ unit: fc.constantFrom('a', "'", ' ', ':', '#', '{', ',', '-', '0') })
    .map((text) => `'${text.replaceAll("'", "''")}'`);
  const scalar = fc.oneof(word, quoted);
  const flow = fc
    .array(fc.tuple(word, scalar), { maxLength: 3 })
    .map((pairs) => `{${pairs.map(([key, value], i) => `${key}${i}: ${value}`).join(', ')}}`);
  const leaf = fc.oneof(
    scalar,
    flow,
    fc.array(word, { maxLength: 3 }).map((items) => `[${items.join(', ')}]`),
  );
  const block = (depth: number): fc.Arbitrary<string> => {
    const indent = '  '.repeat(depth);
    const pair =
      depth === 3
        ? leaf.map((value) => ` ${value}\n`)
        : fc.oneof(
            leaf.map((value) => ` ${value}\n`),
            block(depth + 1).map((inner) => `\n${inner}`),
          );
    return fc
      .array(fc.tuple(fc.oneof(word, quoted), pair), { minLength: 1, maxLength: 4 })
      .map((pairs) =>
        pairs
          .map(([key, value], i) =>
            key.startsWith("'") ? `${indent}'${i}${key.slice(1)}:${value}` : `${indent}${key}${i}:${value}`,
          )
          .join(''),
      );
  };
  fc.assert(
    fc.property(block(0), (text) => {
      expect(entries(text)).toEqual(byFullReader(text));
    }),
    { numRuns: 300 },
  );
});
