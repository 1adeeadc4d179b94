import { lineFinder } from '../findings/line-finder.ts';
import type { TextBatch } from '../history/output.ts';
import type { Heap } from '../kernel/heap.ts';

/**
 * Gives the 1-based line of an offset in a text of a batch; `undefined` when the text is of one line. Asked while the batch is at
 * hand: what came out of an archive is not to be unpacked again to count.
 */
export function linesInBatch(
  heap: Heap,
  { runs }: TextBatch,
): (text: number, offset: number) => number | undefined {
  let last = -1;
  /** The run of the text that was asked for last: texts are asked for in order, but for those of another search. */
  let at = 0;
  let lineAt: ((offset: number) => number) | undefined;
  return (text, offset) => {
    if (text !== last) {
      last = text;
      lineAt = finderOf(text);
    }
    return lineAt?.(offset);
  };

  function finderOf(text: number): typeof lineAt {
    if (runs[at + 2]! > text) at = 0;
    for (; at < runs.length; at += 4) {
      if (runs[at + 2] !== text) continue;
      const bytes = heap.bytes().subarray(runs[at], runs[at]! + runs[at + 1]!);
      return bytes.includes(10) ? lineFinder(bytes) : undefined;
    }
    at = 0;
    return undefined;
  }
}
