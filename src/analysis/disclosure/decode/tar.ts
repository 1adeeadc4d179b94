import { characters } from './characters.ts';
import type { Member } from './zip.ts';

const BLOCK = 512;
const NOTHING = new Uint8Array(0);

/** Whether a tar archive starts here: its header's sum is right. Formats: POSIX ustar, GNU, and the old one without a mark. */
export function isTar(bytes: Uint8Array): boolean {
  return bytes.length >= BLOCK && bytes[0] !== 0 && isHeader(bytes, 0);
}

/** Files of a tar archive; long names of GNU and pax are theirs, pax records of their own come as members too. Damage ends it. */
export function* tarMembers(bytes: Uint8Array, room: () => number): Generator<Member, void, undefined> {
  let long: string | undefined;
  for (let at = 0; at + BLOCK <= bytes.length;) {
    if (bytes[at] === 0 && !isHeader(bytes, at)) {
      at += BLOCK;
      continue;
    }
    if (!isHeader(bytes, at)) return yield { name: '', bytes: NOTHING, fault: 'it is damaged' };
    const size = sizeAt(bytes, at + 124);
    const type = String.fromCharCode(bytes[at + 156]!);
    const start = at + BLOCK;
    const data = bytes.subarray(start, Math.min(bytes.length, start + size));
    at = start + Math.ceil(size / BLOCK) * BLOCK;
    if (type === 'L') {
      long = text(data, 4096);
      continue;
    }
    const prefix = text(bytes.subarray(start - BLOCK + 345, start - BLOCK + 500), 155);
    const own = text(bytes.subarray(start - BLOCK, start - BLOCK + 100), 100);
    const isUstar = bytes[start - BLOCK + 257] === 0x75;
    const name = long ?? (isUstar && prefix !== '' ? `${prefix}/${own}` : own);
    if (type === 'x' || type === 'g') {
      long = /(?:^|\n)\d+ path=([^\n]*)\n/.exec(text(data, 65_536))?.[1] ?? long;
    } else long = undefined;
    // A link's target stands in its header.
    const target = bytes.subarray(start - BLOCK + 157, start - BLOCK + 257);
    if ((type === '1' || type === '2') && target[0] !== 0)
      yield { name, bytes: target.subarray(0, endOf(target)) };
    if (data.length === 0) continue;
    const most = room();
    const fault = data.length > most ? 'it is too large' : data.length < size ? 'it is truncated' : undefined;
    yield { name, bytes: data.subarray(0, most), ...(fault === undefined ? {} : { fault }) };
  }
}

function isHeader(bytes: Uint8Array, at: number): boolean {
  if (at + BLOCK > bytes.length) return false;
  const stated = octal(bytes, at + 148, 8);
  if (stated === undefined) return false;
  let sum = 8 * 0x20;
  for (let i = 0; i < BLOCK; i++) if (i < 148 || i >= 156) sum += bytes[at + i]!;
  return sum === stated;
}

/** Octal digits, or in GNU's form for large files a number of 95 bits, big-endian. */
function sizeAt(bytes: Uint8Array, at: number): number {
  if (bytes[at]! < 0x80) return octal(bytes, at, 12) ?? 0;
  let size = 0;
  for (let i = 4; i < 12; i++) size = size * 256 + bytes[at + i]!;
  return size;
}

function octal(bytes: Uint8Array, at: number, length: number): number | undefined {
  const digits = /^[ ]*([0-7]+)[ \0]*$/.exec(characters(bytes, at, at + length).replace(/\0.*$/s, ''));
  return digits === null ? undefined : Number.parseInt(digits[1]!, 8);
}

/** Made when it is needed: Node loads what it is made of only then, and many runs never do. */
let utf8: InstanceType<typeof TextDecoder> | undefined;

/** Up to a NUL. */
function text(bytes: Uint8Array, most: number): string {
  return (utf8 ??= new TextDecoder('utf-8', { ignoreBOM: true })).decode(
    bytes.subarray(0, Math.min(most, endOf(bytes))),
  );
}

function endOf(bytes: Uint8Array): number {
  const end = bytes.indexOf(0);
  return end === -1 ? bytes.length : end;
}
