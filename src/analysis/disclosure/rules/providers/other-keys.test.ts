import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { randomText } from '../testing/random.ts';
import { runRules } from '../testing/driver.ts';
import { hashRules } from './password-hashes.ts';
import { otherKeyRules } from './other-keys.ts';
import { privateKeyRules } from './private-keys.ts';

const random = randomText(41);
const rules = [...privateKeyRules, ...otherKeyRules, ...hashRules];
const findsIn = (text: string): string[] => runRules(rules, text).map(({ rule, tier }) => `${rule} ${tier}`);

const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const rsa = generateKeyPairSync('rsa', { modulusLength: 1024 });

test('private JSON Web Keys, on one line or over some; not their public halves', () => {
  for (const { privateKey, publicKey } of [ec, rsa, generateKeyPairSync('ed25519')]) {
    const jwk = privateKey.export({ format: 'jwk' });
    expect(findsIn(JSON.stringify(jwk))).toEqual(['jwk-private-key likely']);
    expect(findsIn(JSON.stringify({ keys: [{ d: jwk.d, ...jwk }] }, null, 2))).toEqual([
      'jwk-private-key likely',
    ]);
    expect(findsIn(JSON.stringify(JSON.stringify(jwk)))).toEqual(['jwk-private-key likely']);
    expect(findsIn(JSON.stringify(publicKey.export({ format: 'jwk' })))).toEqual([]);
  }
  expect(findsIn(`{"kty": "oct", "kid": "1", "k": "${random('base62', 43)}"}`)).toEqual([
    'jwk-symmetric-key likely',
  ]);
  expect(findsIn('{"kty": "oct", "kid": "1"}, {"k": "nothing-of-this-key-here"}')).toEqual([]);
  expect(findsIn('{"d": "M12 2C6.48 2 2 6.48 2 12s4.48 10 10 10 10-4.48 10-10S17.52 2 12 2z"}')).toEqual([]);
});

test('keys in DER, alone or in a program', () => {
  for (const [key, type] of [
    [rsa.privateKey, 'pkcs8'],
    [rsa.privateKey, 'pkcs1'],
    [ec.privateKey, 'pkcs8'],
    [ec.privateKey, 'sec1'],
  ] as const) {
    const der = key.export({ format: 'der', type } as never) as unknown as Buffer;
    const text = der.toString('latin1');
    expect([...new Set(findsIn(text))]).toEqual(['private-key-der certain']);
    expect([...new Set(findsIn(`MZ\0\n\0code${text}more`))]).toEqual(['private-key-der certain']);
    expect(findsIn(text.slice(0, -3))).toEqual([]);
  }
  expect(
    findsIn((rsa.publicKey.export({ format: 'der', type: 'spki' }) as Buffer).toString('latin1')),
  ).toEqual([]);
});

test('a key in PEM that Java or C# joins line by line', () => {
  const pem = rsa.privateKey.export({ format: 'pem', type: 'pkcs8' }) as string;
  for (const sign of ['+', '.', '&'])
    expect(
      findsIn(
        `k = ${pem
          .trim()
          .split('\n')
          .map((line) => `"${line}\\n"`)
          .join(`\n    ${sign} `)};`,
      ),
    ).toEqual(['private-key certain']);
});

test('the static key of OpenVPN', () => {
  const lines = Array.from({ length: 16 }, () => random('hex', 32)).join('\n');
  const head = '-----BEGIN OpenVPN Static key V1-----';
  expect(findsIn(`<tls-auth>\n${head}\n${lines}\n-----END OpenVPN Static key V1-----\n`)).toEqual([
    'openvpn-static-key likely',
  ]);
  expect(findsIn(`${head}\n<key>\n`)).toEqual([]);
});

test('hashes of passwords: likely beside their account', () => {
  const sha512 = `$6$${random('base62', 8)}$${random('base62', 86)}`;
  const apache = `$apr1$${random('base62', 8)}$${random('base62', 22)}`;
  const bcrypt = `$2y$10$${random('base62', 53)}`;
  expect(findsIn(`root:${sha512}:18000:0:99999:7:::`)).toEqual(['password-hash likely']);
  expect(findsIn(`admin:${apache}\nbob:${bcrypt}\n`)).toEqual([
    'password-hash likely',
    'password-hash likely',
  ]);
  expect(findsIn(`userPassword: {SSHA}${random('base62', 32)}`)).toEqual(['password-hash likely']);
  expect(findsIn(`"hash": "${bcrypt}"`)).toEqual(['password-hash possible']);
  expect(findsIn(`PasswordHash = "AQAAAAEAACcQAAAAE${random('base62', 65)}=="`)).toEqual([
    'password-hash possible',
  ]);
  expect(findsIn(`value = "AQAAAAEAACcQAAAAE${random('base62', 60)}=="`)).toEqual([]);
  expect(findsIn('root:$6$salt$xxxxxxxx:18000')).toEqual([]);
  expect(findsIn('cost is $5$ or $6$ each')).toEqual([]);
});
