import type { Region } from './around.ts';
import { passedOver } from './around.ts';
import { betweenRuns, isComment, isRunTag } from './between-runs.ts';
import { joined, Units } from './pieces.ts';
import { TOKEN, afterAppend, afterIndent, betweenStrings } from './between-strings.ts';

/**
 * Text that is broken within a word, put together: strings that code joins (`"ab" + "cd"`, `'ab' . 'cd'`, `"ab" "cd"`), lines that go on
 * (`\` at the end; a soft break of quoted-printable; a space at the start, as manifests, calendars and mail fold), characters that take
 * no room, colours of a terminal in the midst of it, and tags of markup that change how its parts look.
 */
export interface Joined extends Region {
  readonly how: 'joined text';
}

const [TAB, LF, CR, ESC, SPACE, AMPERSAND, BACKSLASH, EQUALS, LESS] = [
  9, 10, 13, 27, 32, 0x26, 0x5c, 0x3d, 0x3c,
];
/** Joined text that is shorter holds no token. */
const LEAST = 20;
const MOST = 4096;
/** Bytes of the line before, which may name it, and behind. */
const BEFORE = 64;
const BEHIND = 4;
/** Shorter lines are not folded. */
const LEAST_FOLDED = 60;
/** Characters of a line of quoted-printable without its soft break. */
const MOST_MAIL = 76;
/** Breaks one behind another. */
const MOST_BREAKS = 8;

