import { stringAt, type JsonObject } from '../../text/json.ts';
import { indentOf, tryParse } from './lock-json.ts';

/** Stands for the entries where the rest of a file is parsed. There is but one way to write this character in JSON. */
const MARK = '\\u0000';

/** What npm writes after a key, from its last quote on. */
const OPENING = '": {';

/** One entry as its text says. `facts` is what was made of it. */
export interface Block<Facts> {
  readonly text: string;
  readonly facts: Facts;
  /** Shared by all that have its key: in which version one of them was last. */
  readonly key: { seenIn: number };
  /** What came after it the last time: most likely the same comes again. */
  next: Block<Facts> | undefined;
}

/** Entries of one section, each different text of which is parsed once. */
export interface BlockReader<Facts> {
  /** The block that a text has between `at` and the first `end` after it, that included; `undefined` when that is no entry. */
  at(text: string, at: number, end: string, before: Block<Facts> | undefined): Block<Facts> | undefined;
  /** Characters that are held. */
  held(): number;
}

/** `make` is called once for each different text. */
export function blockReader<Facts>(make: (key: string, value: JsonObject) => Facts): BlockReader<Facts> {
  const blocks = new Map<string, Block<Facts>>();
  const keys = new Map<string, Block<Facts>['key']>();
  let held = 0;

  const parse = (source: string): Block<Facts> | undefined => {
    const lineEnd = source.indexOf('\n');
    if (!source.endsWith(OPENING, lineEnd)) return undefined;
    // The two are parsed apart: an object with a key that no other has costs more than its value.
    const name = parseText(source.slice(0, lineEnd - OPENING.length + 1).trimStart());
    const value = tryParse(source.slice(lineEnd - 1));
    // Keys that are numbers come first in an object, wherever they stand.
    if (name === undefined || /^\d+$/.test(name) || value === undefined) return undefined;
    let key = keys.get(name);
    if (key === undefined) keys.set(name, (key = { seenIn: -1 }));
    // A slice would hold the whole file.
    return { text: source.split('\n').join('\n'), facts: make(name, value), key, next: undefined };
  };

  return {
    at(text, at, end, before) {
      const likely = before?.next;
      if (likely !== undefined && text.startsWith(likely.text, at)) return likely;
      const stop = text.indexOf(end, at);
      if (stop === -1) return undefined;
      const source = text.slice(at, stop + end.length);
      let block = blocks.get(source);
      if (block === undefined) {
        block = parse(source);
        if (block === undefined) return undefined;
        held += source.length;
        blocks.set(block.text, block);
      }
      if (before !== undefined) before.next = block;
      return block;
    },
    held: () => held,
  };
}

/** A key between its quotes. */
function parseText(quoted: string): string | undefined {
  try {
    const value: unknown = JSON.parse(quoted);
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}

/** What the entries of a lockfile are read with. */
export interface LockReaders<Package, Nested> {
  readonly packages: BlockReader<Package>;
  /** `dependencies` where there is no `packages`. */
  readonly nested: BlockReader<Nested>;
  /** `dependencies` beside `packages`: they only have to be JSON. */
  readonly rest: BlockReader<undefined>;
}

/** A lockfile in pieces. */
export interface LockBlocks<Package, Nested> {
  /** The file without the entries. */
  readonly rest: JsonObject;
  readonly packages: readonly Block<Package>[] | undefined;
  /** Only where there is no `packages`. */
  readonly nested: readonly Block<Nested>[] | undefined;
}

/**
 * Cuts `packages` and `dependencies` at the lines where npm begins and ends an entry, and parses each piece and the rest by
 * themselves. Where every piece is one member of an object, and the rest is JSON with a value in their place, the whole is JSON and
 * means just that. `undefined` when the file is not laid out so, or says something twice. `version` numbers the file: one for each.
 */
export function cutLock<Package, Nested>(
  text: string,
  readers: LockReaders<Package, Nested>,
  version: number,
): LockBlocks<Package, Nested> | undefined {
  const first = text.indexOf('\n') + 1;
  const edge = text.slice(Math.max(0, first - 1), first + indentOf(text, first));
  if (edge.length < 2) return undefined;
  const packages = cutSection(text, 'packages', 0, edge, readers.packages, version);
  if (packages === 'other') return undefined;
  const from = packages?.close ?? 0;
  if (packages === undefined) {
    const nested = cutSection(text, 'dependencies', 0, edge, readers.nested, version);
    if (nested === undefined || nested === 'other') return undefined;
    const rest = parseRest(text, [nested], edge);
    if (rest === undefined || Object.hasOwn(rest, 'packages')) return undefined;
    return { rest, packages: undefined, nested: nested.blocks };
  }
  const also = cutSection(text, 'dependencies', from, edge, readers.rest, version);
  if (also === 'other') return undefined;
  const rest = parseRest(text, also === undefined ? [packages] : [packages, also], edge);
  return rest === undefined ? undefined : { rest, packages: packages.blocks, nested: undefined };
}

interface Section<Facts> {
  readonly name: string;
  readonly blocks: readonly Block<Facts>[];
  /** Where its brackets are: the first character of it, and the first behind it. */
  readonly open: number;
  readonly close: number;
}

/** The entries of a section; `undefined` when there is none after `from`. */
function cutSection<Facts>(
  text: string,
  name: string,
  from: number,
  edge: string,
  reader: BlockReader<Facts>,
  version: number,
): Section<Facts> | 'other' | undefined {
  const opening = `${edge}"${name}": {\n`;
  const start = text.indexOf(opening, from);
  if (start === -1) return undefined;
  const open = start + opening.length - 2;
  const entryStart = `${edge}${edge.slice(1)}"`;
  const entryEnd = `${edge}${edge.slice(1)}}`;
  const blocks: Block<Facts>[] = [];
  let at = open + 1;
  let block: Block<Facts> | undefined;
  for (;;) {
    if (!text.startsWith(entryStart, at)) return 'other';
    block = reader.at(text, at + 1, entryEnd, block);
    if (block === undefined || block.key.seenIn === version) return 'other';
    block.key.seenIn = version;
    blocks.push(block);
    at += 1 + block.text.length;
    if (text.charCodeAt(at) !== 44 /* , */) break;
    at++;
  }
  const end = `${edge}}`;
  return text.startsWith(end, at) ? { name, blocks, open, close: at + end.length } : 'other';
}

/** What stands around the sections; `undefined` when that is no object that has them where they stand, or a key is there twice. */
function parseRest(
  text: string,
  sections: readonly Section<unknown>[],
  edge: string,
): JsonObject | undefined {
  const pieces: string[] = [];
  let from = 0;
  for (const { open, close } of sections) {
    pieces.push(text.slice(from, open));
    from = close;
  }
  pieces.push(text.slice(from));
  if (pieces.some((piece) => piece.includes(MARK))) return undefined;
  const value = tryParse(pieces.join(`"${MARK}"`));
  if (value === undefined || sections.some(({ name }) => stringAt(value, name) !== '\0')) return undefined;
  const keys = pieces.reduce((sum, piece) => sum + countOf(`${edge}"`, piece), 0);
  return keys === Object.keys(value).length ? value : undefined;
}

function countOf(piece: string, text: string): number {
  let count = 0;
  for (let at = text.indexOf(piece); at !== -1; at = text.indexOf(piece, at + 1)) count++;
  return count;
}
