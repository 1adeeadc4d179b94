import type { Region } from './around.ts';
import { Units } from './pieces.ts';

/**
 * Lines of a text that JSON has as a list of strings, each with its line end: cells and outputs of notebooks, scripts in templates.
 *
 *     "source": ["token = (\"ab\"\n", "  \"cd\")\n"]
 */
export interface LineList extends Region {
  readonly how: 'list of lines';
}

const [LF, QUOTE, BACKSLASH, COMMA, CLOSES] = [10, 0x22, 0x5c, 0x2c, 0x5d];
/** Behind which such lists stand in notebooks. In small letters. */
export const LISTED_FORMS: readonly string[] = [
  '"source": [',
  '"text": [',
  '"text/html": [',
  '"text/plain": [',
];
/** How one of its lines ends, but for the last: `\n",`. */
const LINE_LIST = '\\n",';

/** All of them in a text; linear. */
export function* lineLists(
  bytes: Uint8Array,
  text: string | undefined,
): Generator<LineList, void, undefined> {
  let done = 0;
  for (let at = next(bytes, text, 0); at !== -1; at = next(bytes, text, Math.max(at + 1, done))) {
    const list = lineListAround(bytes, at, done, bytes.length);
    if (list === undefined) continue;
    done = list.end;
    yield { how: 'list of lines', ...list };
  }
}

function next(bytes: Uint8Array, text: string | undefined, from: number): number {
  if (text !== undefined) return text.indexOf(LINE_LIST, from);
  for (let at = bytes.indexOf(BACKSLASH, from); at !== -1; at = bytes.indexOf(BACKSLASH, at + 1))
    if (isLineEnd(bytes, at)) return at;
  return -1;
}

const isLineEnd = (bytes: Uint8Array, at: number): boolean =>
  bytes[at + 1] === 0x6e && bytes[at + 2] === QUOTE && bytes[at + 3] === COMMA;

/** The list whose first line ends within some thousand bytes behind `at`. */
export function lineListBehind(bytes: Uint8Array, at: number, from: number, to: number): Region | undefined {
  const most = Math.min(to, at + 4096);
  for (let i = bytes.indexOf(BACKSLASH, at); i !== -1 && i < most; i = bytes.indexOf(BACKSLASH, i + 1))
    if (isLineEnd(bytes, i)) return lineListAround(bytes, i, from, to);
  return undefined;
}

/** The list in which the line ends whose `\n",` is at `at`: from that line on. `undefined` when no string follows. */
function lineListAround(bytes: Uint8Array, at: number, from: number, to: number): Region | undefined {
  if (!isLineEnd(bytes, at)) return undefined;
  const start = startOf(bytes, at, from);
  const units = new Units();
  let end = start;
  let lines = 0;
  while (end < to) {
    const last = stringAt(bytes, end, to, units);
    if (last === -1) break;
    lines++;
    end = last;
    const behind = behindComma(bytes, end, to);
    if (behind === -1) break;
    end = behind;
  }
  return lines < 2 ? undefined : { bytes: units.bytes(), start, end };
}

/** Behind the quote that opens the string in whose midst `at` is; `from` when there is none. */
function startOf(bytes: Uint8Array, at: number, from: number): number {
  for (let i = at - 1; i >= Math.max(from, at - 4096); i--)
    if (bytes[i] === QUOTE && bytes[i - 1] !== BACKSLASH) return i + 1;
    else if (bytes[i] === LF) return i + 1;
  return Math.max(from, at - 4096);
}

/** Puts out what a string says whose first byte is at `at`; gives where it ends, behind its quote. -1: it has no end. */
function stringAt(bytes: Uint8Array, at: number, to: number, units: Units): number {
  for (let i = at; i < to; i++) {
    const unit = bytes[i]!;
    if (unit === QUOTE) return i + 1;
    if (unit === LF) return -1;
    if (unit !== BACKSLASH) units.push(unit);
    else {
      i++;
      const escaped = bytes[i]!;
      if (escaped === 0x6e) units.push(LF);
      else if (escaped === 0x74) units.push(9);
      else if (escaped === QUOTE || escaped === BACKSLASH || escaped === 0x2f) units.push(escaped);
      else if (escaped !== 0x72) {
        units.push(BACKSLASH);
        units.push(escaped);
      }
    }
  }
  return -1;
}

/** From behind a string over a comma to behind the next quote. -1: the list ends. */
function behindComma(bytes: Uint8Array, at: number, to: number): number {
  let i = at;
  if (bytes[i] !== COMMA) return -1;
  i++;
  while (i < to && bytes[i]! <= 0x20) i++;
  return i < to && bytes[i] === QUOTE && bytes[i] !== CLOSES ? i + 1 : -1;
}
