import fc from 'fast-check';
import { expect, test } from 'vitest';
import { instantOf } from './dates.ts';
import { plainJson } from './jsonc.ts';

test.for([
  ['2026-11-20', '2026-11-20T00:00:00Z'],
  ['2026/11/20', '2026-11-20T00:00:00Z'],
  ['11/20/2026', '2026-11-20T00:00:00Z'],
  ['20 November 2026', '2026-11-20T00:00:00Z'],
  ['20 nov 2026', '2026-11-20T00:00:00Z'],
  ['November 20, 2026', '2026-11-20T00:00:00Z'],
  ['Sept 1 2026', '2026-09-01T00:00:00Z'],
  ['1st May 2026', '2026-05-01T00:00:00Z'],
  ['2026-04-19T17:53:14.464Z', '2026-04-19T17:53:14Z'],
  ['2026-04-19 17:53', '2026-04-19T17:53:00Z'],
  ['2026-04-19T01:00:00+02:00', '2026-04-18T23:00:00Z'],
  [1795132800000, '2026-11-20T00:00:00Z'],
  ['1795132800000', '2026-11-20T00:00:00Z'],
  ['2024-02-29', '2024-02-29T00:00:00Z'],
  ['2023-02-29', undefined],
  ['2026-13-01', undefined],
  ['20 Novembre 2026', undefined],
  ['31 June 2026', undefined],
  ['never', undefined],
  ['', undefined],
  [Number.NaN, undefined],
  [-1, undefined],
  [null, undefined],
] as const)('the date %j is %s', ([text, expected]) => expect(instantOf(text)).toBe(expected));

test.for([
  ['{"a": 1} // x', '{"a": 1}     '],
  ['{/* a\nb */"a": 1}', '{    \n    "a": 1}'],
  ['{"a": "// no /* no */, ]"}', '{"a": "// no /* no */, ]"}'],
  ['[1, 2, ]', '[1, 2  ]'],
  ['[1, // why\n]', '[1        \n]'],
  ['{"a": "\\"//", }', '{"a": "\\"//"  }'],
  ['[1,,]', '[1, ]'],
  ['/', '/'],
] as const)('JSON with comments: %j', ([text, expected]) => expect(plainJson(text)).toBe(expected));

test('plain JSON is left as it is, and commented JSON reads as without', () => {
  const value = fc.jsonValue();
  fc.assert(
    fc.property(value, (one) => {
      expect(plainJson(JSON.stringify(one))).toBe(JSON.stringify(one));
    }),
  );
  fc.assert(
    fc.property(value, (one) => {
      const commented = JSON.stringify(one, null, 2)
        .split('\n')
        .map((line) => `${line} // "x" /*`)
        .join('\n');
      expect(JSON.parse(plainJson(commented))).toEqual(JSON.parse(JSON.stringify(one)));
    }),
  );
});
