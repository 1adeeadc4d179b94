import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import type { Place } from './hiding-tools.ts';
import {
  ascii85,
  base32,
  base64,
  each,
  file,
  filler,
  halves,
  hex,
  jpeg,
  line,
  notebook,
  png,
  text,
  zip,
} from './hiding-tools.ts';
import {
  backwards,
  base85,
  compoundFile,
  gitPack,
  gitPatch,
  packedMacro,
  rot13,
  uuencoded,
} from './told-hiding-tools.ts';

const parts = (secret: string): readonly [string, string, string] => [
  secret.slice(0, 4),
  secret.slice(4, 20),
  secret.slice(20),
];
const two = (secret: string): readonly [string, string] => [secret.slice(0, 14), secret.slice(14)];
const letters = (secret: string): readonly string[] => secret.split('');
const codes = (secret: string, as: (unit: number) => string, between: string): string =>
  letters(secret)
    .map((one) => as(one.charCodeAt(0)))
    .join(between);
const macro = (secret: string): Buffer =>
  packedMacro(`Attribute VB_Name = "Module1"\r\nConst T = "${secret}"\r\n${"' note\r\n".repeat(600)}`);
const typed = (secret: string, event: (one: string, i: number) => string): string =>
  `{"version": 2, "width": 80}\n${letters(`export T=${secret}`).map(event).join('\n')}\n`;

/** A packed part in the midst of a binary file that begins so. */
const amidst = (start: string, part: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from(start, 'latin1'), Buffer.alloc(99, 1), part, Buffer.alloc(60, 3)]);

