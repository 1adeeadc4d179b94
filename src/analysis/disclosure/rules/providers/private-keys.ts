import type { DisclosureRule, Find, Gate, Tier, Window } from '../../../../model/disclosure.ts';
import { sha256 } from '../../../text/sha256.ts';
import { saysTest, settleMade } from '../../engine/place.ts';
import { keyBorder, keyFormOf, readKeyBody } from '../checks/pem.ts';
import { readPgpKey } from '../checks/pgp.ts';
import { BASE64, runEnd, runStart } from '../form/alphabets.ts';
import { lookOf } from '../form/placeholders.ts';

const ADVICE =
  'Replace the key wherever its public half is trusted (servers, certificates, signers), then remove the old one there.';

/** `-----BEGIN` before the keyword, on the same line and near. */
const afterBegin: Gate = (bytes, start, _end, from) => {
  for (let i = start - 6; i >= Math.max(from, start - 40); i--)
    if (
      bytes[i] === 0x42 &&
      bytes[i + 1] === 0x45 &&
      bytes[i + 2] === 0x47 &&
      bytes[i + 3] === 0x49 &&
      bytes[i + 4] === 0x4e
    )
      return true;
  return false;
};

/** Fewer characters than a key has, even one that is cut: a placeholder, or code that looks for keys. */
const LEAST = 20;

/** Keys in PEM: `RSA`, `EC`, `DSA`, `OPENSSH`, `ENCRYPTED`, plain (PKCS#8), and whatever else is called a private key. */
const pemKey: DisclosureRule = {
  id: 'private-key',
  title: 'private key',
  kind: 'credential',
  keywords: ['private key-----', 'private key ----'],
  gate: afterBegin,
  scope: 'text',
  extent: extentOfKey,
  find: findPem,
  settle: settleMade,
  advice: ADVICE,
};

/** Bytes between the beginning of an END line and its dashes. */
const MOST_LABEL = 60;

/** Up to the line that ends the key, or begins the next. `undefined`: there is none, or the window may have been cut in it. */
function extentOfKey({ text, end }: Window): number | undefined {
  const border = keyBorder(text, end);
  if (border === undefined) return undefined;
  const dashes = text.indexOf('-----', border + 8);
  if (dashes !== -1 && dashes - border <= MOST_LABEL) return dashes + 5 - end;
  const last = border + MOST_LABEL + 5;
  return last > text.length ? undefined : last - end;
}

const BEGIN = /-{4,5} ?BEGIN ((?:[A-Z0-9]+ ){0,3}?)PRIVATE KEY ?-{4,5}/y;

function findPem({ text, start, end }: Window): readonly Find[] {
  const from = text.lastIndexOf('-', start - 1);
  const first = beginOfDashes(text, from);
  BEGIN.lastIndex = first;
  const match = BEGIN.exec(text);
  if (match === null) return [];
  const label = match[1]!.trim();
  const body = readKeyBody(text, Math.max(end, first + match[0].length));
  if (body.base64.length < LEAST || (body.base64.length < 40 && lookOf(body.base64) !== 'random')) return [];
  // Real keys have runs of zeros; only what does not parse is judged by its look.
  if (keyFormOf(body.base64).form === 'unknown' && lookOf(body.base64.slice(0, 64)) === 'made-up') return [];
  const stop = endOfKey(text, body.end, first + match[0].length, body.base64.length);
  const judged = judgePem(label, body.base64, body.isEncrypted);
  const isNamedTest = judged.tier === 'certain' && saysTest(nameBefore(text, first));
  return [
    {
      start: first,
      end: stop,
      tier: isNamedTest ? 'likely' : judged.tier,
      reasons: isNamedTest ? [...judged.reasons, 'its name says that it is there for tests'] : judged.reasons,
      secret: body.base64,
    },
  ];
}

