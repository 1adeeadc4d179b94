import type { DisclosureRule, Find, Window } from '../../../../model/disclosure.ts';
import { decodeBase64 } from '../checks/base64.ts';
import { BASE64_URL } from '../form/alphabets.ts';
import { tokenRule } from '../form/token.ts';
import type { Judgement } from '../form/token.ts';

/** Characters of base64url that a signature has, by algorithm (RFC 7518 §3); for the others any length will do. */
const SIGNATURES: ReadonlyMap<string, readonly number[]> = new Map([
  ['HS256', [43]],
  ['HS384', [64]],
  ['HS512', [86]],
  ['ES256', [86]],
  ['ES256K', [86]],
  ['ES384', [128]],
  ['ES512', [176]],
  ['EdDSA', [86, 152]],
  ['RS256', [171, 342, 512, 683]],
  ['RS384', [171, 342, 512, 683]],
  ['RS512', [171, 342, 512, 683]],
  ['PS256', [171, 342, 512, 683]],
  ['PS384', [171, 342, 512, 683]],
  ['PS512', [171, 342, 512, 683]],
]);

/**
 * A JSON Web Token (RFC 7519), both parts parsed. That it says it has expired is said, and is no reason to leave it out: clocks and
 * servers differ, and its claims tell of people. Never `certain`: some are made to be public.
 */
function judge(token: string): Judgement {
  const [header, payload, signature = ''] = token.split('.');
  const head = objectIn(header!);
  const algorithm = head?.['alg'];
  if (head === undefined || typeof algorithm !== 'string') return undefined;
  const claims = objectIn(payload!);
  if (claims === undefined)
    return { tier: 'possible', reasons: ['the header of a JSON Web Token, but its claims do not parse'] };
  const reasons = [`a JSON Web Token: its header (${printable(algorithm)}) and claims parse`];
  const expiry = claims['exp'];
  if (typeof expiry === 'number' && expiry > 0 && expiry < 253402300800)
    reasons.push(`it says that it ends ${dayOf(expiry)}`);
  if (lifeOf(claims) <= SHORT)
    return {
      tier: 'possible',
      reasons: [
        ...reasons,
        'it was good for no more than a quarter of an hour, as addresses of downloads are',
      ],
    };
  if (isDocumented(claims))
    return { tier: 'possible', reasons: [...reasons, 'its claims are those of the documented example'] };
  if (claims['role'] === 'anon')
    return { tier: 'possible', reasons: [...reasons, 'its role is "anon", which is made to be public'] };
  if (!SPEAKS_OF_SOMEBODY.test(Object.keys(claims).join(' ')))
    return { tier: 'possible', reasons: [...reasons, 'it says of nobody what he may: signed data'] };
  if (algorithm.toLowerCase() === 'none')
    return { tier: 'possible', reasons: [...reasons, 'it is not signed: anybody can make one'] };
  if (signature === '') return { tier: 'possible', reasons: [...reasons, 'its signature is cut off'] };
  const lengths = SIGNATURES.get(algorithm);
  if (lengths !== undefined && !lengths.includes(signature.length))
    return {
      tier: 'possible',
      reasons: [...reasons, 'its signature has a length that this algorithm does not give'],
    };
  return {
    tier: 'likely',
    reasons: [...reasons, ...(lengths === undefined ? [] : ['its signature has the right length'])],
  };
}

/**
 * Claims that make data a token: whose it is, what for, from when and until when (RFC 7519 §4.1, OpenID Connect), and what programs call the
 * same. A signed list of versions has none.
 */
const SPEAKS_OF_SOMEBODY =
  /(?:^| )(?:iss|sub|aud|exp|nbf|iat|jti|sid|azp|cid|uid|oid|tid|id|_id|scp|acr|amr|u|v|a)(?: |$)|user|name|mail|role|scope|perm|token|session|auth|client|account|tenant|admin|login|project|key|grant|licen[cs]e|service|device/i;

/** Seconds. */
const SHORT = 900;

/** Seconds from when a token was made, as it says, to its end; without end, for ever. */
function lifeOf({ exp, iat, nbf }: Record<string, unknown>): number {
  const from = typeof iat === 'number' ? iat : nbf;
  return typeof exp === 'number' && typeof from === 'number' && exp >= from ? exp - from : Infinity;
}

/** Claims as on jwt.io and in RFC 7519 §3.1. */
const isDocumented = (claims: Record<string, unknown>): boolean =>
  (claims['sub'] === '1234567890' && typeof claims['name'] === 'string' && claims['name'].endsWith('Doe')) ||
  claims['http://example.com/is_root'] === true;

function objectIn(part: string): Record<string, unknown> | undefined {
  const text = decodeBase64(part);
  if (text === undefined || text.length > 32_768) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

const printable = (text: string): string => text.replace(/[^ -~]/g, '?').slice(0, 20);

/** The day of a time in seconds since 1970, in the Gregorian calendar: https://howardhinnant.github.io/date_algorithms.html */
function dayOf(seconds: number): string {
  const shifted = Math.floor(seconds / 86400) + 719468;
  const era = Math.floor(shifted / 146097);
  const dayOfEra = shifted - era * 146097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const month = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * month + 2) / 5) + 1;
  const shown = month < 10 ? month + 3 : month - 9;
  const year = yearOfEra + era * 400 + (shown <= 2 ? 1 : 0);
  return `${year}-${String(shown).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

const FORM = /ey[JA][0-9A-Za-z_-]{10,}\.[0-9A-Za-z_-]{10,}(?:\.[0-9A-Za-z_-]*)?/y;

/** `eyJ` in base64: a token encoded once more, as in the secrets of Kubernetes. */
const ENCODED = 'zxlk';

export const jwtRules: readonly DisclosureRule[] = [
  tokenRule({
    id: 'jwt',
    title: 'JSON Web Token',
    provider: 'any issuer',
    marks: ['eyJ'],
    body: BASE64_URL,
    least: 14,
    pattern: FORM,
    varies: 0,
    reason: 'a JSON Web Token',
    judge,
    advice:
      'End the session or rotate the key that signed it; a token is good until it expires, and often longer.',
  }),
  {
    id: 'jwt-base64',
    title: 'JSON Web Token, encoded once more in base64',
    kind: 'credential',
    keywords: [ENCODED],
    gate: (bytes, start, end, _from, to) => {
      if (bytes[start] !== 0x5a || bytes[start + 2] !== 0x6c || end + 60 > to) return false;
      for (let i = end; i < end + 60; i++) if (!isBase64(bytes[i]!)) return false;
      return true;
    },
    find: findEncoded,
    advice:
      'End the session or rotate the key that signed it; a token is good until it expires, and often longer.',
  },
];

const isBase64 = (byte: number): boolean => BASE64_URL[byte] === 1 || byte === 0x2b || byte === 0x2f;

function findEncoded({ text, start }: Window): readonly Find[] {
  let end = start;
  while (end < text.length && isBase64(text.charCodeAt(end))) end++;
  const inner = decodeBase64(text.slice(start, end - ((end - start) % 4 === 1 ? 1 : 0)));
  if (inner === undefined) return [];
  FORM.lastIndex = 0;
  const token = FORM.exec(inner)?.[0];
  const judged = token === undefined ? undefined : judge(token);
  return judged === undefined
    ? []
    : [{ start, end, tier: judged.tier, reasons: [...judged.reasons, 'encoded once more'], secret: token! }];
}
