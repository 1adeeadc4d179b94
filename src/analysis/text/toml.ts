import { parse, TomlError } from 'smol-toml';
import type { Problem } from '../../model/problem.ts';
import type { JsonObject } from './json.ts';
import { findMergeMarker, mergeConflict } from './merge-conflict.ts';
import { readTomlValue, scanToml, setTomlPath } from './toml-scan.ts';

/** A TOML document. Tables have no prototype, so `__proto__` is a key like any other; read them with `objectAt` and its kin. */
export interface TomlDocument {
  /** `undefined` only when nothing can be said: an unresolved merge conflict. Otherwise whatever could be read. */
  readonly value: JsonObject | undefined;
  readonly problems: readonly Problem[];
  /**
   * 1-based line of a key, table header or array element: `lineOf('tool', 'poetry')`, `lineOf('project', 'dependencies', 2)`.
   * The line of the nearest enclosing thing that has one when the path itself has none; 0 when nothing has.
   */
  readonly lineOf: (...path: readonly (string | number)[]) => number;
}

/** Deepest nesting of arrays and inline tables that we accept. */
const MAX_DEPTH = 64;

/**
 * Parses TOML that people write. When it is not valid, the problem names the line, and what stands before and after is still read.
 * An empty file is an empty table with a harmless `file/empty`: callers for whom that is a loss say so.
 * Linear in the size of the text. Lockfiles written by machines are read faster with `scanToml`. https://toml.io/en/v1.0.0
 */
export function parseToml(text: string, path: string): TomlDocument {
  let lines: Map<string, number> | undefined;
  const lineOf = (...keys: readonly (string | number)[]): number => {
    lines ??= linesOf(text);
    for (let length = keys.length; length > 0; length--) {
      const line = lines.get(keys.slice(0, length).join('\0'));
      if (line !== undefined) return line;
    }
    return 0;
  };
  const marker = findMergeMarker(text);
  if (marker !== undefined)
    return {
      value: undefined,
      problems: [mergeConflict(path, marker)],
      lineOf: () => 0,
    };
  if (text.trim() === '')
    return {
      value: {},
      problems: [{ code: 'file/empty', message: 'the file is empty; expected TOML', at: { path } }],
      lineOf,
    };
  try {
    const value = parse(text, { integersAsBigInt: 'asNeeded', maxDepth: MAX_DEPTH }) as JsonObject;
    return { value, problems: [], lineOf };
  } catch (error) {
    return { value: recover(text), problems: [describe(text, path, error)], lineOf };
  }
}

function describe(text: string, path: string, error: unknown): Problem {
  const faults = scanToml(text, {});
  const isOpen = faults.at(-1)?.open === true;
  // The library's message quotes a piece of the file below its first line; the place is what helps.
  const said = error instanceof Error ? error.message.split('\n', 1)[0]! : String(error);
  const line = error instanceof TomlError ? error.line : faults[0]?.line;
  return {
    code: 'file/not-toml',
    message: `not valid TOML (${isOpen ? 'it ends in the middle: truncated?' : said.replace(/^Invalid TOML document: /, '').slice(0, 80)})`,
    at: line === undefined ? { path } : { path, line },
    lost: true,
  };
}

/** Every entry that can be read on its own. The first of two definitions of a key is kept, as they are read by people. */
function recover(text: string): JsonObject {
  const root = Object.create(null) as Record<string, unknown>;
  let here = root;
  scanToml(text, {
    table(path, isArray) {
      const parent = tableAt(root, path.slice(0, -1));
      const key = path.at(-1)!;
      const found = Object.hasOwn(parent, key) ? parent[key] : undefined;
      if (!isArray) here = tableAt(root, path);
      else {
        here = Object.create(null) as Record<string, unknown>;
        if (Array.isArray(found)) found.push(here);
        else parent[key] = [here];
      }
    },
    entry(key, start, end) {
      if (hasPath(here, key)) return;
      const value = readTomlValue(text, start, end);
      if (value !== undefined) setTomlPath(here, key, value);
    },
  });
  return root;
}

function tableAt(root: Record<string, unknown>, path: readonly string[]): Record<string, unknown> {
  let here = root;
  for (const key of path) {
    const found = Object.hasOwn(here, key) ? here[key] : undefined;
    const inside: unknown = Array.isArray(found) ? found.at(-1) : found;
    if (typeof inside === 'object' && inside !== null && !Array.isArray(inside))
      here = inside as Record<string, unknown>;
    else here = here[key] = Object.create(null) as Record<string, unknown>;
  }
  return here;
}

function hasPath(table: Record<string, unknown>, path: readonly string[]): boolean {
  let here: unknown = table;
  for (const key of path) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, key)) return false;
    here = (here as Record<string, unknown>)[key];
  }
  return true;
}

/** Lines by path, keys joined by NUL. Tables of an array are counted: `package\0000`… is `package`, index, key. */
function linesOf(text: string): Map<string, number> {
  const lines = new Map<string, number>();
  const arrays = new Map<string, number>();
  let table = '';
  const put = (path: string, line: number): void => {
    if (!lines.has(path)) lines.set(path, line);
  };
  scanToml(text, {
    table(path, isArray, line) {
      let joined = '';
      for (const [i, key] of path.entries()) {
        joined += `${key}\0`;
        const isLast = i === path.length - 1;
        if (isLast && isArray) {
          put(joined.slice(0, -1), line);
          arrays.set(joined, (arrays.get(joined) ?? -1) + 1);
        }
        const index = arrays.get(joined);
        if (index !== undefined) joined += `${index}\0`;
        put(joined.slice(0, -1), line);
      }
      table = joined;
    },
    entry(key, start, end, line) {
      let joined = table;
      for (const part of key) {
        joined += `${part}\0`;
        put(joined.slice(0, -1), line);
      }
      if (text.charCodeAt(start) === 91 /* [ */)
        elementLines(text, start, end, line, (index, at) => put(`${joined}${index}`, at));
    },
  });
  return lines;
}

/** Lines of the elements of one array, nested ones not looked into. */
function elementLines(
  text: string,
  start: number,
  end: number,
  line: number,
  put: (index: number, line: number) => void,
): void {
  let at = line;
  let index = 0;
  let depth = 0;
  let isFresh = true;
  for (let i = start + 1; i < end - 1; i++) {
    const code = text.charCodeAt(i);
    if (code === 10) at++;
    else if (code === 44 /* , */ && depth === 0) {
      index++;
      isFresh = true;
    } else if (code === 35 /* # */) {
      const stop = text.indexOf('\n', i);
      i = (stop === -1 ? end : stop) - 1;
    } else if (code > 32) {
      if (isFresh && depth === 0) put(index, at);
      isFresh = false;
      if (code === 91 || code === 123) depth++;
      else if (code === 93 || code === 125) depth--;
      else if (code === 34 || code === 39) {
        const long =
          text.startsWith('"""', i) || text.startsWith("'''", i) ? text.slice(i, i + 3) : undefined;
        const quote = long ?? text[i]!;
        let close = i + quote.length;
        while (close < end && !text.startsWith(quote, close)) {
          const inner = text.charCodeAt(close);
          if (inner === 10) at++;
          close += inner === 92 && code === 34 ? 2 : 1;
        }
        i = close + quote.length - 1;
      }
    }
  }
}
