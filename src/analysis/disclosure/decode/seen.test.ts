import { expect, test } from 'vitest';
import { LIMITS } from './outlet.ts';
import { expand } from './expand.ts';
import { rememberSeen } from './seen.ts';

/** What comes out of two files, the second with what is known of the first; `isLoud`: something was found in all of it. */
function twice(
  first: Uint8Array,
  second: Uint8Array,
  { isLoud = false, searched = 1e9, limits = LIMITS } = {},
): string[][] {
  let texts: string[] = [];
  let given = 0;
  const seen = rememberSeen((bytes) => Buffer.from(bytes).toString('latin1'), {
    given: () => given,
    searched: () => searched,
    isLoud: () => isLoud,
  });
  return [first, second].map((file) => {
    texts = [];
    const outlet = {
      text: (bytes: Uint8Array) => {
        given++;
        texts.push(Buffer.from(bytes).toString('latin1'));
      },
      decoded: (how: string) => void texts.push(`+${how}`),
      undecoded: (what: string) => void texts.push(`-${what}`),
      skipped: (count: number) => void texts.push(`skipped ${count}`),
    };
    expand(file, outlet, { ...limits, seen });
    return texts;
  });
}

const inner = Buffer.from(
  `a text that is longer than what is hashed, and has ${'encoded text'.repeat(4)} in it`,
);
const one = Buffer.from(`const it = "${inner.toString('base64')}";\n`);
const two = Buffer.from(`let other = "${inner.toString('base64')}";\n`);

test('a content that came before is counted, and not handed out', () => {
  expect(twice(one, two)).toEqual([
    ['+base64', inner.toString()],
    ['+base64', 'skipped 1'],
  ]);
});

test('it is handed out again while nobody has looked at it, and where something was found', () => {
  const both = [
    ['+base64', inner.toString()],
    ['+base64', inner.toString()],
  ];
  expect(twice(one, two, { searched: 0 })).toEqual(both);
  expect(twice(one, two, { isLoud: true })).toEqual(both);
});

test('and near the end of what one file may give, for what is left then decides', () => {
  const limits = { ...LIMITS, mostBytes: LIMITS.mostTextBytes + 20 };
  expect(twice(one, two, { limits })[1]).toEqual(['+base64', inner.toString()]);
});
