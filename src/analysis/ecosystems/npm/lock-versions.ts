import { scanJsonKeys, stringAt, type JsonObject } from '../../text/json.ts';
import {
  indentOf,
  parseLockJson,
  tryParse,
  type LockEntry,
  type LockJson,
  type MadeOfEntry,
} from './lock-json.ts';

/** Characters of entries that are remembered; all are forgotten when it is passed. */
const MOST_HELD = 48 * 1024 * 1024;

/** Stands for the entries where the rest of a file is parsed. There is but one way to write this character in JSON. */
const MARK = '\\u0000';

/** What npm writes after a key, from its last quote on. */
const OPENING = '": {';

/** How deep keys are looked at that may be there twice: the reader of version 1 tells them. */
const MAX_DEPTH = 512;

/** One entry as its text says, with that text. */
interface Block {
  readonly text: string;
  readonly key: string;
  readonly value: JsonObject;
  /** Line breaks in it. */
  readonly breaks: number;
  readonly made: MadeOfEntry;
  /** What came after it the last time: most likely the same comes again. */
  next: Block | undefined;
}

/** Gives the block that a text begins with at a place where one may begin. */
type BlockAt = (text: string, at: number, end: string, before: Block | undefined) => Block | undefined;

/**
 * A parser for the versions of lockfiles, of which few entries change from one to the next: text that was seen before is not
 * parsed again, and its entry is the same object. Gives what `parseLockJson` gives, but for the entries in `value`.
 * It holds what it has read.
 */
export function lockVersions(): (text: string, path: string) => LockJson {
  const blocks = new Map<string, Block>();
  let held = 0;
  const blockAt: BlockAt = (text, at, end, before) => {
    const likely = before?.next;
    if (likely !== undefined && text.startsWith(likely.text, at)) return likely;
    const stop = text.indexOf(end, at);
    if (stop === -1) return undefined;
    const source = text.slice(at, stop + end.length);
    let block = blocks.get(source);
    if (block === undefined) {
      block = parseBlock(source);
      if (block === undefined) return undefined;
      held += source.length;
      if (held > MOST_HELD) {
        blocks.clear();
        held = source.length;
      }
      blocks.set(block.text, block);
    }
    if (before !== undefined) before.next = block;
    return block;
  };
  return (text, path) => parseByBlocks(text, blockAt) ?? parseLockJson(text, path);
}

/**
 * Cuts `packages`, else `dependencies`, at the lines where npm begins and ends an entry, and parses each piece and the rest by
 * themselves. Where every piece is one member of an object, and the rest is JSON with a value in their place, the whole is JSON and
 * means just that. `undefined` when the file is not laid out so, or says something twice.
 */
function parseByBlocks(text: string, blockAt: BlockAt): LockJson | undefined {
  const first = text.indexOf('\n') + 1;
  const edge = text.slice(Math.max(0, first - 1), first + indentOf(text, first));
  if (edge.length < 2) return undefined;
  const section = text.includes(`${edge}"packages":`) ? 'packages' : 'dependencies';
  const opening = `${edge}"${section}": {\n`;
  const start = text.indexOf(opening);
  if (start === -1) return undefined;
  const open = start + opening.length - 2;
  const entryStart = `${edge}${edge.slice(1)}"`;
  const entryEnd = `${edge}${edge.slice(1)}}`;
  const entries: LockEntry[] = [];
  const seen = new Set<string>();
  let line = breaksIn(text.slice(0, open)) + 2;
  let at = open + 1;
  let block: Block | undefined;
  for (;;) {
    if (!text.startsWith(entryStart, at)) return undefined;
    block = blockAt(text, at + 1, entryEnd, block);
    if (block === undefined) return undefined;
    const { key, value, made } = block;
    entries.push({ location: key, value, line, made });
    seen.add(key);
    line += block.breaks + 1;
    at += 1 + block.text.length;
    if (text.charCodeAt(at) !== 44 /* , */) break;
    at++;
  }
  const close = `${edge}}`;
  if (seen.size !== entries.length || !text.startsWith(close, at)) return undefined;
  const value = parseRest(text.slice(0, open), text.slice(at + close.length), section, `${edge}"`);
  if (value === undefined) return undefined;
  return section === 'packages'
    ? { value, entries, problems: [] }
    : { value, entries: undefined, nested: entries, problems: [] };
}

/**
 * One entry: a key and an object, on lines of its own. The two are parsed apart, since an object with a key that no other has costs
 * more than its value. Keys that are numbers come first in an object, wherever they stand.
 */
function parseBlock(source: string): Block | undefined {
  const lineEnd = source.indexOf('\n');
  if (!source.endsWith(OPENING, lineEnd)) return undefined;
  const key = parseText(source.slice(0, lineEnd - OPENING.length + 1).trimStart());
  const value = tryParse(source.slice(lineEnd - 1));
  if (key === undefined || /^\d+$/.test(key) || value === undefined) return undefined;
  // A slice would hold the whole file.
  const text = source.split('\n').join('\n');
  return { text, key, value, breaks: breaksIn(text), made: { text }, next: undefined };
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

/** What stands around the entries; `undefined` when that is no object that has them under `section`, or a key is there twice. */
function parseRest(head: string, tail: string, section: string, keyStart: string): JsonObject | undefined {
  if (head.includes(MARK) || tail.includes(MARK)) return undefined;
  const text = `${head}"${MARK}"${tail}`;
  const value = tryParse(text);
  if (stringAt(value, section) !== '\0') return undefined;
  if (section === 'dependencies' && (Object.hasOwn(value!, 'packages') || saysTwice(text))) return undefined;
  const keys = countOf(keyStart, head) + countOf(keyStart, tail);
  return keys === Object.keys(value!).length ? value : undefined;
}

const saysTwice = (text: string): boolean => scanJsonKeys(text, MAX_DEPTH).duplicates.length > 0;

const breaksIn = (text: string): number => countOf('\n', text);

function countOf(piece: string, text: string): number {
  let count = 0;
  for (let at = text.indexOf(piece); at !== -1; at = text.indexOf(piece, at + 1)) count++;
  return count;
}
