import { characters } from './characters.ts';
import type { Inflate } from './inflate.ts';
import { inflateZlib } from './inflate.ts';
import { withoutPredictor } from './pdf-predictor.ts';
import { pdfLzw } from './pdf-lzw.ts';
import { pdfStrings } from './pdf-strings.ts';
import { Units } from './pieces.ts';
import type { Unpacked } from './xz.ts';

/** What came out of a PDF. */
export interface PdfText {
  readonly name: 'stream' | 'text' | 'strings';
  readonly bytes: Uint8Array;
}

/** Longer dictionaries are no stream's. */
const MOST_DICTIONARY = 4096;
const ascii = (text: string): Uint8Array => Uint8Array.from(text, (one) => one.charCodeAt(0));
const STREAM = ascii('stream');
const END = ascii('endstream');
const ENCRYPT = ascii('/Encrypt');

/**
 * The texts of a PDF (ISO 32000-1, 7.4 and 9.4): each stream that is no picture or font, decoded, and its strings joined as they
 * are shown; and the strings of the file itself (title, author, notes). Streams are found by their words, so a damaged table of
 * objects hides nothing. Fonts that number their letters anew are not followed.
 */
export function* pdfTexts(
  bytes: Uint8Array,
  room: () => number,
  undecoded: (why: string) => void,
  inflate?: Inflate,
): Generator<PdfText, void, undefined> {
  const outside: Uint8Array[] = [];
  const isEncrypted = saysEncrypted(bytes);
  if (isEncrypted) undecoded('it is encrypted');
  let done = 0;
  for (let at = find(bytes, STREAM, 0); at !== -1; at = find(bytes, STREAM, done)) {
    const dictionary = dictionaryBefore(bytes, at, done);
    outside.push(bytes.subarray(done, at));
    let start = at + STREAM.length;
    if (bytes[start] === 13) start++;
    if (bytes[start] === 10) start++;
    const stop = find(bytes, END, start);
    const end = stop === -1 ? bytes.length : stop;
    done = Math.max(stop === -1 ? bytes.length : stop + END.length, start);
    if (/\/Subtype\s*\/Image|\/FontFile|\/Length1\b/.test(dictionary)) continue;
    const damaged = (why: string): void => {
      // Once is enough of what is encrypted throughout.
      if (!isEncrypted || why === TOO_LARGE) undecoded(why);
    };
    const decoded = decodeStream(bytes.subarray(start, end), filtersOf(dictionary), room, damaged, inflate);
    if (decoded === undefined) continue;
    const stream = withoutPredictor(decoded, dictionary);
    if (stream.length > 0 && stream.length !== end - start) yield { name: 'stream', bytes: stream };
    yield { name: 'text', bytes: pdfStrings(stream) };
  }
  outside.push(bytes.subarray(done));
  for (const part of outside) yield { name: 'strings', bytes: pdfStrings(part) };
}

const TOO_LARGE = 'it is too large';

/** `/Encrypt 12 0 R`, `/Encrypt<<`: how the file is encrypted (7.6). */
function saysEncrypted(bytes: Uint8Array): boolean {
  for (let at = find(bytes, ENCRYPT, 0); at !== -1; at = find(bytes, ENCRYPT, at + 1)) {
    const behind = bytes[at + ENCRYPT.length] ?? 0;
    if (behind <= 0x20 || behind === 0x3c) return true;
  }
  return false;
}

function dictionaryBefore(bytes: Uint8Array, at: number, from: number): string {
  const start = Math.max(from, at - MOST_DICTIONARY);
  const text = characters(bytes, start, at);
  return text.slice(text.lastIndexOf(' obj') + 1);
}

function filtersOf(dictionary: string): readonly string[] {
  const found = /\/(?:Filter|F)\s*(?:\[([^\]]*)\]|\/(\w+))/.exec(dictionary);
  return found === null ? [] : (found[1] ?? found[2]!).split(/[\s/]+/).filter((name) => name !== '');
}

function decodeStream(
  stream: Uint8Array,
  filters: readonly string[],
  room: () => number,
  undecoded: (why: string) => void,
  inflate: Inflate | undefined,
): Uint8Array | undefined {
  let bytes = stream;
  for (const filter of filters) {
    switch (filter) {
      case 'FlateDecode':
      case 'Fl':
        bytes = told(inflateZlib(bytes, 0, room(), inflate), undecoded);
        break;
      case 'LZWDecode':
      case 'LZW':
        bytes = told(pdfLzw(bytes, room()), undecoded);
        break;
      case 'ASCIIHexDecode':
      case 'AHx':
        bytes = fromHex(bytes);
        break;
      case 'ASCII85Decode':
      case 'A85':
        bytes = fromAscii85(bytes);
        break;
      case 'DCTDecode':
      case 'CCITTFaxDecode':
      case 'JPXDecode':
      case 'JBIG2Decode':
        return undefined;
      default:
        undecoded(`its filter ${/^\w{1,30}$/.test(filter) ? filter : ''} is not known`);
        return undefined;
    }
  }
  return bytes;
}

function told({ bytes, fault }: Unpacked, undecoded: (why: string) => void): Uint8Array {
  if (fault !== undefined) undecoded(`it is ${fault}`);
  return bytes;
}

function fromHex(bytes: Uint8Array): Uint8Array {
  const output = new Uint8Array(bytes.length);
  let digits = 0;
  for (const unit of bytes) {
    if (unit === 0x3e) break;
    const value = Number.parseInt(String.fromCharCode(unit), 16);
    if (Number.isNaN(value)) continue;
    output[digits >> 1]! |= (digits & 1) === 0 ? value << 4 : value;
    digits++;
  }
  return output.subarray(0, (digits + 1) >> 1);
}

function fromAscii85(bytes: Uint8Array): Uint8Array {
  const output = new Units();
  let value = 0;
  let count = 0;
  const put = (most: number): void => {
    for (let i = 0; i < most; i++) output.push(Math.floor(value / 256 ** (3 - i)) & 255);
    value = 0;
    count = 0;
  };
  for (const unit of bytes) {
    if (unit === 0x7e) break;
    if (unit === 0x7a && count === 0) put(4);
    if (unit < 33 || unit > 117) continue;
    value = value * 85 + unit - 33;
    count++;
    if (count === 5) put(4);
  }
  const rest = count;
  if (rest > 1) {
    for (let i = rest; i < 5; i++) value = value * 85 + 84;
    put(rest - 1);
  }
  return output.bytes();
}

function find(bytes: Uint8Array, word: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(word[0]!, from); at !== -1; at = bytes.indexOf(word[0]!, at + 1))
    if (word.every((unit, i) => bytes[at + i] === unit)) return at;
  return -1;
}
