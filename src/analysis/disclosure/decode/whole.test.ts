import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { randomText } from '../rules/testing/random.ts';
import type { Region } from './around.ts';
import { base64Around, base64Forms, hexAround } from './around.ts';
import { arMembers } from './ar.ts';
import { ascii85At, base85Behind } from './base85.ts';
import { characterCodesAt } from './character-codes.ts';
import { deflatedBehind } from './deflated.ts';
import { expand } from './expand.ts';
import { lineListBehind } from './line-list.ts';
import { LIMITS } from './outlet.ts';
import { pdfTexts } from './pdf.ts';
import { pngTexts } from './png.ts';
import { fromQuotedPrintable, mailBehind, mailBehindSign } from './quoted-printable.ts';
import { fromRtf, rtfBehind } from './rtf.ts';
import { encodedRuns } from './runs.ts';
import { sqliteTexts } from './sqlite.ts';
import { tarMembers } from './tar.ts';
import { zipMembers } from './zip.ts';

const MOST = 1 << 26;
const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');
const random = randomText(11);

/** All pieces that are given from the start on, as who searches asks for them. */
function pieces(
  reveal: (bytes: Uint8Array, at: number, from: number, to: number) => Region,
  bytes: Uint8Array,
): Region[] {
  const all = [reveal(bytes, 0, 0, bytes.length)];
  for (let last = all[0]!; last.goesOn !== undefined; last = all.at(-1)!)
    all.push(last.goesOn(bytes, last.end, 0, bytes.length));
  return all;
}

test('all of a long mail is decoded, in pieces that part no line and, where there are any, end at empty lines', () => {
  const line = `some =\nwords=20and ${random('base62', 40)} of it=2E\n`;
  const paragraph = `${line.repeat(300)}\n`;
  const mail = latin1(`Content-Transfer-Encoding: quoted-printable\n\n${paragraph.repeat(30)}`);
  const all = pieces(mailBehind, mail);
  expect(all.length).toBeGreaterThan(2);
  expect(Buffer.concat(all.map(({ bytes }) => bytes)).equals(fromQuotedPrintable(mail))).toBe(true);
  for (const { end } of all) expect(mail.toString('latin1', end - 2, end)).toBe('\n\n');
  const bare = latin1(line.repeat(9000));
  const parts = pieces(mailBehind, bare);
  expect(parts.length).toBeGreaterThan(1);
  for (const { end } of parts) expect(bare.toString('latin1', end - 4, end)).toBe('=2E\n');
  expect(pieces(mailBehind, latin1('=41'.repeat(200_000)))).toHaveLength(1);
});

test('a name that is given hexadecimal digits begins no mail, also where these begin as a sign does', () => {
  const of = (text: string): Region | undefined => mailBehindSign(latin1(text), 0, 0, text.length);
  expect(of('token=3d0b91c4f2')).toBeUndefined();
  expect(Buffer.from(of('token=3Dghp=5Fabc')!.bytes).toString()).toBe('token=ghp_abc');
});

test('all of a long document in Rich Text Format is read, in pieces that end with paragraphs', () => {
  const document = latin1(
    `{\\rtf1\\ansi ${`{\\b ${random('base62', 30)}}\\pard x\\par `.repeat(20_000)}{\\b end}}`,
  );
  const all = pieces(rtfBehind, document);
  expect(all.length).toBeGreaterThan(2);
  expect(Buffer.concat(all.map(({ bytes }) => bytes)).equals(fromRtf(document))).toBe(true);
  for (const { start } of all.slice(1)) expect(document.toString('latin1', start, start + 5)).toBe('\\par ');
  expect(pieces(rtfBehind, latin1(`{\\rtf1 ${'a'.repeat(600_000)}}`))).toHaveLength(1);
});

