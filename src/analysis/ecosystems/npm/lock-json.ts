import type { Problem } from '../../../model/problem.ts';
import { objectAt, parseJsonObject, type JsonObject } from '../../text/json.ts';
import type { PackageManifest } from './manifest.ts';

/** A package-lock.json with the line of each entry. */
export interface LockJson {
  readonly value: JsonObject | undefined;
  /** 1-based line of a location of `packages`; 0 when unknown. */
  readonly lineOf: (location: string) => number;
  readonly problems: readonly Problem[];
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
  if (value !== undefined && packages !== undefined) {
    const lines = linesByIndent(text, Object.keys(value).length);
    if (lines !== undefined && agree(lines, packages))
      return { value, lineOf: (location) => lines.get(location) ?? 0, problems: [] };
  }
  const lines = new Map<string, number>();
  let section = '';
  const { value: parsed, problems } = parseJsonObject(text, path, (depth, key, line) => {
    if (depth === 1) section = key;
    else if (section === 'packages') lines.set(key, line);
  });
  return { value: parsed, lineOf: (location) => lines.get(location) ?? 0, problems };
}

function tryParse(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as JsonObject)
      : undefined;
  } catch {
    return undefined;
  }
}

/** Keys at the second level of `packages` with their lines; `undefined` when the layout is not npm's own. */
function linesByIndent(text: string, rootKeys: number): Map<string, number> | undefined {
  const first = text.indexOf('\n') + 1;
  let unit = first;
  while (text.charCodeAt(unit) === 32 || text.charCodeAt(unit) === 9) unit++;
  unit -= first;
  if (unit === 0) return undefined;
  const lines = new Map<string, number>();
  let found = 0;
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
      const from = start + 2 * unit + 1;
      const to = text.indexOf('"', from);
      if (to === -1) return undefined;
      lines.set(text.slice(from, to), line);
      found++;
    }
  }
  return found === lines.size && seenRootKeys === rootKeys ? lines : undefined;
}

const isBlank = (code: number): boolean => code === 32 || code === 9;

function agree(lines: ReadonlyMap<string, number>, packages: JsonObject): boolean {
  const locations = Object.keys(packages);
  return locations.length === lines.size && locations.every((location) => lines.has(location));
}
