const VALUES = new Int8Array(256).fill(-1);
const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
for (let value = 0; value < 64; value++) VALUES[DIGITS.charCodeAt(value)] = value;
VALUES[0x2d /* - */] = 62;
VALUES[0x5f /* _ */] = 63;

/**
 * Decodes base64 in either alphabet (RFC 4648 §4 and §5), padded or not, as bytes in a latin1 string. `undefined` when a
 * character is of neither alphabet, padding stands inside, or the length is impossible. Whitespace is not skipped.
 */
export function decodeBase64(text: string): string | undefined {
  let length = text.length;
  while (length > 0 && text.length - length < 2 && text[length - 1] === '=') length--;
  if (length % 4 === 1) return undefined;
  const units: number[] = [];
  let bits = 0;
  let held = 0;
  for (let i = 0; i < length; i++) {
    const value = VALUES[text.charCodeAt(i) & 255]!;
    if (value < 0 || text.charCodeAt(i) > 255) return undefined;
    held = ((held << 6) | value) & 0x3fff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      units.push((held >> bits) & 255);
    }
  }
  let decoded = '';
  for (let i = 0; i < units.length; i += 4096) decoded += String.fromCharCode(...units.slice(i, i + 4096));
  return decoded;
}
