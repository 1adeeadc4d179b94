import { SCOPES } from '../../model/extractor.ts';
import type { Manifest } from '../../model/inventory.ts';
import { marked, reversed, rowOrder, withoutEdges, type BackRows, type Rows } from './rows.ts';
import { distances, heads } from './search.ts';

/** What a node of a question graph is; several may hold at once. */
export const NODE = {
  /** The project or a workspace member: always there, never a dependency that could go. */
  root: 1,
  /** Something that a root asks for (or that stands for it, where `directsKnown` is false). */
  direct: 2,
  /** Named by the file, but nothing that a root needs leads to it: left over, or its asker was not recorded. */
  orphan: 4,
} as const;

/**
 * The graph of one manifest as questions are asked of it: `why`, `cost`, `critical`, pictures.
 *
 * Node 0 is a virtual root. Every other node is one component (name@version): the copies that a lockfile nests are one node
 * with all their edges. Nodes 1… are in the order of `Inventory.components`, so `components` ascends.
 * The virtual root leads to the manifest's roots, roots to what they ask for; what no root reaches hangs below the virtual root
 * by as few edges as lead to all of it, so that every node is reached.
 * Self-edges and weak ones (optional peers, which bring nothing in) are dropped, parallel edges are one edge with all their kinds and ranges; cycles stay.
 *
 * One manifest only: paths never mix files, since an edge that another lockfile has need not exist here.
 */
export interface QuestionGraph extends Rows {
  readonly manifest: Manifest;
  /** Index into `Inventory.components` by node; -1 for the virtual root. */
  readonly components: Int32Array;
  /** `NODE` bits by node. */
  readonly flags: Uint8Array;
  /** Who asks for a node; `back.edges` are numbers of the edges here. */
  readonly back: BackRows;
  /** By edge: bits of SCOPES (`1 << index`), every kind in which some copy asks; 0 for the virtual root's edges. */
  readonly kinds: Uint8Array;
  /** `manifest.ranges[origins[i]]` for i in `[originOffsets[edge] .. originOffsets[edge + 1])`: the edges of the file that this one stands for. */
  readonly origins: Uint32Array;
  readonly originOffsets: Uint32Array;
  /**
   * False: the format does not say who asks for whom. Then everything hangs on the virtual root and no edge of the file is here:
   * a partial graph would claim that a component goes when its only recorded asker does. Answer "edges unknown".
   */
  readonly edgesKnown: boolean;
  /**
   * False: the file does not say what the project itself asks for. Then what nothing else asks for stands for it
   * (`NODE.direct`); others may be direct too.
   */
  readonly directsKnown: boolean;
}

/**
 * The question graph of a manifest, or of what one workspace of it needs: then only `root` (an index into `manifest.occurrences`
 * that is among `manifest.roots`) hangs below the virtual root, what it does not reach is left out,
 * and other workspaces that it asks for are components like any other, without what they want for their own development.
 * O(occurrences × log + edges).
 */
export function questionGraph(manifest: Manifest, root?: number): QuestionGraph {
  const { occurrences } = manifest;
  const roots = root === undefined ? manifest.roots : [root];
  const taken = root === undefined ? undefined : distances(strongRows(manifest, root), [root]);
  const isTaken = (occurrence: number): boolean => taken === undefined || taken[occurrence] !== -1;

  const components = componentsOf(manifest, isTaken);
  const count = components.length;
  const nodes = new Uint32Array(occurrences.length);
  const place = placesOf(components);
  for (let i = 0; i < occurrences.length; i++)
    if (isTaken(i)) {
      const { component } = occurrences[i]!;
      nodes[i] = place === undefined ? nodeOf(components, component)! : place[component]!;
    }

  const flags = new Uint8Array(count);
  for (const at of roots) flags[nodes[at]!]! |= NODE.root;
  const idle = idleEdges(manifest, root);
  const merged = mergeEdges(manifest, nodes, count, idle, manifest.edgesKnown ? isTaken : () => false);
  const directsKnown = markDirects(manifest, roots, nodes, flags, idle, isTaken);
  const top = topOf(merged, flags, manifest.edgesKnown, directsKnown);
  const whole = withTop(merged, top);
  return {
    manifest,
    components,
    flags,
    back: reversed(whole),
    ...whole,
    edgesKnown: manifest.edgesKnown,
    directsKnown,
  };
}

