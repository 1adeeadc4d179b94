import type { Severity } from '../../model/advisory.ts';
import type { Decision } from '../../model/decision.ts';
import type { Finding } from '../../model/finding.ts';
import type { Snapshot } from '../../model/result.ts';

/** Where a person reads the advisory: its own page when the record names one, else the OSV page of the id. */
export function advisoryUrl(finding: Finding): string {
  for (const type of ['ADVISORY', 'WEB'])
    for (const advisory of finding.advisories)
      for (const reference of advisory.references)
        if (reference.type === type && /^https?:\/\/[^\s<>"\\^`{|}]+$/.test(reference.url))
          return reference.url;
  return `https://osv.dev/vulnerability/${encodeURIComponent(finding.ids[0] ?? '')}`;
}

/** The highest computed score, 0–10; `undefined` when no vector could be computed. */
export function highestScore(finding: Finding): number | undefined {
  let best: number | undefined;
  for (const { scores } of finding.advisories)
    for (const { score } of scores)
      if (score !== undefined && (best === undefined || score > best)) best = score;
  return best;
}

/** The band of a score. https://www.first.org/cvss/v4.0/specification-document#Qualitative-Severity-Rating-Scale */
export function severityOf(score: number | undefined): Severity {
  if (score === undefined) return 'unknown';
  if (score >= 9) return 'critical';
  if (score >= 7) return 'high';
  if (score >= 4) return 'medium';
  return score > 0 ? 'low' : 'none';
}

/** The decisions that this snapshot knows, by id. */
export function decisionsOf(snapshot: Snapshot): ReadonlyMap<string, Decision> {
  return new Map(snapshot.decisions.map(({ decision }) => [decision.id, decision]));
}

/** `Upgrade to 1.2.3`, or what else the finding hints at; `undefined` when nothing is known. */
export function remedyOf(finding: Finding): string | undefined {
  if (finding.kind === 'malware') return 'Remove it: the component is malicious.';
  const lowest = finding.fixed[0];
  return lowest === undefined ? finding.hint : `Upgrade to ${lowest} or later.`;
}

/** Every CWE number of the finding's advisories, ascending. */
export function cwesOf(finding: Finding): readonly number[] {
  const numbers = finding.advisories
    .flatMap(({ cwes }) => cwes)
    .map((cwe) => Number(/^CWE-(\d{1,6})$/i.exec(cwe)?.[1] ?? Number.NaN))
    .filter((number) => Number.isInteger(number));
  return [...new Set(numbers)].sort((a, b) => a - b);
}
