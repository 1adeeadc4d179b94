import { aliased, nothing, type Reader, rowEnd, stop, syntaxProblem } from './yaml-block.ts';
import { MapBuilder } from './yaml-map.ts';
import { quotedText } from './yaml-scalar.ts';
import type { YamlNode } from './yaml.ts';

const MAX_DEPTH = 100;

const isBlank = (code: number): boolean => code === 32 || code === 9;

/** `,` `[` `]` `{` `}`: they end a plain scalar inside brackets. */
const isIndicator = (code: number): boolean =>
  code === 44 || code === 91 || code === 93 || code === 123 || code === 125;

/** Reads `[…]` or `{…}` at the cursor, over rows, and leaves the cursor after its closing bracket. */
export function flowNode(reader: Reader): YamlNode {
  if (reader.depth >= MAX_DEPTH) {
    stop(reader, 'file/too-deep', `nested deeper than ${MAX_DEPTH} levels`);
    return nothing(reader.rows);
  }
  reader.depth++;
  const node = reader.text.charCodeAt(reader.at) === 91 ? flowSequence(reader) : flowMap(reader);
  reader.depth--;
  return node;
}

function flowSequence(reader: Reader): YamlNode {
  const line = reader.row + 1;
  const opened = reader.row;
  const items: { line: number; value: YamlNode }[] = [];
  reader.at++;
  while (toToken(reader, opened)) {
    const code = reader.text.charCodeAt(reader.at);
    if (code === 93) {
      reader.at++;
      break;
    }
    if (code === 44) {
      reader.at++;
      continue;
    }
    if (isStray(reader, code)) continue;
    const itemLine = reader.row + 1;
    const row = reader.row;
    const entry = flowEntry(reader, opened);
    if (entry.value === undefined) items.push({ line: itemLine, value: entry.key });
    else {
      const map = new MapBuilder(reader, itemLine);
      map.add(keyOf(reader, entry.key), row, entry.value, entry.plain);
      items.push({ line: itemLine, value: map.finish() });
    }
  }
  return { kind: 'sequence', line, items };
}

function flowMap(reader: Reader): YamlNode {
  const opened = reader.row;
  const map = new MapBuilder(reader, opened + 1);
  reader.at++;
  while (toToken(reader, opened)) {
    const code = reader.text.charCodeAt(reader.at);
    if (code === 125) {
      reader.at++;
      break;
    }
    if (code === 44) {
      reader.at++;
      continue;
    }
    if (isStray(reader, code)) continue;
    const row = reader.row;
    const entry = flowEntry(reader, opened);
    map.add(keyOf(reader, entry.key), row, entry.value ?? nothing(row + 1), entry.plain);
  }
  return map.finish();
}

/** A closing bracket of the wrong kind: reported and stepped over. */
function isStray(reader: Reader, code: number): boolean {
  if (code !== 93 && code !== 125) return false;
  syntaxProblem(reader, 'a closing bracket that nothing opened');
  reader.at++;
  return true;
}

function keyOf(reader: Reader, node: YamlNode): string {
  if (node.kind === 'scalar') return node.text;
  syntaxProblem(reader, 'a collection as a key is not read');
  return '';
}

/** `value`, or `key: value`; `plain` tells an unquoted key. */
function flowEntry(
  reader: Reader,
  opened: number,
): { readonly key: YamlNode; readonly value: YamlNode | undefined; readonly plain: boolean } {
  const before = reader.at;
  const beforeRow = reader.row;
  const first = reader.text.charCodeAt(reader.at);
  const adjacent = first === 34 || first === 39 || first === 91 || first === 123;
  const key = flowValue(reader, opened);
  const plain = !adjacent && first !== 42;
  if (reader.stopped || !toToken(reader, opened)) return { key, value: undefined, plain };
  const code = reader.text.charCodeAt(reader.at);
  const next = reader.text.charCodeAt(reader.at + 1);
  if (code === 58 && (adjacent || isGap(next) || isIndicator(next))) {
    reader.at++;
    if (!toToken(reader, opened)) return { key, value: nothing(beforeRow + 1), plain };
    const after = reader.text.charCodeAt(reader.at);
    if (after === 44 || after === 93 || after === 125) return { key, value: nothing(reader.row + 1), plain };
    const value = flowValue(reader, opened);
    if (!reader.stopped && toToken(reader, opened)) expectEnd(reader, before, beforeRow);
    return { key, value, plain };
  }
  expectEnd(reader, before, beforeRow);
  return { key, value: undefined, plain };
}

