import type { Cost } from './cost.ts';
import type { Timeline } from './timeline.ts';

/** One component in what a manifest's direct dependencies own. Nodes are listed parents first. */
export interface OwnedNode {
  /** Index into `Inventory.components`. */
  readonly component: number;
  /** Index into `OwnedTree.nodes`; -1: owned by no single dependency. */
  readonly parent: number;
  /** Components that would go if this one went, itself counted. */
  readonly size: number;
  /**
   * `direct`: the project asks for it itself. `shared`: at the top, since two or more bring it in. `left-over`: at the top, since
   * nothing that is needed leads to it. `owned`: below the one that it goes with.
   */
  readonly kind: 'direct' | 'shared' | 'left-over' | 'owned';
}

/**
 * Who owns what in one manifest: the dominator tree without the project's own nodes.
 * A component is below another when every way to it passes there, so that it goes when that one goes.
 */
export interface OwnedTree {
  readonly manifest: string;
  /** False: the file does not say who asks for whom, and then there are no nodes. */
  readonly edgesKnown: boolean;
  /** Components in it, the project's own not counted. */
  readonly components: number;
  readonly nodes: readonly OwnedNode[];
}

/** Somebody asks for a component. */
export interface Asker {
  /** Index into `Inventory.components`; -1: the project itself. */
  readonly component: number;
  /** Declared ranges, sorted; empty when the file does not keep them. */
  readonly ranges: readonly string[];
}

/** How one component came in, in manifests that tell the same story. */
export interface Origins {
  readonly manifests: readonly string[];
  /** False: the files do not say who asks for whom; then nothing but `direct` is known. */
  readonly edgesKnown: boolean;
  /** The project asks for it itself. */
  readonly direct: boolean;
  /** Direct dependencies from which a way leads to it, itself left out. Indexes into `Inventory.components`, ascending. */
  readonly through: readonly number[];
  /** Ascending by component. */
  readonly askers: readonly Asker[];
  /** A shortest way, the direct dependency first and the component last; empty when there is none. */
  readonly path: readonly number[];
}

/** Why a component is here. */
export interface WhyHere {
  /** Index into `Inventory.components`. */
  readonly component: number;
  readonly origins: readonly Origins[];
}

/** What a report with pictures shows beside the snapshot: computed from it by a verb, since reporters only print. */
export interface ReportExtras {
  /** Manifests with a graph, largest first; ties by path. */
  readonly trees: readonly OwnedTree[];
  /** One for each component with an open finding, in the order of its first finding. */
  readonly why: readonly WhyHere[];
  readonly cost: Cost;
  readonly timeline?: Timeline;
}
