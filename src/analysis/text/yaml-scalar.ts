import {
  closingQuote,
  commentStart,
  isDocumentMarker,
  type Reader,
  rowEnd,
  stop,
  syntaxProblem,
} from './yaml-block.ts';
import type { YamlScalar } from './yaml.ts';

const isBlank = (code: number): boolean => code === 32 || code === 9;

/**
 * Ends a node on its row: what is left may only be space and a comment, which is given back; then the next row is begun.
 * Anything else is a syntax problem.
 */
export function trailing(reader: Reader): string | undefined {
  const end = rowEnd(reader, reader.row);
  let at = reader.at;
  while (at < end && isBlank(reader.text.charCodeAt(at))) at++;
  let comment: string | undefined;
  if (at < end) {
    if (reader.text.charCodeAt(at) === 35 && at > reader.at) comment = reader.text.slice(at + 1, end).trim();
    else syntaxProblem(reader, 'text after the end of a value');
  }
  nextRow(reader);
  return comment;
}

function nextRow(reader: Reader): void {
  reader.row++;
  reader.at = reader.starts[reader.row] ?? reader.text.length;
}

/**
 * A plain (unquoted) scalar: the rest of the row up to ` #` and every following row indented by `least` or more, folded.
 * `key: value` inside it is a mistake that YAML forbids; it is reported and kept as text.
 */
export function plainScalar(reader: Reader, least: number): YamlScalar {
  const { text } = reader;
  const line = reader.row + 1;
  const first = text.charCodeAt(reader.at);
  if (first === 64 /* @ */ || first === 96 /* ` */ || first === 37 /* % */)
    syntaxProblem(reader, 'a value must not start with @, ` or %: quote it');
  if ((first === 45 || first === 63) && isGapAt(reader, reader.at + 1))
    syntaxProblem(reader, 'a sequence or key cannot start here');
  const parts: string[] = [];
  let blank = 0;
  let comment: string | undefined;
  for (;;) {
    const end = rowEnd(reader, reader.row);
    const hash = commentStart(text, reader.at, end);
    const part = text.slice(reader.at, hash === -1 ? end : hash).trimEnd();
    if (/:(?:[ \t]|$)/.test(part))
      syntaxProblem(reader, 'a map cannot start inside a value; quote the value');
    if (parts.length > 0) parts.push(blank === 0 ? ' ' : '\n'.repeat(blank));
    parts.push(part);
    nextRow(reader);
    if (hash !== -1) {
      comment = text.slice(hash + 1, end).trim();
      break;
    }
    blank = 0;
    const next = continuation(reader, least);
    if (next === undefined) break;
    blank = next;
  }
  return scalar(line, parts.join(''), 'plain', comment);
}

function isGapAt(reader: Reader, at: number): boolean {
  return at >= rowEnd(reader, reader.row) || isBlank(reader.text.charCodeAt(at));
}

function scalar(
  line: number,
  text: string,
  style: YamlScalar['style'],
  comment: string | undefined,
): YamlScalar {
  return comment === undefined
    ? { kind: 'scalar', line, text, style }
    : { kind: 'scalar', line, text, style, comment };
}

/**
 * Moves to the next row that continues a multi-line plain scalar and gives the number of blank rows passed over;
 * `undefined` (cursor unmoved) when the scalar ends: at a less indented row, a comment, a document marker or the end.
 */
function continuation(reader: Reader, least: number): number | undefined {
  for (let row = reader.row; row < reader.rows; row++) {
    const start = reader.starts[row]!;
    const end = rowEnd(reader, row);
    let at = start;
    while (at < end && isBlank(reader.text.charCodeAt(at))) at++;
    if (at === end) continue;
    if (at - start < least || reader.text.charCodeAt(at) === 35) return undefined;
    if (at === start && isDocumentMarker(reader, start)) return undefined;
    const passed = row - reader.row;
    reader.row = row;
    reader.at = at;
    return passed;
  }
  return undefined;
}

/** A quoted scalar in block context. Its further rows must be indented by `least`. `asKey`: it is followed by a colon. */
export function quotedScalar(reader: Reader, least: number, asKey = false): YamlScalar {
  const line = reader.row + 1;
  const text = quotedText(reader, least);
  const comment = asKey || reader.stopped ? undefined : trailing(reader);
  return scalar(line, text, 'quoted', comment);
}

/** Reads the quoted text at the cursor, folded over rows, and leaves the cursor after its closing quote. */
export function quotedText(reader: Reader, least: number): string {
  const { text } = reader;
  const quote = text.charCodeAt(reader.at);
  const decode = quote === 34 ? decodeDouble : decodeSingle;
  let out = '';
  let from = reader.at + 1;
  for (;;) {
    const end = rowEnd(reader, reader.row);
    const close = closingQuote(text, quote, from, end);
    if (close !== -1) {
      reader.at = close + 1;
      return out + decode(text.slice(from, close), reader);
    }
    const raw = text.slice(from, end);
    const escapedBreak = quote === 34 && endsInEscape(raw);
    out += decode(escapedBreak ? raw.slice(0, -1) : raw.trimEnd(), reader);
    const startedAt = reader.row;
    let blank = 0;
    for (;;) {
      nextRow(reader);
      if (reader.row >= reader.rows) {
        reader.row = startedAt;
        stop(reader, 'file/truncated', 'a quoted string is not closed');
        return out;
      }
      const start = reader.starts[reader.row]!;
      const stopAt = rowEnd(reader, reader.row);
      let at = start;
      while (at < stopAt && isBlank(text.charCodeAt(at))) at++;
      if (at === stopAt) {
        blank++;
        continue;
      }
      if (at - start < least || (at === start && isDocumentMarker(reader, start))) {
        syntaxProblem(reader, 'a quoted string is not closed before the indentation ends', startedAt);
        // The row is the next key's: step back so that ending the scalar lands on it.
        reader.row = reader.row - 1;
        reader.at = rowEnd(reader, reader.row);
        return out;
      }
      from = at;
      break;
    }
    if (blank > 0) out += '\n'.repeat(blank);
    else if (!escapedBreak) out += ' ';
  }
}

