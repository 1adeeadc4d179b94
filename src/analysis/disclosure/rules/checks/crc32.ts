let made: Int32Array | undefined;

/** Made when it is first needed: few runs need it. */
function table(): Int32Array {
  if (made !== undefined) return made;
  made = new Int32Array(256);
  for (let byte = 0; byte < 256; byte++) {
    let value = byte;
    for (let bit = 0; bit < 8; bit++) value = (value & 1) === 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
    made[byte] = value;
  }
  return made;
}

/** CRC-32 (IEEE 802.3, as in zip) of a text's code units, each taken as one byte. Unsigned. */
export function crc32(text: string): number {
  const values = table();
  let crc = -1;
  for (let i = 0; i < text.length; i++) crc = (crc >>> 8) ^ values[(crc ^ text.charCodeAt(i)) & 255]!;
  return (crc ^ -1) >>> 0;
}

const BASE62_DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** In base 62 (digits, upper case, lower case), filled up with zeros to `width`. `value` is a whole number, not negative. */
export function base62(value: number, width: number): string {
  let digits = '';
  for (let rest = value; rest > 0; rest = Math.floor(rest / 62)) digits = BASE62_DIGITS[rest % 62] + digits;
  return digits.padStart(width, '0');
}
