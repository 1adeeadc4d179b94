/** Bytes between two remembered counts. */
const STEP = 1 << 14;
const LF = 10;

/** Gives the 1-based line of an offset. Any number of offsets, in any order, costs about one reading of the bytes. */
export function lineFinder(bytes: Uint8Array): (offset: number) => number {
  /** How many line ends stand before each step that has been reached. */
  const before = [0];
  const reach = (step: number): number => {
    for (let at = before.length; at <= step; at++)
      before.push(before[at - 1]! + count(bytes, (at - 1) * STEP, at * STEP));
    return before[step]!;
  };
  /** The offset that was asked for last, and the line ends before it: most are asked for in order. */
  let last = 0;
  let beforeLast = 0;
  return (offset) => {
    const stop = Math.max(0, Math.min(offset, bytes.length));
    const step = Math.floor(stop / STEP);
    const isNear = last <= stop && last >= step * STEP;
    beforeLast = isNear
      ? beforeLast + count(bytes, last, stop)
      : reach(step) + count(bytes, step * STEP, stop);
    last = stop;
    return 1 + beforeLast;
  };
}

function count(bytes: Uint8Array, start: number, end: number): number {
  // Nothing behind it is looked at: a file may be one line of megabytes, and be asked thousands of times.
  const part = bytes.subarray(start, end);
  let lines = 0;
  for (let at = part.indexOf(LF); at !== -1; at = part.indexOf(LF, at + 1)) lines++;
  return lines;
}