/** Places where words beside a secret tell how it is written, and files in files that have no sign of their own. */
export const toldPlaces: readonly Place[] = [
  // Strings that code puts together.
  file('a list that is joined', 'list.js', (secret) => {
    const [a, b, c] = parts(secret);
    return `const t = ['${a}', '${b}', '${c}'].join('');\n`;
  }),
  file('a list over lines that is joined', 'lines.js', (secret) => {
    const [a, b, c] = parts(secret);
    return `const t = [\n  '${a}',\n  '${b}',\n  '${c}',\n].join('')\n`;
  }),
  file('a list that Python joins', 'list.py', (secret) => `t = "".join(["${two(secret).join('", "')}"])\n`),
  file(
    'a list that PHP joins',
    'list.php',
    (secret) => `$t = implode('', ['${two(secret).join("', '")}']);\n`,
  ),
  file(
    'a list that Go joins',
    'list.go',
    (secret) => `t := strings.Join([]string{"${two(secret).join('", "')}"}, "")\n`,
  ),
  file('words that Ruby joins', 'list.rb', (secret) => `t = %w[${two(secret).join(' ')}].join\n`),
  file(
    'strings that PowerShell joins',
    'list.ps1',
    (secret) => `$t = -join ('${two(secret).join("','")}')\n`,
  ),
  file('strings in a format', 'format.ps1', (secret) => `$t = "{0}{1}" -f '${two(secret).join("','")}'\n`),
  file(
    'a string and its concat',
    'Concat.java',
    (secret) => `String t = "${two(secret).join('".concat("')}");\n`,
  ),
  file(
    'arguments of String.Concat',
    'Concat.cs',
    (secret) => `var t = String.Concat("${two(secret).join('", "')}");\n`,
  ),
  file(
    'arguments of concat in SQL',
    'concat.sql',
    (secret) => `select concat('${two(secret).join("', '")}');\n`,
  ),
  file(
    'arguments of concat in Lisp',
    'concat.el',
    (secret) => `(setq tok (concat "${two(secret).join('" "')}"))\n`,
  ),
  file(
    'arguments of a macro of Rust',
    'concat.rs',
    (secret) => `const T: &str = concat!("${two(secret).join('", "')}");\n`,
  ),
  file(
    'strings that a builder appends',
    'Builder.java',
    (secret) => `new StringBuilder().append("${two(secret).join('").append("')}").toString();\n`,
  ),
  file('a join of CloudFormation', 'join.json', (secret) =>
    JSON.stringify({ T: { 'Fn::Join': ['', two(secret)] } }, null, 2),
  ),
  file(
    'a join of CloudFormation in YAML',
    'join.yaml',
    (secret) => `T: !Join ['', ['${two(secret).join("', '")}']]\n`,
  ),
  file(
    'a join of CloudFormation over lines',
    'joinlines.yaml',
    (secret) => `T: !Join\n  - ''\n  - - ${two(secret).join('\n    - ')}\n`,
  ),
  file('a formula that joins', 'formula.xlsx', (secret) =>
    zip('xl/worksheets/sheet1.xml', `<c><f>CONCATENATE("${two(secret).join('","')}")</f></c>`),
  ),
  file(
    'a string that is added to',
    'add.js',
    (secret) => `let t = '${two(secret)[0]}';\nt += '${two(secret)[1]}';\n`,
  ),
  file('a variable that is added to', 'add.sh', (secret) => `T=${two(secret).join('\nT+=')}\n`),
  file('a line of Basic that goes on', 'line.vb', (secret) => `t = "${two(secret).join('" & _\n    "')}"\n`),
  file(
    'a line of MATLAB that goes on',
    'line.m',
    (secret) => `t = ['${two(secret).join("' ...\n     '")}'];\n`,
  ),
  file(
    'strings of a shell in two quotes',
    'quotes.sh',
    (secret) => `T='${two(secret)[0]}'"${two(secret)[1]}"\n`,
  ),
  file('a string that is shifted into', 'shift.rb', (secret) => `t = +"${two(secret).join('" << "')}"\n`),
  // Characters by their numbers.
  file(
    'a list of characters',
    'chars.c',
    (secret) =>
      `char k[] = { ${letters(secret)
        .map((one) => `'${one}'`)
        .join(', ')}, 0 };\n`,
  ),
  file('characters of PHP', 'chr.php', (secret) => `$t = ${codes(secret, (unit) => `chr(${unit})`, '.')};\n`),
  file(
    'characters of Python',
    'chr.py',
    (secret) => `t = ${codes(secret, (unit) => `chr(${unit})`, ' + ')}\n`,
  ),
  file(
    'characters of Basic',
    'chr.vbs',
    (secret) => `t = ${codes(secret, (unit) => `Chr(${unit})`, ' & ')}\n`,
  ),
  file(
    'characters of PowerShell',
    'chr.ps1',
    (secret) => `$t = ${codes(secret, (unit) => `[char]0x${unit.toString(16)}`, ' + ')}\n`,
  ),
  file(
    'bytes of Java',
    'Bytes.java',
    (secret) => `byte[] k = { ${codes(secret, (unit) => `(byte) 0x${unit.toString(16)}`, ', ')} };\n`,
  ),
  file('a buffer in JSON', 'buffer.json', (secret) =>
    JSON.stringify({ type: 'Buffer', data: [...Buffer.from(secret)] }, null, 2),
  ),
  file('an array of bytes in JSON', 'bytes.json', (secret) =>
    JSON.stringify(Object.fromEntries([...Buffer.from(secret)].entries())),
  ),
  // Turned, and what says so.
  file(
    'a string that JavaScript turns round',
    'turn.js',
    (secret) => `const t = '${backwards(secret)}'.split('').reverse().join('');\n`,
  ),
  file('a string that Python turns round', 'turn.py', (secret) => `t = "${backwards(secret)}"[::-1]\n`),
  file('a string that PHP turns round', 'turn.php', (secret) => `$t = strrev("${backwards(secret)}");\n`),
  file('a string that a shell turns round', 'turn.sh', (secret) => `T=$(echo ${backwards(secret)} | rev)\n`),
  file('ROT13', 'rot.py', (secret) => `t = codecs.decode("${rot13(secret)}", "rot13")\n`),
  // Encodings of mail, of patches, of Python.
  file('uuencode', 'uu.txt', (secret) => `hello\n${uuencoded('a.env', text(secret))}`),
  file('a binary file in a patch', 'binary.patch', (secret) => gitPatch(text(secret))),
  file('base85', 'b85.py', (secret) => `x = base64.b85decode("${base85(Buffer.from(text(secret)))}")\n`),
  file('ASCII85 between its marks', 'a85.txt', (secret) => `data <~${ascii85(Buffer.from(text(secret)))}\n`),
  file(
    'base32 in small letters',
    'small32.txt',
    (secret) => `seed ${base32(`key ${secret}`).toLowerCase()} end\n`,
  ),
  file(
    'an encoded word of a header',
    'word.eml',
    (secret) => `Subject: =?utf-8?Q?token_${secret.replace('_', '=5F')}?=\n\nx\n`,
  ),
  file('an encoded word in two', 'words.eml', (secret) => {
    const word = base64(`token ${secret}`);
    return `Subject: =?UTF-8?B?${word.slice(0, 24)}?=\r\n =?UTF-8?B?${word.slice(24)}?=\n\nx\n`;
  }),
  file(
    'a mail without its header',
    'headless.txt',
    (secret) => `Dear all,\nthe setting is token=3D${secret.replace('_', '=5F')} so\n`,
  ),
  // Packed, without a sign.
  file('Brotli in base64', 'brotli.json', (secret) =>
    JSON.stringify({ encoding: 'br', body: base64(brotliCompressSync(text(secret) + filler(30))) }),
  ),
  file(
    'Brotli that Python unpacks',
    'brotli.py',
    (secret) => `brotli.decompress(b64decode("${base64(brotliCompressSync(text(secret) + filler(30)))}"))\n`,
  ),
  file(
    'deflate that PHP unpacks',
    'inflate.php',
    (secret) =>
      `<?php eval(gzinflate(base64_decode("${base64(deflateRawSync(text(secret) + filler(9)))}")));\n`,
  ),
  file(
    'deflate that PowerShell unpacks',
    'inflate.ps1',
    (secret) => `$d=[Convert]::FromBase64String('${base64(deflateRawSync(text(secret) + filler(9)))}')\n`,
  ),
  // Letters between which something stands, or that are others.
  file(
    'an underscore that Markdown escapes',
    'escaped.md',
    (secret) => `The token is ${secret.replace('_', '\\_')} ok\n`,
  ),
  file(
    'a place where a line may be broken',
    'wbr.html',
    (secret) => `<code>${halves(secret, '<wbr>')}</code>\n`,
  ),
  file('a reference to a soft hyphen', 'shy.html', (secret) => `<code>${halves(secret, '&shy;')}</code>\n`),
  file(
    'a reference to a space without width',
    'zero.html',
    (secret) => `<code>${halves(secret, '&#8203;')}</code>\n`,
  ),
  file(
    'letters half of which are bold',
    'bold.html',
    (secret) => `<p><b>${secret.slice(0, 9)}</b>${secret.slice(9)}</p>`,
  ),
  file('a comment in the midst', 'comment.html', (secret) => `<p>${halves(secret, '<!-- -->')}</p>`),
  file(
    'tags that no screen shows',
    'tags.md',
    (secret) => `hello${each(secret, (unit) => String.fromCodePoint(0xe0000 + unit))} world\n`,
  ),
  file(
    'letters in full width',
    'wide.txt',
    (secret) => `token ${each(secret, (unit) => String.fromCodePoint(0xfee0 + unit))} x\n`,
  ),
  file(
    'letters struck twice',
    'struck.cat',
    (secret) =>
      `${letters(secret)
        .map((one) => `${one}\b${one}`)
        .join('')}\n`,
  ),
  file('a letter that was taken back', 'typed.log', (secret) => `$ ${halves(secret, 'q\b \b')}\n`),
  file('a recorded terminal', 'demo.cast', (secret) =>
    typed(secret, (one, i) => `[${i / 10}, "o", ${JSON.stringify(one)}]`),
  ),
  file('a recorded terminal without spaces', 'tight.cast', (secret) =>
    typed(secret, (one, i) => JSON.stringify([i / 10, 'o', one])),
  ),
  file('a recorded terminal of old', 'old.cast', (secret) =>
    JSON.stringify({ version: 1, stdout: letters(`export T=${secret}`).map((one, i) => [i / 10, one]) }),
  ),
  // Files in files.
  file(
    'a photograph in base64',
    'photo.md',
    (secret) => `![](data:image/jpeg;base64,${base64(jpeg(Buffer.from(`Made with ${secret}`)))})\n`,
  ),
  file('a picture beside a cell of a notebook', 'beside.ipynb', (secret) =>
    JSON.stringify({
      cells: [
        {
          attachments: {
            'i.png': {
              'image/png': base64(
                png('zTXt', Buffer.concat([Buffer.from('Comment\0\0'), deflateSync(secret)])),
              ),
            },
          },
        },
      ],
    }),
  ),
  file('a page in the output of a notebook', 'page.ipynb', (secret) =>
    notebook({
      output_type: 'display_data',
      data: { 'text/html': ['<table>\n', `<tr><td><b>${secret}</td></tr>\n`] },
    }),
  ),
  file('a binary file in base64', 'bin.json', (secret) =>
    JSON.stringify({
      f: base64(Buffer.concat([Buffer.alloc(60, 0x91), Buffer.from(line(secret)), Buffer.alloc(90, 0x82)])),
    }),
  ),
  file('a packed part of a dump', 'dump.bin', (secret) =>
    amidst('PGDMP\x01\x0e\0\x04\x08', deflateSync(text(secret) + filler(40))),
  ),
  file('gzip in a program', 'init.elf', (secret) =>
    amidst('\x7fELF\x02\x01\x01\0', gzipSync(text(secret) + filler(40))),
  ),
  file('an archive in the midst of a program', 'setup.exe', (secret) =>
    amidst('MZ\x90\0\x03\0\0\0', Buffer.from(zip('b.env', text(secret) + filler(40)))),
  ),
  file('a document whose sectors are out of order', 'sectors.doc', (secret) =>
    compoundFile('WordDocument', Buffer.from(`${'x'.repeat(500)} token ${secret} ${'y'.repeat(3000)}`)),
  ),
  file('the source of a macro', 'vbaProject.bin', (secret) => compoundFile('Module1', macro(secret))),
  file('the source of a macro in a sheet', 'macros.xlsm', (secret) =>
    zip('xl/vbaProject.bin', compoundFile('Module1', macro(secret))),
  ),
  file('a document that a message of Outlook has with it', 'mail.msg', (secret) =>
    compoundFile('__substg1.0_37010102', zip('word/document.xml', `<w:t>${secret}</w:t>`)),
  ),
  file('a file of a git pack', 'blob.pack', (secret) => gitPack(`hello ${secret}\n`, 'bye\n')),
  file('what a delta of a git pack brings', 'delta.pack', (secret) =>
    gitPack(`${filler(9)}\n`, line(secret)),
  ),
  file('a git bundle', 'all.bundle', (secret) =>
    Buffer.concat([
      Buffer.from(`# v2 git bundle\n${'ab'.repeat(20)} refs/heads/main\n\n`),
      gitPack(`${filler(9)}\n`, line(secret)),
    ]),
  ),
  file('a reference of a git bundle', 'ref.bundle', (secret) =>
    Buffer.concat([
      Buffer.from(`# v2 git bundle\n${'ab'.repeat(20)} refs/heads/${secret}\n\n`),
      gitPack(`${filler(9)}\n`, 'x'),
    ]),
  ),
  file('what a wasm module has', 'a.wasm', (secret) =>
    Buffer.concat([
      Buffer.from('\0asm\x01\0\0\0\x0b\x30\x01\0\x41\0\x0b\x28', 'latin1'),
      Buffer.from(secret),
    ]),
  ),
  file('a message of Protocol Buffers', 'a.pb', (secret) =>
    Buffer.concat([Buffer.from([10, secret.length]), Buffer.from(secret), Buffer.from([16, 1, 0])]),
  ),
  file('a pickle', 'a.pkl', (secret) =>
    Buffer.concat([
      Buffer.from('\x80\x04\x95\x30\0\0\0\0\0\0\0\x8c(', 'latin1'),
      Buffer.from(secret),
      Buffer.from('\x94.\0', 'latin1'),
    ]),
  ),
  file('packets of a network', 'a.pcap', (secret) =>
    Buffer.concat([
      Buffer.from('d4c3b2a1020004000000000000000000', 'hex'),
      Buffer.alloc(54, 3),
      Buffer.from(`GET / HTTP/1.1\r\nAuthorization: token ${secret}\r\n\r\n`),
    ]),
  ),
  file('an object of git that is a file', 'dot_git/objects/ab/cd', (secret) =>
    deflateSync(`blob ${text(secret).length}\0${text(secret)}`),
  ),
  file('an exchange that a browser kept', 'a.har', (secret) =>
    JSON.stringify({
      content: {
        encoding: 'base64',
        text: base64(JSON.stringify({ t: secret, h: hex(secret.slice(0, 4)) })),
      },
    }),
  ),
];
