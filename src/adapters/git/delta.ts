/** A pack delta that does not fit its base; the caller says which object it was. */
export class DeltaError extends Error {}

/** The base and target sizes at the head of a delta, and where its instructions start. */
export function deltaSizes(delta: Uint8Array): {
  readonly base: number;
  readonly target: number;
  readonly start: number;
} {
  const base = readSize(delta, 0);
  const target = readSize(delta, base.next);
  return { base: base.value, target: target.value, start: target.next };
}

/** Larger objects are reckoned before they are rebuilt. */
const MANY_BYTES = 1 << 20;
/** Bytes from which on a view for the copying costs less than copying one by one. */
const MANY = 128;

/**
 * Rebuilds an object from its base: copy instructions (bit 7 set: offset and size in the bytes that bits 0–6 name)
 * and insert instructions (1–127 literal bytes). https://git-scm.com/docs/pack-format#_deltified_representation
 * Throws DeltaError when the delta is not for this base or is damaged.
 */
export function applyDelta(base: Uint8Array, delta: Uint8Array): Buffer {
  const sizes = deltaSizes(delta);
  if (sizes.base !== base.length) throw new DeltaError('the delta was made for another base');
  // No memory is set aside for a size that is a lie.
  if (sizes.target > MANY_BYTES && madeBy(delta, sizes.start) !== sizes.target)
    throw new DeltaError('it gives other bytes than it says');
  const target = Buffer.allocUnsafe(sizes.target);
  let written = 0;
  let at = sizes.start;
  while (at < delta.length) {
    const op = delta[at++]!;
    if (op === 0) throw new DeltaError('reserved instruction');
    if (op < 128) {
      if (at + op > delta.length || written + op > target.length)
        throw new DeltaError('it ends in the middle');
      for (let end = at + op; at < end;) target[written++] = delta[at++]!;
      continue;
    }
    let offset = 0;
    let size = 0;
    if (op & 1) offset = delta[at++]!;
    if (op & 2) offset |= delta[at++]! << 8;
    if (op & 4) offset |= delta[at++]! << 16;
    if (op & 8) offset += delta[at++]! * 0x1000000;
    if (op & 16) size = delta[at++]!;
    if (op & 32) size |= delta[at++]! << 8;
    if (op & 64) size |= delta[at++]! << 16;
    if (size === 0) size = 0x10000;
    // A missing operand byte makes NaN or a wrong number; both fail here.
    if (at > delta.length || !(offset + size <= base.length) || written + size > target.length)
      throw new DeltaError('a copy outside its base');
    if (size < MANY) for (let i = 0; i < size; i++) target[written + i] = base[offset + i]!;
    else target.set(base.subarray(offset, offset + size), written);
    written += size;
  }
  if (written !== target.length) throw new DeltaError('it gives fewer bytes than it says');
  return target;
}

/** Bytes that its instructions give. */
function madeBy(delta: Uint8Array, start: number): number {
  let made = 0;
  for (let at = start; at < delta.length;) {
    const op = delta[at++]!;
    if (op < 128) {
      made += op;
      at += op;
      continue;
    }
    for (let bit = 1; bit < 16; bit *= 2) if (op & bit) at++;
    let size = 0;
    for (let i = 0; i < 3; i++) if (op & (16 << i)) size |= (delta[at++] ?? 0) << (8 * i);
    made += size === 0 ? 0x10000 : size;
  }
  return made;
}

function readSize(bytes: Uint8Array, at: number): { readonly value: number; readonly next: number } {
  let value = 0;
  let scale = 1;
  for (let next = at; next < bytes.length && next < at + 8; next++) {
    value += (bytes[next]! & 0x7f) * scale;
    if (bytes[next]! < 128) return { value, next: next + 1 };
    scale *= 128;
  }
  throw new DeltaError('no size at its head');
}
