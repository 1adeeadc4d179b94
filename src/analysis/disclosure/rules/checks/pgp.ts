import { decodeBase64 } from './base64.ts';

/** CRC-24 of OpenPGP's armour (RFC 4880 §6.1). */
export function crc24(bytes: string): number {
  let crc = 0xb704ce;
  for (let i = 0; i < bytes.length; i++) {
    crc ^= bytes.charCodeAt(i) << 16;
    for (let bit = 0; bit < 8; bit++) {
      crc <<= 1;
      if ((crc & 0x1000000) !== 0) crc ^= 0x1864cfb;
    }
  }
  return crc & 0xffffff;
}

/**
 * Whether base64 of an armoured block, with its checksum (`=abcd`) apart or absent, starts with a secret-key packet; and whether the
 * checksum is right.
 */
export function readPgpKey(
  base64: string,
  checksum: string | undefined,
): { readonly isKey: boolean; readonly isWhole: boolean } {
  const bytes = decodeBase64(base64);
  if (bytes === undefined || bytes.length < 8) return { isKey: false, isWhole: false };
  const first = bytes.charCodeAt(0);
  const tag = (first & 0x40) === 0 ? (first >> 2) & 15 : first & 63;
  const isKey = (first & 0x80) !== 0 && (tag === 5 || tag === 7);
  const sum = checksum === undefined ? undefined : decodeBase64(checksum);
  const isWhole =
    sum?.length === 3 &&
    crc24(bytes) === (sum.charCodeAt(0) << 16) + (sum.charCodeAt(1) << 8) + sum.charCodeAt(2);
  return { isKey, isWhole };
}
