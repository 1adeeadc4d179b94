import type { GraphExport, GraphNode, GraphPart } from '../../model/graph-export.ts';
import { visible } from '../common/markup.ts';
import { grouped } from '../common/words.ts';
import { isMinor, nodeId, nodeLabel } from './words.ts';

/** Nodes of a neighbourhood that are drawn as they are; larger graphs are collapsed. */
const MOST_NODES = 60;
/** Direct dependencies that a collapsed graph shows for each file; the rest are one node with their count. */
const MOST_DIRECTS = 16;

/**
 * Small enough for a README: a small graph as it is, a larger one as its direct dependencies with the number of components
 * that each alone brings in (dominated), and what several share as one node. The largest file comes first; files without edges are
 * lists, and stand beside others as one node with their count, as all does that is left out.
 * https://mermaid.js.org/syntax/flowchart.html
 */
export function graphMermaid({ parts }: GraphExport): string {
  const lines = ['flowchart LR'];
  const several = parts.length > 1;
  const drawn = worthDrawing(parts);
  for (const part of drawn) {
    const graph = parts[part]!;
    if (several) lines.push(`  subgraph m${part}[${quoted(graph.path)}]`);
    lines.push(...(graph.nodes.length <= MOST_NODES ? plain(graph, part) : collapsed(graph, part)));
    if (several) lines.push('  end');
  }
  const left = parts.length - drawn.length;
  if (left > 0)
    lines.push(`  lists(${quoted(`${grouped(left)} more ${left === 1 ? 'file' : 'files'} without edges`)})`);
  return `${[...lines, ...classes(drawn.map((part) => parts[part]!))].join('\n')}\n`;
}

/** Numbers of the files with edges, largest first; of all when none has any. */
function worthDrawing(parts: readonly GraphPart[]): readonly number[] {
  const all = parts
    .map((_, part) => part)
    .sort((a, b) => parts[b]!.nodes.length - parts[a]!.nodes.length || a - b);
  const joined = all.filter((part) => parts[part]!.edges.length > 0);
  return joined.length > 0 ? joined : all;
}

function plain({ nodes, edges }: GraphPart, part: number): string[] {
  return [
    ...nodes.map((node, at) => `  ${nodeId(part, at)}${shape(node, nodeLabel(node))}${className(node)}`),
    ...edges.map(
      ({ from, to, kinds }) =>
        `  ${nodeId(part, from)} ${isMinor(kinds) ? '-.->' : '-->'} ${nodeId(part, to)}`,
    ),
  ];
}

/** Directs, most components first; each with what goes with it alone, and an edge to what is shared. */
function collapsed({ nodes, edges }: GraphPart, part: number): string[] {
  const tops = nodes.flatMap((node, at) => (node.kind === 'direct' ? [at] : []));
  const owns = nodes.flatMap((node, at) => (node.kind === 'own' ? [at] : []));
  const isTop = new Set(tops);
  const holder = holders(nodes, isTop);
  const alone = new Map<number, number>(tops.map((top) => [top, 0]));
  let shared = 0;
  nodes.forEach(({ kind }, at) => {
    if (kind !== 'transitive' && kind !== 'orphan') return;
    const top = holder[at]!;
    if (top === -1) shared++;
    else alone.set(top, alone.get(top)! + 1);
  });
  const sorted = [...tops].sort((a, b) => alone.get(b)! - alone.get(a)! || a - b);
  const shown = sorted.slice(0, MOST_DIRECTS);
  const isShown = new Set(shown);
  const rest = sorted.length - shown.length;
  const lines = owns.map((at) => `  ${nodeId(part, at)}${shape(nodes[at]!, nodeLabel(nodes[at]!))}`);
  for (const at of shown) {
    const brings = alone.get(at)!;
    const label = `${nodeLabel(nodes[at]!)}${brings === 0 ? '' : `, brings ${grouped(brings)}`}`;
    lines.push(`  ${nodeId(part, at)}${shape(nodes[at]!, label)}${className(nodes[at]!)}`);
  }
  if (rest > 0) lines.push(`  m${part}rest(${quoted(`${grouped(rest)} more direct dependencies`)})`);
  if (shared > 0) lines.push(`  m${part}shared(${quoted(`${grouped(shared)} that several bring in`)})`);
  const isOwn = new Set(owns);
  const leadsToShared = new Set<number>();
  const restAsked = new Set<number>();
  for (const { from, to, kinds } of edges) {
    if (isOwn.has(from) && isShown.has(to))
      lines.push(`  ${nodeId(part, from)} ${isMinor(kinds) ? '-.->' : '-->'} ${nodeId(part, to)}`);
    else if (isOwn.has(from) && isTop.has(to)) restAsked.add(from);
    const top = isTop.has(from) ? from : holder[from]!;
    if (!isOwn.has(from) && top !== -1 && !isTop.has(to) && holder[to] === -1) leadsToShared.add(top);
  }
  for (const at of [...restAsked].sort((a, b) => a - b)) lines.push(`  ${nodeId(part, at)} --> m${part}rest`);
  if (shared > 0) {
    for (const at of shown) if (leadsToShared.has(at)) lines.push(`  ${nodeId(part, at)} --> m${part}shared`);
    if ([...leadsToShared].some((at) => !isShown.has(at))) lines.push(`  m${part}rest --> m${part}shared`);
  }
  return lines;
}

/** By node the direct dependency that alone brings it in, -1 for what several do: the first direct one up the dominator tree. */
function holders(nodes: readonly GraphNode[], isTop: ReadonlySet<number>): Int32Array {
  const UNKNOWN = -2;
  const found = new Int32Array(nodes.length).fill(UNKNOWN);
  nodes.forEach((_, start) => {
    const way: number[] = [];
    let at: number | undefined = start;
    while (at !== undefined && found[at] === UNKNOWN && !isTop.has(at)) {
      way.push(at);
      at = nodes[at]!.under;
    }
    const top = at === undefined ? -1 : isTop.has(at) ? at : found[at]!;
    for (const node of way) found[node] = top;
  });
  return found;
}

function shape({ kind }: GraphNode, label: string): string {
  const text = quoted(label);
  if (kind === 'own') return `[[${text}]]`;
  return kind === 'direct' ? `[${text}]` : `(${text})`;
}

const className = ({ worst }: GraphNode): string => (worst === undefined ? '' : `:::${worst}`);

/** Only classes that occur: line and width beside colour, so that neither is needed to tell them apart. */
function classes(parts: readonly GraphPart[]): string[] {
  const used = new Set(parts.flatMap(({ nodes }) => nodes.flatMap(({ worst }) => worst ?? [])));
  return Object.entries(STYLES).flatMap(([name, style]) =>
    used.has(name as never) ? [`  classDef ${name} ${style}`] : [],
  );
}

const STYLES = {
  critical: 'stroke:#8f0d2f,stroke-width:4px',
  high: 'stroke:#c2410c,stroke-width:3px',
  medium: 'stroke:#94650a,stroke-width:2px,stroke-dasharray:6 3',
  low: 'stroke:#1d6fb8,stroke-width:2px,stroke-dasharray:2 2',
  unknown: 'stroke:#5f6873,stroke-width:2px,stroke-dasharray:8 2 2 2',
} as const;

/**
 * Mermaid reads markdown, HTML and its own syntax in labels: everything but letters, digits and a few signs is written as a numeric entity,
 * in Mermaid's spelling (`#35;`).
 */
function quoted(text: string): string {
  const safe = visible(text).replace(/[^\p{L}\p{N} .,@/:+~^=_-]/gu, (sign) => `#${sign.codePointAt(0)!};`);
  return `"${safe}"`;
}