test('what is packed and written in base64, hexadecimal digits or base85 is decoded to its end', () => {
  const packed = gzipSync(latin1(random('base64', 3_000_000)));
  const base64 = latin1(`x = "${packed.toString('base64').replaceAll(/.{76}/g, '$&\n')}" `);
  const form = { form: 'H4sIA', skipped: 0, shift: 0 };
  expect(Buffer.from(base64Around(base64, 5, form, 0, base64.length)!.bytes).equals(packed)).toBe(true);
  const hex = latin1(`\\x${packed.toString('hex')}'`);
  expect(Buffer.from(hexAround(hex, 2, 0, hex.length, true)!.bytes).equals(packed)).toBe(true);
  const text = latin1('password and more..\n'.repeat(60_000));
  const adobe = latin1(`<~${in85(text, ASCII85)}~>`);
  expect(Buffer.from(ascii85At(adobe, 0, 0, adobe.length)!.bytes).equals(text)).toBe(true);
  const python = latin1(`b85decode("${in85(text, RFC1924)}")`);
  expect(Buffer.from(base85Behind(python, 0, 0, python.length)!.bytes).equals(text)).toBe(true);
});

const ASCII85 = String.fromCharCode(...Array.from({ length: 85 }, (_, i) => 33 + i));
const RFC1924 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~';

/** Four bytes as five digits each. */
function in85(bytes: Buffer, alphabet: string): string {
  let digits = '';
  for (let at = 0; at < bytes.length; at += 4)
    for (let i = 4, value = bytes.readUInt32BE(at); i >= 0; i--)
      digits += alphabet[Math.floor(value / 85 ** i) % 85]!;
  return digits;
}

test('deflate in base64 is unpacked to its end', () => {
  const packed = deflateRawSync(Buffer.alloc(3_000_000, 'some text\n')).toString('base64');
  const bytes = latin1(`SAMLRequest=${packed}`);
  expect(deflatedBehind(bytes, 0, 0, bytes.length)).toMatchObject({ bytes: { length: 3_000_000 } });
});

test('long lists of lines and of numbers of characters are read to their end', () => {
  const line = '"token and more\\n",\n';
  const notebook = latin1(`"source": [${line.repeat(80_000)}"end"]`);
  expect(lineListBehind(notebook, 0, 0, notebook.length)!.bytes.length).toBe(80_000 * 15 + 3);
  const buffer = latin1(`{"type":"Buffer","data":[${'103,104,'.repeat(40_000)}112]}`);
  expect(characterCodesAt(buffer, 1, 0, buffer.length)).toMatchObject({ bytes: { length: 80_001 } });
  expect(characterCodesAt(buffer, 1, 0, buffer.length)).not.toHaveProperty('fault');
});

test('what of a database is not read is told: tables that are too long, damaged, or without row ids', async ({
  skip,
}) => {
  const sqlite = await import('node:sqlite').catch(() => undefined);
  if (sqlite === undefined) return skip('no SQLite here');
  const database = new sqlite.DatabaseSync(':memory:');
  database.exec('PRAGMA page_size = 1024; CREATE TABLE users (login TEXT)');
  const insert = database.prepare('INSERT INTO users (login) VALUES (?)');
  for (let i = 0; i < 300; i++) insert.run(`user${i}`);
  const serialize = (): Uint8Array | undefined =>
    (database as unknown as { serialize?: () => Uint8Array }).serialize?.();
  const file = serialize();
  if (file === undefined) return skip('this SQLite writes nothing to memory');
  const faults = (bytes: Uint8Array, most = MOST): readonly unknown[] =>
    Array.from(sqliteTexts(bytes, () => most)).flatMap(({ table, fault }) =>
      fault === undefined ? [] : [[table, fault]],
    );
  expect(faults(file)).toEqual([]);
  expect(faults(file, 100)).toEqual([['users', 'it holds more than is looked into']]);
  expect(faults(file.slice(0, -1024))).toEqual([['users', 'it is damaged']]);
  database.exec("CREATE TABLE keyed (a TEXT PRIMARY KEY) WITHOUT ROWID; INSERT INTO keyed VALUES ('x')");
  expect(faults(serialize()!)).toEqual([['keyed', 'it has no row ids, which is not known here']]);
});

