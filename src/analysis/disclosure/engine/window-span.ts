import { REACH } from '../../../model/disclosure.ts';

/** A stretch of memory, `start`…`end`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

const LF = 10;
const CR = 13;
/** Ends the strings of binary files, and the names of a tree. */
const NUL = 0;

/**
 * Gives the line (or string, in a binary file) of the keyword `start`…`end` without its end, or what is within reach of the keyword
 * when the line is long. It remembers where there is no line end: a line of a hundred megabytes is read once, not once a keyword.
 */
export function lineSpans(bytes: Uint8Array): (start: number, end: number, from: number, to: number) => Span {
  let clearStart = 0;
  let clearEnd = 0;
  return (start, end, from, to) => {
    if (start < clearStart || end > clearEnd) {
      clearStart = start;
      clearEnd = end;
    }
    const least = Math.max(from, start - REACH);
    const most = Math.min(to, end + REACH);
    while (clearStart > least && bytes[clearStart - 1] !== LF && bytes[clearStart - 1] !== NUL) clearStart--;
    while (clearEnd < most && bytes[clearEnd] !== LF && bytes[clearEnd] !== NUL) clearEnd++;
    const last = Math.min(most, clearEnd);
    return {
      start: Math.max(least, clearStart),
      end: last > end && bytes[last - 1] === CR ? last - 1 : last,
    };
  };
}

/** From the start of the keyword's line to the end of the line that has the byte `reach` bytes behind it, but no more than `REACH`. */
export function nearSpan(
  bytes: Uint8Array,
  start: number,
  end: number,
  from: number,
  to: number,
  reach: number,
): Span {
  const most = Math.min(to, end + REACH);
  let last = Math.min(most, end + reach);
  while (last < most && bytes[last] !== LF) last++;
  return { start: startOfLine(bytes, start, from), end: last };
}

/** From the start of the keyword's line on, `reach` bytes. */
export function textSpan(
  bytes: Uint8Array,
  start: number,
  end: number,
  from: number,
  to: number,
  reach: number,
): Span {
  const first = startOfLine(bytes, start, from);
  return { start: first, end: Math.min(to, Math.max(end, first + reach)) };
}

function startOfLine(bytes: Uint8Array, start: number, from: number): number {
  const least = Math.max(from, start - REACH);
  let first = start;
  while (first > least && bytes[first - 1] !== LF) first--;
  return first;
}
