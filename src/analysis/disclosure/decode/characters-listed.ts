import type { Region } from './around.ts';
import { bytesOf, readFrom } from './characters.ts';

const MOST = 1 << 20;
/** Fewer say nothing. */
const LEAST = 16;
const ONE = /\s{0,40}(["'])(?:\\x([\da-fA-F]{2})|(\\?.))\1\s{0,8},?/y;

/** Characters one by one, each in quotes: `'g', 'h', 'p'`. From the one at `at` on. */
export function characterListAround(
  bytes: Uint8Array,
  at: number,
  _from: number,
  to: number,
): Region | undefined {
  const { word, end } = readFrom(bytes, at, to, MOST, wordOf);
  return word.length < LEAST ? undefined : { bytes: bytesOf(word), start: at, end: at + end };
}

function wordOf(text: string): { readonly word: string; readonly end: number } {
  let word = '';
  let end = 0;
  for (ONE.lastIndex = 0; ;) {
    const match = ONE.exec(text);
    if (match === null) break;
    end = ONE.lastIndex;
    word += match[2] === undefined ? match[3]!.at(-1)! : String.fromCharCode(Number.parseInt(match[2], 16));
  }
  return { word, end };
}

/** How a list of them begins that may be a token. */
const LIST = /(["'])[A-Za-z]\1\s{0,8},\s{0,40}(["'])[\w-]\2\s{0,8},\s{0,40}(["'])[\w-]\3/g;

/** All of them in a text. */
export function* characterLists(
  bytes: Uint8Array,
  text: string,
): Generator<Region & { readonly how: 'joined text' }, void, undefined> {
  LIST.lastIndex = 0;
  for (let match = LIST.exec(text); match !== null; match = LIST.exec(text)) {
    const list = characterListAround(bytes, match.index, 0, bytes.length);
    const next = list?.end ?? LIST.lastIndex;
    if (list !== undefined) yield { how: 'joined text', ...list };
    LIST.lastIndex = next;
  }
}
