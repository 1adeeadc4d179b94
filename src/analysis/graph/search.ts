import type { Rows } from './rows.ts';

/**
 * Steps from the nearest of `starts` to every node, breadth first; -1 where none leads.
 * Edges out of nodes marked in `stops` are not followed (a start that is marked still is at 0). O(nodes + edges).
 */
export function distances(rows: Rows, starts: Iterable<number>, stops?: Uint8Array): Int32Array {
  const { count, offsets, targets } = rows;
  const steps = new Int32Array(count).fill(-1);
  const queue = new Uint32Array(count);
  let end = 0;
  for (const start of starts)
    if (steps[start] === -1) {
      steps[start] = 0;
      queue[end++] = start;
    }
  for (let head = 0; head < end; head++) {
    const node = queue[head]!;
    if (stops?.[node]) continue;
    for (let i = offsets[node]!; i < offsets[node + 1]!; i++) {
      const target = targets[i]!;
      if (steps[target] !== -1) continue;
      steps[target] = steps[node]! + 1;
      queue[end++] = target;
    }
  }
  return steps;
}

/**
 * One node for each group that nothing outside points into, so that every node of `wanted` is reached from one of them:
 * nodes that nothing points to, and one of each cycle that nothing leads into. Only edges within `wanted` count.
 * Ascending; deterministic. O(nodes + edges), no recursion.
 */
export function heads(rows: Rows, wanted: Uint8Array): number[] {
  const { count, offsets, targets } = rows;
  const order = new Uint32Array(count);
  const next = offsets.slice(0, count);
  const seen = new Uint8Array(count);
  const stack = new Uint32Array(count);
  let finished = 0;
  for (let start = 0; start < count; start++) {
    if (!wanted[start] || seen[start]) continue;
    let depth = 0;
    stack[0] = start;
    seen[start] = 1;
    while (depth >= 0) {
      const node = stack[depth]!;
      if (next[node] === offsets[node + 1]!) {
        order[finished++] = node;
        depth--;
        continue;
      }
      const target = targets[next[node]!++]!;
      if (!wanted[target] || seen[target]) continue;
      seen[target] = 1;
      stack[++depth] = target;
    }
  }
  // What finished last is led to by nothing that is left: it is a head, and what it reaches is not.
  const covered = new Uint8Array(count);
  const found: number[] = [];
  for (let at = finished - 1; at >= 0; at--) {
    const head = order[at]!;
    if (covered[head]) continue;
    found.push(head);
    let top = 0;
    stack[0] = head;
    covered[head] = 1;
    while (top >= 0) {
      const node = stack[top--]!;
      for (let i = offsets[node]!; i < offsets[node + 1]!; i++) {
        const target = targets[i]!;
        if (!wanted[target] || covered[target]) continue;
        covered[target] = 1;
        stack[++top] = target;
      }
    }
  }
  return found.sort((a, b) => a - b);
}

/**
 * Strongly connected groups: nodes that reach each other share a number. Numbers are in reverse topological order:
 * an edge between two groups leads to the smaller number. Tarjan's algorithm without recursion, O(nodes + edges).
 */
export function cycleGroups(rows: Rows): { readonly groups: number; readonly of: Uint32Array } {
  const { count, offsets, targets } = rows;
  const of = new Uint32Array(count);
  const index = new Int32Array(count).fill(-1);
  const low = new Int32Array(count);
  const done = new Uint8Array(count);
  const next = offsets.slice(0, count);
  const path = new Uint32Array(count);
  const open = new Uint32Array(count);
  let visited = 0;
  let waiting = 0;
  let groups = 0;
  for (let start = 0; start < count; start++) {
    if (index[start] !== -1) continue;
    let depth = 0;
    path[0] = start;
    index[start] = low[start] = visited++;
    open[waiting++] = start;
    while (depth >= 0) {
      const node = path[depth]!;
      if (next[node]! < offsets[node + 1]!) {
        const target = targets[next[node]!++]!;
        if (index[target] === -1) {
          index[target] = low[target] = visited++;
          open[waiting++] = target;
          path[++depth] = target;
        } else if (!done[target] && index[target]! < low[node]!) low[node] = index[target]!;
        continue;
      }
      if (low[node] === index[node]) {
        for (;;) {
          const member = open[--waiting]!;
          of[member] = groups;
          done[member] = 1;
          if (member === node) break;
        }
        groups++;
      }
      depth--;
      if (depth >= 0 && low[node]! < low[path[depth]!]!) low[path[depth]!] = low[node]!;
    }
  }
  return { groups, of };
}
