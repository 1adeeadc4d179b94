/** What `scanToml` calls, in file order. Lines are 1-based. */
export interface TomlVisitor {
  /** A `[table]` or `[[array of tables]]` header. */
  table?(path: readonly string[], isArray: boolean, line: number): void;
  /** A `key = value`; the value is `text.slice(start, end)`, for `readTomlValue`. */
  entry?(key: readonly string[], start: number, end: number, line: number): void;
}

/** Something that is not TOML, and where. `open` when the text ended inside a value: truncated. */
export interface TomlFault {
  readonly line: number;
  readonly expected: string;
  readonly open: boolean;
}

const NEWLINE = 10;
const QUOTE = 34;
const APOSTROPHE = 39;

/**
 * One pass over TOML text without building values: tells headers and entries with their lines.
 * A line that is not TOML is a fault, and the scan goes on with the next line; a value that is never closed ends it.
 * It is laxer than TOML (redefined tables, odd numbers): lockfiles are written by machines, and their reader wants speed and lines.
 * Linear in the size of the text. https://toml.io/en/v1.0.0
 */
export function scanToml(text: string, visitor: TomlVisitor): readonly TomlFault[] {
  const faults: TomlFault[] = [];
  let at = 0;
  let line = 1;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === NEWLINE) {
      line++;
      at++;
    } else if (code === 32 || code === 9 || code === 13) at++;
    else if (code === 35 /* # */) at = endOfLine(text, at);
    else if (code === 91 /* [ */) {
      const isArray = text.charCodeAt(at + 1) === 91;
      const header = readKey(text, at + (isArray ? 2 : 1));
      const close = isArray ? ']]' : ']';
      if (header === undefined || !text.startsWith(close, header.end)) {
        const end = endOfLine(text, at);
        faults.push({ line, expected: `a table name and \`${close}\``, open: end === text.length });
        at = end;
        continue;
      }
      visitor.table?.(header.path, isArray, line);
      at = restOfLine(text, header.end + close.length, line, faults);
    } else {
      const key = readKey(text, at);
      if (key === undefined || text.charCodeAt(key.end) !== 61 /* = */) {
        const end = endOfLine(text, at);
        faults.push({ line, expected: '`key = value`', open: end === text.length });
        at = end;
        continue;
      }
      const start = skipBlank(text, key.end + 1);
      const value = skipValue(text, start);
      if (value.fault !== undefined) {
        faults.push({ line: line + value.lines, expected: value.fault, open: value.end >= text.length });
        at = endOfLine(text, value.end);
      } else {
        visitor.entry?.(key.path, start, value.end, line);
        at = restOfLine(text, value.end, line + value.lines, faults);
      }
      line += value.lines;
    }
  }
  return faults;
}

/**
 * The value of one entry that `scanToml` told: strings, booleans, safe integers, arrays, inline tables (without prototype);
 * floats and dates stay as they are written. `undefined` when it cannot be read or nests deeper than 64.
 */
export function readTomlValue(text: string, start: number, end: number): unknown {
  // Most values of a lockfile are plain strings.
  if (text.charCodeAt(start) === QUOTE && text.charCodeAt(end - 1) === QUOTE && end - start >= 2) {
    const inner = text.slice(start + 1, end - 1);
    if (!inner.includes('"') && !inner.includes('\\')) return inner;
  }
  const read = valueAt(text, start, end, 0);
  return read?.value;
}

interface Read {
  readonly value: unknown;
  readonly end: number;
}

const MAX_NESTING = 64;

function valueAt(text: string, start: number, end: number, depth: number): Read | undefined {
  if (depth > MAX_NESTING || start >= end) return undefined;
  const code = text.charCodeAt(start);
  if (code === QUOTE || code === APOSTROPHE) {
    const close = endOfString(text, start);
    return close === undefined || close.end > end
      ? undefined
      : { value: decode(text, start, close.end), end: close.end };
  }
  if (code === 91 /* [ */) return arrayFrom(text, start, end, depth);
  if (code === 123 /* { */) return tableFrom(text, start, end, depth);
  let at = start;
  while (at < end && isBare(text.charCodeAt(at))) at++;
  const word = text.slice(start, at).trim();
  if (word === '') return undefined;
  if (word === 'true' || word === 'false') return { value: word === 'true', end: at };
  const number = /^[+-]?\d{1,15}$/.test(word) ? Number(word) : word;
  return { value: number, end: at };
}

