/**
 * A directed graph in compressed sparse rows: the edges of node i are `targets[offsets[i] .. offsets[i + 1])`.
 * What one algorithm gives, the next takes: nodes are small numbers, and 100,000 of them with 400,000 edges are 2 MB.
 */
export interface Rows {
  readonly count: number;
  readonly offsets: Uint32Array;
  readonly targets: Uint32Array;
}

/** Rows turned around: `targets` are who points here, ascending; `edges[i]` is the number of that edge in the rows it came from. */
export interface BackRows extends Rows {
  readonly edges: Uint32Array;
}

/** O(nodes + edges). */
export function reversed({ count, offsets, targets }: Rows): BackRows {
  const back = new Uint32Array(count + 1);
  for (const target of targets) back[target + 1]!++;
  for (let node = 0; node < count; node++) back[node + 1]! += back[node]!;
  const next = back.slice();
  const sources = new Uint32Array(targets.length);
  const edges = new Uint32Array(targets.length);
  for (let from = 0; from < count; from++)
    for (let i = offsets[from]!; i < offsets[from + 1]!; i++) {
      const at = next[targets[i]!]!++;
      sources[at] = from;
      edges[at] = i;
    }
  return { count, offsets: back, targets: sources, edges };
}

/** The numbers below `count`, ascending. A plain loop: typed arrays made from iterators cost more than the algorithms here. */
export function upTo(count: number): Uint32Array {
  const numbers = new Uint32Array(count);
  for (let i = 0; i < count; i++) numbers[i] = i;
  return numbers;
}

/** Positions of what is not 0, ascending. */
export function marked(marks: Uint8Array): Uint32Array {
  let count = 0;
  for (let i = 0; i < marks.length; i++) if (marks[i] !== 0) count++;
  const found = new Uint32Array(count);
  let end = 0;
  for (let i = 0; i < marks.length; i++) if (marks[i] !== 0) found[end++] = i;
  return found;
}

/** The rows without some edges, given by position in `targets`, ascending. O(nodes + edges). */
export function withoutEdges({ count, offsets, targets }: Rows, dropped: Uint32Array): Rows {
  const kept = new Uint32Array(targets.length - dropped.length);
  const starts = new Uint32Array(count + 1);
  let end = 0;
  let next = 0;
  for (let node = 0; node < count; node++) {
    for (let i = offsets[node]!; i < offsets[node + 1]!; i++)
      if (i === dropped[next]) next++;
      else kept[end++] = targets[i]!;
    starts[node + 1] = end;
  }
  return { count, offsets: starts, targets: kept };
}

/**
 * Edges in the order in which rows are laid: by source, and by target within a source.
 * Two stable counting sorts, O(nodes + edges); edges of the same source and target stay in the order given.
 */
export function rowOrder(count: number, sources: Uint32Array, targets: Uint32Array): Uint32Array {
  return sortedBy(count, sortedBy(count, upTo(sources.length), targets), sources);
}

function sortedBy(count: number, edges: Uint32Array, keys: Uint32Array): Uint32Array {
  const next = new Uint32Array(count + 1);
  for (const edge of edges) next[keys[edge]! + 1]!++;
  for (let key = 0; key < count; key++) next[key + 1]! += next[key]!;
  const sorted = new Uint32Array(edges.length);
  for (const edge of edges) sorted[next[keys[edge]!]!++] = edge;
  return sorted;
}
