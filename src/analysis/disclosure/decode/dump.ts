import type { Region } from './around.ts';
import { characters } from './characters.ts';
import { Units } from './pieces.ts';

/** Bytes of a file as `xxd`, `hexdump -C` and `od -t x1` show them. */
export interface Dump extends Region {
  readonly how: 'hex dump';
}

const LF = 10;
/** `00000010: 6768 705f …  ghp_…`, `00000010  67 68 70 5f  …  |ghp_…|`, `0000020 67 68 70 5f`. */
const LINE =
  /^[ \t>+#/*-]{0,16}([0-9a-fA-F]{4,16})(?::|h?)[ \t]{1,3}((?:[0-9a-fA-F]{2,16}(?: {1,2}|-|\t|$))+)/;
const MOST_LINE = 256;
const LEAST_LINES = 2;

/** Consecutive lines of a dump, at least two; all in a text. */
export function* hexDumps(bytes: Uint8Array): Generator<Dump, void, undefined> {
  for (let at = nextStart(bytes, 0); at < bytes.length;) {
    const dump = dumpFrom(bytes, at, bytes.length);
    if (dump !== undefined) yield { how: 'hex dump', ...dump };
    at = nextStart(bytes, (dump?.end ?? at) + 1);
  }
}

/** The next start of a line at or behind `from` that begins as one of a dump does; the length of the text when there is none. */
function nextStart(bytes: Uint8Array, from: number): number {
  for (let at = from; at < bytes.length;) {
    if ((at === 0 || bytes[at - 1] === LF) && startsWithOffset(bytes, at)) return at;
    const end = bytes.indexOf(LF, at);
    if (end === -1) break;
    at = end + 1;
  }
  return bytes.length;
}

/** The dump whose line `at` is in. */
export function dumpAround(bytes: Uint8Array, at: number, from: number, to: number): Region | undefined {
  const least = Math.max(from, at - 32);
  let start = at;
  while (start > least && bytes[start - 1] !== LF) start--;
  return dumpFrom(bytes, start, to);
}

function dumpFrom(bytes: Uint8Array, start: number, to: number): Region | undefined {
  const units = new Units();
  let lines = 0;
  let end = start;
  let offset: number | undefined;
  for (let at = start; at < to;) {
    const most = Math.min(to, at + MOST_LINE);
    const stop = bytes.subarray(at, most).indexOf(LF);
    const last = stop === -1 ? most : at + stop;
    const match = LINE.exec(characters(bytes, at, last));
    if (match === null) break;
    // `od` counts in octal digits, all others in hexadecimal ones.
    const [hexadecimal, octal] = [Number.parseInt(match[1]!, 16), Number.parseInt(match[1]!, 8)];
    if (offset !== undefined && hexadecimal !== offset && octal !== offset) break;
    const own = bytesOf(match[2]!);
    if (own.length === 0) break;
    offset = (offset === octal ? octal : hexadecimal) + own.length;
    units.add(own);
    lines++;
    end = last;
    at = last + 1;
  }
  return lines < LEAST_LINES ? undefined : { bytes: units.bytes(), start, end };
}

/** Groups of whole bytes; at most sixteen of them, for what follows is the text beside. */
function bytesOf(groups: string): number[] {
  const bytes: number[] = [];
  for (const group of groups.split(/[\s-]+/)) {
    if (group.length % 2 !== 0) break;
    for (let i = 0; i < group.length && bytes.length < 32; i += 2)
      bytes.push(Number.parseInt(group.slice(i, i + 2), 16));
  }
  return bytes;
}

/** Digits of an offset, perhaps indented, quoted or commented, and behind white space two of a byte. */
function startsWithOffset(bytes: Uint8Array, at: number): boolean {
  let first = at;
  while (first - at < 16 && INDENT[bytes[first] ?? 0] === 1) first++;
  let end = first;
  while (end - first < 16 && HEX[bytes[end] ?? 0] === 1) end++;
  if (end - first < 4) return false;
  if (bytes[end] === 0x3a || bytes[end] === 0x68) end++;
  const space = end;
  while (end - space < 3 && (bytes[end] === 32 || bytes[end] === 9)) end++;
  return end > space && HEX[bytes[end] ?? 0] === 1 && HEX[bytes[end + 1] ?? 0] === 1;
}

const INDENT = setOf(' \t>+#/*-');
const HEX = setOf('0123456789abcdefABCDEF');

function setOf(members: string): Uint8Array {
  const set = new Uint8Array(256);
  for (const one of members) set[one.charCodeAt(0)] = 1;
  return set;
}
