import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { VersionScheme } from '../../model/ecosystem.ts';

const WORDS =
  'alpha beta rc dev pre post a b c r p pl sp ga final cr m snapshot SNAPSHOT Final RC x X z master dev-master go v V _alpha _p'.split(
    ' ',
  );
const SEPARATORS = ['.', '-', '+', '_', '~', '^', ':', '!', '', ' ', '..', '--', '.-', '*', '@', '/'];
const NUMBERS = [
  '0',
  '00',
  '1',
  '01',
  '2',
  '9',
  '10',
  '99',
  '2147483648',
  '9007199254740993',
  '1'.repeat(40),
];

/** Text that looks like a version of some ecosystem or other, often enough nearly so. */
export const versionLike: fc.Arbitrary<string> = fc.oneof(
  fc
    .array(
      fc.tuple(
        fc.constantFrom(...SEPARATORS),
        fc.oneof(fc.constantFrom(...NUMBERS), fc.constantFrom(...NUMBERS), fc.constantFrom(...WORDS)),
      ),
      { maxLength: 6 },
    )
    .map((parts) => parts.map(([separator, word], i) => (i === 0 ? word : separator + word)).join('')),
  fc.string({ maxLength: 12 }),
  fc.string({ unit: fc.constantFrom(...'01.-+~^:ab!v_RC'.split('')), maxLength: 8 }),
);

/**
 * What every version order owes its readers, whatever the strings: call it once from the scheme's test file.
 * `ascending` are valid versions, each strictly above the one before.
 */
export function schemeContract(scheme: VersionScheme, ascending: readonly string[]): void {
  const sign = (a: string, b: string): number => {
    const order = scheme.compare(a, b);
    expect(Number.isFinite(order)).toBe(true);
    return Math.sign(order);
  };

  test(`${scheme.id}: orders its published cases`, () => {
    for (const [i, a] of ascending.entries()) {
      expect([a, scheme.isValid(a)]).toEqual([a, true]);
      for (const [j, b] of ascending.entries()) expect([a, b, sign(a, b)]).toEqual([a, b, Math.sign(i - j)]);
    }
  });

  test(`${scheme.id}: is a total order of all strings`, () => {
    fc.assert(
      fc.property(versionLike, versionLike, versionLike, (a, b, c) => {
        expect(sign(a, a)).toBe(0);
        expect(sign(a, b) + sign(b, a)).toBe(0);
        const [low, middle, high] = [a, b, c].sort((x, y) => scheme.compare(x, y)) as [
          string,
          string,
          string,
        ];
        const steps = [sign(low, middle), sign(middle, high)];
        expect(Math.max(...steps)).toBeLessThanOrEqual(0);
        // Equal only when both steps are: equality is transitive too.
        expect(sign(low, high)).toBe(Math.min(...steps));
      }),
      { numRuns: 1000 },
    );
  });

  test(`${scheme.id}: reads any text as range or version without a throw`, () => {
    fc.assert(
      fc.property(
        versionLike,
        versionLike,
        fc.constantFrom('', '>=', '^', '~>', '[', '==', '~='),
        (a, b, operator) => {
          expect(typeof scheme.isValid(a)).toBe('boolean');
          expect(typeof scheme.isPrerelease(a)).toBe('boolean');
          expect([true, false, undefined]).toContain(scheme.satisfies(a, operator + b));
        },
      ),
      { numRuns: 500 },
    );
  });

  test(`${scheme.id}: takes linear time`, () => {
    const started = process.threadCpuUsage();
    for (const piece of [
      '1',
      '1.',
      '0',
      'a',
      'a.',
      '-',
      '.',
      '1-',
      '1a',
      '~',
      '^',
      ' ',
      '1 ',
      '>=1 ',
      '||',
      ',',
      '[1,',
      '_p1',
      'v',
      '=',
    ]) {
      const long = piece.repeat(6_000);
      for (const end of ['', '!', '1']) {
        scheme.compare(long + end, long);
        scheme.compare(`1.0-${long}${end}`, `1.0-${long}`);
        scheme.isValid(`1.${long}${end}`);
        scheme.isPrerelease(`1.${long}${end}`);
        scheme.satisfies('1.2.3', `>=1.2.${long}${end}`);
        scheme.satisfies('1.2.3', long + end);
        scheme.satisfies(`1.2.${long}${end}`, '1.2.3');
      }
    }
    expect(process.threadCpuUsage(started).user / 1000).toBeLessThan(10_000);
  });
}