/** What the string that begins at `at` is given to on its line, with its type behind it perhaps: `const TEST_KEY: &str = r"`. Empty for none. */
function nameBefore(text: string, at: number): string {
  const before = text.slice(Math.max(text.lastIndexOf('\n', at - 1) + 1, at - 120), at);
  return (
    /([\w$-]{1,60})["'`\])]{0,3}\s{0,8}(?::\s{0,4}[&\w<>[\]' ]{1,20})?(?::=|=>|[:=])\s{0,8}[rRbB@$]{0,2}["'`(\\ ]{0,8}$/.exec(
      before,
    )?.[1] ?? ''
  );
}

function beginOfDashes(text: string, last: number): number {
  let at = last;
  while (at > 0 && text[at - 1] === '-') at--;
  return Math.max(at, last - 4, 0);
}

/** Behind the END line; for a key that is cut, behind what was read of it. */
function endOfKey(text: string, end: number | undefined, from: number, size: number): number {
  if (end === undefined) return Math.min(text.length, from + size);
  const dashes = text.indexOf('-----', end + 8);
  return dashes === -1 || dashes - end > MOST_LABEL ? end : dashes + 5;
}

/** SHA-256 of the base64 of keys that everybody has, and what they are. */
const PUBLISHED: ReadonlyMap<string, string> = new Map([
  [
    '9a653ce85f93548c6946df59a909c77d813d91cdb629f784059267c27ae5141f',
    'the insecure key that Vagrant publishes',
  ],
]);

function judgePem(label: string, base64: string, isEncrypted: boolean): Pick<Find, 'tier' | 'reasons'> {
  const published = PUBLISHED.get(sha256(base64));
  if (published !== undefined) return { tier: 'possible', reasons: [`it is ${published}`] };
  const kind = keyFormOf(base64);
  const asEncrypted = (what: string): Pick<Find, 'tier' | 'reasons'> => ({
    tier: 'likely',
    reasons: [`${what}, encrypted: as safe as its passphrase, which can be tried without end`],
  });
  if (isEncrypted || label === 'ENCRYPTED')
    return asEncrypted(label === '' ? 'a private key' : `a private key (${label})`);
  switch (kind.form) {
    case 'encrypted':
      return asEncrypted(`a private key (${kind.what})`);
    case 'private':
      return { tier: 'certain', reasons: [`it parses as a private key (${kind.what}), to the byte`] };
    case 'unknown':
      return {
        // The smallest key there is (Ed25519 in PKCS#8) has 64 characters.
        tier: base64.length < 64 ? 'possible' : 'likely',
        reasons: ['it is called a private key, but does not parse: cut, changed, or of a form unknown here'],
      };
  }
}

const pgpKey: DisclosureRule = {
  id: 'pgp-private-key',
  title: 'OpenPGP private key',
  kind: 'credential',
  keywords: ['pgp private key block-----'],
  gate: afterBegin,
  scope: 'text',
  extent: extentOfKey,
  find: findPgp,
  settle: settleMade,
  advice: 'Publish the revocation certificate of the key, make a new one, and sign anew what it signed.',
};

function findPgp({ text, start, end }: Window): readonly Find[] {
  const first = beginOfDashes(text, text.lastIndexOf('-', start - 1));
  const body = readKeyBody(text, end);
  const marked = /^([\s\S]*[^=]={0,2})=([0-9A-Za-z+/]{4})$/.exec(body.base64.slice(-8));
  const checksum = marked?.[2] ?? lastChecksum(text, end, body.end);
  const base64 = marked === null ? body.base64 : body.base64.slice(0, -5);
  if (base64.length < 40) return [];
  const { isKey, isWhole } = readPgpKey(base64, checksum);
  const tier: Tier = isKey && isWhole ? 'certain' : 'likely';
  const reasons = [
    isWhole ? 'the checksum of its armour is right' : 'it is called a private key',
    ...(isKey ? ['it holds a secret-key packet'] : []),
  ];
  return [{ start: first, end: endOfKey(text, body.end, end, base64.length), tier, reasons, secret: base64 }];
}

