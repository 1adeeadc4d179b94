import type { GraphExport } from '../../model/graph-export.ts';
import { element, joined, words, type Markup } from '../common/markup.ts';
import { edgeRange, nodeId, nodeLabel } from './words.ts';

const NODE_KEYS = [
  'label',
  'purl',
  'ecosystem',
  'name',
  'version',
  'kind',
  'scopes',
  'worst',
  'file',
] as const;
const NODE_NUMBERS = ['findings', 'holds'] as const;
const EDGE_KEYS = ['range', 'scope'] as const;

/** For yEd, Gephi, NetworkX and igraph. http://graphml.graphdrawing.org/primer/graphml-primer.html */
export function graphGraphml({ parts }: GraphExport): string {
  const keys = [
    ...NODE_KEYS.map((name) => key(name, 'node', 'string')),
    ...NODE_NUMBERS.map((name) => key(name, 'node', 'int')),
    ...EDGE_KEYS.map((name) => key(name, 'edge', 'string')),
  ];
  const rows: Markup[] = [];
  parts.forEach(({ path, nodes, edges }, part) => {
    nodes.forEach((node, at) =>
      rows.push(
        element(
          'node',
          { id: nodeId(part, at) },
          data('label', nodeLabel(node)),
          data('purl', node.purl),
          data('ecosystem', node.ecosystem),
          data('name', node.name),
          data('version', node.version),
          data('kind', node.kind),
          data('scopes', node.scopes.join(' ')),
          data('worst', node.worst ?? ''),
          data('file', path),
          data('findings', String(node.findings)),
          data('holds', String(node.holds)),
        ),
      ),
    );
    for (const edge of edges)
      rows.push(
        element(
          'edge',
          { source: nodeId(part, edge.from), target: nodeId(part, edge.to) },
          data('range', edgeRange(edge)),
          data('scope', edge.kinds.join(' ')),
        ),
      );
  });
  const body = element(
    'graph',
    { id: 'dependencies', edgedefault: 'directed' },
    joined(['\n' as Markup, joined(rows, '\n'), '\n' as Markup]),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element(
    'graphml',
    { xmlns: 'http://graphml.graphdrawing.org/xmlns' },
    joined(['\n' as Markup, joined(keys, '\n'), '\n' as Markup, body, '\n' as Markup]),
  )}\n`;
}

const key = (name: string, of: string, type: string): Markup =>
  element('key', { id: name, for: of, 'attr.name': name, 'attr.type': type });

const data = (name: string, text: string): Markup => element('data', { key: name }, words(text));
