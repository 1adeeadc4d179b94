import type { GraphExport, GraphNode } from '../../model/graph-export.ts';
import { visible } from '../common/markup.ts';
import { LIGHT } from '../pictures/svg-palette.ts';
import { edgeRange, isMinor, nodeId, nodeLabel } from './words.ts';

/**
 * For Graphviz: one cluster for each file. Shape says what a node is, colour and line its most urgent finding, dashes what is not for production.
 * https://graphviz.org/doc/info/lang.html
 */
export function graphDot(graph: GraphExport): string {
  const lines = [
    'digraph dependencies {',
    '  rankdir=LR;',
    '  node [shape=box, style="rounded", fontname="sans-serif", fontsize=11];',
  ];
  graph.parts.forEach(({ path, nodes, edges, edgesKnown }, part) => {
    lines.push(
      `  subgraph cluster_${part} {`,
      `    label=${quoted(edgesKnown ? path : `${path} (edges unknown)`)};`,
    );
    nodes.forEach((node, at) => lines.push(`    ${nodeId(part, at)} [${nodeAttributes(node)}];`));
    for (const edge of edges) {
      const range = edgeRange(edge);
      const attributes = [
        ...(range === '' ? [] : [`tooltip=${quoted(range)}`]),
        ...(isMinor(edge.kinds) ? ['style=dashed'] : []),
      ];
      const tail = attributes.length === 0 ? '' : ` [${attributes.join(', ')}]`;
      lines.push(`    ${nodeId(part, edge.from)} -> ${nodeId(part, edge.to)}${tail};`);
    }
    lines.push('  }');
  });
  return `${lines.join('\n')}\n}\n`;
}

function nodeAttributes(node: GraphNode): string {
  const { purl, kind, worst, centre } = node;
  const attributes = [`label=${quoted(nodeLabel(node))}`, `tooltip=${quoted(purl)}`];
  if (kind === 'own') attributes.push('shape=folder');
  if (kind === 'direct') attributes.push('style="rounded,bold"');
  if (kind === 'orphan') attributes.push('style="rounded,dotted"');
  if (worst !== undefined)
    attributes.push(
      `color="${LIGHT[worst]}"`,
      `peripheries=${worst === 'critical' || worst === 'high' ? 2 : 1}`,
      `xlabel=${quoted(worst === 'unknown' ? 'unscored' : worst)}`,
    );
  if (centre) attributes.push('penwidth=3');
  return attributes.join(', ');
}

/** In a quoted string only `"` ends it; a backslash begins Graphviz' own escapes (`\n`, `\G`), so it is doubled. */
function quoted(text: string): string {
  return `"${visible(text).replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}
