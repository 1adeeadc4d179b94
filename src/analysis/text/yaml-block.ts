import { MapBuilder } from './yaml-map.ts';
import { blockScalar, plainScalar, quotedScalar, trailing } from './yaml-scalar.ts';
import { flowNode } from './yaml-flow.ts';
import type { YamlNode, YamlScalar } from './yaml.ts';

/** Deepest nesting accepted. Real files stay below 20. */
const MAX_DEPTH = 100;

/** Most nodes that aliases may stand for together: a "billion laughs" file stops here. */
const MAX_EXPANDED = 100_000;

/** Where reading has got to. Rows are lines, 0-based; `at` is an offset into `text` within `row`. */
export interface Reader {
  readonly text: string;
  readonly starts: readonly number[];
  readonly rows: number;
  row: number;
  at: number;
  depth: number;
  /** Set when nothing more can be read: too deep, or an unclosed collection. */
  stopped: boolean;
  /** Nodes read so far, aliases counted as what they stand for. */
  nodes: number;
  expanded: number;
  readonly anchors: Map<string, { readonly node: YamlNode; readonly size: number }>;
  readonly problems: { code: string; message: string; line: number; lost?: true }[];
  readonly syntax: { message: string; line: number }[];
}

export function startReader(text: string): Reader {
  const starts = text === '' ? [] : [0];
  for (let at = text.indexOf('\n'); at !== -1 && at + 1 < text.length; at = text.indexOf('\n', at + 1))
    starts.push(at + 1);
  return {
    text,
    starts,
    rows: starts.length,
    row: 0,
    at: 0,
    depth: 0,
    stopped: false,
    nodes: 0,
    expanded: 0,
    anchors: new Map(),
    problems: [],
    syntax: [],
  };
}

/** Offset of the end of a row, its line ending left out. */
export function rowEnd(reader: Reader, row: number): number {
  const next = reader.starts[row + 1];
  let end = next === undefined ? reader.text.length : next - 1;
  if (next === undefined && reader.text.charCodeAt(end - 1) === 10) end--;
  return reader.text.charCodeAt(end - 1) === 13 && end > reader.starts[row]! ? end - 1 : end;
}

export function syntaxProblem(reader: Reader, message: string, row: number = reader.row): void {
  reader.syntax.push({ message, line: Math.min(row, reader.rows - 1) + 1 });
}

/** Stops reading: what follows could not be told from what came before. */
export function stop(reader: Reader, code: string, message: string): void {
  reader.problems.push({ code, message, line: Math.min(reader.row, reader.rows - 1) + 1, lost: true });
  reader.stopped = true;
  reader.row = reader.rows;
  reader.at = reader.text.length;
}

const isBlank = (code: number): boolean => code === 32 || code === 9;

/**
 * Moves to the next character that is neither space nor comment, over rows. False at the end of the document.
 * A tab in an indentation is a syntax problem (YAML forbids it) and counts as one column.
 * `sameRow`: only to the end of this row; false when nothing is left in it, and the next row is begun.
 */
export function moveToContent(reader: Reader, sameRow = false): boolean {
  const { text, starts } = reader;
  while (reader.row < reader.rows) {
    const start = starts[reader.row]!;
    const end = rowEnd(reader, reader.row);
    let at = reader.at;
    let tab = false;
    while (at < end && isBlank(text.charCodeAt(at))) {
      if (text.charCodeAt(at) === 9) tab = true;
      at++;
    }
    const isComment = text.charCodeAt(at) === 35 && (at === start || isBlank(text.charCodeAt(at - 1)));
    if (at < end && !isComment) {
      if (at === start && isDocumentMarker(reader, start)) return false;
      if (tab && reader.at === start)
        syntaxProblem(reader, 'a tab in the indentation; YAML allows only spaces');
      reader.at = at;
      return true;
    }
    reader.row++;
    reader.at = starts[reader.row] ?? text.length;
    if (sameRow) return false;
  }
  return false;
}

/** `---` or `...` at the start of a row. */
export function isDocumentMarker(reader: Reader, start: number): boolean {
  const { text } = reader;
  if (!text.startsWith('---', start) && !text.startsWith('...', start)) return false;
  const after = text.charCodeAt(start + 3);
  return Number.isNaN(after) || isBlank(after) || after === 10 || after === 13;
}

/** An empty value (null) on a line. */
export function nothing(line: number): YamlScalar {
  return { kind: 'scalar', line, text: '', style: 'plain' };
}

/**
 * Reads the block node at or after the cursor. It must start at column `least` or further right;
 * a sequence may start at `leastDash` (a map's value may be a sequence at the map's own column).
 * `inlineRow` is the row of the key before it: on that row no block collection may begin.
 */
