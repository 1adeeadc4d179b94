import type { Gate } from '../../../model/disclosure.ts';
import { alphabetOf } from '../rules/form/alphabets.ts';
import { allBut, type Sieves } from '../rules/form/sieves.ts';

/** A value that is given to a name: `key = "value"`, `"key": "value"`, `<key>value<`, `--key value`, `setenv("KEY", "value")`. */
export interface Assignment {
  /** The name as it is written, e.g. `process.env.API_KEY`. */
  readonly key: string;
  /** Where the value stands, without its quotes. */
  readonly start: number;
  readonly end: number;
  readonly quoted: boolean;
  /** How it is given. `call` is a comma between two arguments or a
   * bracket, `space` nothing but a space. */
  readonly by: 'equals' | 'colon' | 'tag' | 'call' | 'space';
}

/** Bytes that a name goes on for behind a keyword, and that it began before. */
const MOST_KEY = 40;
/** Bytes of a value. */
const MOST_VALUE = 512;

/**
 * What the name that has the keyword `start`…`end` in it is given. One pass over at most a few hundred bytes; undefined when the
 * name is given nothing that stands on this line.
 */
export function assignmentAt(text: string, start: number, end: number): Assignment | undefined {
  const given = givenAt(text, start, end);
  if (given === undefined) return undefined;
  const { key, left, from, by } = given;
  const inQuery = text[left - 1] === '?' || text[left - 1] === '&';
  const value = valueAt(text, from, by, inQuery);
  return value === undefined || value.end === value.start ? undefined : { key, by, ...value };
}

/** Where a name stands that is given something, and what it is given. */
interface Given {
  readonly key: string;
  readonly by: Assignment['by'];
  /** Where the name begins. */
  readonly left: number;
  /** Where what it is given begins. */
  readonly from: number;
}

/** The name that has the keyword `start`…`end` in it, and how it is given something; undefined when it is given nothing on this line. */
export function givenAt(text: string, start: number, end: number): Given | undefined {
  const { key, left, right } = nameAt(text, start, end);
  const operator = operatorAt(text, left, right);
  return operator && { key, by: operator.by, left, from: operator.end };
}

/** The whole name that has the keyword `start`…`end` in it, and where it stands. */
export function nameAt(
  text: string,
  start: number,
  end: number,
): { readonly key: string; readonly left: number; readonly right: number } {
  let left = start;
  while (left > 0 && start - left < MOST_KEY && isNameUnit(text.charCodeAt(left - 1))) left--;
  let right = end;
  while (right < text.length && right - end < MOST_KEY && isNameUnit(text.charCodeAt(right))) right++;
  return { key: text.slice(left, right), left, right };
}

/** The string in quotes at `from`, perhaps the argument of a call that makes something of it. */
export function stringAt(text: string, from: number): ReturnType<typeof valueAt> {
  return valueAt(text, from, 'call', false);
}

