import type { Purl } from './component.ts';
import type { EcosystemId } from './ecosystem.ts';
import type { Scope } from './extractor.ts';
import type { Priority } from './finding.ts';
import type { Direct } from './inventory.ts';
import type { Snapshot } from './result.ts';
import type { CodeRead, Usage } from './usage.ts';

/** Why components of one name are here: every version, in every file. */
export interface Why {
  readonly target: Snapshot['target'];
  readonly asked: {
    /** As the person wrote it. */
    readonly text: string;
    readonly name: string;
    /** A version or range in the ecosystem's syntax. */
    readonly range?: string;
  };
  /** By ecosystem, name, then version. Empty when nothing of that name (and range) is here. */
  readonly components: readonly WhyComponent[];
  /** Versions of the name that the range leaves out, in version order. */
  readonly otherVersions: readonly string[];
  /** Names that are here and look like the one asked for, nearest first; only when nothing was found. */
  readonly near: readonly string[];
  /** Whether imports of it were seen, one for each ecosystem whose code can be read; absent when code was not looked at. */
  readonly usage?: { readonly code: CodeRead; readonly names: readonly Usage[] };
  /** Some file could not be read: what is not found may be there. */
  readonly lost: boolean;
}

export interface WhyComponent {
  readonly purl: Purl;
  readonly ecosystem: EcosystemId;
  readonly name: string;
  readonly version: string;
  readonly requested?: string;
  /** Open findings about it, most urgent first. */
  readonly findings: readonly { readonly id: string; readonly priority: Priority; readonly title: string }[];
  /** One for each file that names it, ordered by path. */
  readonly places: readonly WhyPlace[];
}

/** Something on a way, by name: `version` is `''` when nothing locks it. */
export interface WhyNode {
  readonly purl: Purl;
  readonly name: string;
  readonly version: string;
}

/** Why one file holds a component. Edges of other files never count. */
export interface WhyPlace {
  readonly path: string;
  readonly extractor: string;
  readonly line?: number;
  readonly direct: Direct;
  /** Every scope on some way to it. */
  readonly scopes: readonly Scope[];
  /** The component itself. */
  readonly component: WhyNode;
  /** False: the format does not say who asks for whom; then there are no askers, ways or counts. */
  readonly edgesKnown: boolean;
  /** False: the file does not say what the project itself asks for; what nothing else asks for stands for it. */
  readonly directsKnown: boolean;
  /** Nothing that the project needs leads to it: left over in the file. */
  readonly orphan: boolean;
  /** Everything that asks for it: projects first, then by purl. */
  readonly askers: readonly WhyAsker[];
  /** Direct dependencies through which it is reached (itself, when it is one), by purl. */
  readonly directs: readonly WhyDirect[];
  /** The shortest ways, shortest first, then in component order; loopless. */
  readonly ways: readonly WhyWay[];
  /** False when the search for ways was given up for want of time: those that are given are still the shortest. */
  readonly waysComplete: boolean;
  /** How many loopless ways there are, in decimal digits: it may have hundreds. */
  readonly count: { readonly ways: string; readonly exact: boolean };
}

export interface WhyAsker extends WhyNode {
  /** The project or a workspace member: then the component is declared. */
  readonly own: boolean;
  /** With which it asks, sorted; empty when the file does not keep them. */
  readonly ranges: readonly string[];
  /** Those of `ranges` that do not admit the version: something overrides what this asker wants. */
  readonly outside: readonly string[];
  readonly kinds: readonly Scope[];
  /** Indices into `directs` of those that lead to this asker; empty for the project itself and for what only the component leads to. */
  readonly via: readonly number[];
}

export interface WhyDirect extends WhyNode {
  /** As projects and workspaces declare it, sorted. */
  readonly ranges: readonly string[];
  readonly kinds: readonly Scope[];
  /** Names of the projects and workspaces that declare it, sorted. */
  readonly askedBy: readonly string[];
}

/** Root first, component last. `ranges[i]` is what `nodes[i]` asks of `nodes[i + 1]`; several joined by ` || `. */
export interface WhyWay {
  readonly nodes: readonly WhyNode[];
  readonly ranges: readonly string[];
}
