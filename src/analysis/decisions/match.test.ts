import { matchesGlob } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { generic } from '../versions/index.ts';
import type { Inventory, Manifest } from '../../model/inventory.ts';
import { selectsComponent } from './component.ts';
import { compileGlob } from './glob.ts';
import { coversAllPaths, parsePathPattern } from './paths.ts';
import { compilePattern } from './pattern.ts';

test.for([
  ['pkg:npm/lodash', 'pkg:npm/lodash@4.17.20', true],
  ['pkg:npm/lodash', 'pkg:npm/lodash-es@4.17.20', false],
  ['pkg:npm/lodash@4.17.20', 'pkg:npm/lodash@4.17.20', true],
  ['pkg:npm/lodash@4.17.21', 'pkg:npm/lodash@4.17.20', false],
  ['pkg:npm/@babel/core', 'pkg:npm/%40babel/core@7.0.0', true],
  ['pkg:npm/%40babel/core@7.0.0', 'pkg:npm/%40babel/core@7.0.0', true],
  ['pkg:npm/@babel/*', 'pkg:npm/%40babel/core@7.0.0', true],
  ['pkg:npm/@babel', 'pkg:npm/%40babel/core@7.0.0', false],
  ['PKG:NPM/lodash', 'pkg:npm/lodash@1', true],
  ['pkg:maven/a.b/c', 'pkg:maven/a.b/c@1.0?type=jar', true],
  ['pkg:npm/%zz', 'pkg:npm/%zz@1', true],
] as const)('component %s names %s: %s', ([selector, purl, expected]) => {
  expect(selectsComponent(selector, purl)).toBe(expected);
});

test.for([
  ['*', 'package.json', true],
  ['*', 'a/package.json', false],
  ['a/*', 'a/b', true],
  ['a/*', 'a/b/c', false],
  ['a/**', 'a/b/c', true],
  ['a/**', 'ab/c', false],
  ['**/b', 'b', true],
  ['**/b', 'x/y/b', true],
  ['**/b', 'xb', false],
  ['a/**/b', 'a/b', true],
  ['a/**/b', 'a/x/y/b', true],
  ['a/**/b', 'axb', false],
  ['**', 'a/b', true],
  ['{a,b/c}/x', 'b/c/x', true],
  ['[ab]?', 'bz', true],
  ['[!a]', 'a', false],
  ['a\\*', 'a*', true],
  ['a\\*', 'ab', false],
  ['{a', '{a', true],
  ['', '', true],
] as const)('glob %j on %j: %s', ([glob, path, expected]) => expect(compileGlob(glob)(path)).toBe(expected));

test('globs agree with the platform', () => {
  const glob = fc
    .array(fc.constantFrom('a', 'b', '/', '*', '?', '/**/', '{a,b}', '[ab]'), { maxLength: 6 })
    .map((parts) => parts.join(''));
  const path = fc
    .array(fc.constantFrom('a', 'b', 'ab', 'ba'), { minLength: 1, maxLength: 4 })
    .map((parts) => parts.join('/'));
  fc.assert(
    fc.property(glob, path, (one, other) => {
      // Adjacent slashes and stars are spelled in ways that tools read differently; nobody writes them.
      fc.pre(!/\/\/|\*\*\*|\*\*[^/]|[^/]\*\*|^\/|\/$/.test(one) && one !== '');
      expect([one, other, compileGlob(one)(other)]).toEqual([one, other, matchesGlob(other, one)]);
    }),
    { numRuns: 2_000 },
  );
});

test('patterns agree with JavaScript where both run', () => {
  const atom = fc.constantFrom('a', 'b', '.', '[ab]', '[^a]', '\\d', '\\w', '-', '\\.', '@');
  const pattern = fc.letrec<{ pattern: string }>((tie) => ({
    pattern: fc.oneof(
      { maxDepth: 3 },
      atom,
      fc.tuple(tie('pattern'), tie('pattern')).map(([a, b]) => a + b),
      fc.tuple(tie('pattern'), tie('pattern')).map(([a, b]) => `(${a}|${b})`),
      fc
        .tuple(tie('pattern'), fc.constantFrom('*', '+', '?', '{2}', '{1,2}', '{1,}', '*?'))
        .map(([a, q]) => `(?:${a})${q}`),
    ),
  })).pattern;
  const anchored = fc
    .tuple(fc.boolean(), pattern, fc.boolean())
    .map(([start, body, end]) => `${start ? '^' : ''}${body}${end ? '$' : ''}`);
  const text = fc
    .array(fc.constantFrom('a', 'b', '1', '-', '.', '@'), { maxLength: 8 })
    .map((letters) => letters.join(''));
  fc.assert(
    fc.property(anchored, text, (source, name) => {
      expect([source, name, compilePattern(source)!(name)]).toEqual([
        source,
        name,
        new RegExp(source).test(name),
      ]);
    }),
    { numRuns: 2_000 },
  );
});

test.for([
  '(?=a)',
  '\\1',
  '(?<n>a)',
  'a**',
  '(a',
  'a)',
  '[a',
  '\\b',
  '((((a{99}){99}){99}){99})',
  '('.repeat(100),
  'a'.repeat(2000),
])('the pattern %j is refused', (source) => expect(compilePattern(source)).toBeUndefined());

