import type { Around } from '../../../model/disclosure.ts';
import { isNameAnd } from './weak.ts';

/* What stands near a password and says what it opens: the address of a machine, and names that it is made of. */

/** Where the nearest address is: `here` is this very machine, or a container beside the program; `elsewhere` any other. */
export type Whereabout = 'here' | 'elsewhere';

/** Lines before and behind that are looked at: of one block of settings. */
const MOST_LINES = 8;

/**
 * The machine that is named nearest to a password in its block of settings: on its own line, else line by line away from it. What stands
 * before counts as nearer: an address comes before who asks there.
 */
export function machineBeside({ text, at }: Around): Whereabout | undefined {
  const before = text.slice(0, at).split('\n');
  const behind = text.slice(at).split('\n');
  const own = before.pop()!;
  const named = machineIn(own + behind.shift()!) ?? (CONTAINER.test(own) ? 'here' : undefined);
  if (named !== undefined) return named;
  const depth = indentOf(own);
  const above = blockOf(before.toReversed(), (line) => OPENS.test(line) && indentOf(line) < depth);
  const below = blockOf(behind, (line) => indentOf(line) < depth);
  for (let i = 0; i < MOST_LINES + BEHIND; i++) {
    const there = machineIn(above[i] ?? '') ?? machineIn(below[i - BEHIND] ?? '');
    if (there !== undefined) return there;
  }
  return undefined;
}

