import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { compiledCode, type ChunkFunction } from './compiled.ts';

const root = mkdtempSync(join(tmpdir(), 'assay-compiled-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

let box: string;
let chunk: string;
beforeEach(() => {
  box = mkdtempSync(join(root, 'box-'));
  chunk = join(box, 'sum-abc.cjs');
  writeFileSync(chunk, 'exports.sum=(a,b)=>{const add=()=>a+b;return add()};exports.place=__filename;');
});

const kept = (): string[] => readdirSync(join(box, 'code'));

function load(compiled: ChunkFunction): { sum: (a: number, b: number) => number; place: string } {
  const exports: Record<string, unknown> = {};
  compiled(exports, () => undefined, { exports }, chunk, box);
  return exports as ReturnType<typeof load>;
}

/** One run: loads the chunk, calls it, keeps what was compiled. */
function run(...uses: string[]): number {
  const code = compiledCode(join(box, 'code'), 'plain');
  const { sum, place } = load(code.compile(chunk));
  expect(place).toBe(chunk);
  const answer = sum(1, 2);
  code.keep(uses);
  return answer;
}

test('a chunk does the same from its source and from what was kept', () => {
  expect(run('scan')).toBe(3);
  expect(kept()).toEqual([`sum-abc.cjs-${process.version}-${process.arch}-plain.bin`]);
  expect(run('scan')).toBe(3);
});

test('it is kept again only after a run that made use of something new', () => {
  run('scan');
  const file = join(box, 'code', kept()[0]!);
  const made = statSync(file).ino;
  run('scan');
  expect(statSync(file).ino).toBe(made);
  run('scan', 'npm/package-lock');
  expect(statSync(file).ino).not.toBe(made);
  expect(readFileSync(file, 'latin1')).toContain('["npm/package-lock","scan"]');
});

test.each([
  ['empty', () => Buffer.alloc(0)],
  ['cut off', (bytes: Buffer) => bytes.subarray(0, bytes.length >> 1)],
  ['without its end', (bytes: Buffer) => bytes.subarray(0, -5)],
  ['all zeros', (bytes: Buffer) => Buffer.alloc(bytes.length)],
  ['of another program', () => Buffer.from('#!/bin/sh\n')],
] as const)('kept code that is %s is made anew', (_what, damage) => {
  run('scan');
  const file = join(box, 'code', kept()[0]!);
  const sound = readFileSync(file);
  writeFileSync(file, damage(sound));
  expect(run('scan')).toBe(3);
  expect(readFileSync(file).length).toBeGreaterThan(100);
});

test('a folder that cannot be made is no failure', () => {
  writeFileSync(join(box, 'code'), 'a file is in the way');
  expect(run('scan')).toBe(3);
});

test('what was not renewed for a month is removed', () => {
  run('scan');
  const old = join(box, 'code', 'gone-123.cjs-v1-x64.bin');
  writeFileSync(old, '');
  utimesSync(old, 1, 1);
  run('more');
  expect(kept()).toEqual([`sum-abc.cjs-${process.version}-${process.arch}-plain.bin`]);
});
