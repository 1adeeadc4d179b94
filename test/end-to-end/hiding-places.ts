import { deflateSync, gzipSync } from 'node:zlib';
import { makeZip } from '../../src/adapters/zip/testing/make-zip.ts';

/** A place in a repository where a secret can be, and how to put it there. */
export interface Place {
  readonly name: string;
  /** A file of the first commit. */
  readonly file?: readonly [path: string, bytes: (secret: string) => Uint8Array | string];
  /** More for `git fast-import`. */
  readonly commit?: (secret: string, number: number) => string;
  /** What only git's own commands can do, once all else is there. */
  readonly after?: (git: (...args: string[]) => string, secret: string, number: number) => void;
}

const line = (secret: string): string => `GITHUB_TOKEN=${secret}\n`;
const text = (secret: string): string => `# settings\nregion = eu\n${line(secret)}debug = no\n`;
const utf16be = (words: string): Buffer => Buffer.from(words, 'utf16le').swap16();
const utf32le = (words: string): Buffer =>
  Buffer.concat(words.split('').map((one) => Buffer.from([one.charCodeAt(0), 0, 0, 0])));
/** One file in a tar archive. */
function tar(name: string, content: string): Buffer {
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

const xml = (words: string): string => `<?xml version="1.0"?><w:document><w:t>${words}</w:t></w:document>`;
const filler = (lines: number): string =>
  Array.from({ length: lines }, (_, i) => `line ${i} of many that say nothing`).join('\n');

export const places: readonly Place[] = [
  { name: 'plain file', file: ['plain.env', text] },
  { name: 'zip member', file: ['a.zip', (secret) => makeZip([{ name: 'b.env', data: text(secret) }])] },
  {
    name: 'zip in zip',
    file: [
      'b.zip',
      (secret) => makeZip([{ name: 'a.zip', data: makeZip([{ name: 'c', data: text(secret) }]) }]),
    ],
  },
  {
    name: 'docx body',
    file: ['a.docx', (secret) => makeZip([{ name: 'word/document.xml', data: xml(secret) }])],
  },
  { name: 'gzip', file: ['a.gz', (secret) => gzipSync(text(secret))] },
  { name: 'tar', file: ['a.tar', (secret) => tar('x/y.env', text(secret))] },
  { name: 'tar in gzip', file: ['a.tgz', (secret) => gzipSync(tar('x/y.env', text(secret)))] },
  { name: 'zlib stream', file: ['a.z', (secret) => deflateSync(text(secret) + filler(30))] },
  {
    name: 'UTF-16 with a mark',
    file: ['u16.txt', (secret) => Buffer.from(`\uFEFF${text(secret)}`, 'utf16le')],
  },
  { name: 'UTF-16 without a mark', file: ['u16n.txt', (secret) => Buffer.from(text(secret), 'utf16le')] },
  { name: 'UTF-16, big-endian', file: ['u16b.txt', (secret) => utf16be(`\uFEFF${text(secret)}`)] },
  { name: 'UTF-32', file: ['u32.txt', (secret) => utf32le(text(secret))] },
];
