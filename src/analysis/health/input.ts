import type { AdvisoryStore } from '../../model/advisory.ts';
import type { CloneFacts, ForgeFacts, HealthCard, RegistryFacts } from '../../model/adoption.ts';
import type { EcosystemId } from '../../model/ecosystem.ts';
import type { Snapshot } from '../../model/result.ts';
import { YEAR } from './figures.ts';
import type { Crowd } from './people.ts';
import type { JudgedPart, Release } from './releases.ts';

/** A component that the clone or the question names. */
export interface Candidate {
  readonly ecosystem: EcosystemId;
  /** Canonical. */
  readonly name: string;
}

/** A clone, with its people told apart and the texts that cards read. */
export interface CloneView {
  readonly facts: CloneFacts;
  readonly crowd: Crowd;
  /** Paths of the tree at the tip. */
  readonly paths: readonly string[];
  /** Texts at the tip, of the paths that `wantedTexts` names. */
  readonly texts: ReadonlyMap<string, string>;
  /** Ids of commits that change the folder that people asked about (`--within`); absent: all count. */
  readonly within?: { readonly folder: string; readonly commits: ReadonlySet<string> };
}

/** Everything that the cards are made of. Seconds since 1970. */
export interface HealthInput {
  readonly asOf: number;
  readonly now: number;
  /** `asOf` is the newest commit's time, so it says nothing of today. */
  readonly asOfIsCommit: boolean;
  readonly clone?: CloneView;
  readonly registry?: RegistryFacts;
  readonly forge?: ForgeFacts;
  /** Of the registry where it has times, else of tags; up to `asOf`, ordered by time. */
  readonly releases: readonly Release[];
  /** Those of the part that is judged, where tags name several. */
  readonly judged: JudgedPart;
  readonly releasesFrom: 'registry' | 'tags' | 'nowhere';
  readonly candidates: readonly Candidate[];
  /** People named the component; otherwise the clone's manifests say what it is. */
  readonly asked: boolean;
  readonly version?: string;
  readonly store: AdvisoryStore;
  /** The clone's own tree, scanned. */
  readonly own?: Snapshot;
  /** The project that it would go into, scanned. */
  readonly into?: Snapshot;
  /** Lines of code that are no tests and no documents, where it was counted. */
  readonly lines?: number;
}

/** The usual card for a question that nothing answers; `give` is `''` where nothing would. */
export function unknownCard(
  id: HealthCard['id'],
  title: string,
  says: string,
  give: string,
  figures: HealthCard['figures'] = {},
): HealthCard {
  return { id, title, verdict: 'unknown', says, figures, evidence: [], ...(give === '' ? {} : { give }) };
}

/** Whether a clone knows everything that was committed after a time: a shallow one knows only what is newer than its cut. */
export function knowsSince(facts: CloneFacts, from: number): boolean {
  return facts.wholeSince === undefined || facts.wholeSince <= from;
}

export const NO_CLONE = 'there is no clone to look at';
export const GIVE_CLONE = 'give a clone with its history: --clone PATH';
export const CUT_OFF = 'the clone is cut off inside the last 12 months';
export const GIVE_HISTORY = 'fetch the history: git fetch --unshallow';

/** Beginning of the last 12 months, and of the 12 before. */
export function windows(asOf: number): { readonly from: number; readonly before: number } {
  return { from: asOf - YEAR, before: asOf - 2 * YEAR };
}
