import type { AdvisorySource, Instant, Severity } from './advisory.ts';
import type { EcosystemId } from './ecosystem.ts';
import type { Problem } from './problem.ts';
import type { NotChecked } from './result.ts';

/** Severity as published: `none` (a CVSS score of 0) counts as `low`, malicious code as `critical`. Worst first. */
export const TIMELINE_SEVERITIES = ['critical', 'high', 'medium', 'low', 'unknown'] as const;
export type TimelineSeverity = Exclude<Severity, 'none'>;

export type SeverityCounts = Readonly<Record<TimelineSeverity, number>>;

/**
 * Open advisories at one point: one for each alias group and component version, as `assay scan` counts findings.
 * `development` is the part of `total` whose component only development needs.
 */
export interface AdvisoryCounts {
  readonly total: number;
  readonly bySeverity: SeverityCounts;
  readonly development: number;
  readonly developmentBySeverity: SeverityCounts;
}

/**
 * How much of a point could be seen.
 * `whole`: every ecosystem that has advisories shows exact versions (single entries without one are in `gaps`).
 * `part`: numbers are a lower bound: an ecosystem had no lockfile, a file was not read, or advisories are not installed; `gaps` says what.
 * `unknown`: nothing could be held against advisories, though something is there (or no manifest or lockfile is there at all):
 * the numbers of advisories are absent, not zero.
 */
export type PointState = 'whole' | 'part' | 'unknown';

/** Why a point is not `whole`. `no-files`: no manifest or lockfile yet. `lost`: files that could not be read. */
export interface PointGap {
  readonly why: NotChecked['why'] | 'no-files' | 'lost';
  readonly ecosystem?: EcosystemId;
  readonly count: number;
  /** Up to three, for people. */
  readonly examples: readonly string[];
}

/** Versions of one name before and after; empty `from`: it came in; empty `to`: it went. Ascending by the ecosystem's order. */
export interface VersionMove {
  readonly from: readonly string[];
  readonly to: readonly string[];
}

/** What happened to one issue at one point. */
export interface IssueChange {
  /** Index into `Timeline.issues`. */
  readonly issue: number;
  readonly move: VersionMove;
}

/** How a point differs from the one before it. Advisories are those known now: a change of code, not of knowledge. */
export interface PointChange {
  /** Issues that ended: no affected version is there any more. Ordered by severity, then name, then id. */
  readonly closed: readonly IssueChange[];
  readonly opened: readonly IssueChange[];
  /** Issues of an ecosystem whose exact versions are seen for the first time: they may be older. The whole first point is such. */
  readonly firstSeen: readonly IssueChange[];
  /** Indexes of issues open at both points whose first advisory was published in between: why `knownThen` grows without a change of code. */
  readonly published: readonly number[];
  /** Components (not: advisories) that came, went, and names whose versions changed. */
  readonly components: { readonly added: number; readonly removed: number; readonly moved: number };
}

/** The state of the project at one release, commit or month. */
export interface TimelinePoint {
  /** What people call it: the tag's name, `2024-03` for a month, a short commit id, `HEAD`. */
  readonly label: string;
  /** Other tags of the same commit, sorted. */
  readonly also: readonly string[];
  readonly commit: string;
  /** The committer's date of the commit; where the clock ran backwards along the history, the date of the commit before it. */
  readonly at: Instant;
  /**
   * A release of an older line (v1.1.3 when v2.0 was out already), shown because it was asked for. Its `change` is against the release
   * before it by version; it is no part of the line that other points' changes and episodes follow. Pictures leave it out.
   */
  readonly side?: true;
  readonly state: PointState;
  readonly gaps: readonly PointGap[];
  /** Files read as manifest or lockfile. */
  readonly files: number;
  /** Components without the repository's own projects and workspace members. Absent when no file is there. */
  readonly components?: number;
  readonly direct?: number;
  /** Names that one file has in more than one exact version. */
  readonly duplicates?: number;
  /** Components that only development needs. */
  readonly development?: number;
  /** Open advisories as known when the timeline was made, without those that are `decided`. Absent when `state` is `unknown`. */
  readonly knownNow?: AdvisoryCounts;
  /** Those of `knownNow` that were public at `at`: what a scan on that day could have told. */
  readonly knownThen?: AdvisoryCounts;
  /** How many of `knownNow` have no date of publication: `knownThen` is short of these at most. Absent when 0. */
  readonly undated?: number;
  /** How many more there would be in `knownNow`, had nothing been decided. Only where decisions were asked for; absent when 0. */
  readonly decided?: number;
  /** Against the point before; for the first point everything is `firstSeen`. */
  readonly change: PointChange;
}

