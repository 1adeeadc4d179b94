import { expect, test } from 'vitest';
import { componentTable } from '../analysis/timeline/component-table.ts';
import type { ResultCache } from '../model/cache.ts';
import type { CommitHistory, HistoryFile } from '../model/commit-history.ts';
import type { Extractor } from '../model/extractor.ts';
import { AssayError } from '../model/problem.ts';
import { historyReader, type HistoryPoint } from './commit-history.ts';
import { keepPoints, keptPoints, keyOfPoints } from './kept-points.ts';
import { defaultLimits } from './limits.ts';

/** Trees by id: path to text. A blob's id is its text. Counts what is read. */
function historyOf(trees: Readonly<Record<string, Readonly<Record<string, string>>>>): {
  readonly history: CommitHistory;
  readonly reads: string[];
} {
  const reads: string[] = [];
  const ids = new Map<string, number>();
  const history: Pick<CommitHistory, 'files' | 'blobAt' | 'read'> = {
    files: (tree, wanted) => {
      const files: HistoryFile[] = Object.entries(trees[tree]!)
        .filter(([path]) => wanted(path))
        .map(([path, blob]) => ({ path, blob }));
      const key = JSON.stringify(files);
      if (!ids.has(key)) ids.set(key, ids.size);
      return { id: ids.get(key)!, files, problems: [], submodules: 0 };
    },
    blobAt: (tree, path) => trees[tree]![path],
    read: (blob) => {
      if (blob === 'absent') throw new AssayError('git/missing-object', 'object absent is missing');
      reads.push(blob);
      return new TextEncoder().encode(blob);
    },
  };
  return { history: history as CommitHistory, reads };
}

/** Reads `name version` a line; asks for `include.txt` beside it, whose lines count too. */
const lockfile: Extractor = {
  id: 'npm/test-lock',
  version: 1,
  ecosystem: 'npm',
  title: 'a list',
  files: ['list.lock'],
  notes: '',
  claims: (path) => path.endsWith('list.lock'),
  companions: (file) => (file.path.endsWith('list.lock') ? ['include.txt'] : []),
  extract: (file, companion) => ({
    role: 'lock',
    components: `${file.text}\n${companion('include.txt') ?? ''}`
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => {
        const [name, version] = line.split(' ');
        return { name: name!, version: version!, origin: 'registry', line: 0 };
      }),
    edges: [],
    edgesKnown: false,
    covers: [],
    observations: [],
    problems: [],
  }),
};

const counting = (): { readonly extractor: Extractor; runs: () => number } => {
  let count = 0;
  return {
    extractor: { ...lockfile, extract: (...given) => (count++, lockfile.extract(...given)) },
    runs: () => count,
  };
};

const namesOf = (point: HistoryPoint, table: ReturnType<typeof componentTable>): string[] =>
  point.files.flatMap(({ facts }) =>
    [...(facts?.components ?? [])].map((number) => {
      const { name, version } = table.components[number]!;
      return `${name} ${version}`;
    }),
  );

const memory = (): ResultCache & { readonly held: Map<string, string> } => {
  const held = new Map<string, string>();
  return {
    held,
    get: async (key) => held.get(key),
    set: async (key, value) => void held.set(key, value),
  } as ResultCache & { readonly held: Map<string, string> };
};

const trees = {
  one: { 'list.lock': 'a 1', 'main.c': 'x' },
  two: { 'list.lock': 'a 1', 'main.c': 'y' },
  three: { 'list.lock': 'a 1', 'include.txt': 'b 2' },
  four: { 'list.lock': 'a 2', 'include.txt': 'b 2' },
};

const question = {
  trees: ['one', 'two', 'three', 'four'],
  folder: '',
  ignore: [],
  extractors: [lockfile],
  limits: defaultLimits,
};

test('a file is parsed once for each content that it and its companions have', async () => {
  const { extractor, runs } = counting();
  const table = componentTable();
  const read = historyReader(historyOf(trees).history, {
    extractors: [extractor],
    isIgnored: () => false,
    table,
  });
  const points = [];
  for (const tree of ['one', 'two', 'three', 'four', 'three', 'one']) points.push(await read(tree));
  expect(points.map((point) => namesOf(point, table))).toEqual([
    ['a 1'],
    ['a 1'],
    ['a 1', 'b 2'],
    ['a 2', 'b 2'],
    ['a 1', 'b 2'],
    ['a 1'],
  ]);
  expect(runs()).toBe(3);
  expect([points[1] === points[0], points[5] === points[0], points[4] === points[2]]).toEqual([
    true,
    true,
    true,
  ]);
});

