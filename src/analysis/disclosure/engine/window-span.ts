import { REACH, TEXT_REACH } from '../../../model/disclosure.ts';

/** A stretch of memory, `start`…`end`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

const LF = 10;
const CR = 13;
/** Ends the strings of binary files, and the names of a tree. */
const NUL = 0;

/** The line (or string, in a binary file) of the keyword `start`…`end` without its end, or what is within reach of the keyword when the line is long. */
export function lineSpan(bytes: Uint8Array, start: number, end: number, from: number, to: number): Span {
  const least = Math.max(from, start - REACH);
  const most = Math.min(to, end + REACH);
  let first = start;
  while (first > least && bytes[first - 1] !== LF && bytes[first - 1] !== NUL) first--;
  let last = end;
  while (last < most && bytes[last] !== LF && bytes[last] !== NUL) last++;
  if (last > end && bytes[last - 1] === CR) last--;
  return { start: first, end: last };
}

/** From the start of the keyword's line on. */
export function textSpan(bytes: Uint8Array, start: number, end: number, from: number, to: number): Span {
  const least = Math.max(from, start - REACH);
  let first = start;
  while (first > least && bytes[first - 1] !== LF) first--;
  return { start: first, end: Math.min(to, Math.max(end, first + TEXT_REACH)) };
}
