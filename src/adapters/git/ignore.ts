import type { PartMatcher } from './wildmatch.ts';
import { compilePart, literalPart, matchParts } from './wildmatch.ts';

/** The rules of one ignore file. */
export interface IgnoreRules {
  /**
   * What the last matching rule says: true ignored, false taken back in by `!`, `undefined` no rule matches.
   * `path` is relative to the folder of the ignore file; `name` its last part.
   */
  decide(path: string, name: string, isFolder: boolean): boolean | undefined;
}

interface Rule {
  readonly ignored: boolean;
  readonly folderOnly: boolean;
  readonly matches: (path: string, name: string) => boolean;
  readonly order: number;
}

/**
 * Reads a `.gitignore` or `info/exclude`. Rules for plain names and plain extensions are looked up, not tried one by one:
 * a walk asks once for every file. Never fails: what git would not understand matches nothing.
 * https://git-scm.com/docs/gitignore
 */
export function parseIgnore(text: string): IgnoreRules {
  const byName = new Map<string, Rule[]>();
  const byExtension = new Map<string, Rule[]>();
  const others: Rule[] = [];
  let order = 0;
  for (const raw of text.replace(/^\uFEFF/, '').split('\n')) {
    const line = withoutTrailingSpace(raw.endsWith('\r') ? raw.slice(0, -1) : raw);
    if (line === '' || line.startsWith('#')) continue;
    const ignored = !line.startsWith('!');
    let pattern = ignored ? line : line.slice(1);
    const folderOnly = pattern.endsWith('/');
    if (folderOnly) pattern = pattern.slice(0, -1);
    if (pattern === '') continue;
    const add = (into: Rule[], matches: Rule['matches']): void => {
      into.push({ ignored, folderOnly, matches, order: order++ });
    };
    if (pattern.includes('/')) {
      const anchored = pattern.startsWith('/') ? pattern.slice(1) : pattern;
      const parts = compilePath(anchored);
      // Most paths differ in the first letters already.
      const start = literalPart(anchored.split('/', 1)[0]!) ?? '';
      if (parts !== undefined)
        add(others, (path) => path.startsWith(start) && matchParts(parts, path.split('/')));
      continue;
    }
    const name = literalPart(pattern);
    const extension = pattern.startsWith('*.') ? literalPart(pattern.slice(1)) : undefined;
    if (name !== undefined) add(listAt(byName, name), always);
    else if (extension !== undefined && extension.lastIndexOf('.') === 0)
      add(listAt(byExtension, extension), always);
    else {
      const matches = compilePart(pattern);
      if (matches !== undefined) add(others, (_path, name) => matches(name));
    }
  }
  return { decide };

  function decide(path: string, name: string, isFolder: boolean): boolean | undefined {
    let last = lastOf(byName.get(name), undefined, isFolder, path, name);
    const dot = name.lastIndexOf('.');
    if (dot !== -1 && byExtension.size > 0)
      last = lastOf(byExtension.get(name.slice(dot)), last, isFolder, path, name);
    return lastOf(others, last, isFolder, path, name)?.ignored;
  }
}

const always = (): boolean => true;

/** The rule of highest order that matches, looking no further back than `best`. */
function lastOf(
  rules: readonly Rule[] | undefined,
  best: Rule | undefined,
  isFolder: boolean,
  path: string,
  name: string,
): Rule | undefined {
  if (rules === undefined) return best;
  for (let i = rules.length - 1; i >= 0; i--) {
    const rule = rules[i]!;
    if (best !== undefined && rule.order < best.order) return best;
    if ((isFolder || !rule.folderOnly) && rule.matches(path, name)) return rule;
  }
  return best;
}

function compilePath(pattern: string): (PartMatcher | '**')[] | undefined {
  const parts: (PartMatcher | '**')[] = [];
  for (const part of pattern.split('/')) {
    // Three stars and more are two; stars beside anything else are one.
    const compiled = /^\*{2,}$/.test(part) ? '**' : compilePart(part);
    if (compiled === undefined) return undefined;
    if (compiled !== '**' || parts.at(-1) !== '**') parts.push(compiled);
  }
  return parts;
}

function listAt(map: Map<string, Rule[]>, key: string): Rule[] {
  let list = map.get(key);
  if (list === undefined) map.set(key, (list = []));
  return list;
}

/** Trailing spaces do not count, unless the last is escaped. */
function withoutTrailingSpace(line: string): string {
  let end = line.length;
  while (end > 0 && line[end - 1] === ' ') end--;
  let slashes = 0;
  while (slashes < end && line[end - 1 - slashes] === '\\') slashes++;
  return line.slice(0, slashes % 2 === 1 && end < line.length ? end + 1 : end);
}
