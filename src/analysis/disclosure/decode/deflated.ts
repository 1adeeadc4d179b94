import type { Region } from './around.ts';
import { cutAt, isBase64Digit } from './around.ts';
import { inflatedFrom } from './runs.ts';

/** Behind which words deflate in base64 stands: SAML's parameters, diagrams of draw.io. In small letters. */
export const DEFLATED_FORMS: readonly string[] = ['samlrequest', 'samlresponse', '<diagram'];

/** Bytes between the word and what is encoded: attributes. */
const MOST_BETWEEN = 300;
const MOST = 64 * 1024 * 1024;

/** What stands deflated behind such a word at `at`. */
export function deflatedBehind(bytes: Uint8Array, at: number, _from: number, to: number): Region | undefined {
  let start = at;
  const most = Math.min(to, at + MOST_BETWEEN);
  while (start < most && bytes[start] !== 0x3d && bytes[start] !== 0x3e) start++;
  // An attribute's `=` is none that is followed by what is encoded.
  if (bytes[at] === 0x3c) while (start < most && bytes[start] !== 0x3e) start++;
  if (start === most) return undefined;
  start++;
  while (start < most && (bytes[start]! <= 0x20 || bytes[start] === 0x22 || bytes[start] === 0x27)) start++;
  let end = start;
  while (end < Math.min(to, start + MOST) && isBase64Digit(bytes[end]!)) end++;
  const inflated = end - start < 64 ? undefined : inflatedFrom(bytes.subarray(start, end));
  return inflated && { ...inflated, start, end, ...cutAt(end, start + MOST, to) };
}
