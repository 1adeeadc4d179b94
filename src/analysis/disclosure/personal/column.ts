import type { DisclosureRule, Find, Gate, Sieve, Window } from '../../../model/disclosure.ts';
import { alphabetOf } from '../rules/form/alphabets.ts';
import { both, type Sieves, wordSieves } from '../rules/form/sieves.ts';
import { isWord, links, type Labelled } from './labelled.ts';

/** Bytes of a line of headings at most, and of a line below it that is looked at. */
const HEADER = 2048;
/** Rows in the first of which there has to be something like the datum. */
const ROWS = 4;
/** Bytes of a cell with a datum. */
const CELL = 64;

/**
 * The rule for data in tables (CSV, tab-separated, `|` in Markdown), where the label is the heading of a column: what stands
 * below it in the same column is judged as if it were named, and is a find of the labelled rule. The table ends with the first line of fewer cells.
 */
export function columnRule(labelled: Labelled): DisclosureRule {
  return {
    id: labelled.id,
    title: labelled.title,
    kind: 'personal-data',
    keywords: labelled.names,
    sieve: (keyword) => both(wordSieves(keyword), HEADINGS),
    gate: headsColumn(labelled.digits),
    scope: 'text',
    find: (window) => findBelow(labelled, window),
    advice: labelled.advice,
  };
}

const IN_HEADER: Pick<Sieve, 'run' | 'least' | 'most' | 'follows'> = {
  run: alphabetOf('A-Za-z0-9./ _"#,;|\t\r\'-'),
  least: 0,
  most: HEADER + 1,
  follows: alphabetOf('\n'),
};
/** Nothing but headings on both sides. */
export const HEADINGS: Sieves = [
  [
    { side: 'after', ...IN_HEADER },
    { side: 'before', ...IN_HEADER },
  ],
];

/**
 * The keyword is a word of a line that has nothing but headings, two at least, and in one of the first rows below the same column
 * has the digits. Most lines of code fail at their first sign, a few bytes from the keyword.
 */
export function headsColumn(digits: number): Gate {
  return (bytes, start, end, from, to) => {
    let separator = 0;
    let right = end;
    for (; right < to && bytes[right] !== 10; right++) {
      const unit = bytes[right]!;
      if (endsCell(unit)) separator ||= unit === 13 ? 0 : unit;
      else if (!isHeadingByte(unit)) return false;
      if (right - end > HEADER) return false;
    }
    let before = 0;
    for (let i = start - 1; i >= from && bytes[i] !== 10; i--) {
      const unit = bytes[i]!;
      if (endsCell(unit)) {
        separator ||= unit;
        if (unit === separator) before++;
      } else if (!isHeadingByte(unit)) return false;
      if (start - i > HEADER) return false;
    }
    if (separator === 0 || !isWord(bytes, start, end, from, to)) return false;
    // The rows may be in text that is not at hand: then whoever has the whole is to ask again.
    if (right + 1 >= to) return true;
    for (let row = 0, at = right + 1; row < ROWS && at < to; row++) {
      let column = 0;
      let seen = 0;
      const most = Math.min(to, at + HEADER);
      for (; at < most && bytes[at] !== 10; at++) {
        if (bytes[at] === separator) column++;
        else if (column === before && isDigit(bytes[at]!) && ++seen >= digits) return true;
      }
      while (at < to && bytes[at] !== 10 && at < most + HEADER) at++;
      at++;
    }
    return false;
  };
}

const isDigit = (unit: number): boolean => unit >= 0x30 && unit <= 0x39;

const endsCell = (unit: number): boolean =>
  unit === 10 || unit === 13 || unit === 0x2c || unit === 9 || unit === 0x3b || unit === 0x7c;

/** Letters, digits, space, `_ - . / " ' #`. */
const isHeadingByte = (unit: number): boolean =>
  ((unit | 32) >= 0x61 && (unit | 32) <= 0x7a) ||
  (unit >= 0x2d && unit <= 0x39) ||
  unit === 0x20 ||
  unit === 0x5f ||
  unit === 0x22 ||
  unit === 0x23 ||
  unit === 0x27;

function findBelow(labelled: Labelled, { text, start, end }: Window): readonly Find[] {
  const separator = separatorOf(text, start, end);
  const headerStart = text.lastIndexOf('\n', start - 1) + 1;
  const headerEnd = lineEnd(text, start);
  const header = cellsOf(text, headerStart, headerEnd, separator);
  const column = header.findIndex(([from, to]) => from <= start && end <= to);
  if (column === -1 || header.length < 2) return [];
  const [headingStart, headingEnd] = header[column]!;
  if (!links(text.slice(headingStart, start) + ' ' + text.slice(end, headingEnd), labelled.links)) return [];
  const heading = text.slice(headingStart, headingEnd);
  const finds: Find[] = [];
  for (let line = headerEnd + 1; line < text.length;) {
    const stop = lineEnd(text, line);
    const cells = cellsOf(text, line, stop, separator, column + 1);
    const cell = cells[column];
    if (cell === undefined) break;
    line = stop + 1;
    const value = text.slice(cell[0], cell[1]);
    if (value.length > CELL) continue;
    for (const match of value.matchAll(labelled.pattern)) {
      const judged = labelled.judge(match[0], 'named');
      if (judged === undefined) continue;
      const at = cell[0] + match.index;
      finds.push({
        start: at,
        end: at + (judged.length ?? match[0].length),
        tier: judged.tier,
        reasons: [judged.reason, `in the column "${heading}"`],
        secret: judged.secret,
      });
    }
  }
  return finds;
}

/** What separates the cells of the keyword's line. */
export function separatorOf(text: string, start: number, end: number): string {
  for (let i = end; i < text.length && text[i] !== '\n'; i++)
    if (endsCell(text.charCodeAt(i)) && text[i] !== '\r') return text[i]!;
  for (let i = start - 1; i >= 0 && text[i] !== '\n'; i--) if (endsCell(text.charCodeAt(i))) return text[i]!;
  return ',';
}

/** Of the line at `from`: its line end, or the end of the text. */
export function lineEnd(text: string, from: number): number {
  const at = text.indexOf('\n', from);
  return at === -1 ? text.length : at;
}

/** Where the first cells of a line stand, without quotes and spaces around. A separator within quotes separates nothing. */
export function cellsOf(
  text: string,
  from: number,
  to: number,
  separator: string,
  most: number = Number.POSITIVE_INFINITY,
): readonly (readonly [from: number, to: number])[] {
  const cells: (readonly [number, number])[] = [];
  let start = from;
  let quoted = false;
  for (let i = from; i <= to && cells.length < most; i++) {
    if (i < to && text[i] === '"') quoted = !quoted;
    if (i < to && (quoted || text[i] !== separator)) continue;
    let [left, right] = [start, i];
    while (left < right && isEdge(text.charCodeAt(left))) left++;
    while (right > left && isEdge(text.charCodeAt(right - 1))) right--;
    cells.push([left, right]);
    start = i + 1;
  }
  return cells;
}

/** Space, carriage return or a quote. */
const isEdge = (unit: number): boolean => unit === 0x20 || unit === 0x0d || unit === 0x22 || unit === 0x27;