function endsInEscape(raw: string): boolean {
  let slashes = 0;
  for (let at = raw.length - 1; at >= 0 && raw.charCodeAt(at) === 92; at--) slashes++;
  return slashes % 2 === 1;
}

const decodeSingle = (raw: string): string => raw.replaceAll("''", "'");

/** https://yaml.org/spec/1.2.2/#57-escaped-characters */
const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['0', '\0'],
  ['a', '\x07'],
  ['b', '\b'],
  ['t', '\t'],
  ['\t', '\t'],
  ['n', '\n'],
  ['v', '\v'],
  ['f', '\f'],
  ['r', '\r'],
  ['e', '\x1b'],
  [' ', ' '],
  ['"', '"'],
  ['/', '/'],
  ['\\', '\\'],
  ['N', '\x85'],
  ['_', '\xa0'],
  ['L', '\u2028'],
  ['P', '\u2029'],
]);
const HEX_LENGTH: ReadonlyMap<string, number> = new Map([
  ['x', 2],
  ['u', 4],
  ['U', 8],
]);

function decodeDouble(raw: string, reader: Reader): string {
  if (!raw.includes('\\')) return raw;
  let out = '';
  for (let at = 0; at < raw.length; at++) {
    const char = raw[at]!;
    if (char !== '\\') {
      out += char;
      continue;
    }
    const letter = raw[++at] ?? '';
    const length = HEX_LENGTH.get(letter);
    if (length !== undefined) {
      const digits = raw.slice(at + 1, at + 1 + length);
      const code =
        /^[0-9A-Fa-f]+$/.test(digits) && digits.length === length ? Number.parseInt(digits, 16) : -1;
      if (code < 0 || code > 0x10ffff) syntaxProblem(reader, `a broken escape \\${letter}`);
      else {
        out += String.fromCodePoint(code);
        at += length;
      }
      continue;
    }
    const plain = ESCAPES.get(letter);
    if (plain === undefined) syntaxProblem(reader, 'an unknown escape in a quoted string');
    out += plain ?? letter;
  }
  return out;
}

/**
 * A literal (`|`) or folded (`>`) scalar. Its content is indented more than `parent` columns (−1 at the top level).
 * https://yaml.org/spec/1.2.2/#81-block-scalar-styles
 */
export function blockScalar(reader: Reader, parent: number): YamlScalar {
  const { text } = reader;
  const line = reader.row + 1;
  const folded = text.charCodeAt(reader.at) === 62;
  let chomp = '';
  let indent = -1;
  for (reader.at++; ; reader.at++) {
    const char = text[reader.at] ?? '';
    if (char === '+' || char === '-') chomp = char;
    else if (char >= '1' && char <= '9') indent = Math.max(parent, 0) + Number(char);
    else break;
  }
  const comment = trailing(reader);
  const rows: string[] = [];
  let last = 0;
  while (reader.row < reader.rows) {
    const start = reader.starts[reader.row]!;
    const end = rowEnd(reader, reader.row);
    let at = start;
    while (at < end && text.charCodeAt(at) === 32) at++;
    const isEmpty = at === end;
    if (!isEmpty && indent === -1) {
      if (at - start <= parent) break;
      indent = at - start;
    }
    if (!isEmpty && (at - start < indent || (at === start && isDocumentMarker(reader, start)))) break;
    rows.push(isEmpty && (indent === -1 || end - start <= indent) ? '' : text.slice(start + indent, end));
    if (rows.at(-1) !== '') last = rows.length;
    nextRow(reader);
  }
  const kept = chomp === '+' ? rows.length - last : chomp === '-' || last === 0 ? 0 : 1;
  const body = rows.slice(0, last);
  const value =
    (folded ? fold(body) : body.join('\n')) + '\n'.repeat(kept + (chomp === '+' && last > 0 ? 1 : 0));
  return scalar(line, value, 'block', comment);
}

/** Folds rows into paragraphs; rows that start with space are kept as they are. */
function fold(rows: readonly string[]): string {
  const out: string[] = [];
  let breaks = 0;
  let previousSpaced = false;
  let started = false;
  for (const row of rows) {
    if (row === '') {
      breaks++;
      continue;
    }
    const spaced = isBlank(row.charCodeAt(0));
    if (!started) out.push('\n'.repeat(breaks));
    else if (spaced || previousSpaced) out.push('\n'.repeat(breaks + 1));
    else out.push(breaks === 0 ? ' ' : '\n'.repeat(breaks));
    out.push(row);
    started = true;
    breaks = 0;
    previousSpaced = spaced;
  }
  return out.join('');
}