test('what was parsed is kept as it comes: the next run goes on where an aborted one was', async () => {
  const padding = `\n#${'x'.repeat(20_000)}`;
  const padded = Object.fromEntries(
    Object.entries(trees).map(([tree, files]) => [
      tree,
      { ...files, 'list.lock': files['list.lock'] + padding },
    ]),
  );
  const cache = memory();
  const abort = new AbortController();
  const first = counting();
  const options = { isIgnored: () => false, cache };
  const read = historyReader(historyOf(padded).history, {
    ...options,
    extractors: [first.extractor],
    table: componentTable(),
    signal: abort.signal,
  });
  await read('one');
  await read('three');
  abort.abort(new Error('stopped'));
  await expect(read('four')).rejects.toThrow('stopped');
  const second = counting();
  const table = componentTable();
  const { history, reads } = historyOf(padded);
  const again = historyReader(history, { ...options, extractors: [second.extractor], table });
  expect(namesOf(await again('one'), table)).toEqual(['a 1']);
  expect(namesOf(await again('three'), table)).toEqual(['a 1', 'b 2']);
  expect([second.runs(), reads]).toEqual([0, []]);
  expect(namesOf(await again('four'), table)).toEqual(['a 2', 'b 2']);
  expect(second.runs()).toBe(1);
  for (const key of cache.held.keys()) cache.held.set(key, '{"broken');
  const third = counting();
  const after = historyReader(historyOf(padded).history, {
    ...options,
    extractors: [third.extractor],
    table,
  });
  expect(namesOf(await after('three'), table)).toEqual(['a 1', 'b 2']);
  expect(third.runs()).toBe(1);
});

test('a file whose object is not there costs itself, and is told', async () => {
  const table = componentTable();
  const read = historyReader(historyOf({ one: { 'list.lock': 'absent', 'sub/list.lock': 'a 1' } }).history, {
    extractors: [lockfile],
    isIgnored: () => false,
    table,
  });
  const { files } = await read('one');
  expect(files.map(({ path, facts }) => [path, facts === undefined])).toEqual([
    ['list.lock', true],
    ['sub/list.lock', false],
  ]);
  expect(files[0]?.problems).toMatchObject([{ code: 'file/unreadable', lost: true }]);
});

test('the points of all trees are kept as one, in the same numbers, and commits that do not differ share one', async () => {
  const cache = memory();
  const table = componentTable();
  const read = historyReader(historyOf(trees).history, { ...question, isIgnored: () => false, table });
  const points = [];
  for (const tree of question.trees) points.push(await read(tree));
  const key = keyOfPoints(question);
  await keepPoints(cache, key, points, table);
  const filled = componentTable();
  const kept = await keptPoints(cache, key, filled);
  expect(kept).toEqual(points);
  expect([filled.components, filled.names()]).toEqual([table.components, table.names()]);
  expect(kept![1]).toBe(kept![0]);
});

test('other trees, settings or extractors are another question', () => {
  const keys = [
    question,
    { ...question, trees: ['one', 'two'] },
    { ...question, folder: 'sub' },
    { ...question, ignore: ['test/**'] },
    { ...question, extractors: [{ ...lockfile, version: 2 }] },
    { ...question, limits: { ...defaultLimits, fileBytes: 1 } },
  ].map(keyOfPoints);
  expect(new Set(keys).size).toBe(keys.length);
});

test('points are not kept when an object is absent, and what is no such entry counts as absent', async () => {
  const cache = memory();
  const table = componentTable();
  const read = historyReader(historyOf({ one: { 'list.lock': 'absent' } }).history, {
    ...question,
    isIgnored: () => false,
    table,
  });
  await keepPoints(cache, 'key', [await read('one')], table);
  expect(cache.held.size).toBe(0);
  for (const text of ['{', 'null', '{"components":[]}']) {
    cache.held.set('key', text);
    expect(await keptPoints(cache, 'key', componentTable())).toBeUndefined();
  }
});
