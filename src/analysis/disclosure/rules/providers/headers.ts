import type { DisclosureRule, Find, Gate, Window } from '../../../../model/disclosure.ts';
import { isTriedFirst, WEAK } from '../../generic/weak.ts';
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

/** RFC 7617: user and password in base64 at `start`. */
export function basic(value: string, start: number): readonly Find[] {
  const size = runEnd(value, 0, value.length, BASE64);
  const decoded = decodeBase64(value.slice(0, size));
  const colon = decoded?.indexOf(':') ?? -1;
  // The header of a JSON Web Token, which is no user.
  if (decoded === undefined || decoded.startsWith('{') || colon === -1 || !/^[ -~\x80-\xff]+$/.test(decoded))
    return [];
  const password = decoded.slice(colon + 1);
  const user = decoded.slice(0, colon);
  const end = start + size + (/^={1,2}/.exec(value.slice(size))?.[0].length ?? 0);
  // A key alone, as user with an empty password or the other way round.
  const secret = password === '' ? user : password;
  if (secret.length < 3 || isReference(secret) || lookOf(secret) === 'made-up') return [];
  // The example of RFC 7617 and RFC 2617, on which most others are modelled.
  const isDocumented =
    /^open ?sesame$/i.test(secret) ||
    secret === user ||
    // `beep:boop`
    (/^[a-z]{1,6}$/.test(secret) && /^[a-z]{1,6}$/.test(user));
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

/** `-u user:password`, either of them quoted, or both together; what a shell joins is one word. */
const USER_OPTION =
  /(?:-u|--user|--proxy-user)(?:=| {0,4})(?:(["'])([^\s:"'$`<]{0,64}):([^"'\n]{3,128})\1|["']?([^\s:"'$`<]{0,64})["']?:(?:(["'])([^"'\n]{3,128})\5|([^\s"'`;|&)]{3,128})))/y;
/** `-H "X-Api-Key: value"`: a header that a secret goes in by its name. What has a scheme is another rule's. */
const HEADER_OPTION =
  /(?:-H|--header)(?:=| {0,4})["'][\w-]{0,40}?(?:token|key|secret|auth|password)[\w-]{0,20}: {0,2}([^\s"'$<{]{8,256})["']/iy;

/** `curl -u user:password -H "Api-Token: …"`: at every option of the command, within reach. */
function findCurl({ text, start, end, keyword }: Window): readonly Find[] {
  // A command that goes on from the line before: its option is all that is here.
  const isContinued = keyword !== 'curl ';
  const from = isContinued ? start - 1 : end - 1;
  if (isContinued && !/(?:^|\n)[#>*\s/]{0,16}$/.test(text.slice(Math.max(0, start - 17), start))) return [];
  const finds: Find[] = [];
  const most = isContinued ? start : end + 2000;
  for (let at = Math.max(0, from); at !== -1 && at < most; at = text.indexOf(' -', at + 1)) {
    const option = text[at] === '-' ? at : at + 1;
    for (const find of [userOption(text, option, isContinued), headerOption(text, option)])
      if (find !== undefined) finds.push(find);
  }
  return finds;
}

function userOption(text: string, at: number, isContinued: boolean): Find | undefined {
  USER_OPTION.lastIndex = at;
  const match = USER_OPTION.exec(text);
  if (match === null) return undefined;
  const user = match[2] ?? match[4] ?? '';
  const password = match[3] ?? match[6] ?? match[7]!;
  if (isReference(password) || lookOf(password) === 'made-up') return undefined;
  const isStandIn = user !== '' && isReference(user);
  // `docker run --user 1000:1000`, `--user git:staff`
  if (isContinued && (!/\d/.test(password) || !/[^\d]/.test(password) || password.length < 8))
    return undefined;
  const start = at + match[0].lastIndexOf(password);
  // `guest:guest`, `elastic:changeme`
  const isTried = password === user || isTriedFirst(password);
  return {
    start,
    end: start + password.length,
    tier: isStandIn || isTried ? 'possible' : 'likely',
    reasons: [
      'it is given to curl as password',
      ...(isStandIn ? ['the name beside it stands for any user'] : []),
      ...(isTried ? [WEAK] : []),
    ],
  };
}

function headerOption(text: string, at: number): Find | undefined {
  HEADER_OPTION.lastIndex = at;
  const match = HEADER_OPTION.exec(text);
  const value = match?.[1];
  if (match === null || value === undefined || isReference(value) || !isDrawnWord(value)) return undefined;
  const start = at + match[0].lastIndexOf(value);
  return {
    start,
    end: start + value.length,
    tier: 'likely',
    reasons: ['it is sent in a header that a secret goes in'],
  };
}

/** Digits and letters, many of them different, and no long word. */
const isDrawnWord = (value: string): boolean =>
  /\d/.test(value) &&
  /[A-Za-z]/.test(value) &&
  distinctUnits(value) >= Math.min(8, value.length - 2) &&
  lookOf(value) === 'random' &&
  !/[a-z]{9}/.test(value) &&
  !/^[A-Za-z]+\d{1,4}$/.test(value);

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
    keywords: ['curl ', '--user ', '--header '],
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