/** What `joinedRuns` asks of a break at least, and the byte before it. */
const PLACE =
  /[\w+/.~-](?:["'`][ \t\n\r\\+.&|<~]|["'`];\s{0,40}[\w.$]{1,40} ?[+.]=|["'`]\)\s{0,40}\.(?:append|concat|push|Append|write)\(|(?:"['`]|'["`]|`["'])\w|\n(?:[ \t]|[\w.$]{1,40}\+=)|=[\n\r]|<(?:\/|wbr|!--|b>|i>|u>|em>|mark|code|strong)|&(?:shy;|#8203;|#x200b;|#173;|zwn?j;|ZeroWidthSpace;)|[\\\r\x1b\xe2\xef\xc2])/g; // oxlint-disable-line no-control-regex

function nextBreak(at: number, text: string | undefined): number {
  if (text === undefined) return at;
  PLACE.lastIndex = at - 1;
  const found = PLACE.exec(text);
  return found === null ? text.length : found.index + 1;
}

/** All of them in a text; linear. `text`: the bytes as text of one code unit a byte, which makes it faster. */
export function* joinedRuns(bytes: Uint8Array, text?: string): Generator<Joined, void, undefined> {
  let done = 0;
  for (let at = nextBreak(1, text); at < bytes.length; at = nextBreak(at + 1, text)) {
    if (BREAKS[bytes[at]!] === 0 || TOKEN[bytes[at - 1]!] === 0 || !mayBreak(bytes, at)) continue;
    const next = behindBreak(bytes, at, bytes.length);
    if (next === at && bytes[at] !== ESC) continue;
    const start = startOf(bytes, at, done);
    if (start === -1) continue;
    // A line end that is written as an escape: the word ends before it.
    if (at - start === 1 && bytes[start - 1] === BACKSLASH) continue;
    const found = joinedFrom(bytes, start, 0, bytes.length);
    at = Math.max(at, found?.end ?? next);
    done = at;
    if (found !== undefined && hasDigit(found.bytes)) yield { how: 'joined text', ...found };
  }
}

/** What most quotes, line ends and signs are not, by the byte behind them. */
function mayBreak(bytes: Uint8Array, at: number): boolean {
  const unit = bytes[at]!;
  const next = bytes[at + 1];
  if (unit === LF) return next === SPACE || next === TAB || afterAppend(bytes, at + 1, bytes.length) !== -1;
  if (unit === LESS) return isRunTag(bytes, next === 0x2f ? at + 2 : at + 1) || isComment(bytes, at);
  if (unit === AMPERSAND) return afterNothing(bytes, at) !== at;
  if (unit === EQUALS) return next === LF || next === CR;
  if (unit === 0x22 || unit === 0x27 || unit === 0x60) return next !== undefined && BEHIND_QUOTE[next] === 1;
  return true;
}

/** The broken text in whose midst or at whose start `at` is; `undefined` when it is not broken, or short. */
export function joinedAround(bytes: Uint8Array, at: number, from: number, to: number): Region | undefined {
  const start = startOf(bytes, at, from);
  return start === -1 ? undefined : joinedFrom(bytes, start, from, to);
}

/** Bytes of a word before a break; longer ones are data. */
const MOST_WORD = 400;

/** Where the word around `at` starts: behind a colour, which ends with a letter. -1: it is too long for a word. */
function startOf(bytes: Uint8Array, at: number, from: number): number {
  let start = at;
  const least = Math.max(from, at - MOST_WORD);
  while (start > least && TOKEN[bytes[start - 1]!] === 1) start--;
  if (start === least && start > from) return -1;
  for (let i = start - 1; i >= Math.max(from, start - 10); i--)
    if (bytes[i] === ESC) return Math.min(at, Math.max(start, afterColour(bytes, i, bytes.length)));
  return start;
}

function joinedFrom(bytes: Uint8Array, start: number, from: number, to: number): Region | undefined {
  const units = new Units(MOST_HELD);
  // A colour before it hides where a word starts.
  const isColoured = start > from && TOKEN[bytes[start - 1]!] === 1;
  let breaks = isColoured ? 1 : 0;
  let at = start;
  while (units.length < MOST) {
    while (at < to && TOKEN[bytes[at]!] === 1 && units.length < MOST) units.push(bytes[at++]!);
    const next = behindBreak(bytes, at, to);
    if (next === at) break;
    breaks++;
    at = next;
  }
  if (breaks === 0 || units.length < LEAST) return undefined;
  if (hasDashes(units.bytes())) return passedOver(start, at);
  let first = start;
  for (const least = Math.max(from, start - BEFORE); first > least && bytes[first - 1] !== LF;) first--;
  let last = at;
  for (const most = Math.min(to, at + BEHIND); last < most && bytes[last] !== LF && bytes[last] !== CR;)
    last++;
  return {
    bytes: joined([
      bytes.subarray(first, start),
      isColoured ? ONE_SPACE : NO_BYTES,
      units.bytes(),
      bytes.subarray(at, last),
    ]),
    start,
    end: at,
  };
}

/** Units that most have not more of. */
const MOST_HELD = 64;
const NO_BYTES = new Uint8Array(0);
const ONE_SPACE = Uint8Array.of(SPACE);

/** BEGIN and END of a key: who reads keys joins their lines better. */
function hasDashes(units: Uint8Array): boolean {
  return units.some((unit, i) => unit === 0x2d && units[i + 1] === 0x2d && units[i + 2] === 0x2d);
}

function hasDigit(bytes: Uint8Array): boolean {
  return bytes.some((unit) => unit >= 0x30 && unit <= 0x39);
}

/** First bytes of what can stand in the midst of a word: quotes, `\`, line ends, `=`, escape, what UTF-8 writes invisibly. */
const BREAKS = new Uint8Array(256);
for (const unit of [0x22, 0x27, 0x60, BACKSLASH, LF, CR, EQUALS, ESC, LESS, AMPERSAND, 0xe2, 0xef, 0xc2])
  BREAKS[unit] = 1;

/** Space, line ends, `\\`, what joins, what ends a statement or an argument, and another quote. */
const BEHIND_QUOTE = new Uint8Array(256);
for (const unit of [
  SPACE,
  TAB,
  LF,
  CR,
  BACKSLASH,
  0x2b,
  0x2e,
  0x26,
  0x7c,
  0x3c,
  0x7e,
  0x3b,
  0x29,
  0x22,
  0x27,
  0x60,
])
  BEHIND_QUOTE[unit] = 1;

/** Those bytes, and what may come before them, for who looks for marks of tokens. */
export const BROKEN: { readonly run: Uint8Array; readonly follows: Uint8Array } = {
  run: TOKEN,
  follows: BREAKS,
};

/** Where the word goes on behind what interrupts it at `at`; `at` itself when nothing does. */
function behindBreak(bytes: Uint8Array, at: number, to: number): number {
  let next = at;
  for (let breaks = 0; breaks < MOST_BREAKS; breaks++) {
    const after = afterBreak(bytes, next, to);
    if (after === next) break;
    next = after;
    if (next < to && TOKEN[bytes[next]!] === 1) return next;
  }
  return at;
}

function afterBreak(bytes: Uint8Array, at: number, to: number): number {
  switch (bytes[at]) {
    case 0x22:
    case 0x27:
    case 0x60:
      return betweenStrings(bytes, at, to);
    case BACKSLASH: {
      const colour = afterColour(bytes, at, to);
      if (colour !== at) return colour;
      // As Markdown and LaTeX have to write it, and as PHP writes JSON.
      if (bytes[at + 1] === 0x5f || bytes[at + 1] === 0x2f) return at + 1;
      const line = bytes[at + 1] === CR ? at + 2 : at + 1;
      return bytes[line] === LF ? afterIndent(bytes, line + 1, to) : at;
    }
    case LESS:
      return betweenRuns(bytes, at, to);
    case ESC:
      return afterColour(bytes, at, to);
    case EQUALS: {
      const line = bytes[at + 1] === CR ? at + 2 : at + 1;
      // Base64 ends so too, in lines that mail would not have.
      const isMail = isLong(bytes, at) && !isLong(bytes, at - MOST_MAIL + LEAST_FOLDED);
      return bytes[line] === LF && isMail && bytes[line + 1] !== 0x2d ? line + 1 : at;
    }
    case CR:
    case LF: {
      const line = bytes[at] === CR ? at + 1 : at;
      const folds = bytes[line + 1] === SPACE || bytes[line + 1] === TAB;
      if (bytes[line] !== LF) return at;
      if (folds && isLong(bytes, at)) return line + 2;
      const append = afterAppend(bytes, line + 1, to);
      return append === -1 ? at : append;
    }
    case AMPERSAND:
      return afterNothing(bytes, at);
    // U+200B to U+200D, U+2060; U+FEFF; U+00AD.
    case 0xe2: {
      const [second, third] = [bytes[at + 1], bytes[at + 2]!];
      const isNothing =
        (second === 0x80 && third >= 0x8b && third <= 0x8d) || (second === 0x81 && third === 0xa0);
      return isNothing ? at + 3 : at;
    }
    case 0xef:
      return bytes[at + 1] === 0xbb && bytes[at + 2] === 0xbf ? at + 3 : at;
    case 0xc2:
      return bytes[at + 1] === 0xad ? at + 2 : at;
    default:
      return at;
  }
}

/** References to characters that take no room. */
const NOTHING: readonly (readonly number[])[] = [
  '&shy;',
  '&#173;',
  '&#8203;',
  '&#x200b;',
  '&#x200B;',
  '&zwj;',
  '&zwnj;',
  '&ZeroWidthSpace;',
].map((name) => Array.from(name, (one) => one.charCodeAt(0)));

function afterNothing(bytes: Uint8Array, at: number): number {
  for (const name of NOTHING) if (name.every((unit, i) => bytes[at + i] === unit)) return at + name.length;
  return at;
}

/** `ESC [ 0 1 ; 3 1 m`, the first written as itself or as an escape of JSON. */
function afterColour(bytes: Uint8Array, at: number, to: number): number {
  const isEscaped = bytes[at] === BACKSLASH;
  if (isEscaped && !isEscapedEscape(bytes, at)) return at;
  let next = at + (isEscaped ? 6 : 1);
  if (bytes[next] !== 0x5b) return at;
  next++;
  const most = Math.min(to, next + 16);
  while (next < most && ((bytes[next]! >= 0x30 && bytes[next]! <= 0x39) || bytes[next] === 0x3b)) next++;
  return bytes[next] === 0x6d || bytes[next] === 0x4b ? next + 1 : at;
}

/** `\u001b`, its letters in either case. */
function isEscapedEscape(bytes: Uint8Array, at: number): boolean {
  return (
    (bytes[at + 1]! | 32) === 0x75 &&
    bytes[at + 2] === 0x30 &&
    bytes[at + 3] === 0x30 &&
    bytes[at + 4] === 0x31 &&
    (bytes[at + 5]! | 32) === 0x62
  );
}

/** Whether the line that ends at `at` is so long that it was broken for its length. */
function isLong(bytes: Uint8Array, at: number): boolean {
  for (let i = at - 1; i >= at - LEAST_FOLDED; i--) if (i < 0 || bytes[i] === LF) return false;
  return true;
}
