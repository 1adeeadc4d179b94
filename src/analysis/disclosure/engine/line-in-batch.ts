import type { TextBatch } from '../history/output.ts';
import { lineOf } from '../findings/draft.ts';

/**
 * The 1-based line of an offset in a text of a batch; `undefined` when the text is of one line. Asked while the batch is at hand:
 * what came out of an archive is not to be unpacked again to count.
 */
export function lineInBatch(
  memory: Uint8Array,
  { runs }: TextBatch,
  text: number,
  offset: number,
): number | undefined {
  for (let at = 0; at < runs.length; at += 4) {
    if (runs[at + 2] !== text) continue;
    const bytes = memory.subarray(runs[at], runs[at]! + runs[at + 1]!);
    return bytes.includes(10) ? lineOf(bytes, offset) : undefined;
  }
  return undefined;
}
