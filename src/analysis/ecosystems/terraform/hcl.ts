/** One top-level block of an HCL file, e.g. `provider "a/b" { … }`. */
export interface HclBlock {
  readonly type: string;
  readonly labels: readonly string[];
  readonly line: number;
  /** Attributes whose value is a quoted string without interpolation, or a list of such; in file order. */
  readonly attributes: ReadonlyMap<string, { readonly line: number; readonly values: readonly string[] }>;
  readonly blocks: readonly HclBlock[];
}

/** What was read, and the line at which the braces no longer add up. */
export interface HclFile {
  readonly blocks: readonly HclBlock[];
  readonly brokenAt: number | undefined;
}

/** Deepest nesting of blocks and objects that is followed. */
const MAX_DEPTH = 64;

type Token =
  | { readonly kind: 'name' | 'string' | 'text'; readonly value: string; readonly line: number }
  | { readonly kind: 'mark'; readonly value: string; readonly line: number }
  | { readonly kind: 'break'; readonly value: ''; readonly line: number };

/**
 * Reads blocks and their plain string attributes from HCL (https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md) in one linear pass.
 * Expressions are stepped over, not understood: enough for lock files, `required_providers` and `module` blocks.
 */
export function readHcl(text: string): HclFile {
  const tokens = tokenize(text);
  const cursor: Cursor = { tokens: tokens.tokens, at: 0, brokenAt: tokens.brokenAt };
  const blocks = readBody(cursor, 0).blocks;
  const left = cursor.tokens[cursor.at];
  return { blocks, brokenAt: cursor.brokenAt ?? left?.line };
}

interface Cursor {
  readonly tokens: readonly Token[];
  at: number;
  brokenAt: number | undefined;
}

interface Body {
  readonly attributes: Map<string, { line: number; values: readonly string[] }>;
  readonly blocks: HclBlock[];
}

/** Reads statements up to the closing brace (which is left) or the end. */
function readBody(cursor: Cursor, depth: number): Body {
  const body: Body = { attributes: new Map(), blocks: [] };
  for (;;) {
    const token = cursor.tokens[cursor.at];
    if (token === undefined || (token.kind === 'mark' && token.value === '}')) return body;
    cursor.at++;
    if (token.kind !== 'name' && token.kind !== 'string') {
      if (isOpening(token)) stepOver(cursor, cursor.at - 1);
      continue;
    }
    const labels: string[] = [];
    let next = cursor.tokens[cursor.at];
    while (next !== undefined && (next.kind === 'string' || next.kind === 'name')) {
      labels.push(next.value);
      next = cursor.tokens[++cursor.at];
    }
    if (next?.kind === 'mark' && next.value === '{') {
      cursor.at++;
      if (depth >= MAX_DEPTH) {
        stepOver(cursor, cursor.at - 1);
        cursor.brokenAt ??= token.line;
        continue;
      }
      const inner = readBody(cursor, depth + 1);
      if (cursor.tokens[cursor.at] === undefined) cursor.brokenAt ??= token.line;
      else cursor.at++;
      body.blocks.push({ type: token.value, labels, line: token.line, ...inner });
    } else if (next?.kind === 'mark' && (next.value === '=' || next.value === ':') && labels.length === 0) {
      cursor.at++;
      readValue(cursor, token, body, depth);
    } else stepOver(cursor, cursor.at);
  }
}

/** The value of an attribute: a string, a list of strings, an object (kept as a block), or something to step over. */
function readValue(cursor: Cursor, name: Token, body: Body, depth: number): void {
  const first = cursor.tokens[cursor.at];
  const { line } = name;
  if (first?.kind === 'string') {
    const after = cursor.tokens[cursor.at + 1];
    if (
      after === undefined ||
      after.kind === 'break' ||
      (after.kind === 'mark' && (after.value === ',' || after.value === '}'))
    )
      body.attributes.set(name.value, { line, values: [first.value] });
    stepOver(cursor, cursor.at);
    return;
  }
  if (first?.kind === 'mark' && first.value === '[') {
    const from = cursor.at;
    stepOver(cursor, from);
    const inside = cursor.tokens.slice(from + 1, cursor.at);
    const isPlain = inside.every(
      (token) => token.kind !== 'name' && token.kind !== 'text' && !isOpening(token),
    );
    if (isPlain)
      body.attributes.set(name.value, {
        line,
        values: inside.flatMap((token) => (token.kind === 'string' ? [token.value] : [])),
      });
    return;
  }
  if (first?.kind === 'mark' && first.value === '{' && depth < MAX_DEPTH) {
    cursor.at++;
    const inner = readBody(cursor, depth + 1);
    if (cursor.tokens[cursor.at] === undefined) cursor.brokenAt ??= line;
    else cursor.at++;
    body.blocks.push({ type: name.value, labels: [], line, ...inner });
    return;
  }
  stepOver(cursor, cursor.at);
}

