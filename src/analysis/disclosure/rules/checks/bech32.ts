const DIGITS = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
const GENERATORS = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];

/** Whether the checksum of a Bech32 string is right (BIP 173: https://github.com/bitcoin/bips/blob/master/bip-0173.mediawiki). */
export function isBech32(text: string): boolean {
  const folded = text.toLowerCase();
  if (folded !== text && text.toUpperCase() !== text) return false;
  const mark = folded.lastIndexOf('1');
  if (mark < 1 || folded.length - mark < 7) return false;
  let sum = 1;
  const add = (value: number): void => {
    const top = sum >>> 25;
    sum = ((sum & 0x1ffffff) << 5) ^ value;
    for (let i = 0; i < 5; i++) if (((top >>> i) & 1) === 1) sum ^= GENERATORS[i]!;
  };
  for (let i = 0; i < mark; i++) add(folded.charCodeAt(i) >> 5);
  add(0);
  for (let i = 0; i < mark; i++) add(folded.charCodeAt(i) & 31);
  for (let i = mark + 1; i < folded.length; i++) {
    const value = DIGITS.indexOf(folded[i]!);
    if (value < 0) return false;
    add(value);
  }
  return sum === 1;
}
