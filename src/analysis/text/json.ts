import type { Problem } from '../../model/problem.ts';
import { findMergeMarker, mergeConflict } from './merge-conflict.ts';

export type JsonObject = { readonly [key: string]: unknown };

/** Deepest nesting that we accept. Real lockfiles stay below 40 (package-lock v1 nests once per level of node_modules). */
const MAX_DEPTH = 512;

/**
 * Parses JSON whose root must be an object. `value` is `undefined` when it cannot be read, and `problems` says why and where;
 * otherwise `problems` holds what is odd but harmless (duplicate keys at depth ≤ `watchDepth`: the last one wins, as in JSON.parse).
 * `__proto__` becomes an own property and stays data. Linear in the size of the text.
 */
export function parseJsonObject(
  text: string,
  path: string,
  onKey?: (depth: number, key: string, line: number) => void,
  watchDepth = 2,
): { readonly value: JsonObject | undefined; readonly problems: readonly Problem[] } {
  const fail = (code: string, message: string, line: number | undefined) => ({
    value: undefined,
    problems: [{ code, message, at: line === undefined ? { path } : { path, line }, lost: true }],
  });
  const marker = findMergeMarker(text);
  if (marker !== undefined) return { value: undefined, problems: [mergeConflict(path, marker)] };
  const scan = scanJsonKeys(text, watchDepth, onKey);
  if (scan.tooDeep !== undefined)
    return fail('file/too-deep', `nested deeper than ${MAX_DEPTH} levels`, scan.tooDeep);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const empty = text.trim() === '';
    return empty
      ? fail('file/empty', 'the file is empty; expected a JSON object', undefined)
      : fail(
          'file/not-json',
          `not valid JSON (${scan.open > 0 ? 'it ends in the middle: truncated?' : describe(error)})`,
          scan.line,
        );
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return fail(
      'file/unexpected-shape',
      `expected a JSON object, found ${Array.isArray(value) ? 'an array' : value === null ? 'null' : typeof value}`,
      1,
    );
  return {
    value: value as JsonObject,
    problems: scan.duplicates.map(({ key, line }) => ({
      code: 'file/duplicate-key',
      message: `the key ${JSON.stringify(clip(key))} is given twice; the last one counts`,
      at: { path, line },
    })),
  };
}

function describe(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  // V8 quotes a piece of the input in its message; the place is what helps.
  return clip(message.replace(/^(.*?) in JSON at position.*$/s, '$1').replace(/,? "[\s\S]*$/, ''), 80);
}

const clip = (text: string, most = 60): string => (text.length > most ? `${text.slice(0, most)}…` : text);

/**
 * One pass over JSON text without building values: calls `onKey` for every object key at depth ≤ `maxDepth`
 * (keys of the root are depth 1, array levels count), in file order, with its 1-based line. Keys are as JSON decodes them.
 * Tolerates malformed text. `open` is how many brackets (or strings) were left open, `line` the last line seen.
 */
export function scanJsonKeys(
  text: string,
  maxDepth: number,
  onKey?: (depth: number, key: string, line: number) => void,
): {
  readonly duplicates: readonly { readonly key: string; readonly line: number }[];
  readonly open: number;
  readonly line: number;
  readonly tooDeep: number | undefined;
} {
  const duplicates: { key: string; line: number }[] = [];
  const seen: (Set<string> | undefined)[] = [];
  let depth = 0;
  let line = 1;
  let tooDeep: number | undefined;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 10) line++;
    else if (code === 123 /* { */ || code === 91 /* [ */) {
      depth++;
      if (depth <= maxDepth) seen[depth] = code === 123 ? new Set() : undefined;
      if (depth > MAX_DEPTH && tooDeep === undefined) tooDeep = line;
    } else if (code === 125 /* } */ || code === 93 /* ] */) depth--;
    else if (code === 34 /* " */) {
      const start = i;
      let end = text.indexOf('"', i + 1);
      while (end !== -1 && isEscaped(text, end, start)) end = text.indexOf('"', end + 1);
      if (end === -1) return { duplicates, open: depth + 1, line, tooDeep };
      i = end;
      if (depth > maxDepth || depth < 1) continue;
      const keys = seen[depth];
      if (keys === undefined) continue;
      let next = end + 1;
      while (next < text.length && isSpace(text.charCodeAt(next))) next++;
      if (text.charCodeAt(next) !== 58 /* : */) continue;
      const key = decodeKey(text, start, end);
      if (keys.has(key)) duplicates.push({ key, line });
      else keys.add(key);
      onKey?.(depth, key, line);
    }
  }
  return { duplicates, open: Math.max(0, depth), line, tooDeep };
}

function isEscaped(text: string, quote: number, start: number): boolean {
  let slashes = 0;
  for (let i = quote - 1; i > start && text.charCodeAt(i) === 92; i--) slashes++;
  return slashes % 2 === 1;
}

function decodeKey(text: string, start: number, end: number): string {
  const raw = text.slice(start + 1, end);
  if (!raw.includes('\\')) return raw;
  try {
    return JSON.parse(`"${raw}"`) as string;
  } catch {
    return raw;
  }
}

const isSpace = (code: number): boolean => code === 32 || code === 9 || code === 10 || code === 13;

/** The property when it is an object (not an array, not null), else `undefined`. Own properties only. */
export function objectAt(value: JsonObject | undefined, key: string): JsonObject | undefined {
  if (value === undefined || !Object.hasOwn(value, key)) return undefined;
  const found = value[key];
  return typeof found === 'object' && found !== null && !Array.isArray(found)
    ? (found as JsonObject)
    : undefined;
}

/** The property when it is a string, else `undefined`. Own properties only. */
export function stringAt(value: JsonObject | undefined, key: string): string | undefined {
  if (value === undefined || !Object.hasOwn(value, key)) return undefined;
  const found = value[key];
  return typeof found === 'string' ? found : undefined;
}

/** The property when it is an array, else an empty one. Own properties only. */
export function arrayAt(value: JsonObject | undefined, key: string): readonly unknown[] {
  if (value === undefined || !Object.hasOwn(value, key)) return [];
  const found = value[key];
  return Array.isArray(found) ? found : [];
}
