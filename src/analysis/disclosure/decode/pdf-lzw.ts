import { Units } from './pieces.ts';
import type { Unpacked } from './xz.ts';

const CLEAR = 256;
const END = 257;

/** LZW as PDF has it (ISO 32000-1, 7.4.4): codes of 9 to 12 bits, the first bit first, one earlier than needed. Damage ends it. */
export function pdfLzw(bytes: Uint8Array, most: number): Unpacked {
  const output = new Units();
  let fault: Unpacked['fault'];
  /** Of each code from 258 on: where in the output its text was last, and its size. */
  let starts: number[] = [];
  let sizes: number[] = [];
  let width = 9;
  let held = 0;
  let bits = 0;
  let before: { readonly start: number; readonly size: number } | undefined;
  for (const unit of bytes) {
    held = ((held << 8) | unit) & 0xfffff;
    bits += 8;
    if (bits < width) continue;
    bits -= width;
    const code = (held >> bits) & ((1 << width) - 1);
    if (code === END) break;
    if (output.length >= most) {
      fault = 'too large';
      break;
    }
    if (code === CLEAR) {
      starts = [];
      sizes = [];
      width = 9;
      before = undefined;
      continue;
    }
    const start = output.length;
    if (before !== undefined && starts.length < 4096 - 258) {
      // What came last, and the first byte of what comes now: they lie one behind the other.
      starts.push(before.start);
      sizes.push(before.size + 1);
    }
    if (code < CLEAR) output.push(code);
    else {
      const from = starts[code - 258];
      if (from === undefined) {
        fault = 'damaged';
        break;
      }
      for (let i = 0; i < sizes[code - 258]!; i++) output.push(output.at(from + i));
    }
    before = { start, size: output.length - start };
    const next = starts.length + 259;
    width = next >= 2048 ? 12 : next >= 1024 ? 11 : next >= 512 ? 10 : 9;
  }
  return { bytes: output.bytes().subarray(0, most), fault };
}