test('what of pictures and PDFs does not come out is told', () => {
  const chunk = Buffer.concat([latin1('Comment\0\0'), deflateSync(Buffer.alloc(5000, 'abc '))]);
  const size = Buffer.alloc(4);
  size.writeUInt32BE(chunk.length);
  const png = Buffer.concat([latin1('\x89PNG\r\n\x1a\n'), size, latin1('zTXt'), chunk, Buffer.alloc(4)]);
  expect(Array.from(pngTexts(png, () => 100))).toMatchObject([{ fault: 'too large' }]);
  expect(Array.from(pngTexts(png, () => MOST))).toMatchObject([{ bytes: { length: 5000 } }]);
  const told = (trailer: string, stream: Buffer, most = MOST): string[] => {
    const why: string[] = [];
    const head = latin1('%PDF-1.4\n1 0 obj <</Filter /FlateDecode>>\nstream\n');
    const file = Buffer.concat([head, stream, latin1(`\nendstream\n${trailer}`)]);
    for (const _ of pdfTexts(
      file,
      () => most,
      (one) => why.push(one),
    ));
    return why;
  };
  const stream = deflateSync(Buffer.alloc(5000, '(abc) Tj '));
  expect(told('', stream)).toEqual([]);
  expect(told('', stream, 100)).toEqual(['it is too large']);
  expect(told('', stream.subarray(0, -20))).toEqual(['it is damaged']);
  expect(told('trailer <</Encrypt 9 0 R>>', Buffer.from(random('base62', 99)))).toEqual(['it is encrypted']);
  expect(told('(how /Encryption works)', stream)).toEqual([]);
});

test('archives that are damaged say so, and give what is before', () => {
  const header = Buffer.alloc(512);
  header.write('a.txt');
  header.write('00000000005\0', 124);
  header.fill(' ', 148, 156);
  header.write('0', 156);
  header.write(
    `${header
      .reduce((sum, one) => sum + one, 0)
      .toString(8)
      .padStart(6, '0')}\0 `,
    148,
  );
  const data = Buffer.alloc(512);
  data.write('hello');
  const tar = (rest: Buffer): unknown[] =>
    Array.from(
      tarMembers(Buffer.concat([header, data, rest]), () => MOST),
      ({ name, fault }) => [name, fault],
    );
  expect(tar(Buffer.alloc(1024))).toEqual([['a.txt', undefined]]);
  expect(tar(Buffer.alloc(1024, 'x'))).toEqual([
    ['a.txt', undefined],
    ['', 'it is damaged'],
  ]);
  const member = `${'a.txt/'.padEnd(48)}${'4'.padEnd(10)}\`\n`;
  const ar = (rest: string): unknown[] =>
    Array.from(
      arMembers(latin1(`!<arch>\n${member}data${rest}`), () => MOST),
      ({ name, fault }) => [name, fault],
    );
  expect(ar('')).toEqual([['a.txt', undefined]]);
  expect(ar('x'.repeat(80))).toEqual([
    ['a.txt', undefined],
    ['', 'it is damaged'],
  ]);
});

/** A stored member and its entry in the directory; `size` as the headers tell it, `extra` with the sizes of a large archive. */
function zipOf(size: number, extra: Buffer, data: Buffer, local = 0): Buffer {
  const head = Buffer.alloc(30);
  head.writeUInt32LE(0x04034b50, 0);
  head.writeUInt32LE(size, 18);
  head.writeUInt32LE(size, 22);
  head.writeUInt16LE(1, 26);
  head.writeUInt16LE(extra.length, 28);
  const entry = Buffer.alloc(46);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt32LE(size, 20);
  entry.writeUInt16LE(1, 28);
  entry.writeUInt32LE(local, 42);
  const body = Buffer.concat([head, latin1('a'), extra, data]);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt32LE(47, 12);
  end.writeUInt32LE(body.length, 16);
  return Buffer.concat([body, entry, latin1('a'), end]);
}

test('members of zip: sizes of large archives, cut data, an entry that leads nowhere', () => {
  const read = (bytes: Buffer): unknown[] =>
    Array.from(
      zipMembers(bytes, () => MOST),
      (one) => [one.name, Buffer.from(one.bytes).toString(), one.fault],
    );
  const data = latin1('hello');
  const large = Buffer.alloc(20);
  large.writeUInt16LE(1, 0);
  large.writeUInt16LE(16, 2);
  large.writeBigUInt64LE(5n, 4);
  large.writeBigUInt64LE(5n, 12);
  expect(read(zipOf(5, Buffer.alloc(0), data))).toEqual([['a', 'hello', undefined]]);
  expect(read(zipOf(0xffffffff, large, data))).toEqual([['a', 'hello', undefined]]);
  const cut = zipOf(5000, Buffer.alloc(0), data);
  expect(read(cut)[0]).toEqual(['a', cut.toString('utf8', 31), 'it is truncated']);
  const none = zipOf(5, Buffer.alloc(0), data, 3);
  expect(read(none)).toEqual([['a', 'hello', undefined]]);
  none[0] = 0;
  expect(read(none)).toEqual([['', '', 'it is damaged']]);
});