test('no pattern takes long on any name', () => {
  const started = process.threadCpuUsage();
  for (const source of ['^(a+)+$', '(a|a)*b', '(.*)(.*)(.*)(.*)x', '(a?){50}a{50}', '.*.*.*=.*'])
    expect(compilePattern(source)!(`${'a'.repeat(20_000)}!`)).toBe(source === '(a?){50}a{50}');
  for (const glob of ['**/**/**/x', '*a*a*a*a*a*b', '{a,b}'.repeat(6), '{'.repeat(10_000), '[', '**'])
    compileGlob(glob)('a/'.repeat(10_000));
  expect(process.threadCpuUsage(started).user / 1000).toBeLessThan(3_000);
});

/** A graph of npm components named a, b, c, …; node 0 is the project. */
function graphOf(
  count: number,
  edges: readonly (readonly [number, number])[],
): { inventory: Inventory; manifest: Manifest } {
  const names = Array.from({ length: count }, (_, n) => String.fromCharCode(96 + n));
  const rows = names.map((_, node) => edges.filter(([from]) => from === node).map(([, to]) => to));
  const offsets = [0];
  for (const row of rows) offsets.push(offsets.at(-1)! + row.length);
  const manifest: Manifest = {
    path: 'package-lock.json',
    extractor: 'x',
    role: 'lock',
    edgesKnown: true,
    covers: [],
    occurrences: names.map((_, component) => ({ component, line: 0, direct: 'no', scopes: ['prod'] })),
    roots: [0],
    offsets: Uint32Array.from(offsets),
    targets: Uint32Array.from(rows.flat()),
    kinds: new Uint8Array(edges.length),
    ranges: edges.map(() => ''),
    observations: [],
  };
  const components = names.map((name) => ({
    purl: `pkg:npm/${name}@1.0.0`,
    ecosystem: 'npm',
    name,
    version: '1.0.0',
    origin: 'registry',
    licences: [],
  }));
  return {
    inventory: {
      components: components as unknown as Inventory['components'],
      manifests: [manifest],
      problems: [],
    },
    manifest,
  };
}

const covers = (
  count: number,
  edges: readonly (readonly [number, number])[],
  target: number,
  ...patterns: string[]
): boolean => {
  const { inventory, manifest } = graphOf(count, edges);
  return coversAllPaths(inventory, manifest, target, patterns.map(parsePathPattern), () => generic);
};

// a > b > d, c > d; d is node 4
const DIAMOND = [
  [0, 1],
  [1, 2],
  [2, 4],
  [0, 3],
  [3, 4],
] as const;

test.for([
  [['a > b > d'], false],
  [['a > b > d', 'c > d'], true],
  [['*'], true],
  [['* > d'], true],
  [['a > *', 'c > *'], true],
  [['a > *'], false],
  [['a > * > d', 'c > d'], true],
  [['a@1.0.0 > b > d', 'c > d'], true],
  [['a@2.0.0 > b > d', 'c > d'], false],
  [['d'], false],
] as const)('paths of a diamond under %j: %s', ([patterns, expected]) => {
  expect(covers(5, DIAMOND, 4, ...patterns)).toBe(expected);
});

test('a cycle ends, an orphan is not covered, unknown edges are not covered', () => {
  const cycle = [
    [0, 1],
    [1, 2],
    [2, 1],
  ] as const;
  expect(covers(3, cycle, 2, 'a > b')).toBe(false);
  expect(covers(3, cycle, 2, 'a > *')).toBe(true);
  expect(covers(3, [[0, 1]], 2, 'a > b')).toBe(false);
  const { inventory, manifest } = graphOf(3, cycle);
  expect(
    coversAllPaths(
      inventory,
      { ...manifest, edgesKnown: false },
      2,
      [parsePathPattern('a > *')],
      () => generic,
    ),
  ).toBe(false);
  expect(
    coversAllPaths(inventory, { ...manifest, edgesKnown: false }, 2, [parsePathPattern('*')], () => generic),
  ).toBe(true);
});

test('agrees with listing every path, on graphs without cycles', () => {
  const edge = fc.tuple(fc.nat(6), fc.nat(6)).filter(([from, to]) => from < to);
  const pattern = fc.array(fc.constantFrom('*', 'a', 'b', 'c', 'd', 'e', 'f'), {
    minLength: 1,
    maxLength: 4,
  });
  fc.assert(
    fc.property(
      fc.array(edge, { maxLength: 14 }),
      fc.array(pattern, { minLength: 1, maxLength: 3 }),
      fc.integer({ min: 1, max: 6 }),
      (edges, patterns, target) => {
        fc.pre(!patterns.every((steps) => steps.every((step) => step === '*')));
        const paths: string[][] = [];
        const walk = (node: number, path: readonly string[]): void => {
          if (node === target) paths.push([...path]);
          for (const [from, to] of edges)
            if (from === node) walk(to, [...path, String.fromCharCode(96 + to)]);
        };
        walk(0, []);
        const named = (path: readonly string[]): boolean =>
          patterns.some((steps) =>
            new RegExp(`^${steps.map((step) => (step === '*' ? '(?:[a-z],)*' : `${step},`)).join('')}$`).test(
              path.map((step) => `${step},`).join(''),
            ),
          );
        const expected = paths.length > 0 && paths.every(named);
        expect(covers(7, edges, target, ...patterns.map((steps) => steps.join(' > ')))).toBe(expected);
      },
    ),
    { numRuns: 1_000 },
  );
});
