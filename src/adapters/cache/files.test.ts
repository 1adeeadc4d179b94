import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { memoryCache } from '../../engine/cache.ts';
import { cacheContract } from './contract.ts';
import { defaultCacheFolder, fileCache } from './files.ts';

const made: string[] = [];
const fresh = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'assay-cache-'));
  made.push(folder);
  return folder;
};
afterAll(() => made.forEach((folder) => rmSync(folder, { recursive: true })));
const keyOf = (number: number): string => number.toString(16).padStart(2, '0').repeat(32);
const files = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
    statSync(join(folder, path)).isFile(),
  );

cacheContract('files', () => fileCache(fresh()));
cacheContract('memory', () => memoryCache());

test('every truncation and flipped byte of an entry is a miss, and the entry is gone', () => {
  const folder = fresh();
  const cache = fileCache(folder);
  void cache.set(keyOf(1), 'value');
  const path = join(folder, 'facts/2/01', keyOf(1).slice(2));
  const whole = readFileSync(path);
  for (let at = 0; at < whole.length; at++) {
    const flipped = Buffer.from(whole);
    flipped[at]! ^= 0x10;
    for (const bytes of [flipped, whole.subarray(0, at)]) {
      writeFileSync(path, bytes);
      expect(cache.get(keyOf(1))).toBeUndefined();
      expect(files(folder)).toEqual([]);
    }
  }
});

test('only the person can read it, and nothing is left aside', () => {
  const folder = fresh();
  void fileCache(folder).set(keyOf(1), 'value');
  expect(files(folder)).toEqual([`facts/2/01/${keyOf(1).slice(2)}`]);
  expect(statSync(join(folder, files(folder)[0]!)).mode & 0o777).toBe(0o600);
});

test('a key that is no digest never becomes a path', () => {
  const folder = fresh();
  const cache = fileCache(folder);
  void cache.set('../../../../escape', 'x');
  expect(cache.get('../../../../escape')).toBeUndefined();
  expect(files(folder)).toEqual([]);
});

test('the oldest go when there is too much, once a day', () => {
  const folder = fresh();
  let now = Date.now();
  const run = (from: number): void => {
    const cache = fileCache(folder, { maxBytes: 4000, now: () => now });
    for (let i = from; i < from + 3; i++) {
      void cache.set(keyOf(i), 'x'.repeat(250));
      const path = join(folder, 'facts/2', keyOf(i).slice(0, 2), keyOf(i).slice(2));
      utimesSync(path, i, i);
    }
    void cache.close();
  };
  for (let from = 0; from < 30; from += 3) run(from);
  expect(files(folder)).toHaveLength(31);
  now += 25 * 60 * 60 * 1000;
  run(30);
  const left = fileCache(folder);
  expect([0, 20, 24, 32].map((i) => left.get(keyOf(i)) !== undefined)).toEqual([false, false, true, true]);
});

test('much written at once is pruned at once', () => {
  const folder = fresh();
  const cache = fileCache(folder, { maxBytes: 4000 });
  for (let i = 0; i < 50; i++) void cache.set(keyOf(i), 'x'.repeat(1000));
  void cache.close();
  expect(files(folder).length).toBeLessThan(5);
});

test.skipIf(process.getuid?.() === 0)(
  'a folder that is not ours to write makes it forget (skipped for root)',
  () => {
    const folder = fresh();
    chmodSync(folder, 0o500);
    const cache = fileCache(folder);
    void cache.set(keyOf(1), 'x');
    expect(cache.get(keyOf(1))).toBeUndefined();
  },
);

test('a file where the folder should be makes it forget', () => {
  const file = join(fresh(), 'file');
  writeFileSync(file, '');
  const cache = fileCache(file);
  void cache.set(keyOf(1), 'x');
  expect(cache.get(keyOf(1))).toBeUndefined();
  void cache.close();
});

test('many writers of one key leave one whole value', () => {
  const folder = fresh();
  const caches = Array.from({ length: 10 }, () => fileCache(folder));
  for (const [i, cache] of caches.entries()) void cache.set(keyOf(1), `value ${i}`);
  expect(caches[0]!.get(keyOf(1))).toBe('value 9');
  expect(files(folder)).toHaveLength(1);
});

test.skipIf(process.platform === 'win32')('where it lies', () => {
  expect(defaultCacheFolder({ XDG_CACHE_HOME: '/x' })).toBe('/x/assay');
  expect(defaultCacheFolder({ XDG_CACHE_HOME: 'relative' })).toMatch(/\.cache\/assay$/);
});
