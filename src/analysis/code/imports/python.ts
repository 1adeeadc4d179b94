import type { ScannedCode, SeenImport } from './javascript.ts';
import { isIdentifierPart, isIdentifierStart } from './letters.ts';

/**
 * Absolute imports of Python: `import a.b as c, d`, `from a.b import c`, `importlib.import_module('a')`, `__import__('a')`.
 * Specifiers are dotted module names; `from a import b` gives `a` and, since `b` may be a module, `a.b` is not guessed. Relative imports are left out.
 * https://docs.python.org/3/reference/simple_stmts.html#import. Never fails; linear.
 */
export function scanPython(text: string): ScannedCode {
  const imports: SeenImport[] = [];
  const end = text.length;
  const strings = new Set<string>();
  let computed = 0;
  let line = 1;
  let at = 0;
  /** A statement may begin here: at the start of a line outside brackets, after `;` and after `:`. */
  let fresh = true;
  let depth = 0;

  const blanks = (from: number): number => {
    let i = from;
    for (;;) {
      const code = text.charCodeAt(i);
      if (code === 32 || code === 9 || code === 12) i++;
      else if (code === BACKSLASH && text.charCodeAt(i + 1) === NEWLINE) i += 2;
      else if (code === BACKSLASH && text.charCodeAt(i + 1) === 13 && text.charCodeAt(i + 2) === NEWLINE)
        i += 3;
      else return i;
    }
  };
  const dotted = (from: number): number => {
    let i = from;
    while (i < end && (isIdentifierPart(text.charCodeAt(i)) || text.charCodeAt(i) === DOT)) i++;
    return i;
  };
  const add = (specifier: string, kind: SeenImport['kind']): void => {
    if (specifier !== '' && !specifier.startsWith('.')) imports.push({ specifier, line, kind });
  };
  /** `a.b as c, d`: the position after it. */
  const names = (from: number): number => {
    for (let i = blanks(from); ;) {
      const stop = dotted(i);
      if (stop === i) return i;
      add(text.slice(i, stop), 'static');
      i = blanks(stop);
      if (text.startsWith('as', i) && !isIdentifierPart(text.charCodeAt(i + 2)))
        i = blanks(dotted(blanks(i + 2)));
      if (text.charCodeAt(i) !== COMMA) return i;
      i = blanks(i + 1);
    }
  };
  /** The module of a call such as `import_module('a')`. */
  const called = (from: number): void => {
    const open = blanks(from);
    if (text.charCodeAt(open) !== PAREN) return;
    const quote = blanks(open + 1);
    const code = text.charCodeAt(quote);
    const stop = code === SINGLE || code === DOUBLE ? dotted(quote + 1) : quote;
    if (stop > quote + 1 && text.charCodeAt(stop) === code) add(text.slice(quote + 1, stop), 'dynamic');
    else if (code !== SINGLE && code !== DOUBLE) computed++;
  };

  while (at < end) {
    const code = text.charCodeAt(at);
    if (code === NEWLINE) {
      line++;
      at++;
      fresh = depth === 0;
    } else if (code === 32 || code === 9 || code === 13 || code === 12 || code === 0xfeff) at++;
    else if (code === HASH) {
      const newline = text.indexOf('\n', at);
      at = newline === -1 ? end : newline;
    } else if (isIdentifierStart(code)) {
      const stop = wordEnd(at);
      const length = stop - at;
      const word = length <= 13 ? text.slice(at, stop) : '';
      const quote = text.charCodeAt(stop);
      if ((quote === SINGLE || quote === DOUBLE) && length <= 3) {
        // A string's prefix (r, b, f, …); a raw string's backslash keeps the quote from ending it all the same.
        at = stringEnd(stop);
        fresh = false;
        continue;
      }
      if (fresh && word === 'import') at = names(stop);
      else if (fresh && word === 'from') {
        const start = blanks(stop);
        at = dotted(start);
        const next = blanks(at);
        if (text.startsWith('import', next)) add(text.slice(start, at), 'static');
      } else {
        if (word === 'import_module' || word === '__import__') called(stop);
        at = stop;
      }
      fresh = false;
    } else if (code === SINGLE || code === DOUBLE) {
      at = stringEnd(at);
      fresh = false;
    } else if (code === BACKSLASH) {
      if (text.charCodeAt(at + 1) === NEWLINE) line++;
      at += 2;
    } else {
      if (code === PAREN || code === 91 || code === 123) depth++;
      else if (code === 41 || code === 93 || code === 125) depth = Math.max(0, depth - 1);
      fresh = depth === 0 && (code === 59 || code === 58);
      at++;
    }
  }
  return { imports, computed, strings, texts: [] };

  function wordEnd(from: number): number {
    let i = from;
    while (i < end && isIdentifierPart(text.charCodeAt(i))) i++;
    return i;
  }
  /** After a string; one in single quotes ends with its line. Counts the lines of others. */
  function stringEnd(from: number): number {
    const quote = text[from]!;
    const triple = text.startsWith(quote.repeat(3), from);
    for (let i = from + (triple ? 3 : 1); i < end; i++) {
      const code = text.charCodeAt(i);
      if (code === BACKSLASH) {
        if (text.charCodeAt(i + 1) === NEWLINE) line++;
        i++;
      } else if (code === NEWLINE) {
        if (!triple) return i;
        line++;
      } else if (text[i] === quote && (!triple || text.startsWith(quote.repeat(3), i))) {
        if (!triple && i - from <= LONGEST_NAME) strings.add(text.slice(from + 1, i));
        return i + (triple ? 3 : 1);
      }
    }
    return end;
  }
}

/** Settings name modules in strings (Django's INSTALLED_APPS); longer ones are texts. */
const LONGEST_NAME = 120;

const NEWLINE = 10;
const DOUBLE = 34;
const HASH = 35;
const SINGLE = 39;
const PAREN = 40;
const COMMA = 44;
const DOT = 46;
const BACKSLASH = 92;