function arrayFrom(text: string, start: number, end: number, depth: number): Read | undefined {
  const values: unknown[] = [];
  let at = start + 1;
  for (;;) {
    at = skipVoid(text, at, end);
    if (text.charCodeAt(at) === 93 /* ] */ && at < end) return { value: values, end: at + 1 };
    const item = valueAt(text, at, end, depth + 1);
    if (item === undefined) return undefined;
    values.push(item.value);
    at = skipVoid(text, item.end, end);
    if (text.charCodeAt(at) === 44 /* , */) at++;
    else if (text.charCodeAt(at) !== 93) return undefined;
  }
}

function tableFrom(text: string, start: number, end: number, depth: number): Read | undefined {
  const table = Object.create(null) as Record<string, unknown>;
  let at = start + 1;
  for (;;) {
    at = skipVoid(text, at, end);
    if (text.charCodeAt(at) === 125 /* } */ && at < end) return { value: table, end: at + 1 };
    const key = readKey(text, at);
    if (key === undefined || text.charCodeAt(key.end) !== 61 || key.end >= end) return undefined;
    const item = valueAt(text, skipVoid(text, key.end + 1, end), end, depth + 1);
    if (item === undefined) return undefined;
    setTomlPath(table, key.path, item.value);
    at = skipVoid(text, item.end, end);
    if (text.charCodeAt(at) === 44) at++;
    else if (text.charCodeAt(at) !== 125) return undefined;
  }
}

/** Sets a dotted key, making tables on the way; what stands in the way and is no table is replaced. Keys stay own data. */
export function setTomlPath(table: Record<string, unknown>, path: readonly string[], value: unknown): void {
  let here = table;
  for (const key of path.slice(0, -1)) {
    const next = Object.hasOwn(here, key) ? here[key] : undefined;
    const inside = Array.isArray(next) ? (next.at(-1) as unknown) : next;
    if (typeof inside === 'object' && inside !== null && !Array.isArray(inside))
      here = inside as Record<string, unknown>;
    else here = here[key] = Object.create(null) as Record<string, unknown>;
  }
  here[path.at(-1)!] = value;
}

/** A dotted key from `at`; `end` is the next character that is not blank. Never crosses a line. */
function readKey(
  text: string,
  at: number,
): { readonly path: readonly string[]; readonly end: number } | undefined {
  const path: string[] = [];
  let i = at;
  for (;;) {
    i = skipBlank(text, i);
    const code = text.charCodeAt(i);
    if (code === QUOTE || code === APOSTROPHE) {
      const close = endOfString(text, i);
      if (close === undefined || close.lines > 0) return undefined;
      path.push(decode(text, i, close.end));
      i = close.end;
    } else {
      const start = i;
      while (isBareKey(text.charCodeAt(i))) i++;
      if (i === start) return undefined;
      path.push(text.slice(start, i));
    }
    i = skipBlank(text, i);
    if (text.charCodeAt(i) !== 46 /* . */) return { path, end: i };
    i++;
  }
}

/** Finds the end of a value; `lines` is how many line ends it holds. */
function skipValue(
  text: string,
  start: number,
): { readonly end: number; readonly lines: number; readonly fault?: string } {
  const first = text.charCodeAt(start);
  if (first === QUOTE || first === APOSTROPHE) {
    const close = endOfString(text, start);
    return close ?? { ...brokenString(text, start), lines: 0 };
  }
  if (first === 91 || first === 123) return skipBrackets(text, start);
  let end = start;
  while (isBare(text.charCodeAt(end))) end++;
  while (end > start && text.charCodeAt(end - 1) === 32) end--;
  return end === start ? { end, lines: 0, fault: 'a value' } : { end, lines: 0 };
}

function skipBrackets(
  text: string,
  start: number,
): { readonly end: number; readonly lines: number; readonly fault?: string } {
  let depth = 0;
  let lines = 0;
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === NEWLINE) lines++;
    else if (code === QUOTE || code === APOSTROPHE) {
      const close = endOfString(text, at);
      if (close === undefined) return { ...brokenString(text, at), lines };
      lines += close.lines;
      at = close.end - 1;
    } else if (code === 35 /* # */) at = endOfLine(text, at) - 1;
    else if (code === 91 || code === 123) depth++;
    else if ((code === 93 || code === 125) && --depth === 0) return { end: at + 1, lines };
  }
  return { end: text.length, lines, fault: 'the end of an array or inline table' };
}

