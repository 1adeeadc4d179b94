/** A regular expression in the syntax of RE2 (https://github.com/google/re2/wiki/Syntax), over bytes. */
export type Node =
  /** One byte out of a set: 256 members, 1 where it belongs. */
  | { readonly kind: 'set'; readonly members: Uint8Array }
  | { readonly kind: 'sequence'; readonly items: readonly Node[] }
  | { readonly kind: 'either'; readonly items: readonly Node[] }
  | {
      readonly kind: 'repeat';
      readonly item: Node;
      readonly least: number;
      readonly most: number;
      readonly isLazy: boolean;
    }
  | { readonly kind: 'group'; readonly item: Node; readonly name: string | undefined }
  /** Start and end of the text or of a line, and both sides of `\b`. */
  | { readonly kind: 'place'; readonly place: Place };

export type Place = 'text-start' | 'text-end' | 'line-start' | 'line-end' | 'word' | 'no-word';

/** Why a pattern cannot be read. */
export class PatternFault extends Error {}

interface Flags {
  readonly i: boolean;
  readonly m: boolean;
  readonly s: boolean;
  readonly U: boolean;
}

interface Reader {
  readonly source: string;
  at: number;
  flags: Flags;
  depth: number;
}

const MAX_DEPTH = 100;
/** As in RE2: a larger count is an error there too. */
const MAX_COUNT = 1000;

/** Reads a pattern; PatternFault, with the reason in words, when it is not RE2's syntax or cannot be said over bytes. */
export function readPattern(source: string): Node {
  const reader: Reader = { source, at: 0, flags: { i: false, m: false, s: false, U: false }, depth: 0 };
  const node = either(reader);
  if (reader.at < source.length) throw new PatternFault(`a \`)\` too many at ${reader.at + 1}`);
  return node;
}

function either(reader: Reader): Node {
  if (++reader.depth > MAX_DEPTH) throw new PatternFault(`groups more than ${MAX_DEPTH} deep`);
  const items = [sequence(reader)];
  while (reader.source[reader.at] === '|') {
    reader.at++;
    items.push(sequence(reader));
  }
  reader.depth--;
  return items.length === 1 ? items[0]! : { kind: 'either', items };
}

function sequence(reader: Reader): Node {
  const items: Node[] = [];
  for (;;) {
    const next = reader.source[reader.at];
    if (next === undefined || next === '|' || next === ')') break;
    const quoted = reader.source.startsWith('\\Q', reader.at) ? quotedAt(reader) : undefined;
    const item = quoted === undefined ? atom(reader) : quoted.pop();
    // A repeat behind `\E` is of the last character only.
    if (quoted !== undefined) items.push(...quoted);
    if (item !== undefined) items.push(repeated(reader, item));
  }
  return items.length === 1 ? items[0]! : { kind: 'sequence', items };
}

/** `\Q…\E`: every character for itself, up to the end of the pattern when there is no `\E`. */
function quotedAt(reader: Reader): Node[] {
  const end = reader.source.indexOf('\\E', reader.at);
  const stop = end === -1 ? reader.source.length : end;
  const items: Node[] = [];
  for (reader.at += 2; reader.at < stop;) items.push(literal(reader, codePoint(reader)));
  reader.at = end === -1 ? stop : stop + 2;
  return items;
}

const COUNT = /\{(\d{1,6})(?:(,)(\d{0,6}))?\}/y;

function repeated(reader: Reader, item: Node): Node {
  const counts = countAt(reader);
  if (counts === undefined) return item;
  const [least, most] = counts;
  if (least > MAX_COUNT || (most > MAX_COUNT && most !== Number.POSITIVE_INFINITY) || most < least)
    throw new PatternFault(`a count above ${MAX_COUNT}, or from more to less`);
  let isLazy = reader.flags.U;
  if (reader.source[reader.at] === '?') {
    reader.at++;
    isLazy = !isLazy;
  }
  return repeated(reader, { kind: 'repeat', item, least, most, isLazy });
}

function countAt(reader: Reader): readonly [number, number] | undefined {
  const sign = reader.source[reader.at];
  if (sign === '*' || sign === '+' || sign === '?') {
    reader.at++;
    return [sign === '+' ? 1 : 0, sign === '?' ? 1 : Number.POSITIVE_INFINITY];
  }
  COUNT.lastIndex = reader.at;
  const match = sign === '{' ? COUNT.exec(reader.source) : null;
  if (match === null) return undefined;
  reader.at += match[0].length;
  const least = Number(match[1]);
  if (match[2] === undefined) return [least, least];
  return [least, match[3] === '' ? Number.POSITIVE_INFINITY : Number(match[3])];
}

