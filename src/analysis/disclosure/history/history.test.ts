import { describe, expect, test } from 'vitest';
import type { PackFile } from '../../../model/history.ts';
import { drawn, startedKernel } from '../kernel/testing/started.ts';
import { hitsOf } from './hits.ts';
import { readHistory } from './read-history.ts';
import type { MadeObject } from './testing/memory-store.ts';
import { idOf, makeDelta, makePack, memoryStore } from './testing/memory-store.ts';
import { readAll } from './testing/read-all.ts';

const blob = (text: string): MadeObject => ({ kind: 'blob', bytes: Buffer.from(text) });
const idOfText = (text: string): string => idOf('blob', Buffer.from(text));
const delta = (base: number, id: string, bytes: Uint8Array): MadeObject => ({
  kind: 'ofs-delta',
  base,
  bytes,
  id,
});
const BASE = 'one\ntwo\nthree\n';

/** Runs as text, by id. */
const texts = (
  packs: readonly PackFile[],
  ...rest: Parameters<typeof memoryStore> extends [unknown, ...infer R] ? R : never
) => {
  const { runs, history } = readAll(memoryStore(packs, ...rest));
  return {
    runs: Object.fromEntries(
      Array.from(runs, ([id, own]) => [id, own.map(({ offset, text }) => `${offset} ${text.toString()}`)]),
    ),
    problems: history.problems,
    states: Array.from({ length: history.objects.count }, (_, i) => history.objects.stateOf(i)),
  };
};

test('a root is given whole, a delta by the lines that it brought in', () => {
  const changed = 'one\n2\nthree\n';
  const pack = makePack([
    blob(BASE),
    delta(0, idOfText(changed), makeDelta(14, [0, 4], '2\n', [8, 6])),
    { kind: 'commit', bytes: Buffer.from('tree x\n\nhello') },
    { kind: 'tree', bytes: Buffer.from('100644 name\0') },
  ]);
  expect(texts([pack])).toEqual({
    runs: {
      [idOfText(BASE)]: [`0 ${BASE}`],
      [idOfText(changed)]: ['4 2\n'],
      [idOf('commit', Buffer.from('tree x\n\nhello'))]: ['0 tree x\n\nhello'],
    },
    problems: [],
    states: ['whole', 'delta', 'whole', 'unread'],
  });
});

test('of trees, entries come that are new', () => {
  const one = `100644 ${'a'.repeat(255)}\0${'i'.repeat(20)}`;
  const two = `${one}100644 b\0${'j'.repeat(20)}`;
  const pack = makePack([
    { kind: 'tree', bytes: Buffer.from(one) },
    {
      kind: 'ofs-delta',
      base: 0,
      bytes: makeDelta(one.length, [0, one.length], two.slice(one.length)),
      id: 'a'.repeat(40),
    },
  ]);
  const { runs } = readAll(memoryStore([pack]), { kinds: ['tree'] });
  expect(runs.get('a'.repeat(40))!.map(({ text }) => text.toString())).toEqual([two.slice(one.length)]);
});