export function blockNode(reader: Reader, least: number, leastDash: number, inlineRow: number): YamlNode {
  const line = reader.row + 1;
  const before = reader.nodes++;
  if (!moveToContent(reader)) return nothing(line);
  if (column(reader) < (isDash(reader) ? leastDash : least) && reader.row !== inlineRow) return nothing(line);
  if (reader.depth >= MAX_DEPTH) {
    stop(reader, 'file/too-deep', `nested deeper than ${MAX_DEPTH} levels`);
    return nothing(line);
  }
  reader.depth++;
  const { row, at } = reader;
  const properties = readProperties(reader);
  let node: YamlNode;
  if (properties !== undefined && reader.row === row && reader.row !== inlineRow && keyEnd(reader) !== -1) {
    // `&a key: value`: the anchor is the key's, and the map starts at the anchor.
    node = mapping(reader, at - reader.starts[row]!, properties);
    reader.depth--;
    return node;
  }
  // After properties that end their row the value is on a later one, if there is one at all, and may have its own.
  if (properties !== undefined && reader.row !== row) node = blockNode(reader, least, leastDash, -1);
  else node = contentNode(reader, least, inlineRow);
  if (properties?.anchor !== undefined)
    reader.anchors.set(properties.anchor, { node, size: reader.nodes - before });
  reader.depth--;
  return node;
}

const column = (reader: Reader): number => reader.at - (reader.starts[reader.row] ?? 0);

/** A dash that begins a sequence item: followed by space or the end of the row. */
function isDash(reader: Reader): boolean {
  return reader.text.charCodeAt(reader.at) === 45 && isGap(reader.text.charCodeAt(reader.at + 1));
}

const isGap = (code: number): boolean => Number.isNaN(code) || isBlank(code) || code === 10 || code === 13;

interface Properties {
  readonly anchor: string | undefined;
}

/** Reads `&anchor` and `!tag` before a node; tags are skipped. Leaves the cursor on what follows, or on the next row. */
function readProperties(reader: Reader): Properties | undefined {
  let found = false;
  let anchor: string | undefined;
  for (;;) {
    const code = reader.text.charCodeAt(reader.at);
    if (code !== 38 /* & */ && code !== 33 /* ! */) break;
    found = true;
    const end = wordEnd(reader, reader.at);
    if (code === 38) anchor = reader.text.slice(reader.at + 1, end);
    reader.at = end;
    if (!moveToContent(reader, true)) break;
  }
  return found ? { anchor } : undefined;
}

function wordEnd(reader: Reader, from: number): number {
  const end = rowEnd(reader, reader.row);
  let at = from;
  while (at < end && !isBlank(reader.text.charCodeAt(at))) at++;
  return at;
}

function contentNode(reader: Reader, least: number, inlineRow: number): YamlNode {
  const { text } = reader;
  const code = text.charCodeAt(reader.at);
  const inline = reader.row === inlineRow;
  if (!inline && isDash(reader)) return sequence(reader, column(reader));
  if (!inline && (isExplicitKey(reader) || keyEnd(reader) !== -1))
    return mapping(reader, column(reader), undefined);
  switch (code) {
    case 124 /* | */:
    case 62 /* > */:
      return blockScalar(reader, least - 1);
    case 34 /* " */:
    case 39 /* ' */:
      return quotedScalar(reader, least);
    case 91 /* [ */:
    case 123 /* { */: {
      const node = flowNode(reader);
      if (!reader.stopped) trailing(reader);
      return node;
    }
    case 42 /* * */: {
      const end = wordEnd(reader, reader.at);
      const node = aliased(reader, text.slice(reader.at + 1, end));
      reader.at = end;
      trailing(reader);
      return node;
    }
    default:
      return plainScalar(reader, least);
  }
}

/** What an alias stands for; null with a problem when there is no such anchor or the aliases have become too many. */
export function aliased(reader: Reader, name: string): YamlNode {
  const target = reader.anchors.get(name);
  const line = reader.row + 1;
  if (target === undefined) {
    syntaxProblem(reader, 'an alias (*) whose anchor (&) is not defined before it');
    return nothing(line);
  }
  reader.nodes += target.size;
  reader.expanded += target.size;
  if (reader.expanded <= MAX_EXPANDED) return target.node;
  stop(reader, 'yaml/alias-bomb', `aliases stand for more than ${MAX_EXPANDED} nodes`);
  return nothing(line);
}

/** `? key`: YAML's long form of a key. */
function isExplicitKey(reader: Reader): boolean {
  return reader.text.charCodeAt(reader.at) === 63 && isGap(reader.text.charCodeAt(reader.at + 1));
}

function sequence(reader: Reader, at: number): YamlNode {
  const line = reader.row + 1;
  const items: { line: number; value: YamlNode }[] = [];
  while (moveToContent(reader) && column(reader) >= at) {
    if (column(reader) > at) {
      skipRow(reader, 'wrong indentation: the line belongs to nothing above it');
      continue;
    }
    if (!isDash(reader)) break;
    const itemLine = reader.row + 1;
    reader.at++;
    items.push({ line: itemLine, value: blockNode(reader, at + 1, at + 1, -1) });
  }
  return { kind: 'sequence', line, items };
}

