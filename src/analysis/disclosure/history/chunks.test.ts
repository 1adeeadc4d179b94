import { expect, test } from 'vitest';
import { numbers, startedKernel } from '../kernel/testing/started.ts';
import type { Chunk } from './chunks.ts';
import { cutIntoChunks, startsOfPieces } from './chunks.ts';
import { plantForest } from './forest.ts';
import { readPackTable } from './pack-table.ts';
import { readHistory } from './read-history.ts';
import type { MadeObject } from './testing/memory-store.ts';
import { idOf, makeDelta, makePack, memoryStore } from './testing/memory-store.ts';

/** Trees of deltas: of files, some with a NUL that later versions take out or keep, and of directories. */
function pack(seed: number): ReturnType<typeof makePack> {
  const random = numbers(seed);
  const texts: { readonly kind: 'blob' | 'tree'; readonly text: string }[] = [];
  const objects: MadeObject[] = [];
  for (let i = 0; i < 60; i++) {
    const fill = random(5) === 0 ? `nul\0 ${i}\n` : `line ${i}\n`;
    if (i < 2 || random(20) === 0) {
      const kind = i === 1 ? 'tree' : 'blob';
      const text = `${'x'.repeat(random(9) === 0 ? 9000 : 30)}\n${fill}`;
      objects.push({ kind, bytes: Buffer.from(text) });
      texts.push({ kind, text });
      continue;
    }
    const base = random(3) === 0 ? i - 1 : random(i);
    const { kind, text: of } = texts[base]!;
    const from = random(of.length);
    const to = from + random(Math.min(12, of.length - from));
    const text = of.slice(0, from) + fill + of.slice(to);
    const before = from === 0 ? [] : [[0, from] as const];
    const behind = to === of.length ? [] : [[to, of.length - to] as const];
    objects.push({
      kind: 'ofs-delta',
      base,
      id: idOf(kind, Buffer.from(text)),
      bytes: makeDelta(of.length, ...before, fill, ...behind),
    });
    texts.push({ kind, text });
  }
  return makePack(objects, 'made.pack');
}

test('each row is in one chunk, and only trees of files are cut', () => {
  let pieces = 0;
  const wrong: number[] = [];
  for (let seed = 1; seed <= 20; seed++) {
    const table = readPackTable(pack(seed));
    const forest = plantForest(table);
    for (const readers of [1, 2, 3, 8, 50]) {
      const chunks = cutIntoChunks([{ table, forest }], readers, 1);
      const cut = startsOfPieces(chunks, 0, forest);
      const seen = new Uint8Array(table.count);
      const below = (row: number): void => {
        seen[row]!++;
        for (let at = forest.starts[row]!; at < forest.starts[row + 1]!; at++)
          if (cut?.[forest.children[at]!] !== 1) below(forest.children[at]!);
      };
      for (const { from, to, base, isPart } of chunks)
        for (let at = from; at < to; at++) {
          const row = base === undefined ? forest.roots[at]! : forest.children[at]!;
          if (base !== undefined && (isPart !== true || table.kinds[row] !== 3)) wrong.push(row);
          below(row);
        }
      expect([...seen].every((times) => times === 1)).toBe(true);
      pieces += chunks.filter(({ base }) => base !== undefined).length;
      if (readers === 1 && cut !== undefined) wrong.push(-1);
    }
  }
  expect(wrong).toEqual([]);
  expect(pieces).toBeGreaterThan(250);
});

test('a tree in pieces gives what it gives in one, whoever reads which piece first', () => {
  const { kernel, heap } = startedKernel();
  let pieces = 0;
  for (let seed = 1; seed <= 15; seed++) {
    const store = memoryStore([pack(seed)]);
    const read = (readers: number | undefined): unknown => {
      const options = { kinds: ['blob', 'tree'] as const, leastChunk: 1 };
      const history = readHistory(store, kernel, heap, {
        ...options,
        ...(readers === undefined ? {} : { readers }),
      });
      const random = numbers(seed);
      const left = [...history.chunks().keys()];
      const next = (): number => left.splice(random(left.length), 1)[0] ?? -1;
      const runs: string[] = [];
      for (const batch of history.batches(readers === undefined ? undefined : { next }))
        for (let at = 0; at < batch.runs.length; at += 4) {
          const [address, size, object, offset] = batch.runs.subarray(at, at + 4) as unknown as number[];
          const text = Buffer.from(heap.bytes().slice(address, address! + size!)).toString('latin1');
          runs.push(`${object} ${String(offset).padStart(8)} ${text}`);
        }
      if (readers !== undefined) pieces += history.chunks().filter(isPiece).length;
      const { objects } = history;
      const all = Array.from({ length: objects.count }, (_, i) => i);
      expect(history.settle([history.learnt()])).toBe(true);
      return {
        runs: runs.sort(),
        of: all.map((i) => [objects.stateOf(i), objects.isBinary(i), objects.firstBytes(i)]),
      };
    };
    expect(read(9)).toEqual(read(undefined));
    expect(read(50)).toEqual(read(undefined));
  }
  expect(pieces).toBeGreaterThan(60);
});

const isPiece = ({ base }: Chunk): boolean => base !== undefined;
