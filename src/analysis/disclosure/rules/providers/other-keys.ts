import type { DisclosureRule, Find, Window } from '../../../../model/disclosure.ts';
import { readDer } from '../checks/asn1.ts';
import { decodeBase64 } from '../checks/base64.ts';
import { derFormOf } from '../checks/pem.ts';
import { settleMade } from '../../engine/place.ts';
import { alphabetOf, BASE64_URL, runEnd } from '../form/alphabets.ts';
import { lookOf } from '../form/placeholders.ts';

const ADVICE =
  'Replace the key wherever its public half is trusted (servers, certificates, signers), then remove the old one there.';

/** Bytes of the private number of a JSON Web Key: the curves of 256, 384, 448 and 521 bits, and RSA of 1024 to 4096. */
const SIZES: ReadonlySet<number> = new Set([32, 48, 57, 66, 128, 256, 384, 512]);

/** `"d": "…"` of a JSON Web Key, beside what else it has. https://www.rfc-editor.org/rfc/rfc7518#section-6 */
function findPrivateNumber({ text, start, end }: Window): readonly Find[] {
  const opened = /\s{0,4}\\?["']/y;
  opened.lastIndex = end;
  if (!opened.test(text)) return [];
  const from = opened.lastIndex;
  const stop = runEnd(text, from, Math.min(text.length, from + 700), BASE64_URL);
  const value = text.slice(from, stop);
  if (!/^\\?["']/.test(text.slice(stop, stop + 2))) return [];
  const bytes = decodeBase64(value.replaceAll('-', '+').replaceAll('_', '/'));
  if (bytes === undefined || !SIZES.has(bytes.length) || lookOf(value) !== 'random') return [];
  const around = text.slice(Math.max(0, start - 2000), Math.min(text.length, stop + 2000));
  // Alone it may be anything that is called d.
  const isKey = /["']kty\\?["']\s{0,4}:/.test(around);
  return [
    {
      start: from,
      end: stop,
      tier: isKey ? 'likely' : 'possible',
      reasons: [
        `the private number of a JSON Web Key: ${bytes.length} bytes called "d"`,
        ...(isKey ? ['beside the type of the key'] : []),
      ],
    },
  ];
}

/** `"k": "…"` of a JSON Web Key that is symmetric. */
function findSymmetric({ text, end }: Window): readonly Find[] {
  const close = text.indexOf('}', end);
  const match = /["']k\\?["']\s{0,4}:\s{0,4}\\?["']([0-9A-Za-z_-]{20,700})\\?["']/.exec(
    text.slice(end, close === -1 ? end + 1000 : Math.min(close, end + 1000)),
  );
  if (match === null || lookOf(match[1]!) !== 'random') return [];
  const start = end + match.index + match[0].lastIndexOf(match[1]!);
  return [
    {
      start,
      end: start + match[1]!.length,
      tier: 'likely',
      reasons: ['the key of a JSON Web Key that is symmetric ("kty": "oct")'],
    },
  ];
}

/** How private keys in DER begin, behind their length: PKCS#8 of RSA, of curves, of Ed25519; PKCS#1 of 1024 to 4096 bits; SEC 1. */
const DER_STARTS: readonly string[] = [
  '\x02\x01\x00\x30\x0d\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01\x05\x00\x04',
  '\x02\x01\x00\x30\x13\x06\x07\x2a\x86\x48\xce\x3d\x02\x01',
  '\x02\x01\x00\x30\x05\x06\x03\x2b\x65\x70\x04\x22\x04\x20',
  '\x02\x01\x00\x02\x81\x81\x00',
  '\x02\x01\x00\x02\x82\x01\x01\x00',
  '\x02\x01\x00\x02\x82\x01\x81\x00',
  '\x02\x01\x00\x02\x82\x02\x01\x00',
  '\x02\x01\x01\x04\x20',
];

/** The same key as it is in PEM, without base64: a file of its own, or a part of a program. */
function findDer({ text, start }: Window): readonly Find[] {
  for (const size of [4, 3, 2]) {
    const first = start - size;
    if (first < 0 || text[first] !== '\x30') continue;
    const outer = readDer(text, first, text.length);
    if (outer === undefined || outer.start !== start) continue;
    const form = derFormOf(text.slice(first, outer.end));
    if (form.form !== 'private') continue;
    return [
      {
        start: first,
        end: outer.end,
        tier: 'certain',
        reasons: [`it parses as a private key (${form.what}), to the byte`],
        secret: btoa(text.slice(first, outer.end)),
      },
    ];
  }
  return [];
}

const STATIC_KEY = /-{4,5}\s*\r?\n((?:\s*[0-9a-f]{32}\s*\r?\n){16})/y;

/** Keys that have no BEGIN line of PEM. */
export const otherKeyRules: readonly DisclosureRule[] = [
  {
    id: 'jwk-private-key',
    title: 'private JSON Web Key',
    kind: 'credential',
    keywords: ['"d":', '"d" :', '\\"d\\":'],
    sieve: () => [[{ side: 'after', run: alphabetOf('"\\ '), least: 1, most: 6, follows: BASE64_URL }]],
    gate: (bytes, _start, end, _from, to) => isNumber(bytes, end, to),
    scope: 'text',
    find: findPrivateNumber,
    settle: settleMade,
    advice: ADVICE,
  },
  {
    id: 'jwk-symmetric-key',
    title: 'symmetric JSON Web Key',
    kind: 'credential',
    keywords: ['"kty":"oct"', '"kty": "oct"'],
    scope: 'text',
    find: findSymmetric,
    advice: 'Replace the key wherever it is used, then whatever it signed or encrypted.',
  },
  {
    id: 'private-key-der',
    title: 'private key in DER',
    kind: 'credential',
    keywords: DER_STARTS.map((start) => start.replace(/[A-Z]/g, (letter) => letter.toLowerCase())),
    scope: 'text',
    gate: (bytes, start, _end, from) =>
      [2, 3, 4].some((size) => start - size >= from && bytes[start - size] === 0x30),
    find: findDer,
    settle: settleMade,
    advice: ADVICE,
  },
  {
    id: 'openvpn-static-key',
    title: 'OpenVPN static key',
    kind: 'credential',
    provider: 'OpenVPN',
    keywords: ['begin openvpn static key v1'],
    scope: 'text',
    find: ({ text, start, end }) => {
      STATIC_KEY.lastIndex = end;
      const match = STATIC_KEY.exec(text);
      const secret = match?.[1]!.replace(/\s+/g, '');
      if (match === null || secret === undefined || lookOf(secret) === 'made-up') return [];
      return [
        { start, end: end + match[0].length, tier: 'likely', reasons: ['a key of 2048 bits, whole'], secret },
      ];
    },
    settle: settleMade,
    advice: 'Make a new key for the server and every client that has it.',
  },
];

/** Forty characters of base64 for URLs behind the sign. */
function isNumber(bytes: Uint8Array, end: number, to: number): boolean {
  let at = end;
  while (at < to && at < end + 12 && BASE64_URL[bytes[at]!] !== 1) at++;
  let run = 0;
  while (run < 43 && at + run < to && BASE64_URL[bytes[at + run]!] === 1) run++;
  return run === 43;
}