function skipRow(reader: Reader, message: string): void {
  syntaxProblem(reader, message);
  reader.row++;
  reader.at = reader.starts[reader.row] ?? reader.text.length;
}

function mapping(reader: Reader, at: number, keyProperties: Properties | undefined): YamlNode {
  const line = reader.row + 1;
  const map = new MapBuilder(reader, line);
  let properties = keyProperties;
  while (properties !== undefined || (moveToContent(reader) && column(reader) >= at)) {
    if (properties === undefined && column(reader) > at) {
      skipRow(reader, 'wrong indentation: the line belongs to nothing above it');
      continue;
    }
    properties ??= readProperties(reader);
    const explicit = isExplicitKey(reader);
    const end = explicit || isDash(reader) ? -1 : keyEnd(reader);
    if (end === -1) {
      properties = undefined;
      skipRow(reader, explicit ? 'explicit keys (`? key`) are not read' : 'expected `key: value`');
      continue;
    }
    const row = reader.row;
    const key = keyText(reader, end);
    if (properties?.anchor !== undefined)
      reader.anchors.set(properties.anchor, { node: { ...nothing(row + 1), text: key.text }, size: 1 });
    properties = undefined;
    reader.at = reader.text.indexOf(':', end) + 1; // keyEnd has seen it
    map.add(key.text, row, blockNode(reader, at + 1, at, row), key.plain);
  }
  return map.finish();
}

/**
 * Offset just after the key when the cursor is on an implicit key (`key:`), before any space that precedes its colon; −1 when it is not.
 * A key is on one row and its colon is followed by space or the end of the row.
 */
function keyEnd(reader: Reader): number {
  const { text } = reader;
  const end = rowEnd(reader, reader.row);
  const first = text.charCodeAt(reader.at);
  if (first === 34 || first === 39) {
    const close = closingQuote(text, first, reader.at + 1, end);
    return close !== -1 && colonFollows(text, close + 1, end) ? close + 1 : -1;
  }
  // [ { | > @ ` % # & ! never begin a plain key. `{{` is a template's, and no YAML either way.
  if (
    first === 91 ||
    first === 123 ||
    first === 124 ||
    first === 62 ||
    first === 35 ||
    first === 38 ||
    first === 33
  )
    return -1;
  for (let colon = within(text, 58, reader.at, end); colon !== -1; colon = within(text, 58, colon + 1, end)) {
    if (colon + 1 < end && !isBlank(text.charCodeAt(colon + 1))) continue;
    const comment = commentStart(text, reader.at, colon);
    if (comment !== -1) return -1;
    let stop = colon;
    while (stop > reader.at && isBlank(text.charCodeAt(stop - 1))) stop--;
    return stop;
  }
  return -1;
}

/** Offset of a `#` that begins a comment (preceded by space) between two offsets, −1 when there is none. */
export function commentStart(text: string, from: number, to: number): number {
  for (let at = within(text, 35, from, to); at !== -1; at = within(text, 35, at + 1, to))
    if (at > from && isBlank(text.charCodeAt(at - 1))) return at;
  return -1;
}

/** `indexOf` that does not look past `to`: searching a whole file for what the row lacks would be quadratic. */
function within(text: string, code: number, from: number, to: number): number {
  for (let at = from; at < to; at++) if (text.charCodeAt(at) === code) return at;
  return -1;
}

/** Offset of the first `quote` (its character code) between two offsets that closes a string; −1 when there is none. */
export function closingQuote(text: string, quote: number, from: number, end: number): number {
  for (let at = from; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === 92 && quote === 34) at++;
    else if (code === quote) {
      if (quote === 39 && at + 1 < end && text.charCodeAt(at + 1) === 39) at++;
      else return at;
    }
  }
  return -1;
}

function colonFollows(text: string, from: number, end: number): boolean {
  let at = from;
  while (at < end && isBlank(text.charCodeAt(at))) at++;
  return at < end && text.charCodeAt(at) === 58 && (at + 1 >= end || isBlank(text.charCodeAt(at + 1)));
}

function keyText(reader: Reader, end: number): { readonly text: string; readonly plain: boolean } {
  const raw = reader.text.slice(reader.at, end);
  const first = raw.charCodeAt(0);
  if (first === 34 || first === 39) {
    const { row, at } = reader;
    const scalar = quotedScalar(reader, 0, true);
    reader.row = row;
    reader.at = at;
    return { text: scalar.text, plain: false };
  }
  if (first === 42) {
    const node = aliased(reader, raw.slice(1));
    return { text: node.kind === 'scalar' ? node.text : '', plain: false };
  }
  return { text: raw, plain: true };
}
