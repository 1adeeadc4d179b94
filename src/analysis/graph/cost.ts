import { SCOPES } from '../../model/extractor.ts';
import type { DirectCost, JointCost, ManifestCost, Relief } from '../../model/cost.ts';
import type { Inventory } from '../../model/inventory.ts';
import { PRIORITIES } from '../../model/finding.ts';
import { dominatorTree, type DominatorTree } from './dominators.ts';
import { duplicatesOf } from './duplicates.ts';
import { directsOf, holdersOf, type Holders, type Tally } from './holders.ts';
import { addTo, burdenOf, emptySum, statesInstallScripts, type Loads, type Sum } from './loads.ts';
import { NODE, questionGraph, rangesOf, type QuestionGraph } from './question.ts';
import { workspacesOf } from './workspaces.ts';

/**
 * What each direct dependency of a manifest costs. With `root` (an index into `manifest.occurrences`), of that workspace alone.
 *
 * A direct dependency *goes* when no root asks for it any more. With it goes all to which every path from the roots leads through it:
 * its subtree of the dominator tree, unless another direct dependency reaches it, when nothing goes. What it reaches and does not take along is *shared*.
 * Orphans are taken to need what they ask for, so that nothing is said to go that may stay.
 * O((nodes + edges) × directs / 32).
 */
export function manifestCost(inventory: Inventory, path: number, loads: Loads, root?: number): ManifestCost {
  const manifest = inventory.manifests[path]!;
  const graph = questionGraph(manifest, root);
  const states = statesInstallScripts(manifest, loads.scripts);
  const duplicates = duplicatesOf(inventory.components, graph);
  const marked = (marks: Uint8Array): Uint8Array => {
    const found = new Uint8Array(graph.count);
    for (let node = 1; node < graph.count; node++) {
      const component = graph.components[node]!;
      found[node] = loads.counted[component]! & marks[component]!;
    }
    return found;
  };
  const reached = sumsOfReach(graph, loads, marked);
  const tree = dominatorTree(graph, graph.back, 0);
  const unordered = Array.from(reached.holders.directs, (node, direct): DirectCost => {
    const goes = reliefOf(inventory, graph, tree, reached.holders, direct, loads, duplicates.marks, states);
    return {
      ...namesOf(inventory, graph, node),
      goes: goes.relief,
      shares: burdenOf(minus(reached.sums[direct]!, goes.sum), states),
      holders: reached.holders.count[node]! - 1,
      heldBy: reached.holders.of[direct]!,
      heldByOrphans: reached.holders.byOrphans[node] === 1,
    };
  });
  const order = [...unordered.keys()].sort((a, b) => byCost(unordered[a]!, unordered[b]!));
  const place = new Uint32Array(order.length);
  order.forEach((direct, at) => (place[direct] = at));
  const total = emptySum();
  for (const component of graph.components) if (component !== -1) addTo(total, loads, component);
  const counted = marked(loads.counted);
  return {
    path: manifest.path,
    extractor: manifest.extractor,
    ...(root === undefined
      ? {}
      : { workspace: inventory.components[manifest.occurrences[root]!.component]!.name }),
    total: burdenOf(total, states),
    edgesKnown: graph.edgesKnown,
    directsKnown: graph.directsKnown,
    directs: order.map((direct) => {
      const cost = unordered[direct]!;
      return { ...cost, heldBy: cost.heldBy.map((other) => place[other]!) };
    }),
    joint: jointOf(counted, reached.holders, place),
    ...(graph.edgesKnown ? { neededBy: neededBy(counted, reached.holders) } : {}),
    workspaces: root === undefined ? workspacesOf(inventory, manifest, loads) : [],
    duplicates: duplicates.names,
    orphans: orphansOf(graph, counted),
  };
}

/** A plain loop, as everywhere here: a call for each node costs more than all that is done with it. */
function orphansOf({ flags }: QuestionGraph, counted: Uint8Array): number {
  let orphans = 0;
  for (let node = 0; node < flags.length; node++)
    if ((flags[node]! & NODE.orphan) !== 0) orphans += counted[node]!;
  return orphans;
}

/** Who holds what, and what each direct dependency reaches, added up. */
function sumsOfReach(
  graph: QuestionGraph,
  loads: Loads,
  marked: (marks: Uint8Array) => Uint8Array,
): { holders: Holders; sums: readonly Sum[] } {
  const directs = directsOf(graph).length;
  const tally = (marks: Uint8Array): Tally => ({ marks: marked(marks), totals: new Uint32Array(directs) });
  const components = tally(loads.counted);
  const scripts = tally(loads.scripts);
  const deprecated = tally(loads.deprecated);
  const open = new Uint32Array(directs * PRIORITIES.length);
  const withFindings: number[] = [];
  const has = new Set(loads.withFindings);
  if (has.size > 0)
    graph.components.forEach((component, node) => {
      if (has.has(component) && loads.counted[component]) withFindings.push(node);
    });
  const holders = holdersOf(graph, [components, scripts, deprecated], withFindings, (node, direct) => {
    const component = graph.components[node]!;
    for (let p = 0; p < PRIORITIES.length; p++)
      open[direct * PRIORITIES.length + p]! += loads.open[component * PRIORITIES.length + p]!;
  });
  const sums = Array.from({ length: directs }, (_, direct) => ({
    components: components.totals[direct]!,
    scripts: scripts.totals[direct]!,
    deprecated: deprecated.totals[direct]!,
    open: PRIORITIES.map((_priority, p) => open[direct * PRIORITIES.length + p]!),
  }));
  return { holders, sums };
}

