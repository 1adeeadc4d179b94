import fc from 'fast-check';
import { parse, stringify } from 'smol-toml';
import { expect, test } from 'vitest';
import { readTomlValue, scanToml } from './toml-scan.ts';
import { parseToml } from './toml.ts';

const codes = (text: string) => parseToml(text, 'f.toml').problems.map((problem) => problem.code);
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

test.for([
  ['good TOML', 'a = 1\n[b]\nc = "d"\n', []],
  ['empty', ' \n', ['file/empty']],
  ['only a comment', '# nothing\n', []],
  ['a merge conflict', 'a = 1\n<<<<<<< HEAD\nb = 1\n=======\nb = 2\n>>>>>>> x\n', ['file/merge-marker']],
  ['truncated in a string', 'a = "b', ['file/not-toml']],
  ['truncated in an array', 'a = [\n "b",\n', ['file/not-toml']],
  ['a duplicate key', 'a = 1\na = 2\n', ['file/not-toml']],
  ['deep nesting', `a = ${'['.repeat(500)}${']'.repeat(500)}`, ['file/not-toml']],
  ['integers beyond 2^53', 'a = 9223372036854775807', []],
] as const)('%s', ([, text, expected]) => expect(codes(text)).toEqual(expected));

test('what stands around a fault is still read, and the fault has its line', () => {
  const { value, problems } = parseToml(
    '[a]\nb = "c"\nd = = 1\n[[e]]\nf = {g = [1, "h"]}\n[[e]]\nf = 2\n',
    'f.toml',
  );
  expect(problems[0]?.at?.line).toBe(3);
  expect(problems[0]?.lost).toBe(true);
  expect(plain(value)).toEqual({ a: { b: 'c' }, e: [{ f: { g: [1, 'h'] } }, { f: 2 }] });
});

test('a truncated file says so and keeps what came before', () => {
  const { value, problems } = parseToml('[a]\nb = "c"\nd = ["e", ', 'f.toml');
  expect(problems[0]?.message).toContain('truncated');
  expect(plain(value)).toEqual({ a: { b: 'c' } });
});

test('__proto__ is data and pollutes nothing', () => {
  for (const text of [
    '[__proto__]\npolluted = true\n',
    '[__proto__]\npolluted = true\n= bad\n',
    'a = {__proto__ = 1}',
  ])
    expect(parseToml(text, 'f.toml').value).toBeDefined();
  expect(Object.hasOwn(parseToml('__proto__.a = 1\nb = = ', 'f.toml').value!, '__proto__')).toBe(true);
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});

test('keys, tables and array elements have lines', () => {
  const { lineOf } = parseToml(
    [
      'a = 1',
      '[tool.poetry]',
      '"b.c" = """',
      'x',
      '"""',
      'd.e = 2',
      '[[p]]',
      'n = 1',
      '[[p]]',
      'n = [ # [',
      '  "a]\\"",',
      '  {x = "y, z"}, [1,',
      '  2], "last"',
      ']',
      '[p.sub]',
      'z = 1',
    ].join('\n'),
    'f.toml',
  );
  expect([lineOf('a'), lineOf('tool'), lineOf('tool', 'poetry', 'b.c')]).toEqual([1, 2, 3]);
  expect([lineOf('tool', 'poetry', 'd'), lineOf('tool', 'poetry', 'd', 'e')]).toEqual([6, 6]);
  expect([lineOf('p', 0), lineOf('p', 0, 'n'), lineOf('p', 1, 'n')]).toEqual([7, 8, 10]);
  expect([0, 1, 2, 3].map((index) => lineOf('p', 1, 'n', index))).toEqual([11, 12, 12, 13]);
  expect(lineOf('p', 1, 'sub', 'z')).toBe(16);
  expect([lineOf('tool', 'poetry', 'missing'), lineOf('missing')]).toEqual([2, 0]);
});

/** What the scanner and the value reader make of a document, without the library. */
function own(text: string): { value: unknown; faults: number } {
  const root: Record<string, unknown> = {};
  const faults = scanToml(text, {
    entry(key, start, end) {
      root[key.join('.')] = readTomlValue(text, start, end);
    },
  });
  return { value: root, faults: faults.length };
}

test.for([
  ['escapes', 'a = "\\t\\u00e9\\U0001F600\\"\\\\"'],
  ['literal strings', "a = 'c:\\no\\escape' # comment"],
  ['a key in quotes', '"a b" = true'],
  ['long strings', 'a = """\none \\\n   two ""inside"" end"""""\nb = 1'],
  ['long literal strings', "a = '''\nno \\ escape 'here''''\nb = 1"],
  ['arrays over lines', 'a = [\n  "x", # ]\n  "y",\n]\nb = []'],
  ['inline tables', 'a = {b = "c", d = {e = [1, {f = true}]}, "g h" = \'i\'}'],
] as const)('reads as the library does: %s', ([, text]) => {
  expect(plain(own(text))).toEqual({ value: plain(parse(text)), faults: 0 });
});

test('any table that the library writes reads the same', () => {
  const key = fc.string({ minLength: 1 });
  const leaf = fc.oneof(fc.string({ unit: 'binary' }), fc.boolean(), fc.integer());
  const value = fc.oneof(
    leaf,
    fc.array(leaf),
    fc.array(fc.dictionary(key, leaf, { minKeys: 1 }), { minLength: 1 }),
  );
  fc.assert(
    fc.property(fc.dictionary(key, value), (table) => {
      const text = stringify(table);
      expect(plain(scanned(text))).toEqual(plain(parse(text)));
    }),
    { numRuns: 40 },
  );
});

function scanned(text: string): unknown {
  // A fault at the end sends the document through recovery, which is the scanner alone.
  const { value } = parseToml(`${text}\n= fault\n`, 'f.toml');
  return value;
}
