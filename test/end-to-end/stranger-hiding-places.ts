import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { makeZip } from '../../src/adapters/zip/testing/make-zip.ts';
import type { Place } from './hiding-tools.ts';
import {
  base64,
  file,
  filler,
  hex,
  jpeg,
  line,
  pdf,
  text,
  utf16be,
  wide,
  wrapped,
  xml,
  zip,
} from './hiding-tools.ts';

/** Bytes behind the sign of a compound file, as old documents and what is embedded in new ones are. */
const compound = (...parts: readonly (Buffer | string)[]): Buffer =>
  Buffer.concat([
    Buffer.from('d0cf11e0a1b11ae1', 'hex'),
    Buffer.alloc(600),
    ...parts.map((part) => Buffer.from(part)),
    Buffer.alloc(90),
  ]);

/** `count` archives, one in another. */
const nested = (count: number, content: string): Buffer => {
  let inner: Buffer | string = content;
  for (let i = 0; i < count; i++) inner = Buffer.from(makeZip([{ name: `n${i}.zip`, data: inner }]));
  return Buffer.from(inner);
};

/** Rows of 20 bytes, each behind the number of its filter of PNG (none). */
const rows = (words: string): Buffer =>
  Buffer.concat(
    words
      .padEnd(200)
      .match(/.{20}/gs)!
      .flatMap((row) => [Buffer.from([0]), Buffer.from(row)]),
  );

