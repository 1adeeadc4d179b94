import { deflateSync, gzipSync } from 'node:zlib';
import type { Place } from './hiding-tools.ts';
import {
  ascii85,
  base64,
  data,
  digits,
  each,
  file,
  filler,
  hex,
  jpeg,
  line,
  notebook,
  pdf,
  png,
  shown,
  tar,
  text,
  utf16be,
  utf32le,
  who,
  wide,
  wrapped,
  xml,
  zip,
} from './hiding-tools.ts';

export const places: readonly Place[] = [
  // Where plain reading of raw objects comes to.
  file('a plain file', 'plain.env', text),
  file('a lockfile', 'package-lock.json', (secret) =>
    JSON.stringify({ packages: { '': { resolved: `https://git.example.invalid/a.tgz?t=${secret}` } } }),
  ),
  file(
    'a line of 300 kB',
    'bundle.js',
    (secret) => `${'var a=1;'.repeat(20_000)}"${secret}"${';b=2'.repeat(40_000)}`,
  ),
  file('a file with NUL', 'data.bin', (secret) => `\0\x01\x02${filler(3)}\0\0${line(secret)}\0\xff`),
  file('a minified source map', 'app.js.map', (secret) =>
    JSON.stringify({
      version: 3,
      sources: ['a.ts'],
      sourcesContent: [`const t = '${secret}'\n`],
      mappings: 'AAAA',
    }),
  ),
  file('a name in a tree', 'x/y/plain2.txt', (secret) => `${filler(5)}\n${secret}`),
  file('an output of a notebook', 'a.ipynb', (secret) =>
    notebook({ output_type: 'stream', text: [`token: ${secret}\n`] }),
  ),
  file('a file of CR line ends', 'mac.txt', (secret) => text(secret).replaceAll('\n', '\r')),
  file('a file with a UTF-8 mark', 'bom.env', (secret) => `\uFEFF${line(secret)}`),
  file('a page of SQLite', 'app.sqlite', (secret) =>
    Buffer.concat([
      Buffer.from('SQLite format 3\0'),
      Buffer.alloc(84),
      Buffer.from(`\x17\x05\x5d${secret}\x02`, 'latin1'),
      Buffer.alloc(300),
    ]),
  ),
  file('compiled Python', 'a.pyc', (secret) =>
    Buffer.concat([Buffer.from('a70d0d0a00000000', 'hex'), Buffer.from(`\xfa(${secret})`, 'latin1')]),
  ),
  file('.DS_Store', '.DS_Store', (secret) =>
    Buffer.concat([
      Buffer.from([0, 0, 0, 1, 0x42, 0x75, 0x64, 0x31, 0, 0]),
      wide(`name ${secret}`).swap16(),
      Buffer.alloc(20),
    ]),
  ),
  // Not in the files of a commit.
  {
    name: 'the message of a commit',
    commit: (secret) => `commit refs/heads/main\ncommitter ${who}\n${data(`use ${secret}`)}from :1\n`,
  },
  {
    name: "an author's name",
    commit: (secret, i) =>
      `commit refs/heads/author${i}\nauthor ${secret} <a@example.invalid> 1700000100 +0000\ncommitter ${who}\n${data('m')}from :1\n`,
  },
  {
    name: "a committer's address",
    commit: (secret, i) =>
      `commit refs/heads/committer${i}\ncommitter A <${secret}> 1700000100 +0000\n${data('m')}from :1\n`,
  },
  {
    name: 'the message of a tag',
    commit: (secret, i) => `tag v${i}\nfrom :1\ntagger ${who}\n${data(`release ${secret}`)}`,
  },
  {
    name: 'a note',
    commit: (secret) =>
      `commit refs/notes/commits\ncommitter ${who}\n${data('note')}N inline :1\n${data(secret)}`,
  },
  {
    name: 'the name of a branch',
    commit: (secret) => `reset refs/heads/fix-${secret}\nfrom :1\n\n`,
  },
  { name: 'the name of a tag', commit: (secret) => `reset refs/tags/${secret}\nfrom :1\n\n` },
  {
    name: 'the name of a file',
    commit: (secret, i) =>
      `commit refs/heads/path${i}\ncommitter ${who}\n${data('m')}from :1\nM 100644 inline "deep/${secret}.txt"\n${data('x')}`,
  },
  {
    name: 'the name of a folder',
    commit: (secret, i) =>
      `commit refs/heads/folder${i}\ncommitter ${who}\n${data('m')}from :1\nM 100644 inline "${secret}/a.txt"\n${data('y')}`,
  },
  {
    name: 'the target of a symbolic link',
    commit: (secret, i) =>
      `commit refs/heads/link${i}\ncommitter ${who}\n${data('m')}from :1\nM 120000 inline "link"\n${data(`/tmp/${secret}`)}`,
  },
  {
    name: 'a file that was removed later',
    commit: (secret, i) =>
      `commit refs/heads/gone${i}\ncommitter ${who}\n${data('a')}from :1\nM 100644 inline gone.env\n${data(line(secret))}commit refs/heads/gone${i}\ncommitter ${who}\n${data('b')}D gone.env\n`,
  },
  {
    name: 'a merge alone',
    commit: (secret, i) =>
      `commit refs/heads/side${i}\ncommitter ${who}\n${data('a')}from :1\nM 100644 inline side.txt\n${data('s')}commit refs/heads/merge${i}\ncommitter ${who}\n${data('merge')}from :1\nmerge refs/heads/side${i}\nM 100644 inline evil.txt\n${data(line(secret))}`,
  },
  {
    name: 'a file that git shows no differences of',
    commit: (secret, i) =>
      `commit refs/heads/nodiff${i}\ncommitter ${who}\n${data('a')}from :1\nM 100644 inline .gitattributes\n${data('*.dat -diff\n')}M 100644 inline a.dat\n${data(line(secret))}`,
  },
  {
    name: 'a line that a delta brings',
    commit: (secret, i) =>
      `commit refs/heads/delta${i}\ncommitter ${who}\n${data('a')}from :1\nM 100644 inline long.txt\n${data(filler(400))}commit refs/heads/delta${i}\ncommitter ${who}\n${data('b')}M 100644 inline long.txt\n${data(`${filler(200)}\n${line(secret)}${filler(400)}`)}`,
  },
  {
    name: 'a pull request',
    commit: (secret, i) =>
      `commit refs/pull/${i}/head\ncommitter ${who}\n${data('a')}from :1\nM 100644 inline pr.env\n${data(line(secret))}`,
  },
  {
    name: 'a replacement of an object',
    commit: (secret) =>
      `commit refs/replace/${'ab'.repeat(20)}\ncommitter ${who}\n${data('r')}M 100644 inline r.env\n${data(line(secret))}`,
  },
  {
    name: 'a stash',
    commit: (secret) =>
      `commit refs/stash\ncommitter ${who}\n${data('WIP on main')}from :1\nM 100644 inline wip.env\n${data(line(secret))}`,
  },
  {
    name: 'an object that nothing leads to',
    after: (git, secret) => void git(['hash-object', '-w', '--stdin'], line(secret)),
  },
  {
    name: 'a commit that nothing leads to',
    after: (git, secret) =>
      void git(['commit-tree', '4b825dc642cb6eb9a060e54bf8d69288fbee4904', '-m', secret], ''),
  },
  // Text of two and four bytes a character.
  file('UTF-16 with a mark', 'u16.txt', (secret) => wide(`\uFEFF${text(secret)}`)),
  file('UTF-16 without a mark', 'u16n.txt', (secret) => wide(text(secret))),
  file('UTF-16, big-endian', 'u16b.txt', (secret) => utf16be(`\uFEFF${text(secret)}`)),
  file('UTF-32', 'u32.txt', (secret) => utf32le(text(secret))),
  file('a string of UTF-16 in a program', 'a.dll', (secret) =>
    Buffer.concat([
      Buffer.from('MZ\x90\0\x03\0\0\0', 'latin1'),
      Buffer.alloc(99, 0xcc),
      wide(`key=${secret}`),
      Buffer.alloc(9),
    ]),
  ),
  // Encoded in text.
  file('base64', 'b64.yaml', (secret) => `a: 1\ndata: ${base64(secret)}\n`),
  file('base64 of a line', 'b64line.yaml', (secret) => `a: 1\ndata: ${base64(line(secret))}\n`),
  file(
    'base64 of a line, one byte later',
    'b64line1.yaml',
    (secret) => `data: ${base64(`x${line(secret)}`)}\n`,
  ),
  file(
    'base64 of a line, two bytes later',
    'b64line2.yaml',
    (secret) => `data: ${base64(`xy${line(secret)}`)}\n`,
  ),
  file(
    'base64 for URLs',
    'b64url.txt',
    (secret) => `?state=${Buffer.from(`~~~???${secret}`).toString('base64url')}&x=1`,
  ),
  file(
    'base64 in wrapped lines',
    'mail.eml',
    (secret) =>
      `Content-Transfer-Encoding: base64\n\n${wrapped(base64(filler(4) + text(secret) + filler(4)), 76)}\n`,
  ),
  file('base64 twice', 'b64x2.txt', (secret) => `v = ${base64(base64(secret))}`),
  file(
    'base64 of UTF-16',
    'run.ps1',
    (secret) => `powershell -EncodedCommand ${base64(wide(`$token = '${secret}'`))}`,
  ),
  {
    ...file(
      'base64 in base64 in a file of credentials',
      'pull.yaml',
      (secret) =>
        `data:\n  .dockerconfigjson: ${base64(JSON.stringify({ auths: { x: { auth: base64(`user:${secret}`) } } }))}\n`,
    ),
    // An account without a token is one too.
    twin: `data:\n  .dockerconfigjson: ${base64(JSON.stringify({ auths: {} }))}\n`,
  },
  file(
    'a data URL',
    'page.html',
    (secret) => `<a href="data:text/plain;base64,${base64(text(secret))}">x</a>`,
  ),
  file('a file in base64 that is gzip', 'blob.txt', (secret) => `blob: ${base64(gzipSync(text(secret)))}`),
  file('hexadecimal digits', 'hex.txt', (secret) => `payload ${hex(secret)} end`),
  file(
    'bytes of a C array',
    'key.h',
    (secret) => `char k[] = { ${each(secret, (unit) => `0x${digits(unit, 16, 2)}, `)}0x00 };`,
  ),
  file(
    'percent escapes',
    'pct.txt',
    (secret) => `q=${each(secret, (unit) => `%${digits(unit, 16, 2)}`)}&x=1`,
  ),
  file(
    'a query',
    'query.txt',
    (secret) => `https://app.example.invalid/?next=%2Fa%3Ftoken%3D${secret.replace('_', '%5F')}`,
  ),
  file(
    'escapes of JSON',
    'esc.json',
    (secret) => `{"a": "${each(secret, (unit) => `\\u${digits(unit, 16, 4)}`)}"}`,
  ),
  file(
    'escapes of JavaScript',
    'esc.js',
    (secret) => `var a = "${each(secret, (unit) => `\\x${digits(unit, 16, 2)}`)}";`,
  ),
  file(
    'octal escapes',
    'esc.sh',
    (secret) => `printf '${each(secret, (unit) => `\\${digits(unit, 8, 3)}`)}'`,
  ),
  file('character references', 'ref.html', (secret) => `<p>${each(secret, (unit) => `&#${unit};`)}</p>`),
  file(
    'hexadecimal character references',
    'ref2.html',
    (secret) => `<p>${each(secret, (unit) => `&#x${unit.toString(16)};`)}</p>`,
  ),
  // Archives and documents.
  file('a zip archive', 'a.zip', (secret) => zip('b.env', text(secret))),
  file('a zip archive in another', 'b.zip', (secret) => zip('a.zip', zip('c', text(secret)))),
  file('the name of a file in an archive', 'name.zip', (secret) => zip(`${secret}.txt`, 'x')),
  file('an archive behind a program', 'run.pyz', (secret) =>
    Buffer.concat([Buffer.from('#!/usr/bin/env python3\n'), zip('__main__.py', text(secret))]),
  ),
  file('an archive without a directory', 'cut.zip', (secret) =>
    zip('b.env', text(secret) + filler(50)).subarray(0, -60),
  ),
  file('a Java archive', 'a.jar', (secret) => zip('application.properties', text(secret))),
  file('the text of a document', 'a.docx', (secret) => zip('word/document.xml', xml(secret))),
  file('the header of a document', 'h.docx', (secret) => zip('word/header1.xml', xml(secret))),
  file('a comment in a sheet', 'a.xlsx', (secret) => zip('xl/comments1.xml', xml(secret))),
  file('the notes of a slide', 'a.pptx', (secret) => zip('ppt/notesSlides/notesSlide1.xml', xml(secret))),
  file('a property of a document', 'p.docx', (secret) =>
    zip('docProps/core.xml', `<p><dc:description>${secret}</dc:description></p>`),
  ),
  file('an OpenDocument text', 'a.odt', (secret) => zip('content.xml', `<text:p>${secret}</text:p>`)),
  file('text that a document splits', 's.docx', (secret) =>
    zip(
      'word/document.xml',
      `<w:p><w:r><w:t>${secret.slice(0, 9)}</w:t></w:r><w:r><w:t>${secret.slice(9)}</w:t></w:r></w:p>`,
    ),
  ),
  file('gzip', 'a.gz', (secret) => gzipSync(text(secret))),
  file('tar', 'a.tar', (secret) => tar('x/y.env', text(secret))),
  file('tar in gzip', 'a.tgz', (secret) => gzipSync(tar('x/y.env', text(secret)))),
  file('zlib', 'a.z', (secret) => deflateSync(text(secret) + filler(30))),
  file('a text of a picture', 'a.png', (secret) => png('tEXt', Buffer.from(`Comment\0${secret}`))),
  file('a packed text of a picture', 'z.png', (secret) =>
    png('zTXt', Buffer.concat([Buffer.from('Comment\0\0'), deflateSync(secret)])),
  ),
  file('an international text of a picture', 'i.png', (secret) =>
    png(
      'iTXt',
      Buffer.concat([Buffer.from('XML:com.adobe.xmp\0\x01\0\0\0'), deflateSync(`<x>${secret}</x>`)]),
    ),
  ),
  file('the XMP of a photograph', 'x.jpg', (secret) =>
    jpeg(Buffer.from(`http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>${secret}</x:xmpmeta>`)),
  ),
  file('a comment of a photograph in UTF-16', 'e.jpg', (secret) =>
    jpeg(Buffer.concat([Buffer.from('Exif\0\0MM\0*\0\0\0\x08UNICODE\0'), wide(`note ${secret}`)])),
  ),
  file('text of a PDF', 'a.pdf', (secret) => pdf('/Filter /FlateDecode', deflateSync(shown(secret)))),
  file('text of a PDF, letter by letter', 'k.pdf', (secret) =>
    pdf(
      '/Filter /FlateDecode',
      deflateSync(`BT [${each(secret, (unit) => `(${String.fromCharCode(unit)}) -20 `)}] TJ ET`),
    ),
  ),
  file('text of a PDF in hexadecimal strings', 'x.pdf', (secret) =>
    pdf('/Filter [/FlateDecode]', deflateSync(`BT <${hex(secret)}> Tj ET`)),
  ),
  file('a PDF stream in ASCII85', '85.pdf', (secret) =>
    pdf('/Filter [/ASCII85Decode /FlateDecode]', ascii85(deflateSync(shown(secret)))),
  ),
  file('a PDF stream in hexadecimal digits', 'h.pdf', (secret) =>
    pdf('/Filter /ASCIIHexDecode', `${hex(shown(secret))}>`),
  ),
  file('the title of a PDF', 't.pdf', (secret) =>
    pdf('/N 1', 'q Q', `2 0 obj << /Title <feff${hex(utf16be(secret))}> >> endobj`),
  ),
  file('an object stream of a PDF', 'o.pdf', (secret) =>
    pdf('/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode', deflateSync(`7 0 << /Author (${secret}) >>`)),
  ),
];
