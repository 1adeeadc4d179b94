import { crc32, deflateSync } from 'node:zlib';
import { makeZip } from '../../src/adapters/zip/testing/make-zip.ts';

/** A place in a repository where a secret can be, and how to put it there. */
export interface Place {
  readonly name: string;
  /** A file of the first commit. */
  readonly file?: readonly [path: string, bytes: (secret: string) => Uint8Array | string];
  /** What stands there when there is no secret, where that is not the same with other text. */
  readonly twin?: string;
  /** More for `git fast-import`. */
  readonly commit?: (secret: string, number: number) => string;
  /** What only git's own commands can do, once all else is there. */
  readonly after?: (
    git: (args: readonly string[], input: string) => string,
    secret: string,
    folder: string,
  ) => void;
}

export const line = (secret: string): string => `GITHUB_TOKEN=${secret}\n`;
export const base64 = (bytes: Uint8Array | string): string => Buffer.from(bytes).toString('base64');
export const hex = (bytes: Uint8Array | string): string => Buffer.from(bytes).toString('hex');
export const wide = (words: string): Buffer => Buffer.from(words, 'utf16le');
/** In lines of a width, as `base64` and mail write it. */
export const wrapped = (words: string, width: number): string =>
  words.replaceAll(new RegExp(`.{${width}}`, 'g'), '$&\n');
export const each = (words: string, as: (unit: number) => string): string =>
  words
    .split('')
    .map((one) => as(one.charCodeAt(0)))
    .join('');
export const digits = (unit: number, base: number, length: number): string =>
  unit.toString(base).padStart(length, '0');
export const text = (secret: string): string => `# settings\nregion = eu\n${line(secret)}debug = no\n`;
export const utf16be = (words: string): Buffer => Buffer.from(words, 'utf16le').swap16();
export const utf32le = (words: string): Buffer =>
  Buffer.concat(words.split('').map((one) => Buffer.from([one.charCodeAt(0), 0, 0, 0])));
/** One file in a tar archive. */
export function tar(name: string, content: string | Buffer): Buffer {
  const header = Buffer.alloc(512);
  header.write(name, 0);
  header.write('0000644\0', 100);
  header.write(`${content.length.toString(8).padStart(11, '0')}\0`, 124);
  header.write('0', 156);
  header.write('ustar\x0000', 257);
  header.write('        ', 148);
  const sum = header.reduce((all, byte) => all + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  const size = Math.ceil(content.length / 512) * 512;
  return Buffer.concat([header, Buffer.alloc(size).fill(content, 0, content.length), Buffer.alloc(1024)]);
}

export const xml = (words: string): string =>
  `<?xml version="1.0"?><w:document><w:t>${words}</w:t></w:document>`;
export const filler = (lines: number): string =>
  Array.from({ length: lines }, (_, i) => `line ${i} of many that say nothing`).join('\n');

export const who = 'A <a@example.invalid> 1700000100 +0000';
export const data = (words: string): string => `data ${Buffer.byteLength(words)}\n${words}\n`;
export const file = (name: string, path: string, bytes: (secret: string) => Uint8Array | string): Place => ({
  name,
  file: [path, bytes],
});
export const zip = (name: string, content: Uint8Array | string): Uint8Array =>
  makeZip([{ name, data: content }]);
export const jpeg = (segment: Uint8Array): Buffer =>
  Buffer.concat([
    Buffer.from([0xff, 0xd8, 0xff, 0xe1, (segment.length + 2) >> 8, (segment.length + 2) & 255]),
    segment,
    Buffer.from([0xff, 0xda, 0, 2, 1, 2, 3, 0xff, 0xd9]),
  ]);
export const png = (type: string, content: Uint8Array): Buffer => {
  const chunk = (name: string, bytes: Uint8Array): Buffer => {
    const body = Buffer.concat([Buffer.from(name, 'latin1'), bytes]);
    const frame = Buffer.alloc(body.length + 8);
    frame.writeUInt32BE(bytes.length, 0);
    body.copy(frame, 4);
    frame.writeUInt32BE(crc32(body), body.length + 4);
    return frame;
  };
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', Buffer.from('00000001000000010800000000', 'hex')),
    chunk(type, content),
    chunk('IDAT', deflateSync(Buffer.from([0, 0]))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
};
export const pdf = (dictionary: string, stream: Uint8Array | string, more = ''): Buffer =>
  Buffer.concat([
    Buffer.from(
      `%PDF-1.7\n%\xe2\xe3\n1 0 obj\n<< ${dictionary} /Length ${stream.length} >>\nstream\n`,
      'latin1',
    ),
    Buffer.from(stream),
    Buffer.from(`\nendstream\nendobj\n${more}\ntrailer << /Root 1 0 R >>\n%%EOF\n`),
  ]);
export const shown = (secret: string): string => `BT /F1 12 Tf 72 700 Td (${secret}) Tj ET`;
/** A notebook as Jupyter writes it: an output of a cell. */
export const notebook = (output: object): string =>
  JSON.stringify({ cells: [{ cell_type: 'code', source: [], outputs: [output] }], nbformat: 4 }, null, 1);

export const EMPTY_TREE = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

export function commitWith(headers: string): string {
  return `tree ${EMPTY_TREE}\nauthor ${who}\ncommitter ${who}\n${headers}\nm\n`;
}

export function halves(words: string, between: string): string {
  return `${words.slice(0, 17)}${between}${words.slice(17)}`;
}

export function pairs(words: string): string[] {
  return hex(words).match(/../g)!;
}

export function dump(words: string, row: (at: number, bytes: string) => string): string {
  const rows = words.match(/[\s\S]{1,16}/g)!;
  return `${rows.map((bytes, i) => row(i * 16, bytes)).join('\n')}\n`;
}

export function base32(words: string): string {
  const bits = each(words, (unit) => digits(unit, 2, 8));
  return bits
    .match(/.{1,5}/g)!
    .map((five) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[Number.parseInt(five.padEnd(5, '0'), 2)])
    .join('');
}

export function ar(name: string, content: Uint8Array): Buffer {
  const field = (words: string, width: number): string => words.padEnd(width);
  const header = `${field(name, 16)}${field('0', 12)}${field('0', 6)}${field('0', 6)}${field('100644', 8)}${field(String(content.length), 10)}\`\n`;
  return Buffer.concat([Buffer.from(`!<arch>\n${header}`), content, Buffer.alloc(content.length & 1, 10)]);
}

export function tarLink(name: string, target: string): Buffer {
  const block = tar(name, '');
  block.write('2', 156);
  block.write(target, 157);
  block.write('        ', 148);
  const sum = block.subarray(0, 512).reduce((all, byte) => all + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return block;
}

export function ascii85(bytes: Uint8Array): string {
  let digitsOfAll = '';
  for (let i = 0; i < bytes.length; i += 4) {
    const group = [0, 1, 2, 3].map((at) => bytes[i + at] ?? 0);
    let value = group.reduce((sum, byte) => sum * 256 + byte, 0);
    let five = '';
    for (let at = 0; at < 5; at++, value = Math.floor(value / 85))
      five = String.fromCharCode(33 + (value % 85)) + five;
    digitsOfAll += five.slice(0, Math.min(4, bytes.length - i) + 1);
  }
  return `${digitsOfAll}~>`;
}
