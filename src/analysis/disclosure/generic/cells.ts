import { cellsOf, lineEnd } from '../personal/column.ts';
import { alphabetOf } from '../rules/form/alphabets.ts';
import type { Sieves } from '../rules/form/sieves.ts';

/*
 * Tables whose rows begin with `|`, as Markdown, wikis and Gherkin write them. A cell says what the others of its column are, or what the next
 * cell of its row is: `| Password | … |`.
 */

/** A place of a value, and its name. */
export interface Named {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** Bytes of a cell on each side of the keyword. */
const MOST_CELL = 40;
const PIPE = 0x7c;
/** Columns of a table. */
const MOST_COLUMNS = 128;

/** A cell of words, marked up perhaps, between `|` or the end of its line. */
export const CELL: Sieves = [
  [
    {
      side: 'before',
      run: alphabetOf('A-Za-z0-9 _*`./-'),
      least: 0,
      most: MOST_CELL,
      follows: alphabetOf('|'),
    },
    {
      side: 'after',
      run: alphabetOf('A-Za-z0-9 \t_*`.:()/-'),
      least: 0,
      most: MOST_CELL,
      follows: alphabetOf('|\r\n'),
    },
  ],
];

/** Bytes of a row before the keyword; a program in one line has megabytes there, for each of its keywords. */
const MOST_ROW = 1024;

/** Whether the line of the keyword at `start` begins with `|`, after spaces, and not far before it. */
export function isInRow(bytes: Uint8Array, start: number, from: number): boolean {
  const least = Math.max(from, start - MOST_ROW);
  let line = start;
  while (line > least && bytes[line - 1] !== 10) line--;
  if (line === least && line > from && bytes[line - 1] !== 10) return false;
  while (line < start && (bytes[line] === 0x20 || bytes[line] === 9)) line++;
  return bytes[line] === PIPE;
}

/** The row in which a keyword stands, when it begins with `|`. */
export interface Row {
  readonly isHeading: boolean;
  /** What the cell of the keyword says without what marks it up; undefined when that is no name. */
  readonly name: string | undefined;
  /** Which cell it is; the first is what stands before the first `|`. */
  readonly column: number;
  readonly end: number;
  readonly cells: ReturnType<typeof cellsOf>;
}

/** Reads the line of the keyword `start`…`end`; undefined when it is no row. */
export function rowAt(text: string, start: number, end: number): Row | undefined {
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const to = lineEnd(text, start);
  if (!/^[ \t]*\|/.test(text.slice(from, Math.min(to, from + 80)))) return undefined;
  const cells = cellsOf(text, from, to, '|', MOST_COLUMNS);
  const column = cells.findIndex(([left, right]) => left <= start && end <= right);
  if (column === -1) return undefined;
  const said = text
    .slice(...cells[column]!)
    .replaceAll(/[*`:]|__|\([^()]*\)$/g, '')
    .trim();
  const isName = /^[\w./ -]{2,40}$/.test(said) && said.split(' ').length <= 3;
  return {
    isHeading: headsColumns(text, from, to, cells[column + 1]),
    name: isName ? said.replaceAll(' ', '_') : undefined,
    column,
    end: to,
    cells,
  };
}

/** `||User||Password||`, or a line of dashes follows; or else another row, and the next cell may be no value. */
function headsColumns(
  text: string,
  from: number,
  to: number,
  next: readonly [number, number] | undefined,
): boolean {
  if (/^[ \t]*\|\|/.test(text.slice(from, to)) || isRule(text, to + 1)) return true;
  return (
    /^[ \t]*\|/.test(text.slice(to + 1, to + 81)) && (next === undefined || !/\d/.test(text.slice(...next)))
  );
}

/** A line of dashes stands at `at`. Asked in two steps: in one, a line of thousands of dashes and a letter would be tried at each of them. */
export const isRule = (text: string, at: number): boolean => {
  RULE.lastIndex = at;
  return /[-=]{2}/.test(RULE.exec(text)?.[1] ?? '');
};
const RULE = /[ \t]*[|+:=-]([ |+:=\t-]*)\r?(?:\n|$)/y;

/** What stands in a row beside its name, or below a heading; only what has a digit: other cells say what may stand there. */
export function namedByCells(text: string, { isHeading, name, column, end, cells }: Row): readonly Named[] {
  if (name === undefined) return [];
  if (!isHeading) {
    const isFirst = cells.slice(0, column).every(([from, to]) => /^[\d.#]{0,4}$/.test(text.slice(from, to)));
    return isFirst ? valueIn(text, name, cells[column + 1]) : [];
  }
  // Of `||User||Password||` the cells between two signs are empty.
  const isWiki = cells[1]?.[0] === cells[1]?.[1];
  const own = isWiki ? column / 2 : column;
  const found: Named[] = [];
  for (let line = end + 1; line < text.length;) {
    const stop = lineEnd(text, line);
    if (!isRule(text, line)) {
      const others = cellsOf(text, line, stop, '|', own + 2);
      // A heading of the same name begins another table.
      if (others.length < 2 || isSaidAgain(text, others[own], cells[column])) break;
      found.push(...valueIn(text, name, others[own]));
    }
    line = stop + 1;
  }
  return found;
}

const isSaidAgain = (
  text: string,
  other: readonly [number, number] | undefined,
  heading: readonly [number, number] | undefined,
): boolean =>
  other !== undefined &&
  heading !== undefined &&
  text.slice(...other).trim() === text.slice(...heading).trim();

function valueIn(text: string, name: string, cell: readonly [number, number] | undefined): readonly Named[] {
  if (cell === undefined) return [];
  let [start, end] = cell;
  for (const mark of ['**', '__', '``', '`', '"'])
    if (
      end - start > 2 * mark.length &&
      text.startsWith(mark, start) &&
      text.startsWith(mark, end - mark.length)
    )
      [start, end] = [start + mark.length, end - mark.length];
  return /\d/.test(text.slice(start, end)) ? [{ name, start, end }] : [];
}
