import type { Sieve } from '../../../model/disclosure.ts';

/** With which bytes hits begin, for a filter that lets little else through: kernel/search.ts says what the tables mean. */
export interface Openings {
  readonly table: Uint8Array;
  readonly groupOf: Uint16Array;
  readonly groups: Uint8Array;
}

/** A pattern, and what must hold around it for its hits to be kept. */
export interface Opening {
  readonly pattern: string;
  readonly sieves: readonly Sieve[];
}

export const OPENINGS: number = 1 << 15;
// As in kernel/search.ts: of many tried, those with which the rules' openings let the fewest places of real text through.
const FACTOR_TWO = 0x8985;
const FACTOR_THIRD = 0xc161;
const HASH_SHIFT = 1;
const FOLD = 0xdf;
/** Bytes that a group compares. */
const SEEN = 8;

/**
 * The openings of patterns, which are strings of bytes. `undefined` when most places of a text would pass: for patterns of one
 * byte, or very many of two bytes.
 */
export function openingsOf(openings: readonly Opening[]): Openings | undefined {
  const table = new Uint8Array(OPENINGS);
  const groupOf = new Uint16Array(OPENINGS);
  const groups = new Uint8Array((OPENINGS + 1) * 2 * SEEN);
  const placeOf = places();
  const seen: Place[] = [];
  let count = 0;
  let used = 0;
  const add = (slot: number): void => {
    const group = (groupOf[slot] ||= ++count) * 2 * SEEN;
    const isFirst = table[slot] === 0;
    if (isFirst) used++;
    for (let i = 0; i < SEEN; i++) {
      const { want, mask } = seen[i]!;
      const both = isFirst ? mask : mask & groups[group + SEEN + i]! & ~(want ^ groups[group + i]!);
      groups[group + SEEN + i] = both;
      groups[group + i] = want & both;
    }
    table[slot]! |= seen[3]!.bits;
  };
  for (const { pattern, sieves } of openings) {
    if (pattern.length < 2) return undefined;
    for (let i = 0; i < SEEN; i++) seen[i] = placeOf(pattern, sieves, i);
    for (const first of seen[0]!.folded)
      for (const second of seen[1]!.folded)
        for (const third of seen[2]!.folded) add(hash(first | (second << 8), third));
  }
  return used > OPENINGS / 2
    ? undefined
    : { table, groupOf, groups: groups.slice(0, (count + 1) * 2 * SEEN) };
}

function hash(two: number, third: number): number {
  return ((two * FACTOR_TWO + third * FACTOR_THIRD) & 0xffff) >>> HASH_SHIFT;
}

/** What a byte of an opening can be. */
interface Place {
  /** The bits that all of these bytes have, and which bits those are. */
  readonly want: number;
  readonly mask: number;
  /** The bytes, without the bit of lower case. */
  readonly folded: readonly number[];
  /** A bit for each of the bytes, by its lowest three. */
  readonly bits: number;
}

/** Made once for each byte of a pattern and each run, for there are thousands of openings and a hook has no time. */
function places(): (pattern: string, sieves: readonly Sieve[], i: number) => Place {
  const plain: Place[] = [];
  const limited = new Map<Uint8Array, Place[]>();
  return (pattern, sieves, i) => {
    const unit = i < pattern.length ? pattern.charCodeAt(i) : ANY;
    let limit: Uint8Array | undefined;
    for (const { side, least, run } of sieves) {
      const covers =
        side === 'at' ? i < least : side === 'after' && unit === ANY && i - pattern.length < least;
      // Of two limits one will do: it lets through what both do, and more.
      if (covers) limit ??= run;
    }
    let made = plain;
    if (limit !== undefined) {
      made = limited.get(limit) ?? [];
      limited.set(limit, made);
    }
    return (made[unit] ??= placeOfBytes(
      bytesOf(unit).filter((byte) => limit === undefined || limit[byte] !== 0),
    ));
  };
}

/** No byte of a pattern: whatever stands behind it. */
const ANY = 256;
const ALL: readonly number[] = Array.from({ length: 256 }, (_, byte) => byte);

function bytesOf(unit: number): readonly number[] {
  return unit === ANY ? ALL : isLetter(unit) ? [unit & FOLD, unit | 0x20] : [unit];
}

function isLetter(unit: number): boolean {
  return (unit & FOLD) >= 0x41 && (unit & FOLD) <= 0x5a;
}

function placeOfBytes(bytes: readonly number[]): Place {
  let want = 0xff;
  let any = 0;
  let one = 0;
  for (const byte of bytes) {
    want &= byte;
    any |= byte;
    one |= 1 << (byte & 7);
  }
  const mask = 0xff & ~(want ^ any);
  return { want: want & mask, mask, folded: [...new Set(bytes.map((byte) => byte & FOLD))], bits: one };
}