function atom(reader: Reader): Node | undefined {
  const sign = reader.source[reader.at]!;
  switch (sign) {
    case '(':
      return group(reader);
    case '[':
      return { kind: 'set', members: classAt(reader) };
    case '.':
      reader.at++;
      return { kind: 'set', members: reader.flags.s ? full() : without(full(), 0x0a) };
    case '^':
      reader.at++;
      return { kind: 'place', place: reader.flags.m ? 'line-start' : 'text-start' };
    case '$':
      reader.at++;
      return { kind: 'place', place: reader.flags.m ? 'line-end' : 'text-end' };
    case '*':
    case '+':
    case '?':
      throw new PatternFault(`nothing to repeat at ${reader.at + 1}`);
    case '\\':
      return escape(reader);
    default:
      return literal(reader, codePoint(reader));
  }
}

function codePoint(reader: Reader): number {
  const point = reader.source.codePointAt(reader.at)!;
  reader.at += point > 0xffff ? 2 : 1;
  return point;
}

/** A character: one byte, or the bytes of its UTF-8. */
function literal(reader: Reader, point: number): Node {
  if (point < 0x80) return { kind: 'set', members: folded(reader, single(point)) };
  const items = [...new TextEncoder().encode(String.fromCodePoint(point))].map((byte): Node => ({
    kind: 'set',
    members: single(byte),
  }));
  return { kind: 'sequence', items };
}

const GROUP = /\((?:\?(?:P?<([A-Za-z_]\w*)>|([imsU]*)(?:-([imsU]+))?([:)])))?/y;

function group(reader: Reader): Node | undefined {
  GROUP.lastIndex = reader.at;
  const match = GROUP.exec(reader.source)!;
  if (match[0] === '(' && reader.source[reader.at + 1] === '?')
    throw new PatternFault(`a group that RE2 does not know at ${reader.at + 1} (it has no look-around)`);
  reader.at += match[0].length;
  const outer = reader.flags;
  if (match[4] !== undefined) reader.flags = changed(outer, match[2]!, match[3] ?? '');
  // `(?i)` holds up to the end of the group that it stands in.
  if (match[4] === ')') return undefined;
  const item = either(reader);
  if (reader.source[reader.at] !== ')') throw new PatternFault('a group that is not closed');
  reader.at++;
  reader.flags = outer;
  return match[4] === ':' ? item : { kind: 'group', item, name: match[1] };
}

function changed(flags: Flags, on: string, off: string): Flags {
  const has = (flag: keyof Flags): boolean => (flags[flag] || on.includes(flag)) && !off.includes(flag);
  return { i: has('i'), m: has('m'), s: has('s'), U: has('U') };
}

function escape(reader: Reader): Node {
  const next = reader.source[reader.at + 1];
  const place = next === undefined ? undefined : PLACES.get(next);
  if (place !== undefined) {
    reader.at += 2;
    return { kind: 'place', place };
  }
  const set = escapedSet(reader);
  if (set !== undefined) return { kind: 'set', members: set };
  return literal(reader, escapedPoint(reader));
}

const PLACES: ReadonlyMap<string, Place> = new Map([
  ['A', 'text-start'],
  ['z', 'text-end'],
  ['b', 'word'],
  ['B', 'no-word'],
]);

/** `\d`, `\W`, `\pL` …; RE2's are of ASCII, and `\s` has no vertical tab. */
function escapedSet(reader: Reader): Uint8Array | undefined {
  const letter = reader.source[reader.at + 1] ?? '';
  const ranges = SETS.get(letter.toLowerCase());
  if (ranges !== undefined) {
    reader.at += 2;
    const members = ofRanges(ranges);
    return letter === letter.toLowerCase() ? members : inverse(members);
  }
  if (letter !== 'p' && letter !== 'P') return undefined;
  const match = /\\[pP](?:\{(\^?)(\w+)\}|(\w))/y;
  match.lastIndex = reader.at;
  const found = match.exec(reader.source);
  const category = found?.[2] ?? found?.[3] ?? '';
  const wide = CATEGORIES.get(category);
  if (found === null || wide === undefined)
    throw new PatternFault(`the Unicode class \\p{${category}} is not known here: text is read as bytes`);
  reader.at += found[0].length;
  const members = ofRanges(wide);
  if (/^(?:L|Lu|Ll|S|So)$/.test(category)) members.fill(1, 0x80);
  return (letter === 'P') !== (found[1] === '^') ? inverse(members) : members;
}