describe('several places', () => {
  test('an object that is in two packs is given once, and its deltas in both', () => {
    const packs = [
      makePack([blob(BASE), blob('other')]),
      makePack([blob(BASE), delta(0, 'b'.repeat(40), makeDelta(14, [0, 14], 'four\n'))]),
    ];
    expect(texts(packs)).toEqual({
      runs: {
        [idOfText(BASE)]: [`0 ${BASE}`],
        [idOfText('other')]: ['0 other'],
        ['b'.repeat(40)]: ['14 four\n'],
      },
      problems: [],
      states: ['whole', 'whole', 'same', 'delta'],
    });
  });

  test('one that is damaged in a pack is taken from another', () => {
    const bad = { ...blob(BASE), data: Buffer.from('damaged!') };
    const found = texts([makePack([bad]), makePack([blob(BASE)])]);
    expect(found.runs).toEqual({ [idOfText(BASE)]: [`0 ${BASE}`] });
    expect(found.states).toEqual(['unread', 'whole']);
    expect(found.problems).toMatchObject([{ code: 'git/damaged-object', lost: true }]);
  });

  test('loose objects that no pack has', () => {
    const loose = [BASE, 'loose'].map((text) => ({
      id: idOfText(text),
      kind: 'blob' as const,
      bytes: Buffer.from(text),
    }));
    const problem = { code: 'git/damaged-object', message: 'x', lost: true };
    const found = texts([makePack([blob(BASE)])], [...loose, problem]);
    expect(found.runs).toEqual({ [idOfText(BASE)]: [`0 ${BASE}`], [idOfText('loose')]: ['0 loose'] });
    expect(found.problems).toEqual([problem]);
  });

  test('a delta of what another place has is rebuilt there, and is the base of its own deltas', () => {
    const whole = `${BASE}four\n`;
    const pack = makePack([
      {
        kind: 'ref-delta',
        baseId: 'c'.repeat(40),
        bytes: makeDelta(14, [0, 14], 'four\n'),
        id: idOfText(whole),
      },
      delta(0, 'd'.repeat(40), makeDelta(19, [0, 19], 'five\n')),
      { kind: 'ref-delta', baseId: 'e'.repeat(40), bytes: makeDelta(14, [0, 14]), id: 'f'.repeat(40) },
    ]);
    const found = texts([pack], [], (id) =>
      id === idOfText(whole) ? { id, kind: 'blob', bytes: Buffer.from(whole) } : undefined,
    );
    expect(found.runs).toEqual({ [idOfText(whole)]: [`0 ${whole}`], ['d'.repeat(40)]: ['19 five\n'] });
    expect(found.problems).toMatchObject([
      { message: expect.stringContaining('it is a delta of an object that is not there') },
    ]);
  });
});

test('text that is larger than a batch: whole, and brought in by one delta', () => {
  const large = Buffer.alloc(3_000_000, 'line\n');
  const pieces = Array.from({ length: 20_000 }, (_, i) => `${String(i).padStart(99, '.')}\n`);
  const bytes = makeDelta(large.length, ...pieces, [0, 1000]);
  const pack = makePack([{ kind: 'blob', bytes: large }, blob('small'), delta(0, 'a'.repeat(40), bytes)]);
  const { runs } = readAll(memoryStore([pack]));
  expect(runs.get(idOf('blob', large))!.map(({ text }) => text.equals(large))).toEqual([true]);
  expect(runs.get('a'.repeat(40))!.map(({ text }) => text.toString() === pieces.join(''))).toEqual([true]);
  expect(runs.get(idOfText('small'))!).toHaveLength(1);
});

test('text that was called quiet is left out where a file brings it in again; what was not comes wherever it stands', () => {
  const quiet = 'a line of no interest\n';
  const loud = 'a line of great interest\n';
  const both = makeDelta(BASE.length, [0, 4], quiet, [4, 4], loud, [8, 6]);
  const only = makeDelta(BASE.length, quiet, [0, 14]);
  const pack = makePack([
    blob(BASE),
    delta(0, 'a'.repeat(40), both),
    // Larger than a batch: what comes behind it is another's.
    { kind: 'blob', bytes: Buffer.alloc(1_200_000, 'line\n') },
    blob(`${BASE} `),
    delta(3, 'b'.repeat(40), makeDelta(BASE.length + 1, [0, 4], quiet, [4, 4], loud, [8, 6])),
    delta(0, 'c'.repeat(40), only),
    { kind: 'commit', bytes: Buffer.from(BASE) },
    delta(6, 'd'.repeat(40), only),
  ]);
  const { kernel, heap } = startedKernel();
  const history = readHistory(memoryStore([pack]), kernel, heap, { draw: drawn });
  const given: string[] = [];
  let batches = 0;
  for (const { runs, quiet: settle } of history.batches()) {
    const isLoud: number[] = [];
    for (let at = 0; at < runs.length; at += 4) {
      const text = Buffer.from(heap.bytes().subarray(runs[at], runs[at]! + runs[at + 1]!)).toString();
      if (text === loud) isLoud.push(at);
      if (text.length < 100)
        given.push(`${batches} ${history.objects.idOf(runs[at + 2]!)[0]} ${text.trim()}`);
    }
    batches++;
    settle?.(isLoud);
  }
  const [first, second] = [BASE, `${BASE} `].map((text) => idOfText(text)[0]);
  expect(given).toEqual([
    `0 ${first} one\ntwo\nthree`,
    '0 a a line of no interest',
    '0 a a line of great interest',
    '0 c a line of no interest',
    `1 ${second} one\ntwo\nthree`,
    '1 b a line of great interest',
    `1 ${idOf('commit', Buffer.from(BASE))[0]} one\ntwo\nthree`,
    '1 d a line of no interest',
  ]);
  expect(history.leftOut).toEqual({ bytes: quiet.length, blobs: 0, trees: 0 });
});

