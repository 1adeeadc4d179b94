import type { Region } from './around.ts';

/** How a letter is taken back in what a terminal showed: a step back, a space over it, a step back; or the rest of the line gone. */
export const TAKEN_BACK_FORMS: readonly string[] = ['\b \b', '\b\x1b[k'];

const [BACKSPACE, LF, SPACE, ESC] = [8, 10, 32, 27];
const REACH = 4096;

/** The line around `at` as a screen had it in the end: letters that were typed over, or twice to be bold, once. */
export function typedOverAround(bytes: Uint8Array, at: number, from: number, to: number): Region | undefined {
  let start = at;
  for (const least = Math.max(from, at - REACH); start > least && bytes[start - 1] !== LF;) start--;
  let end = at;
  for (const most = Math.min(to, at + REACH); end < most && bytes[end] !== LF;) end++;
  const units: number[] = [];
  let cursor = 0;
  for (let i = start; i < end; i++) {
    const unit = bytes[i]!;
    if (unit === BACKSPACE) {
      cursor = Math.max(0, cursor - 1);
      // What is rubbed out is not written over with a space that stays.
      if (bytes[i + 1] === SPACE && bytes[i + 2] === BACKSPACE) {
        units.length = cursor;
        i += 2;
      } else if (bytes[i + 1] === ESC && bytes[i + 2] === 0x5b && bytes[i + 3] === 0x4b) {
        units.length = cursor;
        i += 3;
      }
    } else units[cursor++] = unit;
  }
  return { bytes: Uint8Array.from(units), start, end };
}

/** Lines in which letters were struck twice, each over itself, or taken back. */
export function* struckLines(
  bytes: Uint8Array,
): Generator<Region & { readonly how: 'typed over' }, void, undefined> {
  let done = 0;
  for (let at = bytes.indexOf(BACKSPACE); at !== -1; at = bytes.indexOf(BACKSPACE, Math.max(at + 1, done))) {
    const isStruck = at > 0 && bytes[at - 1] === bytes[at + 1] && bytes[at + 3] === BACKSPACE;
    const isBack =
      (bytes[at + 1] === SPACE && bytes[at + 2] === BACKSPACE) ||
      (bytes[at + 1] === ESC && bytes[at + 2] === 0x5b);
    if (!isStruck && !isBack) continue;
    const line = typedOverAround(bytes, at, done, bytes.length);
    if (line === undefined) continue;
    done = line.end;
    yield { how: 'typed over', ...line };
  }
}
