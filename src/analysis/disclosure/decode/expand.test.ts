import { deflateSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { makeZip } from '../../../adapters/zip/testing/make-zip.ts';
import { numbers } from '../kernel/testing/started.ts';
import { expand } from './expand.ts';
import { inflateZlib } from './inflate.ts';
import type { Limits } from './outlet.ts';
import { LIMITS } from './outlet.ts';

interface Seen {
  readonly texts: readonly string[];
  readonly undecoded: readonly string[];
  readonly bytes: number;
}

function look(file: Uint8Array | string, limits: Limits = LIMITS): Seen {
  const texts: string[] = [];
  const undecoded: string[] = [];
  let size = 0;
  expand(
    typeof file === 'string' ? Buffer.from(file) : file,
    {
      text: (bytes, within, span) => {
        size += bytes.length;
        const line = span && Buffer.from(file).subarray(0, span.start).toString().split('\n').length;
        texts.push(`${line ?? '-'} ${within.join(' > ')} = ${Buffer.from(bytes).toString().slice(0, 200)}`);
      },
      decoded: () => {},
      undecoded: (what, why) => undecoded.push(`${what}: ${why}`),
    },
    limits,
  );
  return { texts, undecoded, bytes: size };
}

const base64 = (text: string | Uint8Array): string => Buffer.from(text).toString('base64');
const words = 'the quick brown fox jumps over it';

test('what is encoded in a text comes with its line', () => {
  expect(look(`one\nx: ${base64(words)}\n`).texts).toEqual([`2 base64 = ${words}`]);
  expect(look(`id = ${Buffer.from(words).toString('hex')}`).texts).toEqual([`1 hex = ${words}`]);
  expect(look('\n\na%3Db%2Fc d').texts).toEqual(['3 percent = a=b/c d']);
  expect(look(String.raw`"\u0061\x62\143" 1`).texts).toEqual(['1 escapes = "abc" 1']);
  expect(look('&#97;&#x62;&amp;').texts).toEqual(['1 character references = ab&']);
  expect(look('[116, 104, 101, 32, 113, 117, 105, 99, 107, 32, 98, 114, 111, 119, 110]').texts).toEqual([
    '1 numbers = the quick brown',
  ]);
});

test('what is encoded twice, and in wrapped lines', () => {
  expect(look(base64(base64(words))).texts).toEqual([
    `1 base64 = ${base64(words)}`,
    `1 base64 > base64 = ${words}`,
  ]);
  const block = base64(words.repeat(4)).replaceAll(/.{64}/g, '    "$&" +\n');
  expect(look(`  ${block}`.replaceAll(' +', '')).texts[0]).toBe(`1 base64 = ${words.repeat(4)}`);
});

test('hashes, names and pictures are no text', () => {
  for (const text of [
    'sha512-z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg/SpIdNs6c5H0NE8XYXysP+DGNKHfuwvY7kxvUdBeoGlODJ6+SfaPg==',
    'src/analysis/disclosure/kernel/testing/started',
    'd8e8fca2dc0f896fd7cb4cb0031ba249deadbeef',
    'thisIsAVeryLongNameOfAFunctionThatDoesNothing',
    '1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15',
  ])
    expect(look(text).texts).toEqual([]);
});

test('texts come in the order of the file, each with its way', () => {
  const zip = makeZip([
    { name: 'a', data: 'first' },
    { name: 'b', data: gzipSync('second') },
  ]);
  const { texts } = look(zip);
  expect(texts).toEqual([
    '- zip: a name = a',
    '- zip: a = first',
    '- zip: a name = b',
    '- zip: b > gzip = second',
  ]);
});

test('members that the directory does not list, and lies of headers', () => {
  const hidden = makeZip([{ name: 'hidden', data: words }]);
  const shown = makeZip([{ name: 'shown', data: 'nothing' }]);
  expect(look(Buffer.concat([hidden, shown])).texts).toContain(`- zip: hidden = ${words}`);
  expect(look(makeZip([{ name: 'x', data: words, claim: { size: 3 } }])).texts).toContain(
    `- zip: x = ${words}`,
  );
  expect(look(makeZip([{ name: 'x', data: words, claim: { flags: 1 } }])).undecoded).toEqual([
    'zip member: it is encrypted',
  ]);
});

test('a cut stream gives what is there, and says so', () => {
  const text = Array.from({ length: 500 }, (_, i) => `line ${i * 7919}`).join('\n');
  const packed = gzipSync(text);
  const { texts, undecoded } = look(packed.subarray(0, packed.length / 2));
  expect(texts[0]).toContain('line 7919');
  expect(undecoded).toEqual(['gzip: it is truncated']);
});

test('inflates what zlib deflates, at every level', () => {
  const random = numbers(3);
  for (let round = 0; round < 200; round++) {
    const size = random(20_000);
    const kinds = 1 + random(255);
    const bytes = Uint8Array.from({ length: size }, () => random(kinds));
    const { bytes: inflated, fault } = inflateZlib(deflateSync(bytes, { level: round % 10 }), 0, 1 << 20);
    expect(fault).toBeUndefined();
    expect(Buffer.compare(inflated, bytes)).toBe(0);
  }
});

test('a bomb is given up where the limits are', () => {
  const limits = { ...LIMITS, mostBytes: 1 << 20, mostTextBytes: 1 << 18 };
  const bomb = gzipSync(Buffer.alloc(1 << 24, 'a'));
  const one = look(bomb, limits);
  expect(one.bytes).toBeLessThanOrEqual(1 << 18);
  expect(one.undecoded).toEqual(['gzip: it is too large']);
  const many = look(
    makeZip(Array.from({ length: 100 }, (_, i) => ({ name: `${i}`, data: Buffer.alloc(1 << 17, 'b') }))),
    limits,
  );
  expect(many.bytes).toBeLessThanOrEqual((1 << 20) + 1000);
  expect(many.undecoded.length).toBeGreaterThan(0);
});

test('what is nested too deep is not followed', () => {
  let nested: Uint8Array = Buffer.from(words);
  for (let i = 0; i < 40; i++) nested = gzipSync(nested);
  expect(look(nested).undecoded).toEqual(['gzip: it is nested more than 8 deep']);
});

test('mutated files: no throw, no hang, no more than the limits', () => {
  const random = numbers(9);
  const seeds = [
    makeZip([
      { name: 'a', data: words.repeat(9) },
      { name: 'b', data: gzipSync(words) },
    ]),
    gzipSync(words.repeat(20)),
    deflateSync(words.repeat(20)),
    Buffer.from(`\uFEFF${words}`, 'utf16le'),
    Buffer.from(`x ${base64(words.repeat(5))} %41%42 \\u0041 &#65; 0x41, 0x42`),
  ];
  const limits = { ...LIMITS, mostBytes: 1 << 20, mostTextBytes: 1 << 18 };
  for (let round = 0; round < 1000; round++) {
    const file = Uint8Array.from(seeds[round % seeds.length]!);
    for (let change = 0; change <= random(6); change++) file[random(file.length)] = random(256);
    const { bytes } = look(random(3) === 0 ? file.subarray(0, random(file.length)) : file, limits);
    expect(bytes).toBeLessThanOrEqual(1 << 20);
  }
});

test('a large block of base64 that is no text takes time in proportion to its size', () => {
  const random = numbers(4);
  const noise = Uint8Array.from({ length: 3_000_000 }, () => 128 + random(128));
  const block = base64(noise).replaceAll(/.{64}/g, '$&\n');
  const start = process.threadCpuUsage();
  expect(look(block).texts).toEqual([]);
  expect(process.threadCpuUsage(start).user / 1000).toBeLessThan(10_000);
});

test('a long line with a few escapes of each kind is not resolved whole, nor in every order', () => {
  const far = 'x'.repeat(1_000_000);
  const { texts, bytes } = look(`${far}%41${far}&#65;${far}\\x41${far}`);
  expect(texts.map((text) => text.slice(0, text.indexOf('=')).trim())).toEqual([
    '1 percent',
    '1 escapes',
    '1 character references',
  ]);
  expect(bytes).toBeLessThan(30_000);
});

test('escapes within escapes are looked into, twice', () => {
  const kept = look('a %26%2365%3B b').texts.map((text) => text.split(' = ')[1]);
  expect(kept).toEqual(['a &#65; b', 'a A b']);
});

test('what there is no decoder for is counted by name', () => {
  const signs: readonly (readonly [string, string])[] = [
    ['7z', '377abcaf271c'],
    ['rar', '526172211a07'],
    ['lz4', '04224d18'],
    ['rpm', 'edabeedb'],
  ];
  for (const [name, sign] of signs) {
    const file = Buffer.concat([Buffer.from(sign, 'hex'), Buffer.alloc(64, 0x80)]);
    expect(look(file).undecoded).toEqual([`${name}: there is no decoder for it`]);
    expect(look(makeZip([{ name: 'a', data: file }])).undecoded).toEqual([
      `${name}: there is no decoder for it`,
    ]);
  }
});

test('packs and bundles of git that are damaged are counted', () => {
  const pack = Buffer.concat([Buffer.from('5041434b0000000200000001', 'hex'), Buffer.alloc(64, 0x80)]);
  expect(look(pack).undecoded).toEqual(['git pack member: it is damaged']);
  const bundle = Buffer.from(`# v2 git bundle\n${'ab'.repeat(20)} refs/heads/main\n`);
  expect(look(bundle).undecoded).toEqual(['git bundle: it is damaged']);
  expect(look(Buffer.concat([bundle, Buffer.from('\n'), pack])).undecoded).toEqual([
    'git bundle member: it is damaged',
  ]);
});

test('members of ar, as Debian packages and static libraries are', () => {
  const member = (name: string, data: Uint8Array): Buffer => {
    const fields = [name.padEnd(16), '0'.padEnd(12), '0'.padEnd(6), '0'.padEnd(6), '100644'.padEnd(8)];
    const header = `${fields.join('')}${String(data.length).padEnd(10)}\`\n`;
    return Buffer.concat([Buffer.from(header), data, Buffer.alloc(data.length & 1, 10)]);
  };
  const file = Buffer.concat([
    Buffer.from('!<arch>\n'),
    member('debian-binary', Buffer.from('2.0')),
    member('control.gz', gzipSync(words)),
    member('data.tar.xz', Buffer.from('fd377a585a00', 'hex')),
  ]);
  expect(look(file)).toMatchObject({
    texts: [
      '- ar: a name = debian-binary',
      '- ar: debian-binary = 2.0',
      '- ar: a name = control.gz',
      `- ar: control.gz > gzip = ${words}`,
      '- ar: a name = data.tar.xz',
    ],
    undecoded: ['xz: it is truncated'],
  });
  expect(look(file.subarray(0, 90)).texts.length).toBe(2);
});
