/** Matches one part of a path (no `/` in it) against a glob part. */
export type PartMatcher = (part: string) => boolean;

type Token =
  | { readonly kind: 'char'; readonly char: string }
  | { readonly kind: 'any' }
  | { readonly kind: 'star' }
  | { readonly kind: 'class'; readonly negated: boolean; readonly test: (code: number) => boolean };

/**
 * Compiles one part of a gitignore pattern: `*`, `?`, `[a-z]`, `[!a]`, `[[:digit:]]`, `\x`.
 * `undefined` when the pattern is malformed (git then matches nothing).
 * Matching takes at most length × pattern steps. https://git-scm.com/docs/gitignore#_pattern_format
 */
export function compilePart(pattern: string): PartMatcher | undefined {
  const tokens = tokenise(pattern);
  if (tokens === undefined) return undefined;
  const [first, ...rest] = tokens;
  if (first?.kind === 'star' && rest.length === 0) return () => true;
  const literal = literalOf(tokens);
  if (literal !== undefined) return (part) => part === literal;
  const tail = first?.kind === 'star' ? literalOf(rest) : undefined;
  if (tail !== undefined) return (part) => part.endsWith(tail);
  const head = tokens.at(-1)?.kind === 'star' ? literalOf(tokens.slice(0, -1)) : undefined;
  if (head !== undefined) return (part) => part.startsWith(head);
  return (part) => matchTokens(tokens, part);
}

/** The text that a part without wildcards stands for, escapes resolved; `undefined` when it has wildcards. */
export function literalPart(pattern: string): string | undefined {
  const tokens = tokenise(pattern);
  return tokens === undefined ? undefined : literalOf(tokens);
}

/**
 * Whether the parts of a path match the parts of a pattern, where `'**'` stands for any number of parts
 * (at the end: at least one). Greedy, with a step back to the last `**` only: at most parts × parts matches.
 */
export function matchParts(pattern: readonly (PartMatcher | '**')[], parts: readonly string[]): boolean {
  let p = 0;
  let t = 0;
  let backPattern = -1;
  let backText = 0;
  for (;;) {
    const step = pattern[p];
    if (step === '**') {
      if (p === pattern.length - 1) return t < parts.length;
      backPattern = ++p;
      backText = t;
    } else if (t < parts.length && step?.(parts[t]!) === true) {
      p++;
      t++;
    } else if (t === parts.length && p === pattern.length) return true;
    else if (backPattern !== -1 && backText < parts.length) {
      p = backPattern;
      t = ++backText;
    } else return false;
  }
}

function matchTokens(tokens: readonly Token[], text: string): boolean {
  let p = 0;
  let t = 0;
  let backToken = -1;
  let backText = 0;
  while (t < text.length) {
    const token = tokens[p];
    if (token?.kind === 'star') {
      backToken = ++p;
      backText = t;
    } else if (token !== undefined && matchOne(token, text, t)) {
      p++;
      t++;
    } else if (backToken !== -1) {
      p = backToken;
      t = ++backText;
    } else return false;
  }
  while (tokens[p]?.kind === 'star') p++;
  return p === tokens.length;
}

function matchOne(token: Token, text: string, at: number): boolean {
  if (token.kind === 'char') return text[at] === token.char;
  if (token.kind === 'class') return token.test(text.charCodeAt(at)) !== token.negated;
  return token.kind === 'any';
}

function literalOf(tokens: readonly Token[]): string | undefined {
  let text = '';
  for (const token of tokens) {
    if (token.kind !== 'char') return undefined;
    text += token.char;
  }
  return text;
}

function tokenise(pattern: string): Token[] | undefined {
  const tokens: Token[] = [];
  for (let i = 0; i < pattern.length; i++) {
    const char = pattern[i]!;
    if (char === '*') {
      if (tokens.at(-1)?.kind !== 'star') tokens.push({ kind: 'star' });
    } else if (char === '?') tokens.push({ kind: 'any' });
    else if (char === '[') {
      const found = readClass(pattern, i);
      if (found === undefined) return undefined;
      tokens.push(found.token);
      i = found.end;
    } else if (char === '\\') {
      if (++i === pattern.length) return undefined;
      tokens.push({ kind: 'char', char: pattern[i]! });
    } else tokens.push({ kind: 'char', char });
  }
  return tokens;
}

const NAMED: Readonly<Record<string, RegExp>> = {
  alnum: /[A-Za-z0-9]/,
  alpha: /[A-Za-z]/,
  blank: /[ \t]/,
  digit: /[0-9]/,
  graph: /[!-~]/,
  lower: /[a-z]/,
  print: /[ -~]/,
  punct: /[!-/:-@[-`{-~]/,
  space: /\s/,
  upper: /[A-Z]/,
  xdigit: /[A-Fa-f0-9]/,
};

function readClass(
  pattern: string,
  open: number,
): { readonly token: Token; readonly end: number } | undefined {
  let at = open + 1;
  const negated = pattern[at] === '!' || pattern[at] === '^';
  if (negated) at++;
  const ranges: [number, number][] = [];
  const named: RegExp[] = [];
  for (let first = true; ; first = false) {
    if (at >= pattern.length) return undefined;
    if (pattern[at] === ']' && !first) break;
    const name = pattern.startsWith('[:', at) ? pattern.indexOf(':]', at + 2) : -1;
    if (name !== -1) {
      const word = pattern.slice(at + 2, name);
      if (!Object.hasOwn(NAMED, word)) return undefined;
      named.push(NAMED[word]!);
      at = name + 2;
      continue;
    }
    if (pattern[at] === '\\') at++;
    const low = pattern.charCodeAt(at++);
    let high = low;
    if (pattern[at] === '-' && at + 1 < pattern.length && pattern[at + 1] !== ']') {
      at++;
      if (pattern[at] === '\\') at++;
      high = pattern.charCodeAt(at++);
    }
    if (Number.isNaN(low) || Number.isNaN(high)) return undefined;
    ranges.push([low, high]);
  }
  const test = (code: number): boolean =>
    ranges.some(([low, high]) => code >= low && code <= high) ||
    named.some((pattern) => pattern.test(String.fromCharCode(code)));
  return { token: { kind: 'class', negated, test }, end: at };
}
