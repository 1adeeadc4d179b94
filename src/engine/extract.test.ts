import { expect, test } from 'vitest';
import { memory } from '../adapters/tree/memory.ts';
import type { Extractor } from '../model/extractor.ts';
import type { Tree } from '../model/tree.ts';
import { memoryCache } from './cache.ts';
import type { ExtractOptions } from './extract.ts';
import { extractAll } from './extract.ts';

/** Reads lines: `+name` is a component, `include PATH` a companion whose components count too. */
function lines(id: string, extra: Partial<Extractor> = {}): Extractor & { runs: number } {
  const includes = (text: string) =>
    text.split('\n').flatMap((line) => /^include (.*)$/.exec(line)?.[1] ?? []);
  const names = (text: string) => text.split('\n').flatMap((line) => /^\+(.*)$/.exec(line)?.[1] ?? []);
  const extractor: Extractor & { runs: number } = {
    runs: 0,
    id,
    version: 1,
    ecosystem: 'npm',
    title: 'lines',
    files: ['*.list'],
    notes: '',
    claims: (path) => path.endsWith('.list'),
    companions: (file) => includes(file.text),
    extract: (file, companion) => {
      extractor.runs++;
      const seen = new Set([file.path]);
      const gather = (text: string): string[] => [
        ...names(text),
        ...includes(text).flatMap((path) => {
          if (seen.has(path)) return [];
          seen.add(path);
          const more = companion(path);
          return more === undefined ? [`absent ${path}`] : gather(more);
        }),
      ];
      const components = gather(file.text).map((name) => ({
        name,
        version: '1',
        origin: 'registry' as const,
        line: 1,
      }));
      return {
        role: 'lock',
        components,
        edges: [],
        edgesKnown: true,
        covers: [],
        observations: [],
        problems: [],
      };
    },
    ...extra,
  };
  return extractor;
}

const run = (tree: Tree, extractors: readonly Extractor[], options: Partial<ExtractOptions> = {}) =>
  extractAll(tree, { extractors, ...options });
const namesOf = (result: Awaited<ReturnType<typeof run>>) =>
  result.extractions.map(({ path, extractor, extraction }) =>
    [path, extractor, ...extraction.components.map((component) => component.name)].join(' '),
  );

test('claimed files are read, with companions of companions, in order of path and extractor', async () => {
  const tree = memory({
    'b.list': '+b\ninclude inc/1',
    'a.list': '+a',
    'inc/1': '+one\ninclude inc/2',
    'inc/2': '+two\ninclude inc/1\ninclude no',
    other: '+x',
  });
  const result = await run(tree, [lines('z'), lines('y')]);
  expect(namesOf(result)).toEqual([
    'a.list y a',
    'a.list z a',
    'b.list y b one two absent no',
    'b.list z b one two absent no',
  ]);
  expect([result.filesSeen, result.fromCache, result.problems]).toEqual([5, 0, []]);
});

test('the second time comes from the cache, and says the same', async () => {
  const cache = memoryCache();
  const files = { 'a.list': '+a\ninclude i', i: '+i', 'b.list': new Uint8Array([43, 0xe9, 10]) };
  const extractor = lines('x');
  const first = await run(memory(files), [extractor], { cache });
  const second = await run(memory(files), [extractor], { cache });
  expect(extractor.runs).toBe(2);
  expect({ ...second, fromCache: 0 }).toEqual(first);
  expect(second.fromCache).toBe(2);
  expect(second.problems.map((problem) => problem.code)).toEqual(['file/encoding']);
});

test.for([
  ['the file changed', { 'a.list': '+b\ninclude i', i: '+i' }, 1, 'a.list x b i'],
  ['a companion changed', { 'a.list': '+a\ninclude i', i: '+j' }, 1, 'a.list x a j'],
  ['a companion is gone', { 'a.list': '+a\ninclude i' }, 1, 'a.list x a absent i'],
  ['the extractor changed', { 'a.list': '+a\ninclude i', i: '+i' }, 2, 'a.list x a i'],
  ['an unrelated file appeared', { 'a.list': '+a\ninclude i', i: '+i', 'z.txt': 'x' }, 1, undefined],
] as const)(
  'the cache does not hold when %s (but for unrelated things)',
  async ([, files, version, expected]) => {
    const cache = memoryCache();
    const extractor = lines('x');
    await run(memory({ 'a.list': '+a\ninclude i', i: '+i' }), [extractor], { cache });
    const again = lines('x', { version });
    const result = await run(memory(files), [again], { cache });
    expect(result.fromCache).toBe(expected === undefined ? 1 : 0);
    expect(namesOf(result)).toEqual([expected ?? 'a.list x a i']);
  },
);

