import { constants, deflateSync, inflateRawSync, inflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { HEAP, RESULT, SLACK, Status } from './module.ts';
import { inflateTwin } from './testing/inflate-twin.ts';
import { numbers, startedKernel } from './testing/started.ts';

const { kernel, heap } = startedKernel();
const CANARY = 0xa5;

/** Inflates into a buffer whose surroundings are watched. */
function inflate(input: Uint8Array, size: number): { status: number; bytes: Buffer; taken: number } {
  const from = heap.allocate(input.length);
  const to = heap.allocate(size + SLACK);
  const memory = heap.bytes();
  memory.set(input, from);
  memory.fill(CANARY, from + input.length, from + input.length + 16);
  memory.fill(CANARY, to - 16, to + size + 2 * SLACK);
  const status = kernel.inflate(from, from + input.length, to, to + size);
  const bytes = Buffer.from(memory.slice(to, to + size));
  expect(memory.subarray(to - 16, to).every((byte) => byte === CANARY)).toBe(true);
  expect(memory.subarray(to + size + SLACK, to + size + 2 * SLACK).every((byte) => byte === CANARY)).toBe(
    true,
  );
  const taken = new DataView(memory.buffer).getUint32(RESULT, true) - from;
  heap.free(from);
  heap.free(to);
  return { status, bytes, taken };
}

/** Texts of several kinds: random, few letters, with repeats near and far. */
function sample(next: (limit: number) => number, most: number): Buffer {
  const bytes = Buffer.alloc(next(most));
  const kind = next(5);
  for (let i = 0; i < bytes.length; i++) {
    const repeats = kind === 2 ? next(9) > 1 : next(50) > 0;
    if (kind === 0) bytes[i] = next(256);
    else if (kind === 1) bytes[i] = 97 + next(3);
    else if (i > 0 && repeats && kind < 4)
      bytes[i] = bytes[i - 1 - next(Math.min(i, kind === 2 ? 32768 : 3))]!;
    else bytes[i] = kind === 4 ? 65 + Math.floor(Math.sqrt(next(3000))) : next(256);
  }
  return bytes;
}

/** A stream that was changed, with the checksum of what it gives now: else nearly all would be refused for that alone. */
function withChecksum(input: Buffer): Buffer {
  try {
    const { buffer, engine } = inflateRawSync(input.subarray(2), { info: true }) as unknown as {
      readonly buffer: Buffer;
      readonly engine: { readonly bytesWritten: number };
    };
    // A stored stream ends with the checksum of its bytes.
    const stored = deflateSync(buffer, { level: 0 });
    return Buffer.concat([input.subarray(0, 2 + engine.bytesWritten), stored.subarray(-4)]);
  } catch {
    return input;
  }
}

test('the constants of the module end below its fixed areas, and these below what the caller lays out', () => {
  expect(kernel.dataEnd.value).toBeLessThanOrEqual(RESULT);
  expect(kernel.areasEnd.value).toBeLessThanOrEqual(HEAP);
});

test('inflates what zlib deflates, at every level, strategy and window', () => {
  const next = numbers(1);
  for (let round = 0; round < 600; round++) {
    const bytes = sample(next, round % 20 === 0 ? 200_000 : 3000);
    const input = deflateSync(bytes, {
      level: next(10),
      strategy: next(5),
      memLevel: 1 + next(9),
      windowBits: 9 + next(7),
    });
    const found = inflate(input, bytes.length);
    expect([found.status, found.taken]).toEqual([Status.ok, input.length]);
    expect(found.bytes.equals(bytes)).toBe(true);
  }
});

test('what follows a stream is left alone', () => {
  const input = deflateSync('one');
  const found = inflate(Buffer.concat([input, Buffer.from('more')]), 3);
  expect([found.status, found.taken, found.bytes.toString()]).toEqual([Status.ok, input.length, 'one']);
});

test('flushed streams, with empty and stored blocks between', () => {
  const text = Buffer.from('again and again and again');
  const input = deflateSync(text, { finishFlush: constants.Z_SYNC_FLUSH });
  expect(inflate(input, text.length).status).toBe(Status.truncated);
  expect(inflate(deflateSync(text, { level: 0 }), text.length).bytes.equals(text)).toBe(true);
});

describe('hostile streams', () => {
  test('cut short anywhere', () => {
    const bytes = sample(numbers(3), 5000);
    const input = deflateSync(bytes);
    for (let length = 0; length < input.length; length += 1 + (length >> 5)) {
      const { status } = inflate(input.subarray(0, length), bytes.length);
      expect(status).not.toBe(Status.ok);
    }
  });

  test('that say another size', () => {
    const input = deflateSync(Buffer.alloc(100_000));
    for (const size of [0, 1, 99_999, 100_001]) expect(inflate(input, size).status).toBe(Status.wrongSize);
    expect(inflate(input, 100_000).status).toBe(Status.ok);
  });

  test('of another checksum', () => {
    const input = Buffer.from(deflateSync('some text'));
    input[input.length - 1]! ^= 1;
    expect(inflate(input, 9).status).toBe(Status.wrongSum);
  });

  test('changed anywhere: accepted when and only when zlib and the twin accept them', () => {
    const next = numbers(4);
    let accepted = 0;
    for (let round = 0; round < 1500; round++) {
      const bytes = sample(next, 200);
      const input = Buffer.from(deflateSync(bytes, { level: next(10), strategy: next(5) }));
      // Mostly at the head, where the codes are.
      for (let times = next(3); times >= 0; times--)
        input[next(2) === 0 ? next(input.length) : next(Math.min(60, input.length))] = next(256);
      const mended = withChecksum(input);
      const twin = inflateTwin(mended);
      let zlib: Buffer | undefined;
      try {
        zlib = inflateSync(mended);
      } catch {}
      expect(twin === undefined ? undefined : Buffer.from(twin.bytes)).toEqual(zlib);
      const found = inflate(mended, zlib?.length ?? bytes.length);
      expect(found.status === Status.ok).toBe(zlib !== undefined);
      if (zlib === undefined) continue;
      expect(found.bytes.equals(zlib)).toBe(true);
      accepted++;
    }
    expect(accepted).toBeGreaterThan(50);
  });

  test('random bytes behind a good head end', () => {
    const next = numbers(5);
    for (let round = 0; round < 1500; round++) {
      const input = Uint8Array.from({ length: 3 + next(300) }, () => next(256));
      input.set([0x78, 0x9c]);
      expect(inflate(input, next(3000)).status).toBeGreaterThan(0);
    }
  });
});
