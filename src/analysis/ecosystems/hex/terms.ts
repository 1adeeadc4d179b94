/** An Elixir literal: strings and atoms (`:name`, told apart by the field), collections, and `key: value` or `key => value` pairs. */
export type Term =
  | { readonly kind: 'string' | 'atom' | 'other'; readonly text: string; readonly line: number }
  | { readonly kind: 'tuple' | 'list' | 'map'; readonly items: readonly Term[]; readonly line: number }
  | { readonly kind: 'pair'; readonly key: string; readonly value: Term; readonly line: number };

/** Deepest nesting that we accept: a lock entry needs five. */
const MAX_DEPTH = 32;

/**
 * Reads one Elixir literal that starts at or after `at`. `undefined` when it is no literal (a call, a variable, an operator),
 * is cut short, or nests deeper than 32. Nothing is evaluated. `end` is the offset after it, `line` the line there.
 * https://hexdocs.pm/elixir/syntax-reference.html
 */
export function readTerm(
  text: string,
  at: number,
  line: number,
  depth = 0,
): { readonly term: Term; readonly end: number; readonly line: number } | undefined {
  const start = skipSpace(text, at, line);
  const char = text[start.at];
  if (char === undefined || depth > MAX_DEPTH) return undefined;
  if (char === '{' || char === '[' || (char === '%' && text[start.at + 1] === '{'))
    return readItems(text, start.at, start.line, depth);
  if (char === '"') {
    const found = readString(text, start.at, start.line);
    return found === undefined ? undefined : withPair(text, found.text, 'string', start.line, found, depth);
  }
  if (char === ':' && text[start.at + 1] === '"') {
    const found = readString(text, start.at + 1, start.line);
    return found === undefined
      ? undefined
      : { term: { kind: 'atom', text: found.text, line: start.line }, end: found.end, line: found.line };
  }
  const isAtom = char === ':';
  let end = start.at + (isAtom ? 1 : 0);
  while (end < text.length && isWord(text.charCodeAt(end))) end++;
  const word = text.slice(start.at + (isAtom ? 1 : 0), end);
  if (word === '') return undefined;
  if (isAtom) return { term: { kind: 'atom', text: word, line: start.line }, end, line: start.line };
  if (text[end] === ':' && text[end + 1] !== ':')
    return withPair(text, word, 'other', start.line, { end, line: start.line }, depth);
  if (!/^(true|false|nil|-?\d[\w.]*)$/.test(word)) return undefined;
  return { term: { kind: 'other', text: word, line: start.line }, end, line: start.line };
}

/** The value of a keyword in a list or tuple of pairs. */
export function keyword(term: Term | undefined, key: string): Term | undefined {
  if (term === undefined || !('items' in term)) return undefined;
  for (const item of term.items) if (item.kind === 'pair' && item.key === key) return item.value;
  return undefined;
}

/** Text of a string or atom. */
export const textOf = (term: Term | undefined): string | undefined =>
  term !== undefined && 'text' in term ? term.text : undefined;

function readItems(text: string, start: number, line: number, depth: number): ReturnType<typeof readTerm> {
  const kind = text[start] === '{' ? 'tuple' : text[start] === '[' ? 'list' : 'map';
  const close = kind === 'list' ? ']' : '}';
  const items: Term[] = [];
  let here = skipSpace(text, start + (kind === 'map' ? 2 : 1), line);
  for (;;) {
    if (text[here.at] === close) return { term: { kind, items, line }, end: here.at + 1, line: here.line };
    const found = readTerm(text, here.at, here.line, depth + 1);
    if (found === undefined) return undefined;
    items.push(found.term);
    here = skipSpace(text, found.end, found.line);
    if (text[here.at] === ',') here = skipSpace(text, here.at + 1, here.line);
    else if (text[here.at] !== close) return undefined;
  }
}

/** `key: value`, `"key": value` and `"key" => value` are pairs; a lone string is itself. */
function withPair(
  text: string,
  key: string,
  kind: 'string' | 'other',
  line: number,
  after: { readonly end: number; readonly line: number },
  depth: number,
): ReturnType<typeof readTerm> {
  const next = skipSpace(text, after.end, after.line);
  const isArrow = text.startsWith('=>', next.at);
  const isColon = text[after.end] === ':';
  if (!isArrow && !isColon) return { term: { kind, text: key, line }, end: after.end, line: after.line };
  const found = readTerm(
    text,
    isColon ? after.end + 1 : next.at + 2,
    isColon ? after.line : next.line,
    depth + 1,
  );
  return found === undefined
    ? undefined
    : { term: { kind: 'pair', key, value: found.term, line }, end: found.end, line: found.line };
}

function readString(
  text: string,
  start: number,
  line: number,
): { readonly text: string; readonly end: number; readonly line: number } | undefined {
  let out = '';
  let at = line;
  let from = start + 1;
  for (let i = start + 1; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 34) return { text: out + text.slice(from, i), end: i + 1, line: at };
    if (code === 10) at++;
    else if (code === 92) {
      out += text.slice(from, i);
      from = ++i;
    } else if (code === 35 && text[i + 1] === '{') return undefined; // interpolation is code
  }
  return undefined;
}

/** The offset and line after white space and comments. */
export function skipSpace(
  text: string,
  at: number,
  line: number,
): { readonly at: number; readonly line: number } {
  let i = at;
  let count = line;
  for (; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 10) count++;
    else if (code === 35 /* # */) {
      const end = text.indexOf('\n', i);
      if (end === -1) return { at: text.length, line: count };
      i = end - 1;
    } else if (code !== 32 && code !== 9 && code !== 13) break;
  }
  return { at: i, line: count };
}

const isWord = (code: number): boolean =>
  (code >= 48 && code <= 57) ||
  (code >= 65 && code <= 90) ||
  (code >= 97 && code <= 122) ||
  code === 95 /* _ */ ||
  code === 63 /* ? */ ||
  code === 33 /* ! */ ||
  code === 46 /* . */ ||
  code === 45 /* - */ ||
  code === 64; /* @ */
