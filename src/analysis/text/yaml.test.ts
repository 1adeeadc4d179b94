import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseAllDocuments, stringify } from 'yaml';
import { readYaml, readYamlMap, yamlAt, yamlEntries, yamlItems, type YamlNode, yamlText } from './yaml.ts';

/** Merged keys come last with us and first with the library. */
const byKey = (entries: [string, unknown][]): [string, unknown][] =>
  entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));

/** Plain data of a node; maps as entry lists, so that order and hostile keys are seen. */
function plain(node: YamlNode): unknown {
  if (node.kind === 'scalar') return node.text;
  if (node.kind === 'sequence') return node.items.map((item) => plain(item.value));
  return byKey([...node.entries].map(([key, entry]) => [key, plain(entry.value)]));
}

/** The same from the `yaml` library: every scalar a string, null an empty one. `undefined` when it finds an error. */
function reference(text: string): unknown {
  const convert = (value: unknown): unknown => {
    if (value === null || value === undefined) return '';
    if (Array.isArray(value)) return value.map(convert);
    if (value instanceof Map)
      return byKey(
        [...(value as Map<string | null, unknown>)].map(([key, held]) => [key ?? '', convert(held)]),
      );
    return value;
  };
  const documents = [...parseAllDocuments(text, { schema: 'failsafe', merge: true, uniqueKeys: false })];
  if (documents.some((document) => document.errors.length > 0)) return undefined;
  return documents.map((document) => convert(document.toJS({ mapAsMap: true })));
}

const ours = (text: string): unknown => readYaml(text, 'f.yml').documents.map(plain);
const lost = (text: string): string[] =>
  readYaml(text, 'f.yml')
    .problems.filter((problem) => problem.lost)
    .map((problem) => `${problem.code}:${problem.at?.line}`);

test.for([
  ['a map of maps', 'a:\n  b: 1\n  c: two words\nd: x\n'],
  ['a sequence at the column of its key', 'a:\n- 1\n- b: 2\n  c: 3\nd:\n  - 4\n'],
  ['compact nesting', '- - a\n  - b\n- k: v\n  l:\n  - m\n'],
  ['comments and blank lines', '# top\na: 1 # one\n\n# between\nb:   # nothing\n  c: "#x" # y\n'],
  ['a hash inside a word is no comment', 'a: b#c\nd: "e" #f\n'],
  ['quotes', "a: \"x\\n\\u00e9\\\"\" \n'b c': 'it''s'\n\"k:\": v\n"],
  ['quoted text over lines', 'a: "one\n  two\n\n  three \\\n  four"\nb: \'x\n  y\'\nc: 1\n'],
  ['plain text over lines', 'a: one\n  two\n\n  three\nb: 1\n'],
  ['literal text', 'a: |\n  x: 1\n    y\n\n  # z\nb: |-\n  q\nc: |+\n  r\n\nd: 1\n'],
  ['folded text', 'a: >\n  one\n  two\n\n  three\n    kept\n  four\nb: >-\n  x\n'],
  ['literal text with an indent given', 'a: |2\n    two more\n  x\nb: 1\n'],
  ['flow collections', 'a: [1, "b, c", {d: e, f: [g]}, ]\nh: {}\ni: []\nj: {"k":l, m}\n'],
  ['flow collections over lines', 'a: [\n  b, # one\n  c d\n    e\n]\nf: {\n  g: h }\n'],
  [
    'anchors, aliases and merge keys',
    'x: &x\n  a: 1\n  b: 2\ny:\n  <<: *x\n  b: 3\nz: [*x, *x]\nw: &s t\nv: *s\n',
  ],
  ['merge keys of several maps', 'a: &a {p: 1, q: 2}\nb: &b {q: 3, r: 4}\nc:\n  <<: [*a, *b]\n'],
  ['tags are skipped', 'a: !!str 1\nb: !ref\n  - c\n'],
  ['properties on lines of their own', 'a: &x\n  b: 1\nc: &y\n  - 1\nd: *x\n'],
  ['directives and markers', '%YAML 1.2\n# c\n---\na: 1\n...\n'],
  ['several documents', 'a: 1\n---\nb: 2\n--- c\n'],
  ['colons in values', 'a: http://x:80/\nb: 10:20\nc: :d\n'],
  ['dashes that are no items', 'a: -1\nb: --flag\nc:\n  - -x\n'],
  ['an empty document', '# nothing\n'],
  ['__proto__ and constructor are keys', '__proto__:\n  a: 1\nconstructor: 2\n'],
] as const)('reads as the reference does: %s', ([, text]) => {
  expect(reference(text)).toBeDefined();
  expect(ours(text)).toEqual(reference(text));
  expect(lost(text)).toEqual([]);
  expect(ours(text.replaceAll('\n', '\r\n'))).toEqual(ours(text));
});