/** `=abcd` on a line of its own before the END line. */
function lastChecksum(text: string, from: number, end: number | undefined): string | undefined {
  if (end === undefined) return undefined;
  return /=([0-9A-Za-z+/]{4})[^0-9A-Za-z+/=]{0,12}[nr]?[^0-9A-Za-z+/=]{0,12}$/.exec(
    text.slice(Math.max(from, end - 40), end),
  )?.[1];
}

/** PuTTY's own format: its private lines are base64 behind a count. */
const puttyKey: DisclosureRule = {
  id: 'putty-private-key',
  title: 'PuTTY private key',
  kind: 'credential',
  keywords: ['putty-user-key-file-'],
  scope: 'text',
  find: ({ text, start }) => {
    const next = text.indexOf(text.slice(start, start + 20), start + 20);
    const lines = text
      .slice(start, Math.min(start + 16_384, next === -1 ? text.length : next))
      .split(/\r?\n/);
    const encryption = lines[1]?.replace('Encryption: ', '');
    const at = lines.findIndex((line) => /^Private-Lines: \d{1,3}$/.test(line));
    if (at === -1 || encryption === undefined) return [];
    const count = Number(lines[at]!.slice(15));
    const base64 = lines.slice(at + 1, at + 1 + count).join('');
    if (base64.length < 32 || !/^[0-9A-Za-z+/]+={0,2}$/.test(base64)) return [];
    const offset = text.indexOf(base64.slice(0, 32), start);
    const isPlain = encryption === 'none';
    return [
      {
        start: offset,
        end: Math.min(text.length, offset + base64.length + count - 1),
        tier: isPlain ? 'certain' : 'likely',
        reasons: [isPlain ? 'a PuTTY key without a passphrase' : `a PuTTY key, encrypted (${encryption})`],
        secret: base64,
      },
    ];
  },
  settle: settleMade,
  advice: ADVICE,
};

/**
 * How keys in DER begin in base64, whose first bytes are the same in all of a kind: RSA (PKCS#1, PKCS#8), elliptic curves (SEC 1,
 * PKCS#8), Ed25519.
 */
const DER_STARTS = [
  'IBAAK',
  'IBADANBgkqhkiG9w0BAQEFAAS',
  'MHcCAQEEI',
  'IGHAgEAMBMGByqGSM49',
  'MC4CAQAwBQYDK2Vw',
];

/** The same key without BEGIN and END, as it is given to a variable. */
const bareKey: DisclosureRule = {
  id: 'private-key',
  title: 'private key',
  kind: 'credential',
  keywords: DER_STARTS.map((start) => start.toLowerCase()),
  marks: DER_STARTS,
  find: ({ text, start, end }) => {
    if (!DER_STARTS.includes(text.slice(start, end))) return [];
    const first = runStart(text, start, Math.max(0, start - 8), BASE64);
    const stop = runEnd(text, end, text.length, BASE64);
    // Given to something; alone on its line it is a part of what stands between BEGIN and END.
    if (!/[=:"'>`(,]\s{0,8}$/.test(text.slice(Math.max(0, first - 12), first))) return [];
    const padded = stop + /^={0,2}/.exec(text.slice(stop, stop + 2))![0].length;
    const secret = text.slice(first, padded);
    const kind = keyFormOf(secret);
    if (kind.form !== 'private') return [];
    const reasons = [`it parses as a private key (${kind.what}), to the byte`];
    return [{ start: first, end: padded, tier: 'certain', reasons, secret }];
  },
  settle: settleMade,
  advice: ADVICE,
};

/** Private keys of every kind that has a BEGIN line or a header of its own. */
export const privateKeyRules: readonly DisclosureRule[] = [pemKey, bareKey, pgpKey, puttyKey];
