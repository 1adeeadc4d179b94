import { generateKeyPairSync, createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { base62, crc32 } from '../checks/crc32.ts';
import { readKeyBody } from '../checks/pem.ts';
import { providerRules } from '../index.ts';
import { runRules } from '../testing/driver.ts';
import { CHARACTERS, randomText } from '../testing/random.ts';
import { accountOf } from './aws.ts';

const random = randomText(5);

/** `rule tier secret` of each find. */
const findsIn = (text: string): string[] =>
  runRules(providerRules, text).map(({ rule, tier, secret }) => `${rule} ${tier} ${secret}`);

const checksummed = (prefix: string, size = 30): string => {
  const body = random('base62', size);
  return prefix + body + base62(crc32(body), 6);
};

test('the checksum agrees with a token that its documentation shows', () => {
  expect(base62(crc32('zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ'), 6)).toBe('0mLq17');
});

test.for([
  ['github-pat', 'ghp_', 30],
  ['github-oauth-token', 'gho_', 30],
  ['github-user-token', 'ghu_', 30],
  ['github-installation-token', 'ghs_', 30],
  ['github-refresh-token', 'ghr_', 70],
  ['npm-token', 'npm_', 30],
] as const)('%s: a right checksum is certain, a wrong one likely', ([rule, prefix, size]) => {
  for (let i = 0; i < 200; i++) {
    const token = checksummed(prefix, size);
    expect(findsIn(`TOKEN=${token}\n`)).toEqual([`${rule} certain ${token}`]);
    const wrong = token.slice(0, -1) + (token.endsWith('0') ? '1' : '0');
    expect(findsIn(`TOKEN="${wrong}"`)).toEqual([`${rule} likely ${wrong}`]);
    expect(findsIn(`TOKEN="${token.slice(0, -1)}"`)).toEqual([]);
    // In a program a letter may stand behind it: its checksum says where it ends.
    const isTold = prefix.startsWith('gh') && size === 30;
    expect(findsIn(`TOKEN="${token}a"`)).toEqual(isTold ? [`${rule} certain ${token}`] : []);
    expect(findsIn(`TOKEN="${wrong}a"`)).toEqual([]);
  }
});

test.for([
  ['behind an escape', (token: string) => `"a\\n${token}\\n"`],
  ['behind a percent escape', (token: string) => `https://x/?t%3D${token}&`],
  ['in a header', (token: string) => `Authorization: Bearer ${token}`],
  ['in the middle of a long line', (token: string) => `${'x'.repeat(9000)} ${token} ${'y'.repeat(9000)}`],
] as const)('a token is found %s', ([, line]) => {
  const token = checksummed('ghp_');
  expect(findsIn(line(token))).toContain(`github-pat certain ${token}`);
});

test.for([
  'ghp_' + 'x'.repeat(36),
  'ghp_' + 'A'.repeat(36),
  'ghp_' + 'EXAMPLEtoken'.repeat(3),
  ['AKIA', 'IOSFODNN7', 'EXAMPLE'].join(''),
])('a stand-in is quiet: %s', (token) => {
  expect(findsIn(`token = ${token}`)).toEqual([]);
});

test('a fine-grained GitHub token, and one that is too short', () => {
  const token = `github_pat_11${random('base62', 20)}_${random('base62', 59)}`;
  expect(findsIn(token)).toEqual([`github-fine-grained-pat likely ${token}`]);
  expect(findsIn(token.slice(0, -1))).toEqual([]);
});

test('a GitHub token of the old form in an address', () => {
  const token = random('hex', 40);
  expect(findsIn(`git clone https://${token}@github.com/a/b`)).toEqual([
    `github-legacy-token-in-url likely ${token}`,
  ]);
});

test('a PyPI token is a macaroon that ends with its signature', () => {
  const field = (type: number, value: string): string => String.fromCharCode(type, value.length) + value;
  const macaroon = `\x02${field(1, 'pypi.org')}${field(2, random('hex', 36))}\0${field(2, '{"version": 1, "permissions": "user"}')}\0\0${field(6, random('base62', 32))}`;
  const token = `pypi-${Buffer.from(macaroon, 'latin1').toString('base64url')}`;
  expect(findsIn(`password = ${token}\n`)).toEqual([`pypi-token certain ${token}`]);
  const cut = token.slice(0, -10);
  expect(findsIn(`password = ${cut}\n`)).toEqual([`pypi-token likely ${cut}`]);
});

const keyId = (): string => `AKIA${random('XYZUVW', 1)}${random('base32', 15)}`;
const secretKey = (): string => `aB3${random('base64', 37)}`;

test('an AWS key id names its account', () => {
  // The key and the account with which the layout was explained in public.
  expect(accountOf('ASIAQNZGKIQY56JQ7WML')).toBe('029608264753');
  expect(accountOf('AKIAIOSFODNN7EXAMPLE')).toBe(undefined);
});

test('an AWS key id alone is likely, with its secret beside it certain', () => {
  const [id, secret] = [keyId(), secretKey()];
  expect(findsIn(`key: ${id}`)).toEqual([`aws-access-key likely ${id}`]);
  expect(findsIn(`[default]\nid = ${id}\nother = ${secret}\n`)).toEqual([
    `aws-access-key certain ${id}`,
    `aws-access-key certain ${secret}`,
  ]);
  expect(findsIn(`"aws_secret_access_key": "${secret}"`)).toEqual([`aws-secret-access-key likely ${secret}`]);
  expect(findsIn(`aws_secret_access_key = ${random('hex', 40)}`)).toEqual([]);
  expect(findsIn(`commit ${random('hex', 40)} after ${id.toLowerCase()}`)).toEqual([]);
});

const jwt = (claims: object, algorithm = 'HS256'): string => {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const body = `${part({ alg: algorithm, typ: 'JWT' })}.${part(claims)}`;
  if (algorithm === 'none') return `${body}.`;
  return `${body}.${createHmac('sha256', 'k').update(body).digest('base64url')}`;
};

test.for([
  ['signed', jwt({ sub: 'someone', exp: 1_700_000_000 }), 'likely'],
  ['good for some minutes', jwt({ sub: 'someone', iat: 1_700_000_000, exp: 1_700_000_300 }), 'possible'],
  ['not signed', jwt({ sub: 'someone' }, 'none'), 'possible'],
  ['the documented example', jwt({ sub: '1234567890', name: 'John Doe' }), 'possible'],
  ['made to be public', jwt({ role: 'anon', iss: 'x' }), 'possible'],
  [
    'a signed list',
    jwt({ timestamp: '2023-10-11', messages: [], versions: [{ version: '6.4' }] }),
    'possible',
  ],
  ['for a user', jwt({ u: { nick: 'x' } }), 'likely'],
] as const)('a JSON Web Token that is %s', ([, token, tier]) => {
  expect(findsIn(`token: ${token}`)).toEqual([`jwt ${tier} ${token}`]);
  const encoded = Buffer.from(token).toString('base64');
  expect(findsIn(`token: ${encoded}`)).toEqual([`jwt-base64 ${tier} ${token}`]);
});

test('what only looks like a JSON Web Token is quiet', () => {
  expect(findsIn(`eyJ${random('url', 30)}.eyJ${random('url', 30)}.${random('url', 43)}`)).toEqual([]);
});

test('a JSON Web Token says when it ends', () => {
  const [find] = runRules(providerRules, jwt({ exp: 1_709_164_800 }));
  expect(find?.reasons).toContain('it says that it ends 2024-02-29');
});

const pem = (
  type: 'rsa' | 'ec' | 'ed25519',
  format: 'pkcs1' | 'pkcs8' | 'sec1',
  passphrase?: string,
): string => {
  const options = { modulusLength: 1024, namedCurve: 'P-256' };
  const { privateKey } = generateKeyPairSync(type as 'rsa', options);
  return privateKey.export({
    type: format,
    format: 'pem',
    ...(passphrase === undefined ? {} : { cipher: 'aes-128-cbc', passphrase }),
  }) as string;
};
const keys = { rsa: pem('rsa', 'pkcs1'), ec: pem('ec', 'sec1'), ed: pem('ed25519', 'pkcs8') };
const base64Of = (key: string): string => key.replace(/-----[^-]+-----|\s/g, '');

test.for([
  ['PKCS#1', keys.rsa, keys.rsa],
  ['SEC 1', keys.ec, keys.ec],
  ['Ed25519 in PKCS#8', keys.ed, keys.ed],
  ['with Windows line ends', keys.rsa, keys.rsa.replaceAll('\n', '\r\n')],
  ['as a string of JSON', keys.rsa, JSON.stringify({ key: keys.rsa })],
  ['indented in YAML', keys.ec, `key: |\n${keys.ec.replace(/^/gm, '    ')}`],
  ['commented out', keys.rsa, keys.rsa.replace(/^(?=.)/gm, '# ')],
  ['in lines of code', keys.rsa, keys.rsa.trim().replace(/^(.*)$/gm, '  "$1\\n" +')],
  ['in quoted lines of a list', keys.rsa, keys.rsa.trim().replace(/^(.*)$/gm, "  '$1',")],
  ['echoed into a file', keys.rsa, keys.rsa.trim().replace(/^(.*)$/gm, 'echo "$1" >> key.pem')],
  ['echoed by cmd.exe', keys.rsa, keys.rsa.trim().replace(/^(.*)$/gm, '@echo $1>> key.pem')],
  ['on one line', keys.rsa, keys.rsa.trim().replaceAll('\n', ' ')],
] as const)('a private key is certain: %s', ([, key, text]) => {
  expect(findsIn(text)).toEqual([`private-key certain ${base64Of(key)}`]);
});

test('lines of base64 begin with any of its signs, those of comments too', () => {
  const body = '//0k60hv+ywURQjeabMTgMN3U9brT7KQz+0mDBSxXe1ZnvNUOCpaIz07GBpryUfi\n';
  const key = (line: string): string => `-----BEGIN PRIVATE KEY-----\n${line}-----END PRIVATE KEY-----`;
  const text = `MIICXAIBAAKBgQC7+9KPhP3YvBpkxH8gmoKMUJ5wPiHDYpYkLqmRtMbVrPzNwAeG\n${body}`;
  const secret = text.replaceAll('\n', '');
  for (const sign of ['', '# ', '// ', '//', '+', '  '])
    expect(readKeyBody(key(text).replaceAll('\n', `\n${sign}`), 27).base64).toBe(secret);
});

test('an OpenSSH key, with the runs of zeros that it has', () => {
  const field = (text: string): string => {
    const size = Buffer.alloc(4);
    size.writeUInt32BE(text.length);
    return size.toString('latin1') + text;
  };
  const made = (cipher: string): string => {
    const secret = field(random('base64', 130));
    const body = `openssh-key-v1\0${field(cipher)}${field('none')}${field('')}\0\0\0\x01${field(random('base64', 51))}${secret}`;
    return Buffer.from(body, 'latin1').toString('base64').replace(/.{70}/g, '$&\n');
  };
  for (const [cipher, tier] of [
    ['none', 'certain'],
    ['aes256-ctr', 'likely'],
  ] as const) {
    const body = made(cipher);
    const text = `-----BEGIN OPENSSH PRIVATE KEY-----\n${body}\n-----END OPENSSH PRIVATE KEY-----\n`;
    expect(findsIn(text)).toEqual([`private-key ${tier} ${body.replace(/\n/g, '')}`]);
  }
});

test.for([
  ['curl -u admin:tr0ub4dor https://h.corp.net', ['tr0ub4dor']],
  ["curl -s --user 'api:d2LkV78zLx' https://h.corp.net", ['d2LkV78zLx']],
  ['curl -u $USER:$PASSWORD https://h.corp.net', []],
  ['curl -u user:password https://h.corp.net', []],
  ['curl -u user:d2LkV78zLx https://h.corp.net', ['d2LkV78zLx']],
  [`curl --user kevin:'pR7vG2h1' https://h.corp.net`, ['pR7vG2h1']],
  [`curl --user "kevin":"pR7v G2h1" https://h.corp.net`, ['pR7v G2h1']],
  ['curl https://h.corp.net \\\n  --user c28wlsos:qgsnai0xokr \\\n -d @-', ['qgsnai0xokr']],
  ['docker run --user 1000:1000 image', []],
  ['  --user 1000:1000', []],
  [`curl -H 'Accept: json' -H "Api-Token: Sk94HG7f6KB" https://h.corp.net`, ['Sk94HG7f6KB']],
  ['curl -H "X-Api-Key: $KEY" -H "Authorization: keyboard" https://h.corp.net', []],
] as const)('what curl is given: %s', ([text, expected]) => {
  expect(runRules(providerRules, text).map(({ secret }) => secret)).toEqual(expected);
});

test('encrypted and damaged private keys are likely', () => {
  const encrypted = pem('rsa', 'pkcs8', 'pass');
  expect(findsIn(encrypted)).toEqual([`private-key likely ${base64Of(encrypted)}`]);
  const old = pem('rsa', 'pkcs1', 'pass');
  expect(findsIn(old).map((find) => find.slice(0, 18))).toEqual(['private-key likely']);
  const cut = `${keys.rsa.slice(0, 300)}\n-----END RSA PRIVATE KEY-----`;
  expect(findsIn(cut).map((find) => find.slice(0, 18))).toEqual(['private-key likely']);
});

test.for([
  "if (text.includes('-----BEGIN PRIVATE KEY-----')) return;",
  '-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----',
  '-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA\n-----END RSA PRIVATE KEY-----',
  `-----BEGIN PUBLIC KEY-----\n${'MIIB'.repeat(30)}\n-----END PUBLIC KEY-----`,
])('no private key: %s', (text) => {
  expect(findsIn(text)).toEqual([]);
});

test.for([
  ['postgres://app:tr0ub4dor@db.internal.gov/main', 'url-credentials likely tr0ub4dor'],
  ['https://ci:s3cr3t@pkg@git.corp.net/x.git', 'url-credentials likely s3cr3t@pkg'],
  ['redis://:Vg81kq0x@10.1.2.3:6379', 'url-credentials likely Vg81kq0x'],
  ['postgres://app:tr0ub4dor@localhost/main', 'url-credentials possible tr0ub4dor'],
  ['https://ci:s3cr3t9@example.com/', 'url-credentials possible s3cr3t9'],
] as const)('a password in an address: %s', ([url, expected]) => {
  expect(findsIn(`url = "${url}"`)).toEqual([expected]);
});

test.for([
  'https://user:password@host.com/',
  'https://${USER}:${PASSWORD}@git.corp.net/',
  'postgres://app:$PASSWORD@db.corp.net',
  'https://app:{{ password }}@git.corp.net/',
  'https://<user>:<password>@git.corp.net/',
  'http://user:xxxxxx@git.corp.net/',
  'https://git.corp.net:8080/a@b',
  'https://unpkg.com/x:y/@scope/name',
  'ssh://git@git.corp.net:22/a',
])('no password in %s', (url) => {
  expect(findsIn(`url = "${url}"`)).toEqual([]);
});

test('the alphabets for tests are what they say', () => {
  expect(CHARACTERS.base62).toHaveLength(62);
  expect(CHARACTERS.base64).toHaveLength(64);
});
