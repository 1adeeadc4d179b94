import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { byteFiles } from './byte-files.ts';

const made: string[] = [];
const fresh = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'assay-bytes-'));
  made.push(folder);
  return folder;
};
afterAll(() => made.forEach((folder) => rmSync(folder, { recursive: true })));

test('a value comes back; one that was changed or cut is absent, and gone', () => {
  const folder = fresh();
  const files = byteFiles(folder);
  expect(files.get('aa')).toBeUndefined();
  files.set('aa', Uint8Array.of(1, 2, 3));
  expect([...files.get('aa')!]).toEqual([1, 2, 3]);
  expect(statSync(join(folder, 'aa')).mode & 0o777).toBe(0o600);
  const whole = readFileSync(join(folder, 'aa'));
  for (let at = 0; at < whole.length; at++) {
    const changed = Buffer.from(whole);
    changed[at]! ^= 1;
    for (const bytes of [changed, whole.subarray(0, at)]) {
      writeFileSync(join(folder, 'aa'), bytes);
      expect(files.get('aa')).toBeUndefined();
      expect(readdirSync(folder)).toEqual([]);
    }
  }
});

test('what was not used for longest goes when there is too much', () => {
  const folder = fresh();
  const files = byteFiles(folder, 3000);
  for (const [i, key] of ['aa', 'bb'].entries()) {
    files.set(key, new Uint8Array(1000));
    utimesSync(join(folder, key), i + 1, i + 1);
  }
  expect(files.get('aa')).toHaveLength(1000);
  files.set('cc', new Uint8Array(1000));
  expect(readdirSync(folder).sort()).toEqual(['aa', 'cc']);
});

test('a folder that cannot be made makes it forget', () => {
  const file = join(fresh(), 'file');
  writeFileSync(file, '');
  const files = byteFiles(file);
  files.set('aa', Uint8Array.of(1));
  expect(files.get('aa')).toBeUndefined();
});
