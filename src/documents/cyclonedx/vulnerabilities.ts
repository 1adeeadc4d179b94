import type { Advisory, Score } from '../../model/advisory.ts';
import type { Decision, VexJustification, VexStatus } from '../../model/decision.ts';
import type { Finding } from '../../model/finding.ts';
import type { Snapshot } from '../../model/result.ts';
import { advisoryUrl, cwesOf, decisionsOf, remedyOf, severityOf } from '../common/advisory.ts';

/** One entry for each finding that an advisory stands behind. `affects` refers to components by purl. */
export function vulnerabilities(snapshot: Snapshot): object[] {
  const decisions = decisionsOf(snapshot);
  return snapshot.findings
    .filter(({ ids }) => ids.length > 0)
    .map((finding) => {
      const first = finding.advisories[0];
      const decision = finding.decision === undefined ? undefined : decisions.get(finding.decision);
      const purl =
        finding.component === undefined ? undefined : snapshot.inventory.components[finding.component]?.purl;
      const remedy = remedyOf(finding);
      const cwes = cwesOf(finding);
      const links = linksOf(finding);
      return {
        'bom-ref': `assay:finding:${finding.fingerprint}`,
        id: finding.ids[0]!,
        source: { name: 'OSV', url: advisoryUrl(finding) },
        references: finding.ids.slice(1).map((id) => ({ id, source: { name: 'OSV', url: osvPage(id) } })),
        ratings: [
          ...finding.advisories.flatMap(({ scores }) => scores).flatMap(rating),
          {
            source: { name: 'assay' },
            severity: finding.priority,
            method: 'other',
            justification: finding.reasons.map(({ text }) => text).join('; '),
          },
        ],
        ...(cwes.length === 0 ? {} : { cwes }),
        description: first?.summary ?? finding.title,
        ...(remedy === undefined ? {} : { recommendation: remedy }),
        ...(links.length === 0 ? {} : { advisories: links.map((url) => ({ url })) }),
        ...dates(first),
        ...(finding.decision === undefined ? {} : { analysis: analysis(decision) }),
        affects: purl === undefined ? [] : [{ ref: purl }],
        properties: [
          { name: 'assay:fingerprint', value: finding.fingerprint },
          { name: 'assay:rule', value: finding.rule },
          { name: 'assay:reachability', value: finding.reachability },
          ...(finding.decision === undefined ? [] : [{ name: 'assay:decision', value: finding.decision }]),
        ],
      };
    });
}

const osvPage = (id: string): string => `https://osv.dev/vulnerability/${encodeURIComponent(id)}`;

function rating({ type, vector, score }: Score): object[] {
  const method = methodOf(type, vector);
  if (method === undefined) return [];
  return [{ ...(score === undefined ? {} : { score }), severity: severityOf(score), method, vector }];
}

function methodOf(type: string, vector: string): string | undefined {
  if (type === 'CVSS_V2') return 'CVSSv2';
  if (type === 'CVSS_V4') return 'CVSSv4';
  if (type === 'CVSS_V3') return vector.startsWith('CVSS:3.1/') ? 'CVSSv31' : 'CVSSv3';
  return undefined;
}

function dates(advisory: Advisory | undefined): object {
  const isInstant = (text: string | undefined): text is string =>
    text !== undefined && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(text);
  return {
    ...(isInstant(advisory?.published) ? { published: advisory.published } : {}),
    ...(isInstant(advisory?.modified) ? { updated: advisory.modified } : {}),
  };
}

function linksOf(finding: Finding): readonly string[] {
  const urls = finding.advisories.flatMap(({ references }) => references.map(({ url }) => url));
  return [...new Set(urls)].filter((url) => /^https?:\/\/[^\s<>"\\^`{|}]+$/.test(url)).sort();
}

const STATES: Readonly<Record<VexStatus, string>> = {
  not_affected: 'not_affected',
  affected: 'exploitable',
  fixed: 'resolved',
  under_investigation: 'in_triage',
};

/** CycloneDX has other words; where none fits exactly the nearest is taken, and `detail` keeps ours. */
const JUSTIFICATIONS: Readonly<Record<VexJustification, string>> = {
  component_not_present: 'code_not_present',
  vulnerable_code_not_present: 'code_not_present',
  vulnerable_code_not_in_execute_path: 'code_not_reachable',
  vulnerable_code_cannot_be_controlled_by_adversary: 'protected_by_mitigating_control',
  inline_mitigations_already_exist: 'protected_by_mitigating_control',
};

function analysis(decision: Decision | undefined): object {
  if (decision === undefined) return { state: 'in_triage' };
  const { status, justification, reason, by, expires } = decision;
  const detail = [
    reason,
    justification === undefined ? '' : `(${justification})`,
    by === '' ? '' : `Decided by ${by}.`,
    expires === undefined ? '' : `Until ${expires}.`,
  ];
  return {
    state: STATES[status],
    ...(justification === undefined ? {} : { justification: JUSTIFICATIONS[justification] }),
    ...(status === 'affected' ? { response: ['will_not_fix'] } : {}),
    detail: detail.filter((part) => part !== '').join(' '),
    ...(/^\d{4}-\d\d-\d\dT/.test(decision.at) ? { firstIssued: decision.at } : {}),
  };
}
