import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeText } from './decode.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));
const utf16 = (text: string, big: boolean): Uint8Array => {
  const bytes = new Uint8Array(text.length * 2 + 2);
  const view = new DataView(bytes.buffer);
  const marked = `\uFEFF${text}`;
  for (let i = 0; i < marked.length; i++) view.setUint16(i * 2, marked.charCodeAt(i), !big);
  return bytes;
};
const decode = (bytes: Uint8Array) => {
  const { text, problems } = decodeText(bytes, 'f');
  return [
    text,
    ...problems.map(({ code, at, lost }) => `${code}:${at?.line ?? '-'}${lost === true ? ' lost' : ''}`),
  ];
};

test.for([
  ['nothing', new Uint8Array(0), ['']],
  ['UTF-8', bytesOf('grüße\n😀'), ['grüße\n😀']],
  ['UTF-8 with a byte-order mark', bytesOf('\uFEFFa'), ['a']],
  ['UTF-16 little-endian, as PowerShell writes', utf16('a==1\nü', false), ['a==1\nü']],
  ['UTF-16 big-endian', utf16('a==1\nü', true), ['a==1\nü']],
  ['UTF-16 cut off', utf16('ab', false).subarray(0, 5), ['a\uFFFD', 'file/encoding:1']],
  ['UTF-16 without a mark', utf16('ab', false).subarray(2), [undefined, 'file/binary:- lost']],
  ['binary', Uint8Array.of(1, 0, 2), [undefined, 'file/binary:- lost']],
  ['binary that is not UTF-8 either', Uint8Array.of(0xff, 0, 2), [undefined, 'file/binary:- lost']],
  ['a stray Latin-1 byte', latin1('one\ntwo\nJosé\nfour'), ['one\ntwo\nJos\uFFFD\nfour', 'file/encoding:3']],
  [
    'a stray byte after a real U+FFFD',
    Uint8Array.of(...bytesOf('\uFFFD\n\n'), 0xe9),
    ['\uFFFD\n\n\uFFFD', 'file/encoding:3'],
  ],
  [
    'text in another encoding',
    latin1('\xc4\xe5\xf1\xff\xd0\xd1\n'.repeat(3)),
    [undefined, 'file/encoding:1 lost'],
  ],
] as const)('%s', ([, bytes, expected]) => expect(decode(bytes)).toEqual(expected));

test('whatever the bytes: text or a lost problem', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
      const { text, problems } = decodeText(bytes, 'f');
      expect(text !== undefined || problems.some((problem) => problem.lost === true)).toBe(true);
      expect(text?.includes('\0') ?? false).toBe(false);
    }),
  );
});

test('the line of the first stray byte is right wherever it is', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('a', 'ü', '\n', '\uFFFD', '😀'), { maxLength: 40 }), (chars) => {
      const before = chars.join('');
      const { problems } = decodeText(Uint8Array.of(...bytesOf(`${before}${'x'.repeat(200)}`), 0xe9), 'f');
      expect(problems[0]?.at?.line).toBe(before.split('\n').length);
    }),
  );
});

test('a megabyte takes milliseconds', () => {
  const bytes = bytesOf('{"name": "value"},\n'.repeat(60_000));
  const started = process.threadCpuUsage();
  for (let i = 0; i < 10; i++) decodeText(bytes, 'f');
  expect(process.threadCpuUsage(started).user / 10_000).toBeLessThan(50);
});

test('lines that end with a carriage return alone become lines; any line feed leaves the text as it is', () => {
  expect(decodeText(bytesOf('a\rb\r'), 'f').text).toBe('a\nb\n');
  expect(decodeText(bytesOf('a\r\nb\rc'), 'f').text).toBe('a\r\nb\rc');
});

test('a Git LFS pointer is no text, and says what to do', () => {
  const { text, problems } = decodeText(
    bytesOf('version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n'),
    'f',
  );
  expect(text).toBeUndefined();
  expect(problems).toMatchObject([{ code: 'file/lfs-pointer', at: { path: 'f', line: 1 }, lost: true }]);
});
