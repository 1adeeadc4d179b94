import type { DisclosureRule, Find, Gate, Window } from '../../../model/disclosure.ts';
import { characters } from '../decode/characters.ts';
import { cellsOf, HEADINGS, headsColumn, lineEnd, separatorOf } from '../personal/column.ts';
import { both, wordSieves } from '../rules/form/sieves.ts';
import { chosenPassword } from './chosen.ts';
import { CELL, isInRow, isRule, type Named, namedByCells, type Row, rowAt } from './cells.ts';
import { drawnSecret, HEXADECIMAL } from './drawn.ts';
import { findInLine } from './in-line.ts';
import { senseOf } from './key.ts';
import { isInPair, PAIR, pairAt } from './pairs.ts';

/*
 * Values whose names do not stand before them: in tables the name is the heading of a column (CSV, tab-separated, `|` of Markdown), in SQL
 * it is in the list of columns, and in lists of settings it may come behind: `{"value": "…", "key": "client_secret"}`.
 */

/** Words in headings under which secrets stand. */
const HEADS = ['password', 'passwd', 'pwd', 'passphrase', 'secret', 'token', 'api_key', 'apikey', 'api key'];
const INSERT = 'insert into ';
const COPY = 'from stdin;';
const VALUE = '"value":';
/** Bytes behind the value of a pair in which its name stands. */
const REACH = 4096;
const MOST_COLUMNS = 128;

const [LF, QUOTE, OPENS, CLOSES] = [10, 0x22, 0x28, 0x29];

const isHeading = headsColumn(1);

const gate: Gate = (bytes, start, end, from, to) => {
  switch (bytes[start]) {
    case QUOTE:
      return isStringAndName(bytes, end, to);
    case 0x69:
    case 0x49:
      return namesSecret(bytes, end, to);
    case 0x66:
    case 0x46:
      return true;
    default:
      return (
        isInRow(bytes, start, from) ||
        isInPair(bytes, start, end, from, to) ||
        isHeading(bytes, start, end, from, to)
      );
  }
};

/** `"value": "…"`, and soon behind it a comma and a quote. */
function isStringAndName(bytes: Uint8Array, end: number, to: number): boolean {
  let at = end;
  while (at < to && bytes[at] === 0x20) at++;
  if (bytes[at] !== QUOTE) return false;
  const start = ++at;
  const most = Math.min(to, start + 520);
  while (at < most && bytes[at] !== QUOTE && bytes[at]! > 0x20 && bytes[at] !== 0x5c) at++;
  return at - start >= 4 && bytes[at] === QUOTE && bytes[at + 1] === 0x2c;
}

/** A list of columns behind the table's name, one of which is called as secrets are. */
function namesSecret(bytes: Uint8Array, end: number, to: number): boolean {
  const open = openingBracket(bytes, end, Math.min(to, end + 120));
  if (open === -1) return false;
  const close = bytes.subarray(open, to).indexOf(CLOSES);
  if (close === -1) return true;
  const list = bytes.subarray(open, open + close + 1);
  // A dump has the same list for each of its rows.
  if (isSame(list, harmless)) return false;
  if (columnsFrom(characters(list, 0, list.length), 0).some(isSecretName)) return true;
  harmless = list.slice();
  return false;
}

/** The list of columns that was read last, if it has no secret. */
let harmless: Uint8Array = new Uint8Array(0);

function openingBracket(bytes: Uint8Array, from: number, to: number): number {
  for (let at = from; at < to; at++) {
    if (bytes[at] === OPENS) return at;
    if (bytes[at] === 0x3b || bytes[at] === LF) return -1;
  }
  return -1;
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((unit, i) => unit === other[i]);
}

function named(window: Window): readonly Named[] {
  switch (window.keyword) {
    case INSERT:
      return inserted(window);
    case COPY:
      return copied(window);
    case VALUE:
      return beforeName(window);
    default:
      return below(window);
  }
}

