import type { Problem } from '../../../model/problem.ts';
import { findMergeMarker, mergeConflict } from '../../text/merge-conflict.ts';
import { eachLine } from '../../text/lines.ts';

/** A file of nested `key: value` lines, as `dart pub` writes its lockfile: no flow collections, no anchors, no block text. */
export interface YamlNode {
  /** `''` where it has children. */
  value: string;
  readonly line: number;
  readonly children: Map<string, YamlNode>;
}

/**
 * Reads the plain subset of YAML that pubspec.lock and most of pubspec.yaml are written in, by indentation.
 * A line that is not of it is passed over: `lost` in the problems says so when `isStrict`. Linear.
 * https://dart.dev/tools/pub/glossary#lockfile
 */
export function parseKeyedLines(
  text: string,
  path: string,
  isStrict: boolean,
): { readonly root: YamlNode; readonly problems: readonly Problem[] } {
  const root: YamlNode = { value: '', line: 0, children: new Map() };
  const problems: Problem[] = [];
  const lose = (code: string, message: string, line?: number): void => {
    problems.push({ code, message, at: line === undefined ? { path } : { path, line }, lost: true });
  };
  const marker = findMergeMarker(text);
  if (marker !== undefined) {
    problems.push(mergeConflict(path, marker));
    return { root, problems };
  }
  const open: { readonly indent: number; readonly node: YamlNode }[] = [{ indent: -1, node: root }];
  let bad = 0;
  let firstBad = 0;
  eachLine(text, (raw, line) => {
    let indent = 0;
    while (raw.charCodeAt(indent) === 32) indent++;
    const first = raw[indent];
    if (first === undefined || first === '#' || raw.startsWith('---')) return;
    // YAML has no tabs before a key.
    const key = first === '\t' ? undefined : readKey(raw, indent);
    if (key === undefined) {
      if (bad++ === 0) firstBad = line;
      return;
    }
    while (open.at(-1)!.indent >= indent) open.pop();
    const parent = open.at(-1)!.node;
    const node: YamlNode = { value: scalar(raw.slice(key.end)), line, children: new Map() };
    if (!parent.children.has(key.text)) parent.children.set(key.text, node);
    if (open.length < 64) open.push({ indent, node });
  });
  if (bad > 0 && isStrict)
    lose('pub/malformed-line', `${bad} line${bad === 1 ? '' : 's'} not of the form \`key: value\``, firstBad);
  return { root, problems };
}

function readKey(raw: string, start: number): { readonly text: string; readonly end: number } | undefined {
  const quote = raw[start];
  if (quote === '"' || quote === "'") {
    const close = raw.indexOf(quote, start + 1);
    return close !== -1 && raw[close + 1] === ':'
      ? { text: raw.slice(start + 1, close), end: close + 2 }
      : undefined;
  }
  let colon = raw.indexOf(':', start);
  while (colon !== -1 && colon + 1 < raw.length && raw[colon + 1] !== ' ')
    colon = raw.indexOf(':', colon + 1);
  if (colon === -1 || colon === start || raw[start] === '-' || raw[start] === '{' || raw[start] === '[')
    return undefined;
  return { text: raw.slice(start, colon).trimEnd(), end: colon + 1 };
}

function scalar(raw: string): string {
  const text = raw.trim();
  const quote = text[0];
  if (quote === '"' || quote === "'") {
    const close = text.indexOf(quote, 1);
    return close === -1 ? text.slice(1) : text.slice(1, close);
  }
  const comment = text.startsWith('#') ? 0 : text.indexOf(' #');
  return (comment === -1 ? text : text.slice(0, comment)).trimEnd();
}
