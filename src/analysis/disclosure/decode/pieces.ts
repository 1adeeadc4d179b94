/** Pieces of bytes, one behind another. */
export function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(pieces.reduce((size, piece) => size + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

/** Bytes that come one by one, a byte of memory each: a list of numbers takes eight. */
export class Units {
  private held: Uint8Array;
  private size = 0;
  /** `room`: how many are expected. */
  constructor(room: number = 256) {
    this.held = new Uint8Array(Math.max(16, room));
  }
  get length(): number {
    return this.size;
  }
  push(unit: number): void {
    if (this.size === this.held.length) this.grow(this.size + 1);
    this.held[this.size++] = unit;
  }
  add(bytes: ArrayLike<number>): void {
    if (this.size + bytes.length > this.held.length) this.grow(this.size + bytes.length);
    this.held.set(bytes, this.size);
    this.size += bytes.length;
  }
  clear(): void {
    this.size = 0;
  }
  /** A byte that was put in. */
  at(index: number): number {
    return this.held[index]!;
  }
  /** All of them, until the next comes. */
  bytes(): Uint8Array {
    return this.held.subarray(0, this.size);
  }
  private grow(least: number): void {
    const larger = new Uint8Array(Math.max(least, 2 * this.held.length));
    larger.set(this.held.subarray(0, this.size));
    this.held = larger;
  }
}
