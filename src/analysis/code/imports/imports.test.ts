import { readFileSync } from 'node:fs';
import { parseSync } from 'oxc-parser';
import { globSync } from 'tinyglobby';
import { expect, test } from 'vitest';
import { scanJavascript } from './javascript.ts';
import { scanPython } from './python.ts';

const js = (text: string): string[] =>
  scanJavascript(text).imports.map(({ specifier, kind, line }) => `${line} ${kind} ${specifier}`);
const py = (text: string): string[] =>
  scanPython(text).imports.map(({ specifier, line }) => `${line} ${specifier}`);

test.for([
  [`import a from 'a'`, ['1 static a']],
  [`import 'a'; import "b"`, ['1 static a', '1 static b']],
  [`import a, { b as c, type D } from "a"`, ['1 static a']],
  [`import * as a\n  from 'a'`, ['1 static a']],
  [`import type { A } from 'a'`, ['1 type a']],
  [`import type from 'a'`, ['1 static a']],
  [`import type, { b } from 'a'`, ['1 static a']],
  [`import from from 'a'`, ['1 static a']],
  [`import { "x-y" as z } from 'a'`, ['1 static a']],
  [`import{a}from'a';import b from'b'`, ['1 static a', '1 static b']],
  [`import a = require('a')`, ['1 require a']],
  [`import /* x */ a /* 'no' */ from // y\n 'a'`, ['1 static a']],
  [`export * from 'a'\nexport * as b from 'b'`, ['1 static a', '2 static b']],
  [`export { a, b as default } from 'a'`, ['1 static a']],
  [`export type { A } from 'a'`, ['1 type a']],
  [`export { a }\nimport b from 'b'`, ['2 static b']],
  [`export const x = require('a').y`, ['1 require a']],
  [`export default { from: 'a' }`, []],
  [`await import('a'); import(/* webpackChunkName: "x" */ "b")`, ['1 dynamic a', '1 dynamic b']],
  ['import(`a`)', ['1 dynamic a']],
  [`import('a', { with: {} })`, ['1 dynamic a']],
  [`require.resolve('a'); require?.('b')`, ['1 require a', '1 require b']],
  [`import.meta.resolve('a')`, ['1 dynamic a']],
  [`import.defer('a'); import.source("b")`, ['1 dynamic a', '1 dynamic b']],
  [`jest.mock('a'); vi.importActual<typeof X>('b'); jest.fn('c')`, ['1 require a', '1 require b']],
  [`x.require('a'); $.import('b'); obj.from('c')`, []],
  [`// import 'a'\n/* require('b') */ "import 'c'"`, []],
  [
    '`import "a" ${require("b")} ${`${require("c")}`} require("d")` + require("e")',
    ['1 require b', '1 require c', '1 require e'],
  ],
  [`const r = /require('a')/; require('b')`, ['1 require b']],
  [`const r = /[/'"]/g, s = a / b / require('c')`, ['1 require c']],
  [`return /'/.test(x) || require('a')`, ['1 require a']],
  [`<p>Don't</p>\nimport a from 'a'`, ['2 static a']],
  ["<p>a ` tick</p>;\nimport a from 'a'", ['2 static a']],
  [`const a = <A b={1}/>; require('a')`, ['1 require a']],
  [`/// <reference types="node" />`, ['1 type node']],
  [`/** @type {import('a').B} */ let x`, ['1 type a']],
  [`...require('a')`, ['1 require a']],
  [`import'a'`, ['1 static a']],
] as const)('JavaScript: %s', ([text, expected]) => expect(js(text)).toEqual(expected));

test('what is computed is counted, not guessed', () => {
  const { imports, computed } = scanJavascript(
    "require(x); import(`./${y}`); require('a' + b); require('c')",
  );
  expect([imports.map(({ specifier }) => specifier), computed]).toEqual([['c'], 3]);
});

test('strings that could name a component are kept: configuration does', () => {
  expect([...scanJavascript('module.exports = { loader: \'css-loader\', plugins: ["x"] }').strings]).toEqual([
    'css-loader',
    'x',
  ]);
});

