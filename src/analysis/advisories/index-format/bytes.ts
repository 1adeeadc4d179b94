/** A growing byte array: little-endian numbers, variable-length counts (7 bits a byte, low first), UTF-8 strings with their length. */
export class ByteWriter {
  bytes: Uint8Array;
  length = 0;
  constructor(capacity = 1024) {
    this.bytes = new Uint8Array(capacity);
  }

  /** Makes room for `more` bytes. */
  reserve(more: number): void {
    if (this.length + more <= this.bytes.length) return;
    const grown = new Uint8Array(Math.max(this.bytes.length * 2, this.length + more));
    grown.set(this.bytes.subarray(0, this.length));
    this.bytes = grown;
  }

  byte(value: number): void {
    this.reserve(1);
    this.bytes[this.length++] = value;
  }

  /** Any whole number from 0 to 2^53. */
  count(value: number): void {
    this.reserve(8);
    let rest = value;
    while (rest > 127) {
      this.bytes[this.length++] = (rest % 128) | 128;
      rest = Math.floor(rest / 128);
    }
    this.bytes[this.length++] = rest;
  }

  u32(value: number): void {
    this.reserve(4);
    this.bytes[this.length++] = value & 255;
    this.bytes[this.length++] = (value >>> 8) & 255;
    this.bytes[this.length++] = (value >>> 16) & 255;
    this.bytes[this.length++] = value >>> 24;
  }

  f64(value: number): void {
    this.reserve(8);
    new DataView(this.bytes.buffer).setFloat64(this.length, value, true);
    this.length += 8;
  }

  string(text: string): void {
    const { length } = text;
    // Short ASCII, which is nearly everything: a loop beats the encoder's call.
    if (length < 48) {
      this.reserve(length + 1);
      const start = this.length;
      this.bytes[this.length++] = length;
      let i = 0;
      for (; i < length; i++) {
        const code = text.charCodeAt(i);
        if (code > 127) break;
        this.bytes[this.length++] = code;
      }
      if (i === length) return;
      this.length = start;
    } else if (this.ascii(text)) return;
    const encoded = encoder.encode(text);
    this.count(encoded.length);
    this.raw(encoded);
  }

  /** Writes a long text in place when it is ASCII; else writes nothing. */
  private ascii(text: string): boolean {
    const { length } = text;
    this.reserve(length + 8);
    const start = this.length;
    this.count(length);
    const { read, written } = encoder.encodeInto(
      text,
      this.bytes.subarray(this.length, this.length + length),
    );
    this.length = read === length && written === length ? this.length + length : start;
    return this.length > start;
  }

  raw(bytes: Uint8Array): void {
    this.reserve(bytes.length);
    this.bytes.set(bytes, this.length);
    this.length += bytes.length;
  }

  /** What was written, not copied: valid until the next write. */
  written(): Uint8Array {
    return this.bytes.subarray(0, this.length);
  }

  clear(): void {
    this.length = 0;
  }
}

/** Thrown by `ByteReader` when what it is asked for is not there; made into an AssayError that names the file. */
export class Damage extends Error {}

/** Reads what `ByteWriter` wrote. Every step is checked against the end: lying lengths throw `Damage` and do nothing else. */
export class ByteReader {
  readonly bytes: Uint8Array;
  at: number;
  constructor(bytes: Uint8Array, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }

  get done(): boolean {
    return this.at >= this.bytes.length;
  }

  byte(): number {
    const value = this.bytes[this.at++];
    if (value === undefined) throw new Damage('data ends too early');
    return value;
  }

  count(): number {
    let value = 0;
    let scale = 1;
    for (let i = 0; i < 8; i++) {
      const next = this.byte();
      value += (next & 127) * scale;
      if (next < 128) {
        if (value > Number.MAX_SAFE_INTEGER) break;
        return value;
      }
      scale *= 128;
    }
    throw new Damage('a number is out of range');
  }

  /** How many items follow: each takes at least `bytesEach`, so a lie cannot make us allocate. */
  items(bytesEach = 1): number {
    const value = this.count();
    if (value * bytesEach > this.bytes.length - this.at) throw new Damage('a count is larger than the data');
    return value;
  }

  u32(): number {
    this.need(4);
    const { bytes, at } = this;
    this.at += 4;
    return (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)) >>> 0;
  }

  f64(): number {
    this.need(8);
    const value = new DataView(this.bytes.buffer, this.bytes.byteOffset).getFloat64(this.at, true);
    this.at += 8;
    return value;
  }

  string(): string {
    const length = this.count();
    this.need(length);
    const start = this.at;
    this.at += length;
    let text = '';
    if (length < 24) {
      let i = start;
      for (; i < this.at; i++) {
        const code = this.bytes[i]!;
        if (code > 127) break;
        text += String.fromCharCode(code);
      }
      if (i === this.at) return text;
    }
    return decoder.decode(this.bytes.subarray(start, this.at));
  }

  skip(length: number): void {
    this.need(length);
    this.at += length;
  }

  raw(length: number): Uint8Array {
    this.need(length);
    const start = this.at;
    this.at += length;
    return this.bytes.subarray(start, this.at);
  }

  private need(length: number): void {
    if (this.at + length > this.bytes.length) throw new Damage('data ends too early');
  }
}

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
