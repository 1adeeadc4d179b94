import { characters } from './characters.ts';

const [TAB, LF, CR, SPACE, BACKSLASH, EQUALS] = [9, 10, 13, 32, 0x5c, 0x3d];
/** Bytes between two strings that are joined. */
const MOST_BETWEEN = 120;
/** Bytes of a line that are counted. */
const MOST_LINE = 80;

/** What tokens are made of, but for `=`, which ends them. */
export const TOKEN: Uint8Array = new Uint8Array(256);
for (const unit of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+/.~-')
  TOKEN[unit.charCodeAt(0)] = 1;

/** Where a word goes on behind `NAME+=` or `$name .= "` at the start of a line. -1: it is none. */
export function afterAppend(bytes: Uint8Array, at: number, to: number): number {
  let next = at;
  const most = Math.min(to, at + MOST_LINE);
  while (next < most && (bytes[next] === SPACE || bytes[next] === TAB)) next++;
  const name = next;
  while (next < most && (TOKEN[bytes[next]!] === 1 || bytes[next] === 0x24)) {
    // The sign belongs to the name's bytes: it is one of those of tokens.
    if ((bytes[next] === 0x2b || bytes[next] === 0x2e) && bytes[next + 1] === EQUALS) break;
    next++;
  }
  if (next === name) return -1;
  while (next < most && bytes[next] === SPACE) next++;
  if ((bytes[next] !== 0x2b && bytes[next] !== 0x2e) || bytes[next + 1] !== EQUALS) return -1;
  next += 2;
  while (next < most && bytes[next] === SPACE) next++;
  return isQuote(bytes[next]) ? next + 1 : next;
}

const isQuote = (unit: number | undefined): boolean => unit === 0x22 || unit === 0x27 || unit === 0x60;

/** Signs that join two strings in some language. Without one they stand side by side. */
const OPERATORS: ReadonlySet<string> = new Set(['+', '.', '&', '..', '||', '<>', '<<', '++', '~']);
const OPERATOR_SIGN = new Uint8Array(256);
for (const unit of '+.&|<>~') OPERATOR_SIGN[unit.charCodeAt(0)] = 1;

function isOperator(bytes: Uint8Array, start: number, end: number): boolean {
  return OPERATORS.has(characters(bytes, start, end));
}

/** From a quote over a sign that joins to behind the next quote. */
export function betweenStrings(bytes: Uint8Array, at: number, to: number): number {
  const most = Math.min(to, at + MOST_BETWEEN);
  // `'ab'"cd"` of a shell.
  if (isQuote(bytes[at + 1]) && bytes[at + 1] !== bytes[at]) return at + 2;
  if (bytes[at + 1] === 0x3b || bytes[at + 1] === LF || bytes[at + 1] === CR) {
    const line = afterSpace(bytes, bytes[at + 1] === 0x3b ? at + 2 : at + 1, most);
    const append = afterAppend(bytes, line, to);
    if (append !== -1) return append;
  }
  if (bytes[at + 1] === 0x29) return afterCall(bytes, at + 1, most);
  const chained = bytes[at + 1] === 0x2e ? afterCall(bytes, at, most) : at;
  if (chained !== at) return chained;
  const sign = afterSpace(bytes, at + 1, most);
  let end = sign;
  while (end < most && end - sign < 3 && OPERATOR_SIGN[bytes[end]!] === 1) end++;
  // Side by side they are indented, if on two lines: at their start stand rows of CSV.
  const isAside = end === sign && sign > at + 1 && bytes[sign - 1] !== LF;
  if (end === sign ? !isAside : !isOperator(bytes, sign, end)) return at;
  const quote = afterSpace(bytes, end, most);
  const unit = bytes[quote];
  return quote < most && (unit === 0x22 || unit === 0x27 || unit === 0x60) ? quote + 1 : at;
}

/** From `).append("` or `.concat("` to behind its quote; from the byte before the dot. The quote's place when it is none. */
function afterCall(bytes: Uint8Array, at: number, to: number): number {
  const quote = bytes[at] === 0x29 ? at - 1 : at;
  const dot = afterSpace(bytes, at + 1, to);
  if (bytes[dot] !== 0x2e) return quote;
  const text = characters(bytes, dot, Math.min(to, dot + 24));
  const call = /^\.(?:append|concat|push|Append|write)\(\s{0,4}["'`]/.exec(text);
  return call === null ? quote : dot + call[0].length;
}

/** Space, line ends, and the signs that a line goes on: `\`, `_` of Basic, `...` of MATLAB. */
function afterSpace(bytes: Uint8Array, at: number, to: number): number {
  let next = at;
  while (next < to) {
    const unit = bytes[next]!;
    const isSpace = unit === SPACE || unit === TAB || unit === LF || unit === CR;
    const isSign = unit === BACKSLASH || (unit === 0x5f && next > at);
    const goesOn = (end: number): boolean => bytes[end] === LF || bytes[end] === CR;
    if (unit === 0x2e && bytes[next + 1] === 0x2e && bytes[next + 2] === 0x2e && goesOn(next + 3)) next += 2;
    else if (!isSpace && !(isSign && goesOn(next + 1))) break;
    next++;
  }
  return next;
}

/** Behind spaces and tabs, a line's worth at most. */
export function afterIndent(bytes: Uint8Array, at: number, to: number): number {
  let next = at;
  while (next < Math.min(to, at + MOST_LINE) && (bytes[next] === SPACE || bytes[next] === TAB)) next++;
  return next;
}
