import { deflateSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import {
  compoundFile,
  gitPack,
  gitPatch,
  packedMacro,
} from '../../../../test/end-to-end/told-hiding-tools.ts';
import { toldPlaces } from '../../../../test/end-to-end/told-hiding-places.ts';
import { bytesOf, characters } from './characters.ts';
import { compoundStreams } from './compound.ts';
import { expand } from './expand.ts';
import { packedObjects } from './git-pack.ts';
import { hintedRuns } from './hints.ts';
import { unpackMacro } from './macros.ts';
import { LIMITS } from './outlet.ts';
import type { Done } from './seen.ts';
import { noting, unlessSeen } from './seen.ts';

interface Told {
  readonly texts: number;
  readonly bytes: number;
  readonly largest: number;
  readonly undecoded: ReadonlyMap<string, number>;
}

const latin1 = (bytes: Uint8Array, start: number, end: number): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('latin1');

function told(file: Uint8Array): Told {
  let [texts, bytes, largest] = [0, 0, 0];
  const undecoded = new Map<string, number>();
  const outlet = {
    text: (text: Uint8Array) => {
      texts++;
      bytes += text.length;
      largest = Math.max(largest, text.length);
    },
    decoded: () => {},
    undecoded: (what: string, why: string) =>
      void undecoded.set(`${what}: ${why}`, (undecoded.get(`${what}: ${why}`) ?? 0) + 1),
  };
  expand(file, outlet, { ...LIMITS, latin1 });
  return { texts, bytes, largest, undecoded };
}

const cpu = (work: () => void): number => {
  const start = process.threadCpuUsage();
  work();
  const { user, system } = process.threadCpuUsage(start);
  return (user + system) / 1000;
};
const of = (text: string): string[] =>
  [...hintedRuns(bytesOf(text))].map(({ bytes }) => characters(bytes, 0, bytes.length));

const words = 'the quick brown fox jumps over a lazy dog';

test('whatever words tell of, cut anywhere, is read without a throw and gives no more than it has', () => {
  for (const { file } of toldPlaces) {
    const whole = Buffer.from(file?.[1](`ghp_${'x1Y2z3A4'.repeat(4)}abcd`) ?? '');
    const step = Math.ceil(whole.length / 14);
    for (let size = 0; size < whole.length; size += step)
      expect(told(whole.subarray(0, size)).bytes).toBeLessThan(64 * whole.length + 65_536);
  }
});

test('a compound file, a pack and a macro that are cut say so, at every byte', () => {
  const small = Buffer.from(words);
  const pack = gitPack(`${words}\n`, `${words}\n`);
  for (let size = 12; size < pack.length; size++)
    expect([...packedObjects(pack.subarray(0, size), 0, 20, () => 1 << 20, undefined)].at(-1)?.fault).toBe(
      'it is damaged',
    );
  expect([...packedObjects(pack, 0, 20, () => 1 << 20, undefined)].map(({ fault }) => fault)).toEqual(
    Array.from({ length: pack.readUInt32BE(8) }, () => undefined),
  );
  const compound = compoundFile('Some', Buffer.concat([Buffer.alloc(5000, 'x'), small]));
  const stream = [...compoundStreams(compound)];
  expect(stream.map(({ name, fault }) => [name, fault])).toEqual([['Some', undefined]]);
  const whole = stream[0]!.bytes.length;
  for (let size = 8; size < compound.length; size++) {
    const streams = [...compoundStreams(compound.subarray(0, size))];
    const isWhole = streams.some(({ name, bytes }) => name === 'Some' && bytes.length === whole);
    expect(isWhole || streams.some(({ fault }) => fault !== undefined)).toBe(true);
  }
  const macro = packedMacro(`Attribute VB_Name\r\n${words}`);
  expect(unpackMacro(macro, 0, 1 << 20).fault).toBeUndefined();
  for (let size = 4; size < macro.length; size++)
    expect(unpackMacro(macro.subarray(0, size), 0, 1 << 20).fault).toBe('truncated');
  expect(unpackMacro(macro, 0, 20)).toMatchObject({ fault: 'too large' });
});

test('sectors that follow each other in a circle, or lie over each other, give no more than the file has', () => {
  for (const next of [0, 1, 0xfffffffe]) {
    const file = Buffer.alloc(512 * 600);
    Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(file);
    for (let at = 512; at < file.length; at += 4) file.writeUInt32LE(next, at);
    file.writeUInt16LE(9, 30);
    file.writeUInt16LE(6, 32);
    for (let i = 0; i < 109; i++) file.writeUInt32LE(i, 76 + 4 * i);
    // The directory, and more lists of lists, which lead back to themselves.
    file.writeUInt32LE(400, 48);
    file.writeUInt32LE(3, 68);
    file.writeUInt32LE(200, 60);
    for (let at = 401 * 512; at < 402 * 512; at += 128) {
      file.fill(0, at, at + 128);
      file.write('__proto__', at, 'utf16le');
      file.writeUInt16LE(20, at + 64);
      file[at + 66] = 2;
      file.writeUInt32LE(0xfffffff0, at + 120);
    }
    const streams = [...compoundStreams(file)];
    expect(streams.reduce((size, { bytes }) => size + bytes.length, 0)).toBeLessThan(4 * file.length);
    expect(streams.some(({ fault }) => fault !== undefined)).toBe(true);
    expect([...told(file).undecoded.keys()]).toContainEqual(expect.stringMatching(/^compound file: /));
  }
});

test('a pack whose sizes lie, whose deltas build on nothing, or with something behind it', () => {
  const objects = (...parts: Uint8Array[]): Buffer => {
    const head = Buffer.from('PACK\0\0\0\x02\0\0\0\0', 'latin1');
    head.writeUInt32BE(parts.length, 8);
    return Buffer.concat([head, ...parts, Buffer.alloc(20)]);
  };
  const faults = (pack: Uint8Array, most = 1 << 20): unknown[] =>
    [...packedObjects(pack, 0, 20, () => most, undefined)].map(({ fault }) => fault);
  const object = (type: number, size: number, content: Uint8Array, between = Buffer.alloc(0)): Buffer =>
    Buffer.concat([
      Buffer.from([0x80 | (type << 4) | (size & 15), 0x80 | ((size >> 4) & 127), size >> 11]),
      between,
      deflateSync(content),
    ]);
  const blob = object(3, 41, Buffer.from(words));
  expect(faults(objects(blob))).toEqual([undefined]);
  expect(faults(objects(object(3, 4000, Buffer.from(words))))).toEqual(['it is damaged']);
  expect(faults(objects(object(3, 4, Buffer.from(words))))).toEqual(['it is damaged']);
  expect(faults(objects(object(3, 200_000, Buffer.from(words))), 99_999)).toEqual([
    'it holds more than is looked into',
  ]);
  // A delta of two bytes of size, and the three letters that it brings.
  const delta = Buffer.from([41, 3, 3, 0x61, 0x62, 0x63]);
  expect(faults(objects(object(7, 6, delta, Buffer.alloc(20))))).toEqual(['what it builds on is not there']);
  expect(faults(objects(blob, object(6, 6, delta, Buffer.from([blob.length]))))).toEqual([
    undefined,
    undefined,
  ]);
  const short = Buffer.from([41, 9, 3, 0x61, 0x62, 0x63]);
  expect(faults(objects(blob, object(6, 6, short, Buffer.from([blob.length]))))).toEqual([
    undefined,
    'it is damaged',
  ]);
  expect(faults(Buffer.concat([objects(blob), Buffer.from('more')]))).toEqual([undefined, 'it is damaged']);
});

test('a form over and over, with what it needs, is read once', () => {
  const forms = ['].join', '%w[a].join', '.join([\n', "concat('", 'chr(1).\n          ', '"0":1,', '"0":'];
  forms.push('begin 644 a\n', 'git binary patch\nliteral 1\n', 'z85."', '=?utf-8?q??= ', '=?utf-8?q?');
  forms.push('[1, "o", ""]\n', '[1, "o", "a"],[1, "i", ""]\n', ', "o", "', 'brotli-', 'brotli', '"br"');
  for (const form of forms) {
    const bytes = bytesOf(form.repeat(24_000 / form.length));
    const taken = cpu(() => {
      for (const { end } of hintedRuns(bytes)) expect(end).toBeLessThanOrEqual(bytes.length);
    });
    // Each again from every place on: some seconds.
    expect([form, taken < 500]).toEqual([form, true]);
  }
}, 20_000);

test('patches, members and streams that unpack to more than is kept', () => {
  const part = gitPatch('\0'.repeat(900_000)).replace(/^[^]*?(?=literal)/, '');
  const bomb = Buffer.from(`GIT binary patch\n${part.repeat(76)}`);
  const [patch] = [...hintedRuns(bomb)].filter(({ how }) => how === 'git binary patch');
  expect([patch!.bytes.length < 70_000_000, patch!.fault]).toEqual([
    true,
    'it holds more than is looked into',
  ]);
  const empty = gzipSync('');
  const members = Buffer.concat([...Array.from({ length: 3000 }, () => empty), gzipSync(words)]);
  expect(told(members)).toMatchObject({ texts: 1, bytes: words.length });
  const carved = Buffer.concat([Buffer.alloc(64, 1), Buffer.alloc(8), ...Array(60).fill(gzipSync(words))]);
  expect(told(carved).texts).toBe(60);
  const places = Buffer.concat([Buffer.alloc(64), Buffer.from('x\x9c\x01\x02'.repeat(25_000), 'latin1')]);
  expect([...told(places).undecoded.keys()]).toEqual(['zlib: more of it is in one file than is looked for']);
});

test('of a file with more to count than is kept nothing is remembered', () => {
  const remembered: number[] = [];
  const seen = {
    nameOf: () => 'one',
    known: () => undefined,
    mark: () => 0,
    remember: (_name: string, _mark: number, { counted }: Done) => void remembered.push(counted.length),
  };
  for (const count of [10, 150_000]) {
    const notes = { given: 0, counted: [] };
    let decoded = 0;
    const outlet = noting({ text: () => {}, decoded: () => void decoded++, undecoded: () => {} }, notes);
    const run = { outlet, limits: { ...LIMITS, seen }, bytes: 0, texts: 0, notes };
    unlessSeen(run, Buffer.from(words), [], () => {
      for (let i = 0; i < count; i++) outlet.decoded('base64');
    });
    expect(decoded).toBe(count);
  }
  expect(remembered).toEqual([10]);
});

test('what is typed and what is shown in a recording, and events and words that are longer than a look', () => {
  const said = 'export TOKEN=abcdef0123456789';
  const typed = (kind: string): string =>
    said
      .split('')
      .map((one) => `[0.5, "${kind}", "${one}"]`)
      .join('\n');
  expect(of(`${typed('i')}\n`)).toEqual([said]);
  expect(of(`[0.1, "i", "l"]\n[0.2, "i", "s"]\n${typed('o')}\n`)).toEqual([said]);
  expect(of(`${typed('i')}\n${typed('o')}\n`)).toEqual([`${said}\n${said}`]);
  const long = `[0.1, "o", "${'\\u001b[1m'.repeat(60)}"]\n`;
  expect(of(`${long}${typed('o')}`)[0]).toContain(said);
  const word = (text: string): string => `=?utf-8?q?${text}?=`;
  const parts = ['a', 'b', 'c'].map((one) => one.repeat(120));
  expect(of(parts.map(word).join(' '))).toEqual([parts.join('')]);
});
