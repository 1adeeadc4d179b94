import type { Inflated } from './inflate.ts';

/** A code of one table: for each length how many there are, and the symbols in order. */
interface Code {
  readonly counts: Uint16Array;
  readonly symbols: Uint16Array;
}

const BLOCK = 0x314159265359;
const END = 0x177245385090;
/** Symbols that one table is used for before the next is chosen. */
const GROUP = 50;
const LONGEST = 20;

/**
 * Unpacks bzip2 (streams one behind another too), to at most `most` bytes. What there is of a damaged file is given, up to its last
 * whole block; checksums are not looked at. Linear. https://github.com/dsnet/compress/blob/master/doc/bzip2-format.pdf
 */
export function bunzip2(input: Uint8Array, most: number): Inflated {
  const output = new Output(most);
  // One for all blocks: a file may have a million of them that hold nothing.
  let memory = new Uint8Array(0);
  const bits = new Bits(input);
  const done = (fault?: Inflated['fault']): Inflated => ({
    bytes: output.bytes(),
    end: bits.at,
    ...(fault === undefined ? {} : { fault }),
  });
  while (true) {
    if (bits.take(24) !== 0x425a68) return done(output.size === 0 ? 'damaged' : undefined);
    const room = (bits.take(8) - 0x30) * 100_000;
    if (!(room >= 100_000 && room <= 900_000)) return done('damaged');
    if (memory.length < room) memory = new Uint8Array(room);
    for (;;) {
      const sign = bits.take(24) * 2 ** 24 + bits.take(24);
      if (sign === END) break;
      if (sign !== BLOCK) return done(bits.isOut() ? 'truncated' : 'damaged');
      if (!readBlock(bits, memory.subarray(0, room), output))
        return done(bits.isOut() ? 'truncated' : 'damaged');
      if (output.isFull) return done('too large');
    }
    bits.take(32);
    bits.align();
    if (bits.isOut() || bits.at >= input.length) return done();
  }
}

function readBlock(bits: Bits, memory: Uint8Array, output: Output): boolean {
  bits.take(32);
  // Randomised blocks are of before 1997.
  if (bits.take(1) !== 0) return false;
  const origin = bits.take(24);
  const used: number[] = [];
  const ranges = bits.take(16);
  for (let i = 0; i < 16; i++) {
    if ((ranges & (0x8000 >> i)) === 0) continue;
    const own = bits.take(16);
    for (let j = 0; j < 16; j++) if ((own & (0x8000 >> j)) !== 0) used.push(16 * i + j);
  }
  const tables = bits.take(3);
  const count = bits.take(15);
  if (used.length === 0 || tables < 2 || tables > 6 || count === 0) return false;
  const order = [0, 1, 2, 3, 4, 5];
  const selectors = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    let place = 0;
    while (bits.take(1) === 1) if (++place >= tables) return false;
    const [chosen] = order.splice(place, 1);
    order.unshift(chosen!);
    selectors[i] = chosen!;
  }
  const size = used.length + 2;
  const codes: Code[] = [];
  for (let i = 0; i < tables; i++) {
    const code = readCode(bits, size);
    if (code === undefined) return false;
    codes.push(code);
  }
  const block = readSymbols(bits, codes, selectors, used, memory);
  if (block === undefined || origin >= block.length) return false;
  turnBack(block, origin, output);
  return true;
}

function readCode(bits: Bits, size: number): Code | undefined {
  const lengths = new Uint8Array(size);
  let length = bits.take(5);
  for (let i = 0; i < size; i++) {
    while (bits.take(1) === 1) {
      length += bits.take(1) === 0 ? 1 : -1;
      if (length < 1 || length > LONGEST) return undefined;
    }
    if (length < 1 || length > LONGEST) return undefined;
    lengths[i] = length;
  }
  const counts = new Uint16Array(LONGEST + 1);
  for (const one of lengths) counts[one]!++;
  const symbols = new Uint16Array(size);
  let at = 0;
  for (let one = 1; one <= LONGEST; one++)
    for (let i = 0; i < size; i++) if (lengths[i] === one) symbols[at++] = i;
  return { counts, symbols };
}

