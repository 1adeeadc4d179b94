import type { Instant } from './advisory.ts';
import type { Purl } from './component.ts';
import type { EcosystemId } from './ecosystem.ts';
import type { Origin, Scope } from './extractor.ts';
import type { FindingKind, Priority } from './finding.ts';
import type { Direct } from './inventory.ts';
import type { Location, Problem } from './problem.ts';
import type { Snapshot } from './result.ts';

/**
 * What changed between two trees in what they depend on: what a reviewer reads and what a gate judges.
 * Config and decisions of both sides are the base's, so a change cannot acquit itself.
 * Everything is compared file by file (an edge of one lockfile says nothing of another), then equal changes of several files
 * are one entry with several places. Nothing is cut.
 */
export interface Comparison {
  readonly schema: 1;
  readonly tool: Snapshot['tool'];
  readonly takenAt: Instant;
  readonly base: ComparedTree;
  readonly head: ComparedTree;
  /** Only files in which something changed, and those that came or went; ordered by path. */
  readonly files: readonly FileChange[];
  /** Direct ones first, then by kind in COMPONENT_CHANGES order, then by purl. */
  readonly components: readonly ComponentChange[];
  /** Of the project and its workspaces first, then by parent and child. */
  readonly edges: readonly EdgeChange[];
  /** Most urgent first. */
  readonly findings: readonly FindingChange[];
  /** Findings open on both sides with nothing new about them. */
  readonly remaining: number;
  /** Files that steer what is installed and from where, whose bytes are not the same (`.npmrc`, `.assay/config.yaml`, …); ordered by path. */
  readonly settings: readonly SettingChange[];
  readonly problems: readonly ComparedProblem[];
}

export interface ComparedTree extends Readonly<Snapshot['target']> {
  readonly components: number;
  readonly files: number;
  /** Open findings. */
  readonly open: number;
}

/** A problem of one side. Those that both sides have in the same words are told once. */
export interface ComparedProblem extends Problem {
  readonly side: 'base' | 'head' | 'both';
}

/**
 * A manifest or lockfile. `replaced`: another file of the same ecosystem took its place (another package manager, a lockfile where
 * there was only a manifest, a folder that was moved); `was` is that file's path on the base side, and contents are compared across.
 */
export interface FileChange {
  readonly path: string;
  /** Extractor id, of the head where both sides have the file. */
  readonly extractor: string;
  readonly kind: 'added' | 'removed' | 'changed' | 'replaced';
  readonly was?: string;
  /**
   * For lockfiles. `lock-only`: other things are installed though no declared range changed. `manifest-only`: declared ranges changed and
   * the lockfile did not follow. `both`: they moved together. `unknown`: the manifests it locks could not be read.
   */
  readonly moved?: 'lock-only' | 'manifest-only' | 'both' | 'unknown';
  readonly components: number;
  readonly edges: number;
  /** False when either side does not say who asks for whom: its edges are then not compared. */
  readonly edgesCompared: boolean;
}

/** In this order for people: what is new first. `moved` is a version change that has no order (git commits, `latest`). */
export const COMPONENT_CHANGES = [
  'added',
  'downgraded',
  'moved',
  'upgraded',
  'changed',
  'locked',
  'unlocked',
  'removed',
] as const;

/**
 * One name in one file that is not as it was. `changed`: the same version, but not the same in what `aspects` says.
 * `locked`: it had only a range and has a version now; `unlocked` the reverse.
 */
export type ComponentChangeKind = (typeof COMPONENT_CHANGES)[number];

/**
 * What else is different between `before` and `after`, beside the version. `range`: it is declared with other ranges.
 * `integrity`: see `IntegrityChange`. `origin`: registry, git, URL, …; `host`: another host or scheme serves it;
 * `source`: the same version is taken from another place of the same host.
 * `install-script`: it has one now and had none, where the format says so on both sides. `deprecated`: it is now and was not.
 */