const minus = (all: Sum, part: Sum): Sum => ({
  components: all.components - part.components,
  scripts: all.scripts - part.scripts,
  deprecated: all.deprecated - part.deprecated,
  open: all.open.map((count, p) => count - part.open[p]!),
});

function namesOf(
  inventory: Inventory,
  graph: QuestionGraph,
  node: number,
): Pick<DirectCost, 'component' | 'purl' | 'name' | 'version' | 'ranges' | 'kinds' | 'askedBy' | 'own'> {
  const component = graph.components[node]!;
  const { purl, name, version, origin } = inventory.components[component]!;
  const ranges = new Set<string>();
  const askedBy = new Set<string>();
  let kinds = 0;
  for (let i = graph.back.offsets[node]!; i < graph.back.offsets[node + 1]!; i++) {
    const asker = graph.back.targets[i]!;
    if (!(graph.flags[asker]! & NODE.root)) continue;
    const edge = graph.back.edges[i]!;
    kinds |= graph.kinds[edge]!;
    for (const range of rangesOf(graph, edge)) ranges.add(range);
    askedBy.add(inventory.components[graph.components[asker]!]!.name);
  }
  return {
    component,
    purl,
    name,
    version,
    ranges: [...ranges].sort(),
    kinds: SCOPES.filter((_, i) => kinds & (1 << i)),
    askedBy: [...askedBy].sort(),
    own: origin === 'project' || origin === 'workspace',
  };
}

function reliefOf(
  { components }: Inventory,
  graph: QuestionGraph,
  tree: DominatorTree,
  holders: Holders,
  direct: number,
  loads: Loads,
  duplicated: Uint8Array,
  states: boolean,
): { sum: Sum; relief: Relief } {
  const node = holders.directs[direct]!;
  const sum = emptySum();
  const licences = new Map<string, number>();
  let duplicates = 0;
  if (holders.count[node] === 1 && !holders.byOrphans[node])
    for (let at = tree.enter[node]!; at < tree.enter[node]! + tree.size[node]!; at++) {
      const gone = tree.order[at]!;
      const component = graph.components[gone]!;
      if (!loads.counted[component]) continue;
      addTo(sum, loads, component);
      duplicates += duplicated[gone]!;
      const licence = components[component]!.licences.join(' AND ');
      licences.set(licence, (licences.get(licence) ?? 0) + 1);
    }
  return {
    sum,
    relief: {
      ...burdenOf(sum, states),
      duplicates,
      licences: [...licences]
        .map(([licence, count]) => ({ licence, components: count }))
        .sort((a, b) => b.components - a.components || compareText(a.licence, b.licence)),
    },
  };
}

function byCost(a: DirectCost, b: DirectCost): number {
  return (
    b.goes.components - a.goes.components ||
    b.shares.components - a.shares.components ||
    compareText(a.purl, b.purl)
  );
}

/** Sets of two or three that free what none of them frees without the others. */
function jointOf(counted: Uint8Array, holders: Holders, place: Uint32Array): JointCost[] {
  const { count, first, byOrphans } = holders;
  // A set's key is its places as digits: three of them fit a number for up to 200,000 direct dependencies.
  const base = place.length + 1;
  const sets = new Map<number, { readonly directs: readonly number[]; more: number }>();
  for (let node = 1; node < counted.length; node++) {
    const many = count[node]!;
    if (many < 2 || many > 3 || counted[node] === 0 || byOrphans[node] === 1) continue;
    let low = place[first[node * 3]!]!;
    let high = place[first[node * 3 + 1]!]!;
    if (low > high) [low, high] = [high, low];
    let directs: readonly number[] = [low, high];
    if (many === 3) {
      const third = place[first[node * 3 + 2]!]!;
      directs = third < low ? [third, low, high] : third < high ? [low, third, high] : [low, high, third];
    }
    const key = directs.reduce((sum, direct) => sum * base + direct + 1, 0);
    const known = sets.get(key);
    if (known === undefined) sets.set(key, { directs, more: 1 });
    else known.more++;
  }
  return [...sets.values()].sort((a, b) => b.more - a.more || compareNumbers(a.directs, b.directs));
}

function neededBy(counted: Uint8Array, holders: Holders): NonNullable<ManifestCost['neededBy']> {
  const found = { one: 0, two: 0, three: 0, more: 0, orphans: 0 };
  for (let node = 1; node < counted.length; node++) {
    if (!counted[node]) continue;
    if (holders.byOrphans[node]) found.orphans++;
    else found[(['more', 'one', 'two', 'three'] as const)[holders.count[node]!] ?? 'more']++;
  }
  return found;
}

function compareNumbers(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < a.length && i < b.length; i++) if (a[i] !== b[i]) return a[i]! - b[i]!;
  return a.length - b.length;
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
