import { describe, expect, test } from 'vitest';
import { RESULT, SLACK, Status } from './module.ts';
import { dirtyLinesTwin } from './testing/dirty-lines-twin.ts';
import { numbers, startedKernel } from './testing/started.ts';

const { kernel, heap } = startedKernel();

interface Applied {
  readonly status: number;
  readonly target: Buffer;
  readonly runs: readonly { readonly offset: number; readonly text: string }[];
  readonly first: number;
  readonly seen: number;
}

interface Options {
  readonly isLeaf?: boolean;
  readonly reach?: number;
  readonly lineEnd?: number;
  readonly room?: number;
  readonly records?: number;
}

function apply(base: Uint8Array, delta: Uint8Array, options: Options = {}): Applied {
  const { isLeaf = false, reach = 4096, lineEnd = 10, room = 1 << 20, records = 4096 } = options;
  const at = {
    base: heap.allocate(base.length + 64) + 64,
    delta: heap.allocate(delta.length),
    text: heap.allocate(room),
    records: heap.allocate(records * 16),
  };
  heap.bytes().set(base, at.base);
  heap.bytes().set(delta, at.delta);
  kernel.setOutput(at.text, at.text + room, at.records, at.records + records * 16);
  const size = kernel.deltaTargetSize(at.delta, at.delta + delta.length, base.length) >>> 0;
  const fits = size < 1 << 24;
  const to = heap.allocate(fits ? size : 16);
  const canary = to + (fits ? size : 16) + SLACK - 64;
  heap.bytes().fill(7, canary, canary + 64);
  const status = kernel.applyDelta(
    at.base,
    base.length,
    at.delta,
    at.delta + delta.length,
    isLeaf ? 0 : to,
    fits ? size : 16,
    42,
    lineEnd,
    reach,
    0,
  );
  const memory = Buffer.from(heap.bytes().buffer);
  expect(memory.subarray(canary, canary + 64).every((byte) => byte === 7)).toBe(true);
  const runs: { offset: number; text: string }[] = [];
  let next = at.text;
  for (let i = at.records; i < memory.readUInt32LE(RESULT + 8); i += 16) {
    const [start, length, object, offset] = [0, 4, 8, 12].map((field) => memory.readUInt32LE(i + field));
    // Runs lie one after another, a line end between.
    expect([start, object]).toEqual([next, 42]);
    next += length! + 1;
    expect(memory[next - 1]).toBe(10);
    runs.push({ offset: offset!, text: memory.toString('latin1', start!, start! + length!) });
  }
  expect(memory.readUInt32LE(RESULT + 4)).toBe(next);
  const made: Applied = {
    status,
    target: Buffer.from(memory.subarray(to, to + (fits ? size : 0))),
    runs,
    first: memory.readUInt32LE(RESULT + 12),
    seen: memory.readUInt32LE(RESULT + 16),
  };
  for (const address of [at.base - 64, at.delta, at.text, at.records, to]) heap.free(address);
  return made;
}

type Op = string | readonly [from: number, size: number];

/** A delta of inserts (text) and copies. */
function delta(base: string, ...ops: readonly Op[]): Buffer {
  const size = ops.reduce((sum, op) => sum + (typeof op === 'string' ? op.length : op[1]), 0);
  const bytes = [...varint(base.length), ...varint(size)];
  for (const op of ops) {
    if (typeof op === 'string') bytes.push(op.length, ...Buffer.from(op, 'latin1'));
    else bytes.push(0xff, ...le(op[0], 4), ...le(op[1], 3));
  }
  return Buffer.from(bytes);
}

const le = (value: number, bytes: number): number[] =>
  Array.from({ length: bytes }, (_, i) => Math.floor(value / 256 ** i) % 256);

function varint(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...varint(value >>> 7)];
}

const lines = (base: string, ...ops: readonly Op[]): string[] => {
  const found = apply(Buffer.from(base, 'latin1'), delta(base, ...ops));
  expect(found.status).toBe(Status.ok);
  return found.runs.map(({ offset, text }) => `${offset} ${text}`);
};

describe('what of a delta is dirty', () => {
  const base = 'one\ntwo\nthree\nfour\n';

  test.for([
    ['nothing of a whole copy', [[0, 19]], []],
    [
      'nothing of lines that move',
      [
        [8, 6],
        [0, 8],
      ],
      [],
    ],
    [
      'nothing when lines go',
      [
        [0, 4],
        [14, 5],
      ],
      [],
    ],
    ['a line that comes', [[0, 4], 'new\n', [4, 15]], ['4 new\n']],
    ['a whole line when its end changes', [[0, 6], 'O', [7, 12]], ['4 twO\n']],
    ['a whole line when its start changes', [[0, 4], 'T', [5, 14]], ['4 Two\n']],
    [
      'a line that is joined from two',
      [
        [0, 3],
        [7, 12],
      ],
      ['0 one\n'],
    ],
    ['a line whose start is cut away', [[1, 18]], ['0 ne\n']],
    ['a last line without its end', [[0, 18]], ['14 four']],
    [
      'lines that are two halves',
      [
        [0, 2],
        [6, 13],
      ],
      ['0 ono\n'],
    ],
    [
      'nothing when copies continue each other',
      [
        [0, 2],
        [2, 17],
      ],
      [],
    ],
  ] as const)('%s', ([, ops, expected]) => expect(lines(base, ...ops)).toEqual(expected));

  test('a last line without line end is clean where it is the last of both', () =>
    expect(lines('a\nb', 'x\n', [2, 1])).toEqual(['0 x\n']));

  test('of long lines, what is near the change', () => {
    const long = 'x'.repeat(10_000);
    const found = apply(Buffer.from(long), delta(long, [0, 5000], '!', [5000, 5000]), { reach: 100 });
    expect(found.runs).toEqual([{ offset: 4900, text: `${'x'.repeat(100)}!${'x'.repeat(100)}` }]);
  });
});

