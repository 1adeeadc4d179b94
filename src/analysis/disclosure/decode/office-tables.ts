import { bytesOf, characters } from './characters.ts';

/*
 * Tables of office documents, a line each row: `| User | Password |`. In the text without tags cells stand below each other, and which one
 * says what another is cannot be told.
 */

/** Local names of rows and cells: Word and PowerPoint, Excel, OpenDocument. */
const ROWS: ReadonlySet<string> = new Set(['tr', 'row', 'table-row']);
const CELLS: ReadonlySet<string> = new Set(['tc', 'c', 'table-cell']);
const TAG = /<(\/?)(?:[\w-]{1,20}:)?([\w-]{1,40})(?![\w-])([^<>]{0,2000})>/g;
/** Cells of a row, and bytes of a cell, that are looked at. */
const MOST_CELLS = 256;
const MOST_CELL = 1024;
/** Bytes of rows of one document: a cell is a few bytes that name a string of many, or a column far to the right. */
const MOST_ROWS = 16 * 1024 * 1024;
/** A table without such a word says nothing that its text does not say as well. */
const NAMES = /passw|passphrase|pwd|secret|token|api.?key/i;

/** What a cell of a spreadsheet says: its number among the shared strings, or the text itself. */
type Shared = readonly string[] | undefined;

/**
 * The rows of all tables of a part of an office document, when one of their cells names a secret; else undefined. `shared`: the strings of
 * a workbook, which cells name by number. `room`: bytes of rows that may be made yet; below 0 some were not. Linear.
 */
function tableRows(xml: Uint8Array, room: { left: number }, shared?: Shared): Uint8Array | undefined {
  const text = characters(xml, 0, xml.length);
  const lines: string[] = [];
  let row: string[] | undefined;
  let cell: { text: string; readonly place: number; readonly isShared: boolean } | undefined;
  let last = 0;
  TAG.lastIndex = 0;
  for (let tag = TAG.exec(text); tag !== null; tag = TAG.exec(text)) {
    const [whole, slash, name, attributes] = tag as unknown as [string, string, string, string];
    if (cell !== undefined && cell.text.length < MOST_CELL)
      cell.text += text.slice(last, Math.min(tag.index, last + MOST_CELL));
    last = tag.index + whole.length;
    const isEnd = slash === '/';
    const isEmpty = attributes.endsWith('/');
    if (ROWS.has(name)) {
      if (isEnd && row !== undefined) {
        const line = `| ${row.join(' | ')} |\n`;
        room.left -= line.length;
        if (room.left < 0) break;
        lines.push(line);
      }
      row = isEnd || isEmpty ? undefined : [];
    } else if (row !== undefined && CELLS.has(name)) {
      const place: number = isEnd ? (cell?.place ?? row.length) : placeOf(attributes, row.length);
      if (isEnd && cell !== undefined) put(row, place, said(cell.text, cell.isShared ? shared : undefined));
      else if (isEmpty) put(row, place, '');
      cell = isEnd || isEmpty ? undefined : { text: '', place, isShared: / t="s"/.test(attributes) };
    } else if (isEnd && name === 'p' && cell !== undefined) cell.text += ' ';
    else if (!isEnd && !isEmpty && name === 'f' && cell !== undefined) {
      // What a cell is computed by is not what it shows.
      const end = text.indexOf('</', last);
      // Nothing ends any more.
      if (end === -1) break;
      last = TAG.lastIndex = end;
    }
  }
  const rows = lines.join('');
  return NAMES.test(rows) ? bytesOf(rows) : undefined;
}

/** Tables of one document, whose parts come one by one. */
export interface OfficeTables {
  /** The rows of a part that needs no other; `undefined` when it has none, or its rows come at the end. */
  readonly of: (name: string, bytes: Uint8Array) => Uint8Array | undefined;
  /** Those of sheets, whose strings stand in another part. */
  readonly atEnd: () => readonly { readonly name: string; readonly rows: Uint8Array }[];
  /** Whether there were more rows, or sheets, than are looked at; to be asked at the end. */
  readonly isMore: () => boolean;
}

/** Bytes of sheets that are kept until their strings are known. */
const MOST_KEPT = 64 * 1024 * 1024;

const WITH_TABLES = /^(?:word|ppt)\/(?:document|slides\/slide\d+)\.xml$|^content\.xml$/;
const SHEET = /^xl\/worksheets\/[^/]+\.xml$/;

/** Gathers what the tables of a document are made of. */
export function officeTables(): OfficeTables {
  const sheets: { readonly name: string; readonly bytes: Uint8Array }[] = [];
  let strings: readonly string[] | undefined;
  let kept = 0;
  let isMore = false;
  const room = { left: MOST_ROWS };
  return {
    of: (name, bytes) => {
      if (name === 'xl/sharedStrings.xml') strings = sharedStrings(bytes);
      else if (SHEET.test(name)) {
        if (kept + bytes.length > MOST_KEPT) isMore = true;
        else {
          kept += bytes.length;
          sheets.push({ name, bytes });
        }
      } else if (WITH_TABLES.test(name)) return tableRows(bytes, room);
      return undefined;
    },
    atEnd: () =>
      sheets.flatMap(({ name, bytes }) => {
        const rows = tableRows(bytes, room, strings);
        return rows === undefined ? [] : [{ name, rows }];
      }),
    isMore: () => isMore || room.left < 0,
  };
}

/** The strings of a workbook, in order, without what tells how they are said; of each so much as of a cell is looked at. Linear. */
function sharedStrings(xml: Uint8Array): readonly string[] {
  const text = characters(xml, 0, xml.length);
  const strings: string[] = [];
  let item: string | undefined;
  let isSounds = false;
  let last = 0;
  TAG.lastIndex = 0;
  for (let tag = TAG.exec(text); tag !== null; tag = TAG.exec(text)) {
    const [whole, slash, name, attributes] = tag as unknown as [string, string, string, string];
    if (item !== undefined && !isSounds && item.length < MOST_CELL)
      item += text.slice(last, Math.min(tag.index, last + MOST_CELL));
    last = tag.index + whole.length;
    const isEmpty = attributes.endsWith('/');
    if (name === 'rPh') isSounds = slash === '' && !isEmpty;
    if (name !== 'si') continue;
    if (slash === '/' || isEmpty) strings.push(item ?? '');
    item = slash === '/' || isEmpty ? undefined : '';
    isSounds = false;
  }
  return strings;
}

/** `r="C7"` is the third cell, whatever is left out before it. */
function placeOf(attributes: string, next: number): number {
  const letters = / r="([A-Z]{1,3})\d/.exec(attributes)?.[1];
  if (letters === undefined) return next;
  let place = 0;
  for (const letter of letters) place = place * 26 + letter.charCodeAt(0) - 64;
  return place - 1;
}

function put(row: string[], place: number, text: string): void {
  if (place >= MOST_CELLS) return;
  while (row.length < place) row.push('');
  row[place] = text;
}

const REFERENCES: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&apos;': "'",
  '&amp;': '&',
};

function said(text: string, shared: Shared): string {
  const own = shared === undefined ? text : (shared[Number(text)] ?? '');
  return own
    .replaceAll(/&(?:lt|gt|quot|apos|amp);/g, (one) => REFERENCES[one]!)
    .replaceAll(/[\s|]+/g, ' ')
    .trim();
}