test('binary files and what objects begin with, through deltas', () => {
  const text = 'text\n'.repeat(2000);
  const image = Buffer.concat([Buffer.from('%PNG\0'), Buffer.from(text)]);
  const pack = makePack([
    { kind: 'blob', bytes: Buffer.from(text) },
    delta(0, 'a'.repeat(40), makeDelta(text.length, 'x\0y\n', [0, text.length])),
    { kind: 'blob', bytes: image },
    delta(2, 'b'.repeat(40), makeDelta(image.length, [0, image.length], 'end')),
    delta(2, 'c'.repeat(40), makeDelta(image.length, 'all new\n')),
  ]);
  const { history, numbers } = readAll(memoryStore([pack]));
  const of = (id: string): [boolean, number] => {
    const object = numbers.get(id)!;
    return [history.objects.isBinary(object), history.objects.firstBytes(object)];
  };
  expect(of(idOfText(text))).toEqual([false, Buffer.from('text').readUInt32LE()]);
  expect(of('a'.repeat(40))).toEqual([true, Buffer.from('x\0y\n').readUInt32LE()]);
  expect(of(idOf('blob', image))).toEqual([true, Buffer.from('%PNG').readUInt32LE()]);
  expect(of('b'.repeat(40))).toEqual([true, Buffer.from('%PNG').readUInt32LE()]);
  expect(of('c'.repeat(40))).toEqual([false, Buffer.from('all ').readUInt32LE()]);
});

describe('hostile packs', () => {
  test('a chain of 20,000 deltas is read without a stack, and holds two objects', () => {
    const objects: MadeObject[] = [blob(BASE)];
    let size = BASE.length;
    for (let i = 0; i < 20_000; i++) {
      const line = `${i % 10}\n`;
      objects.push(delta(i, i.toString(16).padStart(40, '0'), makeDelta(size, [0, size], line)));
      size += line.length;
    }
    const { runs, history } = readAll(memoryStore([makePack(objects)]));
    expect([runs.size, history.problems.length]).toEqual([20_001, 0]);
    expect(runs.get((19_999).toString(16).padStart(40, '0'))!.map(({ offset }) => offset)).toEqual([
      size - 2,
    ]);
  });

  test('cycles, bases that are no objects, unknown types: said, and the rest is read', () => {
    const [a, b, c] = ['a', 'b', 'c'].map((digit) => digit.repeat(40));
    const pack = makePack([
      { kind: 'ref-delta', baseId: b!, id: a!, bytes: makeDelta(1, 'x') },
      { kind: 'ref-delta', baseId: a!, id: b!, bytes: makeDelta(1, 'x') },
      { kind: 'ref-delta', baseId: c!, id: c!, bytes: makeDelta(1, 'x') },
      blob('good'),
    ]);
    const found = texts([pack]);
    expect(found.runs).toEqual({ [idOfText('good')]: ['0 good'] });
    expect(found.problems).toMatchObject([{ code: 'git/damaged-object', lost: true }]);
    expect(found.problems[0]!.message).toContain('3 objects');
  });

  test.for([
    ['a size that lies', { size: 5 }, 'it does not have the size that it says'],
    ['a size of petabytes', { size: 2 ** 50 }, 'it has more than 536870912 bytes'],
    ['data that is none', { data: Buffer.from('none') }, 'its compressed data is damaged'],
  ] as const)('%s', ([, change, why]) => {
    const pack = makePack([
      { ...blob(BASE), ...change },
      delta(0, 'a'.repeat(40), makeDelta(14, [0, 14], 'x')),
      blob('good'),
    ]);
    const found = texts([pack]);
    expect(found.runs).toEqual({ [idOfText('good')]: ['0 good'] });
    expect(found.problems[0]!.message).toContain(`${why}; 1 more are deltas of it`);
  });

  test('a pack that would rebuild without end stops at its budget', () => {
    const size = 1_000_000;
    const objects: MadeObject[] = [{ kind: 'blob', bytes: Buffer.alloc(size, 'x\n') }];
    for (let i = 0; i < 100; i++)
      objects.push(delta(i, `${i}`.padStart(40, '0'), makeDelta(size, [0, size])));
    const { history } = readAll(memoryStore([makePack(objects)]), { mostRebuiltBytes: 10 * size });
    expect(history.problems).toMatchObject([{ code: 'git/too-large', lost: true }]);
    expect(history.objects.stateOf(10)).toBe('delta');
    expect(history.objects.stateOf(11)).toBe('unread');
  });

  test('a size that the data cannot have is said before memory is set aside; the most that deflate can do is read', () => {
    const zeros = Buffer.alloc(3_000_000);
    const id = 'd'.repeat(40);
    const objects: MadeObject[] = [
      { kind: 'blob', bytes: zeros },
      { ...blob(BASE), size: 400_000_000 },
      { ...delta(0, id, makeDelta(zeros.length, [0, 4])), size: 400_000_000 },
    ];
    const { history } = readAll(memoryStore([makePack(objects)]));
    expect(history.problems).toMatchObject([
      { code: 'git/damaged-object', message: expect.stringContaining('states a size'), lost: true },
    ]);
    expect([0, 1, 2].map((row) => history.objects.stateOf(row)).toSorted()).toEqual([
      'unread',
      'unread',
      'whole',
    ]);
  });

  test('an index whose offsets are anywhere', () => {
    const pack = makePack([blob(BASE), blob('two'), blob('three')]);
    for (const offset of [0, 3, 13, 2 ** 31, 2 ** 40, pack.size]) {
      const offsets = pack.offsets.slice();
      offsets[1] = offset;
      const { history } = readAll(memoryStore([{ ...pack, offsets }]));
      expect(history.problems.length).toBeGreaterThan(0);
    }
  });

  test('a pack that was cut', () => {
    const pack = makePack(Array.from({ length: 50 }, (_, i) => blob(`text ${i}\n`.repeat(i))));
    const cut: PackFile = {
      ...pack,
      size: 600,
      read: (into, offset) => Math.max(0, Math.min(pack.read(into, offset), 600 - offset)),
    };
    const { history, runs } = readAll(memoryStore([cut]));
    expect(runs.size).toBeGreaterThan(5);
    expect(history.problems.every(({ lost }) => lost)).toBe(true);
    expect(history.problems.length).toBeGreaterThan(0);
  });
});

