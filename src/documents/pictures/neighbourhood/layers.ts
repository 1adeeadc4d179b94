/** A directed graph of at most a few hundred nodes: `edges` are pairs of node numbers. */
export interface SmallGraph {
  readonly count: number;
  readonly edges: readonly (readonly [from: number, to: number])[];
  /** Nodes that stand in the first layer if anything does: the project's own. */
  readonly first: ReadonlySet<number>;
}

/**
 * The layer of each node, from 0: one more than the highest layer of those that point to it (longest path), so that edges lead to the right.
 * Edges that close a cycle are looked at the other way round. What nothing points to stands just before what it points to.
 */
export function layersOf(graph: SmallGraph): number[] {
  const { count, first } = graph;
  const edges = withoutCycles(graph);
  const outgoing: number[][] = Array.from({ length: count }, () => []);
  const waiting = new Uint32Array(count);
  for (const [from, to] of edges) {
    outgoing[from]!.push(to);
    waiting[to]!++;
  }
  const sources = [...waiting.keys()].filter((node) => waiting[node] === 0);
  const layers = Array.from({ length: count }, () => 0);
  const queue = [...sources];
  for (let head = 0; head < queue.length; head++) {
    const node = queue[head]!;
    for (const to of outgoing[node]!) {
      layers[to] = Math.max(layers[to]!, layers[node]! + 1);
      if (--waiting[to]! === 0) queue.push(to);
    }
  }
  for (const node of sources)
    if (!first.has(node) && outgoing[node]!.length > 0)
      layers[node] = Math.min(...outgoing[node]!.map((to) => layers[to]!)) - 1;
  return layers;
}

/** The edges with those turned round that close a cycle in a depth-first walk from what nothing points to, then from the rest. */
export function withoutCycles({ count, edges, first }: SmallGraph): (readonly [number, number])[] {
  const outgoing: number[][] = Array.from({ length: count }, () => []);
  const pointed = new Uint8Array(count);
  edges.forEach(([from, to], at) => {
    outgoing[from]!.push(at);
    pointed[to] = 1;
  });
  const order = Array.from({ length: count }, (_, node) => node).sort(
    (a, b) => Number(first.has(b)) - Number(first.has(a)) || pointed[a]! - pointed[b]! || a - b,
  );
  const state = new Uint8Array(count);
  const turned = new Set<number>();
  for (const start of order) {
    if (state[start] !== 0) continue;
    const stack = [{ node: start, next: 0 }];
    state[start] = 1;
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const edge = outgoing[top.node]![top.next++];
      if (edge === undefined) {
        state[top.node] = 2;
        stack.pop();
        continue;
      }
      const to = edges[edge]![1];
      if (state[to] === 1) turned.add(edge);
      else if (state[to] === 0) {
        state[to] = 1;
        stack.push({ node: to, next: 0 });
      }
    }
  }
  return edges.map(([from, to], at) => (turned.has(at) ? ([to, from] as const) : ([from, to] as const)));
}
