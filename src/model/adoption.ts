import type { AdvisorySource, Instant } from './advisory.ts';
import type { EcosystemId } from './ecosystem.ts';
import type { Problem } from './problem.ts';

/** Who git says wrote a commit, as written. E-mail addresses are for telling people apart and are never printed. */
export interface CommitAuthor {
  readonly name: string;
  readonly email: string;
}

/** A commit, as far as health looks at it. Times are seconds since 1970. */
export interface CommitFact {
  readonly id: string;
  readonly tree: string;
  readonly parents: readonly string[];
  /** Index into `CloneFacts.authors`. */
  readonly author: number;
  readonly authoredAt: number;
  readonly committedAt: number;
  /** Its message has a `Signed-off-by:` line. */
  readonly signedOff: boolean;
}

/** A tag. `at` is the tagger's time where there is one, else the commit's: seconds since 1970. */
export interface TagFact {
  readonly name: string;
  readonly commit: string;
  readonly at: number;
}

/** A licence file of the top folder that changed on the main line. Text is absent where there was no such file, or it cannot be read. */
export interface LicenceEdit {
  readonly commit: string;
  readonly at: number;
  readonly path: string;
  readonly before?: string;
  readonly after?: string;
}

/** What a clone says of its own past, seen from one commit. */
export interface CloneFacts {
  /** As the person named it. */
  readonly name: string;
  readonly tip: string;
  readonly tipAt: number;
  readonly shallow: boolean;
  /** Where history is cut off or an object is missing: nothing before this time (seconds since 1970) is known whole. */
  readonly wholeSince?: number;
  readonly authors: readonly CommitAuthor[];
  /** When each author's first commit was made, parallel to `authors`. */
  readonly authorsFirstAt: readonly number[];
  /** Every commit reachable from the tip and committed at `since` or later, newest first as far as its dates allow. */
  readonly commits: readonly CommitFact[];
  readonly since: number;
  /** All commits reachable from the tip, and when the first of its main line was made. */
  readonly totalCommits: number;
  readonly firstAt: number;
  /** Ordered by time, then name. */
  readonly tags: readonly TagFact[];
  /** Newest first. */
  readonly licenceEdits: readonly LicenceEdit[];
  /** An edit that was undone within so many main-line commits may be missing; 1 = none is. */
  readonly licenceStep: number;
  /** Ids of the commits that change a folder, where one was asked for. */
  readonly within?: { readonly folder: string; readonly commits: readonly string[] };
  readonly problems: readonly Problem[];
}

/** A release as a registry lists it. */
export interface RegistryRelease {
  readonly version: string;
  readonly at?: Instant;
  readonly withdrawn?: true;
  /** Why, in the words of who withdrew it. */
  readonly withdrawnFor?: string;
  readonly deprecated?: string;
}

/** What a registry says of a component: the parts of npm's, PyPI's or crates.io's answer that health looks at. */
export interface RegistryFacts {
  readonly ecosystem: EcosystemId;
  readonly name: string;
  /** File or address it was read from. */
  readonly from: string;
  readonly latest?: string;
  /** As declared by the latest release, in the registry's words. */
  readonly licence?: string;
  readonly repository?: string;
  /** Accounts that may publish. */
  readonly maintainers?: number;
  /** Ordered by time. */
  readonly releases: readonly RegistryRelease[];
  /** Why no release has a time, where the answer is of a kind that gives them. */
  readonly undated?: string;
  /** Why people should not take it, in the registry's words. */
  readonly deprecated?: string;
  readonly archived?: boolean;
  /** Names that the latest release needs at run time. */
  readonly dependencies?: readonly string[];
  /** The latest release runs a script when it is installed. */
  readonly hasInstallScript?: boolean;
  readonly description?: string;
}

