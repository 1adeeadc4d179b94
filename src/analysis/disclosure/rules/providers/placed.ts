import type { DisclosureRule, Find, Tier, Window } from '../../../../model/disclosure.ts';
import { lookOf } from '../form/placeholders.ts';
import { settleCopied, settlePlaced } from '../../generic/developers.ts';
import { reasonsOfChosen } from '../../generic/weak.ts';
import { isReference } from '../form/references.ts';
import { argumentOf } from '../form/arguments.ts';

/** A place where nothing but a password stands: behind an option of a command, in a statement, as the nth argument of a call. */
interface Where {
  /** What the reason calls it: `given to mysql`. */
  readonly what: string;
  readonly keywords: readonly string[];
  /** Sticky, from the keyword's end on; `secret` is the password. */
  readonly pattern?: RegExp;
  /** Instead: up to the keyword. */
  readonly back?: RegExp;
  /** Instead: the password is this argument, the first being 0, of the call that the keyword opens. */
  readonly argument?: number;
  /** Of how many, where a call with fewer or more is something else. */
  readonly of?: number;
  /** What must stand before the keyword, in its line. */
  readonly before?: RegExp;
}

/** In quotes, or one word of a shell. */
const WORD = String.raw`(?:"(?<double>[^"\n]{3,128})"|'(?<single>[^'\n]{3,128})'|(?<bare>[^\s"'<>|;&()]{3,128}))`;
const QUOTED = String.raw`[NnEe]?(?:"(?<double>[^"\n]{3,128})"|'(?<single>[^'\n]{3,128})')`;
const sticky = (source: string): RegExp => new RegExp(source, 'iy');

