import type { DisclosureRule, Find, Gate, Window } from '../../../model/disclosure.ts';
import { isWord, links, type Labelled } from './labelled.ts';

/** Bytes of a heading at most, and of the line that it stands in. */
const HEADING = 64;
const HEADER = 4096;

/**
 * The rule for data in tables (CSV, tab-separated, `|` in Markdown), where the label is the heading of a column: what stands
 * below it in the same column is judged as if it were named. The table ends with the first line of fewer cells.
 */
export function columnRule(labelled: Labelled): DisclosureRule {
  return {
    id: `${labelled.id}-column`,
    title: `${labelled.title} in a table`,
    kind: 'personal-data',
    keywords: labelled.names,
    gate: isHeading,
    scope: 'text',
    find: (window) => findBelow(labelled, window),
    advice: labelled.advice,
  };
}

/** The keyword stands in a short cell of a line that has more cells, and the next line has one of the same separators. */
const isHeading: Gate = (bytes, start, end, from, to) => {
  if (!isWord(bytes, start, end, from, to)) return false;
  let right = end;
  while (right < to && right - end < HEADING && !endsCell(bytes[right]!)) right++;
  if (right === to || !endsCell(bytes[right]!)) return false;
  let left = start;
  while (left > from && start - left < HEADING && !endsCell(bytes[left - 1]!)) left--;
  if (left > from && !endsCell(bytes[left - 1]!)) return false;
  const separator =
    bytes[right] === 10 || bytes[right] === 13 ? (left > from ? bytes[left - 1]! : 10) : bytes[right]!;
  if (separator === 10) return false;
  let line = right;
  while (line < to && line - right < HEADER && bytes[line] !== 10) line++;
  // A heading is words: code and sentences have signs that no heading has.
  for (let i = left; i < right; i++) if (!isHeadingByte(bytes[i]!)) return false;
  for (let i = line + 1; i < to && i - line < HEADER && bytes[i] !== 10; i++)
    if (bytes[i] === separator) return true;
  return false;
};

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
    const cells = cellsOf(text, line, stop, separator);
    const cell = cells[column];
    if (cell === undefined) break;
    line = stop + 1;
    const value = text.slice(cell[0], cell[1]);
    if (value.length > 64) continue;
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

function separatorOf(text: string, start: number, end: number): string {
  for (let i = end; i < text.length && text[i] !== '\n'; i++)
    if (endsCell(text.charCodeAt(i)) && text[i] !== '\r') return text[i]!;
  for (let i = start - 1; i >= 0 && text[i] !== '\n'; i--) if (endsCell(text.charCodeAt(i))) return text[i]!;
  return ',';
}

function lineEnd(text: string, from: number): number {
  const at = text.indexOf('\n', from);
  return at === -1 ? text.length : at;
}

/** Where the cells of a line stand, without quotes and spaces around. A separator within quotes separates nothing. */
function cellsOf(
  text: string,
  from: number,
  to: number,
  separator: string,
): readonly (readonly [from: number, to: number])[] {
  const cells: (readonly [number, number])[] = [];
  let start = from;
  let quoted = false;
  for (let i = from; i <= to; i++) {
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
