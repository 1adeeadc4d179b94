import { expect, test } from 'vitest';
import { numbers, startedKernel } from '../kernel/testing/started.ts';
import { readHistory } from './read-history.ts';
import type { MadeObject } from './testing/memory-store.ts';
import { makeDelta, makePack, memoryStore } from './testing/memory-store.ts';

interface Made {
  readonly store: ReturnType<typeof memoryStore>;
  /** What each object is, by its number: the order of the pack is that of the table. */
  readonly texts: readonly Buffer[];
}

/** Blobs, each whole or a delta of one before it. */
function made(count: number, seed: number, damage: (i: number) => boolean = () => false): Made {
  const random = numbers(seed);
  const texts: Buffer[] = [];
  const objects: MadeObject[] = [];
  for (let i = 0; i < count; i++) {
    const base = random(i + 1) - 1;
    const own = `${i} ${'abcdefgh'.repeat(random(12))}`;
    const data = damage(i) ? { data: Buffer.from('no zlib') } : {};
    if (base < 0) {
      texts.push(Buffer.from(own));
      objects.push({ kind: 'blob', bytes: texts[i]!, ...data });
      continue;
    }
    const size = 1 + random(texts[base]!.length);
    const bytes = makeDelta(texts[base]!.length, [0, size], own);
    texts.push(Buffer.concat([texts[base]!.subarray(0, size), Buffer.from(own)]));
    objects.push({ kind: 'ofs-delta', base, bytes, id: i.toString(16).padStart(40, '0'), ...data });
  }
  return { store: memoryStore([makePack(objects)]), texts };
}

function rebuilt(
  { store }: Made,
  isWanted: (object: number) => boolean,
  most: number = 1 << 20,
  mostRebuiltBytes: number = 1 << 30,
): { readonly texts: Map<number, string>; readonly lost: number[] } {
  const { kernel, heap } = startedKernel();
  const history = readHistory(store, kernel, heap, { mostRebuiltBytes });
  for (const batch of history.batches()) expect(batch.size).toBeGreaterThan(0);
  const texts = new Map<number, string>();
  const lost: number[] = [];
  history.rebuild(
    isWanted,
    most,
    (object, address, size) => {
      expect(texts.has(object)).toBe(false);
      texts.set(object, Buffer.from(heap.bytes().slice(address, address + size)).toString());
    },
    (object) => lost.push(object),
  );
  return { texts, lost };
}

test('objects that are wanted are given as they were, and no others', () => {
  for (let seed = 1; seed <= 8; seed++) {
    const all = made(60, seed);
    const { texts, lost } = rebuilt(all, (object) => object % 3 === 0);
    expect(lost).toEqual([]);
    expect([...texts.keys()].sort((a, b) => a - b)).toEqual(
      all.texts.flatMap((_, i) => (i % 3 === 0 ? i : [])),
    );
    for (const [object, text] of texts) expect(text).toBe(all.texts[object]!.toString());
  }
});

test('what is too large is lost, and what is a delta of it is not', () => {
  const all = made(60, 3);
  const { texts, lost } = rebuilt(all, () => true, 60);
  const isLarge = (object: number): boolean => all.texts[object]!.length > 60;
  expect(lost.sort((a, b) => a - b)).toEqual(all.texts.flatMap((_, i) => (isLarge(i) ? i : [])));
  expect(texts.size).toBe(60 - lost.length);
  for (const [object, text] of texts) expect(text).toBe(all.texts[object]!.toString());
});

test('what is damaged is lost, and all that is a delta of it', () => {
  const all = made(60, 5, (i) => i === 7);
  const { texts, lost } = rebuilt(all, () => true);
  expect(lost).toContain(7);
  expect(texts.size + lost.length).toBe(60);
  for (const [object, text] of texts) expect(text).toBe(all.texts[object]!.toString());
});

test('a pack that would rebuild without end stops at its budget, and says what is lost', () => {
  const all = made(60, 5);
  const { texts, lost } = rebuilt(all, () => true, 1 << 20, 300);
  expect(lost.length).toBeGreaterThan(0);
  expect(texts.size + lost.length).toBe(60);
});