/** The bytes of a block in their turned order: Huffman's codes, runs, and the places in a list that moves to its front. */
function readSymbols(
  bits: Bits,
  codes: readonly Code[],
  selectors: Uint8Array,
  used: readonly number[],
  block: Uint8Array,
): Uint8Array | undefined {
  const room = block.length;
  const front = Uint8Array.from(used);
  const last = used.length + 1;
  let size = 0;
  let run = 0;
  let weight = 1;
  for (let group = 0; group < selectors.length; group++) {
    const code = codes[selectors[group]!]!;
    for (let i = 0; i < GROUP; i++) {
      const symbol = takeSymbol(bits, code);
      if (symbol === undefined) return undefined;
      if (symbol < 2) {
        run += weight << symbol;
        weight <<= 1;
        if (run > room) return undefined;
        continue;
      }
      if (run > 0) {
        if (size + run > room) return undefined;
        block.fill(front[0]!, size, size + run);
        size += run;
        run = 0;
        weight = 1;
      }
      if (symbol === last) return block.subarray(0, size);
      if (size >= room) return undefined;
      const moved = front[symbol - 1]!;
      front.copyWithin(1, 0, symbol - 1);
      front[0] = moved;
      block[size++] = moved;
    }
  }
  return undefined;
}

function takeSymbol(bits: Bits, { counts, symbols }: Code): number | undefined {
  let code = 0;
  let first = 0;
  let index = 0;
  for (let length = 1; length <= LONGEST; length++) {
    code = (code << 1) | bits.take(1);
    const count = counts[length]!;
    if (code - first < count) return symbols[index + code - first];
    index += count;
    first = (first + count) << 1;
  }
  return undefined;
}

/** Undoes the transform of Burrows and Wheeler, and the runs of four and more before it. */
function turnBack(block: Uint8Array, origin: number, output: Output): void {
  const starts = new Uint32Array(257);
  for (const byte of block) starts[byte + 1]!++;
  for (let i = 0; i < 256; i++) starts[i + 1]! += starts[i]!;
  const next = new Uint32Array(block.length);
  for (let i = 0; i < block.length; i++) next[starts[block[i]!]!++] = i;
  let at = next[origin]!;
  let previous = -1;
  let alike = 0;
  for (let i = 0; i < block.length && !output.isFull; i++) {
    const byte = block[at]!;
    at = next[at]!;
    if (alike === 4) {
      output.put(previous, byte);
      alike = 0;
      previous = -1;
      continue;
    }
    alike = byte === previous ? alike + 1 : 1;
    previous = byte;
    output.put(byte, 1);
  }
}

class Bits {
  at = 0;
  private held = 0;
  private count = 0;
  private missing = 0;
  private readonly input: Uint8Array;
  constructor(input: Uint8Array) {
    this.input = input;
  }
  /** The next bits, 32 at most, the highest first; zeros behind the end. */
  take(count: number): number {
    if (count > 24) return this.take(count - 16) * 65_536 + this.take(16);
    while (this.count < count) {
      if (this.at >= this.input.length) this.missing++;
      this.held = ((this.held << 8) | (this.input[this.at] ?? 0)) & 0xffffffff;
      this.at++;
      this.count += 8;
    }
    this.count -= count;
    return (this.held >>> this.count) & (2 ** count - 1);
  }
  align(): void {
    this.count -= this.count % 8;
  }
  isOut(): boolean {
    return this.missing > 0;
  }
}

class Output {
  size = 0;
  private held = new Uint8Array(65_536);
  private readonly most: number;
  constructor(most: number) {
    this.most = most;
  }
  get isFull(): boolean {
    return this.size >= this.most;
  }
  put(byte: number, count: number): void {
    const end = Math.min(this.most, this.size + count);
    if (end > this.held.length) {
      const larger = new Uint8Array(Math.min(this.most, Math.max(end, this.held.length * 2)));
      larger.set(this.held.subarray(0, this.size));
      this.held = larger;
    }
    this.held.fill(byte, this.size, end);
    this.size = end;
  }
  bytes(): Uint8Array {
    return this.held.subarray(0, this.size);
  }
}