export type ComponentAspect =
  | 'range'
  | 'integrity'
  | 'origin'
  | 'host'
  | 'source'
  | 'licence'
  | 'scope'
  | 'direct'
  | 'install-script'
  | 'deprecated';

/**
 * How the hashes of one version compare. `changed`: an algorithm that both sides have, with no digest in common: other bytes under the same version.
 * `differs`: lists that overlap (a release that gained files). `other-algorithm`: they cannot be compared.
 */
export type IntegrityChange = 'changed' | 'differs' | 'other-algorithm' | 'gone' | 'new';

export interface ComponentChange {
  readonly kind: ComponentChangeKind;
  readonly ecosystem: EcosystemId;
  /** Canonical name. */
  readonly name: string;
  /** Absent when added. */
  readonly before?: ComponentState;
  /** Absent when removed. */
  readonly after?: ComponentState;
  readonly aspects: readonly ComponentAspect[];
  /** Only with the aspect `integrity`. */
  readonly integrity?: IntegrityChange;
  /** Where, on the head side, or on the base side when removed; ordered by path. */
  readonly at: readonly Location[];
  /**
   * For what is added: a shortest way to it in the first file, root's direct dependency first, itself last, as `name@version`;
   * empty when nothing reaches it or the format keeps no edges.
   */
  readonly path: readonly string[];
  /** For what is added: something that was there before asks for it (or nothing known does), so a person has something to decide here. */
  readonly topmost?: true;
  /** For what is added: another version of the same name is in that file's base already. */
  readonly known?: true;
}

/** A component as one file names it; copies of one version in a file are one. */
export interface ComponentState {
  readonly purl: Purl;
  readonly version: string;
  readonly requested?: string;
  readonly origin: Origin;
  readonly source?: string;
  readonly integrity?: string;
  readonly licences: readonly string[];
  readonly deprecated?: string;
  /** `unknown` where the format does not say. */
  readonly installScript: 'yes' | 'no' | 'unknown';
  readonly direct: Direct;
  readonly scopes: readonly Scope[];
  /** Declared by the project or a workspace with these ranges; sorted, empty when not direct. */
  readonly ranges: readonly string[];
}

/** Who asks: a component's name, or the project itself (`''`). Names without versions: the parent's own move is no new edge. */
export interface EdgeChange {
  readonly kind: 'added' | 'removed' | 'range' | 'scope';
  readonly ecosystem: EcosystemId;
  readonly from: string;
  /** The project or a workspace member asks: a declared dependency. */
  readonly declared: boolean;
  readonly to: string;
  /** Every range with which it is asked for, sorted; absent on the side that does not have the edge. */
  readonly before?: EdgeState;
  readonly after?: EdgeState;
  readonly files: readonly string[];
}

export interface EdgeState {
  readonly ranges: readonly string[];
  readonly scopes: readonly Scope[];
}

/**
 * A finding, by what it says of which name: an upgrade that does not fix is no news. `appeared`: open in the head only; `disappeared`: open in the base only;
 * `worse`: open in both, with more versions affected, a higher priority, or in production where it was not.
 */
export interface FindingChange {
  readonly kind: 'appeared' | 'disappeared' | 'worse';
  /** For `disappeared`: whether the component is gone or moved out of its reach, or a decision covers the version that is there now. */
  readonly because?: 'gone' | 'decided';
  readonly finding: FindingKind;
  readonly rule: string;
  readonly ids: readonly string[];
  /** Canonical name, or `repository`. */
  readonly subject: string;
  readonly title: string;
  /** Affected versions, in version order. */
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** Of the head, or of the base when it disappeared. */
  readonly priority: Priority;
  /** For `worse`, when it rose: what it was. */
  readonly priorityBefore?: Priority;
  readonly fixed: readonly string[];
  readonly fingerprints: readonly string[];
  readonly at: readonly Location[];
}

export interface SettingChange {
  readonly path: string;
  readonly kind: 'added' | 'removed' | 'changed';
  /** What the file can do, e.g. `registry, proxies, scripts of npm`. */
  readonly steers: string;
}