test('hits are followed through copies: moved lines keep them, changed lines do not', () => {
  const moved = 'new\ntwo\nthree\none\n';
  const changed = 'new\ntwo!\nthree\none\n';
  const pack = makePack([
    blob(BASE),
    delta(0, idOfText(moved), makeDelta(14, 'new\n', [4, 10], [0, 4])),
    delta(1, idOfText(changed), makeDelta(18, [0, 7], '!', [7, 11])),
    blob('unrelated'),
  ]);
  const { history, numbers } = readAll(
    memoryStore([pack, makePack([blob(BASE), delta(0, 'a'.repeat(40), makeDelta(14, [4, 10]))])]),
  );
  const root = numbers.get(idOfText(BASE))!;
  const found: string[] = [];
  history.inherit(
    hitsOf([
      { object: root, start: 4, end: 8 },
      { object: root, start: 0, end: 4 },
    ]),
    (object, placed) =>
      found.push(
        `${history.objects.idOf(object)} ${placed.map(({ hit, start }) => `${hit}@${start}`).join(' ')}`,
      ),
  );
  expect(found).toEqual([
    `${idOfText(BASE)} 1@0 0@4`,
    `${idOfText(moved)} 0@4 1@14`,
    `${idOfText(changed)} 1@15`,
    `${'a'.repeat(40)} 0@0`,
  ]);
});

test('a reader that stops early gives its memory back', () => {
  const { kernel, heap } = startedKernel();
  const pack = makePack(Array.from({ length: 40 }, (_, i) => blob(`${i}`.repeat(100_000))));
  for (let round = 0; round < 200; round++) {
    const history = readHistory(memoryStore([pack]), kernel, heap);
    for (const batch of history.batches()) if (batch.size > 0) break;
  }
  expect(kernel.memory.buffer.byteLength).toBeLessThan(64 * 1024 * 1024);
});