/** Lines that one behind a password counts as further away. */
const BEHIND = 2;
/** Opens a block: `redis:`, `"Smtp": {`, `[mail]`. */
const OPENS = /[:{[(]\s*$|^\s*\[[^\]]+\]\s*$/;

const indentOf = (line: string): number => /^[ \t]*/.exec(line)![0].length;

/** The first lines up to where another block begins. */
function blockOf(lines: readonly string[], isOther: (line: string) => boolean): readonly string[] {
  const end = lines.findIndex((line, i) => i >= MOST_LINES || (/\S/.test(line) && isOther(line)));
  return end === -1 ? lines : lines.slice(0, end);
}

/** What is run in a container of this machine. */
const CONTAINER = /\b(?:docker|podman|nerdctl)(?:[ -]compose)?\s(?:[^\n]{0,80}\s)?(?:run|exec)\s/;

/** What leads to the name of a machine: a setting, an option, the scheme of an address. `path`, `ip` and others need more than a name. */
const LEADS =
  /(?:[\w.-]{0,40}(?:(host(?:_?name)?s?|servers?(?:_?name|_?addr(?:ess)?)?)|addr(?:ess)?|ur[li]|dsn|endpoint|data ?source|connection(?:_?string)?|brokers?|path|ip)["'\]]{0,2}\s{0,4}(?:=>|->|[:=,])\s{0,4}(?:jdbc:|tcp:)?|(?:--host(?:name)?[ =]|\s-[hSH] ?)|\bssh [\w.-]{1,40}(?=@)|(?=(?:jdbc:[\w:]{2,24}|mysql2?|mariadb|postgres(?:ql)?|mongodb(?:\+srv)?|rediss?|amqps?|ldaps?|smtps?|s?ftp|imaps?|mssql|sqlserver)(?::\/\/|:@)))/gi;
const NAME =
  /(?:["'`(]{0,2}\$\{[\w.-]{1,60}:-?)?["'`]?((?:[a-z][\w+.-]{0,24}:){1,4}(?:@?\/\/|@))?([^\s/@"'<>{}]{0,120}@)?(?:\$\{[\w.-]{1,60}:-?)?(\(local\)|\[?::1\]?|\.(?=[\\;])|[A-Za-z0-9][\w.-]{0,120})(:\d{2,5})?/iy;

function machineIn(line: string): Whereabout | undefined {
  let found: Whereabout | undefined;
  const text = line.slice(0, MOST_LINE);
  for (const lead of text.matchAll(LEADS)) {
    NAME.lastIndex = lead.index + lead[0].length;
    const match = NAME.exec(text);
    if (match === null) continue;
    const [, scheme, user = '', name, port] = match;
    // `email_address="a@acme.invalid"`: where somebody reads letters.
    if (scheme === undefined && user.length > 1) continue;
    const where = whereIs(name!.toLowerCase(), scheme !== undefined || port !== undefined);
    if (where === 'elsewhere') return where;
    found ??= where;
  }
  return found;
}

/** Characters of a line in which addresses are looked for. */
const MOST_LINE = 1000;

/** `isAddress`: with a scheme or a port, so that one word is a name too. */
function whereIs(name: string, isAddress: boolean): Whereabout | undefined {
  if (HERE.test(name)) return 'here';
  if (OF_CODE.test(name)) return undefined;
  if (/^\d{1,3}(?:\.\d{1,3}){3}$/.test(name)) return 'elsewhere';
  if (name.includes('.')) return DOMAIN.test(name) && !IN_CODE.test(name) ? 'elsewhere' : undefined;
  return SERVICE.test(name) || (isAddress && /^[a-z][\w-]*$/.test(name) && !/^https?$/.test(name))
    ? 'here'
    : undefined;
}

/**
 * This machine, by its names and its addresses for containers and virtual machines; a name that Windows makes up; domains that are nowhere
 * (RFC 2606, RFC 6761), and of this network (RFC 6762).
 */
const HERE =
  /^(?:localhost|127\.[\d.]+|0\.0\.0\.0|\[?::1\]?|\(local\)|\.|(?:desktop|laptop)-\w{5,10}|host\.docker\.internal|docker\.for\.\w+\.localhost|10\.0\.2\.\d+|172\.17\.\d+\.\d+|192\.168\.(?:33|50|56|59|99)\.\d+|(?:[\w-]+\.)*(?:localhost|local|localdomain|test|example|invalid|example\.(?:com|org|net)))$/;
const DOMAIN =
  /\.(?:[a-z]{2}|com|net|org|edu|gov|mil|int|info|biz|cloud|internal|corp|lan|intranet|app|dev|tech|online|site|xyz|top|club|vip|email)$/;
/** Fields of objects, and files. */
const IN_CODE =
  /^(?:this|self|config|conf|cfg|settings?|env|process|options?|props|params|args|req|request|ctx|app|data)\.|\.(?:db|id|js|ts|py|rb|go|sh|cs|pl|md|to)$/;
/** Where code, images and packages come from. */
const OF_CODE =
  /(?:^|\.)(?:github|gitlab|bitbucket|docker|quay|npmjs|maven|apache|w3|mybatis|spring|schemastore|googleapis|gcr)\.\w+$/;
/** As services of one machine are called by each other. */
const SERVICE =
  /^(?:[\w-]+[_-])?(?:mysql|mariadb|postgres|postgresql|pgsql|pg|db|database|redis|mongo|mongodb|rabbitmq|elasticsearch|kafka|mssql|sqlserver|sqldata|sql|oracle|ldap|openldap|minio|nacos|mailhog|mailpit|mailcatcher|maildev|memcached|keycloak|influxdb|clickhouse)\d?(?:[_-][\w-]+)?$/;

/** Letters of a name that a password is told by. */
const LEAST_NAME = 4;

/**
 * Whether half of a password is a name that stands in its path or near it, or all but words that everybody tries and a number: `Acmeshop123!`,
 * `acmeshop@root123` where the database is `acmeshop`.
 * What is the password itself, there or in a copy of it, says nothing.
 */
export function isMadeOfName(value: string, path: string, around: Around | undefined): boolean {
  const runs = (value.match(/[A-Za-z]+/g) ?? []).filter(
    (run) =>
      run.length >= LEAST_NAME && (run.length * 2 >= value.length || isNameAnd(value, run.toLowerCase())),
  );
  if (runs.length === 0) return false;
  const names = new Set(
    `${path}\n${around?.text.replaceAll(value, ' ') ?? ''}`
      .match(/[A-Za-z]+/g)
      ?.flatMap((word) => [word, ...(word.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+/g) ?? [])])
      .map((word) => word.toLowerCase()),
  );
  return runs.some((run) => names.has(run.toLowerCase()));
}