const json = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.string({ unit: fc.constantFrom(...Array.from('ab :#-,[]{}"\'\\&*!|>%@`?\n\t~<=.')) }),
    fc.string(),
    fc.constantFrom(
      '',
      '<<',
      'null',
      '1.10',
      'v1',
      '- a',
      'a: b',
      '...',
      '---',
      '__proto__',
      ' lead',
      'trail ',
    ),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.oneof(fc.string(), fc.constantFrom('name', 'on', 'a b', '__proto__')), tie('value'), {
      maxKeys: 4,
    }),
  ),
})).value;

test('every document that the reference writes is read as the reference reads it', () => {
  const style = fc.record({
    indent: fc.constantFrom(2, 3, 4),
    indentSeq: fc.boolean(),
    lineWidth: fc.constantFrom(0, 20, 80),
    collectionStyle: fc.constantFrom<'any' | 'block' | 'flow'>('any', 'block', 'flow'),
    defaultStringType: fc.constantFrom<
      'PLAIN' | 'QUOTE_DOUBLE' | 'QUOTE_SINGLE' | 'BLOCK_LITERAL' | 'BLOCK_FOLDED'
    >('PLAIN', 'QUOTE_DOUBLE', 'QUOTE_SINGLE', 'BLOCK_LITERAL', 'BLOCK_FOLDED'),
  });
  fc.assert(
    fc.property(json, style, (value, options) => {
      // Keys of any length: the library writes long ones as `? key`, which we do not read.
      const text = stringify(value, { ...options, defaultKeyType: 'QUOTE_DOUBLE' });
      const expected = reference(text);
      fc.pre(expected !== undefined && !/(^|[\s[{,])\? /.test(text) && !text.includes('"<<"'));
      expect(ours(text)).toEqual(expected);
    }),
    { numRuns: 600 },
  );
});

test('lines are those of the keys, the dashes and the values', () => {
  const { root } = readYamlMap(
    'a: 1\n\nsteps:\n  # c\n  - uses: x/y@1 # v1.2\n    with:\n      k: v\n  -\n    run: z\n',
    'f.yml',
  );
  const steps = yamlAt(root, 'steps');
  expect(yamlEntries(root).map(([key, entry]) => [key, entry.line])).toEqual([
    ['a', 1],
    ['steps', 3],
  ]);
  expect(yamlItems(steps).map((item) => [item.line, item.value.line])).toEqual([
    [5, 5],
    [8, 9],
  ]);
  expect(yamlAt(yamlItems(steps)[0]!.value, 'uses')).toEqual({
    kind: 'scalar',
    line: 5,
    text: 'x/y@1',
    style: 'plain',
    comment: 'v1.2',
  });
});

test('null is told from an empty string', () => {
  const { root } = readYamlMap('a:\nb: ~\nc: null\nd: ""\ne: "null"\n', 'f.yml');
  expect(['a', 'b', 'c', 'd', 'e', 'f'].map((key) => yamlText(yamlAt(root, key)))).toEqual([
    undefined,
    undefined,
    undefined,
    '',
    'null',
    undefined,
  ]);
});

test.for([
  ['a merge conflict', 'a:\n<<<<<<< HEAD\n  b: 1\n', ['file/merge-marker:2']],
  ['a string that is not closed', 'a: 1\nb: "x\n', ['file/truncated:2']],
  ['a bracket that is not closed', 'a: [1,\n  2\n', ['file/truncated:1']],
  ['a string that the next key ends', 'a: "x\nb: 1\n', ['yaml/syntax:1']],
  ['a map inside a value', 'a: b: c\n', ['yaml/syntax:1']],
  ['an explicit key', '? a\n: 1\nb: 2\n', ['yaml/syntax:1']],
  ['a line that fits nowhere', 'a:\n    b: 1\n  c: 2\nd: 3\n', ['yaml/syntax:3']],
  ['a tab as indentation', 'a:\n\tb: 1\n', ['yaml/syntax:2']],
  ['a directive without a marker', '%a: 1\nb: 2\n', ['yaml/syntax:1']],
  ['an alias without anchor', 'a: *b\n', ['yaml/syntax:1']],
  ['a value that starts with @', 'a: @b/c\n', ['yaml/syntax:1']],
  ['a missing comma', 'a: {\n b: 1\n c: 2 }\n', ['yaml/syntax:3']],
  ['deep nesting', '['.repeat(200), ['file/too-deep:1']],
  ['deep block nesting', `${'- '.repeat(200)}a`, ['file/too-deep:1']],
] as const)('problem: %s', ([, text, expected]) => expect(lost(text)).toEqual(expected));

test('after a malformed line the rest is still read', () => {
  const { root } = readYamlMap('a:\n  b: 1\n c: 2\nd: "x\ne: 3\n', 'f.yml');
  expect(plain(root!)).toEqual([
    ['a', [['b', '1']]],
    ['d', 'x'],
    ['e', '3'],
  ]);
});

test('many malformed lines are one count', () => {
  const { problems } = readYaml(`a: 1\n${'!!!\n'.repeat(1000)}`, 'f.yml');
  expect(problems.length).toBeLessThan(8);
  expect(problems.at(-1)!.message).toContain('more places are not well-formed');
});

test('a duplicate key is told, and the last one counts', () => {
  const { root, problems } = readYamlMap('a: 1\nb: 2\na: 3\n', 'f.yml');
  expect(yamlText(yamlAt(root, 'a'))).toBe('3');
  expect(problems.map((problem) => [problem.code, problem.at?.line, problem.lost])).toEqual([
    ['file/duplicate-key', 3, undefined],
  ]);
});

test('a billion laughs end quickly', () => {
  const level = (n: number) =>
    `l${n}: &l${n} [${Array.from({ length: 9 }, () => `*l${n - 1}`).join(', ')}]\n`;
  const bomb = `l0: &l0 lol\n${Array.from({ length: 20 }, (_, n) => level(n + 1)).join('')}`;
  expect(lost(bomb)[0]).toMatch(/^yaml\/alias-bomb:/);
});

test.for([
  ['', 'file/empty'],
  ['# only a comment\n', 'file/empty'],
  ['- a\n', 'file/unexpected-shape'],
  ['just text\n', 'file/unexpected-shape'],
  ['a: 1\n---\nb: 2\n', 'yaml/several-documents'],
] as const)('a file that is no single map: %j', ([text, code]) =>
  expect(readYamlMap(text, 'f.yml').problems.map((problem) => problem.code)).toEqual([code]),
);

test('long and hostile input ends in linear time', () => {
  const started = process.threadCpuUsage();
  for (const piece of [
    'a',
    '"',
    "'",
    'a: ',
    '- ',
    '[',
    '{',
    'a:\n',
    '"a\n',
    '&a ',
    '*a ',
    '!a ',
    '|\n',
    '\n',
    ' \n',
    '#',
    'a #',
    '? ',
    ', ',
    '[a, ',
    '\t',
    '%\n',
    '---\n',
    'a\n\n',
    "'\n b",
  ])
    readYaml(piece.repeat(100_000), 'f.yml');
  expect(process.threadCpuUsage(started).user / 1000).toBeLessThan(10_000); // quadratic code takes minutes
});