/** Places found when somebody tried to get past what the others had taught. */
export const strangerPlaces: readonly Place[] = [
  file('zlib in base64', 'zlib.txt', (secret) => `payload: ${base64(deflateSync(text(secret)))}\n`),
  file(
    'zlib, packed best, in base64',
    'zlib9.txt',
    (secret) => `payload: ${base64(deflateSync(text(secret), { level: 9 }))}\n`,
  ),
  file('gzip in hexadecimal digits', 'gzip.hex', (secret) => `data: ${hex(gzipSync(text(secret)))}\n`),
  file('a zip archive in a field of JSON', 'function.json', (secret) =>
    JSON.stringify({ ZipFile: base64(zip('index.js', text(secret))) }),
  ),
  file('a document in a field of JSON', 'body.json', (secret) =>
    JSON.stringify({ body: base64(zip('word/document.xml', xml(secret))) }),
  ),
  file(
    'an attachment of a mail that is packed',
    'packed.eml',
    (secret) =>
      `Content-Type: application/gzip\nContent-Transfer-Encoding: base64\n\n${wrapped(base64(gzipSync(filler(20) + line(secret))), 76)}\n`,
  ),
  file('seven archives in each other', 'seven.zip', (secret) => nested(7, text(secret))),
  file('the description of a PDF in XMP', 'xmp.pdf', (secret) =>
    pdf('/Type /Metadata /Subtype /XML', `<x:xmpmeta><dc:description>${secret}</dc:description></x:xmpmeta>`),
  ),
  file('a file that a PDF has with it', 'attached.pdf', (secret) =>
    pdf('/Type /EmbeddedFile /Filter /FlateDecode', deflateSync(zip('a.env', text(secret)))),
  ),
  file('a stream of a PDF with a predictor', 'predictor.pdf', (secret) =>
    pdf('/Filter /FlateDecode /DecodeParms << /Predictor 15 /Columns 20 >>', deflateSync(rows(text(secret)))),
  ),
  file('the address behind a link of a PDF', 'link.pdf', (secret) =>
    pdf('/N 1', 'q Q', `2 0 obj << /A << /URI (https://x.example.invalid/?t=${secret}) >> >> endobj`),
  ),
  file('XML of its own in a document', 'custom.docx', (secret) =>
    zip('customXml/item1.xml', `<a>${secret}</a>`),
  ),
  file('a footnote that an editor split', 'note.docx', (secret) =>
    zip(
      'word/footnotes.xml',
      `<w:r><w:t>${secret.slice(0, 15)}</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>${secret.slice(15)}</w:t></w:r>`,
    ),
  ),
  file('an object that a document embeds', 'object.docx', (secret) =>
    zip('word/embeddings/oleObject1.bin', compound(text(secret))),
  ),
  file('a sheet that a document embeds', 'sheet.docx', (secret) =>
    zip('word/embeddings/a.xlsx', zip('xl/sharedStrings.xml', `<sst><si><t>${secret}</t></si></sst>`)),
  ),
  file('the address of a link of a document', 'rels.docx', (secret) =>
    zip('word/_rels/document.xml.rels', `<Relationship Target="https://x.example.invalid/?k=${secret}"/>`),
  ),
  file('a hidden name of a workbook', 'names.xlsx', (secret) =>
    zip('xl/workbook.xml', `<definedName name="t" hidden="1">"${secret}"</definedName>`),
  ),
  file('a cell of two looks', 'rich.xlsx', (secret) =>
    zip(
      'xl/sharedStrings.xml',
      `<si><r><t>${secret.slice(0, 12)}</t></r><r><rPr/><t>${secret.slice(12)}</t></r></si>`,
    ),
  ),
  file('a macro', 'macro.xlsm', (secret) => zip('xl/vbaProject.bin', compound(`token = "${secret}"`))),
  file('a chapter of a book', 'a.epub', (secret) => zip('OEBPS/ch1.xhtml', `<p>${secret}</p>`)),
  file('a cell of an OpenDocument sheet', 'a.ods', (secret) =>
    zip('content.xml', `<text:p>${secret.slice(0, 7)}<text:span>${secret.slice(7)}</text:span></text:p>`),
  ),
  file('a document of before 2007', 'old.doc', (secret) => compound(wide(`the token is ${secret} keep`))),
  file(
    'a word of Rich Text that is half bold',
    'half.rtf',
    (secret) =>
      `{\\rtf1\\ansi{\\fonttbl\\f0\\fswiss Helvetica;}\\f0\\pard token ${secret.slice(0, 10)}{\\b ${secret.slice(10)}}\\par}`,
  ),
  file(
    'Rich Text in hexadecimal escapes',
    'hex.rtf',
    (secret) => `{\\rtf1\\ansi\\f0\\pard ${secret.replace(/./g, (one) => `\\'${hex(one)}`)}\\par}`,
  ),
  file('a comment of a photograph', 'c.jpg', (secret) => jpeg(Buffer.from(`Made with ${secret}`))),
  file('a tag of a song in UTF-16', 'a.mp3', (secret) =>
    Buffer.concat([
      Buffer.from('ID3\x03\0\0\0\0\x01\0TXXX\0\0\0\x40\0\0\x01\xff\xfe', 'latin1'),
      wide(`k\0${secret}`),
    ]),
  ),
  file('the description of a packed drawing', 'a.svgz', (secret) =>
    gzipSync(`<svg><desc>${secret}</desc></svg>`),
  ),
  file('a comment of a GIF', 'a.gif', (secret) =>
    Buffer.concat([
      Buffer.from('GIF89a\x01\0\x01\0\0\0\0!\xfe\x28', 'latin1'),
      Buffer.from(secret),
      Buffer.from('\0;'),
    ]),
  ),
  file('XMP of a WebP picture', 'a.webp', (secret) =>
    Buffer.concat([Buffer.from('RIFF\x80\0\0\0WEBPXMP \x40\0\0\0'), Buffer.from(`<x>${secret}</x>`)]),
  ),
  file('a constant of Python with the next one behind it', 'joined.pyc', (secret) =>
    Buffer.concat([
      Buffer.from('\x6f\x0d\x0d\x0a\0\0\0\0\xe3\0\0\0\xda\x28', 'latin1'),
      Buffer.from(`${secret}N)`),
    ]),
  ),
  file('a column of Parquet', 'a.parquet', (secret) => Buffer.from(`PAR1\x15\x04\0${secret}PAR1`)),
  file('a property list in binary', 'a.plist', (secret) =>
    Buffer.concat([Buffer.from('bplist00\xd1\x01\x02Utoken_\x10\x28', 'latin1'), Buffer.from(secret)]),
  ),
  file('a registry of Windows', 'a.reg', (secret) =>
    Buffer.concat([
      Buffer.from([0xff, 0xfe]),
      wide(`Windows Registry Editor\r\n\r\n[X]\r\n"Token"="${secret}"\r\n`),
    ]),
  ),
  file('the name of a field of a form in UTF-16', 'field.pdf', (secret) =>
    pdf('/N 1', 'q Q', `2 0 obj << /FT /Tx /V <feff${hex(utf16be(secret))}> >> endobj`),
  ),
  file(
    'parts of a word that a page colours',
    'coloured.html',
    (secret) => `<pre><span class="a">${secret.slice(0, 12)}</span><span>${secret.slice(12)}</span></pre>\n`,
  ),
  file(
    'runs of text in a flat document',
    'flat.xml',
    (secret) =>
      `<w:p><w:r><w:t>${secret.slice(0, 9)}</w:t></w:r><w:r><w:rPr/><w:t>${secret.slice(9)}</w:t></w:r></w:p>\n`,
  ),
  file('a string over two lines of a notebook', 'lines.ipynb', (secret) =>
    JSON.stringify(
      { cells: [{ source: [`t = ("${secret.slice(0, 15)}"\n`, `     "${secret.slice(15)}")\n`] }] },
      null,
      1,
    ),
  ),
  file(
    'bytes of a value of the registry of Windows',
    'bytes.reg',
    (secret) => `[X]\r\n"Token"=hex(1):${hex(wide(secret)).replaceAll(/..(?=.)/g, '$&,')}\r\n`,
  ),
  file(
    "deflate without a header in base64, as SAML's requests",
    'saml.txt',
    (secret) => `SAMLRequest=${base64(deflateRawSync(`<x>${filler(9)}</x><y>${secret}</y>`))}\n`,
  ),
];