const BEHIND =
  /\s{0,8}"([^"\\\s]{4,512})",\s{0,120}(?:"(?:type|enabled|secure|initial_?value|description)"\s{0,4}:\s{0,4}(?:"[^"\n]{0,80}"|true|false),\s{0,120}){0,3}"(?:key|name)"\s{0,4}:\s{0,4}"([\w.-]{2,80})"/iy;

function beforeName({ text, end }: Window): readonly Named[] {
  BEHIND.lastIndex = end;
  const match = BEHIND.exec(text);
  if (match === null) return [];
  const start = text.indexOf('"', end) + 1;
  return [{ name: match[2]!, start, end: start + match[1]!.length }];
}

/** A row of headings, one of which has the keyword: which column it is. */
interface Header {
  readonly separator: ReturnType<typeof separatorOf>;
  readonly column: number;
  readonly name: string;
  readonly headerEnd: number;
}

/** The line that was read last, and what it is: two rules ask of each, twice. */
let known:
  | { readonly text: string; readonly start: number; readonly line: Row | Header | Pair | undefined }
  | undefined;

/** A row of a name and its value. */
type Pair = NonNullable<ReturnType<typeof pairAt>>;

function lineAt(text: string, start: number, end: number): Row | Header | Pair | undefined {
  if (known?.text !== text || known.start !== start)
    known = {
      text,
      start,
      line: rowAt(text, start, end) ?? likelyPair(text, start, end) ?? readHeader(text, start, end),
    };
  return known.line;
}

/** A row whose value is likely a secret by its name is no row of headings, though a heading may have a digit. */
function likelyPair(text: string, start: number, end: number): Pair | undefined {
  const pair = pairAt(text, start, end);
  if (pair === undefined || !isSecretName(pair.name)) return undefined;
  const value = text.slice(pair.start, pair.end);
  const finds = [drawnSecret, chosenPassword].flatMap((rule) => findInLine(rule, pair.name, value, 0));
  return finds.some(({ tier }) => tier === 'likely') ? pair : undefined;
}

