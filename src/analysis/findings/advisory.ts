import type { Advisory, AdvisoryHit, AdvisoryStore, Severity } from '../../model/advisory.ts';
import type { Component } from '../../model/component.ts';
import type { Evidence, Finding } from '../../model/finding.ts';
import type { Direct } from '../../model/inventory.ts';
import type { AdvisoryGroup } from '../advisories/groups.ts';
import { ecosystemOf } from '../ecosystems/index.ts';
import { versionless } from '../identity/identify.ts';
import { prioritise, type Exposure } from '../priority/prioritise.ts';
import { sha256 } from '../text/sha256.ts';
import { occurrencesOf, pathEvidence, scopesOfAll, type Places } from './occurrences.ts';

export interface ComponentHits {
  readonly component: number;
  readonly groups: readonly AdvisoryGroup[];
}

/** Findings for everything that matched, ordered by component then canonical id. */
export function advisoryFindings(
  matched: readonly ComponentHits[],
  places: Places,
  store: AdvisoryStore,
  exposure: Exposure,
): readonly Finding[] {
  const findings = matched.flatMap(({ component, groups }) =>
    groups.map((group) => findingOf(component, group, places, store, exposure)),
  );
  return withFingerprints(findings, places.inventory.components);
}

function findingOf(
  index: number,
  group: AdvisoryGroup,
  places: Places,
  store: AdvisoryStore,
  exposure: Exposure,
): Finding {
  const component = places.inventory.components[index]!;
  const { advisories } = group;
  const malicious = advisories.some((advisory) => advisory.malicious);
  const occurrences = occurrencesOf(places, index);
  const cves = group.ids.filter((id) => id.startsWith('CVE-'));
  const exploited = cves.map((cve) => store.exploited(cve)).find((entry) => entry !== undefined);
  const chances = cves.map((cve) => store.epss(cve)).filter((chance) => chance !== undefined);
  const fixed = fixedVersions(group.hits, component);
  const { severity, source, vector } = severityOfGroup(advisories);
  const { priority, reasons } = prioritise({
    severity,
    severitySource: source,
    ...(vector === undefined ? {} : { vector }),
    malicious,
    ...(exploited === undefined ? {} : { exploited }),
    ...(chances.length === 0 ? {} : { epss: Math.max(...chances) }),
    scopes: scopesOfAll(occurrences),
    direct: directOf(occurrences.map((occurrence) => occurrence.direct)),
    hasFix: fixed.length > 0,
    exposure,
    reachability: 'unknown',
  });
  return {
    fingerprint: '',
    kind: malicious ? 'malware' : 'advisory',
    rule: `advisory/${group.id}`,
    ids: group.ids,
    subject: component.purl,
    component: index,
    title: titleOf(advisories, component),
    priority,
    reasons,
    occurrences,
    evidence: [...pathEvidence(places, index), ...advisories.map(recordOf)],
    fixed,
    advisories,
    reachability: 'unknown',
  };
}

const recordOf = (advisory: Advisory): Evidence => ({
  kind: 'record',
  source: 'OSV',
  id: advisory.id,
  at: advisory.modified,
});

/** The most readable summary that a group has, for people. */
export function titleOf(advisories: readonly Advisory[], component: Pick<Component, 'name'>): string {
  // GitHub's summaries are the most readable; any summary beats none.
  const titled = advisories.filter((advisory) => advisory.summary !== '');
  const best = titled.find((advisory) => advisory.id.startsWith('GHSA-')) ?? titled[0];
  return best?.summary ?? `Vulnerability in ${component.name}`;
}

export function directOf(all: readonly Direct[]): Direct {
  return all.includes('yes') ? 'yes' : all.includes('unknown') ? 'unknown' : 'no';
}

/** Newest CVSS version wins, then the highest score; a publisher's word where no vector can be computed. */
export function severityOfGroup(advisories: readonly Advisory[]): {
  severity: Severity;
  source: string;
  vector?: string;
} {
  const scores = advisories
    .flatMap((advisory) => advisory.scores)
    .flatMap((score) => (score.score === undefined ? [] : [{ ...score, score: score.score }]))
    .sort((a, b) => cvssVersion(b.vector) - cvssVersion(a.vector) || b.score - a.score);
  const best = scores[0];
  if (best !== undefined)
    return {
      severity: severityOfScore(best.score),
      source: `CVSS ${cvssVersion(best.vector).toFixed(1)} score ${best.score.toFixed(1)}`,
      vector: best.vector,
    };
  const stated = advisories
    .map((advisory) => advisory.stated)
    .find((word) => word !== undefined && word !== 'unknown');
  return stated === undefined
    ? { severity: 'unknown', source: '' }
    : { severity: stated, source: 'its publisher’s word (no CVSS vector)' };
}

const cvssVersion = (vector: string): number => {
  const match = /^CVSS:(\d\.\d)\//.exec(vector);
  return match === null ? 2 : Number(match[1]);
};

/** CVSS 3 and 4 qualitative scale, used for every version. https://www.first.org/cvss/v3.1/specification-document#Qualitative-Severity-Rating-Scale */
function severityOfScore(score: number): Severity {
  if (score >= 9) return 'critical';
  if (score >= 7) return 'high';
  if (score >= 4) return 'medium';
  return score > 0 ? 'low' : 'none';
}

/** Versions after the present one that close the group's ranges, ascending, without repeats. */
function fixedVersions(hits: readonly AdvisoryHit[], component: Component): readonly string[] {
  const { compare } = ecosystemOf(component.ecosystem).versions;
  return [...new Set(hits.flatMap((hit) => hit.fixed))]
    .filter((version) => compare(version, component.version) > 0)
    .sort(compare);
}

function withFingerprints(findings: readonly Finding[], components: readonly Component[]): Finding[] {
  const lowest = new Map<string, string>();
  const keys = findings.map((finding) => `${finding.rule}\0${versionless(components[finding.component!]!)}`);
  findings.forEach((finding, i) => {
    const component = components[finding.component!]!;
    const { compare } = ecosystemOf(component.ecosystem).versions;
    const before = lowest.get(keys[i]!);
    if (before === undefined || compare(component.version, before) < 0)
      lowest.set(keys[i]!, component.version);
  });
  return findings.map((finding, i) => {
    const { version } = components[finding.component!]!;
    const key = keys[i]!;
    return { ...finding, fingerprint: sha256(lowest.get(key) === version ? key : `${key}\0${version}`) };
  });
}