/**
 * A run of points at which some version of the component was affected.
 * `closed`: it ended at point `until`. `open`: it holds at the last point. `unseen`: exact versions are not to be seen at the end.
 * `before-public`: gone before the advisory was public: nobody could know. `undated`: the advisory has no date.
 */
export interface Episode {
  /** Index of the first point that has it. */
  readonly from: number;
  /** Index of the first point known to be without it; only for `closed` and `before-public`. */
  readonly until?: number;
  readonly state: 'closed' | 'open' | 'unseen' | 'before-public' | 'undated';
  /** The day from which it was both present and public. */
  readonly since?: Instant;
  /** Whole days from `since` to `until`, or for `open` to the time the timeline was made. Absent for the other states. */
  readonly days?: number;
  /** Affected versions on the way, ascending. */
  readonly versions: readonly string[];
  /** Only development needed it, at every point of the run. */
  readonly development: boolean;
}

/** One issue (alias group) of one component name, over all points. */
export interface TimelineIssue {
  /** Canonical id: CVE, then GHSA, then any other. */
  readonly id: string;
  /** All ids and aliases, `id` first. */
  readonly ids: readonly string[];
  readonly ecosystem: EcosystemId;
  readonly name: string;
  readonly severity: TimelineSeverity;
  /** When its first advisory was published; absent when none has a date. */
  readonly published?: Instant;
  readonly malicious: boolean;
  readonly summary: string;
  readonly episodes: readonly Episode[];
}

/** Days of the episodes of one state. `mean` is rounded to one digit; both absent when `count` is 0. */
export interface DayFigures {
  readonly count: number;
  readonly mean?: number;
  readonly median?: number;
}

/** How long vulnerable versions stayed, over all episodes of the shown points. Definition: docs/timeline.md. */
export interface Exposure {
  /** Ended after the advisory was public. */
  readonly closed: DayFigures;
  /** Still there; days up to the time the timeline was made. */
  readonly open: DayFigures;
  /** The part of `closed` and `open` that production needs. */
  readonly production: { readonly closed: DayFigures; readonly open: DayFigures };
  /** Gone before anybody could know; no date; no exact versions at the end. Not in the figures above. */
  readonly beforePublic: number;
  readonly undated: number;
  readonly unseen: number;
}

/** Commits or tags that are not points, and why. */
export interface LeftOut {
  readonly why:
    | 'not-a-version'
    | 'prerelease'
    | 'other-prefix'
    | 'older-line'
    | 'not-merged'
    | 'not-a-commit'
    | 'unreadable'
    | 'before-since';
  readonly count: number;
  /** Up to three, for people. */
  readonly examples: readonly string[];
}

/**
 * Decisions that HEAD has recorded, applied to every point as they hold on the day of `takenAt`.
 * `used`: those that cover something at any point. `ended`: those that hold no more. `notApplied`: those about a path, manifest or
 * scope, which a timeline does not follow.
 */
export interface TimelineDecisions {
  readonly recorded: number;
  readonly used: number;
  readonly ended: number;
  readonly notApplied: number;
}

export interface Timeline {
  readonly format: 'assay-timeline';
  readonly schema: 1;
  readonly tool: { readonly name: 'assay'; readonly version: string };
  /** `commit` is what HEAD names. `folder`: only this folder of the repository, when one was named. */
  readonly target: { readonly name: string; readonly commit: string; readonly folder?: string };
  readonly takenAt: Instant;
  readonly sampling: {
    readonly by: 'tags' | 'commits' | 'months';
    /** What the points are, in a sentence, and why if nobody asked for it (`no tag looks like a version: …`). */
    readonly says: string;
    readonly leftOut: readonly LeftOut[];
  };
  readonly knowledge: { readonly sources: readonly AdvisorySource[]; readonly digest: string };
  /** Only where they were asked for: what they cover is in no number, change, issue or figure of days. */
  readonly decisions?: TimelineDecisions;
  /** Oldest first. */
  readonly points: readonly TimelinePoint[];
  /** Ordered by severity, then name, then id. */
  readonly issues: readonly TimelineIssue[];
  readonly exposure: Exposure;
  /** What a reader must know before trusting it, in sentences. */
  readonly caveats: readonly string[];
  /** Each once, however many points have it; `message` says at how many. */
  readonly problems: readonly Problem[];
}