function readHeader(text: string, start: number, end: number): Header | undefined {
  const separator = separatorOf(text, start, end);
  const headerStart = text.lastIndexOf('\n', start - 1) + 1;
  const headerEnd = lineEnd(text, start);
  const header = cellsOf(text, headerStart, headerEnd, separator, MOST_COLUMNS);
  const column = header.findIndex(([from, to]) => from <= start && end <= to);
  const headings = header.filter(([from, to]) => to > from).length;
  // Code, and no table: arguments one a line.
  const line = text.slice(headerStart, headerEnd);
  const isTable = (!/^(?:\s|\/[/*]|\*|--)/.test(line) || isRuled(text, headerEnd)) && !line.includes("'");
  if (column === -1 || headings < 2 || !isTable) return undefined;
  const name = text.slice(...header[column]!);
  // A heading says what stands below in a word or three, and is no sentence.
  if (!/^[\w./ -]{2,40}$/.test(name) || name.split(' ').length > 3) return undefined;
  return { separator, column, name, headerEnd };
}

/** As a client of PostgreSQL shows them: ` id | password`, and below it `----+----`. */
const isRuled = (text: string, end: number): boolean =>
  /^\r?\n-+(?:\+-+)+\r?\n/.test(text.slice(end, end + 1024));

/** Bytes behind the keyword that count: of a table all of its rows. `undefined`: it does not end in this text. */
function extentOf({ text, start, end, keyword }: Window): number | undefined {
  switch (keyword) {
    case VALUE:
      return REACH;
    case INSERT:
      return throughSign(text, ');', end);
    case COPY:
      return secretColumns(text, start) === undefined ? 0 : throughSign(text, '\n\\.', end);
    default: {
      const line = lineAt(text, start, end);
      // Where a line is no row of headings, nothing below it counts; what makes it one may be the next.
      if (line === undefined) return 0;
      if ('line' in line) return line.line - end;
      if ('cells' in line)
        return behind(line.isHeading ? tableEnd(text, line.end, '|') : nextLineEnd(text, line.end), end);
      return behind(tableEnd(text, line.headerEnd, line.separator), end);
    }
  }
}

const behind = (place: number, end: number): number | undefined => (place === -1 ? undefined : place - end);

/** The sign that ends a statement is part of what decides: without it another row may follow. */
function throughSign(text: string, sign: string, end: number): number | undefined {
  const at = text.indexOf(sign, end);
  return behind(at === -1 ? -1 : at + sign.length, end);
}

/** Behind the line that follows the one with its end at `at`; -1 when that does not end. */
const nextLineEnd = (text: string, at: number): number => {
  const end = text.indexOf('\n', at + 1);
  return end === -1 ? -1 : end + 1;
};

/** Behind the first line, below that at whose end `at` is, that has no cells; -1 when there is none that ends. */
function tableEnd(text: string, at: number, separator: string): number {
  for (let line = at + 1; line < text.length;) {
    const stop = lineEnd(text, line);
    if (!text.slice(line, stop).includes(separator) && !isRule(text, line))
      return stop === text.length ? -1 : stop + 1;
    line = stop + 1;
  }
  return -1;
}

function below({ text, start, end }: Window): readonly Named[] {
  const header = lineAt(text, start, end);
  if (header === undefined) return [];
  if ('line' in header) return [header];
  if ('cells' in header) return namedByCells(text, header);
  const { separator, column, name, headerEnd } = header;
  const found: Named[] = [];
  for (let line = headerEnd + 1; line < text.length;) {
    const stop = lineEnd(text, line);
    const isDashes = isRule(text, line);
    const cells = cellsOf(text, line, stop, separator, Math.max(2, column + 1));
    const cell = cells[column];
    line = stop + 1;
    if (isDashes) continue;
    // A line of one cell is no row: below a sentence with a comma stands whatever.
    if (cell === undefined || cells.length < 2) break;
    let [from, to] = cell;
    if (text[from] === '`' && text[to - 1] === '`') [from, to] = [from + 1, to - 1];
    found.push({ name: name.replaceAll(' ', '_'), start: from, end: to });
  }
  return found;
}

const COLUMN = /\s*[`"[]?([\w $]{1,64})[`"\]]?\s*([,)])/y;

/** `INSERT INTO t (a, password) VALUES (1, '…'), (2, '…')` */
function inserted({ text, end }: Window): readonly Named[] {
  const open = text.indexOf('(', end);
  const columns = open === -1 ? [] : columnsFrom(text, open);
  if (!columns.some(isSecretName)) return [];
  const values = /\s{0,80}VALUES?\s{0,80}\(/iy;
  // Behind the last column, whose bracket was read.
  values.lastIndex = text.indexOf(')', open) + 1;
  if (!values.test(text)) return [];
  const found: Named[] = [];
  let at = values.lastIndex;
  for (;;) {
    for (let column = 0; column < columns.length; column++) {
      const value = valueAt(text, at);
      if (value === undefined) return found;
      if (value.isText && isSecretName(columns[column]!))
        found.push({ name: columns[column]!, start: value.start, end: value.end });
      at = value.next;
    }
    const next = /\s{0,80},\s{0,80}\(/y;
    next.lastIndex = at;
    if (!next.test(text)) return found;
    at = next.lastIndex;
  }
}

/** Names up to the end of a list that is opened at `open`. */
function columnsFrom(text: string, open: number): readonly string[] {
  const columns: string[] = [];
  COLUMN.lastIndex = open + 1;
  for (let match = COLUMN.exec(text); match !== null; match = COLUMN.exec(text)) {
    columns.push(match[1]!.trim());
    if (match[2] === ')' || columns.length > MOST_COLUMNS) break;
  }
  return columns;
}

/** One value of a row, and where the next begins: behind a comma or the bracket. */
function valueAt(
  text: string,
  from: number,
):
  | { readonly start: number; readonly end: number; readonly isText: boolean; readonly next: number }
  | undefined {
  let start = from;
  while (start < text.length && text.charCodeAt(start) <= 0x20) start++;
  const isText = text[start] === "'" || (/[NnEe]/.test(text[start] ?? '') && text[start + 1] === "'");
  let end: number;
  if (isText) {
    start = text.indexOf("'", start) + 1;
    end = start;
    while (end < text.length && (text[end] !== "'" || text[end + 1] === "'"))
      end += text[end] === "'" || text[end] === '\\' ? 2 : 1;
  } else {
    end = start;
    let depth = 0;
    for (; end < text.length; end++) {
      const sign = text[end]!;
      if (sign === '(') depth++;
      else if (sign === ')' && depth-- === 0) break;
      else if (sign === ',' && depth === 0) break;
      else if (sign === "'" || sign === ';' || sign === '\n') return undefined;
    }
  }
  let next = isText ? end + 1 : end;
  while (next < text.length && text.charCodeAt(next) <= 0x20) next++;
  return text[next] === ',' || text[next] === ')' ? { start, end, isText, next: next + 1 } : undefined;
}

/** `COPY t (a, password) FROM stdin;`, and rows between tabs, as PostgreSQL dumps them. */
function copied({ text, start, end }: Window): readonly Named[] {
  const columns = secretColumns(text, start);
  if (columns === undefined) return [];
  const found: Named[] = [];
  for (let at = lineEnd(text, end) + 1; at < text.length;) {
    const stop = lineEnd(text, at);
    // Its end, or another statement: without the one, each would read all that follow.
    if (text.startsWith('\\.', at) || /^COPY .* FROM stdin;\r?$/i.test(text.slice(at, stop))) break;
    let from = at;
    for (const [column, cell] of text.slice(at, stop).split('\t', columns.length).entries()) {
      const name = columns[column]!;
      if (isSecretName(name) && cell !== '\\N') found.push({ name, start: from, end: from + cell.length });
      from += cell.length + 1;
    }
    at = stop + 1;
  }
  return found;
}

/** The columns of `COPY` whose `FROM` is at `start`, when one of them is called as secrets are. */
function secretColumns(text: string, start: number): readonly string[] | undefined {
  const line = text.lastIndexOf('\n', start - 1) + 1;
  const list = /^COPY [\w."]{1,128} \(([^()\n]{1,3000})\) $/i.exec(text.slice(line, start))?.[1];
  const columns = list?.split(',', MOST_COLUMNS).map((one) => one.replaceAll(/["\s]/g, '')) ?? [];
  return columns.some(isSecretName) ? columns : undefined;
}

const isSecretName = (name: string): boolean => {
  const { strength, against, isPassword } = senseOf(name);
  return against === 0 && (isPassword || strength >= 2);
};

/** As the rule judges a value that is given to its name. */
function findAs(rule: DisclosureRule, window: Window): readonly Find[] {
  return named(window).flatMap(({ name, start, end }) => {
    const value = window.text.slice(start, end);
    if (value.length < 4 || value.length > 512 || /["'`\\\s;]/.test(value)) return [];
    return findInLine(rule, name, value, start).map(ofMany);
  });
}

/** A table of people has the hashes of their passwords: 32 hexadecimal digits and more below such a heading are one. */
const ofMany = (find: Find): Find =>
  find.reasons.includes(HEXADECIMAL)
    ? { ...find, tier: 'possible', reasons: [...find.reasons, 'in a table of them'] }
    : find;

/** The general rules once more, for values whose names stand elsewhere. */
export const elsewhere: readonly DisclosureRule[] = [drawnSecret, chosenPassword].map((rule) => ({
  id: rule === drawnSecret ? 'secret-in-table' : 'password-in-table',
  title: rule === drawnSecret ? 'Secret in a table or list' : 'Password in a table or list',
  kind: rule.kind,
  keywords: [...HEADS, INSERT, COPY, VALUE],
  scope: 'text',
  sieve: (keyword) =>
    HEADS.includes(keyword) ? both(wordSieves(keyword), [...HEADINGS, ...CELL, ...PAIR]) : [[]],
  gate,
  extent: extentOf,
  find: (window) => findAs(rule, window),
  settle: (find, place) => (rule.settle === undefined ? find : rule.settle(find, place)),
  settleAmong: (find, places) => rule.settleAmong?.(find, places) ?? find,
  advice: rule.advice,
}));
