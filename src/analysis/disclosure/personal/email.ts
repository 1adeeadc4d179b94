import type { DisclosureRule, Find, Gate, Window } from '../../../model/disclosure.ts';
import { alphabetOf } from '../rules/form/alphabets.ts';
import { allBut, beside, type Sieves } from '../rules/form/sieves.ts';

/** Ends of addresses that are looked for wherever they stand; the others only near a word of their own. */
const ENDINGS = [
  '.com',
  '.org',
  '.net',
  '.uk',
  '.edu',
  '.gov',
  '.eu',
  '.ie',
  '.info',
  '.scot',
  '.wales',
  '.cymru',
  '.int',
];
const WORDS = ['mailto:', 'email', 'e-mail', 'e_mail'];

/** An address has at most 64 bytes before the `@` and 255 behind. RFC 5321, 4.5.3.1 */
const MOST_LOCAL = 64;
const MOST_HOST = 255;
const NEAR = 100;

const AT = alphabetOf('@');
const HOST_BYTES = alphabetOf('0-9A-Za-z.-');
const ENDS_HOST = allBut(alphabetOf('0-9A-Za-z_-'));
const ENDINGS_SIEVES: Sieves = [
  [{ side: 'before', run: HOST_BYTES, least: 0, most: MOST_HOST, follows: AT }, beside('after', ENDS_HOST)],
];
const WORDS_SIEVES: Sieves = [
  [{ side: 'after', run: allBut(alphabetOf('\n@')), least: 0, most: NEAR, follows: AT }],
];

/** E-mail addresses of people; mailboxes of roles, automatic ones and documentation's are left out. */
const email: DisclosureRule = {
  id: 'email-address',
  title: 'E-mail address',
  kind: 'personal-data',
  keywords: [...ENDINGS, ...WORDS],
  sieve: (keyword) => (keyword.startsWith('.') ? ENDINGS_SIEVES : WORDS_SIEVES),
  gate: (bytes, start, end, from, to) =>
    bytes[start] === 0x2e ? endsAddress(bytes, start, end, from, to) : isAtNear(bytes, start, end, from, to),
  find: (window) => (window.keyword.startsWith('.') ? findEnding(window) : findNear(window)),
  // Authors and committers have to have one; who is named there is another question.
  settle: (find, place) => (place.source === 'person' ? undefined : find),
  advice: 'Decide whether the person agreed to be named in public; otherwise remove it from the history.',
};

/** Nothing of a host follows, and before it stands an `@` with nothing but a host between. */
const endsAddress: Gate = (bytes, start, end, from, to) => {
  if (end < to && (isHostByte(bytes[end]!) || bytes[end] === 0x5f)) {
    // A full stop may end a sentence.
    if (bytes[end] !== 0x2e || (end + 1 < to && isHostByte(bytes[end + 1]!))) return false;
  }
  const first = Math.max(from, start - MOST_HOST);
  for (let i = start - 1; i >= first; i--) {
    if (bytes[i] === 0x40) return i > first && isLocalByte(bytes[i - 1]!);
    if (!isHostByte(bytes[i]!)) return false;
  }
  return false;
};

const isAtNear: Gate = (bytes, _start, end, _from, to) => {
  const last = Math.min(to, end + NEAR);
  for (let i = end; i < last && bytes[i] !== 10; i++) if (bytes[i] === 0x40) return true;
  return false;
};

function findEnding({ text, start, end }: Window): readonly Find[] {
  const at = text.lastIndexOf('@', start);
  const find = at === -1 ? undefined : addressAt(text, at, end);
  return find === undefined ? [] : [find];
}

function findNear({ text, end }: Window): readonly Find[] {
  const finds: Find[] = [];
  const last = Math.min(text.length, end + NEAR);
  for (let i = end; i < last && text[i] !== '\n'; i++) {
    if (text[i] !== '@') continue;
    let stop = i + 1;
    while (stop < text.length && stop - i <= MOST_HOST && isHostByte(text.charCodeAt(stop))) stop++;
    while (stop > i && (text[stop - 1] === '.' || text[stop - 1] === '-')) stop--;
    const find = addressAt(text, i, stop);
    if (find !== undefined) finds.push(find);
  }
  return finds;
}

