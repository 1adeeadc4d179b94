import type { DisclosureKind, TextSource, Tier } from './disclosure.ts';
import type { Problem } from './problem.ts';

/** A place where a secret stands. */
export interface DisclosureSpot {
  readonly source: TextSource;
  readonly path?: string;
  /** 1-based; absent where lines mean nothing. */
  readonly line?: number;
  /** The object that holds it: a blob, commit, tag or tree. */
  readonly object?: string;
  /** The commit that has it there, when only commits of a range were looked at. */
  readonly commit?: string;
  /** How the text was reached inside the object, outermost first. */
  readonly within: readonly string[];
}

/** A commit that shows a secret. */
export interface DisclosureCommit {
  readonly commit: string;
  /** By its author; ISO 8601, UTC. */
  readonly authoredAt: string;
  readonly spot: DisclosureSpot;
}

/** One secret of one rule, however often it stands in the repository. The secret itself is never in here. */
export interface Disclosure {
  /** `v1:RULE:HMAC`: the same wherever the secret moves. Of no use for guessing it without the repository's key. */
  readonly fingerprint: string;
  readonly rule: string;
  readonly title: string;
  readonly kind: DisclosureKind;
  readonly provider?: string;
  readonly tier: Tier;
  readonly reasons: readonly string[];
  /** Its line, shortened, with the secret hidden. Printable. */
  readonly excerpt: string;
  readonly advice: string;
  readonly revokePage?: string;
  /** Where it is now or was last, sorted by path; the first few. */
  readonly spots: readonly DisclosureSpot[];
  /** There are more places than `spots` names. Absent: it names all. */
  readonly moreSpots?: true;
  /** How many distinct texts (files' versions, messages, names) have it. */
  readonly copies: number;
  /** With history only. */
  readonly history?: {
    /** The commit that brought it in; absent when no commit has it (an object that nothing leads to). */
    readonly first?: DisclosureCommit;
    readonly last?: DisclosureCommit;
    readonly inHead: boolean;
    /** References whose history has it, sorted; empty: only objects that no reference leads to. Of many, the first 50, branches and tags before others. */
    readonly refs: readonly string[];
    /** How many more references there are than `refs` names. */
    readonly moreRefs?: number;
  };
  /** Why it does not count: covered by the baseline, a decision, an allow comment, or as all of it stands in ignored files. */
  readonly covered?: {
    readonly by: 'baseline' | 'decision' | 'allow-comment' | 'ignored-path';
    readonly reason: string;
  };
}

/** Rules that were not asked, and why not. */
export interface RulesLeftOut {
  readonly why: string;
  /** Ids, sorted. */
  readonly rules: readonly string[];
}

/** What was looked for, where, and what was found. */
export interface DisclosureReport {
  readonly target: {
    readonly name: string;
    readonly mode: 'files' | 'staged' | 'range' | 'history';
    readonly range?: string;
    readonly commit?: string;
  };
  readonly createdAt: string;
  readonly assay: string;
  /** How many rules were asked. */
  readonly rules: number;
  /** Rules that a file of rules or an option left out. Absent: none. */
  readonly leftOut?: readonly RulesLeftOut[];
  /** False: no key was given or kept, and fingerprints are of this run alone. */
  readonly stableFingerprints: boolean;
  /** Surest first; then by kind, rule and first place. */
  readonly disclosures: readonly Disclosure[];
  readonly coverage: {
    /** Texts read: files, objects, messages, names. */
    readonly texts: number;
    /** Bytes searched. */
    readonly bytes: number;
    readonly objects?: Readonly<Record<'commit' | 'tree' | 'blob' | 'tag', number>>;
    /** Texts within others that were decoded, by how. */
    readonly decoded: Readonly<Record<string, number>>;
    /** What could not be looked into, and why. */
    readonly undecoded: readonly { readonly what: string; readonly why: string; readonly count: number }[];
  };
  readonly problems: readonly Problem[];
}
