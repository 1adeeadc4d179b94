import type { Config } from '../../analysis/config/config.ts';
import { advisoryFindings, type ComponentHits } from '../../analysis/findings/advisory.ts';
import { licenceFindings } from '../../analysis/findings/licence.ts';
import { notChecked } from '../../analysis/findings/not-checked.ts';
import { observedFindings } from '../../analysis/findings/observed.ts';
import { placesOf, type Places } from '../../analysis/findings/occurrences.ts';
import { runtimeFindings } from '../../analysis/findings/runtime.ts';
import { groupHits } from '../../analysis/advisories/groups.ts';
import { matchComponent } from '../../analysis/advisories/match.ts';
import { ecosystemOf } from '../../analysis/ecosystems/index.ts';
import { isAboutSecrets } from '../../analysis/decisions/about-secrets.ts';
import { applyDecisions } from '../../analysis/decisions/apply.ts';
import { buildInventory, isMatchable, type ExtractedFile } from '../../analysis/graph/inventory.ts';
import { withDisagreements } from '../../analysis/lockfiles/agreement.ts';
import { judge, type Threshold } from '../../analysis/policy/judge.ts';
import { planActions } from '../../analysis/upgrades/plan.ts';
import { runtimeActions } from '../../analysis/upgrades/runtime.ts';
import type { AdvisoryStore, Instant } from '../../model/advisory.ts';
import type { Decision } from '../../model/decision.ts';
import type { Finding } from '../../model/finding.ts';
import type { Problem } from '../../model/problem.ts';
import type { Snapshot } from '../../model/result.ts';

/** Everything a scan is made of; nothing is read from anywhere else. */
export interface ScanInput {
  readonly target: Snapshot['target'];
  readonly files: readonly ExtractedFile[];
  /** Of the tree, of extraction that never began, of config and decisions. */
  readonly problems: readonly Problem[];
  /** What the tree or the config left out on purpose: told in the report, since what was not seen is not clean. */
  readonly skipped: readonly { readonly path: string; readonly why: string }[];
  readonly store: AdvisoryStore;
  readonly config: Config;
  readonly decisions: readonly Decision[];
  /** Overrides the config's. */
  readonly failOn?: Threshold;
  readonly now: Instant;
  readonly version: string;
}

/**
 * From what the extractors found to a judged snapshot. Pure: the same input gives the same snapshot,
 * whatever the order of `files`.
 */
export function assessScan(input: ScanInput): Snapshot {
  const { store, config, now } = input;
  const inventory = withDisagreements(
    buildInventory(input.files, [...input.problems, ...leftOut(input.skipped)]),
  );
  const places = placesOf(inventory);
  const { matched, problems } = matchAll(places, store);
  const raw = [
    ...advisoryFindings(matched, places, store, config.exposure),
    ...runtimeFindings(places, now),
    ...licenceFindings(places, config.licences),
    ...observedFindings(inventory),
  ];
  // The others are those of `assay secrets`.
  const decisions = input.decisions.filter((decision) => !isAboutSecrets(decision));
  const {
    findings,
    reports,
    problems: ruled,
  } = applyDecisions(raw, decisions, {
    today: now,
    inventory,
    schemeOf: (ecosystem) => ecosystemOf(ecosystem).versions,
  });
  const unchecked = notChecked(inventory, store);
  const allProblems = [...inventory.problems, ...problems, ...ruled];
  const sorted = [...findings].sort(byUrgency);
  return {
    schema: 1,
    tool: { name: 'assay', version: input.version },
    target: input.target,
    takenAt: now,
    inventory: { ...inventory, problems: allProblems },
    knowledge: {
      sources: store.sources,
      digest: store.digest,
      ...(store.kevDate === undefined ? {} : { kevDate: store.kevDate }),
      ...(store.epssDate === undefined ? {} : { epssDate: store.epssDate }),
    },
    findings: sorted,
    actions: [...planActions(sorted, places, store), ...runtimeActions(sorted, inventory)],
    notChecked: unchecked,
    decisions: reports,
    problems: allProblems,
    verdict: judge(sorted, unchecked, allProblems, input.failOn ?? config.failOn, inventory.manifests.length),
  };
}

/** One note for each reason, with the count and up to three examples; ordered by reason. */
export function leftOut(skipped: ScanInput['skipped']): Problem[] {
  const byReason = new Map<string, string[]>();
  for (const { path, why } of skipped) {
    const paths = byReason.get(why);
    if (paths === undefined) byReason.set(why, [path]);
    else paths.push(path);
  }
  return [...byReason]
    .sort(([a], [b]) => compareText(a, b))
    .map(([why, paths]) => {
      const shown = paths.sort().slice(0, 3).join(', ');
      const more = paths.length > 3 ? ` and ${paths.length - 3} more` : '';
      return { code: 'tree/left-out', message: `left out: ${shown}${more} (${why})` };
    });
}

/** Every registry component held against the store. */
function matchAll(places: Places, store: AdvisoryStore): { matched: ComponentHits[]; problems: Problem[] } {
  const matched: ComponentHits[] = [];
  const problems: Problem[] = [];
  places.inventory.components.forEach((component, index) => {
    if (!isMatchable(component)) return;
    const { hits, problem } = matchComponent(
      store,
      component.ecosystem,
      component.name,
      component.version,
      ecosystemOf(component.ecosystem).versions,
    );
    if (problem !== undefined) {
      const place = places.of(index)[0];
      const at = place === undefined ? undefined : places.inventory.manifests[place.manifest]!;
      problems.push(
        at === undefined
          ? problem
          : { ...problem, at: { path: at.path, line: at.occurrences[place!.node]!.line || 1 } },
      );
    }
    if (hits.length > 0)
      matched.push({ component: index, groups: groupHits(store, component.ecosystem, hits) });
  });
  return { matched, problems };
}

const RANK: Readonly<Record<Finding['priority'], number>> = {
  critical: 0,
  high: 1,
  unknown: 2,
  medium: 3,
  low: 4,
};

/** Most urgent first; ties by subject, then rule, so that order never depends on input order. */
function byUrgency(a: Finding, b: Finding): number {
  return (
    RANK[a.priority] - RANK[b.priority] ||
    compareText(a.subject, b.subject) ||
    compareText(a.rule, b.rule) ||
    compareText(a.fingerprint, b.fingerprint)
  );
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