test.for([
  ['import a', ['1 a']],
  ['import a.b as c, d', ['1 a.b', '1 d']],
  ['from a.b import c, d', ['1 a.b']],
  ['from a import (\n  b,\n  c)\nimport d', ['1 a', '4 d']],
  ['from . import a\nfrom .b import c', []],
  ['try: import a\nexcept ImportError: import b', ['1 a', '2 b']],
  ['if x:\n    import a; import b', ['2 a', '2 b']],
  ['import a, \\\n  b', ['1 a', '1 b']],
  ['importlib.import_module(\'a\'); __import__("b")', ['1 a', '1 b']],
  ['"""\nimport a\n"""\nimport b', ['4 b']],
  ["x = 'import a' # import b\nimport c", ['2 c']],
  ["r'\\'; import a'\nimport b", ['2 b']],
  ['f"{x}"\nimport b', ['2 b']],
  ['x = {"a":\n  import_me}\nimport b', ['3 b']],
  ['yield from a\nimport b', ['2 b']],
  ['important = 1\nfrom_x = 2', []],
] as const)('Python: %s', ([text, expected]) => expect(py(text)).toEqual(expected));

test('any input ends, in linear time', () => {
  const size = 10_000;
  const nasty = [
    "'\\",
    '"\\"',
    '`${',
    '`',
    '/[',
    '=/',
    "require('",
    "require('\\'",
    'import ',
    'import {',
    'export {',
    'export * ',
    'import(',
    'import/*',
    '/*import(',
    '//import(\n',
    'vi.mock<',
    "jest.mock('a",
    '}',
    '{',
    'from ',
    '"""',
    "'''",
    'from . import ',
    '\\\n',
    'r"',
    'import a, ',
    '<a>`',
    "require('a');",
    "import a from 'a';",
  ];
  const started = process.threadCpuUsage();
  for (const piece of nasty)
    for (const other of ['', ' ', "'x'", '\n']) {
      const text = (piece + other).repeat(Math.ceil(size / (piece.length + other.length)));
      scanJavascript(text);
      scanPython(text);
    }
  expect(process.threadCpuUsage(started).user / 1000).toBeLessThan(8000);
});

test('pieces of code in any order never fail, and lines are right', () => {
  let seed = 3;
  const next = (below: number): number => (seed = (seed * 48271) % 2147483647) % below;
  const pieces = [
    "'",
    '"',
    '`',
    '${',
    '}',
    '{',
    '/',
    '*',
    '//',
    '/*',
    '*/',
    '\n',
    'import',
    'from',
    'require',
    '(',
    ')',
    '.',
    ',',
    'a',
    ' ',
    '\\',
    'export',
    'type',
    '<',
    '>',
    '[',
    ']',
    '#',
    '"""',
  ];
  for (let round = 0; round < 2000; round++) {
    const text = Array.from({ length: next(30) }, () => pieces[next(pieces.length)]!).join('');
    const lines = text.split('\n').length;
    for (const { imports } of [scanJavascript(text), scanPython(text)])
      for (const { line } of imports) expect(line >= 1 && line <= lines).toBe(true);
    // Whatever stands before, a line of its own is seen, unless it is inside something that is open.
    expect(scanJavascript(`import a from 'a'\n${text}`).imports[0]).toMatchObject({
      specifier: 'a',
      line: 1,
    });
  }
});

test('our own code, as a parser reads it', () => {
  const files = globSync(['src/**/*.{ts,tsx}', 'scripts/**/*.ts', 'bench/*.ts']);
  expect(files.length).toBeGreaterThan(300);
  for (const file of files) {
    const text = readFileSync(file, 'utf8');
    const { staticImports, staticExports, dynamicImports } = parseSync(file, text).module;
    const expected = [
      ...staticImports.map(({ moduleRequest }) => moduleRequest.value),
      ...staticExports.flatMap(({ entries }) => entries[0]?.moduleRequest?.value ?? []),
      ...dynamicImports.flatMap(({ moduleRequest: { start, end } }) => {
        const source = text.slice(start, end);
        return /^'[^']*'$/.test(source) ? [source.slice(1, -1)] : [];
      }),
    ];
    const found = scanJavascript(text).imports.map(({ specifier }) => specifier);
    expect(expected.filter((one) => !found.includes(one))).toEqual([]);
    // Names of modules stand in the strings of these tests; elsewhere nothing is invented.
    const extra = file.startsWith('src/analysis/code/') ? [] : found.filter((one) => !expected.includes(one));
    expect([file, extra]).toEqual([file, []]);
  }
});