/** A string of one line may be broken alone; one of many lines takes the rest of the file with it. */
function brokenString(text: string, at: number): { readonly end: number; readonly fault: string } {
  const isLong = text.startsWith('"""', at) || text.startsWith("'''", at);
  return { end: isLong ? text.length : endOfLine(text, at), fault: 'the end of a string' };
}

/** End (exclusive) of the string that starts at `at`, `undefined` when it is not closed. */
function endOfString(text: string, at: number): { readonly end: number; readonly lines: number } | undefined {
  const quote = text.charCodeAt(at);
  const isLong = text.charCodeAt(at + 1) === quote && text.charCodeAt(at + 2) === quote;
  let lines = 0;
  for (let i = at + (isLong ? 3 : 1); i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 92 /* \ */ && quote === QUOTE) {
      if (text.charCodeAt(i + 1) === NEWLINE) lines++;
      i++;
    } else if (code === NEWLINE) {
      if (!isLong) return undefined;
      lines++;
    } else if (code === quote) {
      if (!isLong) return { end: i + 1, lines };
      if (text.charCodeAt(i + 1) !== quote || text.charCodeAt(i + 2) !== quote) continue;
      // Up to two quotes may stand before the closing three.
      let end = i + 3;
      while (end < i + 5 && text.charCodeAt(end) === quote) end++;
      return { end, lines };
    }
  }
  return undefined;
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['b', '\b'],
  ['t', '\t'],
  ['n', '\n'],
  ['f', '\f'],
  ['r', '\r'],
  ['e', '\u001b'],
  ['"', '"'],
  ['\\', '\\'],
]);

function decode(text: string, start: number, end: number): string {
  const isBasic = text.charCodeAt(start) === QUOTE;
  const isLong = end - start >= 6 && (text.startsWith('"""', start) || text.startsWith("'''", start));
  let inner = text.slice(start + (isLong ? 3 : 1), end - (isLong ? 3 : 1));
  if (isLong) inner = inner.replace(/^\r?\n/, '');
  if (!isBasic || !inner.includes('\\')) return inner;
  return inner.replaceAll(
    /\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|([ \t]*\r?\n)\s*|(.))/g,
    (whole, two?: string, four?: string, eight?: string, broken?: string, one?: string) => {
      if (broken !== undefined) return '';
      if (one !== undefined) return ESCAPES.get(one) ?? whole;
      const point = Number.parseInt(two ?? four ?? eight ?? '', 16);
      return point > 0x10ffff ? whole : String.fromCodePoint(point);
    },
  );
}

/** Goes to the end of the line; anything but blanks or a comment there is a fault. */
function restOfLine(text: string, at: number, line: number, faults: TomlFault[]): number {
  const next = skipBlank(text, at);
  const code = text.charCodeAt(next);
  const end = endOfLine(text, next);
  if (next < text.length && code !== NEWLINE && code !== 35 && code !== 13)
    faults.push({ line, expected: 'the end of the line', open: false });
  return end;
}

function skipVoid(text: string, at: number, end: number): number {
  let i = at;
  for (; i < end; i++) {
    const code = text.charCodeAt(i);
    if (code === 35) i = endOfLine(text, i) - 1;
    else if (code !== 32 && code !== 9 && code !== NEWLINE && code !== 13) break;
  }
  return i;
}

function skipBlank(text: string, at: number): number {
  let i = at;
  while (text.charCodeAt(i) === 32 || text.charCodeAt(i) === 9) i++;
  return i;
}

function endOfLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end;
}

const isBareKey = (code: number): boolean =>
  (code >= 97 && code <= 122) ||
  (code >= 65 && code <= 90) ||
  (code >= 48 && code <= 57) ||
  code === 95 ||
  code === 45;

/** Numbers, dates, `true`, `false`, `inf`, `nan`; a date may hold one space. */
const isBare = (code: number): boolean =>
  isBareKey(code) || code === 43 || code === 46 || code === 58 || code === 32;