/** An issue or a pull request of a forge's export. */
export interface ForgeThread {
  readonly kind: 'issue' | 'pull';
  readonly number: number;
  readonly author: string;
  readonly bot: boolean;
  readonly createdAt: Instant;
  readonly closedAt?: Instant;
  readonly mergedAt?: Instant;
  /** First answer by somebody else who is no bot; `undefined` when there is none in the export. */
  readonly firstReplyAt?: Instant;
  /** Whether the export holds its replies at all. */
  readonly repliesKnown: boolean;
}

export interface ForgeFacts {
  readonly from: readonly string[];
  readonly threads: readonly ForgeThread[];
  readonly archived?: boolean;
  readonly stars?: number;
  /** Newest moment in the export. */
  readonly asOf?: Instant;
}

export const CARD_IDS = [
  'activity',
  'bus-factor',
  'cadence',
  'security-latency',
  'responsiveness',
  'licence',
  'community',
  'weight',
] as const;
export type CardId = (typeof CARD_IDS)[number];

/** `unknown`: could not be seen, which is neither good nor bad. */
export type CardVerdict = 'good' | 'watch' | 'weak' | 'unknown';

/** One thing that was seen: a sentence, and where to look. */
export interface CardEvidence {
  readonly text: string;
  readonly commit?: string;
  readonly path?: string;
  readonly line?: number;
}

/** One question about a dependency's health, answered from evidence or left open. */
export interface HealthCard {
  readonly id: CardId;
  readonly title: string;
  readonly verdict: CardVerdict;
  /** The answer in one line. */
  readonly says: string;
  /** By name; the name says the unit: `commits12m`, `medianGapDays`, `shareOfOneOrganisation`. `null`: not known. */
  readonly figures: Readonly<Record<string, number | string | boolean | null>>;
  readonly evidence: readonly CardEvidence[];
  /** What would answer what is not known, one line. */
  readonly give?: string;
}

/** Something that a reader must see before the cards. `stop`: do not take it without a reason. */
export interface AdoptionFlag {
  readonly code:
    | 'archived'
    | 'deprecated'
    | 'withdrawn'
    | 'malware'
    | 'stable'
    | 'shallow'
    | 'old-clone'
    | 'unknown-version';
  readonly weight: 'stop' | 'note';
  readonly text: string;
}

export interface AdoptionReport {
  readonly schema: 1;
  readonly tool: { readonly name: 'assay'; readonly version: string };
  readonly subject: {
    /** As people call it: `express@4.18.2`, or the clone's path. */
    readonly name: string;
    readonly ecosystem?: EcosystemId;
    readonly component?: string;
    readonly version?: string;
    readonly clone?: { readonly name: string; readonly commit: string };
    readonly metadata?: string;
    readonly forge?: readonly string[];
  };
  readonly takenAt: Instant;
  /** The moment that every window ends at. */
  readonly asOf: Instant;
  readonly asOfIs: 'newest commit' | 'date given' | 'today';
  readonly newestCommitAt?: Instant;
  readonly flags: readonly AdoptionFlag[];
  /** In CARD_IDS order, all eight. */
  readonly cards: readonly HealthCard[];
  readonly knowledge: readonly AdvisorySource[];
  readonly problems: readonly Problem[];
}

export const ADOPTION_DECISIONS = ['adopt', 'watch', 'reject'] as const;
export type AdoptionDecision = (typeof ADOPTION_DECISIONS)[number];

/** What people decided about taking a component, with what they saw. Append-only. */
export interface AdoptionRecord {
  readonly id: string;
  /** `express@4.18.2`, or a purl. */
  readonly component: string;
  readonly decision: AdoptionDecision;
  readonly reason: string;
  readonly alternatives: readonly string[];
  readonly by: string;
  readonly at: Instant;
  /** Day (YYYY-MM-DD) to look at it again. */
  readonly review: string;
  /** Verdict and answer of each card, as seen then. */
  readonly cards: readonly { readonly id: string; readonly verdict: CardVerdict; readonly says: string }[];
  /** The moment that the cards speak of, and the commit where there was a clone. */
  readonly asOf: Instant;
  readonly commit?: string;
}
