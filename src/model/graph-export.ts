import type { Purl } from './component.ts';
import type { EcosystemId } from './ecosystem.ts';
import type { Scope } from './extractor.ts';
import type { Priority } from './finding.ts';
import type { Snapshot } from './result.ts';

/**
 * The dependency graph of one or several files, whole or around a component, as other tools draw it.
 * Each file is a graph of its own: a component that two files name is two nodes, since an edge of one file says nothing of another.
 */
export interface GraphExport {
  readonly target: Snapshot['target'];
  /** Present when it is a neighbourhood. */
  readonly around?: { readonly text: string; readonly depth: number };
  /** Ordered by path; only those with nodes. */
  readonly parts: readonly GraphPart[];
}

export interface GraphPart {
  readonly path: string;
  readonly extractor: string;
  /** False: the file does not say who asks for whom; there are no edges then. */
  readonly edgesKnown: boolean;
  /** Ordered by purl. Edges name them by index. */
  readonly nodes: readonly GraphNode[];
  /** By `from`, then `to`. No self-edges; one edge for each pair. */
  readonly edges: readonly GraphEdge[];
  /** Nodes of the whole file that are not among `nodes`. */
  readonly left: number;
}

/** `own`: the project or a workspace member. `orphan`: nothing that the project needs leads to it. */
export type GraphNodeKind = 'own' | 'direct' | 'transitive' | 'orphan';

export interface GraphNode {
  readonly purl: Purl;
  readonly ecosystem: EcosystemId;
  readonly name: string;
  readonly version: string;
  readonly kind: GraphNodeKind;
  /** Every scope on some way to it; empty for the project's own. */
  readonly scopes: readonly Scope[];
  /** Open findings about it, and the most urgent of them. */
  readonly findings: number;
  readonly worst?: Priority;
  /** It is what the neighbourhood is around. */
  readonly centre?: true;
  /** Nodes of the file that go when this one goes, itself counted (dominated). */
  readonly holds: number;
  /** The only node through which it is reached (its nearest dominator), by index into `nodes`; absent when it is not among them. */
  readonly under?: number;
}

export interface GraphEdge {
  readonly from: number;
  readonly to: number;
  readonly kinds: readonly Scope[];
  /** Sorted; empty when the file does not keep them. */
  readonly ranges: readonly string[];
}
