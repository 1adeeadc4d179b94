import { bunzip2 } from './bzip2.ts';
import { inflateRaw } from './inflate.ts';
import type { Limits } from './outlet.ts';
import { joined } from './pieces.ts';
import type { Unpacked } from './xz.ts';
import { unlzma, unxz } from './xz.ts';

/** A file in an archive. */
export interface Member {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Why the bytes are not all of it. */
  readonly fault?: string;
}

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;

/**
 * All members of a zip archive (APPNOTE.TXT 6.3.10), each at most `room()` bytes: those that its central directory lists, then
 * those that only have a local header, which unpackers differ about and which something can be hidden in. Damage loses a
 * member, never the rest. Gives comments as members without a name.
 */
export function* zipMembers(
  bytes: Uint8Array,
  room: () => number,
  { inflate, unpack }: Pick<Limits, 'inflate' | 'unpack'> = {},
): Generator<Member, void, undefined> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const seen = new Set<number>();
  let covered = 0;
  /** Members that the directory lists and that are not where it says. */
  let lost = 0;
  const end = endOf(view);
  if (end !== undefined) {
    const stated = view.getUint32(end + 16, true);
    const size = view.getUint32(end + 12, true);
    // What stands in front of an archive shifts every offset.
    const shift = stated + size <= end ? end - stated - size : 0;
    const comment = bytes.subarray(end + 22, end + 22 + view.getUint16(end + 20, true));
    if (comment.length > 0) yield { name: '', bytes: comment };
    let at = stated + shift;
    while (at + 46 <= bytes.length && view.getUint32(at, true) === CENTRAL) {
      const nameEnd = at + 46 + view.getUint16(at + 28, true);
      const extraEnd = nameEnd + view.getUint16(at + 30, true);
      const next = extraEnd + view.getUint16(at + 32, true);
      const local = view.getUint32(at + 42, true) + shift;
      if (next > extraEnd) yield { name: '', bytes: bytes.subarray(extraEnd, Math.min(next, bytes.length)) };
      if (!seen.has(local)) {
        seen.add(local);
        const packed = view.getUint32(at + 20, true);
        const found = memberAt(bytes, view, local, room(), packed, { inflate, unpack });
        if (found === undefined) lost++;
        else {
          covered += found.end - local;
          // Members that lie over each other: made to be unpacked for ever.
          if (covered > 16 * bytes.length) {
            yield { name: '', bytes: new Uint8Array(0), fault: 'they lie over each other' };
            return;
          }
          yield* given(found.member, nameOf(bytes.subarray(at + 46, nameEnd)));
        }
      }
      at = next;
    }
    // Nothing is hidden when members, directory and end are all there is.
    if (covered + (at - stated - shift) + 22 + comment.length >= bytes.length) return;
  }
  for (let at = nextLocal(bytes, 0); at !== -1; at = nextLocal(bytes, at)) {
    const found = seen.has(at)
      ? undefined
      : memberAt(bytes, view, at, room(), undefined, { inflate, unpack });
    if (found !== undefined) {
      lost--;
      yield* given(found.member, found.member.name);
    }
    at = found === undefined ? at + 4 : Math.max(at + 4, found.end);
  }
  if (lost > 0) yield { name: '', bytes: new Uint8Array(0), fault: 'it is damaged' };
}

function* given(member: Member, name: string): Generator<Member, void, undefined> {
  if (!name.endsWith('/') || member.bytes.length > 0) yield { ...member, name };
}

/** The end record is 22 bytes and a comment of at most 65,535. */
function endOf(view: DataView): number | undefined {
  for (let at = view.byteLength - 22; at >= Math.max(0, view.byteLength - 22 - 0xffff); at--)
    if (view.getUint32(at, true) === END) return at;
  return undefined;
}

/** `P K 3 4`. */
function nextLocal(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0x50, from); at !== -1; at = bytes.indexOf(0x50, at + 1))
    if (bytes[at + 1] === 0x4b && bytes[at + 2] === 3 && bytes[at + 3] === 4) return at;
  return -1;
}

/** `stated`: the packed size by the directory; the local header may say 0, and a descriptor behind the data the truth. */
function memberAt(
  bytes: Uint8Array,
  view: DataView,
  at: number,
  most: number,
  stated: number | undefined,
  { inflate, unpack }: Pick<Limits, 'inflate' | 'unpack'>,
): { readonly member: Member; readonly end: number } | undefined {
  if (at + 30 > bytes.length || view.getUint32(at, true) !== LOCAL) return undefined;
  const flags = view.getUint16(at + 6, true);
  const method = view.getUint16(at + 8, true);
  const nameEnd = at + 30 + view.getUint16(at + 26, true);
  const start = nameEnd + view.getUint16(at + 28, true);
  if (start > bytes.length) return undefined;
  const own = view.getUint32(at + 18, true);
  const told = stated === undefined || stated === 0xffffffff ? own : stated;
  const packed = told === 0xffffffff ? largeSize(view, nameEnd, start) : told;
  const end = Math.min(bytes.length, start + packed);
  const name = nameOf(bytes.subarray(at + 30, nameEnd));
  const none = new Uint8Array(0);
  if ((flags & 1) !== 0) return { member: { name, bytes: none, fault: 'it is encrypted' }, end };
  if (method === 0) {
    const whole = bytes.subarray(start, end);
    const fault = whole.length > most ? 'too large' : whole.length < packed ? 'truncated' : undefined;
    return { member: { name, bytes: whole.subarray(0, most), ...faulty(fault) }, end };
  }
  const other = OTHERS[method]?.(bytes.subarray(start, end), most, unpack);
  if (other !== undefined) return { member: { name, bytes: other.bytes, ...faulty(other.fault) }, end };
  if (method !== 8)
    return { member: { name, bytes: none, fault: `it is packed by method ${method}, not known here` }, end };
  const { bytes: unpacked, fault, end: stop } = inflateRaw(bytes, start, most, inflate);
  return { member: { name, bytes: unpacked, ...faulty(fault) }, end: Math.max(end, stop) };
}

/** Ways to pack a member beside deflate, by number (APPNOTE.TXT, 4.4.5). LZMA's header there has four bytes more, and no size. */
const OTHERS: Readonly<
  Record<number, (bytes: Uint8Array, most: number, unpack: Limits['unpack']) => Unpacked | undefined>
> = {
  12: bunzip2,
  14: (bytes, most) => unlzma(joined([bytes.subarray(4, 9), NO_SIZE, bytes.subarray(9)]), most),
  93: (bytes, most, unpack) => unpack?.('zstd', bytes, most),
  95: unxz,
};
const NO_SIZE = new Uint8Array(8).fill(255);

function faulty(fault: Unpacked['fault']): { readonly fault?: string } {
  return fault === undefined ? {} : { fault: `it is ${fault}` };
}

/** The packed size that stands in the extra field of a large archive's member (4.5.3), whatever its size; 0 when none does. */
function largeSize(view: DataView, start: number, end: number): number {
  for (let at = start; at + 4 <= end && at + 20 <= view.byteLength; at += 4 + view.getUint16(at + 2, true))
    if (view.getUint16(at, true) === 1 && view.getUint16(at + 2, true) >= 16)
      return Number(view.getBigUint64(at + 12, true));
  return 0;
}

/** Made when it is needed: Node loads what it is made of only then, and many runs never do. */
let utf8: InstanceType<typeof TextDecoder> | undefined;

function nameOf(bytes: Uint8Array): string {
  return (utf8 ??= new TextDecoder('utf-8', { ignoreBOM: true })).decode(bytes);
}
