import { sha256 } from '../../analysis/text/sha256.ts';

export { sha256 };

/** A UUID that is a function of the text: shaped as version 5, which readers accept everywhere, but from its SHA-256. */
export function uuidOf(text: string): string {
  const hex = sha256(text);
  const variant = ((Number.parseInt(hex[16]!, 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