const SETS: ReadonlyMap<string, string> = new Map([
  ['d', '09'],
  ['w', '09AZaz__'],
  ['s', '\t\n\f\r  '],
]);
/** The part of a category that is ASCII; letters have all bytes of UTF-8 sequences as well. */
const CATEGORIES: ReadonlyMap<string, string> = new Map([
  ['L', 'AZaz'],
  ['Lu', 'AZ'],
  ['Ll', 'az'],
  ['N', '09'],
  ['Nd', '09'],
  ['P', '!#%*,/:;?@[]__{{}}'],
  ['S', '$$++<>^^``||~~'],
  ['Z', '  '],
  ['Zs', '  '],
]);
/** https://github.com/google/re2/wiki/Syntax, "ASCII character classes". */
const POSIX: ReadonlyMap<string, string> = new Map([
  ['alnum', '09AZaz'],
  ['alpha', 'AZaz'],
  ['ascii', '\x00\x7f'],
  ['blank', '\t\t  '],
  ['cntrl', '\x00\x1f\x7f\x7f'],
  ['digit', '09'],
  ['graph', '!~'],
  ['lower', 'az'],
  ['print', ' ~'],
  ['punct', '!/:@[`{~'],
  ['space', '\t\r  '],
  ['upper', 'AZ'],
  ['word', '09AZaz__'],
  ['xdigit', '09AFaf'],
]);

const CONTROLS: ReadonlyMap<string, number> = new Map([
  ['a', 7],
  ['t', 9],
  ['n', 10],
  ['v', 11],
  ['f', 12],
  ['r', 13],
]);

function escapedPoint(reader: Reader): number {
  const match =
    /\\(?:x\{([0-9a-fA-F]{1,6})\}|x([0-9a-fA-F]{2})|([0-7]{2,3}|0)|([^0-9A-Za-z\s]|[\s_])|([atnvfr]))/y;
  match.lastIndex = reader.at;
  const found = match.exec(reader.source);
  if (found === null)
    throw new PatternFault(
      `an escape that RE2 does not know: ${reader.source.slice(reader.at, reader.at + 2)}`,
    );
  reader.at += found[0].length;
  if (found[5] !== undefined) return CONTROLS.get(found[5])!;
  if (found[4] !== undefined) {
    // A lone surrogate here is the first half of a character that was escaped.
    reader.at -= found[4].length;
    return codePoint(reader);
  }
  const point =
    found[3] === undefined ? Number.parseInt(found[1] ?? found[2]!, 16) : Number.parseInt(found[3], 8);
  if (point > 0x10ffff) throw new PatternFault('a character above U+10FFFF');
  return point;
}

function classAt(reader: Reader): Uint8Array {
  const { source } = reader;
  reader.at++;
  const isInverse = source[reader.at] === '^';
  if (isInverse) reader.at++;
  const members = new Uint8Array(256);
  for (let isFirst = true; isFirst || source[reader.at] !== ']'; isFirst = false) {
    if (reader.at >= source.length) throw new PatternFault('a character class that is not closed');
    const posix = /\[:(\^?)(\w+):\]/y;
    posix.lastIndex = reader.at;
    const named = posix.exec(source);
    const ranges = named === null ? undefined : POSIX.get(named[2]!);
    if (named !== null && ranges !== undefined) {
      reader.at += named[0].length;
      join(members, named[1] === '^' ? inverse(ofRanges(ranges)) : ofRanges(ranges));
      continue;
    }
    const set = source[reader.at] === '\\' ? escapedSet(reader) : undefined;
    if (set !== undefined) {
      join(members, set);
      continue;
    }
    const first = classPoint(reader);
    let last = first;
    if (source[reader.at] === '-' && source[reader.at + 1] !== ']' && reader.at + 1 < source.length) {
      reader.at++;
      last = classPoint(reader);
      if (last < first) throw new PatternFault('a range from more to less in a character class');
    }
    // Characters beyond ASCII are several bytes: any of these bytes will do.
    if (first < 0x80) members.fill(1, first, Math.min(last, 0x7f) + 1);
    if (last >= 0x80) members.fill(1, 0x80);
  }
  reader.at++;
  const own = folded(reader, members);
  return isInverse ? inverse(own) : own;
}

const classPoint = (reader: Reader): number =>
  reader.source[reader.at] === '\\' ? escapedPoint(reader) : codePoint(reader);

function folded(reader: Reader, members: Uint8Array): Uint8Array {
  if (!reader.flags.i) return members;
  for (let upper = 0x41; upper <= 0x5a; upper++)
    if (members[upper] === 1 || members[upper + 32] === 1) members[upper] = members[upper + 32] = 1;
  return members;
}

const full = (): Uint8Array => new Uint8Array(256).fill(1);

function single(byte: number): Uint8Array {
  const members = new Uint8Array(256);
  members[byte] = 1;
  return members;
}

function without(members: Uint8Array, byte: number): Uint8Array {
  members[byte] = 0;
  return members;
}

const inverse = (members: Uint8Array): Uint8Array => members.map((member) => 1 - member);

function join(members: Uint8Array, more: Uint8Array): void {
  for (let byte = 0; byte < 256; byte++) if (more[byte] === 1) members[byte] = 1;
}

/** Pairs of first and last. */
function ofRanges(pairs: string): Uint8Array {
  const members = new Uint8Array(256);
  for (let i = 0; i + 1 < pairs.length; i += 2)
    members.fill(1, pairs.charCodeAt(i), pairs.charCodeAt(i + 1) + 1);
  return members;
}
