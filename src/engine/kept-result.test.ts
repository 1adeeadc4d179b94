import { expect, test } from 'vitest';
import { memory } from '../adapters/tree/memory.ts';
import type { Extraction, Extractor } from '../model/extractor.ts';
import type { Tree } from '../model/tree.ts';
import { memoryCache } from './cache.ts';
import { planExtraction, type ExtractOptions, type ExtractResult } from './extract.ts';
import { resultPlace } from './kept-result.ts';

const EMPTY: Extraction = {
  role: 'lock',
  components: [],
  edges: [],
  edgesKnown: true,
  covers: [],
  observations: [],
  problems: [],
};

/** Reads every `.list` and asks for the paths that its lines name, and for every file called `common`. */
const extractor: Extractor = {
  id: 'test/list',
  version: 1,
  ecosystem: 'npm',
  title: 'lists',
  files: ['*.list'],
  notes: '',
  claims: (path) => path.endsWith('.list'),
  companions: (file, _path, named) => [...file.text.split('\n'), ...(named?.('', 'common') ?? [])],
  extract: () => EMPTY,
};
const FILES = { 'a.list': 'b\nabsent', b: '+b', 'deep/common': '1', other: 'x' };

interface Once {
  readonly cache: Map<string, string>;
  readonly tree?: Tree;
  readonly madeOf?: readonly unknown[];
  readonly options?: Partial<ExtractOptions>;
}

/** One run: the text that was kept, else makes and keeps `made`. */
async function once(made: string, { cache, tree = memory(FILES), madeOf = [], options = {} }: Once) {
  const kept = memoryCache(cache);
  const plan = await planExtraction(tree, {
    extractors: [extractor],
    cache: kept,
    workers: 0,
    ...options,
  });
  const place = await resultPlace(plan, kept, madeOf);
  const found = await place?.get();
  if (found !== undefined) return found;
  const extracted: ExtractResult = await plan.run();
  await place?.set(extracted, [made.slice(0, 1), made.slice(1)], 3);
  return undefined;
}

test('a result is kept with its number, and found again for the same', async () => {
  const cache = new Map<string, string>();
  expect(await once('first\n{}', { cache })).toBeUndefined();
  expect(await once('second', { cache })).toEqual({ text: 'first\n{}', code: 3 });
});

test('a file that no extractor asked for changes nothing', async () => {
  const cache = new Map<string, string>();
  await once('first', { cache });
  expect(await once('second', { cache, tree: memory({ ...FILES, other: 'y' }) })).toMatchObject({
    text: 'first',
  });
});

test.for([
  ['a claimed file', { ...FILES, 'a.list': 'b\nabsent\n' }],
  ['a claimed file that is new', { ...FILES, 'z.list': '' }],
  ['a claimed file that is gone', { b: '+b', 'deep/common': '1' }],
  ['a companion', { ...FILES, b: '+c' }],
  ['a companion that is gone', { 'a.list': FILES['a.list'], 'deep/common': '1' }],
  ['a companion that was absent', { ...FILES, absent: '' }],
  ['what a search found', { ...FILES, 'deeper/common': '1' }],
  ['a companion found by a search', { ...FILES, 'deep/common': '2' }],
] as const)('%s changes: made anew', async ([, files]) => {
  const cache = new Map<string, string>();
  await once('first', { cache });
  expect(await once('second', { cache, tree: memory(files) })).toBeUndefined();
  expect(await once('third', { cache, tree: memory(files) })).toMatchObject({ text: 'second' });
});

test.for([
  ['the version of the extractor', { options: { extractors: [{ ...extractor, version: 2 }] } }],
  ['a limit', { options: { limits: { fileBytes: 1e6 } } }],
  ['what else it is made of', { madeOf: ['json'] }],
] as const)('%s changes: made anew', async ([, more]) => {
  const cache = new Map<string, string>();
  await once('first', { cache });
  expect(await once('second', { cache, ...more })).toBeUndefined();
});

test('problems and what was skipped in the listing are part of it', async () => {
  const cache = new Map<string, string>();
  await once('first', { cache });
  const tree = memory(FILES);
  const skipping: Tree = {
    ...tree,
    list: async () => ({ ...(await tree.list()), skipped: [{ path: 'x', why: 'y' }] }),
  };
  const troubled: Tree = {
    ...tree,
    list: async () => ({ ...(await tree.list()), problems: [{ code: 'x', message: 'y' }] }),
  };
  expect(await once('second', { cache, tree: skipping })).toBeUndefined();
  expect(await once('third', { cache, tree: troubled })).toBeUndefined();
});

test('nothing is kept of a run that may come out differently from the same files', async () => {
  const throwing: Extractor = {
    ...extractor,
    extract: () => {
      throw new Error('no');
    },
  };
  const tooLarge = { limits: { fileBytes: 10 } };
  const unheld = { limits: { heldBytes: 4 } };
  const large = memory({ ...FILES, 'large.list': 'more than ten bytes' });
  const largeCompanion = memory({ ...FILES, b: 'more than ten bytes' });
  for (const run of [
    { options: { extractors: [throwing] } },
    { options: tooLarge, tree: large },
    { options: tooLarge, tree: largeCompanion },
    { options: unheld },
  ]) {
    const cache = new Map<string, string>();
    await once('first', { cache, ...run });
    expect(await once('second', { cache, ...run })).toBeUndefined();
  }
});

test('a value that is not ours, cut or of another shape is a miss', async () => {
  for (const damage of [
    (text: string) => text.slice(0, 5),
    () => '',
    () => '\n',
    () => '{"asked":1,"code":0}\ntext',
    () => '{"asked":[]}\ntext',
    () => 'null\ntext',
    () => '{"asked":[1],"code":0}\ntext',
    () => '{"asked":[[1]],"code":0}\ntext',
    (text: string) => text.replace('"a', '"'),
  ]) {
    const cache = new Map<string, string>();
    await once('first', { cache });
    for (const [key, value] of cache) cache.set(key, damage(value));
    expect(await once('second', { cache })).toBeUndefined();
    expect(await once('third', { cache })).toMatchObject({ text: 'second' });
  }
});
