/**
 * SHA-256 of a string's UTF-8 bytes, lower-case hex (FIPS 180-4). For fingerprints in rooms that may not
 * import node:crypto: some hundred short strings a scan. Large inputs are hashed by the adapters.
 */
export function sha256(text: string): string {
  const length = encoded(text);
  const blocks = ((length + 8) >> 6) + 1;
  bytes.fill(0, length, blocks * 64);
  bytes[length] = 0x80;
  const end = blocks * 64;
  view.setUint32(end - 8, Math.floor(length / 0x20000000));
  view.setUint32(end - 4, length << 3);
  state.set(INITIAL);
  for (let at = 0; at < end; at += 64) compress(at);
  let digits = '';
  // With a bit on top, so that zeros at the front are written too.
  for (let i = 0; i < 8; i++) digits += ((state[i]! >>> 0) + 0x1_0000_0000).toString(16).slice(1);
  return digits;
}

// Signed words throughout: V8 keeps them unboxed before it optimises, and few scans get that far.
const state = new Int32Array(8);
const w = new Int32Array(64);
let bytes = new Uint8Array(1024);
let view = new DataView(bytes.buffer);
const encoder = new TextEncoder();

/** Writes the UTF-8 of the text to `bytes`, with room for the padding behind it, and gives its length. */
function encoded(text: string): number {
  const most = text.length * 3 + 72;
  if (bytes.length < most) {
    bytes = new Uint8Array(most * 2);
    view = new DataView(bytes.buffer);
  }
  return encoder.encodeInto(text, bytes).written;
}

/** One block of `bytes` into `state`. Rotations are written out: as calls they are a third of the time. */
function compress(at: number): void {
  for (let i = 0; i < 16; i++) w[i] = view.getInt32(at + i * 4);
  for (let i = 16; i < 64; i++) {
    const x = w[i - 15]!;
    const y = w[i - 2]!;
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    w[i] = w[i - 16]! + s0 + w[i - 7]! + s1;
  }
  let a = state[0]!;
  let b = state[1]!;
  let c = state[2]!;
  let d = state[3]!;
  let e = state[4]!;
  let f = state[5]!;
  let g = state[6]!;
  let h = state[7]!;
  for (let i = 0; i < 64; i++) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + K[i]! + w[i]!) | 0;
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + t2) | 0;
  }
  state[0]! += a;
  state[1]! += b;
  state[2]! += c;
  state[3]! += d;
  state[4]! += e;
  state[5]! += f;
  state[6]! += g;
  state[7]! += h;
}

/** First 32 bits of the fractional parts of the square (INITIAL) and cube (K) roots of the first primes. */
const PRIMES = firstPrimes(64);
const INITIAL = Int32Array.from(PRIMES.slice(0, 8), (p) => fraction(Math.sqrt(p)));
const K = Int32Array.from(PRIMES, (p) => fraction(Math.cbrt(p)));

function fraction(x: number): number {
  return ((x - Math.floor(x)) * 0x1_0000_0000) | 0;
}

function firstPrimes(count: number): number[] {
  const found: number[] = [];
  for (let n = 2; found.length < count; n++) if (found.every((p) => n % p !== 0)) found.push(n);
  return found;
}
