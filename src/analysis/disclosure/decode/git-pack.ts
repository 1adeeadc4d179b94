import type { Inflate } from './inflate.ts';
import { inflateZlib } from './inflate.ts';
import { characters } from './characters.ts';
import { joined } from './pieces.ts';
import type { Member } from './zip.ts';

const KINDS: Readonly<Record<number, string>> = { 1: 'commit', 2: 'tree', 3: 'blob', 4: 'tag' };
const [OFFSET_DELTA, REF_DELTA] = [6, 7];
const LF = 10;
/** Bytes on both sides of what a delta brings in, up to the ends of its line. */
const REACH = 4096;
/** Bytes of objects that are kept, for others that are built of them. */
const MOST_KEPT = 256 * 1024 * 1024;

/** Bytes that are built of others: a delta of some bytes may say to write millions. */
const MOST_BUILT = 1024 * 1024 * 1024;

/** Where the pack of a bundle begins, and how long ids are in it; a pack's own file begins with it. */
export function packIn(bytes: Uint8Array): { readonly start: number; readonly idBytes: number } | undefined {
  if (bytes[0] === 0x50) return { start: 0, idBytes: 20 };
  let header = '';
  // Up to an empty line: what is needed, and references.
  for (let at = 0; at < bytes.length;) {
    const end = bytes.indexOf(LF, at);
    if (end === -1) return undefined;
    if (end === at) return { start: end + 1, idBytes: header.includes('@object-format=sha256') ? 32 : 20 };
    if (bytes[at] === 0x40) header += characters(bytes, at, Math.min(end, at + 80));
    at = end + 1;
  }
  return undefined;
}

/**
 * The objects of a git pack; of those that are deltas the lines that they bring in, or, when what they build on is not there, what they
 * insert. Ends at the first damage, which it says. https://git-scm.com/docs/gitformat-pack
 */
export function* packedObjects(
  bytes: Uint8Array,
  start: number,
  idBytes: number,
  room: () => number,
  inflate: Inflate | undefined,
): Generator<Member, void, undefined> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (start + 12 > bytes.length || view.getUint32(start) !== 0x5041434b) return yield damaged();
  const count = view.getUint32(start + 8);
  const objects = new Map<number, { readonly kind: string; readonly bytes: Uint8Array }>();
  let kept = 0;
  let built = 0;
  let at = start + 12;
  for (let i = 0; i < count; i++) {
    const own = at;
    let unit = bytes[at++] ?? 0;
    const type = (unit >> 4) & 7;
    let size = unit & 15;
    for (let shift = 4; (unit & 128) !== 0 && at < bytes.length; shift += 7) {
      unit = bytes[at++]!;
      size += (unit & 127) * 2 ** shift;
    }
    let base: number | undefined;
    if (type === OFFSET_DELTA) {
      let back = (unit = bytes[at++] ?? 0) & 127;
      while ((unit & 128) !== 0 && at < bytes.length) {
        unit = bytes[at++]!;
        back = (back + 1) * 128 + (unit & 127);
      }
      base = own - back;
    } else if (type === REF_DELTA) at += idBytes;
    const kind = KINDS[type];
    if (kind === undefined && type !== OFFSET_DELTA && type !== REF_DELTA) return yield damaged();
    const most = room();
    if (size > most) return yield { name: '', bytes: NOTHING, fault: 'it holds more than is looked into' };
    const { bytes: inner, end, fault } = inflateZlib(bytes, at, Math.max(1, size), inflate);
    if (fault !== undefined || inner.length !== size) return yield damaged();
    // Behind the stream stands its checksum.
    at = end + 4;
    if (kind !== undefined) {
      if (kept + size <= MOST_KEPT) objects.set(own, { kind, bytes: inner });
      kept += size;
      if (size > 0) yield { name: kind, bytes: inner };
      continue;
    }
    const known = base === undefined ? undefined : objects.get(base);
    const made = applied(inner, known?.bytes, most);
    built += made?.whole.length ?? 0;
    if (built > MOST_BUILT)
      return yield { name: '', bytes: NOTHING, fault: 'it holds more than is looked into' };
    if (made === undefined) return yield damaged();
    if (known !== undefined && kept + made.whole.length <= MOST_KEPT) {
      kept += made.whole.length;
      objects.set(own, { kind: known.kind, bytes: made.whole });
    }
    const name = known?.kind ?? 'delta';
    if (known === undefined) yield { name, bytes: made.brought, fault: 'what it builds on is not there' };
    else if (made.brought.length > 0) yield { name, bytes: made.brought };
  }
  // Behind the last stands a digest of all, of 20 or 32 bytes; what stands behind that is none of it.
  if (bytes.length - at !== 20 && bytes.length - at !== 32) yield damaged();
}

const NOTHING = new Uint8Array(0);
const damaged = (): Member => ({ name: '', bytes: NOTHING, fault: 'it is damaged' });

/** What a delta makes of its base, and the lines with what it inserts. `undefined`: it is damaged. */
function applied(
  delta: Uint8Array,
  base: Uint8Array | undefined,
  most: number,
): { readonly whole: Uint8Array; readonly brought: Uint8Array } | undefined {
  let at = 0;
  const size = (): number => {
    let value = 0;
    for (let shift = 0, unit = 128; (unit & 128) !== 0 && at < delta.length; shift += 7) {
      unit = delta[at++]!;
      value += (unit & 127) * 2 ** shift;
    }
    return value;
  };
  const [from, to] = [size(), size()];
  if ((base !== undefined && from !== base.length) || to > most) return undefined;
  const whole = new Uint8Array(base === undefined ? 0 : to);
  const spans: [start: number, end: number][] = [];
  const inserted: Uint8Array[] = [];
  let written = 0;
  while (at < delta.length) {
    const unit = delta[at++]!;
    if ((unit & 128) !== 0) {
      let [offset, length] = [0, 0];
      for (let i = 0; i < 4; i++) if ((unit & (1 << i)) !== 0) offset += (delta[at++] ?? 0) * 2 ** (8 * i);
      for (let i = 0; i < 3; i++) if ((unit & (16 << i)) !== 0) length += (delta[at++] ?? 0) * 2 ** (8 * i);
      if (length === 0) length = 0x10000;
      if (written + length > to) return undefined;
      if (base !== undefined) {
        if (offset + length > base.length) return undefined;
        whole.set(base.subarray(offset, offset + length), written);
      }
      written += length;
    } else {
      if (unit === 0 || at + unit > delta.length || written + unit > to) return undefined;
      const piece = delta.subarray(at, at + unit);
      if (base === undefined) inserted.push(piece);
      else {
        whole.set(piece, written);
        const last = spans.at(-1);
        if (last !== undefined && last[1] === written) last[1] += unit;
        else spans.push([written, written + unit]);
      }
      written += unit;
      at += unit;
    }
  }
  if (written !== to) return undefined;
  return { whole, brought: base === undefined ? joined(inserted) : linesWith(whole, spans) };
}

function linesWith(bytes: Uint8Array, spans: readonly (readonly [number, number])[]): Uint8Array {
  const lines: Uint8Array[] = [];
  let done = 0;
  for (const [from, to] of spans) {
    let start = Math.max(done, from);
    for (const least = Math.max(done, from - REACH); start > least && bytes[start - 1] !== LF;) start--;
    let end = Math.max(start, to);
    for (const most = Math.min(bytes.length, to + REACH); end < most && bytes[end - 1] !== LF;) end++;
    lines.push(bytes.subarray(start, end));
    done = end;
  }
  return joined(lines);
}
