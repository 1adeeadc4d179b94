import type { Problem } from '../../../model/problem.ts';
import { objectAt, parseJsonObject, type JsonObject } from '../../text/json.ts';
import type { PackageManifest } from './manifest.ts';

/** A package-lock.json with its entries. */
export interface LockJson {
  /** The whole file but for `packages`, which may be left out. */
  readonly value: JsonObject | undefined;
  /** The keys of `packages`, each once; `undefined` when the file has none. */
  readonly entries: readonly LockEntry[] | undefined;
  readonly problems: readonly Problem[];
}

/** One key of `packages` or `dependencies`. */
export interface LockEntry {
  readonly location: string;
  /** `undefined` when it is not an object. */
  readonly value: JsonObject | undefined;
  /** 1-based; 0 when unknown. */
  readonly line: number;
}

/** An entry of lockfileVersion 1. */
export interface NestedEntry {
  /** Where npm installs it: `node_modules/a/node_modules/b`. */
  readonly location: string;
  readonly value: JsonObject;
  /** 1-based; 0 when unknown. */
  readonly line: number;
}

/** What both readers are told of the lockfile's surroundings. */
export interface LockContext {
  readonly path: string;
  readonly folder: string;
  /** The manifest at a path relative to the lockfile's folder, when the tree has it. */
  readonly sibling: (relative: string) => PackageManifest | undefined;
  /** `.npmrc` asks npm not to install peers: missing ones are no fault then. */
  readonly legacyPeers: boolean;
}

/**
 * Parses a package-lock with `packages`. npm writes one key a line, so lines are found by looking at indentation alone
 * and the result is held against what JSON.parse saw; text laid out otherwise (or malformed, or with duplicate keys)
 * goes the slower way through every character.
 */
export function parseLockJson(text: string, path: string): LockJson {
  const value = tryParse(text);
  const packages = objectAt(value, 'packages');
  // Version 1 has no `packages`: its reader finds the nested lines itself.
  if (value !== undefined && packages === undefined) return { value, entries: undefined, problems: [] };
  if (value !== undefined && packages !== undefined) {
    const lines = linesByIndent(text, Object.keys(value).length, Object.keys(packages));
    if (lines !== undefined) return { value, entries: entriesOf(packages, lines), problems: [] };
  }
  const found = new Map<string, number>();
  let section = '';
  const { value: parsed, problems } = parseJsonObject(text, path, (depth, key, line) => {
    if (depth === 1) section = key;
    else if (section === 'packages') found.set(key, line);
  });
  const read = objectAt(parsed, 'packages');
  if (read === undefined) return { value: parsed, entries: undefined, problems };
  const lines = Object.keys(read).map((location) => found.get(location) ?? 0);
  return { value: parsed, entries: entriesOf(read, lines), problems };
}

const entriesOf = (packages: JsonObject, lines: readonly number[]): LockEntry[] =>
  Object.keys(packages).map((location, at) => ({
    location,
    value: objectAt(packages, location),
    line: lines[at]!,
  }));

/** The object that a text is in JSON; `undefined` when it is none. */
export function tryParse(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as JsonObject)
      : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Lines of the keys of `packages`, which must be these, in this order; `undefined` when the layout is not npm's own.
 * Keys are compared in place: cutting each out of the text costs more than all the rest.
 */
function linesByIndent(text: string, rootKeys: number, locations: readonly string[]): number[] | undefined {
  const first = text.indexOf('\n') + 1;
  const unit = indentOf(text, first);
  if (unit === 0) return undefined;
  const lines: number[] = [];
  let seenRootKeys = 0;
  let inside = false;
  let line = 1;
  for (let start = first; start !== 0; start = text.indexOf('\n', start) + 1) {
    line++;
    if (text.charCodeAt(start + unit) === 34 /* " */ && isBlank(text.charCodeAt(start))) {
      seenRootKeys++;
      inside = text.startsWith('"packages":', start + unit);
    } else if (inside && text.charCodeAt(start + 2 * unit) === 34) {
      if (!isBlank(text.charCodeAt(start + 2 * unit - 1))) continue;
      const location = locations[lines.length];
      const from = start + 2 * unit + 1;
      if (location === undefined || !text.startsWith(location, from)) return undefined;
      if (text.charCodeAt(from + location.length) !== 34) return undefined;
      lines.push(line);
    }
  }
  return lines.length === locations.length && seenRootKeys === rootKeys ? lines : undefined;
}

/** How many blanks a line begins with. */
export function indentOf(text: string, start: number): number {
  let end = start;
  while (isBlank(text.charCodeAt(end))) end++;
  return end - start;
}

const isBlank = (code: number): boolean => code === 32 || code === 9;