/** The address with its `@` at `at` and its end at `end`, when it is one that could be somebody's. */
function addressAt(text: string, at: number, end: number): Find | undefined {
  let start = at;
  while (start > 0 && at - start < MOST_LOCAL && isLocalByte(text.charCodeAt(start - 1))) start--;
  while (start < at && (text[start] === '.' || text[start] === '-' || text[start] === "'")) start++;
  const local = text.slice(start, at).toLowerCase();
  const host = text.slice(at + 1, end).toLowerCase();
  if (local === '' || !HOST.test(host) || FILE_ENDINGS.has(host.slice(host.lastIndexOf('.') + 1)))
    return undefined;
  // `//user@host` and `user:password@host` are parts of addresses of other things.
  const before = text[start - 1];
  if (
    before === '/' ||
    before === '@' ||
    (before === ':' && !/mailto:$/i.test(text.slice(Math.max(0, start - 7), start)))
  )
    return undefined;
  if (
    isReservedHost(host) ||
    ROLES.has(local.replace(/\+.*$/, '')) ||
    /^(?:no-?reply|donotreply|do-not-reply)|noreply/.test(`${local}@${host}`)
  )
    return undefined;
  if (isTrailer(text, start)) return undefined;
  const reasons = [
    /(?:^|\.)(?:gov\.uk|nhs\.(?:net|uk)|police\.uk|mod\.uk)$/.test(host)
      ? 'an address of the public service'
      : 'an address that may be a person’s',
  ];
  return { start, end, tier: 'possible', reasons, secret: `${local}@${host}` };
}

const HOST = /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,24}$/;

/** What looks like a host and is a file: `icon@2x.png`. */
const FILE_ENDINGS = new Set(
  'png jpg jpeg gif svg webp css scss js mjs ts tsx jsx json html md py rb go rs java yml yaml'.split(' '),
);

/** Hosts of documentation (RFC 2606, RFC 6761) and those that people write when they mean none. */
function isReservedHost(host: string): boolean {
  if (/(?:^|\.)example\.(?:com|org|net|edu)$|\.(?:example|test|invalid|localhost|local)$/.test(host))
    return true;
  return RESERVED.has(host);
}

const RESERVED = new Set(
  'domain.com yourdomain.com mydomain.com email.com company.com yourcompany.com mycompany.com acme.com foo.com bar.com test.com host.com site.com website.com something.com somewhere.com server.com address.com foo.org bar.org foobar.com a.com b.com x.com b.c'.split(
    ' ',
  ),
);

/** Mailboxes that belong to no one person, and words that stand for any. RFC 2142 and usage. */
const ROLES = new Set(
  'abuse accounts admin administrator api bot bugs build ci code community contact contribute dev developer developers devops email enquiries example feedback foo git github hello help helpdesk hg hostmaster info jobs legal licensing list mail marketing media me name newsletter noc office openness ops opensource postmaster press privacy root sales security service services someone spam staff subscribe support svn team test unsubscribe user username webmaster www you your your-email yourname'.split(
    ' ',
  ),
);

/** A trailer of a commit message names whoever signed, as the commit itself does. */
function isTrailer(text: string, at: number): boolean {
  const line = text.slice(Math.max(text.lastIndexOf('\n', at) + 1, at - 200), at);
  return /^\s*[A-Za-z]+(?:-[A-Za-z]+)*-by: /i.test(line);
}

const isHostByte = (unit: number): boolean =>
  (unit >= 0x30 && unit <= 0x39) ||
  ((unit | 32) >= 0x61 && (unit | 32) <= 0x7a) ||
  unit === 0x2d ||
  unit === 0x2e;
/** Letters, digits and `. - _ + ' %`. */
const isLocalByte = (unit: number): boolean =>
  isHostByte(unit) || unit === 0x5f || unit === 0x2b || unit === 0x27 || unit === 0x25;

export const emailRules: readonly DisclosureRule[] = [email];