/** `nodeOf` by component, where the file has so many of all components that a table is made sooner than they are looked for. */
function placesOf(components: Int32Array): Uint32Array | undefined {
  const most = components.at(-1)! + 1;
  if (most > components.length * 8) return undefined;
  const places = new Uint32Array(most);
  for (let node = 1; node < components.length; node++) places[components[node]!] = node;
  return places;
}

/** The node of a component (index into `Inventory.components`); `undefined` when it is not here. O(log nodes). */
export function nodeOf(components: Int32Array, component: number): number | undefined {
  let low = 1;
  let high = components.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (components[middle]! < component) low = middle + 1;
    else high = middle;
  }
  return components[low] === component ? low : undefined;
}

/** What an edge's askers declare, sorted, no repeats; `''` is left out (not kept by the file). */
export function rangesOf(graph: QuestionGraph, edge: number): string[] {
  const found = new Set<string>();
  for (let i = graph.originOffsets[edge]!; i < graph.originOffsets[edge + 1]!; i++)
    found.add(graph.manifest.ranges[graph.origins[i]!]!);
  found.delete('');
  return [...found].sort();
}

/** The file's own rows, by occurrence, without the edges that bring nothing in: for all roots, or for one alone. */
function strongRows(manifest: Manifest, root: number): Rows {
  const { occurrences, offsets, targets } = manifest;
  return withoutEdges({ count: occurrences.length, offsets, targets }, marked(idleEdges(manifest, root)));
}

function componentsOf({ occurrences }: Manifest, isTaken: (occurrence: number) => boolean): Int32Array {
  const all = new Int32Array(occurrences.length + 1);
  let end = 0;
  all[end++] = -1;
  occurrences.forEach(({ component }, i) => {
    if (isTaken(i)) all[end++] = component;
  });
  const sorted = all.subarray(0, end).sort();
  let unique = 0;
  for (let i = 0; i < end; i++)
    if (i === 0 || sorted[i] !== sorted[unique - 1]) sorted[unique++] = sorted[i]!;
  return sorted.slice(0, unique);
}

type Edges = Pick<QuestionGraph, 'count' | 'offsets' | 'targets' | 'kinds' | 'origins' | 'originOffsets'>;

/** The file's edges between nodes: weak and self-edges dropped, parallel ones joined; each row ascends. */
function mergeEdges(
  manifest: Manifest,
  nodes: Uint32Array,
  count: number,
  idle: Uint8Array,
  isTaken: (occurrence: number) => boolean,
): Edges {
  const from = new Uint32Array(manifest.targets.length);
  const to = new Uint32Array(manifest.targets.length);
  const origin = new Uint32Array(manifest.targets.length);
  let end = 0;
  for (let occurrence = 0; occurrence < manifest.occurrences.length; occurrence++) {
    if (!isTaken(occurrence)) continue;
    const source = nodes[occurrence]!;
    for (let i = manifest.offsets[occurrence]!; i < manifest.offsets[occurrence + 1]!; i++) {
      const target = nodes[manifest.targets[i]!]!;
      if (target === source || idle[i]) continue;
      from[end] = source;
      to[end] = target;
      origin[end++] = i;
    }
  }
  const order = rowOrder(count, from.subarray(0, end), to.subarray(0, end));
  const offsets = new Uint32Array(count + 1);
  const targets = new Uint32Array(end);
  const kinds = new Uint8Array(end);
  const origins = new Uint32Array(end);
  const originOffsets = new Uint32Array(end + 1);
  let edges = 0;
  for (let i = 0; i < end; i++) {
    const edge = order[i]!;
    const before = order[i - 1];
    if (before === undefined || from[edge] !== from[before] || to[edge] !== to[before]) {
      offsets[from[edge]! + 1]!++;
      originOffsets[edges] = i;
      targets[edges++] = to[edge]!;
    }
    kinds[edges - 1]! |= 1 << manifest.kinds[origin[edge]!]!;
    origins[i] = origin[edge]!;
  }
  originOffsets[edges] = end;
  for (let node = 0; node < count; node++) offsets[node + 1]! += offsets[node]!;
  return {
    count,
    offsets,
    targets: targets.slice(0, edges),
    kinds: kinds.slice(0, edges),
    origins,
    originOffsets: originOffsets.slice(0, edges + 1),
  };
}

