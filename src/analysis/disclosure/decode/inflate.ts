import {
  CODE_LENGTH_ORDER,
  DISTANCE_BASE,
  DISTANCE_BITS,
  LENGTH_BASE,
  LENGTH_BITS,
} from '../../../model/deflate.ts';

/** What came out of a compressed stream. */
export interface Inflated {
  readonly bytes: Uint8Array;
  /** Where the stream ended in the input; behind what was read when it is damaged. */
  readonly end: number;
  /** Absent: the stream is whole. What came before the damage is in `bytes`. */
  readonly fault?: 'truncated' | 'damaged' | 'too large';
}

/** A faster way to inflate a raw stream, for those that are whole and fit; `undefined` for others. */
export type Inflate = (input: Uint8Array, start: number, most: number) => Inflated | undefined;

/** Bytes of output that are allocated at first: what follows in an archive says nothing of a member's size. */
const FIRST = 64 * 1024;

/** Codes of at most nine bits are looked up at once; longer ones, which are rare, bit by bit. */
const FAST = 9;

interface Code {
  /** For the next nine bits: `symbol << 4 | length`; 0 when the code is longer. */
  readonly fast: Uint16Array;
  readonly counts: Uint16Array;
  readonly symbols: Uint16Array;
}

/**
 * Inflates a raw deflate stream (RFC 1951) that starts at `start`, to at most `most` bytes. Unlike the kernel's it needs not
 * know the size, and gives what there is of a damaged stream: a cut archive still has its first lines.
 */
export function inflateRaw(input: Uint8Array, start: number, most: number, quick?: Inflate): Inflated {
  // What is short, or no such stream, is told sooner than the platform's code is made ready.
  const taste = inflateAnything(input, start, Math.min(most, TASTE));
  if (taste.fault !== 'too large' || most <= TASTE) return taste;
  return quick?.(input, start, most) ?? inflateAnything(input, start, most);
}

/** Bytes that come out of a stream before it is given to another inflater. */
const TASTE = 512;

