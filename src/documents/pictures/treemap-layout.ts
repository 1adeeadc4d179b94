/** A piece of the plane, in pixels. */
export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Divides `area` among `sizes` in proportion, in cells as square as they come (Bruls, Huizing, van Wijk: Squarified Treemaps, 2000).
 * Sizes are positive and descend; the cells come in their order. O(sizes).
 */
export function squarify(sizes: readonly number[], area: Area): Area[] {
  const cells: Area[] = [];
  let left = sizes.reduce((sum, size) => sum + size, 0);
  let { x, y, width, height } = area;
  for (let start = 0; start < sizes.length;) {
    const side = Math.min(width, height);
    const scale = left > 0 ? (width * height) / left : 0;
    let end = start;
    let sum = 0;
    let worst = Number.POSITIVE_INFINITY;
    // The row grows as long as its worst cell gets no longer.
    while (end < sizes.length) {
      const more = sum + sizes[end]!;
      const longest = worstRatio(sizes[start]! * scale, sizes[end]! * scale, more * scale, side);
      if (end > start && longest > worst) break;
      worst = longest;
      sum = more;
      end++;
    }
    const thickness = side > 0 ? (sum * scale) / side : 0;
    let along = 0;
    for (let i = start; i < end; i++) {
      const length = sum > 0 ? (sizes[i]! / sum) * side : 0;
      cells.push(
        width >= height
          ? { x, y: y + along, width: thickness, height: length }
          : { x: x + along, y, width: length, height: thickness },
      );
      along += length;
    }
    if (width >= height) {
      x += thickness;
      width = Math.max(0, width - thickness);
    } else {
      y += thickness;
      height = Math.max(0, height - thickness);
    }
    left -= sum;
    start = end;
  }
  return cells;
}

function worstRatio(largest: number, smallest: number, sum: number, side: number): number {
  if (smallest <= 0 || sum <= 0) return Number.POSITIVE_INFINITY;
  const squared = (sum / side) ** 2;
  return Math.max(largest / squared, squared / smallest);
}

/**
 * The same with nothing thinner than `least` pixels: the smallest items that would be become one, at the end.
 * `kept` says how many stand for themselves; when that is fewer than there are sizes, the last cell is that of the rest.
 */
export function readableCells(
  sizes: readonly number[],
  area: Area,
  least: number,
): { readonly cells: readonly Area[]; readonly kept: number } {
  const total = sizes.reduce((sum, size) => sum + size, 0);
  let kept = sizes.length;
  let atLeast = (least * least * total) / Math.max(1, area.width * area.height);
  // Each round asks for half as much again, so that there are few of them.
  for (;;) {
    while (kept > 0 && sizes[kept - 1]! < atLeast) kept--;
    const rest = sizes.slice(kept).reduce((sum, size) => sum + size, 0);
    const shown = rest > 0 ? [...sizes.slice(0, kept), rest] : sizes;
    const cells = squarifyAnyOrder(shown, area);
    if (kept === 0 || cells.every(({ width, height }) => width >= least && height >= least))
      return { cells, kept };
    atLeast = Math.max(atLeast * 1.5, sizes[kept - 1]! * 1.0001);
  }
}

/** The rest may be larger than what stands before it. */
function squarifyAnyOrder(sizes: readonly number[], area: Area): Area[] {
  const order = sizes.map((_, index) => index).sort((a, b) => sizes[b]! - sizes[a]! || a - b);
  const laid = squarify(
    order.map((index) => sizes[index]!),
    area,
  );
  const cells: Area[] = Array.from({ length: sizes.length });
  order.forEach((index, at) => (cells[index] = laid[at]!));
  return cells;
}