/** Flags what roots ask for; gives whether the file says so at all. */
function markDirects(
  manifest: Manifest,
  roots: readonly number[],
  nodes: Uint32Array,
  flags: Uint8Array,
  idle: Uint8Array,
  isTaken: (occurrence: number) => boolean,
): boolean {
  let known = false;
  let others = false;
  for (const root of roots)
    for (let i = manifest.offsets[root]!; i < manifest.offsets[root + 1]!; i++) {
      known = true;
      if (!idle[i]) mark(nodes[manifest.targets[i]!]!, flags);
    }
  manifest.occurrences.forEach(({ direct }, i) => {
    if (!isTaken(i) || flags[nodes[i]!]! & NODE.root) return;
    others = true;
    // Where a root's edges are known they decide; a workflow has no root, and says itself what it uses.
    if (roots.length === 0 && direct === 'yes') {
      known = true;
      mark(nodes[i]!, flags);
    }
  });
  return known || !others;
}

/**
 * 1 for each edge of the file that brings nothing in: weak ones, and, where the question is about one root alone,
 * what another root wants for its own development, and the project's edges to its members, which it has only for being their project.
 */
export function idleEdges(manifest: Manifest, root?: number): Uint8Array {
  const { roots, offsets, kinds } = manifest;
  if (root === undefined) return weakEdges(manifest);
  const marks = idleForAll(manifest);
  for (const one of roots)
    if (one !== root)
      for (let i = offsets[one]!; i < offsets[one + 1]!; i++) if (kinds[i] === DEV) marks[i] = 1;
  return marks;
}

/** As `idleEdges` of one root, without what others want for themselves: idle whichever root is asked about. */
export function idleForAll(manifest: Manifest): Uint8Array {
  const { roots, offsets, targets, ranges } = manifest;
  const marks = weakEdges(manifest);
  const [project] = roots;
  if (project === undefined) return marks;
  const isRoot = new Set(roots);
  for (let i = offsets[project]!; i < offsets[project + 1]!; i++)
    if (ranges[i] === '' && isRoot.has(targets[i]!)) marks[i] = 1;
  return marks;
}

function weakEdges({ targets, weak }: Manifest): Uint8Array {
  const marks = new Uint8Array(targets.length);
  if (weak !== undefined) for (let i = 0; i < weak.length; i++) marks[weak[i]!] = 1;
  return marks;
}

const DEV = SCOPES.indexOf('dev');

function mark(node: number, flags: Uint8Array): void {
  if (!(flags[node]! & NODE.root)) flags[node]! |= NODE.direct;
}

/** What hangs below the virtual root, ascending; flags orphans, and directs where the file does not say. */
function topOf(rows: Rows, flags: Uint8Array, edgesKnown: boolean, directsKnown: boolean): number[] {
  if (!edgesKnown) {
    if (!directsKnown) for (let node = 1; node < rows.count; node++) mark(node, flags);
    return Array.from({ length: rows.count - 1 }, (_, i) => i + 1);
  }
  // A workflow has no root: what it uses itself stands in the first row.
  const first = flags.some((flag) => flag & NODE.root) ? NODE.root : NODE.direct;
  const starts: number[] = [];
  for (let node = 1; node < rows.count; node++) if (flags[node]! & first) starts.push(node);
  const steps = distances(rows, starts);
  const unreached = new Uint8Array(rows.count);
  for (let node = 1; node < rows.count; node++) if (steps[node] === -1) unreached[node] = 1;
  const left = heads(rows, unreached);
  if (!directsKnown) for (const node of left) mark(node, flags);
  else for (let node = 1; node < rows.count; node++) if (unreached[node]) flags[node]! |= NODE.orphan;
  return [...starts, ...left].sort((a, b) => a - b);
}

/** The rows with the virtual root's own in front. */
function withTop(edges: Edges, top: readonly number[]): Edges {
  const more = top.length;
  const targets = new Uint32Array(more + edges.targets.length);
  targets.set(top);
  targets.set(edges.targets, more);
  const kinds = new Uint8Array(targets.length);
  kinds.set(edges.kinds, more);
  const originOffsets = new Uint32Array(targets.length + 1);
  originOffsets.set(edges.originOffsets, more);
  const offsets = new Uint32Array(edges.offsets.length);
  for (let node = 1; node < offsets.length; node++) offsets[node] = edges.offsets[node]! + more;
  return { count: edges.count, offsets, targets, kinds, origins: edges.origins, originOffsets };
}
