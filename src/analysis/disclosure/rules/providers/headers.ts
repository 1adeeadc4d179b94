import type { DisclosureRule, Find, Gate, Window } from '../../../../model/disclosure.ts';
import { decodeBase64 } from '../checks/base64.ts';
import { alphabetOf, BASE64, runEnd } from '../form/alphabets.ts';
import { distinctUnits, lookOf } from '../form/placeholders.ts';
import { isReference } from '../form/references.ts';

const ADVICE = 'Change the password or revoke the token at the host that it is sent to.';

/** `Basic`, `Bearer` or `Token` within a few bytes, and a run of value behind it. */
const hasScheme: Gate = (bytes, _start, end, _from, to) => {
  let i = end;
  while (i < Math.min(to, end + 8) && BETWEEN[bytes[i]!] === 1) i++;
  const first = bytes[i]! | 0x20;
  if (i === end || i + 14 > to || (first !== 0x62 && first !== 0x74 && first !== 0x61)) return false;
  return true;
};

/** Between a header's name and its value: `: `, `=`, quotes, commas. */
const BETWEEN = alphabetOf('"\'`:=,>( \\');

const SCHEME = /["'`:=,>( \\]{1,8}(Basic|Bearer|Token|ApiKey|Api-Key|Api-Token)[ :]{1,3}(?:token=)?["']?/iy;
const OPAQUE = alphabetOf('0-9A-Za-z._~+/=@-');

function findHeader({ text, end }: Window): readonly Find[] {
  SCHEME.lastIndex = end;
  const match = SCHEME.exec(text);
  if (match === null) return [];
  const start = end + match[0].length;
  const stop = runEnd(text, start, text.length, OPAQUE);
  const value = text.slice(start, stop);
  if (value.length < 8 || isReference(value) || /[$%{<]/.test(text[stop] ?? '')) return [];
  return match[1]!.toLowerCase() === 'basic' ? basic(value, start) : bearer(value, start, match[1]!);
}

/** RFC 7617: user and password in base64. */
function basic(value: string, start: number): readonly Find[] {
  const size = runEnd(value, 0, value.length, BASE64);
  const decoded = decodeBase64(value.slice(0, size));
  const colon = decoded?.indexOf(':') ?? -1;
  if (decoded === undefined || colon === -1 || !/^[ -~\x80-\xff]+$/.test(decoded)) return [];
  const password = decoded.slice(colon + 1);
  const user = decoded.slice(0, colon);
  const end = start + size + (/^={1,2}/.exec(value.slice(size))?.[0].length ?? 0);
  // A key alone, as user with an empty password or the other way round.
  const secret = password === '' ? user : password;
  if (secret.length < 3 || isReference(secret) || lookOf(secret) === 'made-up') return [];
  // The example of RFC 7617 and RFC 2617, on which most others are modelled.
  const isDocumented = /^open ?sesame$/i.test(secret) || secret === user;
  return [
    {
      start,
      end,
      tier: isDocumented ? 'possible' : 'likely',
      reasons: ['a header of Basic authentication: its value is a user and a password'],
      secret,
    },
  ];
}

/** Whatever is sent as bearer: not told by its form, so it has to look random. */
function bearer(value: string, start: number, scheme: string): readonly Find[] {
  if (value.startsWith('eyJ') || value.length < 16 || value.length > 2000) return [];
  const isRandom =
    /[0-9]/.test(value) &&
    distinctUnits(value) >= 10 &&
    lookOf(value) === 'random' &&
    !/[a-z]{9}/.test(value);
  return isRandom
    ? [{ start, end: start + value.length, tier: 'likely', reasons: [`it is sent as ${scheme} in a header`] }]
    : [];
}

const USER_OPTION = /["']?(?:-u|--user|--proxy-user)(?:=| {0,4})["']?([^\s:"'$`<{]{1,64}):([^\s"'`]{3,128})/y;

/** `curl -u user:password`. */
function findCurl({ text, end }: Window): readonly Find[] {
  for (let at = text.indexOf(' -', end - 1); at !== -1 && at < end + 2000; at = text.indexOf(' -', at + 2)) {
    USER_OPTION.lastIndex = at + 1;
    const match = USER_OPTION.exec(text);
    if (match === null) continue;
    const password = match[2]!;
    if (isReference(password) || isReference(match[1]!) || lookOf(password) === 'made-up') return [];
    const start = at + 1 + match[0].length - password.length;
    return [
      { start, end: start + password.length, tier: 'likely', reasons: ['it is given to curl as password'] },
    ];
  }
  return [];
}

/** `<add key="ClearTextPassword" value="…" />` in a NuGet.Config. */
function findNuget({ text, end }: Window): readonly Find[] {
  const match = /["']\s{0,4}value\s{0,2}=\s{0,2}["']([^"']{8,200})["']/iy;
  match.lastIndex = end;
  const value = match.exec(text)?.[1];
  if (value === undefined || isReference(value) || /^%.*%$/.test(value)) return [];
  const start = text.indexOf(value, end);
  return [
    {
      start,
      end: start + value.length,
      tier: 'likely',
      reasons: ['the password of a source in a NuGet.Config'],
    },
  ];
}

/** Credentials as they go over the wire, and as commands and settings give them. */
export const headerRules: readonly DisclosureRule[] = [
  {
    id: 'authorization-header',
    title: 'credentials in an Authorization header',
    kind: 'credential',
    keywords: ['authorization'],
    gate: hasScheme,
    find: findHeader,
    advice: ADVICE,
  },
  {
    id: 'curl-user',
    title: 'password given to curl',
    kind: 'credential',
    keywords: ['curl '],
    find: findCurl,
    advice: ADVICE,
  },
  {
    id: 'nuget-config-password',
    title: 'password in a NuGet.Config',
    kind: 'credential',
    provider: 'NuGet',
    keywords: ['add key="cleartextpassword', 'add key="password'],
    find: findNuget,
    advice: 'Change the password of the package source, and give it by an environment variable.',
    revokePage:
      'https://learn.microsoft.com/en-us/nuget/reference/nuget-config-file#packagesourcecredentials',
  },
];
