import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync, gzipSync } from 'node:zlib';
import type { Place } from './hiding-tools.ts';
import {
  EMPTY_TREE,
  ar,
  base32,
  base64,
  commitWith,
  data,
  digits,
  dump,
  each,
  file,
  filler,
  halves,
  hex,
  line,
  pairs,
  pdf,
  tar,
  tarLink,
  text,
  utf16be,
  who,
  wide,
  wrapped,
  zip,
} from './hiding-tools.ts';

/** Places that people or tools seldom think of. */
export const odderPlaces: readonly Place[] = [
  // In what git keeps beside the files of a commit.
  {
    name: "a tagger's name",
    commit: (secret, i) =>
      `tag tagger${i}\nfrom :1\ntagger ${secret} <a@example.invalid> 1700000100 +0000\n${data('release')}`,
  },
  {
    name: 'a header of a commit that git does not know',
    after: (git, secret) =>
      void git(['hash-object', '-t', 'commit', '-w', '--stdin'], commitWith(`x-ci ${secret}\n`)),
  },
  {
    name: 'a comment in the signature of a commit',
    after: (git, secret) =>
      void git(
        ['hash-object', '-t', 'commit', '-w', '--stdin'],
        commitWith(
          `gpgsig -----BEGIN PGP SIGNATURE-----\n Comment: ${secret}\n \n -----END PGP SIGNATURE-----\n`,
        ),
      ),
  },
  {
    name: 'the tag that a merge took in',
    after: (git, secret) =>
      void git(
        ['hash-object', '-t', 'commit', '-w', '--stdin'],
        commitWith(
          `mergetag object ${EMPTY_TREE}\n type commit\n tag v1\n tagger ${who}\n \n signed off ${secret}\n`,
        ),
      ),
  },
  {
    name: 'a message in Latin-1',
    after: (git, secret) =>
      void git(
        ['hash-object', '-t', 'commit', '-w', '--stdin'],
        `${commitWith('encoding ISO-8859-1\n')}caf\xe9 ${secret}\n`,
      ),
  },
  {
    name: 'a name in a tree with an odd mode',
    after: (git, secret) =>
      void git(['mktree', '--missing'], `160000 commit ${'ab'.repeat(20)}\t${secret}\n`),
  },
  {
    name: 'the index of a stash',
    after: (git, secret) => {
      const blob = git(['hash-object', '-w', '--stdin'], line(secret)).trim();
      const tree = git(['mktree'], `100644 blob ${blob}\tstaged.env\n`).trim();
      const index = git(['commit-tree', tree, '-m', 'index on main'], '').trim();
      const work = git(
        ['commit-tree', EMPTY_TREE, '-p', 'main', '-p', index, '-m', 'WIP on main'],
        '',
      ).trim();
      git(['update-ref', 'refs/stash2', work], '');
    },
  },
  {
    name: 'an object of another repository that is borrowed from',
    after: (git, secret, folder) => {
      git(['init', '-q', '--bare', 'lender'], '');
      git(['--git-dir', 'lender', 'hash-object', '-w', '--stdin'], line(secret));
      mkdirSync(join(folder, 'objects/info'), { recursive: true });
      writeFileSync(join(folder, 'objects/info/alternates'), '../lender/objects\n');
    },
  },
  {
    ...file(
      'the address of a submodule',
      '.gitmodules',
      (secret) =>
        `[submodule "a"]\n\tpath = a\n\turl = https://x-access-token:${secret}@git.example.invalid/a.git\n`,
    ),
    // An account without its token is one too.
    twin: '[submodule "a"]\n\tpath = a\n',
  },
  file(
    'a pointer to a large file',
    'large.bin',
    (secret) =>
      `version https://git-lfs.github.com/spec/v1\next-0-note ${secret}\noid sha256:${'4d'.repeat(32)}\nsize 12\n`,
  ),
  // Text that is broken.
  file(
    'two strings that code joins',
    'join.js',
    (secret) => `const t = 'token ' + "${halves(secret, '" + "')}";\n`,
  ),
  file(
    'a string that code joins within its prefix',
    'join2.js',
    (secret) => `const t = '${secret.slice(0, 2)}' + '${secret.slice(2)}';\n`,
  ),
  file(
    'strings that PHP joins over lines',
    'join.php',
    (secret) =>
      `$t = '${secret.slice(0, 12)}'\n   . '${secret.slice(12, 25)}'\n   . '${secret.slice(25)}';\n`,
  ),
  file('strings side by side', 'join.py', (secret) => `T = ("${halves(secret, '"\n     "')}")\n`),
  file('a line that goes on', 'long.sh', (secret) => `export T=${halves(secret, '\\\n')}\n`),
  file(
    'a folded line of a manifest',
    'MANIFEST.MF',
    (secret) => `Manifest-Version: 1.0\r\nX-Build-Token: ${'0'.repeat(46)} ${halves(secret, '\r\n ')}\r\n`,
  ),
  file('a folded line of a manifest in an archive', 'm.jar', (secret) =>
    zip('META-INF/MANIFEST.MF', `X-Build-Token: ${'0'.repeat(46)} ${halves(secret, '\r\n ')}\r\n`),
  ),
  file(
    'a soft break in a mail',
    'soft.eml',
    (secret) =>
      `Content-Transfer-Encoding: quoted-printable\n\nDear all, the new token is =E2=80=9C${halves(secret.replace('_', '=5F'), '=\n')}=E2=80=9D\n`,
  ),
  file('characters that take no room', 'chat.txt', (secret) => `token ${halves(secret, '\u200B')} ok\n`),
  file(
    'colours of a terminal',
    'build.log',
    (secret) => `run \u001B[01;31m\u001B[K${secret.slice(0, 4)}\u001B[m\u001B[K${secret.slice(4)}\n`,
  ),
  file(
    'a word that grep coloured',
    'found.log',
    (secret) => `a.env:\u001B[01;31m\u001B[K${secret}\u001B[m\u001B[K\n`,
  ),
  // Encoded in text.
  file('one escape', 'one.json', (secret) => `{"t": "${secret.replace('_', '\\u005f')}"}`),
  file('one escape of a letter', 'one.js', (secret) => `t = "\\x${hex(secret[0]!)}${secret.slice(1)}"`),
  file('one reference by number', 'one.html', (secret) => `<p>${secret.replace('_', '&#95;')}</p>`),
  file('one reference by name', 'name.html', (secret) => `<p>${secret.replace('_', '&lowbar;')}</p>`),
  file(
    'escapes of properties',
    'a.properties',
    (secret) => `token=${each(secret, (unit) => `\\u${digits(unit, 16, 4).toUpperCase()}`)}\n`,
  ),
  file('hexadecimal digits with spaces', 'space.txt', (secret) => `bytes: ${pairs(secret).join(' ')}\n`),
  file('hexadecimal digits with colons', 'colon.txt', (secret) => `bytes=${pairs(secret).join(':')}\n`),
  file(
    'decimal numbers',
    'numbers.js',
    (secret) => `const t = [${each(secret, (unit) => `${unit}, `)}10];\n`,
  ),
  file('a dump of xxd', 'xxd.txt', (secret) =>
    dump(`x ${line(secret)}`, (at, row) => {
      const groups = pairs(row).join('').replaceAll(/.{4}/g, '$& ').padEnd(40);
      return `${digits(at, 16, 8)}: ${groups} ${row.replaceAll(/[^ -~]/g, '.')}`;
    }),
  ),
  file('a dump of hexdump', 'dump.txt', (secret) =>
    dump(`xyz ${line(secret)}`, (at, row) => {
      const all = pairs(row);
      return `${digits(at, 16, 8)}  ${all.slice(0, 8).join(' ')}  ${all.slice(8).join(' ')}  |${row.replaceAll(/[^ -~]/g, '.')}|`;
    }),
  ),
  file('base32', 'b32.txt', (secret) => `seed ${base32(`key ${secret}`)} end\n`),
  file(
    'base64 in lines of 64',
    'b64.asc',
    (secret) => `${wrapped(base64(`${filler(3)}\n${secret}\n`), 64)}\n`,
  ),
  file(
    'base64 twice of gzip, as Helm does',
    'release.yaml',
    (secret) => `data:\n  release: ${base64(base64(gzipSync(text(secret) + filler(9))))}\n`,
  ),
  file('a header of mail in base64', 'head.eml', (secret) => `Subject: =?utf-8?B?${base64(secret)}?=\n\nx\n`),
  // UTF-16 where git sees text.
  file('UTF-16, big-endian, without a mark', 'u16bn.txt', (secret) => utf16be(text(secret))),
  file('UTF-16 behind much ASCII', 'append.log', (secret) =>
    Buffer.concat([Buffer.from(`${filler(300)}\n`), wide(`done ${secret}\r\n`)]),
  ),
  // Archives and documents.
  file('gzip in tar in zip', 'deep.zip', (secret) => zip('a.tar', tar('b.gz', gzipSync(text(secret))))),
  file('tar in a Debian package', 'a.deb', (secret) =>
    ar('control.tar.gz', gzipSync(tar('./postinst', text(secret)))),
  ),
  file('the target of a link in tar in gzip', 'link.tgz', (secret) => gzipSync(tarLink('a', secret))),
  file('the shared strings of a workbook', 'b.xlsx', (secret) =>
    zip(
      'xl/sharedStrings.xml',
      `<sst><si><r><t>${secret.slice(0, 5)}</t></r><r><t>${secret.slice(5)}</t></r></si></sst>`,
    ),
  ),
  file('the metadata of a wheel', 'a-1.0-py3-none-any.whl', (secret) =>
    zip('a-1.0.dist-info/METADATA', `Name: a\nDownload-URL: https://x/?t=${secret}\n`),
  ),
  file(
    'a picture in a page that is text',
    'pic.html',
    (secret) => `<img src="data:image/svg+xml;base64,${base64(`<svg><desc>${secret}</desc></svg>`)}">`,
  ),
  file('octal escapes in a PDF', 'oct.pdf', (secret) =>
    pdf(
      '/Filter /FlateDecode',
      deflateSync(`BT (${each(secret, (unit) => `\\${digits(unit, 8, 3)}`)}) Tj ET`),
    ),
  ),
  file('a constant of a Java class', 'A.class', (secret) =>
    Buffer.concat([
      Buffer.from('cafebabe00000034000a0100', 'hex'),
      Buffer.from([secret.length]),
      Buffer.from(`${secret}\x01\0`),
    ]),
  ),
];
