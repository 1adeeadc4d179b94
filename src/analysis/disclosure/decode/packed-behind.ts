import { decodeBase64 } from '../rules/checks/base64.ts';
import type { Region } from './around.ts';
import { bytesOf, characters } from './characters.ts';
import { inflatedFrom } from './runs.ts';

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
const MOST = 4 * 1024 * 1024;
const LEAST = 32;

/** What stands deflated behind such a word at `at`; or else the bytes, for who tries Brotli. */
export function packedBehind(bytes: Uint8Array, at: number, _from: number, to: number): Region | undefined {
  const start = firstRun(bytes, at, Math.min(to, at + REACH));
  if (start === -1) return undefined;
  let end = start;
  for (const most = Math.min(to, start + MOST); end < most && isDigit(bytes[end]!);) end++;
  if (end - start < LEAST) return undefined;
  // A name or a path: of those of packed bytes, few are shown.
  const first = decodeBase64(characters(bytes, start, start + 32));
  if (first === undefined || /^[ -~\s]*$/.test(first)) return undefined;
  const inflated = end - start < 64 ? undefined : inflatedFrom(bytes.subarray(start, end));
  if (inflated !== undefined) return { bytes: inflated, start, end };
  const decoded = decodeBase64(characters(bytes, start, end - ((end - start) % 4 === 1 ? 1 : 0)));
  return decoded === undefined ? undefined : { bytes: bytesOf(decoded), start, end };
}

/** Where the first run of base64 starts that is long enough; -1 when there is none. */
function firstRun(bytes: Uint8Array, from: number, to: number): number {
  let run = 0;
  for (let i = from; i < to; i++) {
    run = isDigit(bytes[i]!) ? run + 1 : 0;
    if (run === LEAST) return i + 1 - LEAST;
  }
  return -1;
}

/** Of base64, either alphabet. */
const isDigit = (unit: number): boolean =>
  (unit >= 0x30 && unit <= 0x39) ||
  ((unit | 32) >= 0x61 && (unit | 32) <= 0x7a) ||
  unit === 0x2b ||
  unit === 0x2f ||
  unit === 0x2d ||
  unit === 0x5f;
