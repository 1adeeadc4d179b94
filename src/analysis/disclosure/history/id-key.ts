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
