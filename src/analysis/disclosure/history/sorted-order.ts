import type { Offsets } from '../../../model/history.ts';

const DIGIT = 65536;

/**
 * The places of non-negative integers in ascending order (equal ones keep theirs): a radix sort, for packs have millions
 * of offsets and a comparison costs more than a pass. Up to 2^48.
 */
export function sortedOrder(values: Offsets): Uint32Array {
  let order = new Uint32Array(values.length);
  let most = 0;
  for (let i = 0; i < values.length; i++) {
    order[i] = i;
    if (values[i]! > most) most = values[i]!;
  }
  let other = new Uint32Array(values.length);
  const starts = new Uint32Array(DIGIT + 1);
  for (let scale = 1; scale <= most; scale *= DIGIT) {
    starts.fill(0);
    for (let i = 0; i < values.length; i++) starts[digit(values[i]!, scale) + 1]!++;
    for (let i = 1; i <= DIGIT; i++) starts[i]! += starts[i - 1]!;
    for (let i = 0; i < values.length; i++) {
      const place = order[i]!;
      other[starts[digit(values[place]!, scale)]!++] = place;
    }
    [order, other] = [other, order];
  }
  return order;
}

function digit(value: number, scale: number): number {
  return (scale === 1 ? value : Math.floor(value / scale)) & (DIGIT - 1);
}