const PLACES: readonly Where[] = [
  { what: 'given to sshpass', keywords: ['sshpass -p'], pattern: sticky(String.raw`\s{0,4}${WORD}`) },
  {
    what: 'given to a client of MySQL',
    keywords: ['mysql ', 'mysqldump ', 'mysqladmin ', 'mariadb ', 'mysqlimport '],
    pattern: sticky(String.raw`(?:[^\s|;&]{1,80} {1,4}){0,8}?(?:-p(?![ar]\w{3,}\b)|--password=)${WORD}`),
  },
  {
    what: 'given to a client of Redis',
    keywords: ['redis-cli '],
    pattern: sticky(String.raw`(?:[^\s|;&]{1,80} {1,4}){0,8}?(?:-a|--pass) {1,4}${WORD}`),
  },
  {
    what: 'the password that Redis asks for',
    keywords: ['requirepass '],
    before: /(?:^\s*|--)$/,
    pattern: sticky(String.raw`${WORD}(?:\s|$)`),
  },
  {
    what: 'given to a program as a variable',
    keywords: ['pgpassword=', 'mysql_pwd=', 'sshpass=', 'rediscli_auth=', 'restic_password='],
    before: /(?:^|[\s;&|])$/,
    pattern: sticky(String.raw`${WORD} {1,4}(?=[a-z./])`),
  },
  {
    what: 'given to a client of SQL Server',
    keywords: ['sqlcmd ', 'bcp '],
    pattern: sticky(String.raw`(?:[^\s|;&]{1,80} {1,4}){0,10}?-P {0,4}${WORD}`),
  },
  {
    what: 'given to OpenSSL',
    keywords: ['-passin pass:', '-passout pass:', '-password pass:'],
    pattern: sticky(WORD),
  },
  {
    what: 'given to keytool or jarsigner',
    keywords: [' -storepass ', ' -keypass ', ' -srcstorepass ', ' -deststorepass '],
    pattern: sticky(WORD),
  },
  {
    what: 'given to htpasswd',
    keywords: ['htpasswd '],
    pattern: sticky(
      String.raw`(?=[^\n|;&]{0,80}-[A-Za-z]{0,4}b)(?:-\w{1,6} {1,4}){1,4}(?:(?!-)[^\s|;&]{1,80} {1,4}){1,2}${WORD}(?=\s|$)`,
    ),
  },
  {
    what: 'given to a client of LDAP',
    keywords: ['ldapsearch ', 'ldapmodify ', 'ldapadd ', 'ldapwhoami ', 'ldapdelete '],
    pattern: sticky(String.raw`(?:[^\s|;&]{1,80} {1,4}){0,10}?-w {0,4}${WORD}`),
  },
  {
    what: 'kept by setx',
    keywords: ['setx '],
    before: /^\s*@?$/,
    pattern: sticky(String.raw`(?:/\w {1,4})?[\w.-]{0,60}(?:password|passwd|pwd|secret|token) {1,4}${WORD}`),
  },
  {
    what: 'the key of a wireless network',
    keywords: ['psk=', 'wpa_passphrase='],
    before: /^\s*#?\s*$/,
    pattern: sticky(String.raw`${WORD}\s*$`),
  },
  {
    what: 'the password of a user of a router',
    keywords: [' password 0 ', ' secret 0 '],
    pattern: sticky(String.raw`${WORD}\s*$`),
  },
  {
    what: 'the community that opens a machine',
    keywords: ['rocommunity ', 'rwcommunity '],
    before: /^\s*$/,
    pattern: sticky(String.raw`(?!public\b|private\b)(?<bare>[^\s"'<>]{6,64})(?:\s|$)`),
  },
  {
    what: 'given to a login at a registry',
    keywords: ['docker login ', 'podman login ', 'registry login ', 'buildah login ', 'nerdctl login '],
    pattern: sticky(String.raw`(?:[^\s|;&]{1,80} {1,4}){0,6}?(?:-p|--password)(?: {1,4}|=)${WORD}`),
  },
  {
    what: 'given to net use',
    keywords: ['net use '],
    pattern: sticky(String.raw`(?:\S{1,120} {1,4}){0,3}?(?:\\\\\S{1,120} {1,4})(?!/)${WORD} {1,4}/user:`),
  },
  {
    what: 'given to net use',
    keywords: [' /user:'],
    before: /\bnet use\b.{0,120}$/i,
    pattern: sticky(String.raw`\S{1,120} {1,4}(?![/>|&])${WORD}\s*$`),
  },
  {
    what: 'made a secure string of in plain text',
    keywords: ['convertto-securestring'],
    pattern: sticky(String.raw`(?=[^\n]{0,300}-AsPlainText)(?: {1,4}-\w{2,20}(?= )){0,3} {1,4}${QUOTED}`),
  },
  {
    what: 'set for root by an installer',
    keywords: ['rootpw '],
    before: /^\s*$/,
    pattern: sticky(String.raw`(?:--plaintext {1,4})?(?!-)${WORD}\s*$`),
  },
  {
    what: 'piped to chpasswd',
    keywords: ['chpasswd'],
    back: new RegExp(
      String.raw`(?:^|[\s;&])echo (?:-n )?(?:"[\w.-]{1,40}:(?<double>[^"\n]{3,128})"|'[\w.-]{1,40}:(?<single>[^'\n]{3,128})'|[\w.-]{1,40}:(?<bare>[^\s"'|]{3,128})) {0,4}\| {0,4}(?:sudo )?$`,
    ),
  },
  {
    what: 'given to a user of a database',
    before: /\b(?:user|role|account|grant)\b.{0,160}$/i,
    keywords: [
      'identified by',
      'identified with mysql_native_password by',
      'identified with caching_sha2_password by',
    ],
    pattern: sticky(String.raw` {1,4}(?!password )${QUOTED}`),
  },
  {
    what: 'given to a user of a database',
    keywords: ['encrypted password', 'with password', 'login password', 'superuser password'],
    pattern: sticky(String.raw`(?: {0,4}= {0,4}| {1,4})${QUOTED}`),
  },
  {
    what: 'the password of an Oracle address',
    keywords: ['oracle:thin:', 'oracle:oci:'],
    pattern: sticky(String.raw`[^\s/:@"'$\{]{1,60}/(?<bare>[^\s@"']{3,128})@`),
  },
  {
    what: 'in a password file of PostgreSQL',
    keywords: [':5432:', ':*:*:'],
    before: /^\s{0,8}[\w.*-]{1,120}$/,
    pattern: sticky(String.raw`(?:[\w*-]{1,60}:){0,2}(?<bare>[^\s:]{3,128})(?<!\))\s*$`),
  },
  {
    what: 'the password of a source of gems',
    keywords: ['bundle_'],
    pattern: sticky(
      String.raw`(?:[a-z0-9_]{1,80}__[a-z0-9_]{1,80})["']?\s{0,4}[:=]\s{0,4}["']?[\w.@%-]{1,80}:(?<bare>[^\s"'@]{3,128})(?=["'\s]|$)`,
    ),
  },
  {
    what: 'the user and password of a registry',
    keywords: ['npmauthident'],
    pattern: sticky(String.raw`["']?\s{0,4}:\s{0,4}["']?[\w.@-]{1,80}:(?<bare>[^\s"']{3,128})`),
  },
  {
    what: 'the password of an account that an answer file sets',
    keywords: ['password><value>', 'password> <value>'],
    pattern: sticky(String.raw`(?<bare>[^<\n]{3,128})</`),
  },
  {
    what: 'reversibly scrambled in settings of a router',
    keywords: ['password 7 ', 'key 7 '],
    pattern: sticky(String.raw`(?<bare>(?:0\d|1[0-5])(?:[0-9A-F]{2}){4,60})(?![0-9A-Za-z])`),
  },
  {
    what: 'the community that opens a router',
    keywords: ['snmp-server community '],
    pattern: sticky(String.raw`(?!public\b|private\b)(?<bare>[^\s"'<>]{4,64}) {1,4}(?:ro|rw|view)\b`),
  },
  {
    what: 'the password of a site in FileZilla, in base64',
    keywords: ['<pass encoding="base64">'],
    pattern: sticky(String.raw`(?<bare>[0-9A-Za-z+/]{4,200}={0,2})</`),
  },
  {
    what: 'a key or salt of WordPress',
    keywords: ["_key',", "_salt',"],
    before: /define\(\s{0,2}'(?:secure_)?(?:auth|logged_in|nonce)$/i,
    pattern: sticky(String.raw`\s{0,16}'(?<bare>[^'\n]{60,80})'\s{0,2}\)`),
  },
  {
    what: 'the cookie of a session, as curl and wget keep it',
    keywords: ['\ttrue\t', '\tfalse\t'],
    pattern: sticky(
      String.raw`\d{1,12}\t[^\t\n]{0,40}(?:sess|sid|token|auth|login|jwt)[^\t\n]{0,40}\t(?<bare>[^\s]{16,512})\s*$`,
    ),
  },
  ...calls(2, 'given to a connection', [
    'mysqli_connect(',
    'mysql_connect(',
    'mysql_pconnect(',
    'new mysqli(',
    'new pdo(',
    'drivermanager.getconnection(',
    'ftp_login(',
    'ssh2_auth_password(',
  ]),
  ...calls(
    1,
    'given to a login',
    [
      'httpbasicauth(',
      'httpdigestauth(',
      'networkcredential(',
      'usernamepasswordcredentials(',
      'plainauthenticator(',
      'plaincredentials(',
      'passwordauthentication(',
      'basicauthentication(',
      'basic_auth(',
      'basicauth(',
      'setbasicauth(',
      'setbasicauthentication(',
      'auth=(',
      '.login(',
      'client.basicauth(',
    ],
    2,
  ),
  ...calls(3, 'the password of a realm', ['credentials('], 4),
];

/** `password 'secret'`: a call without brackets, as Groovy and Ruby have it. In prose the same words say something else. */
const IN_BUILDS: Where = {
  what: 'given to a repository of a build',
  keywords: ['password "', "password '"],
  before: /(?:^|[{;\s])$/,
  pattern: sticky(String.raw`(?<bare>[^"'\n]{3,128})["']\s{0,4}(?:[};,)]|$)`),
};
const BUILD_FILES = /\.(?:gradle|groovy)$|(?:^|\/)(?:Jenkinsfile|Vagrantfile|Fastfile)[\w.-]*$/;

function calls(argument: number, what: string, keywords: readonly string[], of?: number): readonly Where[] {
  return [{ what, keywords, argument, ...(of === undefined ? {} : { of }) }];
}

function findPlaced(where: Where, { text, start, end }: Window): readonly Find[] {
  const line = text.lastIndexOf('\n', start - 1) + 1;
  if (where.before !== undefined && !where.before.test(text.slice(Math.max(line, start - 200), start)))
    return [];
  const span =
    where.back !== undefined
      ? matched(where.back, text.slice(Math.max(line, start - 300), start), 0, Math.max(line, start - 300))
      : where.pattern === undefined
        ? argumentOf(text, end, where.argument!, where.of)
        : matched(where.pattern, text, end);
  if (span === undefined) return [];
  // `basicAuth("/path/to/htpasswd", "My Website")`: the name of a realm.
  if (where.argument !== undefined && /\s/.test(text.slice(span.start, span.end))) return [];
  const value = text.slice(span.start, span.end);
  const tier = judge(value);
  if (tier === undefined) return [];
  return [{ ...span, tier, reasons: [`it is ${where.what}`, ...reasonsOfChosen(value)] }];
}

/** `shift` is added: where `text` starts in what is looked at. */
function matched(
  pattern: RegExp,
  text: string,
  from: number,
  shift = 0,
): { start: number; end: number } | undefined {
  pattern.lastIndex = from;
  const match = pattern.exec(text);
  if (match === null) return undefined;
  const groups = match.groups!;
  const secret = groups['double'] ?? groups['single'] ?? groups['bare']!;
  const start = match.index + match[0].lastIndexOf(secret) + shift;
  return { start, end: start + secret.length };
}

/** A password stands here for sure; whether this is one, and not a name for one, is all that is asked. */
function judge(value: string): Tier | undefined {
  if (isReference(value) || lookOf(value) === 'made-up' || /^[$%<{[]|[$%]\{?\w+\}?|^(.)\1*$|^-/.test(value))
    return undefined;
  // A path, a constant, a field: `config.password`, `DB_PASSWORD`, `./secret`.
  if (
    /^[./~]|^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$|^[a-z]\w*(?:\.[a-z]\w*)+$|\s\S*\s/i.test(value) &&
    !/[!#&*+?^]/.test(value)
  )
    return undefined;
  if (/pass(?:word|wd|phrase)|secret|changeme|your|example/i.test(value)) return 'possible';
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/].filter((kind) => kind.test(value)).length;
  return kinds >= 2 && value.length >= 6 ? 'likely' : 'possible';
}

const BY_KEYWORD: ReadonlyMap<string, readonly Where[]> = new Map(
  PLACES.flatMap(({ keywords }) => keywords).map((keyword) => [
    keyword,
    PLACES.filter(({ keywords }) => keywords.includes(keyword)),
  ]),
);

const ADVICE = 'Change the password where it is used, then read it from the environment or a vault instead.';

/** Passwords that nothing but their place tells. */
export const placedRules: readonly DisclosureRule[] = [
  {
    id: 'placed-password',
    title: 'password where only a password stands',
    kind: 'password',
    keywords: [...BY_KEYWORD.keys()],
    find: (window) => BY_KEYWORD.get(window.keyword)!.flatMap((where) => findPlaced(where, window)),
    settle: settlePlaced,
    settleAmong: settleCopied,
    advice: ADVICE,
  },
  {
    id: 'build-password',
    title: 'password of a repository in a build file',
    kind: 'password',
    keywords: IN_BUILDS.keywords,
    find: (window) => findPlaced(IN_BUILDS, window),
    settle: (find, place) => (BUILD_FILES.test(place.path ?? '') ? settlePlaced(find, place) : undefined),
    settleAmong: settleCopied,
    advice: ADVICE,
  },
];
