import type { Rows } from '../rows.ts';

/** Rows of an edge list; each row in the order given. */
export function rowsOf(count: number, edges: readonly (readonly [number, number])[]): Rows {
  const offsets = new Uint32Array(count + 1);
  for (const [from] of edges) offsets[from + 1]!++;
  for (let node = 0; node < count; node++) offsets[node + 1]! += offsets[node]!;
  const next = offsets.slice();
  const targets = new Uint32Array(edges.length);
  for (const [from, to] of edges) targets[next[from]!++] = to;
  return { count, offsets, targets };
}

/** A graph of 2 to 9 nodes without parallel or self-edges: sparse or dense, half of them without cycles. */
export function randomRows(seed: number): Rows {
  let state = seed * 2654435761 + 1;
  const random = (): number => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
  const count = 2 + Math.floor(random() * 8);
  const density = 0.15 + random() * 0.5;
  const isAcyclic = random() < 0.5;
  const edges: [number, number][] = [];
  for (let a = 0; a < count; a++)
    for (let b = 0; b < count; b++)
      if (a !== b && (!isAcyclic || a < b) && random() < density) edges.push([a, b]);
  return rowsOf(count, edges);
}

/** Every loopless path, shortest first, then by nodes: by trying all. */
export function everyPath({ offsets, targets }: Rows, start: number, goal: number): number[][] {
  const found: number[][] = [];
  const walk = (path: number[]): void => {
    const node = path.at(-1)!;
    if (node === goal) {
      found.push(path);
      return;
    }
    for (let i = offsets[node]!; i < offsets[node + 1]!; i++)
      if (!path.includes(targets[i]!)) walk([...path, targets[i]!]);
  };
  walk([start]);
  return found.sort(
    (a, b) =>
      a.length - b.length ||
      a[a.findIndex((node, i) => node !== b[i])]! - b[a.findIndex((node, i) => node !== b[i])]!,
  );
}
