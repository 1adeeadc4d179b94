import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compilePattern } from './compile.ts';

/** What a pattern finds, as RE2 would. */
function matchesOf(pattern: string, text: string): string[] {
  const compiled = compilePattern(pattern);
  if (compiled.isRefused) throw new Error(compiled.reason);
  return [...text.matchAll(compiled.regex)].map((match) => match[0]);
}

test.for([
  ['a dot is anything but LF', 'a.b', 'a\rb a\nb a\u0085b', ['a\rb', 'a\u0085b']],
  ['(?s) lets it be LF', '(?s)a.b', 'a\nb', ['a\nb']],
  ['(?s:.) in a part', 'a(?s:.)b.', 'a\nb\n a\nbc', ['a\nbc']],
  ['space is ASCII without the vertical tab', 'a\\sb', 'a\u00a0b a\vb a\fb a\tb', ['a\fb', 'a\tb']],
  ['\\S in a class', '[\\Sx]+', 'ab c', ['ab', 'c']],
  ['the dollar is the very end', 'b$', 'b\nb', ['b']],
  ['\\z as well', 'b\\z', 'b b', ['b']],
  ['(?m) makes it the end of a line', '(?m)^b$', 'b\nab\nb', ['b', 'b']],
  ['case from the middle on', 'a(?i)bc', 'aBC ABC abC', ['aBC', 'abC']],
  ['case in a part', '(?i:a)b', 'Ab AB ab', ['Ab', 'ab']],
  ['case off again', '(?i)a(?-i:b)c', 'ABC AbC abc', ['AbC', 'abc']],
  ['case in a class', '(?i)[a-c]+', 'aBCd', ['aBC']],
  ['a flag ends with its group', '(?:(?i)a)b', 'Ab AB', ['Ab']],
  ['a named group', '(?P<n>a+)b', 'aab', ['aab']],
  ['POSIX classes', '[[:alnum:]_]+-[[:^digit:]]', 'a_1-x a-1', ['a_1-x']],
  ['quoted text', '\\Qa.b\\E+', 'a.bb axb', ['a.bb']],
  ['hexadecimal and octal', '\\x41\\x{42}\\103', 'ABC', ['ABC']],
  ['swapped greed', '(?U)a+', 'aaa', ['a', 'a', 'a']],
  ['a bracket first in a class', '[]a]+', 'a]b', ['a]']],
  ['a brace that counts nothing', 'a{,2}', 'a{,2}', ['a{,2}']],
  ['a character beyond ASCII is its bytes', 'é', 'caf\u00c3\u00a9', ['\u00c3\u00a9']],
  ['an alternation that is repeated', '(?:ab|c){2}', 'abc cc ab', ['abc', 'cc']],
  ['alternation in a sequence without a group around it', 'x(?:a|b)y', 'xay xby a', ['xay', 'xby']],
] as const)('as RE2 has it: %s', ([, pattern, text, expected]) => {
  expect(matchesOf(pattern, text)).toEqual(expected);
});

test.for([
  '(a+)+$',
  '([a-z]*)*',
  '(.*)*x',
  '(?:a|ab)+c',
  '(a|a)*b',
  '(?:a?b?a?)*c',
  '(?:a{1,2})*b',
  '((x+y?)+z?)+',
])('refused, for it could take exponential time: %s', (pattern) => {
  expect(compilePattern(pattern)).toMatchObject({
    isRefused: true,
    reason: expect.stringContaining('exponential'),
  });
});

test.for(['(?:[a-z]+\\.)+x', '(?:\\w|-)+', '(?:-?[a-z0-9])+', '(?:[0-9a-f]{2}:)+', '(?:a|b)*c', '.*a.*b'])(
  'not refused: %s',
  (pattern) => {
    expect(compilePattern(pattern)).toMatchObject({ isRefused: false });
  },
);

test.for([
  ['(?=a)', 'look-around'],
  ['a(?<!b)', 'look-around'],
  ['(a', 'not closed'],
  ['[a', 'not closed'],
  ['a)', 'too many'],
  ['*a', 'nothing to repeat'],
  ['a{1001}', 'count'],
  ['\\pX', 'Unicode class'],
  ['\\k', 'escape'],
  [`${'('.repeat(200)}a${')'.repeat(200)}`, 'deep'],
] as const)('refused with a reason: %s', ([pattern, reason]) => {
  expect(compilePattern(pattern)).toMatchObject({ isRefused: true, reason: expect.stringContaining(reason) });
});

test.for([
  ['\\b(ghp_[0-9a-z]{36})\\b', ['ghp_']],
  ['(?i)(?:acme|globex)[_-]key', ['acme_key', 'acme-key', 'globex_key', 'globex-key']],
  ['(?:test|live)_[0-9a-z]{4}', ['test_', 'live_']],
  ['\\.p(?:12|fx)$', ['.p12', '.pfx']],
  ['[0-9a-f]{40}', []],
  ['(?:abcdef)?xyz', ['xyz']],
] as const)('texts that stand in every match of %s', ([pattern, keywords]) => {
  const compiled = compilePattern(pattern);
  expect(compiled.isRefused ? compiled.reason : [...compiled.keywords].sort()).toEqual([...keywords].sort());
});

test('a text of those stands in every match', () => {
  const piece = fc.constantFrom(
    'abc',
    'x+',
    '[a-c]',
    '(?i:key)',
    '(?:foo|bar)',
    '(?:q|rs)?',
    '\\d{2}',
    '.',
    '_',
  );
  fc.assert(
    fc.property(
      fc.array(piece, { minLength: 1, maxLength: 6 }),
      fc.string({ unit: fc.constantFrom(...Array.from('abcxkeyKEYforsq12_')), maxLength: 40 }),
      (pieces, text) => {
        const compiled = compilePattern(pieces.join(''));
        if (compiled.isRefused || compiled.keywords.length === 0) return;
        for (const match of text.matchAll(compiled.regex))
          expect(compiled.keywords.some((keyword) => match[0].toLowerCase().includes(keyword))).toBe(true);
      },
    ),
    { numRuns: 500, seed: 3 },
  );
});

test('any text is read or refused, in no time', () => {
  const started = process.threadCpuUsage();
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(...Array.from('ab()[]{}*+?|\\^$.-,:<>PiQE1é')), maxLength: 30 }),
      (pattern) => {
        const compiled = compilePattern(pattern);
        if (!compiled.isRefused) 'abab((ab'.replace(compiled.regex, '');
      },
    ),
    { numRuns: 3000, seed: 4 },
  );
  expect(process.threadCpuUsage(started).user / 1000).toBeLessThan(5000);
});
