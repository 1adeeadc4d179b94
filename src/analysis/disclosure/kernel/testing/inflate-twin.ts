/*
 * The kernel's inflate, said plainly: bit by bit, after RFC 1950 and 1951. An oracle for tests.
 */

/** What a zlib stream at the start of `input` gives and how many bytes it takes; `undefined` when it is damaged or cut short. */
export function inflateTwin(
  input: Uint8Array,
): { readonly bytes: Uint8Array; readonly taken: number } | undefined {
  try {
    return read(input);
  } catch (error) {
    if (error instanceof Damaged) return undefined;
    throw error;
  }
}

class Damaged extends Error {}

const LENGTH_BASES = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258]; // prettier-ignore
const LENGTH_EXTRAS = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const PRECODE_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

function read(input: Uint8Array): { bytes: Uint8Array; taken: number } {
  let at = 0;
  let bit = 0;
  const byte = (): number => {
    if (at >= input.length) throw new Damaged();
    return input[at++]!;
  };
  const take = (count: number): number => {
    let value = 0;
    for (let i = 0; i < count; i++) {
      if (at >= input.length) throw new Damaged();
      value |= ((input[at]! >> bit) & 1) << i;
      bit++;
      if (bit === 8) {
        bit = 0;
        at++;
      }
    }
    return value;
  };
  const head = byte() * 256 + byte();
  if (head % 31 !== 0 || ((head >> 8) & 15) !== 8 || head >> 12 > 7 || (head & 32) !== 0) throw new Damaged();
  const out: number[] = [];
  for (let last = 0; last === 0;) {
    last = take(1);
    const kind = take(2);
    if (kind === 3) throw new Damaged();
    if (kind === 0) {
      if (bit > 0) at++;
      bit = 0;
      const length = byte() + byte() * 256;
      if ((length ^ 0xffff) !== byte() + byte() * 256) throw new Damaged();
      for (let i = 0; i < length; i++) out.push(byte());
      continue;
    }
    const [litlen, distance] = kind === 1 ? fixedCodes() : dynamicCodes(take);
    for (;;) {
      const symbol = decode(litlen, take);
      if (symbol === 256) break;
      if (symbol < 256) {
        out.push(symbol);
        continue;
      }
      if (symbol > 285) throw new Damaged();
      const length = LENGTH_BASES[symbol - 257]! + take(LENGTH_EXTRAS[symbol - 257]!);
      const far = decode(distance, take);
      if (far > 29) throw new Damaged();
      const extra = far < 4 ? 0 : (far >> 1) - 1;
      const back = (far < 4 ? far + 1 : ((2 + (far & 1)) << extra) + 1) + take(extra);
      if (back > out.length) throw new Damaged();
      for (let i = 0; i < length; i++) out.push(out[out.length - back]!);
    }
  }
  if (bit > 0) at++;
  bit = 0;
  let a = 1;
  let b = 0;
  for (const value of out) {
    a = (a + value) % 65521;
    b = (b + a) % 65521;
  }
  if (byte() * 256 + byte() !== b || byte() * 256 + byte() !== a) throw new Damaged();
  return { bytes: Uint8Array.from(out), taken: at };
}

/** Symbols by `length:code`. */
type Code = ReadonlyMap<string, number>;

function decode(code: Code, take: (count: number) => number): number {
  let value = 0;
  for (let length = 1; length <= 15; length++) {
    value = value * 2 + take(1);
    const symbol = code.get(`${length}:${value}`);
    if (symbol !== undefined) return symbol;
  }
  throw new Damaged();
}

/** RFC 1951 §3.2.2. As zlib has it, a code is complete, or (where `mayBeShort`) has one code of one bit or none. */
function codeOf(lengths: readonly number[], mayBeShort: boolean): Code {
  const code = new Map<string, number>();
  let next = 0;
  for (let length = 1; length <= 15; length++) {
    next *= 2;
    lengths.forEach((own, symbol) => {
      if (own === length) code.set(`${length}:${next++}`, symbol);
    });
    if (next > 2 ** length) throw new Damaged();
  }
  const isShort = code.size === 0 || (code.size === 1 && lengths.includes(1));
  if (next !== 2 ** 15 && !(mayBeShort && isShort)) throw new Damaged();
  return code;
}

function fixedCodes(): [Code, Code] {
  const lengths = Array.from({ length: 288 }, (_, i) => (i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8));
  return [codeOf(lengths, false), codeOf(Array<number>(32).fill(5), false)];
}

function dynamicCodes(take: (count: number) => number): [Code, Code] {
  const litlens = take(5) + 257;
  const distances = take(5) + 1;
  const precodes = take(4) + 4;
  if (litlens > 286 || distances > 30) throw new Damaged();
  const own = Array<number>(19).fill(0);
  for (let i = 0; i < precodes; i++) own[PRECODE_ORDER[i]!] = take(3);
  const precode = codeOf(own, false);
  const lengths: number[] = [];
  while (lengths.length < litlens + distances) {
    const symbol = decode(precode, take);
    if (symbol < 16) lengths.push(symbol);
    else if (symbol === 16) {
      const previous = lengths.at(-1);
      if (previous === undefined) throw new Damaged();
      for (let times = 3 + take(2); times > 0; times--) lengths.push(previous);
    } else for (let times = symbol === 17 ? 3 + take(3) : 11 + take(7); times > 0; times--) lengths.push(0);
  }
  if (lengths.length > litlens + distances || lengths[256] === 0) throw new Damaged();
  return [codeOf(lengths.slice(0, litlens), true), codeOf(lengths.slice(litlens), true)];
}
