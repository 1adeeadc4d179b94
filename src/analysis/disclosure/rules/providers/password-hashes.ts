import type { DisclosureRule, Find, Window } from '../../../../model/disclosure.ts';
import { alphabetOf } from '../form/alphabets.ts';
import { distinctUnits, lookOf } from '../form/placeholders.ts';
import { beside } from '../form/sieves.ts';

/** How hashes of passwords are written: crypt(5), LDAP (RFC 2307), Django, PHC strings. Sticky, from the mark on. */
const FORMS: readonly (readonly [mark: string, what: string, pattern: RegExp])[] = [
  ['$6$', 'SHA-512 crypt', /\$6\$(?:rounds=\d{1,9}\$)?[^$:\s"']{1,16}\$[./0-9A-Za-z]{86}(?![./0-9A-Za-z])/y],
  ['$5$', 'SHA-256 crypt', /\$5\$(?:rounds=\d{1,9}\$)?[^$:\s"']{1,16}\$[./0-9A-Za-z]{43}(?![./0-9A-Za-z])/y],
  ['$1$', 'MD5 crypt', /\$1\$[^$:\s"']{1,8}\$[./0-9A-Za-z]{22}(?![./0-9A-Za-z])/y],
  ['$apr1$', "Apache's MD5", /\$apr1\$[^$:\s"']{1,8}\$[./0-9A-Za-z]{22}(?![./0-9A-Za-z])/y],
  ['$y$', 'yescrypt', /\$y\$[./0-9A-Za-z]{2,8}\$[./0-9A-Za-z]{1,86}\$[./0-9A-Za-z]{43}(?![./0-9A-Za-z])/y],
  ...['$2a$', '$2b$', '$2y$'].map(
    (mark) => [mark, 'bcrypt', /\$2[aby]\$\d\d\$[./0-9A-Za-z]{53}(?![./0-9A-Za-z])/y] as const,
  ),
  ['{ssha}', 'salted SHA-1', /\{SSHA\}[0-9A-Za-z+/]{32,80}={0,2}(?![0-9A-Za-z+/=])/y],
  ['{ssha512}', 'salted SHA-512', /\{SSHA512\}[0-9A-Za-z+/]{92,160}={0,2}(?![0-9A-Za-z+/=])/y],
  [
    '$argon2id$',
    'Argon2',
    /\$argon2id\$v=\d{1,3}\$m=\d{1,9},t=\d{1,5},p=\d{1,4}\$[0-9A-Za-z+/]{8,64}\$[0-9A-Za-z+/]{20,128}/y,
  ],
  // The version of its format, PRF, rounds and salt as released versions have them: AspNetCore.Identity's PasswordHasher.
  ...['AQAAAAEAACcQAAAAE', 'AQAAAAIAAYagAAAAE'].map(
    (mark) =>
      [
        mark.toLowerCase(),
        "ASP.NET Identity's PBKDF2",
        new RegExp(`${mark}[0-9A-Za-z+/]{65}==(?![0-9A-Za-z+/=])`, 'y'),
      ] as const,
  ),
  ['pbkdf2_sha256$', "Django's PBKDF2", /pbkdf2_sha256\$\d{1,9}\$[0-9A-Za-z]{6,40}\$[0-9A-Za-z+/]{43}=/y],
];

/** The account before it, as password files have it (`root:$6$…`), and entries of directories. */
const ACCOUNT = /(?:^|\n)\s{0,8}(?:[\w.@-]{1,64}:|userPassword:{1,2}\s{1,4}|rootpw (?:--iscrypted )?["']?)$/i;

function findHash({ text, start, keyword }: Window): readonly Find[] {
  const form = FORMS.find(([mark]) => mark === keyword);
  if (form === undefined) return [];
  const [, what, pattern] = form;
  pattern.lastIndex = start;
  const hash = pattern.exec(text)?.[0];
  if (hash === undefined || lookOf(hash.slice(keyword.length)) === 'made-up' || distinctUnits(hash) < 14)
    return [];
  const ofAccount = ACCOUNT.test(text.slice(Math.max(0, start - 80), start));
  return [
    {
      start,
      end: start + hash.length,
      tier: ofAccount ? 'likely' : 'possible',
      reasons: [
        `the hash of a password (${what}), which can be tried without end`,
        ...(ofAccount ? ['beside its account, as files of passwords have it'] : []),
      ],
    },
  ];
}

/** Hashes of passwords: no secrets themselves, but what is needed to try passwords as fast as machines can. */
export const hashRules: readonly DisclosureRule[] = [
  {
    id: 'password-hash',
    title: 'hash of a password',
    kind: 'password',
    keywords: FORMS.map(([mark]) => mark),
    sieve: () => [[beside('after', alphabetOf('./0-9A-Za-z='))]],
    gate: (_bytes, _start, end, _from, to) => end + 20 < to,
    find: findHash,
    advice: 'Change the password of the account, and keep the file that has its hash out of the repository.',
  },
];
