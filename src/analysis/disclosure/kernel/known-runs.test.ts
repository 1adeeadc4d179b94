import { expect, test } from 'vitest';
import { RESULT, Status } from './module.ts';
import { dirtyLinesTwin } from './testing/dirty-lines-twin.ts';
import { drawn, numbers, startedKernel } from './testing/started.ts';

const ROOM = 1 << 20;

/** A memory of texts, and deltas of nothing: what they insert is one run. */
function memoryOfTexts() {
  const { kernel, heap } = startedKernel();
  const size = kernel.knownBytes.value;
  const known = heap.allocate(size);
  heap.bytes().fill(0, known, known + size);
  heap.bytes().set(drawn(kernel.keyBytes.value), known);
  const [text, records, from] = [ROOM, ROOM, ROOM].map((bytes) => heap.allocate(bytes)) as [
    number,
    number,
    number,
  ];
  return {
    remember: (texts: readonly Uint8Array[]) => {
      let at = text;
      texts.forEach((one, i) => {
        heap.bytes().set(one, at);
        heap.words().set([at, one.length, 0, 0], records / 4 + i * 4);
        at += one.length + 1;
      });
      kernel.remember(records, records + texts.length * 16, known);
    },
    /** The texts of the runs that a delta of `base` gives, how many bytes are left out, and how many runs are not. */
    runsOf: (base: Uint8Array, delta: Uint8Array, quiet: number = known) => {
      heap.bytes().set(base, from);
      heap.bytes().set(delta, from + base.length + 64);
      kernel.setOutput(text, text + ROOM, records, records + ROOM);
      const at = from + base.length + 64;
      const end = at + delta.length;
      expect(kernel.applyDelta(from, base.length, at, end, 0, ROOM, 1, 10, 4096, quiet)).toBe(Status.ok);
      const words = heap.words();
      const runs: string[] = [];
      for (let i = records / 4; i < words[(RESULT + 8) / 4]! / 4; i += 4)
        runs.push(Buffer.from(heap.bytes().subarray(words[i], words[i]! + words[i + 1]!)).toString('latin1'));
      expect(words[(RESULT + 24) / 4]).toBe(runs.length);
      return { runs, leftOut: words[(RESULT + 20) / 4]! };
    },
  };
}

const BASE = Buffer.from('a\nb\nc\nd\n');
const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');

/** One inserted text after each line of BASE, of at most 127 bytes each. */
function inserting(texts: readonly string[]): Buffer {
  const size = BASE.length + texts.reduce((sum, { length }) => sum + length, 0);
  const low = [(size & 127) | 128, size >>> 7];
  const parts = texts.flatMap((text, i) => [
    Buffer.from([0x91, i * 2, 2]),
    Buffer.from([text.length]),
    bytes(text),
  ]);
  return Buffer.concat([Buffer.from([BASE.length, ...low]), ...parts, Buffer.from([0x91, 6, 2])]);
}

test('of what a delta brings in, texts that are remembered are left out, and only whole ones', () => {
  const { remember, runsOf } = memoryOfTexts();
  const known = 'this is a line that is remembered\n';
  remember([bytes(known)]);
  const delta = inserting([known, `${known.slice(0, -2)}!\n`, known.slice(1)]);
  expect(runsOf(BASE, delta)).toEqual({
    runs: [`${known.slice(0, -2)}!\n`, known.slice(1)],
    leftOut: known.length,
  });
  expect(runsOf(BASE, delta, 0)).toEqual({
    runs: [known, `${known.slice(0, -2)}!\n`, known.slice(1)],
    leftOut: 0,
  });
});

test('the shortest and the longest that are remembered', () => {
  const { remember, runsOf } = memoryOfTexts();
  const of = (length: number): string => `${'x'.repeat(length - 1)}\n`;
  const long = (length: number): Buffer =>
    Buffer.concat([
      Buffer.from([...varint(0), ...varint(length)]),
      ...Array.from({ length: Math.ceil(length / 100) }, (_, i) => {
        const part = of(length).slice(i * 100, i * 100 + 100);
        return Buffer.concat([Buffer.from([part.length]), bytes(part)]);
      }),
    ]);
  for (const length of [1, 15, 16, 17, 31, 32, 33, 64, 65, 4095, 4096, 4097]) {
    remember([bytes(of(length))]);
    const isKept = length > 4096;
    expect([length, runsOf(Buffer.alloc(0), long(length)).runs.length]).toEqual([length, isKept ? 1 : 0]);
  }
});

test('agrees with a set of texts on random deltas', () => {
  const { remember, runsOf } = memoryOfTexts();
  const next = numbers(21);
  const said = new Set<string>();
  const word = (): string => `${'word and other words '.slice(next(21))}${next(60)}\n`;
  let leftOut = 0;
  for (let round = 0; round < 2000; round++) {
    const texts = [word(), word(), word()];
    const delta = inserting(texts);
    const whole = dirtyLinesTwin(BASE, delta, 4096)!.runs.map(({ text }) =>
      Buffer.from(text).toString('latin1'),
    );
    const found = runsOf(BASE, delta);
    expect(found.runs).toEqual(whole.filter((text) => !said.has(text)));
    leftOut += found.leftOut;
    if (next(4) > 0) continue;
    const quiet = texts.filter(() => next(2) === 0);
    remember(quiet.map(bytes));
    for (const text of quiet) said.add(text);
  }
  expect(leftOut).toBeGreaterThan(10_000);
});

test('a text that differs in one bit, or ends earlier, is another', () => {
  const { remember, runsOf } = memoryOfTexts();
  const next = numbers(5);
  for (let size = 1; size < 120; size++) {
    const text = Buffer.from(Array.from({ length: size }, () => 32 + next(90)));
    remember([text]);
    const told = (one: Buffer): number =>
      runsOf(BASE, one.length === 0 ? Buffer.from([8, 8, 0x90, 8]) : adding(one)).runs.length;
    expect([size, told(text)]).toEqual([size, 0]);
    expect([size, told(text.subarray(1)), told(text.subarray(0, -1))]).toEqual([
      size,
      Math.min(size - 1, 1),
      Math.min(size - 1, 1),
    ]);
    for (let i = 0; i < 8; i++) {
      const other = Buffer.from(text);
      const at = next(size);
      // No line end, which would be none of the run.
      other[at]! ^= 128 >> next(2);
      expect([size, at, told(other)]).toEqual([size, at, 1]);
    }
  }
});

test('of more texts than there is room for, the last are remembered, and none that never was', () => {
  const { remember, runsOf } = memoryOfTexts();
  const of = (number: number): string => `text ${number} of many\n`;
  const most = 400_000;
  for (let done = 0; done < most; done += 10_000)
    remember(Array.from({ length: 10_000 }, (_, i) => bytes(of(done + i))));
  const known = (from: number): number => {
    let count = 0;
    for (let i = from; i < from + 1000; i++) count += 1 - runsOf(BASE, adding(bytes(of(i)))).runs.length;
    return count;
  };
  expect([known(0) < 1000, known(most - 1000), known(most)]).toEqual([true, 1000, 0]);
});

/** One text behind BASE. */
function adding(text: Uint8Array): Buffer {
  const head = [BASE.length, ...varint(BASE.length + text.length), 0x90, BASE.length, text.length];
  return Buffer.concat([Buffer.from(head), text]);
}

function varint(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...varint(value >>> 7)];
}
