/*
 * The kernel's delta and its rule of dirty lines, said plainly: byte by byte. An oracle for tests.
 */

/** A stretch of the result that its delta brought in. */
export interface DirtyRun {
  readonly offset: number;
  readonly text: Uint8Array;
}

interface Copy {
  /** Where it is in the result and in the base, and its length. */
  readonly to: number;
  readonly from: number;
  size: number;
}

/** The result of a delta and its dirty runs; `undefined` when the delta is damaged or for another base. */
export function dirtyLinesTwin(
  base: Uint8Array,
  delta: Uint8Array,
  reach: number,
  lineEnd: number = 10,
): { readonly target: Uint8Array; readonly runs: readonly DirtyRun[] } | undefined {
  const parsed = resolve(base, delta);
  if (parsed === undefined) return undefined;
  const { target, copies } = parsed;
  const dirty = new Uint8Array(target.length).fill(1);
  for (const { to, from, size } of copies) {
    const end = to + size;
    const startsLine = (to === 0 || target[to - 1] === lineEnd) && (from === 0 || base[from - 1] === lineEnd);
    const endsLine = target[end - 1] === lineEnd || (end === target.length && from + size === base.length);
    for (let i = to; i < end; i++) {
      const inFirst = !startsLine && i - to < reach && !target.subarray(to, i).includes(lineEnd);
      const inLast = !endsLine && end - i <= reach && !target.subarray(i, end).includes(lineEnd);
      dirty[i] = inFirst || inLast ? 1 : 0;
    }
  }
  const runs: DirtyRun[] = [];
  for (let i = 0; i < target.length; i++) {
    if (dirty[i] === 0) continue;
    const offset = i;
    while (i < target.length && dirty[i] === 1) i++;
    runs.push({ offset, text: target.slice(offset, i) });
  }
  return { target, runs };
}

/** The result of a delta of a tree, and its entries that no copy brought whole: those that follow each other as one run. */
export function treeDeltaTwin(
  base: Uint8Array,
  delta: Uint8Array,
  idBytes: number,
): { readonly target: Uint8Array; readonly runs: readonly DirtyRun[] } | undefined {
  const parsed = resolve(base, delta);
  if (parsed === undefined) return undefined;
  const { target, copies } = parsed;
  const runs: { offset: number; text: Uint8Array }[] = [];
  for (let start = 0; start < target.length;) {
    const nul = target.indexOf(0, start);
    const end = nul === -1 ? target.length : Math.min(target.length, nul + 1 + idBytes);
    if (!copies.some(({ to, size }) => to <= start && end <= to + size)) {
      const last = runs.at(-1);
      if (last !== undefined && last.offset + last.text.length === start)
        last.text = target.slice(last.offset, end);
      else runs.push({ offset: start, text: target.slice(start, end) });
    }
    start = end;
  }
  return { target, runs };
}

/** Copies that continue each other in base and result are one. */
function resolve(
  base: Uint8Array,
  delta: Uint8Array,
): { readonly target: Uint8Array; readonly copies: readonly Copy[] } | undefined {
  let at = 0;
  const size = (): number => {
    let value = 0;
    for (let scale = 1; at < delta.length; scale *= 128) {
      const byte = delta[at++]!;
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
    return -1;
  };
  if (size() !== base.length) return undefined;
  const targetSize = size();
  const target: number[] = [];
  const copies: Copy[] = [];
  while (at < delta.length) {
    const op = delta[at++]!;
    if (op === 0) return undefined;
    if (op < 128) {
      if (at + op > delta.length) return undefined;
      target.push(...delta.subarray(at, at + op));
      at += op;
      continue;
    }
    const operand = [0, 0, 0, 0, 0, 0, 0];
    for (let i = 0; i < 7; i++) {
      if ((op & (1 << i)) === 0) continue;
      if (at >= delta.length) return undefined;
      operand[i] = delta[at++]!;
    }
    const from = operand[0]! + operand[1]! * 2 ** 8 + operand[2]! * 2 ** 16 + operand[3]! * 2 ** 24;
    const length = operand[4]! + operand[5]! * 2 ** 8 + operand[6]! * 2 ** 16 || 0x10000;
    if (from + length > base.length || target.length + length > targetSize) return undefined;
    const last = copies.at(-1);
    if (last !== undefined && last.to + last.size === target.length && last.from + last.size === from)
      last.size += length;
    else copies.push({ to: target.length, from, size: length });
    for (let i = from; i < from + length; i++) target.push(base[i]!);
  }
  return target.length === targetSize ? { target: Uint8Array.from(target), copies } : undefined;
}
