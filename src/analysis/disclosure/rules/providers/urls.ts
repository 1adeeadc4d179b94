import type { DisclosureRule, Find, Gate, Window } from '../../../../model/disclosure.ts';
import { isTriedFirst } from '../../generic/weak.ts';
import { alphabetOf } from '../form/alphabets.ts';
import { lookOf } from '../form/placeholders.ts';
import { isReference } from '../form/references.ts';
import { allBut } from '../form/sieves.ts';

/** Longest user, and longest password, that is looked for. */
const MOST = 256;

/** What ends the part of a URL that names user and host: `/ ? # \`, quotes, brackets, space. A `1` ends it. */
const ENDS = new Uint8Array(256);
for (const unit of '/?#\\"\'`<>()[]{},;| \t\r\n') ENDS[unit.charCodeAt(0)] = 1;
ENDS.fill(1, 0, 0x21);
const USER_INFO = allBut(ENDS, alphabetOf('@'));

/** `user:password@` behind `://`, before anything that ends them. `$`, `{` and `}` are let through: templates are told later. */
const hasUserInfo: Gate = (bytes, _start, end, _from, to) => {
  let hasColon = false;
  const stop = Math.min(to, end + MOST);
  for (let i = end; i < stop; i++) {
    const byte = bytes[i]!;
    if (byte === 0x40 /* @ */) return hasColon && bytes[i - 1] !== 0x3a;
    if (byte === 0x3a) hasColon = true;
    else if (ENDS[byte] === 1) return false;
  }
  return false;
};

function findCredentials({ text, start, end }: Window): readonly Find[] {
  const colon = text.indexOf(':', end);
  const at = lastAt(text, colon + 1);
  if (colon === -1 || at === undefined) return [];
  const password = text.slice(colon + 1, at);
  const user = text.slice(end, colon);
  // `TOKEN:x-oauth-basic@`: the secret is the user, and has a rule of its own.
  if (/^x-oauth-(?:basic|token)$/.test(password) || /^[A-Z]+(?:_[A-Z]+)+$/.test(password)) return [];
  const host = /^[^\s/?#"'`<>\\:,;)]*/.exec(text.slice(at + 1, at + 256))![0].toLowerCase();
  const scheme = /[a-z][a-z0-9+.-]{0,30}$/i
    .exec(text.slice(Math.max(0, start - 32), start))?.[0]
    .toLowerCase();
  if (scheme === undefined || host === '' || isReference(password) || isReference(host)) return [];
  if (isOpenToAll(scheme, user, password)) return [];
  const look = lookOf(password);
  if (look === 'made-up' || (/^\d{1,5}$/.test(password) && /^[a-z0-9.-]+\.[a-z]{2,}$/i.test(user))) return [];
  const find = { start: colon + 1, end: at };
  const reasons = [`it stands where the password of a ${scheme} address stands`];
  if (isNowhere(host))
    return [{ ...find, tier: 'possible', reasons: [...reasons, `${shown(host)} is no host of anybody`] }];
  const isStandIn =
    (isReference(user) && user !== '' && !KNOWN_USERS.has(user.toLowerCase())) || /example/i.test(user);
  if (isOfCompose(host, user, password, text.slice(at + 1 + host.length, at + 80)))
    return [
      {
        ...find,
        tier: 'possible',
        reasons: [...reasons, 'a word, at a host of one label, as programs on one machine name each other'],
      },
    ];
  if (password === user || look === 'patterned' || isStandIn || password.length < 4 || isWord(password))
    return [{ ...find, tier: 'possible', reasons: [...reasons, 'it looks like an example'] }];
  return [{ ...find, tier: 'likely', reasons }];
}

/**
 * `ftp://anonymous:ada%40acme.invalid@`, `cvs://anonymous:anon@`: servers of these kinds let everybody in by such a name, whatever is said
 * as password (RFC 1635); others only where that is nobody's either.
 */
const isOpenToAll = (scheme: string, user: string, password: string): boolean =>
  (/^(?:anonymous|anon(?:ymous)?[_-]?(?:ftp|cvs|svn|git|hg|bzr)?)$/i.test(user) &&
    (OPEN.has(scheme) || /^(?:[a-z]+|[\w.+-]*(?:@|%40)[\w.-]*)$/i.test(password))) ||
  (/^ftps?$/.test(scheme) && user.toLowerCase() === 'ftp');
const OPEN: ReadonlySet<string> = new Set(['ftp', 'ftps', 'cvs', 'pserver', 'svn', 'rsync', 'bzr', 'git']);

/** `mysql://root:acme@mariadb:3306/acme`: what a service beside it is told, which opens nothing from elsewhere. */
const isOfCompose = (host: string, user: string, password: string, path: string): boolean =>
  /^[a-z][a-z0-9_-]*$/.test(host) &&
  (isTriedFirst(password) ||
    (/^[a-z_-]{1,16}$/.test(password) &&
      (user.includes(password) || path.toLowerCase().includes(`/${password}`))));

/** Only small letters, and a word in it that says what it is: `my-access-token`, `testpassword`. */
const isWord = (password: string): boolean =>
  /^[a-z%_-]+$/.test(password) && /pass|token|secret|user|key|test|valid|wrong|fake|dummy/.test(password);

/** Users that say nothing, though the words stand in for others elsewhere. */
const KNOWN_USERS: ReadonlySet<string> = new Set(['user', 'test', 'token', 'login']);

/** The last `@` before the end of the authority: a password may have one. */
function lastAt(text: string, from: number): number | undefined {
  let found: number | undefined;
  for (let i = from; i < Math.min(text.length, from + MOST); i++) {
    const unit = text.charCodeAt(i);
    if (unit === 0x40) found = i;
    else if (ENDS[unit] === 1) break;
  }
  return found;
}

/** Names that RFC 2606 and RFC 6761 keep for examples, this very machine, and stand-ins. */
function isNowhere(host: string): boolean {
  return (
    /(?:^|\.)(?:example(?:\.(?:com|org|net))?|test|invalid|localhost|local)$/.test(host) ||
    /^(?:127\.|0\.0\.0\.0|192\.0\.2\.|198\.51\.100\.|203\.0\.113\.)/.test(host) ||
    /^(?:host(?:name)?|server|domain|my-?host|registry|proxy|db|database|foo|bar|site|url|www)(?:\.com|\.tld|\.org)?$/.test(
      host,
    )
  );
}

const shown = (host: string): string => host.replace(/[^ -~]/g, '?').slice(0, 60);

/** Passwords in addresses of any scheme: `postgres://user:password@host/`. */
export const urlRules: readonly DisclosureRule[] = [
  {
    id: 'url-credentials',
    title: 'password in a URL',
    kind: 'credential',
    // As JSON may write it: `:\/\/`.
    keywords: ['://', ':\\/\\/'],
    sieve: () => [[{ side: 'after', run: USER_INFO, least: 2, most: MOST, follows: alphabetOf('@') }]],
    gate: hasUserInfo,
    find: findCredentials,
    advice:
      'Change the password at the host that the address names, and take it from the environment instead.',
  },
];
