import { expect, test } from 'vitest';
import { startedKernel } from '../kernel/testing/started.ts';
import { hitsOf } from './hits.ts';
import { readHistory } from './read-history.ts';
import type { MadeObject } from './testing/memory-store.ts';
import { makeDelta, makePack, memoryStore } from './testing/memory-store.ts';
import { openPackInput } from './input.ts';

const TEXTS = Array.from({ length: 30 }, (_, i) => `${i} `.repeat(3000));
const pack = makePack([
  ...TEXTS.map((text): MadeObject => ({ kind: 'blob', bytes: Buffer.from(text) })),
  {
    kind: 'ofs-delta',
    base: 0,
    id: 'f'.repeat(40),
    bytes: makeDelta(TEXTS[0]!.length, [0, TEXTS[0]!.length], 'more'),
  },
]);
const HIT = hitsOf([{ object: 0, start: 0, end: 2 }]);

test('the blocks of one pack are read once, however often its objects are rebuilt and hits followed', () => {
  const { kernel, heap } = startedKernel();
  let reads = 0;
  const counted = {
    ...pack,
    read: (into: Uint8Array, offset: number): number => {
      reads++;
      return pack.read(into, offset);
    },
  };
  const history = readHistory(memoryStore([counted]), kernel, heap);
  for (const batch of history.batches()) expect(batch.size).toBeGreaterThan(0);
  const before = reads;
  for (let round = 0; round < 3; round++) {
    const found: number[] = [];
    history.inherit(HIT, (object) => {
      found.push(object);
      // In the midst of another pass, and after memory was given back.
      if (found.length > 1) return;
      let sizes = 0;
      history.rebuild(
        () => true,
        1 << 20,
        (_, __, size) => (sizes += size),
        () => expect.unreachable(),
      );
      expect(sizes).toBe([...TEXTS, TEXTS[0]!, 'more'].join('').length);
    });
    expect(found).toHaveLength(2);
  }
  // The pass within another has a reader of its own.
  expect(reads).toBeLessThanOrEqual(before * 4);
  const plain = reads;
  history.inherit(HIT, () => {});
  expect(reads).toBe(plain);
  history.release();
  history.inherit(HIT, () => {});
  expect(reads).toBeGreaterThan(plain);
});

test('what a history kept is free after its release', () => {
  const { kernel, heap } = startedKernel();
  for (let round = 0; round < 300; round++) {
    const history = readHistory(memoryStore([pack]), kernel, heap);
    for (const batch of history.batches()) expect(batch.size).toBeGreaterThan(0);
    history.inherit(HIT, () => {});
    history.release();
  }
  expect(kernel.memory.buffer.byteLength).toBeLessThan(16 * 1024 * 1024);
});

test('a block that could not be read is read again', () => {
  const { heap } = startedKernel();
  let isBroken = true;
  const input = openPackInput(
    {
      ...pack,
      read: (into, offset) => {
        if (isBroken) throw new Error('the disk is gone');
        return pack.read(into, offset);
      },
    },
    heap,
  );
  expect(() => input.at(0, 4)).toThrow('gone');
  isBroken = false;
  const at = input.at(0, 4);
  expect(Buffer.from(heap.bytes().slice(at, at + 4)).toString()).toBe('PACK');
});
