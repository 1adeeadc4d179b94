import type { Region } from './around.ts';
import { cutAt } from './around.ts';
import { isWorth } from './runs.ts';

/** How files in uuencode begin, with their usual modes. https://pubs.opengroup.org/onlinepubs/9799919799/utilities/uuencode.html */
export const UU_FORMS: readonly string[] = [
  '644',
  '664',
  '666',
  '600',
  '640',
  '755',
  '775',
  '777',
  '700',
].map((mode) => `begin ${mode} `);

const LF = 10;
const MOST = 64 * 1024 * 1024;
/** Bytes of a line. */
const LONGEST = 67;

/** The file whose first line begins at `at`, up to the first line that is none of it. */
export function uudecodedAt(bytes: Uint8Array, at: number, from: number, to: number): Region | undefined {
  if (at > from && bytes[at - 1] !== LF) return undefined;
  const most = Math.min(to, at + MOST);
  let line = lineEnd(bytes, at, most) + 1;
  let output = new Uint8Array(1024);
  let size = 0;
  let end = line;
  while (line < most) {
    const stop = lineEnd(bytes, line, most);
    const count = (bytes[line]! - 32) & 63;
    const digits = stop - line - 1 - (bytes[stop - 1] === 13 ? 1 : 0);
    // Trailing spaces, which are zeros, may have been cut.
    if (count === 0 || bytes[line]! > 0x60 || digits < Math.ceil((count * 8) / 6) - 2 || digits > 64) break;
    if (size + 48 > output.length) {
      const larger = new Uint8Array(output.length * 2);
      larger.set(output);
      output = larger;
    }
    for (let i = 0, held = 0, bits = 0, made = 0; made < count; i++) {
      held = ((held << 6) | (((i < digits ? bytes[line + 1 + i]! : 32) - 32) & 63)) & 0xffff;
      bits += 6;
      if (bits < 8) continue;
      bits -= 8;
      output[size++] = (held >> bits) & 255;
      made++;
    }
    end = stop;
    line = stop + 1;
  }
  const decoded = output.subarray(0, size);
  return isWorth(decoded)
    ? { bytes: decoded, start: at, end, ...cutAt(end + LONGEST, at + MOST, to) }
    : undefined;
}

function lineEnd(bytes: Uint8Array, at: number, to: number): number {
  const size = bytes.subarray(at, to).indexOf(LF);
  return size === -1 ? to : at + size;
}
