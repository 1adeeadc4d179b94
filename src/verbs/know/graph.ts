import { dominatorTree } from '../../analysis/graph/dominators.ts';
import { NODE, nodeOf, questionGraph, rangesOf, type QuestionGraph } from '../../analysis/graph/question.ts';
import { distances } from '../../analysis/graph/search.ts';
import { scopesOf } from '../../analysis/graph/scopes.ts';
import { SCOPES, type Scope } from '../../model/extractor.ts';
import type { Finding, Priority } from '../../model/finding.ts';
import type {
  GraphEdge,
  GraphExport,
  GraphNode,
  GraphNodeKind,
  GraphPart,
} from '../../model/graph-export.ts';
import type { Snapshot } from '../../model/result.ts';
import { componentsNamed } from './named.ts';

export interface GraphOptions {
  /** Only this file; every file when absent. */
  readonly manifest?: string;
  /** Only what is at most `depth` edges from the components that `text` names, up and down. */
  readonly around?: { readonly text: string; readonly depth: number };
}

/** The graphs of a snapshot for drawing and export. Files without a node that is wanted are left out,
 * and those that name but one thing. O(nodes + edges). */
export function graphOf(snapshot: Snapshot, options: GraphOptions): GraphExport {
  const { around, manifest: wanted } = options;
  const centres = around === undefined ? undefined : componentsNamed(snapshot, around.text).chosen;
  const worst = worstOf(snapshot);
  const parts: GraphPart[] = [];
  for (const manifest of snapshot.inventory.manifests) {
    if (wanted !== undefined && manifest.path !== wanted) continue;
    if (centres !== undefined && !manifest.occurrences.some(({ component }) => centres.includes(component)))
      continue;
    // A file that names one thing alone (a runtime's version) has no graph, unless it is asked for.
    if (manifest.occurrences.length < 2 && wanted === undefined && centres === undefined) continue;
    const graph = questionGraph(manifest);
    const start = centres?.flatMap((component) => nodeOf(graph.components, component) ?? []);
    parts.push(partOf(graph, snapshot, worst, start, around?.depth ?? 0));
  }
  return { target: snapshot.target, ...(around === undefined ? {} : { around }), parts };
}

function partOf(
  graph: QuestionGraph,
  { inventory }: Snapshot,
  worst: ReadonlyMap<number, { readonly count: number; readonly worst: Priority }>,
  centres: readonly number[] | undefined,
  depth: number,
): GraphPart {
  const taken = centres === undefined ? undefined : near(graph, centres, depth);
  const order: number[] = [];
  const place = new Int32Array(graph.count).fill(-1);
  for (let node = 1; node < graph.count; node++)
    if (taken === undefined || taken[node]) place[node] = order.push(node) - 1;
  const tree = graph.edgesKnown ? dominatorTree(graph, graph.back, 0) : undefined;
  const scopes = scopesByComponent(graph);
  const isCentre = new Set(centres);
  return {
    path: graph.manifest.path,
    extractor: graph.manifest.extractor,
    edgesKnown: graph.edgesKnown,
    nodes: order.map((node): GraphNode => {
      const component = graph.components[node]!;
      const { purl, ecosystem, name, version, requested } = inventory.components[component]!;
      const found = worst.get(component);
      const above = tree === undefined ? -1 : place[tree.idom[node]!]!;
      return {
        purl,
        ecosystem,
        name,
        version: version === '' ? (requested ?? '') : version,
        kind: kindOf(graph.flags[node]!),
        scopes: scopes.get(component)!,
        findings: found?.count ?? 0,
        ...(found === undefined ? {} : { worst: found.worst }),
        ...(isCentre.has(node) ? { centre: true as const } : {}),
        holds: tree?.size[node] ?? 1,
        ...(above === -1 ? {} : { under: above }),
      };
    }),
    edges: edgesOf(graph, order, place),
    left: graph.count - 1 - order.length,
  };
}

function edgesOf(graph: QuestionGraph, order: readonly number[], place: Int32Array): GraphEdge[] {
  if (!graph.edgesKnown) return [];
  const edges: GraphEdge[] = [];
  order.forEach((node, from) => {
    for (let i = graph.offsets[node]!; i < graph.offsets[node + 1]!; i++) {
      const to = place[graph.targets[i]!]!;
      if (to !== -1) edges.push({ from, to, kinds: scopesOf(graph.kinds[i]!), ranges: rangesOf(graph, i) });
    }
  });
  return edges;
}

/** Nodes at most `depth` edges above or below; the virtual root is no way from one to another. */
function near(graph: QuestionGraph, centres: readonly number[], depth: number): Uint8Array {
  const down = distances(graph, centres);
  const up = distances(graph.back, centres);
  return Uint8Array.from(down, (steps, node) =>
    Number(node > 0 && ((steps !== -1 && steps <= depth) || (up[node] !== -1 && up[node]! <= depth))),
  );
}

function kindOf(flags: number): GraphNodeKind {
  if (flags & NODE.root) return 'own';
  if (flags & NODE.direct) return 'direct';
  return flags & NODE.orphan ? 'orphan' : 'transitive';
}

function scopesByComponent({ manifest }: QuestionGraph): Map<number, readonly Scope[]> {
  const found = new Map<number, readonly Scope[]>();
  for (const { component, scopes } of manifest.occurrences) {
    const known = found.get(component);
    if (known === undefined) found.set(component, scopes);
    else if (scopes.some((scope) => !known.includes(scope)))
      found.set(
        component,
        SCOPES.filter((scope) => known.includes(scope) || scopes.includes(scope)),
      );
  }
  return found;
}

const RANK: Readonly<Record<Finding['priority'], number>> = {
  critical: 0,
  high: 1,
  unknown: 2,
  medium: 3,
  low: 4,
};

function worstOf({ findings }: Snapshot): Map<number, { readonly count: number; readonly worst: Priority }> {
  const found = new Map<number, { readonly count: number; readonly worst: Priority }>();
  for (const { component, decision, priority } of findings) {
    if (component === undefined || decision !== undefined) continue;
    const known = found.get(component);
    found.set(component, {
      count: (known?.count ?? 0) + 1,
      worst: known !== undefined && RANK[known.worst] <= RANK[priority] ? known.worst : priority,
    });
  }
  return found;
}
