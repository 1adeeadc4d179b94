import { isIdentifierPart, isIdentifierStart, isSpace } from './letters.ts';

/** One mention of a module in code. */
export interface SeenImport {
  readonly specifier: string;
  /** 1-based. */
  readonly line: number;
  /** `type`: erased before the code runs (`import type`, a JSDoc type, a reference). */
  readonly kind: 'static' | 'dynamic' | 'require' | 'type';
}

export interface ScannedCode {
  /** In the order of the file; a module may come several times. */
  readonly imports: readonly SeenImport[];
  /** Imports whose module is computed: what they load cannot be said. */
  readonly computed: number;
  /** Texts of string literals that could be a component's name: configuration names plugins so. */
  readonly strings: ReadonlySet<string>;
  /** Longer texts in which names may stand: commands, paths, other languages in templates. */
  readonly texts: readonly string[];
}

/** The longest name that npm allows; longer strings name nothing. */
const LONGEST_NAME = 214;

/**
 * Imports of JavaScript, TypeScript and JSX: `import`, `export … from`, `import()`, `require()`, `require.resolve()`, mocks of jest and vitest,
 * reference comments. A scanner, not a parser: it knows strings, templates, comments and regular expressions, and takes the rest as words.
 * A quote or slash that opens nothing (in the text of JSX) costs at most its line. Never fails; every letter is looked at a few times at most.
 */
export function scanJavascript(text: string): ScannedCode {
  const scanner = scannerOf(text);
  let closed = scanner.run(true);
  // A backtick in the text of JSX opens no template: when one is never closed, they are read as plain signs from there on.
  if (!closed) closed = scanner.run(false);
  return scanner.result();
}

/** Words after which a slash begins a regular expression. */
const BEFORE_REGEX: ReadonlySet<string> = new Set(
  'return typeof case in of delete void throw new do else await yield instanceof default'.split(' '),
);
/** Words that cannot stand in an import clause. */
const NOT_IN_CLAUSE: ReadonlySet<string> = new Set(
  'import export const let var function class return if for while switch throw new require'.split(' '),
);
/** Members of `import` that load or name a module. */
const IMPORT_MEMBERS = ['.meta.resolve', '.source', '.defer'];
const MOCKS: ReadonlySet<string> = new Set(
  'mock doMock unmock dontMock setMock requireActual requireMock importActual importMock'.split(' '),
);

/** In a text of several words or a path names may stand. */
const SEPARATED = /[ /]/;