test('a companion that appears is taken, though it was absent when the extraction was kept', async () => {
  const cache = memoryCache();
  await run(memory({ 'a.list': '+a\ninclude i' }), [lines('x')], { cache });
  const result = await run(memory({ 'a.list': '+a\ninclude i', i: '+i' }), [lines('x')], { cache });
  expect(namesOf(result)).toEqual(['a.list x a i']);
});

test('a search for companions is made again when the tree has others', async () => {
  const cache = memoryCache();
  const extractor = lines('x', {
    claims: (path) => path === 'w/a.list',
    companions: (_file, claimed, named) => (claimed === 'w/a.list' ? named!('w', 'm.list') : []),
    extract: (_file, companion, found = []) => ({
      role: 'lock',
      components: found.map((path) => ({
        name: `${path}=${companion(path)}`,
        version: '1',
        origin: 'registry' as const,
        line: 1,
      })),
      edges: [],
      edgesKnown: true,
      covers: [],
      observations: [],
      problems: [],
    }),
  });
  const files = { 'w/a.list': '', 'w/q/m.list': '+m', 'w/am.list': '', 'm.list': '', 'w.m/m.list': '' };
  for (const [more, expected, fromCache] of [
    [{}, 'w/a.list x w/q/m.list=+m', 0],
    [{ 'v/m.list': '+v' }, 'w/a.list x w/q/m.list=+m', 1],
    [{ 'w/m.list': '+n' }, 'w/a.list x w/m.list=+n w/q/m.list=+m', 0],
    [{ 'w/q/m.list': '+o' }, 'w/a.list x w/q/m.list=+o', 0],
  ] as const) {
    const result = await run(memory({ ...files, ...more }), [extractor], { cache });
    expect([namesOf(result), result.fromCache]).toEqual([[expected], fromCache]);
  }
});

test('damaged cache entries are misses', async () => {
  const entries = new Map<string, string>();
  const tree = () => memory({ 'a.list': '+a' });
  await run(tree(), [lines('x')], { cache: memoryCache(entries) });
  for (const damage of ['', '{}', '{"asked":[],"problems":[]}\n', '{"asked":[],"problems":[]}\n{}', '\n\n']) {
    for (const key of entries.keys()) entries.set(key, damage);
    const result = await run(tree(), [lines('x')], { cache: memoryCache(entries) });
    expect([damage, result.fromCache, namesOf(result)]).toEqual([damage, 0, ['a.list x a']]);
  }
});

test('an extractor that throws costs its file, not the scan, and is not kept', async () => {
  const cache = memoryCache();
  const broken = lines('broken', {
    extract: () => {
      throw new Error('oops');
    },
  });
  const asks = lines('asks', {
    companions: () => {
      throw new Error('worse');
    },
  });
  for (let round = 0; round < 2; round++) {
    const result = await run(memory({ 'a.list': '+a' }), [broken, asks, lines('fine')], { cache });
    expect(result.problems.map(({ code, at, lost }) => [code, at?.path, lost])).toEqual([
      ['engine/extractor-failed', 'a.list', true],
      ['engine/extractor-failed', 'a.list', true],
    ]);
    expect(namesOf(result)).toEqual(['a.list fine a']);
  }
});

test('what Go vendored is left out, and said; another folder of the name is read', async () => {
  const files = {
    'vendor/modules.txt': '# a.example/b v1.0.0\n',
    'vendor/a.example/b/x.list': '+b',
    'web/vendor/x.list': '+c',
  };
  const { extractions, skipped } = await run(memory(files), [lines('x')]);
  expect(extractions.map(({ path }) => path)).toEqual(['web/vendor/x.list']);
  expect(skipped).toMatchObject([{ path: 'vendor', why: expect.stringContaining('go.mod') }]);
});

