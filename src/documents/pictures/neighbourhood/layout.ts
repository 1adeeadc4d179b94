import { layersOf, withoutCycles, type SmallGraph } from './layers.ts';

/** Where nodes stand and how edges run. Rows are in pixels from the top, columns are layer numbers. */
export interface Layout {
  readonly layers: readonly number[];
  readonly columns: number;
  /** Middle of each node's box. */
  readonly rows: readonly number[];
  readonly height: number;
  /** By edge: the points between its ends, left to right, as column and row. Edges of a cycle run from right to left. */
  readonly bends: readonly (readonly (readonly [column: number, row: number])[])[];
}

/** Pixels between the middles of two boxes, of a box and a line that passes, and of two such lines. */
const BOXES = 28;
const BOX_AND_LINE = 18;
const LINES = 7;
/** Points at which long edges pass layers; beyond so many they are drawn straight. */
const MOST_BENDS = 20_000;
const ROUNDS = 12;

/** A place in a layer: a node, or the passing of a long edge. */
interface Slot {
  readonly layer: number;
  readonly node: boolean;
  readonly before: number[];
  readonly after: number[];
}

/**
 * Layers (Sugiyama, Tagawa and Toda, 1981): nodes by longest path, each layer ordered by the middles of its neighbours while that lessens crossings,
 * rows as near to their neighbours as boxes allow. Deterministic. Some ten milliseconds for 150 nodes.
 */
export function layout(graph: SmallGraph): Layout {
  const layers = layersOf(graph);
  const columns = Math.max(0, ...layers) + 1;
  const { slots, chains } = slotsOf(graph, layers);
  const order = bestOrder(slots, columns);
  const rows = rowsOf(slots, order);
  const height = Math.max(0, ...rows.slice(0, graph.count)) + BOXES / 2;
  return {
    layers,
    columns,
    rows: rows.slice(0, graph.count),
    height: Math.max(height, ...rows),
    bends: chains.map((chain) => chain.map((slot) => [slots[slot]!.layer, rows[slot]!] as const)),
  };
}

/** Nodes first, by their numbers; then a slot for each layer that a long edge passes. */
function slotsOf(graph: SmallGraph, layers: readonly number[]): { slots: Slot[]; chains: number[][] } {
  const slots: Slot[] = layers.map((layer) => ({ layer, node: true, before: [], after: [] }));
  const edges = withoutCycles(graph);
  const passing = edges.reduce(
    (sum, [from, to]) => sum + Math.max(0, Math.abs(layers[to]! - layers[from]!) - 1),
    0,
  );
  const join = (from: number, to: number): void => {
    slots[from]!.after.push(to);
    slots[to]!.before.push(from);
  };
  const chains = edges.map(([a, b]) => {
    // What stands just before what it points to may end up right of another that points to it: lines run from left to right all the same.
    const [from, to] = layers[a]! <= layers[b]! ? [a, b] : [b, a];
    const chain: number[] = [];
    if (layers[from] === layers[to]) return chain;
    let last = from;
    if (passing <= MOST_BENDS)
      for (let layer = layers[from]! + 1; layer < layers[to]!; layer++) {
        const slot = slots.push({ layer, node: false, before: [], after: [] }) - 1;
        join(last, slot);
        chain.push(slot);
        last = slot;
      }
    if (slots[last]!.layer + 1 === layers[to]) join(last, to);
    return chain;
  });
  return { slots, chains };
}

