import type { Scope } from '../../../model/extractor.ts';
import type { Problem } from '../../../model/problem.ts';
import { findMergeMarker, mergeConflict } from '../../text/merge-conflict.ts';
import { eachLine } from '../../text/lines.ts';
import { readYamlLines } from './yaml-lines.ts';

/** One entry of a yarn lockfile, of either format. */
export interface YarnEntry {
  readonly line: number;
  /** What the entry answers: `name@range` (classic) or `name@npm:range` (berry). */
  readonly descriptors: readonly string[];
  /** Scalars: `version`, `resolved` and `integrity` (classic), `resolution`, `checksum`, `conditions`, … (berry). */
  readonly fields: Map<string, string>;
  readonly dependencies: { readonly name: string; readonly range: string; kind: Scope }[];
}

export interface YarnDocument {
  readonly format: 'classic' | 'berry';
  readonly entries: readonly YarnEntry[];
  readonly problems: readonly Problem[];
}

/**
 * Reads yarn.lock: classic (yarn 1, its own format) or berry (yarn 2 and later, a subset of YAML).
 * https://classic.yarnpkg.com/en/docs/yarn-lock, https://yarnpkg.com/configuration/yarnrc
 */
export function readYarnDocument(text: string, path: string): YarnDocument {
  return text.startsWith('__metadata:') || text.includes('\n__metadata:')
    ? readBerry(text, path)
    : readClassic(text, path);
}

function readBerry(text: string, path: string): YarnDocument {
  const { depths, keys, values, lines, problems } = readYamlLines(text, path);
  const entries: YarnEntry[] = [];
  let entry: YarnEntry | undefined;
  let group = '';
  let name = '';
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i]!;
    const value = values[i];
    const depth = depths[i]!;
    if (depth === 0) {
      entry =
        key === '__metadata'
          ? undefined
          : newEntry(
              lines[i]!,
              key.split(',').map((part) => part.trim()),
            );
      if (entry !== undefined) entries.push(entry);
    } else if (entry === undefined) continue;
    else if (depth === 1) {
      group = key;
      if (value !== undefined) entry.fields.set(key, value);
    } else if (depth === 2) {
      name = key;
      if (group === 'dependencies' && value !== undefined)
        entry.dependencies.push({ name, range: value, kind: 'prod' });
    } else if (group === 'dependenciesMeta' && key === 'optional' && value === 'true')
      markOptional(entry, name);
  }
  const last = entries.at(-1);
  // Yarn writes `linkType` last in each entry.
  const isWritten = entries[0]?.fields.has('linkType') === true;
  if (isWritten && last !== undefined && problems.length === 0 && !last.fields.has('linkType'))
    return { format: 'berry', entries, problems: [cutOff(path, last.line)] };
  return { format: 'berry', entries, problems };
}

const cutOff = (path: string, line: number): Problem => ({
  code: 'file/truncated',
  message: 'the last entry has no linkType: the file is cut off, and entries are missing',
  at: { path, line },
  hint: 'run `yarn install` and commit the file again',
  lost: true,
});

/** Written after `dependencies`, so what it marks is there already. */
function markOptional(entry: YarnEntry, name: string): void {
  for (const dependency of entry.dependencies) if (dependency.name === name) dependency.kind = 'optional';
}

const newEntry = (line: number, descriptors: readonly string[]): YarnEntry => ({
  line,
  descriptors,
  fields: new Map(),
  dependencies: [],
});

/**
 * The classic format: `a@^1, "b@>=2 <3":` heads an entry; two spaces below it `key value` or a group's name,
 * four spaces below that `name range`. Strings are bare or in double quotes.
 */