test('a result of nothing, and a base of nothing', () => {
  expect(lines('')).toEqual([]);
  expect(lines('', 'a')).toEqual(['0 a']);
  expect(lines('abc')).toEqual([]);
});

test('its first bytes and whether a NUL is at its start', () => {
  const one = apply(Buffer.from('%PDF-\0'), delta('%PDF-\0', [0, 2], 'D', [3, 3]), { isLeaf: true });
  expect([one.first, one.seen]).toEqual([Buffer.from('%PDF').readUInt32LE(), 3]);
  const other = apply(Buffer.from('a\nb\n'), delta('a\nb\n', [0, 2], 'c\n'), { isLeaf: true });
  expect([other.first, other.seen]).toEqual([Buffer.from('a\nc\n').readUInt32LE(), 0]);
});

/** A base of short lines, and a delta of it that is valid. */
function randomCase(next: (limit: number) => number): { base: string; delta: Buffer } {
  const letters = next(3) === 0 ? 'ab\n' : 'abcdefghij\n';
  const text = (length: number): string =>
    Array.from({ length }, () => letters[next(letters.length)]!).join('');
  const base = text(next(120));
  const ops = Array.from({ length: next(8) }, (): Op => {
    if (base === '' || next(3) === 0) return text(1 + next(12));
    const from = next(base.length);
    return [from, 1 + next(base.length - from)];
  });
  return { base, delta: delta(base, ...ops) };
}

test('agrees with the twin on random deltas, whether the result is wanted or not', () => {
  const next = numbers(11);
  for (let round = 0; round < 2000; round++) {
    const one = randomCase(next);
    const base = Buffer.from(one.base);
    const reach = [1, 2, 5, 16, 17, 4096][next(6)]!;
    const lineEnd = next(8) === 0 ? 256 : 10;
    const twin = dirtyLinesTwin(base, one.delta, reach, lineEnd)!;
    const expected = twin.runs.map(({ offset, text }) => ({
      offset,
      text: Buffer.from(text).toString('latin1'),
    }));
    const whole = apply(base, one.delta, { reach, lineEnd });
    expect(whole.target.equals(twin.target)).toBe(true);
    expect(whole.runs).toEqual(expected);
    expect(apply(base, one.delta, { reach, lineEnd, isLeaf: true }).runs).toEqual(expected);
  }
});

test('every stretch of a line that is new to the object is shown', () => {
  const next = numbers(12);
  const reach = 6;
  for (let round = 0; round < 1500; round++) {
    const { base, delta: bytes } = randomCase(next);
    const { target, runs } = apply(Buffer.from(base), bytes, { reach });
    for (const line of target.toString().split('\n'))
      for (let at = 0; at + reach <= line.length; at++) {
        const stretch = line.slice(at, at + reach);
        expect(base.includes(stretch) || runs.some(({ text }) => text.includes(stretch))).toBe(true);
      }
  }
});

describe('bad deltas', () => {
  test('changed or cut anywhere: as the twin judges, and nothing is left in the output', () => {
    const next = numbers(13);
    let refused = 0;
    for (let round = 0; round < 2000; round++) {
      const one = randomCase(next);
      const base = Buffer.from(one.base);
      let bytes = Buffer.from(one.delta);
      if (next(2) === 0) bytes = bytes.subarray(0, next(bytes.length + 1));
      else for (let times = next(3); times >= 0; times--) bytes[next(bytes.length)] = next(256);
      const twin = dirtyLinesTwin(base, bytes, 4096);
      const found = apply(base, bytes);
      expect(found.status === Status.ok).toBe(twin !== undefined);
      if (twin !== undefined) expect(found.target.equals(twin.target)).toBe(true);
      else {
        refused++;
        expect(found.runs).toEqual([]);
      }
    }
    expect(refused).toBeGreaterThan(1000);
  });

  test.for([
    ['for another base', [4, 1, 1, 65], Status.wrongBase],
    ['a reserved instruction', [3, 1, 0], Status.badDelta],
    ['a copy from behind the end', [3, 4, 0x91, 0, 4], Status.badDelta],
    ['a copy from far behind the end', [3, 4, 0x9f, 255, 255, 255, 255, 4], Status.badDelta],
    ['fewer bytes than it says', [3, 5, 1, 65], Status.badDelta],
    ['more bytes than it says', [3, 1, 2, 65, 65], Status.badDelta],
    ['no sizes', [0x80], Status.wrongBase],
    ['a size without end', [3, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255], Status.tooLarge],
    ['4 GiB', [3, 0x80, 0x80, 0x80, 0x80, 0x10, 1, 65], Status.tooLarge],
  ] as const)('%s', ([, bytes, status]) =>
    expect(apply(Buffer.from('abc'), Buffer.from(bytes)).status).toBe(status),
  );
});

test('an output without room is left as it was', () => {
  const base = 'a\n'.repeat(50);
  const ops = Array.from({ length: 20 }, (_, i): Op[] => [[i * 4, 2], `line ${i}\n`]).flat();
  const bytes = delta(base, ...ops);
  const full = apply(Buffer.from(base), bytes, { isLeaf: true });
  expect(full.runs).toHaveLength(20);
  for (const room of [0, 1, 50, 150]) {
    const found = apply(Buffer.from(base), bytes, { isLeaf: true, room });
    expect([found.status, found.runs]).toEqual([Status.noRoom, []]);
  }
  const found = apply(Buffer.from(base), bytes, { isLeaf: true, records: 19 });
  expect([found.status, found.runs]).toEqual([Status.noRoom, []]);
});