function inflateAnything(input: Uint8Array, start: number, most: number): Inflated {
  const likely = Math.max(1024, Math.min(FIRST, (input.length - start) * 4));
  let output = new Uint8Array(Math.min(most, likely));
  let written = 0;
  let at = start;
  let bits = 0;
  let held = 0;
  let fault: Inflated['fault'];

  const need = (count: number): boolean => {
    while (held < count) {
      if (at >= input.length) return false;
      bits |= input[at++]! << held;
      held += 8;
    }
    return true;
  };
  const take = (count: number): number => {
    if (!need(count)) {
      fault ??= 'truncated';
      return 0;
    }
    const value = bits & ((1 << count) - 1);
    bits >>>= count;
    held -= count;
    return value;
  };
  const room = (count: number): boolean => {
    if (written + count <= output.length) return true;
    if (written + count > most) {
      fault = 'too large';
      return false;
    }
    const larger = new Uint8Array(Math.min(most, Math.max(output.length * 2, written + count)));
    larger.set(output);
    output = larger;
    return true;
  };
  const decode = ({ fast, counts, symbols }: Code): number => {
    need(15);
    const entry = fast[bits & ((1 << FAST) - 1)]!;
    if (entry !== 0 && (entry & 15) <= held) {
      bits >>>= entry & 15;
      held -= entry & 15;
      return entry >> 4;
    }
    let code = 0;
    let first = 0;
    let index = 0;
    for (let length = 1; length <= 15; length++) {
      if (held < length) {
        fault ??= 'truncated';
        return -1;
      }
      code |= (bits >>> (length - 1)) & 1;
      const count = counts[length]!;
      if (code - count < first) {
        bits >>>= length;
        held -= length;
        return symbols[index + code - first]!;
      }
      index += count;
      first = (first + count) << 1;
      code <<= 1;
    }
    fault = 'damaged';
    return -1;
  };
  const stored = (): void => {
    at -= held >> 3;
    bits = 0;
    held = 0;
    if (at + 4 > input.length) {
      fault = 'truncated';
      return;
    }
    const size = input[at]! | (input[at + 1]! << 8);
    if ((size ^ 0xffff) !== (input[at + 2]! | (input[at + 3]! << 8))) {
      fault = 'damaged';
      return;
    }
    at += 4;
    const there = Math.min(size, input.length - at);
    if (!room(there)) return;
    output.set(input.subarray(at, at + there), written);
    written += there;
    at += there;
    if (there < size) fault = 'truncated';
  };
  const compressed = (literals: Code, distances: Code): void => {
    for (let isOpen = true; isOpen;) {
      const state = { at, bits, held, written };
      quickly(input, output, state, literals.fast, distances.fast);
      ({ at, bits, held, written } = state);
      isOpen = one(literals, distances) && fault === undefined;
    }
  };
  /** One symbol, slowly: near the ends of input and output, and of long codes. False: the block is over. */
  const one = (literals: Code, distances: Code): boolean => {
    const symbol = decode(literals);
    if (symbol < 0 || symbol === 256) return false;
    if (symbol < 256) {
      if (!room(1)) return false;
      output[written++] = symbol;
      return true;
    }
    if (symbol > 285) {
      fault = 'damaged';
      return false;
    }
    const length = LENGTH_BASE[symbol - 257]! + take(LENGTH_BITS[symbol - 257]!);
    const far = decode(distances);
    if (far < 0 || far > 29) {
      fault ??= 'damaged';
      return false;
    }
    const distance = DISTANCE_BASE[far]! + take(DISTANCE_BITS[far]!);
    if (distance > written) fault ??= 'damaged';
    if (fault !== undefined || !room(length)) return false;
    for (let i = 0; i < length; i++, written++) output[written] = output[written - distance]!;
    return true;
  };
  const dynamic = (): readonly [Code, Code] | undefined => {
    const literalCount = take(5) + 257;
    const distanceCount = take(5) + 1;
    const orderCount = take(4) + 4;
    const lengths = new Uint8Array(320);
    for (let i = 0; i < orderCount; i++) lengths[CODE_LENGTH_ORDER[i]!] = take(3);
    const lengthCode = codeOf(lengths.subarray(0, 19));
    const all = new Uint8Array(literalCount + distanceCount);
    for (let i = 0; i < all.length && fault === undefined;) {
      const symbol = decode(lengthCode);
      if (symbol < 0) return undefined;
      if (symbol < 16) {
        all[i++] = symbol;
        continue;
      }
      const value = symbol === 16 ? all[i - 1] : 0;
      const count = symbol === 16 ? 3 + take(2) : symbol === 17 ? 3 + take(3) : 11 + take(7);
      if (value === undefined || i + count > all.length) {
        fault = 'damaged';
        return undefined;
      }
      all.fill(value, i, i + count);
      i += count;
    }
    return [codeOf(all.subarray(0, literalCount)), codeOf(all.subarray(literalCount))];
  };

  let isLast = false;
  while (!isLast && fault === undefined) {
    isLast = take(1) === 1;
    const kind = take(2);
    if (fault !== undefined) break;
    if (kind === 0) stored();
    else if (kind === 1) compressed(...fixed());
    else if (kind === 2) {
      const codes = dynamic();
      if (codes !== undefined && fault === undefined) compressed(...codes);
    } else fault = 'damaged';
  }
  return {
    bytes: output.subarray(0, written),
    end: at - (held >> 3),
    ...(fault === undefined ? {} : { fault }),
  };
}

/**
 * Symbols with short codes, while input and output have room for any. Stops before the first that is not one of these; what
 * changes is in local variables, which is what makes it quick.
 */