/** A function that is told where a secret is, and not the secret: `credentials("…")`, `os.getenv("…")`, `vault.read("…")`. */
const LOOKS_UP =
  /(?:^|\.)(?:require|import|to_?string|strftime|(?:ssm|vault|key_?vault)\w*|credentials|get_?env|env|environ|(?:get|read|fetch|load|find|lookup|resolve)(?:_?(?:secrets?|parameter|param|property|credentials?|config|section|setting|value|variable|item|string|u?int|connection|required|app)){0,3}(?:16|32|64)?|(?:ext)?lookup|hiera(?:_\w{1,10})?|secret_?ref|param|ref|t|i18n|translate|gettext|_)\($/i;

/** Closes a name: quote, bracket, an escaped quote; or it is an array: `password[32]`. Then perhaps a type: `: string`, ` string`, ` As String`, `?: &str`, `: Option<String>`. */
const CLOSERS = /\[\d{0,6}\]|(?:\\?["'`])?[\])]{0,2}/y;
const TYPE =
  /\s{0,8}[?!]?:?\s{0,4}(?:const |static |[Aa][Ss] )?(?!(?:version|hash|digest|id|name|path|file|url|type)\b)[&*]?'?[A-Za-z][\w.]{0,20}(?:<[\w ,&']{1,24}>|\[\]|\[\d*\])?\s{0,4}(?=:?=(?!=|[ \t]{0,8}(?:[\r\n#]|$)))/y;
const OPERATOR = /\s{0,24}(?::=|=>|->|={1,3}|!==?|:-(?=[^\s-])|:(?!:)|\?=|\+=|\|\|=|\?\?=|,|>|\()\s{0,24}/y;
/** `key="ApiKey" value="…"`, `name: DB_PASSWORD, value: …` */
const NAMED_VALUE = /\\?["']?\s{0,4},?\s{0,4}\\?["']?[Vv]alue\\?["']?\s{0,4}[:=]\s{0,4}/y;

/** Stands before a name that is given what is behind it: `#define KEY "…"`, `set -gx KEY …`, `setenv KEY …`. */
const GIVES = /(?:(#\s{0,4}define)|\bset -[gUx]{1,3}|\bsetenv) $/i;
const SPACES = /[ \t]{1,40}(?=\S)/y;

function operatorAt(
  text: string,
  left: number,
  right: number,
): { readonly end: number; readonly by: Assignment['by'] } | undefined {
  const named = matchEnd(NAMED_VALUE, text, right);
  if (named !== undefined) return { end: named, by: 'equals' };
  const closed = matchEnd(CLOSERS, text, right) ?? right;
  // In a tag what follows its name is an attribute, and no type: `<Credentials plugin="…">`.
  const typed =
    closed === right && text[left - 1] !== '<' ? (matchEnd(TYPE, text, closed) ?? closed) : closed;
  const end = matchEnd(OPERATOR, text, typed);
  if (end !== undefined) {
    const sign = text.slice(typed, end).trim();
    // What ends a longer string is no argument: `'…/oauth/token', '4f8a…'`.
    if (sign === ',')
      return closed > right && /["'`:[(]/.test(text[left - 1] ?? '') ? { end, by: 'call' } : undefined;
    if (sign === '(') return LOOKS_UP.test(`${text.slice(left, right)}(`) ? undefined : { end, by: 'call' };
    if (sign === '>') return isTag(text, left) ? { end, by: 'tag' } : undefined;
    return { end, by: sign.startsWith(':') && sign !== ':=' ? 'colon' : 'equals' };
  }
  const command = closed === right ? GIVES.exec(text.slice(Math.max(0, left - 24), left)) : null;
  const value = command === null ? undefined : matchEnd(SPACES, text, right);
  // A macro's value without quotes is code.
  if (value !== undefined && (command![1] === undefined || /["']/.test(text[value] ?? '')))
    return { end: value, by: 'equals' };
  // `--token VALUE`, `Bearer VALUE`, `ENV API_KEY VALUE`, `password VALUE`.
  if (closed === right && text[right] === ' ' && right + 1 < text.length)
    return { end: right + 1, by: 'space' };
  return undefined;
}

/** The name begins a tag, or is an attribute's value in one. */
function isTag(text: string, left: number): boolean {
  return text[left - 1] === '<' || text[left - 1] === ':' || text[left - 1] === '"';
}

const CDATA = '<![CDATA[';

/** Strings that no quote ends: Lua's `[[…]]`, `%q(…)` of Ruby, `q{…}` of Perl, `R"(…)"` of C++, `r#"…"#` of Rust. */
const RAW =
  /\[(?<lua>={0,4})\[|(?:%[qQ]?|(?<=(?:\$\w{1,40} ?=|=>) ?)qq?)(?<sign>[({[<|!~])|(?:u8|[uUL])?R"(?<cpp>[\w-]{0,16})\(|b?r(?<rust>#{1,3})"/y;
const CLOSING: Readonly<Record<string, string>> = { '(': ')', '{': '}', '[': ']', '<': '>' };

/** What ends the raw string that is opened at `at`, and where it begins. */
function rawAt(text: string, at: number): { readonly start: number; readonly closes: string } | undefined {
  RAW.lastIndex = at;
  const match = RAW.exec(text);
  if (match === null) return undefined;
  const { lua, sign, cpp, rust } = match.groups!;
  const closes =
    lua !== undefined
      ? `]${lua}]`
      : sign !== undefined
        ? (CLOSING[sign] ?? sign)
        : cpp !== undefined
          ? `)${cpp}"`
          : `"${rust}`;
  return { start: RAW.lastIndex, closes };
}

function valueAt(
  text: string,
  from: number,
  by: Assignment['by'],
  inQuery: boolean,
): { readonly start: number; readonly end: number; readonly quoted: boolean } | undefined {
  let start = by === 'tag' && text.startsWith(CDATA, from) ? from + CDATA.length : from;
  const raw = by === 'equals' || by === 'colon' ? rawAt(text, start) : undefined;
  if (raw !== undefined) {
    const end = text.indexOf(raw.closes, raw.start);
    // As those of the other strings, it ends in its line.
    if (end !== -1 && end - raw.start < MOST_VALUE && !text.slice(raw.start, end).includes('\n'))
      return { start: raw.start, end, quoted: true };
  }
  // Bytes, raw and formatted strings; `String("…")`, `Buffer.from("…"`, `new Secret("…"`.
  const opened = /(?:new )?([\w.[\]]{1,32}\()?(?:[bBrRfFuU@$]{1,2}|u8)?(\\?["'`]{1,3}(?:(?<=")\\["'])?)/y;
  opened.lastIndex = start;
  const open = opened.exec(text);
  if (open !== null) {
    if (open[1] !== undefined && LOOKS_UP.test(open[1])) return undefined;
    const quote = open[2]!;
    start = opened.lastIndex;
    const sign = quote.at(-1)!;
    let end = start;
    const most = Math.min(text.length, start + MOST_VALUE);
    while (end < most && text[end] !== sign && text[end] !== '\n')
      end += text[end] === '\\' && text[end + 1] !== sign ? 2 : 1;
    // `""`: an empty string, or a quote as strings of CSV and C# have it, and then the other one is double too.
    if (/^(["'`])\1$/.test(quote) && text[end + 1] !== sign) return undefined;
    // An escaped quote: the whole string is inside another one.
    if (/\\["'`]+$/.test(quote) && text[end - 1] === '\\') end--;
    if (end >= most && most < text.length) return undefined;
    // What a shell wrote whose line ends are of two characters: the line goes on behind the first.
    while (end > start && text[end - 1] === '\r') end--;
    return { start, end: Math.min(end, most), quoted: true };
  }
  if (by === 'call') return undefined;
  let end = start;
  const most = Math.min(text.length, start + MOST_VALUE);
  // In a URL, the next parameter follows.
  const ends = (unit: number): boolean => endsValue(unit) || (inQuery && unit === 0x26);
  while (end < most && !ends(text.charCodeAt(end))) end++;
  if (end >= most && most < text.length) return undefined;
  // A form's fields: `"token=…&secret=…"`; behind a space it is a setting, whose value may have such signs.
  const isField = by === 'equals' && text[from - 1] === '=';
  const next = isField ? /&(?:amp;)?[\w.%-]{1,40}=/.exec(text.slice(start, end)) : null;
  return { start, end: next === null ? end : start + next.index, quoted: false };
}

/** What `assignsTo` asks, for the kernel, but that it takes the beginnings of other words for keywords, and a comma for a sign. */
export function givesTo(least: number): Sieves {
  // An array's bracket and its size go with the name.
  const run = alphabetOf('0-9A-Za-z_.$[-');
  const follows = alphabetOf(' \t=:,>"\'`()]\\');
  return [[{ side: 'given', run, counted: VALUES, least, most: MOST_KEY, follows }]];
}

const VALUES = allBut(alphabetOf('\u0000- "\'`,;()<>[]{}=:'));

/**
 * Opens where a name with the keyword in it is followed, after a sign of assignment, by `least` bytes without space or quote; after
 * nothing but a space, only when it is an option (`--token`), `Bearer` or `ENV`. `lists` lets a comma be such a sign.
 */
export function assignsTo(least: number, lists: boolean): Gate {
  return (bytes, start, end, from, to) => {
    if (isOtherWord(bytes, start, end, to)) return false;
    let i = end;
    const nameEnd = Math.min(to, end + MOST_KEY);
    while (i < nameEnd && (isNameUnit(bytes[i]!) || bytes[i] === 0x5b)) i++;
    // Signs, spaces and quotes, a type or a function's name, and then the value.
    const most = Math.min(to, i + 80);
    let isGiven = false;
    let spaces = 0;
    let run = 0;
    for (; i < most; i++) {
      const unit = bytes[i]!;
      if (unit === 10) return false;
      // Before a value, a backslash escapes quotes: JSON in a string.
      if (isValueUnit(unit) && (isGiven || unit !== 0x5c)) {
        if (!isGiven) {
          if (spaces === 0) return false;
          const typed = takesSpace(bytes, start, from) ? i : behindType(bytes, i, most);
          if (typed === -1) return false;
          i = typed;
        }
        isGiven = true;
        if (isValueUnit(bytes[i]!) && ++run >= least) return true;
      } else {
        run = 0;
        if (unit === 0x20 || unit === 9) spaces++;
        else if (!isGiven && !isSign(unit)) return false;
        // Quotes and brackets close a name; these give it something.
        else if (unit === 0x3d || unit === 0x3a || unit === 0x3e || unit === 0x28) isGiven = true;
        else if (unit === 0x2c) {
          if (!lists) return false;
          isGiven = true;
        }
      }
    }
    return false;
  };
}

/** Where a `=` stands behind the one word at `at`, or two of which the first is `As`: `apiKey string = …`. -1 when none does. */
function behindType(bytes: Uint8Array, at: number, to: number): number {
  const isAs = (bytes[at]! | 32) === 0x61 && (bytes[at + 1]! | 32) === 0x73 && bytes[at + 2] === 0x20;
  let i = isAs ? at + 3 : at;
  while (i < to && (isNameUnit(bytes[i]!) || bytes[i] === 0x2a || bytes[i] === 0x26)) i++;
  while (i < to && bytes[i] === 0x20) i++;
  return i < to && bytes[i] === 0x3d ? i : -1;
}

/** The name begins with `-`, is `Bearer`, or stands behind `ENV `, `setenv `, `#define ` or `set -x `. */
function takesSpace(bytes: Uint8Array, start: number, from: number): boolean {
  let i = start;
  while (i > from && start - i < MOST_KEY && isNameUnit(bytes[i - 1]!)) i--;
  if (bytes[i] === 0x2d || (bytes[start]! | 32) === 0x62) return true;
  if (i - 4 < from || bytes[i - 1] !== 0x20) return false;
  const [a, b, c] = [bytes[i - 4]! | 32, bytes[i - 3]! | 32, bytes[i - 2]! | 32];
  return (
    (a === 0x65 && b === 0x6e && c === 0x76) ||
    (a === 0x69 && b === 0x6e && c === 0x65) ||
    (c === 0x78 && (b === 0x2d || b === 0x67 || b === 0x75))
  );
}

/** The keyword is the beginning of another word: `author`, `passed`, `keyboard`, `tokenize`, `credit`. */
function isOtherWord(bytes: Uint8Array, start: number, end: number, to: number): boolean {
  const next = end < to ? bytes[end]! : 0;
  if (next < 0x61 || next > 0x7a) return false;
  switch (bytes[start]! | 32) {
    // auth: authoriz… and authoris…, not author and authority.
    case 0x61:
      return (
        next === 0x6f &&
        !(end + 3 < to && bytes[end + 2] === 0x69 && (bytes[end + 3] === 0x7a || bytes[end + 3] === 0x73))
      );
    // cred: creds, credential; cookie: cookies.
    case 0x63:
      return end - start === 4 && next !== 0x65 && next !== 0x73;
    // key: keys.
    case 0x6b:
      return next !== 0x73;
    // pass: password, passwd, passphrase, passcode, passkey. pwd: whatever follows.
    case 0x70:
      return end - start === 4 && next !== 0x77 && next !== 0x70 && next !== 0x63 && next !== 0x6b;
    // token: tokens.
    case 0x74:
      return next !== 0x73;
    default:
      return false;
  }
}

function matchEnd(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}

/** Letters, digits, `_ - . $`. */
const isNameUnit = (unit: number): boolean =>
  (unit >= 0x30 && unit <= 0x39) ||
  ((unit | 32) >= 0x61 && (unit | 32) <= 0x7a) ||
  unit === 0x5f ||
  unit === 0x2d ||
  unit === 0x2e ||
  unit === 0x24;

/** What may follow a name that is given something: space, tab, quotes, `= : , > ( ) ] \`. */
const isSign = (unit: number): boolean =>
  unit === 0x20 ||
  unit === 9 ||
  unit === 0x3d ||
  unit === 0x3a ||
  unit === 0x2c ||
  unit === 0x3e ||
  unit === 0x22 ||
  unit === 0x27 ||
  unit === 0x60 ||
  unit === 0x28 ||
  unit === 0x29 ||
  unit === 0x5d ||
  unit === 0x5c;

/** Neither space nor control, no quote, no comma, bracket or semicolon. */
const isValueUnit = (unit: number): boolean =>
  unit > 0x20 &&
  unit !== 0x22 &&
  unit !== 0x27 &&
  unit !== 0x60 &&
  unit !== 0x2c &&
  unit !== 0x3b &&
  unit !== 0x28 &&
  unit !== 0x29 &&
  unit !== 0x3c &&
  unit !== 0x3e &&
  unit !== 0x5b &&
  unit !== 0x5d &&
  unit !== 0x7b &&
  unit !== 0x7d &&
  unit !== 0x3d &&
  unit !== 0x3a;

/** Ends a value without quotes: space, control, quotes, `; , ) ] } < >`. */
const endsValue = (unit: number): boolean =>
  unit <= 0x20 ||
  unit === 0x22 ||
  unit === 0x27 ||
  unit === 0x60 ||
  unit === 0x3b ||
  unit === 0x2c ||
  unit === 0x29 ||
  unit === 0x5d ||
  unit === 0x7d ||
  unit === 0x3c ||
  unit === 0x3e;