test('an extractor that answers for binary files is asked, without text', async () => {
  const files = { 'a.list': Uint8Array.of(0, 1, 2), 'b.list': Uint8Array.of(0) };
  const extractor = lines('x', { binary: (path) => path === 'a.list' });
  const { extractions, problems } = await extractAll(memory(files), { extractors: [extractor], workers: 0 });
  expect(extractions.map(({ path, extraction }) => [path, extraction.components.length])).toEqual([
    ['a.list', 0],
  ]);
  expect(problems.map(({ code, at }) => [code, at?.path])).toEqual([['file/binary', 'b.list']]);
});

test('files that are binary or too large are problems that lose something', async () => {
  const tree = memory({ 'a.list': new Uint8Array([1, 0]), 'b.list': 'x'.repeat(101), 'c.list': '+c' });
  const result = await run(tree, [lines('x')], { limits: { fileBytes: 100 } });
  expect(result.problems.map(({ code, at, lost }) => [code, at?.path, lost])).toEqual([
    ['file/binary', 'a.list', true],
    ['file/too-large', 'b.list', true],
  ]);
  expect(namesOf(result)).toEqual(['c.list x c']);
});

test.for([
  ['count', { companions: 3 }],
  ['names asked for', { companionsAsked: 3 }],
  ['depth', { companionDepth: 3 }],
  ['bytes', { companionBytes: 50 }],
] as const)('companions are limited by %s', async ([, limits]) => {
  const chain = Object.fromEntries(
    Array.from({ length: 9 }, (_, i) => [`i${i}`, `+${i}\ninclude i${i + 1}`]),
  );
  const result = await run(memory({ 'a.list': 'include i0', ...chain }), [lines('x')], { limits });
  expect(result.problems.map(({ code, lost }) => [code, lost])).toEqual([
    ['engine/too-many-companions', true],
  ]);
  expect(result.extractions).toHaveLength(1);
});

test('too many manifests: the first by path are read', async () => {
  const tree = memory({ 'a.list': '+a', 'b.list': '+b', 'c.list': '+c' });
  const result = await run(tree, [lines('x')], { limits: { claimedFiles: 2 } });
  expect(namesOf(result)).toEqual(['a.list x a', 'b.list x b']);
  expect(result.problems).toMatchObject([{ code: 'engine/too-many-files', lost: true }]);
});

test('the order of the listing does not matter', async () => {
  const tree = memory({ 'a.list': '+a\ninclude i', i: '+i', 'b/c.list': '+c', 'b.list': '+b' });
  const { entries, problems, skipped } = await tree.list();
  const expected = await run(tree, [lines('y'), lines('x')]);
  for (let turn = 0; turn < entries.length; turn++) {
    const turned = [...entries.slice(turn), ...entries.slice(0, turn)];
    const other: Tree = {
      ...tree,
      name: 'turned',
      list: async () => ({ entries: turned, problems, skipped }),
    };
    expect(await run(other, [lines('x'), lines('y')])).toEqual(expected);
  }
});

test('an abort ends it', async () => {
  const controller = new AbortController();
  const slow = lines('x', {
    extract: () => {
      controller.abort(new Error('enough'));
      const end = performance.now() + 40;
      while (performance.now() < end);
      return {
        role: 'lock',
        components: [],
        edges: [],
        edgesKnown: true,
        covers: [],
        observations: [],
        problems: [],
      };
    },
  });
  const tree = memory({ 'a.list': '', 'b.list': '', 'c.list': '' });
  await expect(run(tree, [slow], { signal: controller.signal })).rejects.toThrow('enough');
});

test('extractors that no worker knows run here, also when there is much to do', async () => {
  const tree = memory(Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`${i}.list`, `+${i}`])));
  const result = await run(tree, [lines('x')], { limits: { poolFromBytes: 0 }, workers: 2 });
  expect(result.extractions).toHaveLength(40);
  expect(result.problems).toEqual([]);
});
