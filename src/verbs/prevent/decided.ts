import { applyDecisions } from '../../analysis/decisions/apply.ts';
import { decodeText } from '../../analysis/text/decode.ts';
import { assay } from '../../documents/decisions/assay.ts';
import { DECISIONS_PATH } from '../../documents/decisions/append.ts';
import type { Instant } from '../../model/advisory.ts';
import type { Disclosure } from '../../model/disclosure-report.ts';
import type { Finding } from '../../model/finding.ts';
import type { Problem } from '../../model/problem.ts';

/** What a decision names of secrets: all of a rule. A single one is named by its fingerprint. */
export function decisionRule(rule: string): string {
  return `secrets/${rule}`;
}

/**
 * Lays the decisions of a file over what was found, as a scan lays them over findings: by fingerprint or rule, in all files or where
 * `manifest` says, until they end. A find that is in one place more than they cover stays open, and this is a problem.
 */
export function coverDecided(
  disclosures: readonly Disclosure[],
  bytes: Uint8Array,
  today: Instant,
): { readonly disclosures: readonly Disclosure[]; readonly problems: readonly Problem[] } {
  const { text = '', problems: unread } = decodeText(bytes, DECISIONS_PATH);
  const { decisions, problems: faults } = assay.read({ path: DECISIONS_PATH, text });
  const { findings, problems } = applyDecisions(disclosures.map(asFinding), decisions, {
    today,
    inventory: { components: [], manifests: [], problems: [] },
    schemeOf: () => {
      throw new Error('secrets have no versions');
    },
  });
  const byId = new Map(decisions.map((decision) => [decision.id, decision]));
  return {
    disclosures: disclosures.map((one, at): Disclosure => {
      const decision = byId.get(findings[at]!.decision ?? '');
      if (decision === undefined || one.covered !== undefined) return one;
      return { ...one, covered: { by: 'decision', reason: `${decision.reason} (${decision.by})` } };
    }),
    problems: [...unread, ...faults, ...problems],
  };
}

function asFinding({ fingerprint, rule, title, spots, moreSpots }: Disclosure): Finding {
  // Places that are not named, and those that are no files, lie in no file that a decision may be bound to.
  const paths = [...spots.map(({ path = '' }) => path), ...(moreSpots === true ? [''] : [])];
  return {
    fingerprint,
    kind: 'lockfile',
    rule: decisionRule(rule),
    ids: [fingerprint],
    subject: 'repository',
    title,
    priority: 'unknown',
    reasons: [],
    occurrences: [],
    evidence: [...new Set(paths)].map((path) => ({ kind: 'location', at: { path } })),
    fixed: [],
    advisories: [],
    reachability: 'unknown',
  };
}