test('in the base64 of what is no text each string is given by itself, and the rest is not decoded again for each', () => {
  const noise = Buffer.from(Array.from({ length: 300 }, (_, i) => 128 + ((i * 89) % 128)));
  const [one, other] = ['access to the first of them', 'access to the second of these'];
  const file = Buffer.concat([noise, latin1(one), noise.subarray(0, 3), latin1(other), noise]);
  const bytes = latin1(file.toString('base64'));
  const [form] = base64Forms('access');
  const found = [300, 330].map((at) => base64Around(bytes, (at * 4) / 3, form!, 0, bytes.length)!);
  expect(found.map((region) => Buffer.from(region.bytes).toString())).toEqual([one, other]);
  expect(found[0]!.end).toBeLessThanOrEqual(440);
  expect(found[0]!.noise).toBe(file.toString('base64').replaceAll('=', '').length);
  const again = base64Around(bytes, 440, form!, 0, bytes.length, found[0]!.noise);
  expect(Buffer.from(again!.bytes).toString()).toBe(other);
  const nothing = base64Around(
    latin1(noise.toString('base64')),
    8,
    { form: '', skipped: 0, shift: 0 },
    0,
    400,
  );
  expect(nothing).toMatchObject({ bytes: { length: 0 }, start: 8, end: 9, noise: 400 });
  const digits = latin1(noise.toString('hex'));
  expect(hexAround(digits, 10, 0, 600)).toMatchObject({ bytes: { length: 0 }, noise: 600 });
  expect(hexAround(digits, 12, 0, 600, false, 600)).toBeUndefined();
  expect(hexAround(digits, 13, 0, 600, false, 600)).toMatchObject({ noise: 599 });
});

test('of a text that is more than there is room for the first part is looked into, and it is told', () => {
  const all = 'password and more of it\n'.repeat(200);
  const texts = (bytes: Uint8Array): unknown[] => {
    const given: unknown[] = [];
    const text = (inner: Uint8Array, within: readonly string[]): void => {
      given.push(within.join(), Buffer.from(inner).toString('latin1') === all.slice(0, 1000));
    };
    const undecoded = (what: string, why: string): void => void given.push(`${what}: ${why}`);
    expand(bytes, { text, decoded: () => {}, undecoded }, { ...LIMITS, mostTextBytes: 1000 });
    return given;
  };
  const told = (how: string): unknown[] => [`${how}: its file holds more than is looked into`, how, true];
  expect(texts(Buffer.from(all, 'utf16le'))).toEqual(told('UTF-16LE'));
  expect(texts(latin1(Buffer.from(all).toString('base64')))).toEqual(told('base64'));
  const mail = latin1(all.replaceAll(/./g, (one) => `=${Buffer.from(one).toString('hex')}`));
  expect(texts(Buffer.concat([latin1('key=3D'), mail])).slice(0, 2)).toEqual([
    'quoted-printable: its file holds more than is looked into',
    'quoted-printable',
  ]);
});

test('base64 of any length is decoded in pieces', () => {
  const bytes = Buffer.alloc(70_000_000, 'dG9rZW4g');
  const found = Array.from(encodedRuns(bytes), (run) => [run.start, run.end, run.bytes.length]);
  expect(found).toEqual([
    [0, 67_108_864, 50_331_648],
    [67_108_864, 70_000_000, 2_168_352],
  ]);
});

test('strings over and over that no list joins are read once', () => {
  for (const form of ['"{0}{1}",', '"---"+', "'%s%s', "]) {
    const bytes = latin1(form.repeat(40_000));
    const start = performance.now();
    expand(bytes, { text: () => {}, decoded: () => {}, undecoded: () => {} }, LIMITS);
    // Of each of them to the end of what may be a list it would take half a minute.
    expect(performance.now() - start).toBeLessThan(8000);
  }
});