/** After an entry comes a comma or a closing bracket; if not, that is reported, and reading moves on by at least one character. */
function expectEnd(reader: Reader, before: number, beforeRow: number): void {
  const code = reader.text.charCodeAt(reader.at);
  if (code === 44 || code === 93 || code === 125) return;
  syntaxProblem(reader, 'expected a comma between values');
  if (reader.at === before && reader.row === beforeRow) reader.at++;
}

const isGap = (code: number): boolean => Number.isNaN(code) || isBlank(code) || code === 10 || code === 13;

/** One value; anchors and tags before it are read. */
function flowValue(reader: Reader, opened: number): YamlNode {
  const { text } = reader;
  const before = reader.nodes++;
  let anchor: string | undefined;
  for (;;) {
    const code = text.charCodeAt(reader.at);
    if (code !== 38 && code !== 33) break;
    const end = wordEnd(reader);
    if (code === 38) anchor = text.slice(reader.at + 1, end);
    reader.at = end;
    if (!toToken(reader, opened)) return nothing(reader.rows);
  }
  const node = flowContent(reader);
  if (anchor !== undefined) reader.anchors.set(anchor, { node, size: reader.nodes - before });
  return node;
}

function flowContent(reader: Reader): YamlNode {
  const { text } = reader;
  const line = reader.row + 1;
  switch (text.charCodeAt(reader.at)) {
    case 91:
    case 123:
      return flowNode(reader);
    case 34:
    case 39:
      return { kind: 'scalar', line, text: quotedText(reader, 0), style: 'quoted' };
    case 42: {
      const end = wordEnd(reader);
      const name = text.slice(reader.at + 1, end);
      reader.at = end;
      return aliased(reader, name);
    }
    case 44:
    case 93:
    case 125:
      return nothing(line);
    default:
      if (text.charCodeAt(reader.at) === 63 && isGap(text.charCodeAt(reader.at + 1)))
        syntaxProblem(reader, 'explicit keys (`? key`) are not read');
      return { kind: 'scalar', line, text: flowPlain(reader), style: 'plain' };
  }
}

function wordEnd(reader: Reader): number {
  const end = rowEnd(reader, reader.row);
  let at = reader.at;
  while (at < end && !isBlank(reader.text.charCodeAt(at)) && !isIndicator(reader.text.charCodeAt(at))) at++;
  return at;
}

/** A plain scalar inside brackets, folded over rows. Ends at an indicator, at `: `, or at ` #`. */
function flowPlain(reader: Reader): string {
  const { text } = reader;
  const parts: string[] = [];
  let blank = 0;
  for (;;) {
    const end = rowEnd(reader, reader.row);
    let at = reader.at;
    for (; at < end; at++) {
      const code = text.charCodeAt(at);
      if (isIndicator(code)) break;
      const next = at + 1 < end ? text.charCodeAt(at + 1) : Number.NaN;
      if (code === 58 && (isGap(next) || isIndicator(next))) break;
      if (code === 35 && at > reader.at && isBlank(text.charCodeAt(at - 1))) break;
    }
    if (parts.length > 0) parts.push(blank === 0 ? ' ' : '\n'.repeat(blank));
    parts.push(text.slice(reader.at, at).trimEnd());
    reader.at = at;
    if (at < end) break;
    const next = nextFilledRow(reader);
    if (next === undefined) break;
    blank = next.row - reader.row - 1;
    const code = text.charCodeAt(next.at);
    if (isIndicator(code) || code === 35 || (code === 58 && isGap(text.charCodeAt(next.at + 1)))) break;
    reader.row = next.row;
    reader.at = next.at;
  }
  return parts.join('');
}

function nextFilledRow(reader: Reader): { readonly row: number; readonly at: number } | undefined {
  for (let row = reader.row + 1; row < reader.rows; row++) {
    const end = rowEnd(reader, row);
    let at = reader.starts[row]!;
    while (at < end && isBlank(reader.text.charCodeAt(at))) at++;
    if (at < end) return { row, at };
  }
  return undefined;
}

/** Moves to the next character inside brackets that is neither space, line end nor comment. At the end of the file it stops the reader. */
function toToken(reader: Reader, opened: number): boolean {
  const { text } = reader;
  while (reader.row < reader.rows) {
    const end = rowEnd(reader, reader.row);
    let at = reader.at;
    while (at < end && isBlank(text.charCodeAt(at))) at++;
    const isComment =
      text.charCodeAt(at) === 35 && (at === reader.starts[reader.row]! || isBlank(text.charCodeAt(at - 1)));
    if (at < end && !isComment) {
      reader.at = at;
      return true;
    }
    reader.row++;
    reader.at = reader.starts[reader.row] ?? text.length;
  }
  if (!reader.stopped) {
    reader.row = opened;
    stop(reader, 'file/truncated', 'a `[` or `{` is not closed');
  }
  return false;
}
