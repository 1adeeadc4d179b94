import type { GraphEdge, GraphNode } from '../../model/graph-export.ts';

/** `name version`, as a node is called in every format. */
export const nodeLabel = ({ name, version }: Pick<GraphNode, 'name' | 'version'>): string =>
  `${name} ${version}`.trim();

/** `production` and the like; empty when not known. */
export const edgeRange = ({ ranges }: GraphEdge): string => ranges.join(' || ');

/** Id of a node in a file of several graphs: letters and digits alone, whatever the component is called. */
export const nodeId = (part: number, node: number): string => `m${part}n${node}`;

/** Needed by development, optional or build only: drawn dashed. */
export const isMinor = (kinds: readonly string[]): boolean =>
  kinds.length > 0 && !kinds.includes('prod') && !kinds.includes('peer');
