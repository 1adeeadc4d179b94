import { expect, test } from 'vitest';
import { makeDelta } from '../history/testing/memory-store.ts';
import { RESULT, Status } from './module.ts';
import { treeDeltaTwin } from './testing/dirty-lines-twin.ts';
import { numbers, startedKernel } from './testing/started.ts';

const ROOM = 1 << 16;
const { kernel, heap } = startedKernel();
const [text, records, from, instructions, to] = Array.from({ length: 5 }, () => heap.allocate(ROOM)) as [
  number,
  number,
  number,
  number,
  number,
];

/** The result of a delta and its runs, or the status. */
function applied(base: Uint8Array, delta: Uint8Array, idBytes: number, room: number = ROOM) {
  heap.bytes().set(base, from);
  heap.bytes().set(delta, instructions);
  kernel.setOutput(text, text + room, records, records + ROOM);
  const end = instructions + delta.length;
  const status = kernel.applyTreeDelta(from, base.length, instructions, end, to, ROOM, 3, idBytes);
  const words = heap.words();
  const runs: { offset: number; text: Uint8Array }[] = [];
  for (let i = records / 4; i < words[(RESULT + 8) / 4]! / 4; i += 4) {
    expect(words[i + 2]).toBe(3);
    runs.push({ offset: words[i + 3]!, text: heap.bytes().slice(words[i]!, words[i]! + words[i + 1]!) });
  }
  if (status !== Status.ok) return { status, runs };
  const size = kernel.deltaTargetSize(instructions, end, base.length);
  expect(words[(RESULT + 24) / 4]).toBe(runs.length);
  return { target: heap.bytes().slice(to, to + size), runs };
}

const entry = (name: string, id: number, idBytes = 20): Buffer =>
  Buffer.concat([Buffer.from(`100644 ${name}\0`), Buffer.alloc(idBytes, id)]);
const shown = (base: Buffer, ...ops: (readonly [number, number] | string)[]): string[] =>
  applied(base, makeDelta(base.length, ...ops), 20).runs.map(({ text: one }) =>
    Buffer.from(one)
      .toString('latin1')
      .replaceAll(/[^a-z]/g, ''),
  );

test('of a tree, entries are shown that no copy brought whole', () => {
  const base = Buffer.concat([entry('a', 1), entry('b', 2), entry('c', 3)]);
  const size = base.length / 3;
  const other = entry('x', 4).toString('latin1');
  expect(shown(base, [0, size], other, [size, size * 2])).toEqual(['x']);
  expect(shown(base, [0, size], [size * 2, size])).toEqual([]);
  expect(shown(base, [0, size * 2 - 20], 'y'.repeat(20), [size * 2, size])).toEqual([`b${'y'.repeat(20)}`]);
  expect(shown(base, [0, size - 20], [size * 2 - 20, size + 20])).toEqual(['a']);
  expect(shown(base, other, other)).toEqual(['xx']);
});

test.for([20, 32])(
  'agrees with its plain twin on random deltas, damaged trees and little room (ids of %i bytes)',
  (idBytes) => {
    const next = numbers(idBytes);
    let runs = 0;
    for (let round = 0; round < 1500; round++) {
      const made = (count: number): Buffer =>
        Buffer.concat(Array.from({ length: count }, () => entry('n'.repeat(next(30)), next(256), idBytes)));
      const whole = made(1 + next(12));
      const base = next(5) === 0 ? whole.subarray(next(20), whole.length - next(20)) : whole;
      if (base.length === 0) continue;
      const ops = Array.from({ length: next(8) }, () => {
        if (next(3) === 0)
          return (
            made(1)
              .toString('latin1')
              .slice(next(4) === 0 ? next(20) : 0)
              .slice(0, 127) || 'z'
          );
        const at = next(base.length);
        return [at, 1 + next(base.length - at)] as const;
      });
      const delta = makeDelta(base.length, ...ops);
      if (next(10) === 0) delta[next(delta.length)] = next(256);
      const expected = treeDeltaTwin(base, delta, idBytes);
      const found = applied(base, delta, idBytes);
      if (expected === undefined || expected.target.length > ROOM) expect(found).toHaveProperty('status');
      else {
        expect(found).toEqual(expected);
        runs += expected.runs.length;
        const needed = expected.runs.reduce((sum, run) => sum + run.text.length + 1, 0);
        if (needed > 0)
          expect(applied(base, delta, idBytes, needed - 1)).toEqual({ status: Status.noRoom, runs: [] });
      }
    }
    expect(runs).toBeGreaterThan(500);
  },
);
