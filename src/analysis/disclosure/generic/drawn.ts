import type { DisclosureRule, Find, Place, Tier, Window } from '../../../model/disclosure.ts';
import { decodeBase64 } from '../rules/checks/base64.ts';
import { distinctUnits, lookOf } from '../rules/form/placeholders.ts';
import { isReference } from '../rules/form/references.ts';
import { assignmentAt, assignsTo, givesTo, type Assignment } from './assignment.ts';
import { senseOf, type KeySense } from './key.ts';
import { KEYWORDS } from './keywords.ts';
import { givenOtherwise } from './otherwise.ts';
import { returnedAt } from './returned.ts';
import { scoreOf } from './score.ts';
import { surpriseOf } from './token.ts';
import { DIGEST, FINGERPRINT, fits, isOpenByForm, UUID } from './value.ts';
import { LIKELY, POSSIBLE } from './weights.ts';

const GIVEN = givesTo(16);

/** Values that look drawn at random, where a name says that a secret is given. */
export const drawnSecret: DisclosureRule = {
  id: 'generic-secret',
  title: 'Value that looks like a secret',
  kind: 'generic-secret',
  keywords: KEYWORDS,
  sieve: () => GIVEN,
  gate: assignsTo(16, true),
  find: findDrawn,
  settle: settleDrawn,
  advice:
    'Find out what it opens. If it is a secret: revoke it there first, then read it from the environment or a vault instead.',
};

/** Settings of generators of documentation, and the key in them that every reader's browser gets. https://docsearch.algolia.com/docs/legacy/faq/ */
const SITE = /(?:^|\/)(?:docusaurus\.config|siteConfig|\.?vitepress\/config|\.vuepress\/config)[\w./-]*$/;
/** Said of a password that could be the hash of one. */
export const HEXADECIMAL = 'hexadecimal, as hashes of passwords are';
const SEARCH_KEY = 'where documentation sites have the key that only searches';

/** Passwords that a database has, and not its users: as their hashes. */
const HASHED = 'where a database is filled, which has hashes of passwords';
const OF_A_DATABASE = /\.(?:sql|sqlite3?|db|dump)$|(?:^|\/)(?:liquibase|changelogs?|migrations?)\//i;

function settleDrawn(find: Find, { path }: Place): Find {
  if (path === undefined || find.tier !== 'likely') return find;
  if (SITE.test(path) && find.end - find.start === 32) return possible(find, SEARCH_KEY);
  if (OF_A_DATABASE.test(path) && find.reasons.includes(HEXADECIMAL)) return possible(find, HASHED);
  return find;
}

const IN_A_PAGE = 'in the address of a script, which every page that has it shows';

const possible = (find: Find, why: string): Find => ({
  ...find,
  tier: 'possible',
  reasons: [...find.reasons, why],
});

/** What a page that is measured shows to everybody. */
const MEASURES = /data-cf-beacon=/;

/** What every page has that shows a file of Firebase's storage. https://firebase.google.com/docs/storage/web/download-files */
const DOWNLOADS = /[?&](?:amp;)?alt=media&(?:amp;)?$/;