function bestOrder(slots: readonly Slot[], columns: number): number[][] {
  let order: number[][] = Array.from({ length: columns }, () => []);
  slots.forEach(({ layer }, slot) => order[layer]!.push(slot));
  let best = order;
  let least = crossings(slots, order);
  for (let round = 0; round < ROUNDS && least > 0; round++) {
    const down = round % 2 === 0;
    const place = new Float64Array(slots.length);
    for (const layer of order) layer.forEach((slot, at) => (place[slot] = at));
    const next = order.map((layer) => layer);
    for (let step = 0; step < columns; step++) {
      const at = down ? step : columns - 1 - step;
      const middle = new Map(
        next[at]!.map((slot) => {
          const near = down ? slots[slot]!.before : slots[slot]!.after;
          return [
            slot,
            near.length === 0
              ? place[slot]!
              : near.reduce((sum, other) => sum + place[other]!, 0) / near.length,
          ];
        }),
      );
      next[at] = [...next[at]!].sort((a, b) => middle.get(a)! - middle.get(b)! || place[a]! - place[b]!);
      next[at].forEach((slot, index) => (place[slot] = index));
    }
    order = next;
    const count = crossings(slots, order);
    if (count < least) {
      least = count;
      best = order;
    }
  }
  return best;
}

/** Pairs of lines between neighbouring layers that cross, counted with a Fenwick tree. */
function crossings(slots: readonly Slot[], order: readonly (readonly number[])[]): number {
  let count = 0;
  for (let layer = 0; layer + 1 < order.length; layer++) {
    const place = new Map(order[layer + 1]!.map((slot, at) => [slot, at]));
    const tree = new Uint32Array(order[layer + 1]!.length + 1);
    let seen = 0;
    for (const slot of order[layer]!) {
      const ends = slots[slot]!.after.map((to) => place.get(to)!).sort((a, b) => a - b);
      for (const end of ends) {
        let notAfter = 0;
        for (let i = end + 1; i > 0; i -= i & -i) notAfter += tree[i]!;
        count += seen - notAfter;
      }
      for (const end of ends) {
        for (let i = end + 1; i < tree.length; i += i & -i) tree[i]!++;
        seen++;
      }
    }
  }
  return count;
}

/** Rows that keep each layer's order and distances and are as near as can be (least squares) to the middles of the neighbours. */
function rowsOf(slots: readonly Slot[], order: readonly (readonly number[])[]): number[] {
  const rows = Array.from({ length: slots.length }, () => 0);
  for (const layer of order) place(layer, slots, rows, (_, at) => at * BOXES);
  for (let round = 0; round < 8; round++) {
    const layers = round % 2 === 0 ? order : [...order].reverse();
    for (const layer of layers)
      place(layer, slots, rows, (slot) => {
        const { before, after } = slots[slot]!;
        const near = round < 6 ? (round % 2 === 0 ? before : after) : [...before, ...after];
        return near.length === 0
          ? rows[slot]!
          : near.reduce((sum, other) => sum + rows[other]!, 0) / near.length;
      });
  }
  const top =
    Math.min(0, ...rows) === 0 && slots.length === 0
      ? 0
      : rows.reduce((least, row) => Math.min(least, row), Infinity);
  return rows.map((row) => row - top + BOXES / 2);
}

/** Isotonic regression: with the needed distances taken out, rows may only rise; what would fall is averaged with what is above it. */
function place(
  layer: readonly number[],
  slots: readonly Slot[],
  rows: number[],
  wish: (slot: number, at: number) => number,
): void {
  const offsets: number[] = [];
  layer.forEach((slot, at) => {
    const above = layer[at - 1];
    offsets.push(above === undefined ? 0 : offsets[at - 1]! + distance(slots[above]!, slots[slot]!));
  });
  const blocks: { sum: number; count: number }[] = [];
  layer.forEach((slot, at) => {
    let block = { sum: wish(slot, at) - offsets[at]!, count: 1 };
    for (
      let above = blocks.at(-1);
      above !== undefined && above.sum / above.count >= block.sum / block.count;
      above = blocks.at(-1)
    ) {
      block = { sum: block.sum + above.sum, count: block.count + above.count };
      blocks.pop();
    }
    blocks.push(block);
  });
  let at = 0;
  for (const { sum, count } of blocks)
    for (let i = 0; i < count; i++, at++) rows[layer[at]!] = sum / count + offsets[at]!;
}

const distance = (a: Slot, b: Slot): number =>
  a.node && b.node ? BOXES : a.node || b.node ? BOX_AND_LINE : LINES;
