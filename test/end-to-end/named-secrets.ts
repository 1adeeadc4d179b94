import { base64, hex } from './hiding-tools.ts';

/** A way in which a name and its value stand in a file. */
export type Form = readonly [
  name: string,
  path: string,
  text: (secret: string, name: string) => string | Uint8Array,
];

const json = (secret: string, name: string): string => JSON.stringify({ user: 'app', [name]: secret });
const everyUnit = (words: string): string =>
  words
    .split('')
    .map((one) => `\\u00${one.charCodeAt(0).toString(16)}`)
    .join('');
const quoted = (words: string, quote: string): string => words.replaceAll('"', quote);
const ents = (words: string): string => words.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
const utf16 = (words: string): Buffer => Buffer.from(`\ufeff${words}`, 'utf16le');
const notebookOf = (lines: readonly string[], key = 'source'): string =>
  JSON.stringify(
    { cells: [{ [key]: lines.map((line, i) => (i < lines.length - 1 ? `${line}\n` : line)) }] },
    null,
    1,
  );

export const forms: readonly Form[] = [
  ['env', 'a.env', (secret, name) => `${name}=${secret}\n`],
  ['yaml', 'a.yaml', (secret, name) => `a: 1\n${name}: ${secret}\nb: 2\n`],
  ['yaml quoted', 'b.yaml', (secret, name) => `a: 1\n${name}: "${secret}"\nb: 2\n`],
  [
    'k8s env',
    'k.yaml',
    (secret, name) => `env:\n  - name: ${name}\n    value: ${secret}\n  - name: B\n    value: c\n`,
  ],
  [
    'k8s env quoted',
    'k2.yaml',
    (secret, name) => `env:\n  - name: ${name}\n    value: "${secret}"\n  - name: B\n    value: c\n`,
  ],
  ['k8s env quoted name', 'k3.yaml', (secret, name) => `env:\n  - name: "${name}"\n    value: "${secret}"\n`],
  ['k8s env last, no newline', 'k4.yaml', (secret, name) => `env:\n  - name: ${name}\n    value: ${secret}`],
  ['k8s env CRLF', 'k5.yaml', (secret, name) => `env:\r\n  - name: ${name}\r\n    value: ${secret}\r\n`],
  ['k8s value first', 'k6.yaml', (secret, name) => `env:\n  - value: ${secret}\n    name: ${name}\n`],
  [
    'k8s DB_ prefix',
    'k7.yaml',
    (secret, name) => `env:\n  - name: DB_${name.toUpperCase()}\n    value: ${secret}\n`,
  ],
  ['yaml key/value pair', 'kv.yaml', (secret, name) => `- key: ${name}\n  value: ${secret}\n`],
  ['yaml block |', 'bl.yaml', (secret, name) => `a: 1\n${name}: |\n  ${secret}\nb: 2\n`],
  ['yaml block >-', 'bm.yaml', (secret, name) => `a: 1\n${name}: >-\n  ${secret}\nb: 2\n`],
  ['yaml list of env', 'l.yaml', (secret, name) => `environment:\n  - ${name}=${secret}\n`],
  ['yaml flow', 'f.yaml', (secret, name) => `x: { user: app, ${name}: "${secret}" }\n`],
  ['yaml nested list', 'n.yaml', (secret, name) => `${name}:\n  - ${secret}\n`],
  ['json', 'a.json', (secret, name) => JSON.stringify({ user: 'app', [name]: secret }, null, 2)],
  ['json one line', 'b.json', json],
  ['json name value', 'nv.json', (secret, name) => JSON.stringify([{ name: name, value: secret }], null, 2)],
  ['json name value one line', 'nv1.json', (secret, name) => JSON.stringify([{ name: name, value: secret }])],
  ['json value key', 'vk.json', (secret, name) => JSON.stringify([{ value: secret, key: name }], null, 2)],
  ['json in json', 'jj.json', (secret, name) => JSON.stringify({ body: json(secret, name) })],
  [
    'json in json twice',
    'jjj.json',
    (secret, name) => JSON.stringify({ body: JSON.stringify({ x: json(secret, name) }) }),
  ],
  [
    'plist',
    'a.plist',
    (secret, name) => `<dict>\n  <key>${name}</key>\n  <string>${ents(secret)}</string>\n</dict>\n`,
  ],
  [
    'hadoop xml',
    'h.xml',
    (secret, name) => `<property>\n <name>${name}</name>\n <value>${ents(secret)}</value>\n</property>\n`,
  ],
  [
    'spring xml',
    's.xml',
    (secret, name) => `<property name="${name}">\n  <value>${ents(secret)}</value>\n</property>\n`,
  ],
  ['xml tag over lines', 't.xml', (secret, name) => `<a>\n<${name}>\n  ${ents(secret)}\n</${name}>\n</a>\n`],
  ['xml tag', 't1.xml', (secret, name) => `<a><${name}>${ents(secret)}</${name}></a>\n`],
  ['xml attribute', 'at.xml', (secret, name) => `<a user="x" ${name}="${ents(secret)}"/>\n`],
  ['xml attrs over lines', 'at2.xml', (secret, name) => `<a\n  user="x"\n  ${name}="${ents(secret)}"\n/>\n`],
  ['xml add key value', 'web.config', (secret, name) => `<add key="${name}" value="${ents(secret)}" />\n`],
  [
    'xml add key value over lines',
    'app.config',
    (secret, name) => `<add key="${name}"\n     value="${ents(secret)}" />\n`,
  ],
  ['properties', 'a.properties', (secret, name) => `app.${name}=${secret}\n`],
  ['properties continued', 'c.properties', (secret, name) => `app.${name}=\\\n  ${secret}\n`],
  ['ini', 'a.ini', (secret, name) => `[x]\n${name} = ${secret}\n`],
  ['toml', 'a.toml', (secret, name) => `${name} = "${secret}"\n`],
  ['hcl', 'a.tf', (secret, name) => `resource "x" "y" {\n  ${name} = "${secret}"\n}\n`],
  [
    'hcl variable',
    'v.tf',
    (secret, name) => `variable "${name}" {\n  type = string\n  default = "${secret}"\n}\n`,
  ],
  [
    'cfn parameter',
    'cf.yaml',
    (secret, name) => `Parameters:\n  ${name}:\n    Type: String\n    Default: ${secret}\n`,
  ],
  ['js', 'a.js', (secret, name) => `const ${name} = '${secret}';\n`],
  ['js object', 'o.js', (secret, name) => `f({ ${name}: '${secret}' });\n`],
  ['js next line', 'nl.js', (secret, name) => `const ${name} =\n  '${secret}';\n`],
  ['py', 'a.py', (secret, name) => `${name} = "${secret}"\n`],
  ['py parens over lines', 'p.py', (secret, name) => `${name} = (\n    "${secret}"\n)\n`],
  [
    'py adjacent',
    'q.py',
    (secret, name) => `${name} = ("${secret.slice(0, 7)}"\n    "${secret.slice(7)}")\n`,
  ],
  ['py dict', 'd.py', (secret, name) => `x = {'${name}': '${secret}'}\n`],
  ['docker ENV', 'Dockerfile', (secret, name) => `FROM a\nENV ${name} ${secret}\n`],
  ['cli', 'r.sh', (secret, name) => `run --${name} ${secret} --x\n`],
  ['cli =', 'r2.sh', (secret, name) => `run --${name}=${secret} --x\n`],
  ['shell continued', 'r3.sh', (secret, name) => `run --user a \\\n  --${name} \\\n  ${secret}\n`],
  ['csv', 'a.csv', (secret, name) => `user,${name},x\napp,${secret},1\nbob,,2\n`],
  ['tsv', 'a.tsv', (secret, name) => `user\t${name}\tx\napp\t${secret}\t1\n`],
  ['markdown table', 'a.md', (secret, name) => `| user | ${name} |\n|---|---|\n| app | ${secret} |\n`],
  ['sql insert', 'a.sql', (secret, name) => `INSERT INTO u (name, ${name}) VALUES ('app', '${secret}');\n`],
  [
    'sql insert over lines',
    'b.sql',
    (secret, name) =>
      `INSERT INTO u\n  (name, ${name})\nVALUES\n  ('bob', 'none'),\n  ('app', '${secret}');\n`,
  ],
  ['sql copy', 'c.sql', (secret, name) => `COPY u (name, ${name}) FROM stdin;\napp\t${secret}\n\\.\n`],
  [
    'notebook source',
    'a.ipynb',
    (secret, name) => notebookOf(['import os', `${name} = "${secret}"`, 'x = 1']),
  ],
  ['notebook one line', 'b.ipynb', (secret, name) => notebookOf([`${name} = "${secret}"`])],
  ['notebook over lines', 'c.ipynb', (secret, name) => notebookOf([`${name} = (`, `  "${secret}"`, `)`])],
  [
    'notebook yaml env',
    'd.ipynb',
    (secret, name) => notebookOf([`- name: ${name}`, `  value: ${secret}`, `x`]),
  ],
  [
    'notebook compact',
    'e.ipynb',
    (secret, name) => JSON.stringify(JSON.parse(notebookOf(['import os', `${name} = "${secret}"`, 'x = 1']))),
  ],
  ['notebook text', 'f.ipynb', (secret, name) => notebookOf(['a', `${name} = "${secret}"`, 'x = 1'], 'text')],
  [
    'list of lines, other name',
    'll.json',
    (secret, name) =>
      JSON.stringify({ script: ['#!/bin/sh\n', `export ${name}="${secret}"\n`, 'x\n'] }, null, 2),
  ],
  [
    'list of lines, cfn',
    'cfn.json',
    (secret, name) =>
      JSON.stringify({ 'Fn::Join': ['', ['#!/bin/sh\n', `export ${name}="${secret}"\n`, 'x\n']] }, null, 1),
  ],
  [
    'list of lines, own name first',
    'lf.json',
    (secret, name) => JSON.stringify({ content: [`${name} = "${secret}"\n`, 'b\n', 'x\n'] }, null, 2),
  ],
  [
    'list of lines, pair',
    'lp.json',
    (secret, name) =>
      JSON.stringify({ content: [`- name: ${name}\n`, `  value: ${secret}\n`, 'x\n'] }, null, 2),
  ],
  [
    'string with \\n pair',
    'np.json',
    (secret, name) => JSON.stringify({ content: `env:\n- name: ${name}\n  value: ${secret}\n` }),
  ],
  [
    'string with \\n env',
    'ne.json',
    (secret, name) => JSON.stringify({ content: `A=1\n${name}=${secret}\nB=2\n` }),
  ],
  [
    'url-encoded json',
    'u.txt',
    (secret, name) => `http://x.example.invalid/?q=${encodeURIComponent(json(secret, name))}\n`,
  ],
  [
    'url-encoded json alone',
    'u0.txt',
    (secret, name) => `data ${encodeURIComponent(json(secret, name))} x\n`,
  ],
  [
    'url-encoded small hex',
    'u1.txt',
    (secret, name) =>
      `data ${encodeURIComponent(json(secret, name)).replace(/%../g, (x) => x.toLowerCase())} x\n`,
  ],
  [
    'url-encoded form',
    'u2.txt',
    (secret, name) => `body: user=app&${name}=${encodeURIComponent(secret)}&x=1\n`,
  ],
  [
    'url-encoded twice',
    'u3.txt',
    (secret, name) => `q=${encodeURIComponent(encodeURIComponent(json(secret, name)))}\n`,
  ],
  [
    'url-encoded =',
    'u4.txt',
    (secret, name) =>
      `redirect=https%3A%2F%2Fx.example.invalid%2F%3F${name}%3D${encodeURIComponent(encodeURIComponent(secret))}\n`,
  ],
  ['url-encoded env', 'u5.txt', (secret, name) => `${name}%3D${secret}%0A\n`],
  ['hex json', 'x.txt', (secret, name) => `blob ${hex(json(secret, name))} end\n`],
  ['hex json upper', 'x1.txt', (secret, name) => `blob ${hex(json(secret, name)).toUpperCase()} end\n`],
  ['hex env', 'x2.txt', (secret, name) => `blob ${hex(`${name}=${secret}\n`)} end\n`],
  ['hex \\x', 'x3.txt', (secret, name) => `"${hex(json(secret, name)).replace(/../g, '\\x$&')}"\n`],
  ['hex yaml pair', 'x4.txt', (secret, name) => `blob ${hex(`- name: ${name}\n  value: ${secret}\n`)} end\n`],
  ['base64 json', 'b.txt', (secret, name) => `blob ${base64(json(secret, name))} end\n`],
  ['base64 env', 'b1.txt', (secret, name) => `data: ${base64(`A=1\n${name}=${secret}\n`)}\n`],
  ['base64 env +1', 'b2.txt', (secret, name) => `data: ${base64(`AB=1\n${name}=${secret}\n`)}\n`],
  ['base64 env +2', 'b3.txt', (secret, name) => `data: ${base64(`ABC=1\n${name}=${secret}\n`)}\n`],
  [
    'base64 yaml pair',
    'b4.txt',
    (secret, name) => `data: ${base64(`- name: ${name}\n  value: ${secret}\n`)}\n`,
  ],
  ['base64 twice', 'b5.txt', (secret, name) => `data: ${base64(base64(json(secret, name)))}\n`],
  [
    'base64 utf16',
    'b6.txt',
    (secret, name) =>
      `powershell -enc ${Buffer.from(`$${name} = "${secret}"`, 'utf16le').toString('base64')}\n`,
  ],
  [
    'base64 of url-encoded',
    'b7.txt',
    (secret, name) => `data: ${base64(encodeURIComponent(json(secret, name)))}\n`,
  ],
  ['\\u0022 json', 'e.js', (secret, name) => `x = "${quoted(json(secret, name), '\\u0022')}"\n`],
  ['\\u0022 short', 'e1.js', (secret, name) => `x = "\\u0022${name}\\u0022:\\u0022${secret}\\u0022"\n`],
  ['\\u0022 spaced', 'e1b.js', (secret, name) => `x = "\\u0022${name}\\u0022: \\u0022${secret}\\u0022"\n`],
  ['\\x22 json', 'e2.js', (secret, name) => `x = '${quoted(json(secret, name), '\\x22')}'\n`],
  ['\\u003d', 'e3.js', (secret, name) => `x = "${name}\\u003d${secret}"\n`],
  ['\\u all', 'e4.js', (secret, name) => `x = "${everyUnit(`${name}=${secret}`)}"\n`],
  ['\\u all value', 'e5.js', (secret, name) => `${name} = "${everyUnit(secret)}"\n`],
  ['\\" json', 'e6.js', (secret, name) => `x = "${json(secret, name).replaceAll('"', '\\"')}"\n`],
  ['\\042 json', 'e7.js', (secret, name) => `x = '${json(secret, name).replaceAll('"', '\\042')}'\n`],
  ['&quot; json', 'q.html', (secret, name) => `<div data-x="${ents(json(secret, name))}"></div>\n`],
  [
    '&quot; spaced',
    'q0.html',
    (secret, name) => `<div data-x="{&quot;${name}&quot;: &quot;${secret}&quot;}"></div>\n`,
  ],
  [
    '&#34; json',
    'q1.html',
    (secret, name) => `<div data-x="${quoted(json(secret, name), '&#34;')}"></div>\n`,
  ],
  [
    '&#x22; json',
    'q2.html',
    (secret, name) => `<div data-x="${quoted(json(secret, name), '&#x22;')}"></div>\n`,
  ],
  ['&#39;', 'q3.html', (secret, name) => `<div data-x="{&#39;${name}&#39;: &#39;${secret}&#39;}"></div>\n`],
  [
    '&apos;',
    'q4.html',
    (secret, name) => `<div data-x="{&apos;${name}&apos;: &apos;${secret}&apos;}"></div>\n`,
  ],
  [
    '&amp; form',
    'q5.html',
    (secret, name) =>
      `<a href="https://x.example.invalid/?user=a&amp;${name}=${encodeURIComponent(secret)}&amp;x=1">\n`,
  ],
  ['=&quot;', 'q6.html', (secret, name) => `<code>${name}=&quot;${secret}&quot;</code>\n`],
  ['&lt;tag&gt;', 'q7.html', (secret, name) => `<code>&lt;${name}&gt;${secret}&lt;/${name}&gt;</code>\n`],
  ['utf16 env', 'w.txt', (secret, name) => utf16(`${name}=${secret}\r\n`)],
  ['utf16 yaml pair', 'w1.txt', (secret, name) => utf16(`- name: ${name}\r\n  value: ${secret}\r\n`)],
  [
    'quoted-printable',
    'm.eml',
    (secret, name) => `Content-Transfer-Encoding: quoted-printable\n\n${name}=3D${secret}\n`,
  ],
  [
    'hex dump',
    'd.txt',
    (secret, name) =>
      json(secret, name)
        .match(/[\secret\S]{1,16}/g)!
        .map((r, i) => `${(i * 16).toString(16).padStart(8, '0')}: ${hex(r).replace(/(....)/g, '$1 ')} ${r}`)
        .join('\n') + '\n',
  ],
  [
    'c bytes',
    'c.c',
    (secret, name) =>
      `char x[] = { ${[...Buffer.from(`${name}=${secret}`)].map((u) => '0x' + u.toString(16)).join(', ')} };\n`,
  ],
  ['sentence', 'p.md', (secret, name) => `The ${name.replace('_', ' ')}: ${secret}\n`],
  [
    'connection',
    'c.config',
    (secret, name) => `<add connectionString="Server=db;Uid=app;${name}=${ents(secret)};" />\n`,
  ],
];
