import type { GraphExport } from '../../model/graph-export.ts';
import { element, joined, type Markup } from '../common/markup.ts';
import { edgeRange, nodeId, nodeLabel } from './words.ts';

const NODE_ATTRIBUTES = [
  ['purl', 'string'],
  ['ecosystem', 'string'],
  ['kind', 'string'],
  ['scopes', 'string'],
  ['worst', 'string'],
  ['file', 'string'],
  ['findings', 'integer'],
  ['holds', 'integer'],
] as const;
const EDGE_ATTRIBUTES = [
  ['range', 'string'],
  ['scope', 'string'],
] as const;

/** For Gephi. https://gexf.net/schema.html, version 1.3 */
export function graphGexf({ parts }: GraphExport): string {
  const nodes: Markup[] = [];
  const edges: Markup[] = [];
  parts.forEach((graph, part) => {
    graph.nodes.forEach((node, at) => {
      const values = [
        node.purl,
        node.ecosystem,
        node.kind,
        node.scopes.join(' '),
        node.worst ?? '',
        graph.path,
        String(node.findings),
        String(node.holds),
      ];
      nodes.push(element('node', { id: nodeId(part, at), label: nodeLabel(node) }, attvalues(values)));
    });
    for (const edge of graph.edges)
      edges.push(
        element(
          'edge',
          { id: String(edges.length), source: nodeId(part, edge.from), target: nodeId(part, edge.to) },
          attvalues([edgeRange(edge), edge.kinds.join(' ')]),
        ),
      );
  });
  const body = [
    declared('node', NODE_ATTRIBUTES),
    declared('edge', EDGE_ATTRIBUTES),
    element('nodes', {}, lines(nodes)),
    element('edges', {}, lines(edges)),
  ];
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element(
    'gexf',
    { xmlns: 'http://gexf.net/1.3', version: '1.3' },
    element('graph', { defaultedgetype: 'directed', mode: 'static' }, lines(body)),
  )}\n`;
}

const lines = (pieces: readonly Markup[]): Markup =>
  joined(['\n' as Markup, joined(pieces, '\n'), '\n' as Markup]);

const declared = (of: string, attributes: readonly (readonly [title: string, type: string])[]): Markup =>
  element(
    'attributes',
    { class: of },
    ...attributes.map(([title, type], at) => element('attribute', { id: String(at), title, type })),
  );

const attvalues = (values: readonly string[]): Markup =>
  element('attvalues', {}, ...values.map((value, at) => element('attvalue', { for: String(at), value })));
