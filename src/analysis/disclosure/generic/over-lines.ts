import type { DisclosureRule, Find, Gate, Window } from '../../../model/disclosure.ts';
import { alphabetOf } from '../rules/form/alphabets.ts';
import { chosenPassword } from './chosen.ts';
import { drawnSecret } from './drawn.ts';
import { findInLine } from './in-line.ts';
import { senseOf } from './key.ts';
import { FALLBACK } from './weak.ts';
import { isDone } from './returned.ts';

/** Ends of names of secrets; with what closes the name in each form they are the keywords. */
const NAMES = [
  'password',
  'passwd',
  'passphrase',
  'pwd',
  'secret',
  'token',
  'key',
  'credential',
  'credentials',
];

/**
 * A name and, on the next line, its value: `<key>password</key>` and `<string>…`, `<name>…</name>` and `<value>…`, `"name": "API_KEY",`
 * and `"value": …`, `- name: API_KEY` and `value: …`, `<property name="password">` and `<value>…`, `password: |` and an indented line.
 */
interface Form {
  /** What stands behind the name in its line. */
  readonly closes: string;
  /** What leads from there to the value; sticky. */
  readonly between: RegExp;
  /** What stands before the name; absent: its line begins, or a space. */
  readonly opens?: RegExp;
  /** Up to where the value goes on. */
  readonly value: RegExp;
  /** The ends of names that it is looked for with; absent: all. */
  readonly names?: readonly string[];
  /** The value stands for one that nobody has set. */
  readonly isFallback?: true;
}

