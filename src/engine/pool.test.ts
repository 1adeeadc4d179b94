import { expect, test } from 'vitest';
import { extractors } from '../analysis/ecosystems/index.ts';
import { memory } from '../adapters/tree/memory.ts';
import { extractAll } from './extract.ts';
import type { Answer } from './pool.ts';
import { createPool, extractionWorker } from './pool.ts';

const odd = new URL('./testing/odd-worker.ts', import.meta.url);
const task = (text: string) => ({
  extractor: 'x',
  file: { path: 'p', text },
  companions: new Map<string, string>(),
});
const runAll = async (texts: readonly string[], size = 2, ms = 1000, script = odd): Promise<Answer[]> => {
  const pool = createPool(script, size, ms);
  try {
    return await Promise.all(texts.map((text) => pool.run(task(text))));
  } finally {
    await pool.close();
  }
};
const done = (encoded: string): Answer => ({ kind: 'done', encoded });

test('answers belong to their tasks', async () => {
  const texts = Array.from({ length: 50 }, (_, i) => `${i}`);
  expect(await runAll(texts)).toEqual(texts.map(done));
});

test.for([
  ['crash', 'its worker ended'],
  ['throw', 'thrown'],
  ['hang', 'it took more than 1000 ms'],
  ['refuse', 'refused'],
] as const)('a task that would %s costs itself only', async ([text, why]) => {
  expect(await runAll(['a', text, 'b', 'c', text, 'd'], 1)).toEqual([
    done('a'),
    { kind: 'failed', why },
    done('b'),
    done('c'),
    { kind: 'failed', why },
    done('d'),
  ]);
});

test('without workers, or with one that cannot start, the caller does it', async () => {
  expect(await runAll(['a'], 0)).toEqual([{ kind: 'unavailable' }]);
  const nowhere = new URL('./testing/no-such-file.ts', import.meta.url);
  expect(await runAll(['a', 'b'], 1, 1000, nowhere)).toEqual([
    { kind: 'unavailable' },
    { kind: 'unavailable' },
  ]);
});

test('the file of the worker is found from the source and from the bundle', () => {
  expect(extractionWorker('file:///r/src/engine/pool.ts').href).toBe('file:///r/src/engine/worker.ts');
  expect(extractionWorker('file:///r/dist/start.cjs').href).toBe('file:///r/dist/worker.cjs');
  expect(extractionWorker('file:///r/dist/chunks/scan-1.cjs').href).toBe('file:///r/dist/worker.cjs');
});

test('workers give what this thread gives', async () => {
  const lock = (i: number) =>
    JSON.stringify({
      name: `p${i}`,
      lockfileVersion: 3,
      packages: {
        '': { name: `p${i}`, dependencies: { a: '^1' } },
        'node_modules/a': { version: `1.0.${i}` },
      },
    });
  const tree = () =>
    memory(Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`p${i}/package-lock.json`, lock(i)])));
  const here = await extractAll(tree(), { extractors, workers: 0 });
  const there = await extractAll(tree(), { extractors, workers: 2, limits: { poolFromBytes: 0 } });
  expect(here.extractions.length).toBeGreaterThan(29);
  expect(there).toEqual(here);
});
