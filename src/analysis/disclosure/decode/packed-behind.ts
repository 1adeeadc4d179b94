import { decodeBase64 } from '../rules/checks/base64.ts';
import type { Region } from './around.ts';
import { cutAt, isBase64Digit } from './around.ts';
import { characters } from './characters.ts';
import { fromBase64, inflatedFrom } from './runs.ts';

/** Words behind which stands base64 of what has no sign: Brotli, and deflate without a header. In small letters. */
export const PACKED_FORMS: readonly string[] = [
  'brotli',
  '"br"',
  'gzinflate(',
  'frombase64string(',
  'inflateraw',
  'deflatestream',
];

/** Bytes behind the word that are looked at for its start, and bytes of what is encoded. */
const REACH = 400;
const MOST = 64 * 1024 * 1024;
const LEAST = 32;

/** What stands deflated behind such a word at `at`; or else the bytes, for who tries Brotli. */
export function packedBehind(bytes: Uint8Array, at: number, _from: number, to: number): Region | undefined {
  const start = firstRun(bytes, at, Math.min(to, at + REACH));
  if (start === -1) return undefined;
  // A name or a path: of those of packed bytes, few are shown.
  const first = decodeBase64(characters(bytes, start, start + LEAST));
  if (first === undefined || /^[ -~\s]*$/.test(first)) return undefined;
  const most = Math.min(to, start + MOST);
  let end = start + LEAST;
  while (end < most && isBase64Digit(bytes[end]!)) end++;
  const inflated = end - start < 64 ? undefined : inflatedFrom(bytes.subarray(start, end));
  const found = inflated ?? { bytes: fromBase64(bytes.subarray(start, end)) };
  return { ...found, start, end, ...cutAt(end, start + MOST, to) };
}

/** Where the first run of base64 starts that is long enough; -1 when there is none. */
function firstRun(bytes: Uint8Array, from: number, to: number): number {
  let run = 0;
  for (let i = from; i < to; i++) {
    run = isBase64Digit(bytes[i]!) ? run + 1 : 0;
    if (run === LEAST) return i + 1 - LEAST;
  }
  return -1;
}