const isOpening = (token: Token): boolean => token.kind === 'mark' && '{[('.includes(token.value);

/** Moves from a token to the end of its statement: the next line break or comma outside all brackets, or a closing brace of the body. */
function stepOver(cursor: Cursor, from: number): void {
  let open = 0;
  for (cursor.at = from; cursor.at < cursor.tokens.length; cursor.at++) {
    const token = cursor.tokens[cursor.at]!;
    if (token.kind === 'break' && open === 0) return;
    if (token.kind !== 'mark') continue;
    if (isOpening(token)) open++;
    else if (token.value === '}' || token.value === ']' || token.value === ')') {
      if (open === 0 && token.value === '}') return;
      if (open > 0) open--;
    } else if (token.value === ',' && open === 0) return;
  }
  if (open > 0) cursor.brokenAt ??= cursor.tokens[from]?.line;
}

/** Splits into names, plain strings, marks and line breaks; everything else is `text`. Comments and heredocs go. */
function tokenize(text: string): {
  readonly tokens: readonly Token[];
  readonly brokenAt: number | undefined;
} {
  const tokens: Token[] = [];
  let line = 1;
  let at = 0;
  while (at < text.length) {
    const char = text[at]!;
    if (char === '\n') {
      tokens.push({ kind: 'break', value: '', line });
      line++;
      at++;
    } else if (char === ' ' || char === '\t' || char === '\r' || char === '\uFEFF') at++;
    else if (char === '#' || text.startsWith('//', at)) at = endOfLine(text, at);
    else if (text.startsWith('/*', at)) {
      const end = text.indexOf('*/', at + 2);
      if (end === -1) return { tokens, brokenAt: line };
      for (let i = at; i < end; i++) if (text.charCodeAt(i) === 10) line++;
      at = end + 2;
    } else if (char === '"') {
      const end = stringEnd(text, at);
      if (end === -1) return { tokens, brokenAt: line };
      const raw = text.slice(at + 1, end);
      const isPlain = !raw.includes('${') && !raw.includes('%{') && !raw.includes('\\');
      tokens.push({ kind: isPlain ? 'string' : 'text', value: raw, line });
      at = end + 1;
    } else if (text.startsWith('<<', at)) {
      const word = /^<<-?([A-Za-z_][\w-]{0,99})\r?\n/.exec(text.slice(at, at + 110))?.[1];
      tokens.push({ kind: 'text', value: '<<', line });
      if (word === undefined) {
        at += 2;
        continue;
      }
      at = endOfLine(text, at);
      for (;;) {
        if (at >= text.length) return { tokens, brokenAt: line };
        at++;
        line++;
        const end = endOfLine(text, at);
        const isLast = text.slice(at, Math.min(end, at + 1000)).trim() === word;
        at = end;
        if (isLast) break;
      }
    } else if ('{}[]()=:,'.includes(char)) {
      tokens.push({ kind: 'mark', value: char, line });
      at++;
    } else {
      let end = at;
      while (end < text.length && !isStop(text[end]!)) end++;
      if (end === at) end++;
      const value = text.slice(at, end);
      tokens.push({ kind: /^[A-Za-z_][\w-]*$/.test(value) ? 'name' : 'text', value, line });
      at = end;
    }
  }
  return { tokens, brokenAt: undefined };
}

const isStop = (char: string): boolean => ' \t\r\n{}[]()=:,"#/<'.includes(char);

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end;
}

/** Offset of the closing quote; templates (`${ "…" }`) inside may hold quotes of their own. −1 when the line ends first. */
function stringEnd(text: string, from: number): number {
  let templates = 0;
  for (let at = from + 1; at < text.length; at++) {
    const char = text[at]!;
    if (char === '\\') at++;
    else if (char === '\n' && templates === 0) return -1;
    else if ((char === '$' || char === '%') && text[at + 1] === '{') {
      templates++;
      at++;
    } else if (char === '}' && templates > 0) templates--;
    else if (char === '"' && templates === 0) return at;
  }
  return -1;
}
