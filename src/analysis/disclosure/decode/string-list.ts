import type { Region } from './around.ts';
import { passedOver } from './around.ts';
import { bytesOf, characters, readFrom } from './characters.ts';

/*
 * Strings that code puts together to one: `['ab', 'cd'].join('')`, `"".join(["ab", "cd"])`, `implode('', […])`, `concat('ab', 'cd')`,
 * `"{0}{1}" -f 'ab', 'cd'`, CloudFormation's `!Join ['', [ab, cd]]`.
 */

/** What shows such a list, in small letters: it stands behind these, and before the first of them. */
export const LIST_FORMS: readonly string[] = [
  '].join',
  '.join([',
  '.join((',
  'join("", [',
  'implode(',
  'strings.join(',
  'string.join(',
  'fn::join',
  '!join',
  '-join',
  'concat(',
  'concat!(',
  'concat "',
  'concatenate(',
  '{0}{1}',
  '%s%s',
];

/** Bytes that one list may take. */
const MOST = 4096;
/** Joined text that is shorter holds no token. */
const LEAST = 20;

const STRING = /(["'`])((?:(?!\1)[^\\\n]){0,400})\1/y;
const BETWEEN = /(?:[\s,()[\]{}@&]|\/\/[^\n]{0,100}\n){0,60}/y;
/** From what shows a list to its first string: types and brackets. */
const BEFORE = /[\s\w:[\]{}()@,%|.!<>-]{0,80}?(?=["'`])/y;
/** The rest of a format. */
const FORMAT = /(?:\{\d\}|%s){2,60}["']/y;

/** The strings of the list that the form at `at` shows, joined. `undefined`: there is none, or it says nothing. */
export function stringListAt(bytes: Uint8Array, at: number, from: number, to: number): Region | undefined {
  if (bytes[at] === 0x5d) return listBefore(bytes, at, from, to);
  if (!mayHaveStrings(bytes, at, to)) return undefined;
  const list = readFrom(bytes, at, to, MOST, listOf);
  const found = joinedList(list, bytes, at, from, to);
  // Strings that say nothing say nothing from the second on either.
  return found ?? (list.end > LONG ? passedOver(at, at + list.end) : undefined);
}

/** Bytes of a list that is not read again for each such form that stands in its strings. */
const LONG = 512;

function joinedList(
  list: Strings,
  bytes: Uint8Array,
  at: number,
  from: number,
  to: number,
): Region | undefined {
  const form = characters(bytes, at, Math.min(to, at + 8));
  // `"".join([…])`: what stands between them is before it.
  if (/^\.join/i.test(form)) {
    const between = /(["'])([^"']{0,2})\1$/.exec(characters(bytes, Math.max(from, at - 4), at));
    return between === null ? undefined : region(list.strings, between[2]!, at, at + list.end);
  }
  // JSON and YAML of CloudFormation, PHP and C# have what stands between them first; Go has it last.
  const [first] = list.strings;
  const last = list.strings.at(-1);
  const isLast = /^strings/i.test(form);
  if (isLast && last !== undefined && last.length < 3)
    return region(list.strings.slice(0, -1), last, at, at + list.end);
  return first !== undefined && first.length < 3 && !isLast
    ? region(list.strings.slice(1), first, at, at + list.end)
    : region(list.strings, '', at, at + list.end);
}

/** Bytes behind the start of what shows a list in which its first string, or line, begins. */
const MOST_TO_FIRST = 48;

/** Most calls of `concat` have something else in them. */
function mayHaveStrings(bytes: Uint8Array, at: number, to: number): boolean {
  const isConcat = (bytes[at]! | 32) === 0x63 && bytes[at + 6] === 0x28;
  for (let i = at + 5; i < Math.min(to, at + MOST_TO_FIRST); i++) {
    const unit = bytes[i]!;
    if (QUOTES.includes(unit) || unit === 10) return true;
    if (isConcat && i > at + 6 && unit > 0x20) return false;
  }
  return false;
}

function listOf(text: string): Strings {
  const isOfYaml = /^(?:fn::join|!join)\s{0,4}:?\s{0,4}\n/i.test(text);
  return isOfYaml ? itemsOf(text) : stringsFrom(text, formEnd(text));
}

function formEnd(text: string): number {
  const low = text.slice(0, 16).toLowerCase();
  FORMAT.lastIndex = 0;
  if (FORMAT.test(text)) return FORMAT.lastIndex;
  const form = LIST_FORMS.find((one) => low.startsWith(one)) ?? '';
  // A quote that ends the form opens the first string; one behind the name of a function of CloudFormation closes that.
  if (form === 'fn::join') return form.length + (text[form.length] === '"' ? 1 : 0);
  return form.endsWith('"') ? form.length - 1 : form === 'join("", [' ? 4 : form.length;
}

/** `[…].join('')`: from the bracket that opens it. */
function listBefore(bytes: Uint8Array, at: number, from: number, to: number): Region | undefined {
  let last = at - 1;
  while (last > from && bytes[last]! <= 0x20) last--;
  const isWords = isWord(bytes[last]!);
  if (!isWords && !QUOTES.includes(bytes[last]!) && bytes[last] !== 0x2c) return undefined;
  const least = Math.max(from, at - MOST);
  let first = at - 1;
  // No list of strings has another in it: so each byte is walked over once.
  while (first >= least && bytes[first] !== 0x5b && bytes[first] !== 0x5d) first--;
  if (first < least || bytes[first] === 0x5d) return undefined;
  const behind = characters(bytes, at, Math.min(to, at + 24));
  const between = /^\]\s?\.join(?:\(\s?(["'`])(.{0,2}?)\1|(?![\w(]))/i.exec(behind);
  if (between === null) return undefined;
  const text = characters(bytes, first, at);
  if (isWords) {
    const isList = first >= 2 && bytes[first - 1] === 0x77 && bytes[first - 2] === 0x25;
    return isList ? region(text.slice(1).trim().split(/\s+/), between[2] ?? '', first, at) : undefined;
  }
  const { strings, end } = stringsFrom(text, 1);
  return end === text.length ? region(strings, between[2] ?? '', first, at) : undefined;
}

const QUOTES: readonly number[] = [0x22, 0x27, 0x60];
const isWord = (unit: number): boolean =>
  (unit >= 0x30 && unit <= 0x39) || ((unit | 32) >= 0x61 && (unit | 32) <= 0x7a);

interface Strings {
  readonly strings: readonly string[];
  /** Behind the last. */
  readonly end: number;
}

function stringsFrom(text: string, start: number): Strings {
  const strings: string[] = [];
  BEFORE.lastIndex = start;
  if (!BEFORE.test(text)) return { strings, end: start };
  let at = BEFORE.lastIndex;
  let end = start;
  for (;;) {
    STRING.lastIndex = at;
    const match = STRING.exec(text);
    if (match === null) return { strings, end: at < text.length ? end : Math.min(at, text.length) };
    strings.push(match[2]!);
    end = STRING.lastIndex;
    BETWEEN.lastIndex = end;
    BETWEEN.test(text);
    at = BETWEEN.lastIndex;
    if (at === end) return { strings, end };
    if (at >= text.length) return { strings, end: text.length };
  }
}

const ITEM = /[ \t]*(?:- ){1,2}\s?(["']?)([^"'\s]{0,400})\1[ \t]*(?:\n|$)/y;

/** `!Join`, and behind it a line for each. */
function itemsOf(text: string): Strings {
  const strings: string[] = [];
  let end = text.indexOf('\n') + 1;
  for (ITEM.lastIndex = end; ;) {
    const match = ITEM.exec(text);
    if (match === null) return { strings, end };
    strings.push(match[2]!);
    end = ITEM.lastIndex;
  }
}

function region(strings: readonly string[], between: string, start: number, end: number): Region | undefined {
  if (strings.length < 2 || !/^[\w+/.~=-]{0,2}$/.test(between)) return undefined;
  const joined = strings.join(between);
  return joined.length >= LEAST && /^[\w+/.~=-]+$/.test(joined) && /\d/.test(joined)
    ? { bytes: bytesOf(joined), start, end }
    : undefined;
}
