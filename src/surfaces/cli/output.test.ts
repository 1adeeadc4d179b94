import { spawn, spawnSync } from 'node:child_process';
import { lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { replaceFile } from './output.ts';

const folder = mkdtempSync(join(tmpdir(), 'assay-output-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('a file is replaced whole, with nothing left beside it', () => {
  const file = join(folder, 'report');
  replaceFile(file, 'one');
  replaceFile(file, 'two');
  expect([readFileSync(file, 'utf8'), readdirSync(folder)]).toEqual(['two', ['report']]);
});

test('a pipe gets the text, and stays a pipe', ({ skip }) => {
  const pipe = join(folder, 'pipe');
  if (spawnSync('mkfifo', [pipe]).status !== 0) skip('no pipes with names here');
  const reader = spawn('cat', [pipe], { stdio: 'ignore' });
  replaceFile(pipe, 'text');
  reader.kill();
  expect(lstatSync(pipe).isFIFO()).toBe(true);
});