function readClassic(text: string, path: string): YarnDocument {
  const marker = findMergeMarker(text);
  if (marker !== undefined)
    return {
      format: 'classic',
      entries: [],
      problems: [
        mergeConflict(
          path,
          marker,
          'run `yarn install`, which resolves conflicts in its lockfile, and commit the file again',
        ),
      ],
    };
  const entries: YarnEntry[] = [];
  const wrong: number[] = [];
  let entry: YarnEntry | undefined;
  let kind: Scope | undefined;
  eachLine(text, (line, number) => {
    let indent = 0;
    while (line.charCodeAt(indent) === 32) indent++;
    if (indent === line.length || line.charCodeAt(indent) === 35 /* # */) return;
    if (indent === 0) {
      entry = undefined;
      const words = line.endsWith(':') ? wordsOf(line.slice(0, -1)) : undefined;
      // Every key is `name@range`.
      if (words === undefined || words.length === 0 || words.some((word) => word.lastIndexOf('@') < 1))
        wrong.push(number);
      else entries.push((entry = newEntry(number, words)));
      return;
    }
    if (entry === undefined) {
      wrong.push(number);
      return;
    }
    if (indent === 2 && line.endsWith(':')) {
      const group = line.slice(indent, -1);
      kind = group === 'dependencies' ? 'prod' : group === 'optionalDependencies' ? 'optional' : undefined;
      return;
    }
    const pair = pairOf(line, indent);
    if (pair === undefined || (indent !== 2 && indent !== 4)) wrong.push(number);
    else if (indent === 2) entry.fields.set(pair[0], pair[1]);
    else if (kind !== undefined) entry.dependencies.push({ name: pair[0], range: pair[1], kind });
  });
  const problems: Problem[] = [];
  if (wrong.length > 0)
    problems.push({
      code: 'npm/yarn-syntax',
      message: `${wrong.length === 1 ? 'a line is' : `${wrong.length} lines are`} not of the form that yarn writes; expected \`name@range:\` or \`key value\``,
      at: { path, line: wrong[0]! },
      hint: 'run `yarn install` to write the lockfile again',
      lost: true,
    });
  else if (text.trim() === '')
    problems.push({
      code: 'file/empty',
      message: 'the file is empty; expected a yarn lockfile',
      at: { path },
      lost: true,
    });
  return { format: 'classic', entries, problems };
}

/** `a@1, "b@2"` → its words; `undefined` when a quote is not closed or something else stands between. */
function wordsOf(text: string): string[] | undefined {
  const words: string[] = [];
  let at = 0;
  while (at < text.length) {
    const end = text.charCodeAt(at) === 34 ? closing(text, at) : comma(text, at);
    if (end === -1) return undefined;
    const word = unquoted(text.slice(at, end));
    if (word === '') return undefined;
    words.push(word);
    at = end;
    if (at < text.length && text.charCodeAt(at) !== 44 /* , */) return undefined;
    at++;
    while (text.charCodeAt(at) === 32) at++;
  }
  return words;
}

const comma = (text: string, from: number): number => {
  const at = text.indexOf(',', from);
  return at === -1 ? text.length : at;
};

/** One past the double quote that closes the one at `from`, -1 when none does. */
function closing(text: string, from: number): number {
  for (let i = from + 1; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 92) i++;
    else if (code === 34) return i + 1;
  }
  return -1;
}

/** `key value` with either in quotes. */
function pairOf(line: string, from: number): readonly [string, string] | undefined {
  const isQuoted = line.charCodeAt(from) === 34;
  const end = isQuoted ? closing(line, from) : line.indexOf(' ', from);
  if (end <= from || line.charCodeAt(end) !== 32) return undefined;
  const value = line.slice(end + 1);
  if (value === '' || (value.startsWith('"') && closing(value, 0) !== value.length)) return undefined;
  return [unquoted(line.slice(from, end)), unquoted(value)];
}

function unquoted(word: string): string {
  if (!word.startsWith('"')) return word;
  if (!word.includes('\\')) return word.slice(1, -1);
  try {
    return JSON.parse(word) as string;
  } catch {
    return word.slice(1, -1);
  }
}
