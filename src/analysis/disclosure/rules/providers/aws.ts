import type { DisclosureRule, Find, Window } from '../../../../model/disclosure.ts';
import { settleMade } from '../../engine/place.ts';
import { BASE64, BASE64_URL, runEnd, UPPER_BASE36 } from '../form/alphabets.ts';
import { runGate, startsToken } from '../form/gates.ts';
import type { Look } from '../form/placeholders.ts';
import { distinctUnits, lookOf } from '../form/placeholders.ts';
import { runSieves } from '../form/sieves.ts';
import { tokenRule } from '../form/token.ts';

const PROVIDER = 'AWS';
const REVOKE = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html';
const ADVICE = 'Deactivate the key in IAM, look for its use in CloudTrail, then delete it.';

/**
 * An access key id: four letters that say what it is for, then 16 digits in base 32 (A–Z, 2–7), of which the first eight hold the
 * account: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
 */
const KEY_ID = /(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}(?![0-9A-Za-z_])/y;

/** How far behind a key id its secret is looked for: the next assignment or two. */
const BESIDE = 240;

const marks = ['AKIA', 'ASIA', 'ABIA', 'ACCA'];

const RUN = { cased: marks, body: UPPER_BASE36, least: 16 };

/** A key id, and the secret that stands beside it under whatever name. */
const accessKey: DisclosureRule = {
  id: 'aws-access-key',
  title: 'AWS access key',
  kind: 'credential',
  provider: PROVIDER,
  keywords: marks.map((mark) => mark.toLowerCase()),
  sieve: (keyword) => runSieves(RUN, keyword),
  gate: runGate(RUN),
  scope: 'text',
  reach: 16 + BESIDE + 42,
  find: findAccessKey,
  settle: settleMade,
  advice: ADVICE,
  revokePage: REVOKE,
};

function findAccessKey({ text, start }: Window): readonly Find[] {
  KEY_ID.lastIndex = start;
  const match = KEY_ID.exec(text);
  if (match === null) return [];
  const look = lookOf(match[0].slice(4));
  if (look === 'made-up') return [];
  const end = start + match[0].length;
  const id: Find = { start, end, ...judgeKeyId(match[0], look) };
  if (match[0].startsWith('AC') || match[0].startsWith('AB')) return [id];
  const secret = secretBeside(text, end);
  if (secret === undefined) return [id];
  const whole: Find = { ...id, tier: 'certain', reasons: [...id.reasons, 'its secret stands beside it'] };
  const reasons = [`it stands beside the access key id that it belongs to`];
  return [whole, { start: secret, end: secret + 40, tier: 'certain', reasons }];
}

function judgeKeyId(id: string, look: Look): Pick<Find, 'tier' | 'reasons'> {
  if (look === 'patterned')
    return { tier: 'possible', reasons: ['it has the form of a key id, but runs along the alphabet'] };
  const account = accountOf(id);
  if (account === undefined) return { tier: 'likely', reasons: ['its prefix, alphabet and length'] };
  return { tier: 'likely', reasons: ['its prefix, alphabet and length', `it names the account ${account}`] };
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/**
 * The account of a key id: bits 1 to 40 after the prefix. `undefined` for keys of the time before ids held it, and for numbers
 * that have more than twelve digits.
 */
export function accountOf(id: string): string | undefined {
  let bits = 0;
  for (const digit of id.slice(4, 14)) {
    const value = BASE32.indexOf(digit);
    if (value < 0) return undefined;
    bits = bits * 32 + value;
  }
  // 50 bits: the first is a mark, the next 40 are the account.
  if (bits < 2 ** 49) return undefined;
  const account = Math.floor(bits / 2 ** 9) % 2 ** 40;
  return account > 999_999_999_999 ? undefined : String(account).padStart(12, '0');
}

/** Where a run of exactly 40 characters that looks like a secret starts, close behind `from`. */
function secretBeside(text: string, from: number): number | undefined {
  const stop = Math.min(text.length, from + BESIDE);
  for (let i = from; i < stop;) {
    const end = runEnd(text, i, Math.min(text.length, stop + 41), BASE64);
    if (end - i === 40 && isSecretKey(text.slice(i, end)) && startsToken(text.charCodeAt(i - 1), 0, 0))
      return i;
    i = end + 1;
  }
  return undefined;
}

/** Random in base 64: of each kind of letter some; 40 hexadecimal digits are a commit. */
function isSecretKey(text: string): boolean {
  return (
    /[a-z]/.test(text) &&
    /[A-Z]/.test(text) &&
    /[0-9]/.test(text) &&
    distinctUnits(text) >= 18 &&
    lookOf(text) === 'random'
  );
}

/** Names that people give to the secret of an access key. */
const NAMES = [
  'secret_access_key',
  'secretaccesskey',
  'secret-access-key',
  'aws_secret_key',
  'awssecretkey',
  'aws_secret',
  'aws-secret',
];

const secretKey: DisclosureRule = {
  id: 'aws-secret-access-key',
  title: 'AWS secret access key',
  kind: 'credential',
  provider: PROVIDER,
  keywords: NAMES,
  find: findSecretKey,
  advice: ADVICE,
  revokePage: REVOKE,
};

/** From the name to the value: the rest of the name, closing quotes, an operator, opening quotes. */
const TO_VALUE =
  /[\w.-]{0,30}(?:["'`\])]|\\["'])*\s{0,8}(?::=|=>|[:=,]|<\/?\w{1,12}>)?\s{0,8}(?:["'`(]|\\["'])*/y;

function findSecretKey({ text, end }: Window): readonly Find[] {
  TO_VALUE.lastIndex = end;
  const gap = TO_VALUE.exec(text)?.[0] ?? '';
  const start = end + gap.length;
  if (gap === '' || runEnd(text, start, Math.min(text.length, start + 41), BASE64) !== start + 40) return [];
  const secret = text.slice(start, start + 40);
  if (text[start + 40] === '=' || lookOf(secret) === 'made-up') return [];
  return isSecretKey(secret)
    ? [
        {
          start,
          end: start + 40,
          tier: 'likely',
          reasons: ['40 characters of base 64 under the name of a secret key'],
        },
      ]
    : [];
}

export const awsRules: readonly DisclosureRule[] = [
  accessKey,
  secretKey,
  tokenRule({
    id: 'aws-bedrock-api-key',
    title: 'Amazon Bedrock API key',
    provider: PROVIDER,
    marks: ['ABSK', 'bedrock-api-key-'],
    body: BASE64,
    least: 60,
    pattern:
      /(?:ABSKQmVkcm9ja0FQSUtleS[0-9A-Za-z+/]{40,300}={0,2}|bedrock-api-key-YmVkcm9jay5hbWF6b25hd3MuY29t[0-9A-Za-z+/]{40,}={0,2})/y,
    reason: 'its first part says in base 64 what it is',
    tier: 'certain',
    advice: 'Delete the service-specific credential in IAM, then look for its use in CloudTrail.',
    revokePage: 'https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys.html',
  }),
  tokenRule({
    id: 'aws-mws-token',
    title: 'Amazon Marketplace Web Service token',
    provider: PROVIDER,
    marks: ['amzn.mws.'],
    body: BASE64_URL,
    least: 36,
    pattern: /amzn\.mws\.[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?![0-9A-Za-z_-])/y,
    reason: 'its prefix and form',
    advice: 'Revoke the authorisation in Seller Central.',
  }),
];