/** What every page shows to whoever loads it: `<script src="//maps.acme.invalid/2.1/?apikey=…">`, `src = "//acme.invalid/bar.js?apikey=…"`. */
const OF_A_SCRIPT =
  /(?:<script\b[^>]{0,200}\bsrc=["']?[^"'\s>]{1,200}[?&;]|\/[\w.-]{1,60}\.js\?(?:[\w.=&;%-]{0,80}[&;])?)[?&;]?[\w-]{0,20}$/i;

/** `/etc/passwd: 429b…`: the last part of a path on this machine, with the digest of its file. */
const OF_A_PATH = /(?:^|[\s"'`(=])(?:\/[\w.-]{1,40}){1,8}\/$/;

/** `checksum/secret: e3b0…`, `sha256:token`: the digest of what is called so. */
const DIGEST_OF =
  /(?:^|[^a-z])(?:checksums?|sha-?(?:1|256|384|512)|md5|hash(?:es)?|digests?)[/:][\w.-]{0,40}$/i;

/** `"example.invalid/acme/auth" = "1415…"`: the last part of where code comes from, with its commit. */
const OF_A_SOURCE = /["'`][\w-]+(?:\.[\w-]+)+\/(?:[\w.-]+\/){0,6}[\w.-]*$/;

/** `v1:generic-secret:9584…`: one of our own fingerprints, which reports and baselines have. */
const OUR_MARK = /(?:^|[^\w:])v1:[\w-]{0,40}$/;
const DIGITS = /^[0-9a-f]+$/;

/** `image: registry.acme.invalid/acme/auth-proxy:7732…`: the last part of an image's name, with the commit that it was built of. */
const OF_AN_IMAGE = /(?:^|[\s"'=])(?:[\w.:-]{1,60}\/){1,6}[\w.-]{0,60}$/;

/** Says behind the value which digest it is: `<!-- 'user1' SHA-1 Base64 -->`. */
const IS_DIGEST =
  /^["'`]?[\s,;)]{0,4}(?:(?:<\/\w{1,40}|\/)?>\s{0,4})?(?:-->\s{0,4})?(?:#|\/\/|\/\*|<!--)[^\n]{0,60}?\b(?:md5|sha-?(?:1|256|512)|bcrypt)\b/i;

function findDrawn(window: Window): readonly Find[] {
  const { text, start, end } = window;
  const given = assignmentAt(text, start, end);
  const others = givenOtherwise(text, start, end);
  return [given, ...others, returnedAt(text, start, end)].flatMap((one) =>
    one === undefined ? [] : judgeDrawn(window, one),
  );
}

function judgeDrawn({ text, start, keyword }: Window, given: Assignment): readonly Find[] {
  const sense = senseOf(given.key);
  if (sense.strength === 0 || (given.by === 'space' && !isGivenBySpace(text, given, keyword))) return [];
  // `nameof(Authorization), "F020F843-…"`: the name itself is the argument.
  if (
    given.by === 'call' &&
    /\bnameof\($/.test(text.slice(Math.max(0, start - 80), text.lastIndexOf('(', start) + 1))
  )
    return [];
  // `"aSecret","06032a…":"next"`: the key of the next pair.
  if (given.by === 'call' && /^["'`]\s?:/.test(text.slice(given.end, given.end + 3))) return [];
  const from =
    given.start +
    (/^(?:Bearer|Basic|Token|ApiKey|api-key) {1,4}/i.exec(text.slice(given.start, given.start + 16))?.[0]
      .length ?? 0);
  // Signs that end the sentence or the statement, not the secret.
  let to = given.end;
  while (to > from && !given.quoted && text[to - 1] === '.') to--;
  // `eyJhbGciOiJIUzI1NiJ9...`: the rest is left out.
  if (text.startsWith('..', to - (given.quoted ? 2 : 0))) return [];
  const value = text.slice(from, to);
  if (given.quoted && sense.strength === 3 && sense.against === 0 && isBytes(value, given.key))
    return [
      {
        start: from,
        end: to,
        tier: 'likely',
        reasons: ['bytes that are no text', `given to "${given.key}"`],
      },
    ];
  if (!fits(value) || isOpenByForm(value) || isReference(value)) return [];
  if (isStandIn(value) || isCutToken(value)) return [];
  const before = text.slice(Math.max(0, start - 120), start);
  if (MEASURES.test(before) || DOWNLOADS.test(before) || OF_A_PATH.test(before) || DIGEST_OF.test(before))
    return [];
  if (OUR_MARK.test(before) && value.length === 32 && DIGITS.test(value)) return [];
  if (DIGEST.test(value) && (OF_A_SOURCE.test(before) || OF_AN_IMAGE.test(before))) return [];
  // `gpg --export-secret-key 0D3B…`
  if (/^--?(?:export|import|delete|list|edit|send)-/.test(given.key)) return [];
  const look = lookOf(value);
  const tier = look === 'made-up' ? undefined : tierOf(value, sense, given.quoted);
  if (tier === undefined) return [];
  const reasons = [`looks drawn at random`, `given to "${given.key}"`];
  if (isWrittenName(value))
    return [{ start: from, end: to, tier: 'possible', reasons: [...reasons, 'words in base64'] }];
  if (OF_A_SCRIPT.test(text.slice(Math.max(0, start - 240), start)))
    return [{ start: from, end: to, tier: 'possible', reasons: [...reasons, IN_A_PAGE] }];
  if (sense.isPassword && /^[0-9a-f]{32,}$/i.test(value)) reasons.push(HEXADECIMAL);
  if (IS_DIGEST.test(text.slice(given.end, given.end + 160)))
    return [
      { start: from, end: to, tier: 'possible', reasons: [...reasons, 'the line says that it is a digest'] },
    ];
  if (look === 'patterned')
    return [{ start: from, end: to, tier: 'possible', reasons: [...reasons, 'a part of it is a pattern'] }];
  return [{ start: from, end: to, tier, reasons }];
}

/** Bytes of a key, however long it is made; what programs carry in strings is longer. */
const MOST_BYTES = 64;

/** `SECRET_KEY = '\xfa\xdd\xb8z\xae…'`: as Python shows what `os.urandom` drew. */
function isBytes(value: string, key: string): boolean {
  if (!/(?:key|secret)$/i.test(key) || !/^(?:\\x[0-9a-fA-F]{2}|\\[nrt\\'"]|[ -[\]-~])+$/.test(value))
    return false;
  const escapes = value.match(/\\x[89a-fA-F][0-9a-fA-F]/g) ?? [];
  const size = value.replaceAll(/\\x../g, '.').length;
  return (
    size >= 10 &&
    size <= MOST_BYTES &&
    escapes.length >= 3 &&
    escapes.length * 6 >= size &&
    new Set(escapes).size * 2 > escapes.length
  );
}

/** A JSON Web Token of which a part is left out, as descriptions show what one looks like: `eyJhbGciOiJIUzUxMiJ9.eyJzdW`, `.eyJleHAi….sig`. */
const isCutToken = (value: string): boolean =>
  /^(?:eyJ[\w-]+)?\.eyJ[\w-]+$|^\.eyJ[\w-]+\.[\w-]*$/.test(value);

/** A stand-in in base64 (`ChangeMe_…`), or, as Basic authentication has it, `user:password` with a word that stands for one. */
export function isStandIn(value: string): boolean {
  const decoded = /^[A-Za-z0-9+/]+={0,2}$/.test(value) ? decodeBase64(value) : undefined;
  if (decoded === undefined || !/^[ -~]+\s?$/.test(decoded)) return false;
  const text = decoded.trimEnd();
  const colon = text.indexOf(':');
  return (
    isReference(text) ||
    lookOf(text) === 'made-up' ||
    // `webApp:webApp`
    (colon > 0 && (isReference(text.slice(colon + 1)) || text.slice(0, colon) === text.slice(colon + 1)))
  );
}

/** `ThisIsMyCustomSecretKey…` in base64: what programs come with. */
function isWrittenName(value: string): boolean {
  const decoded = /^[A-Za-z0-9+/]+={0,2}$/.test(value) ? (decodeBase64(value) ?? '') : '';
  return (
    /^[ -~]{8,}\s?$/.test(decoded) &&
    /secret|password|token|key/i.test(decoded) &&
    surpriseOf(decoded.trimEnd()) < WRITTEN
  );
}

/** Bits a pair: of names and sentences 4 to 5.5, of what is drawn 8 and more. */
const WRITTEN = 6.5;

/** `--api-token VALUE`, `Authorization: Bearer VALUE`, `ENV SECRET VALUE`. */
function isGivenBySpace(text: string, { key, start }: Assignment, keyword: string): boolean {
  return (
    keyword === 'bearer' ||
    key.startsWith('-') ||
    /(?:^|\n)\s{0,8}ENV $/i.test(text.slice(0, Math.max(0, start - key.length - 1)).slice(-16))
  );
}

/** What stands before a UUID in some keys: `RGAPI-`. */
const ISSUER = /^[A-Za-z]{2,10}[_-](?=[0-9a-fA-F]{8}-)/;

/** How sure it is that a value of the right form is a drawn secret. */
export function tierOf(value: string, sense: KeySense, quoted: boolean): Tier | undefined {
  // The last word of the name says that it is something else: `token_url`, `secret_name`.
  if (sense.against > 1 || (sense.against === 1 && sense.strength < 3)) return undefined;
  if (UUID.test(value.replace(ISSUER, '')))
    return distinctUnits(value.toLowerCase()) < 9
      ? undefined
      : sense.strength < 2 || sense.against > 0
        ? undefined
        : sense.strength === 3
          ? 'likely'
          : 'possible';
  // `key: "…"` alone may be the key of a service as well as that of a cache.
  if (DIGEST.test(value) && sense.strength < 2)
    return quoted && sense.against === 0 && scoreOf(value, sense, quoted) >= LIKELY ? 'possible' : undefined;
  const score = bestScore(value.slice(0, MOST_SCORED), sense, quoted);
  if (score < (sense.strength > 1 ? POSSIBLE : LIKELY) || (sense.strength === 1 && value.length < 20))
    return undefined;
  // `docker_upstream_key`
  if (sense.strength === 2 && FINGERPRINT.test(value)) return 'possible';
  return score >= LIKELY && sense.strength >= 2 && sense.against === 0 ? 'likely' : 'possible';
}

/** Characters that tell what the rest is; the scorer learnt on shorter ones. */
const MOST_SCORED = 128;

/** What is drawn in a value that has more: between an issuer's marks (`rpl_live_…`, `v1_…_037192b5`), or hexadecimal with an end. */
const PIECE = /([0-9a-f]{32,})|(?:^|[_.-])([A-Za-z0-9+/]{20,}={0,2})(?=[_.-]|$)/;

/** Of the whole value, or of the drawn piece of it: words beside that make the whole look written. */
function bestScore(value: string, sense: KeySense, quoted: boolean): number {
  const whole = scoreOf(value, sense, quoted);
  if (whole >= LIKELY) return whole;
  const match = PIECE.exec(value);
  const piece = match?.[1] ?? match?.[2];
  if (piece === undefined || piece.length * 2 < value.length || !/\d/.test(piece)) return whole;
  return Math.max(whole, scoreOf(piece, sense, quoted));
}