function quickly(
  input: Uint8Array,
  output: Uint8Array,
  state: { at: number; bits: number; held: number; written: number },
  literals: Uint16Array,
  distances: Uint16Array,
): void {
  let { at, bits, held, written } = state;
  const mask = (1 << FAST) - 1;
  const lastAt = input.length - 8;
  const lastWritten = output.length - 258;
  while (at < lastAt && written < lastWritten) {
    while (held < 24) {
      bits |= input[at++]! << held;
      held += 8;
    }
    const entry = literals[bits & mask]!;
    const symbol = entry >> 4;
    if (entry === 0 || symbol === 256 || symbol > 285) break;
    if (symbol < 256) {
      bits >>>= entry & 15;
      held -= entry & 15;
      output[written++] = symbol;
      continue;
    }
    // At most 9 + 5 bits so far; what is left of 24 may not do for the distance.
    let rest = bits >>> (entry & 15);
    let used = entry & 15;
    const extra = LENGTH_BITS[symbol - 257]!;
    const length = LENGTH_BASE[symbol - 257]! + (rest & ((1 << extra) - 1));
    rest >>>= extra;
    used += extra;
    let more = held - used;
    let from = at;
    while (more < 24) {
      rest |= input[from++]! << more;
      more += 8;
    }
    const far = distances[rest & mask]!;
    if (far === 0 || far >> 4 > 29) break;
    rest >>>= far & 15;
    more -= far & 15;
    const bitsOfFar = DISTANCE_BITS[far >> 4]!;
    const distance = DISTANCE_BASE[far >> 4]! + (rest & ((1 << bitsOfFar) - 1));
    if (distance > written) break;
    bits = rest >>> bitsOfFar;
    held = more - bitsOfFar;
    at = from;
    for (const end = written + length; written < end; written++)
      output[written] = output[written - distance]!;
  }
  state.at = at;
  state.bits = bits;
  state.held = held;
  state.written = written;
}

/** Inflates a zlib stream (RFC 1950): two bytes, then raw deflate. The checksum is not asked: damaged text is text. */
export function inflateZlib(input: Uint8Array, start: number, most: number, quick?: Inflate): Inflated {
  const head = (input[start] ?? 0) * 256 + (input[start + 1] ?? 0);
  if ((head & 0x0f00) !== 0x0800 || head % 31 !== 0)
    return { bytes: new Uint8Array(0), end: start, fault: 'damaged' };
  return inflateRaw(input, start + 2 + ((head & 0x20) === 0 ? 0 : 4), most, quick);
}

function codeOf(lengths: Uint8Array): Code {
  const counts = new Uint16Array(16);
  for (const length of lengths) counts[length]!++;
  counts[0] = 0;
  const offsets = new Uint16Array(17);
  const next = new Uint16Array(17);
  for (let length = 1; length <= 15; length++) {
    offsets[length + 1] = offsets[length]! + counts[length]!;
    next[length + 1] = (next[length]! + counts[length]!) << 1;
  }
  const symbols = new Uint16Array(lengths.length);
  const fast = new Uint16Array(1 << FAST);
  for (let symbol = 0; symbol < lengths.length; symbol++) {
    const length = lengths[symbol]!;
    if (length === 0) continue;
    symbols[offsets[length]!++] = symbol;
    const code = next[length]!++;
    if (length > FAST || code >= 1 << length) continue;
    for (let at = reversed(code, length); at < 1 << FAST; at += 1 << length)
      fast[at] = (symbol << 4) | length;
  }
  return { fast, counts, symbols };
}

function reversed(code: number, length: number): number {
  let result = 0;
  for (let i = 0; i < length; i++) result |= ((code >> i) & 1) << (length - 1 - i);
  return result;
}

let fixedCodes: readonly [Code, Code] | undefined;
function fixed(): readonly [Code, Code] {
  const lengths = new Uint8Array(288);
  lengths.fill(8, 0, 144).fill(9, 144, 256).fill(7, 256, 280).fill(8, 280);
  return (fixedCodes ??= [codeOf(lengths), codeOf(new Uint8Array(30).fill(5))]);
}
