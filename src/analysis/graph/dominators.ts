import { upTo, type Rows } from './rows.ts';

/**
 * The dominator tree of what `root` reaches: a node's dominators are the nodes that every path from the root to it passes,
 * so the subtree below a node is what would go if that node went.
 * Nodes that the root does not reach have `idom` -1 and `size` 0.
 */
export interface DominatorTree {
  /** The nearest dominator; -1 for the root and for what it does not reach. */
  readonly idom: Int32Array;
  /** Nodes of the subtree, the node itself counted. */
  readonly size: Uint32Array;
  /** Nodes in an order in which each subtree is one piece: that of v is `order[enter[v] .. enter[v] + size[v])`. */
  readonly order: Uint32Array;
  readonly enter: Uint32Array;
}

/** Whether every path from the root to `node` passes `by`; a node dominates itself. Both must be reached. O(1). */
export function dominates({ enter, size }: DominatorTree, by: number, node: number): boolean {
  return enter[node]! >= enter[by]! && enter[node]! < enter[by]! + size[by]!;
}

/**
 * Lengauer and Tarjan's algorithm with path compression (ACM TOPLAS 1(1), 1979), without recursion:
 * O(edges × log nodes) on any graph. `back` is `reversed(rows)`. Siblings in `order` ascend.
 */
export function dominatorTree(rows: Rows, back: Rows, root: number): DominatorTree {
  const { vertex, number, parent, reached } = depthFirst(rows, root);
  // From here on nodes are called by their depth-first number, so that smaller means earlier.
  const semi = upTo(reached);
  const label = semi.slice();
  const ancestor = new Int32Array(reached).fill(-1);
  const dom = new Uint32Array(reached);
  const bucket = new Int32Array(reached).fill(-1);
  const bucketNext = new Int32Array(reached).fill(-1);
  const stack = new Uint32Array(reached);

  /** The node of smallest semidominator on the way up to the tree's root; shortens the way. */
  const evaluate = (start: number): number => {
    if (ancestor[start] === -1) return start;
    let depth = 0;
    let at = start;
    while (ancestor[ancestor[at]!]! !== -1) {
      stack[depth++] = at;
      at = ancestor[at]!;
    }
    while (depth > 0) {
      const node = stack[--depth]!;
      const above = ancestor[node]!;
      if (semi[label[above]!]! < semi[label[node]!]!) label[node] = label[above]!;
      ancestor[node] = ancestor[above]!;
    }
    return label[start]!;
  };

  for (let w = reached - 1; w > 0; w--) {
    const node = vertex[w]!;
    for (let i = back.offsets[node]!; i < back.offsets[node + 1]!; i++) {
      const v = number[back.targets[i]!]!;
      if (v === -1) continue;
      const u = evaluate(v);
      if (semi[u]! < semi[w]!) semi[w] = semi[u]!;
    }
    bucketNext[w] = bucket[semi[w]!]!;
    bucket[semi[w]!] = w;
    const above = parent[w]!;
    ancestor[w] = above;
    for (let v = bucket[above]!; v !== -1; v = bucketNext[v]!) {
      const u = evaluate(v);
      dom[v] = semi[u]! < semi[v]! ? u : above;
    }
    bucket[above] = -1;
  }
  const idom = new Int32Array(rows.count).fill(-1);
  for (let w = 1; w < reached; w++) {
    if (dom[w] !== semi[w]) dom[w] = dom[dom[w]!]!;
    idom[vertex[w]!] = vertex[dom[w]!]!;
  }
  return treeOf(rows.count, root, idom, vertex.subarray(0, reached));
}

function depthFirst(
  { count, offsets, targets }: Rows,
  root: number,
): { vertex: Uint32Array; number: Int32Array; parent: Uint32Array; reached: number } {
  const vertex = new Uint32Array(count);
  const number = new Int32Array(count).fill(-1);
  const parent = new Uint32Array(count);
  const next = offsets.slice(0, count);
  const path = new Uint32Array(count);
  let reached = 1;
  let depth = 0;
  path[0] = root;
  number[root] = 0;
  vertex[0] = root;
  while (depth >= 0) {
    const node = path[depth]!;
    if (next[node] === offsets[node + 1]!) {
      depth--;
      continue;
    }
    const target = targets[next[node]!++]!;
    if (number[target] !== -1) continue;
    parent[reached] = number[node]!;
    number[target] = reached;
    vertex[reached++] = target;
    path[++depth] = target;
  }
  return { vertex, number, parent, reached };
}

/** Sizes and a preorder of the tree. `topDown` lists every node of it after its parent. */
function treeOf(count: number, root: number, idom: Int32Array, topDown: Uint32Array): DominatorTree {
  const size = new Uint32Array(count);
  const enter = new Uint32Array(count);
  const order = new Uint32Array(topDown.length);
  const next = new Uint32Array(count);
  for (let at = topDown.length - 1; at > 0; at--) {
    const node = topDown[at]!;
    size[node]!++;
    size[idom[node]!]! += size[node]!;
  }
  size[root]!++;
  // Each subtree is a piece of the order as long as its size; siblings take theirs in ascending order.
  next[root] = 1;
  order[0] = root;
  const children = childrenOf(count, idom);
  const queue = new Uint32Array(topDown.length);
  queue[0] = root;
  let end = 1;
  for (let head = 0; head < end; head++) {
    const node = queue[head]!;
    for (let i = children.offsets[node]!; i < children.offsets[node + 1]!; i++) {
      const child = children.targets[i]!;
      enter[child] = next[node]!;
      next[node]! += size[child]!;
      next[child] = enter[child] + 1;
      order[enter[child]] = child;
      queue[end++] = child;
    }
  }
  return { idom, size, order, enter };
}

/** The tree downwards, children ascending. O(nodes). */
export function childrenOf(count: number, idom: Int32Array): Rows {
  const offsets = new Uint32Array(count + 1);
  for (const parent of idom) if (parent !== -1) offsets[parent + 1]!++;
  for (let node = 0; node < count; node++) offsets[node + 1]! += offsets[node]!;
  const next = offsets.slice();
  const targets = new Uint32Array(offsets[count]!);
  for (let node = 0; node < count; node++) {
    const parent = idom[node]!;
    if (parent !== -1) targets[next[parent]!++] = node;
  }
  return { count, offsets, targets };
}
