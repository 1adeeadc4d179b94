import type { Unpacked } from './xz.ts';

/** How the packed source of a macro goes on behind its first three bytes: nothing in it can be said shorter. */
const START = [0, 0x41, 0x74, 0x74, 0x72, 0x69, 0x62, 0x75, 0x74, 0];

/** Where the packed source of a module of Visual Basic begins in a stream; -1 where none is. */
export function macroIn(bytes: Uint8Array): number {
  for (let at = bytes.indexOf(0x41); at !== -1; at = bytes.indexOf(0x41, at + 1)) {
    const start = at - 4;
    if (start >= 0 && bytes[start] === 1 && START.every((unit, i) => bytes[start + 3 + i] === unit))
      return start;
  }
  return -1;
}

/** Bytes that one chunk holds. */
const CHUNK = 4096;

/** Unpacks the source of a macro whose first byte is at `start`, to at most `most` bytes; what came before the damage. [MS-OVBA] 2.4.1 */
export function unpackMacro(bytes: Uint8Array, start: number, most: number): Unpacked {
  let output = new Uint8Array(Math.min(most, CHUNK));
  let size = 0;
  let fault: Unpacked['fault'];
  const room = (more: number): boolean => {
    if (size + more <= output.length) return true;
    fault = 'too large';
    if (size + more > most) return false;
    fault = undefined;
    const larger = new Uint8Array(Math.min(most, Math.max(2 * output.length, size + more)));
    larger.set(output);
    output = larger;
    return true;
  };
  for (let at = start + 1; at + 2 < bytes.length && fault === undefined;) {
    const header = bytes[at]! | (bytes[at + 1]! << 8);
    if ((header & 0x7000) !== 0x3000) {
      fault = 'damaged';
      break;
    }
    const last = at + (header & 0xfff) + 3;
    const end = Math.min(bytes.length, last);
    at += 2;
    if ((header & 0x8000) !== 0) unpackChunk(at, end);
    else if (room(end - at)) {
      output.set(bytes.subarray(at, end), size);
      size += end - at;
    }
    at = end;
    if (last > end) fault ??= 'truncated';
  }
  return { bytes: output.subarray(0, size), fault };

  function unpackChunk(from: number, end: number): void {
    const chunk = size;
    for (let at = from; at < end;) {
      const flags = bytes[at++]!;
      for (let bit = 0; bit < 8 && at < end; bit++) {
        if (((flags >> bit) & 1) === 0) {
          if (!room(1)) return;
          output[size++] = bytes[at++]!;
          continue;
        }
        const token = bytes[at]! | ((bytes[at + 1] ?? 0) << 8);
        at += 2;
        let width = 4;
        while (1 << width < size - chunk) width++;
        const offset = (token >> (16 - width)) + 1;
        const length = (token & (0xffff >> width)) + 3;
        if (offset > size - chunk || size - chunk + length > CHUNK) {
          fault = 'damaged';
          return;
        }
        if (!room(length)) return;
        for (let i = 0; i < length; i++, size++) output[size] = output[size - offset]!;
      }
    }
  }
}
