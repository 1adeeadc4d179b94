import type { Problem } from '../../../model/problem.ts';
import type { JsonObject } from '../../text/json.ts';
import { findMergeMarker, mergeConflict } from '../../text/merge-conflict.ts';
import { readTomlValue, scanToml, setTomlPath } from '../../text/toml-scan.ts';

/** A TOML lockfile: one list of packages, and tables around it. */
export interface TomlLock {
  /** In file order. `value` has no prototype; keys named as raw hold their source text. */
  readonly entries: readonly { readonly line: number; readonly value: JsonObject }[];
  /** Everything outside the list: `metadata`, `manifest`, `version`, … */
  readonly rest: JsonObject;
  readonly problems: readonly Problem[];
}

/**
 * Reads a lockfile that keeps its packages in `[[list]]`, with a scanner instead of a TOML library: it is several times faster,
 * gives lines, and reads what stands around a fault. Values of keys in `raw` (long lists of files and their hashes) are
 * kept as source text. Linear in the size of the text.
 */
export function readTomlLock(text: string, path: string, list: string, raw: ReadonlySet<string>): TomlLock {
  const rest = Object.create(null) as Record<string, unknown>;
  const entries: { line: number; value: Record<string, unknown> }[] = [];
  const marker = findMergeMarker(text);
  if (marker !== undefined) {
    return {
      entries,
      rest,
      problems: [mergeConflict(path, marker)],
    };
  }
  let here: Record<string, unknown> = rest;
  let holdsEntries = false;
  const faults = scanToml(text, {
    table(keys, isArray, line) {
      const inList = keys[0] === list;
      if (inList && keys.length === 1 && isArray) {
        holdsEntries = true;
        here = Object.create(null) as Record<string, unknown>;
        entries.push({ line, value: here });
        return;
      }
      const parent = inList ? (entries.at(-1)?.value ?? rest) : rest;
      const inside = inList ? keys.slice(1) : keys;
      here = Object.create(null) as Record<string, unknown>;
      if (inside.length === 0) return;
      const found = valueAt(parent, inside);
      if (!isArray) {
        if (isTable(found)) here = found;
        else setTomlPath(parent, inside, here);
      } else if (Array.isArray(found)) found.push(here);
      else setTomlPath(parent, inside, [here]);
    },
    entry(keys, start, end) {
      if (keys.length === 1 && keys[0] === list) holdsEntries = true;
      const value = raw.has(keys[0]!) ? text.slice(start, end) : readTomlValue(text, start, end);
      if (value !== undefined) setTomlPath(here, keys, value);
    },
  });
  return {
    entries,
    rest,
    problems: problemsOf(text, path, list, faults, holdsEntries || Object.keys(rest).length > 0),
  };
}

function problemsOf(
  text: string,
  path: string,
  list: string,
  faults: ReturnType<typeof scanToml>,
  isLock: boolean,
): Problem[] {
  const lost = true;
  if (text.trim() === '')
    return [
      { code: 'file/empty', message: 'the file is empty; expected a TOML lockfile', at: { path }, lost },
    ];
  const first = faults[0];
  if (first !== undefined) {
    const more = faults.length > 1 ? ` (and ${faults.length - 1} more places)` : '';
    const at = { path, line: first.line };
    return first.open
      ? [
          {
            code: 'file/truncated',
            message: `the file ends in the middle: expected ${first.expected}`,
            at,
            lost,
          },
        ]
      : [{ code: 'file/not-toml', message: `not valid TOML: expected ${first.expected}${more}`, at, lost }];
  }
  if (isLock) return [];
  return [
    {
      code: 'file/unexpected-shape',
      message: `expected \`[[${list}]]\`, found none`,
      at: { path, line: 1 },
      lost,
    },
  ];
}

/** Values of `hash = "…"` in the source text of a list of files, in file order, joined by a space; `undefined` when there is none. */
export function hashesIn(source: unknown): string | undefined {
  if (typeof source !== 'string') return undefined;
  const hashes: string[] = [];
  for (let at = source.indexOf('hash'); at !== -1; at = source.indexOf('hash', at + 4)) {
    // Only blanks and `=` may stand between the key and its value: names of files hold the word too.
    let open = at + 4;
    while (source[open] === ' ' || source[open] === '=') open++;
    if (open === at + 4 || source[open] !== '"') continue;
    const close = source.indexOf('"', open + 1);
    if (close === -1) break;
    hashes.push(source.slice(open + 1, close));
    at = close;
  }
  return hashes.length === 0 ? undefined : hashes.join(' ');
}

export function isTable(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function valueAt(table: Record<string, unknown>, path: readonly string[]): unknown {
  let here: unknown = table;
  for (const key of path) {
    if (Array.isArray(here)) here = here.at(-1);
    if (!isTable(here) || !Object.hasOwn(here, key)) return undefined;
    here = here[key];
  }
  return here;
}