const NEWLINE = String.raw`[ \t]*\r?\n[ \t]{0,80}`;
const TEXT = /[^<\r\n]{4,512}(?=<\/)/y;
const forms: readonly Form[] = [
  { closes: '</key>', between: new RegExp(`${NEWLINE}<(?:string|data)>`, 'y'), value: TEXT },
  { closes: '</name>', between: new RegExp(`${NEWLINE}<value>`, 'y'), value: TEXT },
  { closes: '">', between: new RegExp(`${NEWLINE}<value>`, 'y'), opens: /\bname="$/, value: TEXT },
  {
    closes: '",',
    between: new RegExp(`${NEWLINE}"[Vv]alue"\\s?:\\s?"`, 'y'),
    opens: /"(?:[Nn]ame|[Kk]ey)"\s?:\s?"$/,
    value: /[^"\\\r\n]{4,512}(?=")/y,
  },
  {
    closes: '\n',
    between: /[ \t]{1,80}value:[ \t]{1,8}["']?/y,
    opens: /\bname:\s{1,8}$/,
    value: /[^"'\r\n]{4,512}(?=["']?\s*(?:\n|$))/y,
  },
  {
    closes: '>\n',
    between: /[ \t]{0,80}(?:<[Vv]alue>)?/y,
    opens: /<(?:[\w]{1,20}:)?$/,
    value: /[^<\s]{4,512}(?=\s*<\/)/y,
  },
  // Parameters of Terraform and of CloudFormation, with what they are when nobody says.
  {
    closes: '" {\n',
    between:
      /(?:[ \t]{0,40}(?!default\b)[a-z_]{2,20}[ \t]{0,20}=[^\n]{0,200}\n){0,6}[ \t]{0,40}default[ \t]{0,20}=[ \t]{0,8}"/y,
    opens: /\bvariable\s{1,4}"$/,
    value: /[^"\\\r\n]{4,512}(?=")/y,
    isFallback: true,
  },
  {
    closes: ':\n',
    between:
      /(?:[ \t]{1,40}(?!Default\b)[A-Z]\w{1,30}:[ \t]{1,4}[^\s][^\n]{0,200}\n){0,6}[ \t]{1,40}Default:[ \t]{1,8}["']?/y,
    value: /[^"'\s]{4,512}(?=["']?\s*(?:\n|$))/y,
    isFallback: true,
  },
  // Cells of a row, a term and what it is, words in bold: `<td>Password:</td>`, `<dt>…</dt><dd>`, `<b>Password</b>: …`.
  ...['</t', '</d', '</b', '</s', ':</t', ':</d', ':</b', ':</s'].map((closes): Form => ({
    closes,
    between:
      /[a-z]{0,6}>\s{0,4}:?\s{0,80}(?:<\/?(?:t[dh]|d[dt]|code|b|strong|span|div|p|samp|kbd|em|i|tt)\b[^<>]{0,120}>\s{0,80}){0,4}(?=[^<>\s]*\d)/y,
    opens: />[\w .-]{0,22}$/,
    value: /[^<>\s&]{4,512}(?=\s*<\/)/y,
    names: closes.startsWith(':')
      ? ['password']
      : ['password', 'passwd', 'pwd', 'passphrase', 'token', 'secret', 'key'],
  })),
  // What a function gives that is named after it.
  ...['() {\n', '():\n'].map((closes): Form => ({
    closes,
    between: /[ \t]{1,80}return[ \t]{1,4}["'`](?=\S*\d)/y,
    value: /[^"'`\\\s]{4,512}(?=["'`];?\s*(?:\n|$))/y,
    names: ['password', 'secret', 'token', 'key'],
  })),
  ...['|', '>', '|-', '>-'].map((sign): Form => ({
    closes: `: ${sign}\n`,
    between: /[ \t]{1,80}/y,
    value: /[^\s]{4,512}(?=\s*(?:\n|$))/y,
  })),
];

const KEYWORDS = new Map(
  forms.flatMap((form) => (form.names ?? NAMES).map((name) => [`${name}${form.closes}`, form] as const)),
);
/** Bytes behind the name up to where the longest value ends, behind six lines of other things and with room for spaces at their ends. */
const REACH_OF_VALUE = 3072;
const VALUE_FORM = alphabetOf('0-9A-Za-z_.-');
/** Bytes of a name before its last word. */
const MOST_NAME = 60;

/** The form's next line is there, as far as bytes tell: spaces, and then what leads to the value. */
const hasNextLine: Gate = (bytes, start, end, from, to) => {
  const hasEnded = bytes[end - 1] === LF;
  if (!isOpened(bytes, start, end, from)) return false;
  // `</t`: a tag that is to be read.
  if (bytes[end - 2] === 0x2f) return true;
  let at = end;
  if (!hasEnded) {
    while (at < to && (bytes[at] === 0x20 || bytes[at] === 9 || bytes[at] === 0x0d)) at++;
    if (at >= to) return true;
    if (bytes[at] !== LF) return false;
    at++;
  }
  const line = at;
  while (at < to && at - line < 80 && (bytes[at] === 0x20 || bytes[at] === 9)) at++;
  // What comes next may be in text that is not at hand: then whoever has the whole is to ask again.
  if (at >= to) return true;
  if (hasEnded && at === line && bytes[at] === 0x0a) return false;
  return hasEnded || bytes[at] === 0x3c || bytes[at] === 0x22;
};

/**
 * What the form of a keyword wants before its name is there. What is on the next line is not asked: a later version may have a value
 * there, and bring no more than that line.
 */
function isOpened(bytes: Uint8Array, start: number, end: number, from: number): boolean {
  let first = start;
  while (first > from && start - first < MOST_NAME && VALUE_FORM[bytes[first - 1]!] === 1) first--;
  // Lines that end with such a word are many, and few of them are `name: …`.
  if (bytes[end - 1] === LF && isSmallLetter(bytes[end - 2]! | 32)) return isNameInYaml(bytes, first, from);
  const opens = BY_LENGTH.find(({ closes }) => endsWith(bytes, end, closes))?.form.opens;
  if (opens === undefined) return true;
  let least = first;
  while (least > from && first - least < MOST_OPENING && bytes[least - 1] !== LF) least--;
  return opens.test(String.fromCharCode(...bytes.subarray(least, first)));
}

const LF = 10;
/** Bytes before a name that are looked at. */
const MOST_OPENING = 24;
/** One form's end may be the end of another's. */
const BY_LENGTH = forms
  .map((form) => ({ form, closes: Array.from(form.closes, (one) => one.charCodeAt(0)) }))
  .toSorted((a, b) => b.closes.length - a.closes.length);

/** `name:` and up to eight spaces stand before `at`. */
function isNameInYaml(bytes: Uint8Array, at: number, from: number): boolean {
  let spaces = at;
  while (spaces > from && at - spaces < 8 && bytes[spaces - 1]! <= 32 && bytes[spaces - 1] !== LF) spaces--;
  return spaces < at && spaces - NAME.length >= from && endsWith(bytes, spaces, NAME);
}

const NAME = Array.from('name:', (one) => one.charCodeAt(0));
const isSmallLetter = (unit: number): boolean => unit >= 0x61 && unit <= 0x7a;

/** Whether small letters and signs stand before `end`, the letters in either case. */
function endsWith(bytes: Uint8Array, end: number, units: readonly number[]): boolean {
  const start = end - units.length;
  if (start < 0) return false;
  for (let i = 0; i < units.length; i++) {
    const unit = bytes[start + i]!;
    if (unit !== units[i] && !(isSmallLetter(units[i]!) && (unit | 32) === units[i])) return false;
  }
  return true;
}

function named({ text, start, keyword }: Window): { readonly name: string; readonly form: Form } | undefined {
  const form = KEYWORDS.get(keyword)!;
  let first = start;
  while (first > 0 && start - first < MOST_NAME && VALUE_FORM[text.charCodeAt(first - 1)] === 1) first--;
  const name = text.slice(first, start + keyword.length - form.closes.length);
  return form.opens?.test(text.slice(Math.max(0, first - MOST_OPENING), first)) === false
    ? undefined
    : { name, form };
}

/** As the rules judge a value that stands in the line of its name. */
function findBeside(rule: DisclosureRule, window: Window): readonly Find[] {
  const known = named(window);
  if (known === undefined || senseOf(known.name).against > 0 || isDone(known.name)) return [];
  const { name, form } = known;
  form.between.lastIndex = window.end;
  if (!form.between.test(window.text)) return [];
  const start = form.between.lastIndex;
  form.value.lastIndex = start;
  const value = form.value.exec(window.text)?.[0].trimEnd();
  if (value === undefined || /["'`\\]/.test(value)) return [];
  const finds = findInLine(rule, name, value, start);
  return form.isFallback && rule.kind === 'password'
    ? finds.map((find) => ({ ...find, reasons: [...find.reasons, FALLBACK] }))
    : finds;
}

/** The general rules once more, for values that stand on the line behind their names. */
export const overLines: readonly DisclosureRule[] = [drawnSecret, chosenPassword].map((rule) => ({
  id: rule.id,
  title: rule.title,
  kind: rule.kind,
  keywords: [...KEYWORDS.keys()],
  scope: 'text',
  reach: REACH_OF_VALUE,
  gate: hasNextLine,
  find: (window) => findBeside(rule, window),
  settle: (find, place) => (rule.settle === undefined ? find : rule.settle(find, place)),
  settleAmong: (find, places) => rule.settleAmong?.(find, places) ?? find,
  advice: rule.advice,
}));