function scannerOf(text: string) {
  const imports: SeenImport[] = [];
  const strings = new Set<string>();
  const texts: string[] = [];
  const end = text.length;
  let computed = 0;
  let at = 0;
  let newline = text.indexOf('\n');
  let line = 1;
  /** Where an unclosed template began, and how much had been found before it. */
  let restart = { at: 0, imports: 0, texts: 0, computed: 0, line, newline };
  /** Up to where a quote (by its code) or a slash (0) is known to open nothing: its line has no end for it. */
  const plainUntil = new Map<number, number>();

  const lineAt = (offset: number): number => {
    while (newline !== -1 && newline < offset) {
      line++;
      newline = text.indexOf('\n', newline + 1);
    }
    return line;
  };
  const add = (specifier: string, offset: number, kind: SeenImport['kind']): void => {
    if (specifier !== '') imports.push({ specifier, line: lineAt(offset), kind });
  };

  const note = (literal: string): void => {
    if (literal.length <= LONGEST_NAME && !literal.includes(' ')) strings.add(literal);
    if (SEPARATED.test(literal)) texts.push(literal);
  };

  /** Past white space and comments; notes what comments refer to. */
  const skip = (from: number): number => {
    let i = from;
    for (;;) {
      while (i < end && isSpace(text.charCodeAt(i))) i++;
      if (text.charCodeAt(i) !== SLASH) return i;
      const next = text.charCodeAt(i + 1);
      if (next === SLASH) i = lineEnd(i);
      else if (next === STAR) {
        const close = text.indexOf('*/', i + 2);
        i = close === -1 ? end : close + 2;
      } else return i;
    }
  };
  const lineEnd = (from: number): number => {
    const newline = text.indexOf('\n', from);
    return newline === -1 ? end : newline;
  };
  /** The end of a quoted string, after its quote; `undefined` when its line ends first. */
  const stringEnd = (from: number): number | undefined => {
    const quote = text.charCodeAt(from);
    if (from < (plainUntil.get(quote) ?? 0)) return undefined;
    let i = from + 1;
    for (; i < end; i++) {
      const code = text.charCodeAt(i);
      if (code === quote) return i + 1;
      if (code === BACKSLASH)
        i += text.charCodeAt(i + 1) === 13 && text.charCodeAt(i + 2) === NEWLINE ? 2 : 1;
      else if (code === NEWLINE) break;
    }
    plainUntil.set(quote, i);
    return undefined;
  };
  const wordEnd = (from: number): number => {
    let i = from;
    while (i < end && isIdentifierPart(text.charCodeAt(i))) i++;
    return i;
  };
  /** A string or a template without a place-holder at `from`: its text and end. */
  const literalAt = (from: number): { readonly value: string; readonly end: number } | undefined => {
    const code = text.charCodeAt(from);
    if (code === BACKTICK) {
      for (let i = from + 1; i < end && i - from < LONGEST_NAME; i++) {
        const letter = text.charCodeAt(i);
        if (letter === BACKTICK) return { value: text.slice(from + 1, i), end: i + 1 };
        if (letter === BACKSLASH || (letter === DOLLAR && text.charCodeAt(i + 1) === OPEN)) return undefined;
      }
      return undefined;
    }
    if (code !== SINGLE && code !== DOUBLE) return undefined;
    const close = stringEnd(from);
    return close === undefined ? undefined : { value: text.slice(from + 1, close - 1), end: close };
  };
  /** The argument of a call whose bracket is the next sign; the position after it, or `from` when there is no call. */
  const call = (from: number, offset: number, kind: SeenImport['kind'], mustBeLiteral: boolean): number => {
    let open = skip(from);
    if (text.startsWith('?.', open)) open = skip(open + 2);
    // `import<Type>()` does not exist, `vi.importActual<Type>('x')` does.
    if (text.charCodeAt(open) === 60 && !mustBeLiteral) {
      const close = text.slice(open, open + 500).indexOf('>(');
      if (close === -1) return from;
      open += close + 1;
    }
    if (text.charCodeAt(open) !== PAREN) return from;
    const argument = skip(open + 1);
    const literal = literalAt(argument);
    if (literal !== undefined) {
      const after = text.charCodeAt(skip(literal.end));
      if (after === CLOSE_PAREN || after === COMMA) {
        add(literal.value, offset, kind);
        return literal.end;
      }
    }
    if (mustBeLiteral) computed++;
    return open;
  };
  /** `… from 'x'` after `import` or `export`; the position after it, or `from` when it is something else. */
  const clause = (from: number, offset: number): number => {
    let isType = false;
    let words = 0;
    for (let i = skip(from); i < end; i = skip(i)) {
      const code = text.charCodeAt(i);
      if (isIdentifierStart(code)) {
        const stop = wordEnd(i);
        const word = text.slice(i, stop);
        if (NOT_IN_CLAUSE.has(word)) return from;
        if (word === 'from') {
          const literal = literalAt(skip(stop));
          if (literal !== undefined) {
            add(literal.value, offset, isType ? 'type' : 'static');
            return literal.end;
          }
        }
        if (words++ === 0)
          isType =
            word === 'type' && text.charCodeAt(skip(stop)) !== COMMA && !text.startsWith('from', skip(stop));
        i = stop;
      } else if (code === OPEN || code === CLOSE || code === COMMA || code === STAR) {
        words++;
        i++;
      } else if (code === SINGLE || code === DOUBLE) {
        const literal = literalAt(i);
        if (literal === undefined || words === 0) return from;
        i = literal.end;
      } else return from;
    }
    return from;
  };

  const word = (start: number, stop: number, afterDot: boolean): number => {
    const length = stop - start;
    if (afterDot || length < 2 || length > 7) return stop;
    const name = text.slice(start, stop);
    if (name === 'import') {
      const next = skip(stop);
      const code = text.charCodeAt(next);
      if (code === PAREN) return call(stop, start, 'dynamic', true);
      if (code === DOT) {
        const member = IMPORT_MEMBERS.find((name) => text.startsWith(name, next));
        return member === undefined ? stop : call(next + member.length, start, 'dynamic', true);
      }
      const literal = code === BACKTICK ? undefined : literalAt(next);
      if (literal === undefined) return clause(stop, start);
      add(literal.value, start, 'static');
      return literal.end;
    }
    if (name === 'export') {
      const next = skip(stop);
      const code = text.charCodeAt(next);
      return code === OPEN || code === STAR || text.startsWith('type', next)
        ? exported(next, start, stop)
        : stop;
    }
    if (name === 'require') {
      const next = skip(stop);
      if (text.charCodeAt(next) === DOT)
        return text.startsWith('.resolve', next) && !isIdentifierPart(text.charCodeAt(next + 8))
          ? call(next + 8, start, 'require', true)
          : stop;
      return call(stop, start, 'require', true);
    }
    if (name === 'jest' || name === 'vi') {
      const next = skip(stop);
      if (text.charCodeAt(next) !== DOT) return stop;
      const method = skip(next + 1);
      const methodEnd = wordEnd(method);
      return MOCKS.has(text.slice(method, methodEnd)) ? call(methodEnd, start, 'require', false) : stop;
    }
    return stop;
  };
  /** `export { a }` without `from` ends at its bracket: what follows is the next statement. */
  const exported = (next: number, start: number, stop: number): number => {
    let i = next;
    if (text.startsWith('type', i)) {
      i = skip(i + 4);
      if (text.charCodeAt(i) !== OPEN && text.charCodeAt(i) !== STAR) return stop;
    }
    if (text.charCodeAt(i) === OPEN) {
      const close = text.indexOf('}', i);
      if (close === -1) return end;
      const after = skip(close + 1);
      if (!text.startsWith('from', after)) return close + 1;
      const literal = literalAt(skip(after + 4));
      if (literal === undefined) return close + 1;
      add(literal.value, start, i === next ? 'static' : 'type');
      return literal.end;
    }
    return clause(stop, start);
  };

  /** Notes what a comment refers to: a types reference, or an import in a JSDoc type. */
  const comment = (start: number, stop: number): void => {
    if (text.startsWith('///', start)) {
      const found = /^\/\/\/\s{0,8}<reference\s{1,8}types\s{0,8}=\s{0,8}["']([^"'\n]{1,214})["']/.exec(
        text.slice(start, Math.min(stop, start + 300)),
      );
      if (found !== null) add(found[1]!, start, 'type');
    }
    const body = text.slice(start, stop);
    for (let i = body.indexOf('import('); i !== -1; i = body.indexOf('import(', i + 7)) {
      const literal = literalAt(start + i + 7);
      if (literal !== undefined && literal.end <= stop) add(literal.value, start + i, 'type');
    }
  };

  return {
    result: (): ScannedCode => ({ imports, computed, strings, texts }),
    /** Scans from where the last run could not go on; false when a template was never closed. */
    run(withTemplates: boolean): boolean {
      at = restart.at;
      imports.length = restart.imports;
      texts.length = restart.texts;
      ({ computed, line, newline } = restart);
      plainUntil.clear();
      /** Depths of curly brackets at which templates go on. */
      const templates: number[] = [];
      let depth = 0;
      let regexMay = true;
      let afterDot = false;
      /** Reads template text from `at` to its end or its next place-holder. */
      const template = (): void => {
        const start = at;
        while (at < end) {
          const code = text.charCodeAt(at);
          if (code === BACKSLASH) at += 2;
          else if (code === BACKTICK) {
            texts.push(text.slice(start, at++));
            regexMay = false;
            return;
          } else if (code === DOLLAR && text.charCodeAt(at + 1) === OPEN) {
            texts.push(text.slice(start, at));
            at += 2;
            templates.push(depth++);
            regexMay = true;
            return;
          } else at++;
        }
        at = end + 1;
      };
      while (at < end) {
        const code = text.charCodeAt(at);
        const dot: boolean = afterDot;
        afterDot = false;
        if (isSpace(code)) {
          at++;
          afterDot = dot;
        } else if (isIdentifierStart(code)) {
          const stop = wordEnd(at);
          regexMay = stop - at <= 10 && BEFORE_REGEX.has(text.slice(at, stop));
          at = word(at, stop, dot);
        } else if (code === SINGLE || code === DOUBLE) {
          const stop = stringEnd(at);
          if (stop !== undefined) note(text.slice(at + 1, stop - 1));
          at = stop ?? at + 1;
          regexMay = false;
        } else if (code === BACKTICK && withTemplates) {
          if (templates.length === 0)
            restart = { at: at + 1, imports: imports.length, texts: texts.length, computed, line, newline };
          at++;
          template();
        } else if (code === SLASH) {
          const next = text.charCodeAt(at + 1);
          if (next === SLASH || next === STAR) {
            const stop = next === SLASH ? lineEnd(at) : blockEnd(at);
            comment(at, stop);
            at = stop;
            afterDot = dot;
          } else if (regexMay && text.charCodeAt(at - 1) !== 60) {
            at = regexEnd(at);
            regexMay = false;
          } else {
            at++;
            regexMay = true;
          }
        } else if (code === CLOSE && templates.at(-1) === depth - 1) {
          templates.pop();
          depth--;
          at++;
          template();
        } else {
          if (code === OPEN) depth++;
          else if (code === CLOSE && depth > 0) depth--;
          afterDot = code === DOT && text.charCodeAt(at + 1) !== DOT && text.charCodeAt(at - 1) !== DOT;
          regexMay = !(code === CLOSE_PAREN || code === 93 || code === CLOSE || (code >= 48 && code <= 57));
          at++;
        }
      }
      return at <= end && templates.length === 0;
    },
  };

  function blockEnd(from: number): number {
    const close = text.indexOf('*/', from + 2);
    return close === -1 ? end : close + 2;
  }
  /** After a regular expression and its flags; just after the slash when its line ends first. */
  function regexEnd(from: number): number {
    if (from < (plainUntil.get(0) ?? 0)) return from + 1;
    let inClass = false;
    let i = from + 1;
    for (; i < end; i++) {
      const code = text.charCodeAt(i);
      if (code === NEWLINE) break;
      if (code === BACKSLASH) i++;
      else if (code === 91) inClass = true;
      else if (code === 93) inClass = false;
      else if (code === SLASH && !inClass) return wordEnd(i + 1);
    }
    plainUntil.set(0, i);
    return from + 1;
  }
}

const NEWLINE = 10;
const DOUBLE = 34;
const DOLLAR = 36;
const SINGLE = 39;
const PAREN = 40;
const CLOSE_PAREN = 41;
const STAR = 42;
const COMMA = 44;
const DOT = 46;
const SLASH = 47;
const BACKSLASH = 92;
const BACKTICK = 96;
const OPEN = 123;
const CLOSE = 125;
