/**
 * The first 53 bits of an object id, as a number. Two objects of one repository have the same only when someone spent years
 * to make them so, and would mislead nobody but about where their own file was.
 */
export function keyAt(bytes: Uint8Array, at: number): number {
  return (
    (bytes[at]! * 0x1000000 + bytes[at + 1]! * 0x10000 + bytes[at + 2]! * 0x100 + bytes[at + 3]!) * 0x200000 +
    (bytes[at + 4]! * 0x2000 + bytes[at + 5]! * 0x20 + (bytes[at + 6]! >> 3))
  );
}

/** The same, of an id in hexadecimal digits; NaN when it is none. */
export function keyOf(id: string): number {
  return Number.parseInt(id.slice(0, 8), 16) * 0x200000 + (Number.parseInt(id.slice(8, 14), 16) >> 3);
}

/** The same, of 14 hexadecimal digits (lower case) among bytes; NaN when they are none. */
export function keyOfDigits(bytes: Uint8Array, at: number): number {
  let high = 0;
  for (let i = at; i < at + 8; i++) high = high * 16 + DIGIT[bytes[i]!]!;
  let low = 0;
  for (let i = at + 8; i < at + 14; i++) low = low * 16 + DIGIT[bytes[i]!]!;
  return high * 0x200000 + Math.floor(low / 8);
}

const DIGIT = new Float64Array(256).fill(Number.NaN);
for (let value = 0; value < 16; value++) DIGIT['0123456789abcdef'.charCodeAt(value)] = value;
