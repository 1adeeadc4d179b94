import { expect, test } from 'vitest';
import { outlet, type Outlet } from './streams.ts';

/** An outlet whose file descriptor takes up to `room` bytes a call and answers the codes of `errors` by turn. */
function world(
  room: number,
  errors: readonly (string | undefined)[] = [],
  fd: 1 | 2 = 1,
): { out: Outlet; said: () => string; exits: number[] } {
  const direct: Uint8Array[] = [];
  const streamed: Uint8Array[] = [];
  const exits: number[] = [];
  let call = 0;
  const stream = {
    isTTY: false,
    writableLength: 0,
    on: () => stream,
    write: (data: string | Uint8Array) => void streamed.push(Buffer.from(data as string)),
  };
  const out = outlet(fd, {
    isPlain: () => true,
    stream: () => stream as unknown as NodeJS.WriteStream,
    writeSync: (_fd, bytes, from) => {
      const code = errors[call++];
      if (code !== undefined) throw Object.assign(new Error(code), { code });
      const piece = bytes.slice(from, from + room);
      direct.push(piece);
      return piece.length;
    },
    exit: (code) => void exits.push(code),
  });
  return { out, said: () => Buffer.concat([...direct, ...streamed]).toString('utf8'), exits };
}

const TEXT = 'grüße \u{1F600} and more than fits at once\n';

test.for([1, 2, 7, 1000])('what is taken %i bytes at a time arrives whole', (room) => {
  const { out, said } = world(room);
  out.write(TEXT);
  out.write('');
  out.write(TEXT);
  expect(said()).toBe(TEXT + TEXT);
});

test('what a non-blocking pipe has no room for goes through the stream, and all after it', () => {
  const { out, said } = world(3, [undefined, undefined, 'EAGAIN']);
  out.write(TEXT);
  out.write('last');
  expect(said()).toBe(`${TEXT}last`);
});

test.for([
  [1, 'EPIPE', [0]],
  [1, 'ENOSPC', [2]],
  [2, 'EPIPE', []],
] as const)('on %i %s ends the process with %j', ([fd, code, expected]) => {
  const { out, exits } = world(3, [code], fd);
  out.write(TEXT);
  expect(exits).toEqual(expected);
});
